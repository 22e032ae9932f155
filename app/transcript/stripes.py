"""Which lane of the margin each coded segment gets, and from where to where its stripe runs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock

from app.transcript.geometry import Geometry
from app.transcript.segment_index import SpanIndex, in_order, pack, pack_columns
from app.transcript.stripe_choice import StripeChoice
from app.transcript.tints import Shown
from coding.segments.rows import SegmentRow
from coding.text import Span

LANES = 12
"""Lanes that are drawn; what needs more is counted as `+n`."""


SPANS_KEPT = 100_000
"""Spans of a text of which it is kept over which paragraphs they reach."""


@dataclass(frozen=True, slots=True)
class Stripe:
    """One segment in the margin, in the document's coordinates."""

    row: SegmentRow
    lane: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Long:
    """Segments over several of the paragraphs `[first, end)`, none of which reaches beyond these, and their lanes."""

    first: int
    end: int
    rows: list[SegmentRow]
    spans: SpanIndex
    lanes: list[int]


class Stripes:
    """Lanes of one transcript. Made anew when segments or the lines of the text change, worked out where it is seen.

    Two segments on the same line never share a lane, so that every stripe can be told apart and clicked. Segments
    within one paragraph are packed by their lines; longer ones by paragraphs, in lanes that their paragraphs then leave
    to them. Both are greedy interval colouring, which may begin wherever no segment reaches over: how a place looks
    does not depend on what was looked at before it.
    """

    def __init__(
        self, shown: Shown, geometry: Geometry, before: Stripes | None = None, choice: StripeChoice | None = None
    ) -> None:
        """`before` were those of the same text: what is known of spans of text, and of places where no segment came,
        went or changed, is taken over. Where `choice` is by coder or by framework, each has lanes of its own."""
        self._shown = shown
        self._geometry = geometry
        self._choice = choice or StripeChoice()
        self._index = shown.index
        self._over: dict[tuple[int, int], tuple[int, int]] = {}
        self._long: dict[int, _Long] = {}
        if before is not None and before._shown.display is shown.display and len(before._over) < SPANS_KEPT:
            self._over = before._over
            if shown.index.made_of(before._index):
                self._take_over(before, shown.index.fresh)
        self._packed: dict[int, list[Stripe]] = {}

    def _take_over(self, before: Stripes, changed: Sequence[Span]) -> None:
        """Keep what `before` knew of long segments around paragraphs that none of the spans `changed` touches."""
        touched = [self._paragraphs(span.start, span.end) for span in changed]
        self._long = {
            number: long
            for number, long in before._long.items()
            if not any(first < long.end and long.first < end for first, end in touched)
        }

    def _long_at(self, number: int) -> _Long:
        """The long segments around the paragraph numbered so."""
        known = self._long.get(number)
        if known is None:
            known = self._pack_long(number)
            for inside in range(known.first, known.end):
                self._long[inside] = known
        return known

    def _pack_long(self, number: int) -> _Long:
        display = self._shown.display
        first, end = number, number + 1
        found: dict[str, tuple[int, int, SegmentRow]] = {}
        unseen = [(first, end)]
        while unseen:
            low, high = unseen.pop()
            begin = display.blocks[low].start if low else 0
            for row in self._shown.index.between(begin, self._limit(high - 1)):
                if row.guid in found:
                    continue
                over = self._paragraphs(row.start, row.end)
                if over[1] > over[0] + 1:
                    found[row.guid] = (*over, row)
                    if over[0] < first:
                        unseen.append((over[0], first))
                        first = over[0]
                    if over[1] > end:
                        unseen.append((end, over[1]))
                        end = over[1]
        rows = sorted((row for _, _, row in found.values()), key=in_order)
        firsts, ends = [found[row.guid][0] for row in rows], [found[row.guid][1] for row in rows]
        return _Long(first, end, rows, SpanIndex(firsts, ends), self._lanes(rows, list(zip(firsts, ends, strict=True))))

    def _lanes(
        self, rows: Sequence[SegmentRow], spans: Sequence[tuple[int, int]], taken: Iterable[int] = ()
    ) -> list[int]:
        choice = self._choice
        if not choice.columns:
            return pack(spans, LANES, taken)
        own = [choice.lanes(row) for row in rows]
        return pack_columns(spans, own, choice.columns * choice.breadth, LANES, taken)

    def _paragraphs(self, start: int, end: int) -> tuple[int, int]:
        """The paragraphs `[first, end)` over which a span reaches; one alone when it ends before the next begins."""
        over = self._over.get((start, end))
        if over is None:
            display = self._shown.display
            first = display.block_index(start)
            last = max(display.block_index(end - 1), first) if end > self._limit(first) else first
            over = self._over[start, end] = first, last + 1
        return over

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
        found: list[Stripe] = []
        number, last = blocks[0].blockNumber(), blocks[-1].blockNumber()
        while number <= last:
            long = self._long_at(number)
            found += [self._long_stripe(long, n, blocks, area) for n in long.spans.between(number, last + 1)]
            number = long.end
        for block in blocks:
            found += self._of_block(block)
        return [s for s in found if s.bottom >= area.top() and s.top <= area.bottom()]

    def stripe(self, guid: str, area: QRectF) -> Stripe | None:
        """The stripe of one segment, when it reaches into `area`."""
        return next((s for s in self.seen(area) if s.row.guid == guid), None)

    def _long_stripe(self, long: _Long, number: int, blocks: list[QTextBlock], area: QRectF) -> Stripe:
        row = long.rows[number]
        display = self._shown.display
        start, end = display.qt_range(row.start, row.end)
        top, bottom = area.top() - 50, area.bottom() + 50
        # Where it begins or ends out of sight is not looked up: that would lay out all the text in between.
        if start >= blocks[0].position():
            top = self._geometry.line_top(start)
        if end <= blocks[-1].position() + blocks[-1].length():
            bottom = self._geometry.line_bottom(max(end - 1, start))
        return Stripe(row, long.lanes[number], top, bottom)

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
        long = self._long_at(number)
        taken = [long.lanes[n] for n in long.spans.between(number, number + 1)]
        lanes = self._lanes([row for *_, row in lines], [(first, end) for first, end, _ in lines], taken)
        return [
            Stripe(row, lane, tops[first], bottoms[end - 1])
            for (first, end, row), lane in zip(lines, lanes, strict=True)
        ]
