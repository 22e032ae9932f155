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
        self._inside: dict[int, list[SegmentRow]] = {}
        self._packed: dict[int, list[Stripe]] = {}
        long: list[tuple[int, int, SegmentRow]] = []
        display = shown.display
        for row in shown.index.rows:
            first, last = display.block_index(row.start), display.block_index(max(row.end - 1, row.start))
            if first == last:
                self._inside.setdefault(first, []).append(row)
            else:
                long.append((first, last + 1, row))
        long.sort(key=lambda entry: entry[0])
        self._long = [row for _, _, row in long]
        self._blocks = SpanIndex([first for first, _, _ in long], (end for _, end, _ in long))
        self._long_lanes = pack([(first, end) for first, end, _ in long])

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
            top = self._geometry.line_of(start).box.top()
        if end <= blocks[-1].position() + blocks[-1].length():
            bottom = self._geometry.line_of(max(end - 1, start)).box.bottom()
        return Stripe(row, self._long_lanes[number], top, bottom)

    def _of_block(self, block: QTextBlock) -> list[Stripe]:
        number = block.blockNumber()
        rows = self._inside.get(number)
        if not rows:
            return []
        packed = self._packed.get(number)
        if packed is None:
            packed = self._packed[number] = self._pack(block, rows)
        return packed

    def _pack(self, block: QTextBlock, rows: list[SegmentRow]) -> list[Stripe]:
        starts, tops, bottoms = self._geometry.line_tops(block)
        display = self._shown.display
        lines: list[tuple[int, int, SegmentRow]] = []
        for row in rows:
            start, end = display.qt_range(row.start, row.end)
            first = max(bisect_right(starts, start) - 1, 0)
            lines.append((first, max(bisect_right(starts, max(end - 1, start)), first + 1), row))
        lines.sort(key=lambda entry: (entry[0], -entry[1]))
        number = block.blockNumber()
        taken = [self._long_lanes[n] for n in self._blocks.between(number, number + 1)]
        lanes = pack([(first, end) for first, end, _ in lines], taken)
        return [
            Stripe(row, lane, tops[first], bottoms[end - 1])
            for (first, end, row), lane in zip(lines, lanes, strict=True)
        ]
