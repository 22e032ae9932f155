"""The full-text index over texts (SQLite's FTS5). It stands here alone, so that another store could replace it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAME = "text_index"
CREATE = (
    "CREATE VIRTUAL TABLE text_index USING fts5(body, content='source_text', content_rowid='id', "
    'tokenize="unicode61 remove_diacritics 2")'
)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 400
"""Different words that the index is asked for at a time."""
_KNOWN_LETTERS = 0x24F
"""Latin letters; of other scripts SQLite knows what an old edition of Unicode had."""


def add(connection: sqlite3.Connection, text_id: int, body: str) -> None:
    connection.execute("INSERT INTO text_index (rowid, body) VALUES (?, ?)", (text_id, body))


def texts_with_words(session: Session, phrase: str) -> set[int] | None:
    """Ids of texts that contain the words of `phrase` in that order as whole words, whatever case and accents; None
    where the index can't tell, because it may not know the letters."""
    words = _WORD.findall(phrase)
    if not words or max(map(ord, phrase)) > _KNOWN_LETTERS:
        return None
    match = '"' + " ".join(words) + '"'  # words hold no quotation marks, so nothing of the user's is read as syntax
    sql = "SELECT rowid FROM text_index WHERE text_index MATCH ?"
    return {row[0] for row in session.connection().exec_driver_sql(sql, (match,)).fetchall()}


def texts_with_part(session: Session, phrase: str, known: Sequence[str]) -> set[int] | None:
    """Ids of texts in which the longest word of `phrase` stands, be it inside a longer one, whatever case and accents;
    None where the index can't tell. `known` are all `words`."""
    parts = sorted(_WORD.findall(_plain(phrase)), key=len)
    if not parts or not parts[-1].isascii() or "_" in parts[-1]:
        return None
    holding = [word for word in known if parts[-1] in word]
    if len(holding) > _MOST_WORDS:
        return None
    if not holding:
        return set()
    match = " OR ".join(f'"{word}"' for word in holding)
    sql = "SELECT rowid FROM text_index WHERE text_index MATCH ?"
    return {row[0] for row in session.connection().exec_driver_sql(sql, (match,)).fetchall()}


def _plain(text: str) -> str:
    """Lower case, without accents: as the index writes words."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def words(session: Session) -> list[str]:
    """Every word of the texts once, in lower case and without accents."""
    run = session.connection().exec_driver_sql
    if not run("SELECT 1 FROM temp.sqlite_schema WHERE name = 'text_words'").fetchall():
        # a table of this connection alone, which shows the index; nothing is written to the file
        run("PRAGMA query_only = OFF")
        try:
            run("CREATE VIRTUAL TABLE temp.text_words USING fts5vocab(main, text_index, row)")
        finally:
            run("PRAGMA query_only = ON")
    return [row[0] for row in run("SELECT term FROM temp.text_words").fetchall()]


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index; empty when it agrees with the texts, or can't be asked because the file may not be
    written: the question is put as a write."""
    try:
        connection.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return [] if error.sqlite_errorname.startswith("SQLITE_READONLY") else [f"text index: {error}"]
    return []
