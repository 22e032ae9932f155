"""Do the cues of a framework make sense? How often they fire in a study, and how often where the code was put."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.codes.queries import framework_by_key
from coding.language.cues import CueFinder
from coding.project import Reader
from coding.store.models import Code, Segment, Source, SourceText, Turn


@dataclass(frozen=True, slots=True)
class CuePhrase:
    """A cue as it was said: in how many sentences, and in how many of them where its code was put."""

    text: str
    fired: int
    fired_tagged: int


@dataclass(frozen=True, slots=True)
class CueCount:
    """One code: sentences in which a cue of its fires, those of them that carry the code, and all that carry it.

    A sentence carries a code when a coded segment shares a code point with it. `segments` are the coded segments of
    the code that share one with a sentence looked at, `segments_fired` those in whose sentences a cue of it fires.
    `phrases` are the cues that fired, most first.
    """

    code: str
    label_id: str
    label_en: str
    fired: int
    fired_tagged: int
    tagged: int
    segments: int
    segments_fired: int
    phrases: tuple[CuePhrase, ...]

    @property
    def precision(self) -> Fraction | None:
        """The share of sentences fired in that carry the code; None when no cue fires."""
        return Fraction(self.fired_tagged, self.fired) if self.fired else None

    @property
    def recall(self) -> Fraction | None:
        """The share of coded segments in whose sentences a cue fires; None when the code was never put."""
        return Fraction(self.segments_fired, self.segments) if self.segments else None


@dataclass(frozen=True, slots=True)
class CueReport:
    """The cues of one framework over `sentences` sentences: a count for each dimension and indicator, in order."""

    framework: str
    label_id: str
    label_en: str
    sentences: int
    codes: tuple[CueCount, ...]


def cue_report(project: Reader, framework: str, language: str | None = None) -> CueReport:
    """The adopted framework's cues of `language` (`id` or `en`; of both when None), looked for in all stored sentences
    but the researcher's.

    Raises CodingError("framework_not_adopted").
    """
    with project.read() as session:
        row = framework_by_key(session, framework)
        codes = list(session.scalars(select(Code).where(Code.framework_id == row.id).order_by(Code.position, Code.id)))
        counts = _Counts(codes, language)
        for source, body in session.execute(select(Source, SourceText.body).join(SourceText)).all():
            counts.take(session, source, body)
        order = [code for parent in codes if parent.parent_id is None for code in (parent, *_below(codes, parent))]
        rows = tuple(counts.row(code) for code in order)
        return CueReport(row.key, row.label_id, row.label_en, counts.sentences, rows)


def cues_of(code: Code, language: str | None = None) -> list[str]:
    """The cues of an adopted code, of all directions, in one language or in both."""
    details: dict[str, Any] = json.loads(code.details)
    kinds = ("cues", "cues_supporting", "cues_inhibiting")
    lists = [details.get(kind, {}) for kind in kinds]
    return [cue for cues in lists for key in cues if language in (None, key) for cue in cues[key]]


def _below(codes: list[Code], parent: Code) -> list[Code]:
    return [code for code in codes if code.parent_id == parent.id]


class _Counts:
    """What was found so far, by code path."""

    def __init__(self, codes: list[Code], language: str | None) -> None:
        self.sentences = 0
        self._finder = CueFinder({code.path: cues_of(code, language) for code in codes})
        self._paths = {code.id: code.path for code in codes}
        self._fired: dict[str, int] = dict.fromkeys(self._paths.values(), 0)
        self._fired_tagged = dict(self._fired)
        self._tagged = dict(self._fired)
        self._segments: dict[str, dict[int, bool]] = {path: {} for path in self._fired}
        self._phrases: dict[str, dict[str, list[int]]] = {path: {} for path in self._fired}

    def take(self, session: Session, source: Source, body: str) -> None:
        """Count the sentences of one source."""
        asked = session.execute(
            select(Turn.start, Turn.end).where(Turn.source_id == source.id, Turn.kind == "researcher")
        ).all()
        spans = session.execute(
            select(Segment.id, Segment.start, Segment.end, Segment.code_id).where(
                Segment.source_id == source.id, Segment.code_id.in_(self._paths)
            )
        ).all()
        flat: list[int] = json.loads(source.sentences)
        for start, end in list(pairwise(flat))[::2]:
            if not any(s <= start < e for s, e in asked):
                here = [(self._paths[code], segment) for segment, s, e, code in spans if s < end and e > start]
                self._sentence(body[start:end], here)

    def _sentence(self, sentence: str, here: list[tuple[str, int]]) -> None:
        fired: dict[str, set[str]] = {}
        for hit in self._finder.find(sentence):
            fired.setdefault(hit.code, set()).add(" ".join(sentence[hit.start : hit.end].casefold().split()))
        self.sentences += 1
        tagged = {code for code, _ in here}
        for code in tagged:
            self._tagged[code] += 1
        for code, segment in here:
            self._segments[code][segment] = self._segments[code].get(segment, False) or code in fired
        for code, phrases in fired.items():
            self._fired[code] += 1
            self._fired_tagged[code] += code in tagged
            for phrase in phrases:
                count = self._phrases[code].setdefault(phrase, [0, 0])
                count[0] += 1
                count[1] += code in tagged

    def row(self, code: Code) -> CueCount:
        path = code.path
        phrases = (CuePhrase(text, fired, tagged) for text, (fired, tagged) in self._phrases[path].items())
        return CueCount(
            code=path,
            label_id=code.label_id,
            label_en=code.label_en,
            fired=self._fired[path],
            fired_tagged=self._fired_tagged[path],
            tagged=self._tagged[path],
            segments=len(self._segments[path]),
            segments_fired=sum(self._segments[path].values()),
            phrases=tuple(sorted(phrases, key=lambda phrase: (-phrase.fired, phrase.text))),
        )
