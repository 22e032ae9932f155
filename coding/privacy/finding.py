"""Finding personal data: in one text by its patterns, in a project also by what it knows and by what other texts say.

A name that some text gives away (“Bu Tini”) is then found bare, too (“Tini”), unless the same word also stands in small
letters somewhere: then it is a word like any other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import select

from coding.errors import mark
from coding.privacy import patterns
from coding.privacy.known import AGAIN, Known, known
from coding.privacy.rows import RANK, SHORT, Certainty, Group, Hit, Kind, Place
from coding.progress import Progress, Silent
from coding.project import Reader
from coding.store.models import Heading, ProjectRow, Source, SourceText, Turn
from coding.words import Notice

_CAPITALS = re.compile(rf"(?<!\w){patterns.CAPITAL}(?!\w)")
_SMALL = re.compile(r"(?<![\w'’@._-])[a-zß-öø-ÿ]{3,}(?![\w@]|\.\w)")
_ANY_WORD = re.compile(r"\w+")
_CONTEXT = 60
_ORDER: Mapping[str, int] = {**{str(kind): number for number, kind in enumerate(SHORT["id"])}, "account": -1}
_NUMERIC = frozenset(("phone", "national_id", "family_card", "tax_id", "employee_id", "health_id", "account", "plate"))
Entry = tuple[re.Pattern[str], Kind, Certainty, str]
_STOPS = '.?!:;…"“‘([/\n\t'
_ADDRESSING = frozenset([*patterns.HONORIFICS, *patterns.TITLES, "nduk", "dik", "dek", "mak", "le", "love", "col"])


class Finder:
    """Finds personal data in texts, given what the project knows; `learn` from all texts first, then `find` in each."""

    def __init__(self, about: Known) -> None:
        self._about = about
        self._phrases: dict[str, list[Entry]] = {}
        self._small: set[str] = set()
        self._learnt = False
        replaced = sorted(about.masked, key=len, reverse=True)
        self._replaced = re.compile("|".join(map(re.escape, replaced))) if replaced else None
        parts = "|".join(sorted(map(re.escape, about.parts), key=len, reverse=True))
        self._small_names = (
            re.compile(rf"(?i)(?<!\w)(?:{patterns.HONORED})[ \t]+(?P<name>{parts})(?!\w)") if parts else None
        )

    def learn(self, texts: Iterable[str], progress: Progress | None = None, total: int = 0) -> None:
        """Take in which names and places these texts give away. Raises CodingError("cancelled") from `progress`."""
        found: dict[tuple[str, Kind], None] = {}
        for number, text in enumerate(texts):
            if progress is not None:
                progress.step(number, total)
            self._small.update(_SMALL.findall(text))
            for hit in (*patterns.names(text, 0, len(text)), *patterns.places(text, 0, len(text))):
                if hit.kind in ("name", "place") and hit.certainty == "likely":
                    found[text[hit.start : hit.end], hit.kind] = None
        self._phrases.clear()
        self._learnt = True
        self._learn_own()
        for text, kind in found:
            why = (
                mark("is given away as a name elsewhere")
                if kind == "name"
                else mark("is given away as a place elsewhere")
            )
            for form in {text, *(text.split() if kind == "name" else ())}:
                if len(form) > 3 and self.special(form):
                    self._enter(form, kind, "likely", why)

    def _learn_own(self) -> None:
        about = self._about
        for name in about.full:
            self._enter(name, "name", "sure", mark("is the name of an informant"))
        for part in about.parts:
            if self.special(part):
                self._enter(part, "name", "likely", mark("is part of an informant's name"))
        for place in about.places:
            if self.special(place):
                self._enter(place, "place", "likely", mark("is a place of this study"))

    def special(self, form: str) -> bool:
        """Whether the words are no ordinary ones."""
        words = form.casefold().split()
        ordinary = patterns.MONTHS_AND_DAYS | patterns.ROLES
        return not any(word in ordinary for word in words) and not all(word in self._small for word in words)

    def _enter(self, form: str, kind: Kind, certainty: Certainty, why: str) -> None:
        words = _ANY_WORD.findall(form.casefold())
        if words:
            phrase = re.compile(r"\s+".join(map(re.escape, form.split())) + r"(?!\w)", re.IGNORECASE)
            entry = (phrase, kind, certainty, why)
            self._phrases.setdefault(words[0], []).append(entry)

    def find(self, text: str, borders: Collection[int] = ()) -> list[Hit]:
        """Personal data in `text`, in order, none overlapping. No hit lies across one of `borders`."""
        edges = sorted({0, len(text), *(at for at in borders if 0 < at < len(text))})
        found: list[Hit] = []
        for start, end in pairwise(edges):
            found += self._piece(text, start, end)
        plain = [match.span() for match in patterns.PLAIN.finditer(text)] if found else []
        done = [match.span() for match in self._replaced.finditer(text)] if self._replaced else []
        barred = _Taken(done)
        numbers = _Taken(plain)
        kept: list[Hit] = []
        taken = _Taken(())
        for hit in sorted(found, key=lambda h: (h.start - h.end, RANK[h.certainty], _ORDER[h.kind], h.start)):
            if barred.meets(hit.start, hit.end) or taken.meets(hit.start, hit.end) or self._never(hit):
                continue
            if (hit.kind in _NUMERIC or hit.kind == "name") and numbers.meets(hit.start, hit.end):
                continue
            if hit.end < len(text) and unicodedata.combining(text[hit.end]):
                continue  # the mark belongs to the last letter: it would be left behind alone
            taken.add(hit.start, hit.end)
            kept.append(hit)
        return sorted(kept, key=lambda hit: hit.start)

    def _never(self, hit: Hit) -> bool:
        return (hit.kind, hit.text) in self._about.never

    def _piece(self, text: str, start: int, end: int) -> Iterator[Hit]:
        for found in self._candidates(text, start, end):
            written = text[found.start : found.end]
            whose = self._about.whose(written) if found.kind == "name" else None
            certainty = "sure" if whose and found.certainty == "likely" and found.why in _TOLD else found.certainty
            yield Hit(found.kind, found.start, found.end, written, certainty, Notice(found.why), whose)

    def _candidates(self, text: str, start: int, end: int) -> Iterator[patterns.Found]:
        yield from patterns.names(text, start, end)
        yield from patterns.places(text, start, end)
        yield from patterns.numbers(text, start, end)
        yield from self._phrases_in(text, start, end)
        if self._small_names is not None:
            for match in self._small_names.finditer(text, start, end):
                yield patterns.Found(
                    "name", *match.span("name"), "sure", mark("is part of an informant's name, after a form of address")
                )
        for initials in self._about.initials:
            for match in re.finditer(rf"(?<!\w){re.escape(initials)}(?!\w)", text[start:end]):
                yield patterns.Found(
                    "name", start + match.start(), start + match.end(), "possible", mark("are an informant's initials")
                )

    def _phrases_in(self, text: str, start: int, end: int) -> Iterator[patterns.Found]:
        """Names that are known, and words with a capital inside a sentence that are written small nowhere."""
        for word in _CAPITALS.finditer(text, start, end):
            written = word.group()
            first = _ANY_WORD.match(written.casefold())
            for phrase, kind, certainty, why in self._phrases.get(first.group() if first else "", ()):
                match = phrase.match(text, word.start(), end)
                if match and "\n\n" not in match.group():
                    yield patterns.Found(kind, match.start(), match.end(), certainty, why)
            bare = patterns.ENDING.sub("", written)
            if self._learnt and self._alone(text, start, word.start(), bare):
                span = word.start(), word.start() + len(bare)
                yield patterns.Found("name", *span, "possible", mark("is written with a capital in a sentence"))

    def _alone(self, text: str, start: int, at: int, written: str) -> bool:
        if len(written) < 3 or not written[1:].islower() or not self.special(written):
            return False
        if written.casefold() in _ADDRESSING:
            return False
        before = text[max(start, at - 4) : at].rstrip(" ")
        return bool(before) and before[-1] not in _STOPS


_TOLD = ("stands after a form of address or a title", "stands in a line that gives a name")


class _Taken:
    """Stretches that are spoken for."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._cells: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        for cell in range(start >> 8, (end >> 8) + 1):
            self._cells.setdefault(cell, []).append((start, end))

    def meets(self, start: int, end: int) -> bool:
        cells = (self._cells.get(cell, ()) for cell in range(start >> 8, (end >> 8) + 1))
        return any(a < end and start < b for cell in cells for a, b in cell)


