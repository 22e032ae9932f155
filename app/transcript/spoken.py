"""What a screen reader is told: where the caret is, and what a coded segment is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.transcript.segment_index import SegmentIndex
from coding.errors import mark
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import SourceText, TurnRow
from coding.transcripts.voices_shown import speakers_shown
from coding.words import Words

if TYPE_CHECKING:
    from app.context import Context

VALENCE_NAMES = {
    "supporting": mark("supporting"),
    "inhibiting": mark("inhibiting"),
    "neutral": mark("neutral"),
    None: mark("no direction"),
}


def speakers(words: Words, turns: Sequence[TurnRow]) -> tuple[str, ...]:
    """Who speaks in each turn of a source, in the word that stands beside it."""
    kinds = {"researcher": words.t("Researcher"), "unknown": words.t("Unknown"), "informant": ""}
    return tuple(name or kinds[turn.kind] for turn, name in zip(turns, speakers_shown(turns), strict=True))


def place(ctx: Context, source: SourceText, turn: int | None) -> str:
    """The source's name, and who is speaking in the turn numbered `turn` (from 0)."""
    if turn is None:
        return source.name
    return ctx.t(
        "{source}: {speaker}, turn {number} of {total}",
        source=source.name,
        speaker=speakers(ctx.words, source.turns)[turn],
        number=turn + 1,
        total=len(source.turns),
    )


def segment(ctx: Context, index: SegmentIndex, row: SegmentRow) -> str:
    """Which segment of how many, its code, valence and coder."""
    return ctx.t(
        "Segment {number} of {total}: {code}, {valence}, coded by {coder}",
        number=index.number(row.guid) + 1,
        total=len(index),
        code=row.label(ctx.language),
        valence=ctx.t(VALENCE_NAMES[row.valence]),
        coder=row.coder,
    )
