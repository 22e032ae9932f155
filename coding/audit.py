"""Who did what when: every step of the history, for good, also those too old to be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from coding.errors import mark
from coding.project import Reader
from coding.words import Words

Kind = Literal["start", "do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One step. `undone` when it was taken back and not done again; `rows` counts the rows it changed in the file;
    `at` is UTC, ISO 8601."""

    id: int
    kind: Kind
    title: str
    params: dict[str, Any]
    coder: str
    at: str
    undone: bool
    rows: int

    def say(self, words: Words) -> str:
        """What was done, for a person."""
        what = words.t(self.title, **self.params)
        if self.kind == "undo":
            return words.t("Undo: {title}", title=what)
        return words.t("Redo: {title}", title=what) if self.kind == "redo" else what


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which steps: those of one coder, from a moment (UTC, ISO) on, with these words in what was done."""

    coder: str | None = None
    since: str | None = None
    text: str = ""


_STEPS = """
SELECT o.id, o.kind, o.title, o.params, coalesce(c.name, ''), o.at,
       (SELECT count(*) FROM operation u WHERE u.target_id = o.id) % 2,
       (SELECT count(*) FROM change x WHERE x.operation_id = o.id)
FROM operation o LEFT JOIN coder c ON c.guid = o.coder_guid
WHERE (?1 IS NULL OR o.id < ?1) AND (?2 IS NULL OR c.name = ?2) AND (?3 IS NULL OR o.at >= ?3)
ORDER BY o.id DESC LIMIT ?4
"""
_BATCH = 500


def log(
    reader: Reader, wanted: LogFilter, words: Words, *, before: int | None = None, limit: int = _BATCH
) -> list[Entry]:
    """The newest steps first, those before the step `before`; at most `limit`, fewer only when there are no more."""
    found: list[Entry] = []
    needle = wanted.text.casefold().strip()
    while len(found) < limit:
        with reader.read() as session:
            parameters = (before, wanted.coder, wanted.since, _BATCH)
            batch = session.connection().exec_driver_sql(_STEPS, parameters).fetchall()
            entries = [
                Entry(number, kind, title, json.loads(params), coder, at, bool(undone) and kind == "do", changed)
                for number, kind, title, params, coder, at, undone, changed in batch
            ]
        found += [entry for entry in entries if needle in entry.say(words).casefold()]
        if len(batch) < _BATCH:
            break
        before = batch[-1][0]
    return found[:limit]


def coders_in_log(reader: Reader) -> list[str]:
    """Who has done something, in the order of names."""
    with reader.read() as session:
        sql = "SELECT DISTINCT c.name FROM coder c JOIN operation o ON o.coder_guid = c.guid ORDER BY c.name"
        return [name for (name,) in session.connection().exec_driver_sql(sql).fetchall()]


HEADS = (mark("Date and time (UTC)"), mark("Coder"), mark("Step"), mark("Undone"), mark("Rows changed"))


def write_log(path: Path, entries: Iterable[Entry], words: Words) -> int:
    """Write the steps as .csv or .xlsx, oldest first; returns how many. Raises as `exchange.tables.write_table`."""
    from coding.exchange.tables import write_table

    ordered = sorted(entries, key=lambda entry: entry.id)
    lines = [
        (entry.at, entry.coder, entry.say(words), words.t("yes") if entry.undone else "", entry.rows)
        for entry in ordered
    ]
    return write_table(path, words.t("History"), [words.t(head) for head in HEADS], lines)