def borders_of(source: Source, turns: Iterable[Sequence[int]], headings: Iterable[Sequence[int]]) -> set[int]:
    """Positions across which nothing is found or replaced: the edges of turns, labels, headings, header and pages."""
    edges = {edge for row in (*turns, *headings) for edge in row}
    return {*edges, source.header_end, *(anchor[0] for anchor in json.loads(source.anchors))}


def finder_of(reader: Reader, progress: Progress | None = None) -> Finder:
    """A finder that has learnt from all sources of the project."""
    progress = progress or Silent()
    finder = Finder(known(reader))
    with reader.read() as session:
        bodies = list(session.scalars(select(SourceText.body).join(Source, Source.text_id == SourceText.id)))
    finder.learn(bodies, progress, 2 * len(bodies))
    return finder


def find_personal(
    reader: Reader, sources: Collection[str] | None = None, progress: Progress | None = None
) -> list[Group]:
    """What is found in the sources with these guids (None: all), the surest groups of each kind first.

    Raises CodingError("cancelled") from `progress`.
    """
    progress = progress or Silent()
    about = known(reader)
    finder = Finder(about)
    with reader.read() as session:
        query = select(Source, SourceText.body).join(SourceText).order_by(Source.position, Source.id)
        rows = list(session.execute(query).all())
        turns = _spans(session.execute(select(Turn.source_id, Turn.label_start, Turn.label_end, Turn.start, Turn.end)))
        headings = _spans(session.execute(select(Heading.source_id, Heading.start, Heading.end)))
        language = session.scalars(select(ProjectRow.language)).one()
    finder.learn((body for _, body in rows), progress, 2 * len(rows))
    groups: dict[tuple[Kind, str], list[tuple[Hit, Place]]] = {}
    for number, (source, body) in enumerate(rows):
        progress.step(len(rows) + number, 2 * len(rows), source.name)
        if sources is None or source.guid in sources:
            borders = borders_of(source, turns.get(source.id, ()), headings.get(source.id, ()))
            for hit in finder.find(body, borders):
                groups.setdefault((hit.kind, hit.text), []).append((hit, _place(source, body, hit)))
    progress.step(1, 1)
    return _grouped(groups, about, language, [body for _, body in rows])


