"""The rules of DOMAIN.md §3 and §4 once more, as plainly as they are written, to hold the engine against.

Nothing is shared with the engine: sets and loops over everything, however slow.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

QUOTES = "\"'`“”‘’„«»"


@dataclass(frozen=True)
class PlainTurn:
    start: int
    end: int
    who: str | None  # informant, "researcher", or None for unknown


@dataclass(frozen=True)
class PlainSource:
    name: str
    method: str
    text: str
    turns: tuple[PlainTurn, ...]
    date: str | None = None
    counted: bool = True
    place: str | None = None


@dataclass(frozen=True)
class PlainSegment:
    guid: str
    source: str
    start: int
    end: int
    row: str  # what the code rolls up to
    valence: str | None
    coder: str = "A"
    star: bool = False
    reported: bool = False
    topic: str | None = None


@dataclass(frozen=True)
class PlainFilter:
    since: str | None = None
    until: str | None = None
    places: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    verbatim: bool = False
    exemplars: bool = False

    def leaves(self, study: PlainStudy, segment: PlainSegment) -> bool:
        """Dates are whole days here, which stand in the order of their letters."""
        source = study.sources[segment.source]
        if self.since and (source.date is None or source.date < self.since):
            return False
        if self.until and (source.date is None or source.date > self.until):
            return False
        if self.places and source.place not in self.places:
            return False
        if self.coders and segment.coder not in self.coders:
            return False
        return not (self.verbatim and segment.reported) and not (self.exemplars and not segment.star)


@dataclass
class PlainStudy:
    sources: dict[str, PlainSource] = field(default_factory=dict)
    segments: list[PlainSegment] = field(default_factory=list)
    informants: list[str] = field(default_factory=list)

    def voices(self, segment: PlainSegment) -> set[str]:
        """Informants by name, sources as `source:NAME`."""
        source = self.sources[segment.source]
        if not source.counted:
            return set()
        found = set()
        for at in range(segment.start, segment.end):
            if source.text[at].isspace():
                continue
            turn = next((t for t in source.turns if t.start <= at < t.end), None)
            if turn and turn.who not in (None, "researcher"):
                found.add(turn.who)
            elif turn and turn.who == "researcher":
                continue
            elif not source.turns or turn or source.method in ("observation", "document"):
                found.add(f"source:{source.name}")
        return found


def same_words(text: str) -> str | None:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = plain.lstrip(QUOTES + " ")
    plain = plain.rstrip(QUOTES + string.punctuation.replace("$", "").replace("+", "") + " …")
    return plain if len(plain.split()) >= 5 else None


def passages(study: PlainStudy, segments: list[PlainSegment]) -> list[list[PlainSegment]]:
    """Segments of one voice within one cell, as passages."""
    parts = [[s] for s in segments]

    def span(part: list[PlainSegment]) -> tuple[str, int, int]:
        return part[0].source, min(s.start for s in part), max(s.end for s in part)

    def joined(a: list[PlainSegment], b: list[PlainSegment]) -> bool:
        (source, start, end), (other, start2, end2) = span(a), span(b)
        return source == other and max(start, start2) < min(end, end2)

    changed = True
    while changed:
        changed = False
        for a, b in combinations(parts, 2):
            if joined(a, b):
                parts.remove(b)
                a.extend(b)
                changed = True
                break
    by_words: dict[str, list[PlainSegment]] = {}
    alone = []
    for part in parts:
        source, start, end = span(part)
        key = same_words(study.sources[source].text[start:end])
        if key is None:
            alone.append(part)
        else:
            by_words.setdefault(key, []).extend(part)
    return alone + list(by_words.values())


@dataclass
class PlainCell:
    segments: set[str]
    passages: int
    informants: int
    voices: int
    stance: str


def stance(passage_list: list[list[PlainSegment]], threshold: Fraction) -> str:
    s = sum(any(x.valence == "supporting" for x in p) for p in passage_list)
    i = sum(any(x.valence == "inhibiting" for x in p) for p in passage_list)
    if s + i == 0:
        return "neutral"
    if Fraction(s, s + i) >= threshold:
        return "supporting"
    if Fraction(i, s + i) >= threshold:
        return "inhibiting"
    return "mixed"


def cell(study: PlainStudy, pairs: list[tuple[PlainSegment, str]], threshold: Fraction) -> PlainCell:
    """`pairs` are (segment, voice) of one row and column."""
    voices = sorted({voice for _, voice in pairs})
    stances, count = [], 0
    for voice in voices:
        formed = passages(study, [s for s, v in pairs if v == voice])
        count += len(formed)
        stances.append(stance(formed, threshold))
    directed = {s for s in stances if s != "neutral"}
    if not voices:
        overall = "silent"
    elif not directed:
        overall = "neutral"
    else:
        overall = directed.pop() if len(directed) == 1 else "mixed"
    informants = sum(not voice.startswith("source:") for voice in voices)
    return PlainCell({s.guid for s, _ in pairs}, count, informants, len(voices), overall)


def status(stances: list[str]) -> str:
    speaking = [s for s in stances if s != "silent"]
    if not speaking:
        return "absent"
    if len(speaking) == 1:
        return "single"
    if all(s == "neutral" for s in speaking):
        return "covered"
    if all(s == "supporting" for s in speaking) or all(s == "inhibiting" for s in speaking):
        return "convergent"
    if "supporting" in speaking and "inhibiting" in speaking:
        return "divergent"
    return "partial"
