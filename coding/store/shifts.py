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
    made = connection.create_function
    made("shift_start", 1, shift.start, deterministic=True)
    made("shift_end", 1, shift.end, deterministic=True)
    made("start_lost", 1, shift.loses_start, deterministic=True)
    made("end_lost", 1, shift.loses_end, deterministic=True)
    for table in ("segment", "heading"):
        lost = f'SELECT 1 FROM {table} WHERE source_id = ? AND "end" >= ? AND (start_lost(start) OR end_lost("end"))'
        if rows(connection, f"{lost} LIMIT 1", source_id, first):
            raise Conflict
        connection.execute(
            f'UPDATE {table} SET start = shift_start(start), "end" = shift_end("end") '
            'WHERE source_id = ? AND "end" >= ?',
            (source_id, first),
        )
    _move_turns(connection, source_id, first)
    _move_sentences(connection, source_id, shift, image["splices"])


_EMPTY_LABEL = "label_start = label_end"


def _move_turns(connection: sqlite3.Connection, source_id: int, first: int) -> None:
    """An empty label stands where its turn begins: it stays before what is inserted there, as an end does."""
    lost = (
        f'SELECT 1 FROM turn WHERE source_id = ? AND "end" >= ? AND (end_lost("end") OR end_lost(label_end) '
        f'OR (start_lost(start) AND start < "end") OR (start_lost(label_start) AND NOT {_EMPTY_LABEL})) LIMIT 1'
    )
    if rows(connection, lost, source_id, first):
        raise Conflict
    connection.execute(
        f"UPDATE turn SET label_start = CASE WHEN {_EMPTY_LABEL} THEN shift_end(label_start) "
        "ELSE shift_start(label_start) END, label_end = shift_end(label_end), "
        'start = CASE WHEN start = "end" THEN shift_end(start) ELSE shift_start(start) END, "end" = shift_end("end") '
        'WHERE source_id = ? AND "end" >= ?',
        (source_id, first),
    )


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
        found += map(shift.start, flat[at:start:2])
        kept = found[len(found) - (start - at) // 2 :]
        del found[len(found) - (start - at) // 2 :]
        found += (edge for pair in zip(kept, map(shift.end, flat[at + 1 : start : 2]), strict=True) for edge in pair)
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