def _spans(rows: Iterable[Sequence[int]]) -> dict[int, list[Sequence[int]]]:
    found: dict[int, list[Sequence[int]]] = {}
    for number, *edges in rows:
        found.setdefault(number, []).append(edges)
    return found


def _place(source: Source, body: str, hit: Hit) -> Place:
    before = " ".join(body[max(0, hit.start - _CONTEXT) : hit.start].split())
    after = " ".join(body[hit.end : hit.end + _CONTEXT].split())
    before += " " if body[hit.start - 1 : hit.start].isspace() and before else ""
    after = (" " if body[hit.end : hit.end + 1].isspace() else "") + after
    return Place(source.guid, source.name, hit.start, hit.end, before, after)


def _grouped(
    groups: Mapping[tuple[Kind, str], list[tuple[Hit, Place]]], about: Known, language: str, bodies: Sequence[str]
) -> list[Group]:
    naming = Naming(about, language, bodies)
    made = []
    order = sorted(groups, key=lambda key: (_ORDER[key[0]], min(RANK[hit.certainty] for hit, _ in groups[key]),
                                            -len(groups[key]), key[1]))  # fmt: skip
    for kind, text in order:
        found = groups[kind, text]
        best = min((hit for hit, _ in found), key=lambda hit: RANK[hit.certainty])
        suggestion = naming.suggest(kind, text, best.informant)
        made.append(
            Group(kind, text, best.certainty, best.why, best.informant, suggestion, tuple(place for _, place in found))
        )
    return made


class Naming:
    """Makes replacements that stand nowhere in the texts yet, so that each can be found again."""

    def __init__(self, about: Known, language: str, bodies: Sequence[str]) -> None:
        self._about, self._kinds = about, SHORT[language]
        self._again = {(original, kind): replacement for replacement, (original, kind) in about.masked.items()}
        self._given = set(about.masked)
        self._used = {*self._given, *(replacement.rstrip(AGAIN) for replacement in self._given)}
        for body in bodies:
            self._used.update(re.findall(r"\[[^\[\]\n]{1,40}\]", body))
        self._last: dict[str, int] = {}
        standing = {replacement.rstrip(AGAIN) for replacement in about.masked}
        self._of = {code: made for code, made in about.stand_ins().items() if made in standing}

    def suggest(self, kind: Kind, text: str, informant: str | None = None) -> str:
        """What was put for this text before, or a new one: what the informant is called instead, else kind and number.
        All ways of writing one informant's name look the same; what can't be seen (`AGAIN`) tells them apart, so that
        each can be put back."""
        if (text, kind) in self._again:
            return self._again[text, kind]
        if informant is not None:
            made = self._of[informant] if informant in self._of else self._free(self._about.shown[informant], 0)
            self._of[informant] = made
            while made in self._given:
                made += AGAIN
        else:
            made = self._free(self._kinds[kind], 1)
        self._given.add(made)
        self._used.add(made)
        return made

    def _free(self, stem: str, first: int) -> str:
        number = self._last.get(stem, first - 1) + 1
        while (made := f"[{stem} {number}]" if number else f"[{stem}]") in self._used:
            number += 1 if number else 2
        self._last[stem] = number
        return made
