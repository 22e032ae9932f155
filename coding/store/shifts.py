"""Moving every position of a source at once, as an edit of its text does, with one line in the journal for all.

A row of the journal with the action `S` stands on the source. Its image says between which hunks of the text what was
moved and which stored sentences were put in the place of which; the way back is the same with both sides changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coding.store.sql import rows
from coding.text import Hunk, Shift

TABLES = ("segment", "heading", "turn", "source")
"""Whose rows hold positions in the text of a source."""
END = '"end"'
Image = dict[str, Any]
Splice = tuple[int, int, list[int]]
"""Numbers of a flat list of sentences: those in `[from, to)`, in place of which the others stand."""


class Conflict(Exception):
    """Undoing met what others did since."""


def image_of(hunks: Sequence[Hunk], splices: Sequence[Splice], back: Sequence[Splice]) -> Image:
    """What the journal keeps: `splices` in the old list of sentences, `back` in the new one."""
    return {
        "hunks": [[h.start, h.end, h.new_start, h.new_end] for h in hunks],
        "splices": [list(s) for s in splices],
        "back": [list(s) for s in back],
    }


def inverse(image: Image) -> Image:
    """The image of the way back."""
    return {
        "hunks": [[c, d, a, b] for a, b, c, d in image["hunks"]],
        "splices": image["back"],
        "back": image["splices"],
    }


def shift_of(image: Image) -> Shift:
    """The positions as the image moves them."""
    return Shift([Hunk(*numbers) for numbers in image["hunks"]])


def move(connection: sqlite3.Connection, source_id: int, image: Image) -> None:
    """Move all positions of the source, while nothing watches.

    Raises Conflict when a passage begins or ends where the text was edited, so that its place is not known.
    """
    shift = shift_of(image)
    first = shift.hunks[0].start if shift.hunks else 0
    sql = _InSql(connection, shift)
    for table in ("segment", "heading"):
        lost = f"{sql.start_lost('start')} OR {sql.end_lost(END)}"
        _refuse_lost(connection, table, lost, source_id, first)
        connection.execute(
            f'UPDATE {table} SET start = {sql.start("start")}, "end" = {sql.end(END)} '
            'WHERE source_id = ? AND "end" >= ?',
            (source_id, first),
        )
    _move_turns(connection, sql, source_id, first)
    _move_sentences(connection, source_id, shift, image["splices"])


def _refuse_lost(connection: sqlite3.Connection, table: str, lost: str, source_id: int, first: int) -> None:
    found = f'SELECT 1 FROM {table} WHERE source_id = ? AND "end" >= ? AND ({lost}) LIMIT 1'
    if rows(connection, found, source_id, first):
        raise Conflict


def _move_turns(connection: sqlite3.Connection, sql: _InSql, source_id: int, first: int) -> None:
    """An empty label stands where its turn begins: it stays before what is inserted there, as an end does."""
    empty, nothing = "label_start = label_end", 'start = "end"'
    lost = (
        f"{sql.end_lost(END)} OR {sql.end_lost('label_end')} OR ({sql.start_lost('start')} AND NOT {nothing}) "
        f"OR ({sql.start_lost('label_start')} AND NOT {empty})"
    )
    _refuse_lost(connection, "turn", lost, source_id, first)
    connection.execute(
        f"UPDATE turn SET "
        f"label_start = CASE WHEN {empty} THEN {sql.end('label_start')} ELSE {sql.start('label_start')} END, "
        f"label_end = {sql.end('label_end')}, "
        f"start = CASE WHEN {nothing} THEN {sql.end('start')} ELSE {sql.start('start')} END, "
        f'"end" = {sql.end(END)} WHERE source_id = ? AND "end" >= ?',
        (source_id, first),
    )


_FEW = 20


class _InSql:
    """A shift as expressions of SQL: written out for few hunks, which is three times as fast, else by functions."""

    def __init__(self, connection: sqlite3.Connection, shift: Shift) -> None:
        self._few = len(shift.hunks) <= _FEW
        self._hunks = shift.hunks
        if not self._few:
            made = connection.create_function
            made("shift_start", 1, shift.start, deterministic=True)
            made("shift_end", 1, shift.end, deterministic=True)
            made("start_lost", 1, shift.loses_start, deterministic=True)
            made("end_lost", 1, shift.loses_end, deterministic=True)

    def start(self, column: str) -> str:
        return self._moved(column, [h.end for h in self._hunks]) if self._few else f"shift_start({column})"

    def end(self, column: str) -> str:
        edges = [max(h.end, h.start + 1) for h in self._hunks]
        return self._moved(column, edges) if self._few else f"shift_end({column})"

    def _moved(self, column: str, edges: list[int]) -> str:
        cases = [
            f"WHEN {column} >= {edge} THEN {column} + {h.new_end - h.end}"
            for edge, h in zip(edges, self._hunks, strict=True)
        ]
        return f"(CASE {' '.join(reversed(cases))} ELSE {column} END)" if cases else column

    def start_lost(self, column: str) -> str:
        if not self._few:
            return f"start_lost({column})"
        return self._within(column, [(h.start + (h.new_end > h.new_start), h.end - 1) for h in self._hunks])

    def end_lost(self, column: str) -> str:
        if not self._few:
            return f"end_lost({column})"
        return self._within(column, [(h.start + 1, h.end - (h.new_end > h.new_start)) for h in self._hunks])

    @staticmethod
    def _within(column: str, spans: list[tuple[int, int]]) -> str:
        found = [f"{column} BETWEEN {first} AND {last}" for first, last in spans if first <= last]
        return f"({' OR '.join(found)})" if found else "0"


def _move_sentences(connection: sqlite3.Connection, source_id: int, shift: Shift, splices: Iterable[Splice]) -> None:
    ((stored,),) = rows(connection, "SELECT sentences FROM source WHERE id = ?", source_id)
    moved = spliced(json.loads(stored), shift, splices)
    connection.execute(
        "UPDATE source SET sentences = ? WHERE id = ?", (json.dumps(moved, separators=(",", ":")), source_id)
    )


def spliced(flat: Sequence[int], shift: Shift, splices: Iterable[Splice]) -> list[int]:
    """A flat list of sentences in the new text: those in the splices exchanged, the others moved."""
    found: list[int] = []
    at = 0
    for start, end, values in [*splices, (len(flat), len(flat), [])]:
        kept = list(flat[at:start])
        by = shift.start(kept[0]) - kept[0] if kept else 0
        if kept and shift.end(kept[-1]) - kept[-1] == by:  # no edit between them
            found += [edge + by for edge in kept] if by else kept
        else:
            kept[::2], kept[1::2] = map(shift.start, kept[::2]), map(shift.end, kept[1::2])
            found += kept
        found += values
        at = end
    return found


# what others moved since

_POSITIONS = {
    "segment": (("start", "end"),),
    "heading": (("start", "end"),),
    "turn": (("start", "end"), ("label_start", "label_end")),
}


class Since:
    """Takes positions that the journal kept into texts that others edited since."""

    def __init__(self, connection: sqlite3.Connection, operations: Sequence[int]) -> None:
        self._connection = connection
        self._shifts: dict[int, list[Shift]] = {}
        marks = ", ".join("?" * len(operations))
        sql = f"SELECT row_id, image FROM change WHERE action = 'S' AND operation_id IN ({marks}) ORDER BY id"
        for source_id, image in rows(connection, sql, *operations) if operations else ():
            if image is None:
                raise Conflict  # how the text was edited is no longer known
            self._shifts.setdefault(source_id, []).append(shift_of(json.loads(image)))

    def image(self, table: str, row_id: int, image: dict[str, Any]) -> dict[str, Any]:
        """The former values of a row as they are in the text of now. Raises Conflict where that is not known."""
        if not self._shifts or table not in _POSITIONS:
            return image
        found: Any = image.get("source_id")
        if found is None:
            found = next(
                iter(rows(self._connection, f'SELECT source_id FROM "{table}" WHERE id = ?', row_id)), (None,)
            )[0]
        image = dict(image)
        for shift in self._shifts.get(found, ()):
            for start, end in _POSITIONS[table]:
                self._take(image, shift, start, end)
        return image

    @staticmethod
    def _take(image: dict[str, Any], shift: Shift, start: str, end: str) -> None:
        empty = start in image and image[start] == image.get(end)
        if start in image:
            if (shift.loses_end if empty else shift.loses_start)(image[start]):
                raise Conflict
            image[start] = (shift.end if empty else shift.start)(image[start])
        if end in image:
            if shift.loses_end(image[end]):
                raise Conflict
            image[end] = shift.end(image[end])


def batches(undone: Iterable[Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """Changes by table and action, those that follow each other together; each `S` alone."""
    batch: list[Any] = []
    for row in undone:
        if batch and (row[0] != batch[0][0] or row[2] != batch[0][2] or row[2] == "S"):
            yield batch[0][0], batch[0][2], batch
            batch = []
        batch.append(row)
    if batch:
        yield batch[0][0], batch[0][2], batch
