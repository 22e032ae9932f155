"""The coded segments of one source, found by position; a change makes a new one at the cost of what changed."""

from __future__ import annotations

import heapq
import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from coding.segments.rows import SegmentRow
from coding.text import Span

MANY = 50
"""Changed segments beyond which the whole text is painted anew rather than place by place."""
LEVELS = 3
"""Underlines that fit between two lines of text; in deeper overlaps the margin tells the rest."""

_LOOK = attrgetter("start", "end", "color", "valence", "code_guid", "label_id", "label_en", "memo", "exemplar")


class SpanIndex:
    """Half-open spans in order of their start, found by what they reach over."""

    def __init__(self, starts: list[int], ends: list[int], reach: list[int] | None = None) -> None:
        self.starts = starts
        self.ends = ends
        self.reach = list(accumulate(ends, max)) if reach is None else reach
        """The furthest end of the spans up to and with each."""

    def with_tail(self, starts: list[int], ends: list[int], first: int) -> SpanIndex:
        """Spans that are the same as these before number `first`."""
        reach = self.reach[:first]
        tail = accumulate(ends[first:], max, initial=reach[-1] if reach else 0)
        next(tail)
        return SpanIndex(starts, ends, [*reach, *tail])

    def between(self, start: int, end: int) -> list[int]:
        """Numbers of the spans that overlap `[start, end)`."""
        low, high = bisect_right(self.reach, start), bisect_left(self.starts, end)
        return [number for number in range(low, high) if self.ends[number] > start]


