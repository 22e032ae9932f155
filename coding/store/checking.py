"""Is a project file whole, and does its content make sense?"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from coding.store import files, search_index
from coding.store.engine import BUSY_SECONDS, worded
from coding.store.models import text_hash


@dataclass(frozen=True, slots=True)
class Check:
    """What was found; `problems` are sentences in English naming table and row."""

    schema: int
    sources: int
    segments: int
    problems: tuple[str, ...]


def check(path: Path) -> Check:
    """Check the project at `path`: database, references, texts, positions, search index. Changes nothing.

    Raises CodingError when it can't be opened at all.
    """
    schema = files.inspect(path)
    with worded(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        try:
            files.examine(connection, path, schema)
            problems = [
                *(f"database: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"),
                *_references(connection),
                *_texts(connection),
                *_originals(connection),
                *_positions(connection),
                *search_index.problems(connection),
            ]  # fmt: skip
            connection.rollback()
            sources = connection.execute("SELECT count(*) FROM source").fetchone()[0]
            segments = connection.execute("SELECT count(*) FROM segment").fetchone()[0]
        finally:
            connection.close()
    return Check(schema, sources, segments, tuple(problems))


def _references(connection: sqlite3.Connection) -> list[str]:
    try:
        found = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.OperationalError as error:  # the tables themselves no longer fit together
        return [f"database: {error}"]
    return [f"{row[0]} {row[1]}: refers to a missing {row[2]}" for row in found]


def _texts(connection: sqlite3.Connection) -> list[str]:
    problems = []
    # as bytes: those of a damaged text need not be UTF-8 any more
    stored = connection.execute("SELECT id, hash, CAST(body AS BLOB), characters FROM source_text")
    for number, digest, raw, characters in stored:
        body = raw.decode("utf-8", "replace")
        if text_hash(body) != digest or len(body) != characters:
            problems.append(f"source_text {number}: the text is not the one that was stored")
    return problems


def _originals(connection: sqlite3.Connection) -> list[str]:
    kept = connection.execute("SELECT name, hash, body FROM original")
    return [
        f"original {name}: the file is not the one that was kept"
        for name, digest, body in kept
        if hashlib.sha256(body).hexdigest() != digest
    ]


def _positions(connection: sqlite3.Connection) -> list[str]:
    problems = []
    outside = (
        'SELECT "{table}", x.guid FROM "{table}" x JOIN source s ON s.id = x.source_id '
        'JOIN source_text t ON t.id = s.text_id WHERE x.start < 0 OR x."end" > t.characters OR x.start > x."end"'
    )
    for table in ("segment", "turn", "heading"):
        sql = outside.replace('"{table}"', f"'{table}'", 1).replace("{table}", table)
        problems += [f"{name} {guid}: lies outside its text" for name, guid in connection.execute(sql)]
    ordered = "SELECT s.name, s.sentences, t.characters FROM source s JOIN source_text t ON t.id = s.text_id"
    for name, sentences, characters in connection.execute(ordered):
        try:
            flat = json.loads(sentences)
        except json.JSONDecodeError:
            flat = [1, 0]
        if flat != sorted(flat) or len(flat) % 2 or (flat and flat[-1] > characters):
            problems.append(f"source {name}: its sentences are out of order")
    for table in ("project", "source", "informant", "code", "segment"):
        memos = (
            f"SELECT m.guid FROM memo m WHERE m.target_table = '{table}' "
            f"AND NOT EXISTS (SELECT 1 FROM {table} g WHERE g.guid = m.target_guid)"
        )
        problems += [f"memo {guid}: belongs to no {table}" for (guid,) in connection.execute(memos)]
    return problems
