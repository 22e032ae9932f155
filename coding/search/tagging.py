"""Tagging what was found: all chosen hits in one step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from sqlalchemy import insert, select

from coding.codes.queries import unknown_code
from coding.errors import CodingError
from coding.project import Operation
from coding.search.find import Hit
from coding.segments.rows import Valence
from coding.store.models import Code, Segment, Source, SourceText, Turn, new_guid, now
from coding.text import Span, trim

Unit = Literal["words", "sentence", "turn"]
UNITS: tuple[Unit, ...] = ("words", "sentence", "turn")


@dataclass(frozen=True, slots=True)
class Tagged:
    """How many coded segments were made, and how many passages had this code by this coder already."""

    made: int
    had: int


def tag_hits(op: Operation, hits: Sequence[Hit], code: str, valence: Valence | None, unit: Unit = "words") -> Tagged:
    """Put the code with guid `code` on every hit, on the words alone, on the sentences they stand in, or on the turn
    they begin in. Two hits in one sentence or turn make one segment.

    Raises CodingError("code_unknown"), or CodingError("source_unknown_none") when a source is gone.
    """
    code_id = op.session.scalar(select(Code.id).where(Code.guid == code))
    if code_id is None:
        raise unknown_code(op.session, code)
    made, had = [], 0
    for source, group in groupby(sorted(hits, key=lambda hit: (hit.source_guid, hit.start)), lambda h: h.source_guid):
        source_id, spans = _spans(op, source, list(group), unit)
        taken = {
            (row.start, row.end)
            for row in op.session.execute(
                select(Segment.start, Segment.end).where(
                    Segment.source_id == source_id, Segment.code_id == code_id, Segment.coder_id == op.coder_id
                )
            )
        }
        for span in spans:
            if (span.start, span.end) in taken:
                had += 1
            else:
                made.append((source_id, span))
    moment = now()
    rows = [
        {
            "guid": new_guid(), "source_id": source_id, "code_id": code_id, "coder_id": op.coder_id,
            "start": span.start, "end": span.end, "valence": valence, "exemplar": 0,
            "created_at": moment, "modified_at": moment,
        }
        for source_id, span in made
    ]  # fmt: skip
    if rows:
        op.session.execute(insert(Segment), rows)
    return Tagged(len(rows), had)


def _spans(op: Operation, source: str, hits: Sequence[Hit], unit: Unit) -> tuple[int, list[Span]]:
    """The source's id and the spans to tag in it, each once, in order."""
    sql = select(Source.id, Source.sentences, SourceText.body).join(SourceText).where(Source.guid == source)
    found = op.session.execute(sql).first()
    if found is None:
        raise CodingError("source_unknown_none", source=hits[0].source)
    body = found.body
    units: list[tuple[int, int]] = []
    if unit == "sentence":
        units = list(pairwise(json.loads(found.sentences)))[::2]
    elif unit == "turn":
        turns = select(Turn.start, Turn.end).where(Turn.source_id == found.id).order_by(Turn.start)
        units = [(row.start, row.end) for row in op.session.execute(turns)]
    spans = {}
    for hit in hits:
        start, end = _grown(hit, units, unit)
        span = trim(body, start, min(end, len(body)))
        if span:
            spans[span.start, span.end] = span
    return found.id, sorted(spans.values())


def _grown(hit: Hit, units: Sequence[tuple[int, int]], unit: Unit) -> tuple[int, int]:
    if unit == "turn":
        return next(((start, end) for start, end in units if start <= hit.start < end), (hit.start, hit.end))
    touched = [(start, end) for start, end in units if start < hit.end and hit.start < end]
    if not touched:
        return hit.start, hit.end
    return min(hit.start, touched[0][0]), max(hit.end, touched[-1][1])
