"""Which lane of the margin each coded segment gets, and from where to where its stripe runs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock

from app.transcript.geometry import Geometry
from app.transcript.segment_index import SpanIndex, pack
from app.transcript.tints import Shown
from coding.segments.rows import SegmentRow

LANES = 12
"""Lanes that are drawn; what needs more is counted as `+n`."""


@dataclass(frozen=True, slots=True)
class Stripe:
    """One segment in the margin, in the document's coordinates."""

    row: SegmentRow
    lane: int
    top: float
    bottom: float


class Stripes:
    """Lanes of one transcript. Made anew when segments or the lines of the text change.

    Two segments on the same line never share a lane, so that every stripe can be told apart and clicked. Segments
    within one paragraph are packed by their lines when the paragraph is first seen; longer ones by paragraphs, in
    lanes that their paragraphs then leave to them. Both are greedy interval colouring, once per change.
    """

    def __init__(self, shown: Shown, geometry: Geometry) -> None:
        self._shown = shown
        self._geometry = geometry
        self._packed: dict[int, list[Stripe]] = {}
        index, blocks = shown.index, shown.display.blocks
        self._long: list[SegmentRow] = []
        firsts: list[int] = []
        ends: list[int] = []
        for number in range(len(blocks)):
            for row in index.reaching_over(self._starting_in(number), self._limit(number)):
                self._long.append(index.rows[row])
                firsts.append(number)
                ends.append(max(shown.display.block_index(index.rows[row].end - 1), number) + 1)
        self._blocks = SpanIndex(firsts, ends)
        self._long_lanes = pack(list(zip(firsts, ends, strict=True)), LANES)

    def _limit(self, number: int) -> int:
        """Where the next paragraph begins: what ends before is all within this one."""
        blocks = self._shown.display.blocks
        return blocks[number + 1].start if number + 1 < len(blocks) else len(self._shown.display.stored) + 1

    def _starting_in(self, number: int) -> range:
        """Segments that begin in the paragraph numbered so, or in what is left out around it."""
        start = self._shown.display.blocks[number].start if number else 0
        return self._shown.index.starting_in(start, self._limit(number))

    def seen(self, area: QRectF) -> list[Stripe]:
        """The stripes that reach into `area`, those beyond the last lane too."""
        blocks = list(self._geometry.blocks(area.top(), area.bottom()))
        if not blocks:
            return []
        found = [
            self._long_stripe(number, blocks, area)
            for number in self._blocks.between(blocks[0].blockNumber(), blocks[-1].blockNumber() + 1)
        ]
        for block in blocks:
            found += self._of_block(block)
        return [s for s in found if s.bottom >= area.top() and s.top <= area.bottom()]

    def stripe(self, guid: str, area: QRectF) -> Stripe | None:
        """The stripe of one segment, when it reaches into `area`."""
        return next((s for s in self.seen(area) if s.row.guid == guid), None)

    def _long_stripe(self, number: int, blocks: list[QTextBlock], area: QRectF) -> Stripe:
        row = self._long[number]
        display = self._shown.display
        start, end = display.qt_range(row.start, row.end)
        top, bottom = area.top() - 50, area.bottom() + 50
        # Where it begins or ends out of sight is not looked up: that would lay out all the text in between.
        if start >= blocks[0].position():
            top = self._geometry.line_top(start)
        if end <= blocks[-1].position() + blocks[-1].length():
            bottom = self._geometry.line_bottom(max(end - 1, start))
        return Stripe(row, self._long_lanes[number], top, bottom)

    def _of_block(self, block: QTextBlock) -> list[Stripe]:
        number = block.blockNumber()
        packed = self._packed.get(number)
        if packed is None:
            packed = self._packed[number] = self._pack(block)
        return packed

    def _pack(self, block: QTextBlock) -> list[Stripe]:
        number = block.blockNumber()
        display, index = self._shown.display, self._shown.index
        limit = self._limit(number)
        rows = [row for row in map(index.rows.__getitem__, self._starting_in(number)) if row.end <= limit]
        if not rows:
            return []
        starts, tops, bottoms = self._geometry.line_tops(block)
        lines: list[tuple[int, int, SegmentRow]] = []
        for row in rows:
            start, end = display.qt_range(row.start, row.end)
            first = max(bisect_right(starts, start) - 1, 0)
            lines.append((first, max(bisect_right(starts, max(end - 1, start)), first + 1), row))
        lines.sort(key=lambda entry: (entry[0], -entry[1]))
        taken = [self._long_lanes[n] for n in self._blocks.between(number, number + 1)]
        lanes = pack([(first, end) for first, end, _ in lines], LANES, taken)
        return [
            Stripe(row, lane, tops[first], bottoms[end - 1])
            for (first, end, row), lane in zip(lines, lanes, strict=True)
        ]
