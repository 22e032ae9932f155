"""The coded segments of one source, found by position; made anew whenever they change."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from coding.segments.rows import SegmentRow


class SpanIndex:
    """Half-open spans in order of their start, found by what they reach over."""

    def __init__(self, starts: list[int], ends: Iterable[int]) -> None:
        self.starts = starts
        self.ends = list(ends)
        self._reach = list(accumulate(self.ends, max))
        self._groups: list[int] = []
        # Spans hang together until one starts where all before it have ended.
        for number, start in enumerate(starts):
            joined = number > 0 and self._reach[number - 1] > start
            self._groups.append(self._groups[-1] if joined else number)

    def between(self, start: int, end: int) -> list[int]:
        """Numbers of the spans that overlap `[start, end)`."""
        low, high = bisect_right(self._reach, start), bisect_left(self.starts, end)
        return [number for number in range(low, high) if self.ends[number] > start]

    def group(self, number: int) -> tuple[int, int]:
        """The range of spans that hang together with the one numbered so, through overlaps."""
        first = self._groups[number]
        return first, bisect_right(self._groups, first)


class SegmentIndex:
    """Segments in order of their start, the longer one first. All positions are code points."""

    def __init__(self, segments: Iterable[SegmentRow] = ()) -> None:
        self.rows: list[SegmentRow] = sorted(segments, key=lambda r: (r.start, -r.end, r.guid))
        self._spans = SpanIndex([r.start for r in self.rows], (r.end for r in self.rows))
        self._numbers = {r.guid: i for i, r in enumerate(self.rows)}
        self._levels: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.rows)

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

    def between(self, start: int, end: int) -> list[SegmentRow]:
        """Segments that share a code point with `[start, end)`, in order."""
        return [self.rows[number] for number in self._spans.between(start, end)]

    def at(self, position: int) -> list[SegmentRow]:
        """Segments around the caret at `position`, the smallest first; those that only end there come last."""
        around = self.between(position, position + 1)
        ending = [r for r in self.between(position - 1, position) if r.end == position]
        return sorted(around, key=size) + sorted(ending, key=size)

    def level(self, row: SegmentRow) -> int:
        """The lowest number that no overlapping segment before this one has: the place of its underline."""
        number = self._numbers[row.guid]
        first, end = self._spans.group(number)
        levels = self._levels.get(first)
        if levels is None:
            levels = self._levels[first] = pack([(r.start, r.end) for r in self.rows[first:end]])
        return levels[number - first]


def pack(spans: Sequence[tuple[float, float]], taken: Iterable[int] = ()) -> list[int]:
    """A lane for each of `spans` (half-open, in order of start), the lowest free one; lanes in `taken` stay empty.

    Spans that touch may share a lane. Greedy colouring of an interval graph needs no more lanes than the deepest
    overlap (plus those taken).
    """
    blocked = frozenset(taken)
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    following = 0
    lanes: list[int] = []
    for start, end in spans:
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
        else:
            while following in blocked:
                following += 1
            lane = following
            following += 1
        heapq.heappush(busy, (end, lane))
        lanes.append(lane)
    return lanes


def size(row: SegmentRow) -> tuple[int, int, str]:
    """A key by which the smallest segment comes first."""
    return (row.end - row.start, row.start, row.guid)
