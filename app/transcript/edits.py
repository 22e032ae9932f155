"""Edges that were moved on screen and are on their way to the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coding.segments.rows import SegmentRow
from coding.text import Span


class Edits:
    """Keeps moved segments where the person put them while earlier moves are still being stored.

    Keys come faster than operations are committed: without this, the second press would start from the old edge, and
    each stored step would throw the passage back.
    """

    def __init__(self) -> None:
        self._moves: dict[str, list[Span]] = {}

    def move(self, row: SegmentRow, span: Span, text: str) -> SegmentRow:
        """`row` as it looks with its new span, which is remembered until it comes back stored."""
        self._moves.setdefault(row.guid, []).append(span)
        return replace(row, start=span.start, end=span.end, text=span.of(text))

    def settle(self, stored: Iterable[SegmentRow]) -> list[SegmentRow]:
        """Rows as stored, but an earlier step of a series of moves is shown as the last one.

        A span that is no step of the series (the move failed, was undone, or came from elsewhere) ends it.
        """
        if not self._moves:
            return list(stored)
        shown: list[SegmentRow] = []
        for row in stored:
            moves = self._moves.get(row.guid)
            if moves is not None:
                row = self._settled(row, moves)
            shown.append(row)
        return shown

    def _settled(self, row: SegmentRow, moves: list[Span]) -> SegmentRow:
        span = Span(row.start, row.end)
        if span not in moves[:-1] or span == moves[-1]:
            del self._moves[row.guid]
            return row
        del moves[: moves.index(span) + 1]
        return replace(row, start=moves[-1].start, end=moves[-1].end)