class SegmentIndex:
    """Segments in order of their start, the longest first. All positions are code points. Never changed itself."""

    def __init__(self, segments: Iterable[SegmentRow] = ()) -> None:
        self.rows: list[SegmentRow] = sorted(segments, key=in_order)
        self._spans = SpanIndex([r.start for r in self.rows], [r.end for r in self.rows])
        self._by_guid = {r.guid: r for r in self.rows}
        self._levels: dict[str, int] = {}
        self.fresh: list[Span] = []
        """Where the text looks otherwise than with the one this was made of by `changed`."""
        self._made_of: weakref.ref[SegmentIndex] | None = None

    def made_of(self, other: SegmentIndex) -> bool:
        """Whether this was made of `other` by `changed`, or is the same."""
        return other is self or (self._made_of is not None and self._made_of() is other)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, guid: str | None) -> SegmentRow | None:
        """The segment `guid`; None when there is none."""
        return self._by_guid.get(guid) if guid else None

    def number(self, guid: str) -> int:
        """The place of the segment in `rows`."""
        number = bisect_left(self._spans.starts, self._by_guid[guid].start)
        while self.rows[number].guid != guid:
            number += 1
        return number

    def changed(self, put: Collection[SegmentRow], gone: Collection[str] = ()) -> SegmentIndex:
        """The same with the segments `put` in place of those with their guids, or added, and without those `gone`."""
        out = [row for guid in {*gone, *(r.guid for r in put)} if (row := self._by_guid.get(guid)) is not None]
        if len(put) + len(out) > 2 * MANY:
            left = dict(self._by_guid)
            for guid in gone:
                left.pop(guid, None)
            left.update((row.guid, row) for row in put)
            made = SegmentIndex(left.values())
            made._made_of = weakref.ref(self)
            made.fresh = [Span(0, max((row.end for row in (*self.rows, *made.rows)), default=0))]
            return made
        made = SegmentIndex()
        made._made_of = weakref.ref(self)
        made.rows, made._by_guid = self.rows.copy(), self._by_guid.copy()
        starts, ends = self._spans.starts.copy(), self._spans.ends.copy()
        lowest = len(starts)
        for row in out:
            number = bisect_left(starts, row.start)
            while made.rows[number].guid != row.guid:
                number += 1
            del made.rows[number], starts[number], ends[number], made._by_guid[row.guid]
            lowest = min(lowest, number)
        for row in put:
            first, last = bisect_left(starts, row.start), bisect_right(starts, row.start)
            number = bisect_left(made.rows, in_order(row), first, last, key=in_order)
            made.rows.insert(number, row)
            starts.insert(number, row.start)
            ends.insert(number, row.end)
            made._by_guid[row.guid] = row
            lowest = min(lowest, number)
        made._spans = self._spans.with_tail(starts, ends, lowest)
        before, after = {row.guid: row for row in out}, {row.guid: row for row in put}
        differ = [
            row
            for one, other in ((before, after), (after, before))
            for guid, row in one.items()
            if guid not in other or _LOOK(row) != _LOOK(other[guid])
        ]
        made.fresh = [Span(row.start, row.end) for row in differ]
        for row in differ:
            made.fresh += made._moved_levels(self, row)
        return made

    def _moved_levels(self, before: SegmentIndex, row: SegmentRow) -> list[Span]:
        """The segments that are underlined at another height than in `before`, because `row` came, went or changed."""
        start, end = row.start, row.end
        while (wider := before.chain(*self.chain(start, end))) != (start, end):
            start, end = wider
        here = (self.rows[number] for number in self.starting_in(start, end))
        there = ((other, before.get(other.guid)) for other in here)
        return [
            Span(other.start, other.end)
            for other, old in there
            if old is not None and self.level(other) != before.level(old)
        ]

    def changed_since(self, before: SegmentIndex) -> list[Span]:
        """Where the text looks otherwise than with `before`: around each segment that came, went or changed, with all
        that overlap with it one after the other, since their levels depend on each other."""
        if not before.rows:
            return [Span(0, max((row.end for row in self.rows), default=0))] if self.rows else []
        there = [row for row in self.rows if (old := before.get(row.guid)) is not row and old != row]
        gone = [row for row in before.rows if (new := self.get(row.guid)) is not row and new != row]
        if len(there) + len(gone) > MANY:
            return [Span(0, max(row.end for row in (*self.rows, *before.rows)))]
        return [self._around(before, row) for row in (*there, *gone)]

    def _around(self, before: SegmentIndex, row: SegmentRow) -> Span:
        span = Span(row.start, row.end)
        while True:
            wider = before.chain(*self.chain(span.start, span.end))
            if wider == (span.start, span.end):
                return span
            span = Span(*wider)

    def chain(self, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` grown over all segments that overlap with it one after the other."""
        starts, reach = self._spans.starts, self._spans.reach
        while (first := bisect_right(reach, start)) < len(starts) and starts[first] < start:
            start = starts[first]
        while (after := bisect_left(starts, end)) and reach[after - 1] > end:
            end = reach[after - 1]
        return start, end

    def between(self, start: int, end: int) -> list[SegmentRow]:
        """Segments that share a code point with `[start, end)`, in order."""
        return [self.rows[number] for number in self._spans.between(start, end)]

    def at(self, position: int) -> list[SegmentRow]:
        """Segments around the caret at `position`, the smallest first; those that only end there come last."""
        around = self.between(position, position + 1)
        ending = [r for r in self.between(position - 1, position) if r.end == position]
        return sorted(around, key=size) + sorted(ending, key=size)

    def place(self, row: SegmentRow, position: int) -> tuple[int, int]:
        """The segment is the n-th of m at the caret, or at its own start where the caret is elsewhere."""
        here = [other.guid for other in self.at(position)]
        if row.guid not in here:
            here = [other.guid for other in self.at(row.start)]
        return (here.index(row.guid) + 1, len(here)) if row.guid in here else (1, 1)

    def starting_in(self, start: int, end: int) -> range:
        """Numbers of the segments that begin in `[start, end)`."""
        return range(bisect_left(self._spans.starts, start), bisect_left(self._spans.starts, end))

    def level(self, row: SegmentRow) -> int:
        """The lowest of `LEVELS` numbers that no overlapping segment before it has; `LEVELS` when all are taken."""
        level = self._levels.get(row.guid)
        if level is None:
            # no level depends on what lies beyond a place that no segment reaches over
            start, end = self.chain(row.start, row.end)
            rows = [self.rows[number] for number in self.starting_in(start, end)]
            levels = pack([(r.start, r.end) for r in rows], LEVELS)
            self._levels.update(zip((r.guid for r in rows), levels, strict=True))
            level = self._levels[row.guid]
        return level


def pack(spans: Sequence[tuple[float, float]], lanes: int, taken: Iterable[int] = ()) -> list[int]:
    """For each of `spans` (half-open, in order of start) the lowest free one of `lanes`, or `lanes` when none is.

    Spans that touch may share a lane; lanes in `taken` stay empty. Greedy colouring of an interval graph needs no more
    lanes than the deepest overlap.
    """
    free = sorted(set(range(lanes)) - set(taken))
    busy: list[tuple[float, int]] = []
    found: list[int] = []
    for start, end in spans:
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
            heapq.heappush(busy, (end, lane))
        else:
            lane = lanes
        found.append(lane)
    return found


def pack_columns(
    spans: Sequence[tuple[float, float]], own: Sequence[range], shared: int, lanes: int, taken: Iterable[int] = ()
) -> list[int]:
    """As `pack`, where each span has lanes of its `own`, which no other kind of span is put in; those that find none
    free there go beyond all of these, from lane `shared` on."""
    free = set(range(lanes)) - set(taken)
    busy: list[tuple[float, int]] = []
    found: list[int] = []
    for (start, end), mine in zip(spans, own, strict=True):
        while busy and busy[0][0] <= start:
            free.add(heapq.heappop(busy)[1])
        lane = next((n for n in (*mine, *range(shared, lanes)) if n in free), lanes)
        if lane < lanes:
            free.discard(lane)
            heapq.heappush(busy, (end, lane))
        found.append(lane)
    return found


def size(row: SegmentRow) -> tuple[int, int, str]:
    """A key by which the smallest segment comes first."""
    return (row.end - row.start, row.start, row.guid)


def in_order(row: SegmentRow) -> tuple[int, int, str]:
    """A key by which segments stand as in the text, the longer one first."""
    return (row.start, -row.end, row.guid)
