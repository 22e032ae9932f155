"""The full-text index over texts (SQLite's FTS5). It stands here alone, so that another store could replace it."""

from __future__ import annotations

import re
import sqlite3

NAME = "text_index"
CREATE = (
    "CREATE VIRTUAL TABLE text_index USING fts5(body, content='source_text', content_rowid='id', "
    'tokenize="unicode61 remove_diacritics 2")'
)
_WORD = re.compile(r"\w+")


def add(connection: sqlite3.Connection, text_id: int, body: str) -> None:
    connection.execute("INSERT INTO text_index (rowid, body) VALUES (?, ?)", (text_id, body))


def texts_with_words(connection: sqlite3.Connection, phrase: str) -> set[int]:
    """Ids of texts that contain the words of `phrase` in that order as whole words, without regard to case."""
    words = _WORD.findall(phrase)
    if not words:
        return set()
    match = '"' + " ".join(words) + '"'  # words hold no quotation marks, so nothing of the user's is read as syntax
    return {row[0] for row in connection.execute("SELECT rowid FROM text_index WHERE text_index MATCH ?", (match,))}


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index; empty when it agrees with the texts, or can't be asked because the file may not be
    written: the question is put as a write."""
    try:
        connection.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return [] if error.sqlite_errorname.startswith("SQLITE_READONLY") else [f"text index: {error}"]
    return []
