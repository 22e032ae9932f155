"""How much of what informants say in one source is coded, turn by turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from coding.text import Span
from coding.transcripts.rows import SourceText, TurnRow


def spoken_turns(source: SourceText) -> list[TurnRow]:
    """The turns of the source that are not the researcher's and hold something, in order."""
    return [turn for turn in source.turns if turn.kind != "researcher" and source.text[turn.start : turn.end].strip()]


def uncoded_turns(source: SourceText, spans: Sequence[Span]) -> list[TurnRow]:
    """The spoken turns of which no coded segment has a non-space character; `spans` are the coded segments, code points
    in any order."""
    covered = _merged(spans)
    starts = [span.start for span in covered]
    found: list[TurnRow] = []
    for turn in spoken_turns(source):
        coded = False
        for number in range(max(bisect_right(starts, turn.start) - 1, 0), len(covered)):
            span = covered[number]
            if span.start >= turn.end:
                break
            coded = coded or bool(source.text[max(span.start, turn.start) : min(span.end, turn.end)].strip())
        if not coded:
            found.append(turn)
    return found


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[list[int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [Span(start, end) for start, end in merged]
