"""The coded segments of one source, found by position; made anew whenever they change."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import attrgetter

from coding.segments.rows import SegmentRow
from coding.text import Span

MANY = 50
"""Changed segments beyond which the whole text is painted anew rather than place by place."""
LEVELS = 3
"""Underlines that fit between two lines of text; in deeper overlaps the margin tells the rest."""


class SpanIndex:
    """Half-open spans in order of their start, found by what they reach over."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts = starts
        self.ends = ends
        self._reach = list(accumulate(self.ends, max))

    def between(self, start: int, end: int) -> list[int]:
        """Numbers of the spans that overlap `[start, end)`."""
        low, high = bisect_right(self._reach, start), bisect_left(self.starts, end)
        return [number for number in range(low, high) if self.ends[number] > start]


class SegmentIndex:
    """Segments in order of their start. All positions are code points."""

    def __init__(self, segments: Iterable[SegmentRow] = ()) -> None:
        self.rows: list[SegmentRow] = sorted(segments, key=attrgetter("start"))
        self._spans = SpanIndex([r.start for r in self.rows], [r.end for r in self.rows])
        self._levels: list[int] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {r.guid: i for i, r in enumerate(self.rows)}

    def get(self, guid: str | None) -> SegmentRow | None:
        """The segment `guid`; None when there is none."""
        number = self._numbers.get(guid) if guid else None
        return None if number is None else self.rows[number]

    def number(self, guid: str) -> int:
        """The place of the segment in `rows`."""
        return self._numbers[guid]

    def with_row(self, row: SegmentRow) -> SegmentIndex:
        """The same with `row` in place of the segment with its guid."""
        return SegmentIndex(row if r.guid == row.guid else r for r in self.rows)

    def changed_since(self, before: SegmentIndex) -> list[Span]:
        """Where the text looks otherwise than with `before`: around each segment that came, went or changed, with all
        that overlap with it one after the other, since their levels depend on each other."""
        there = [row for row in self.rows if (old := before.get(row.guid)) is not row and old != row]
        gone = [row for row in before.rows if (new := self.get(row.guid)) is not row and new != row]
        if len(there) + len(gone) > MANY:
            return [Span(0, max(row.end for row in (*self.rows, *before.rows)))]
        return [self._around(before, row) for row in (*there, *gone)]

    def _around(self, before: SegmentIndex, row: SegmentRow) -> Span:
        span, wider = Span(row.start, row.start), Span(row.start, row.end)
        while wider != span:
            span = wider
            near = [*self.between(span.start, span.end), *before.between(span.start, span.end)]
            wider = Span(min([span.start, *(r.start for r in near)]), max([span.end, *(r.end for r in near)]))
        return span

    def between(self, start: int, end: int) -> list[SegmentRow]:
        """Segments that share a code point with `[start, end)`, in order."""
        return [self.rows[number] for number in self._spans.between(start, end)]

    def at(self, position: int) -> list[SegmentRow]:
        """Segments around the caret at `position`, the smallest first; those that only end there come last."""
        around = self.between(position, position + 1)
        ending = [r for r in self.between(position - 1, position) if r.end == position]
        return sorted(around, key=size) + sorted(ending, key=size)

    def starting_in(self, start: int, end: int) -> range:
        """Numbers of the segments that begin in `[start, end)`."""
        return range(bisect_left(self._spans.starts, start), bisect_left(self._spans.starts, end))

    def reaching_over(self, numbers: range, end: int) -> list[int]:
        """Those of the segments numbered so that end after `end`."""
        ends = self._spans.ends
        return [number for number in numbers if ends[number] > end]

    def level(self, row: SegmentRow) -> int:
        """The lowest of `LEVELS` numbers that no overlapping segment before it has; `LEVELS` when all are taken."""
        if self._levels is None:
            self._levels = pack([(r.start, r.end) for r in self.rows], LEVELS)
        return self._levels[self._numbers[row.guid]]


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


def size(row: SegmentRow) -> tuple[int, int, str]:
    """A key by which the smallest segment comes first."""
    return (row.end - row.start, row.start, row.guid)
