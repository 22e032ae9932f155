"""Do the cues of a framework make sense? How often they fire in a study, and how often where the code was put."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from coding.codes.queries import framework_by_key
from coding.language.cues import CueFinder
from coding.project import Reader
from coding.store.models import Code, Segment, Source, SourceText, Turn


@dataclass(frozen=True, slots=True)
class CueCount:
    """One code: sentences in which a cue of its fires, those of them that carry the code, and all that carry it.

    A sentence carries a code when a coded segment shares a code point with it. `phrases` are the cues that fired with
    the number of sentences of each, most first.
    """

    code: str
    label_id: str
    label_en: str
    fired: int
    fired_tagged: int
    tagged: int
    phrases: tuple[tuple[str, int], ...]


def cue_report(project: Reader, framework: str) -> list[CueCount]:
    """A line per dimension and indicator of the adopted framework, over all stored sentences but the researcher's.

    Raises CodingError("framework_not_adopted").
    """
    with project.read() as session:
        row = framework_by_key(session, framework)
        codes = list(session.scalars(select(Code).where(Code.framework_id == row.id).order_by(Code.position, Code.id)))
        finder = CueFinder({code.path: cues_of(code) for code in codes})
        counts = {code.path: _Count() for code in codes}
        paths = {code.id: code.path for code in codes}
        for source, body in session.execute(select(Source, SourceText.body).join(SourceText)):
            asked = session.execute(
                select(Turn.start, Turn.end).where(Turn.source_id == source.id, Turn.kind == "researcher")
            ).all()
            spans = session.execute(
                select(Segment.start, Segment.end, Segment.code_id).where(Segment.source_id == source.id)
            ).all()
            flat: list[int] = json.loads(source.sentences)
            for start, end in list(pairwise(flat))[::2]:
                if not any(s <= start < e for s, e in asked):
                    tagged = {paths[code] for s, e, code in spans if code in paths and s < end and e > start}
                    _take(counts, finder, body[start:end], tagged)
    order = [code for parent in codes if parent.parent_id is None for code in (parent, *_below(codes, parent))]
    return [counts[code.path].row(code) for code in order]


def cues_of(code: Code) -> list[str]:
    """All cues of an adopted code, of both languages and all directions."""
    details: dict[str, Any] = json.loads(code.details)
    kinds = ("cues", "cues_supporting", "cues_inhibiting")
    return [cue for kind in kinds for cues in details.get(kind, {}).values() for cue in cues]


def _below(codes: list[Code], parent: Code) -> list[Code]:
    return [code for code in codes if code.parent_id == parent.id]


class _Count:
    def __init__(self) -> None:
        self.fired = self.fired_tagged = self.tagged = 0
        self.phrases: dict[str, int] = {}

    def row(self, code: Code) -> CueCount:
        phrases = tuple(sorted(self.phrases.items(), key=lambda pair: (-pair[1], pair[0])))
        return CueCount(
            code.path, code.label_id, code.label_en, self.fired, self.fired_tagged, self.tagged, phrases
        )  # fmt: skip


def _take(counts: dict[str, _Count], finder: CueFinder, sentence: str, tagged: set[str]) -> None:
    fired: dict[str, set[str]] = {}
    for hit in finder.find(sentence):
        fired.setdefault(hit.code, set()).add(" ".join(sentence[hit.start : hit.end].casefold().split()))
    for code in tagged:
        counts[code].tagged += 1
    for code, phrases in fired.items():
        count = counts[code]
        count.fired += 1
        count.fired_tagged += code in tagged
        for phrase in phrases:
            count.phrases[phrase] = count.phrases.get(phrase, 0) + 1
