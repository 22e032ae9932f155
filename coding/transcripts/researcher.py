"""Coded segments that lie wholly in what the researcher says; they count nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from coding.segments.rows import SegmentRow
from coding.transcripts.rows import SourceText


def wholly_within(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every non-space character of `[start, end)` lies in `spans` (code points, sorted, apart), and there is
    one."""
    at, some = start, False
    for number in range(max(bisect_right(spans, (start, len(text))) - 1, 0), len(spans)):
        first, last = spans[number]
        if first >= end:
            break
        if text[at : max(first, at)].strip():
            return False
        some = some or bool(text[max(first, at) : min(last, end)].strip())
        at = max(at, min(last, end))
    return some and not text[at:end].strip()


def researcher_segments(source: SourceText, rows: Iterable[SegmentRow]) -> list[SegmentRow]:
    """Those of `rows`, coded segments of `source`, that lie wholly in turns of the researcher with their labels, in the
    order of the text."""
    spans = [(min(t.label_start, t.start), t.end) for t in source.turns if t.kind == "researcher"]
    found = [row for row in rows if wholly_within(source.text, row.start, row.end, spans)] if spans else []
    return sorted(found, key=lambda row: (row.start, row.end))
