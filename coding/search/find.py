"""Every place where a query stands in the texts of a project, with what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.progress import Progress, Silent
from coding.project import Reader
from coding.search.query import SearchQuery, pattern, words_of
from coding.search.stems import forms_in_texts
from coding.search.vocabulary import known_words
from coding.store import search_index
from coding.store.models import Informant, Source, SourceText, Turn
from coding.transcripts.voices_shown import names_shown

AROUND = 60
"""Code points of context on either side of a hit."""
_BATCH = 20
"""Texts read at a time: a commit waits for a read, so none is long."""
_LONGEST_PIECE = 20_000
"""Code points in which a pattern is looked for at once; no hit of one is longer."""
SortBy = Literal["source", "before", "after", "hit"]
_NEIGHBOUR = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the query stands; `before` and `after` are the text around it, `speaker` is who says it: an
    informant's code, else the label of the turn, else (or where that names somebody else) nothing."""

    source: str
    source_guid: str
    start: int
    end: int
    text: str
    before: str
    after: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Turns of a source: starts, and (end, kind, who) of each."""

    starts: Sequence[int]
    turns: Sequence[tuple[int, str, str]]

    def at(self, position: int) -> tuple[str, str]:
        number = bisect_right(self.starts, position) - 1
        if number >= 0 and position < self.turns[number][0]:
            return self.turns[number][1:]
        return "", ""


def find(
    reader: Reader, query: SearchQuery, *, limit: int | None = None, progress: Progress | None = None
) -> list[Hit]:
    """The hits in the order of sources, then of the text, at most `limit`; hits of no length are left out.

    Raises CodingError("query_empty", "pattern_broken", "pattern_endless"), or CodingError("cancelled") by `progress`.
    """
    watch = progress or Silent()
    forms = forms_in_texts(reader, words_of(query)) if query.stem and not query.regex else None
    compiled = pattern(query, forms)
    hits: list[Hit] = []
    sources = _sources(reader, query)
    for number in range(0, len(sources), _BATCH):
        watch.step(number, len(sources))
        part = sources[number : number + _BATCH]
        with reader.read() as session:
            bodies = _bodies(session, [text for _, _, _, text in part])
            spoken = _spoken(session, [source for source, _, _, _ in part])
        # after the read, because a pattern may take long and a commit waits for reads
        for source, guid, name, text in part:
            turns = spoken.get(source, _Spoken((), ()))
            hits += _in_text(compiled, bodies[text], guid, name, turns, query)
            if limit is not None and len(hits) >= limit:
                return hits[:limit]
    watch.step(len(sources), len(sources))
    return hits


def search(reader: Reader, query: str, *, regex: bool = False, stem: bool = False) -> list[Hit]:
    """The hits of a phrase, case ignored, or of a pattern. Raises as `find`."""
    return find(reader, SearchQuery(query, regex=regex, stem=stem))


def sort_hits(hits: Iterable[Hit], by: SortBy) -> list[Hit]:
    """The hits by source and place, by the words before them (nearest first), by the words after them, or by what
    was found; where those are equal, as they stood."""
    kept = list(hits)
    if by == "before":
        kept.sort(key=lambda hit: [word.casefold() for word in reversed(_NEIGHBOUR.findall(hit.before))])
    elif by == "after":
        kept.sort(key=lambda hit: [word.casefold() for word in _NEIGHBOUR.findall(hit.after)])
    elif by == "hit":
        kept.sort(key=lambda hit: hit.text.casefold())
    return kept


def _in_text(
    compiled: re.Pattern[str], body: str, guid: str, name: str, turns: _Spoken, query: SearchQuery
) -> Iterator[Hit]:
    pieces = _pieces(body) if query.regex else iter([(0, len(body))])
    for match in (found for piece in pieces for found in compiled.finditer(body, *piece)):
        start, end = match.span()
        if start == end:
            continue
        kind, who = turns.at(start)
        if query.where != "all" and kind != query.where.removesuffix("s"):
            continue
        before, after = body[max(0, start - AROUND) : start], body[end : end + AROUND]
        yield Hit(name, guid, start, end, match.group(), before, after, who)


def _pieces(body: str) -> Iterator[tuple[int, int]]:
    """The text in pieces that end with a line: what a pattern costs may grow with the square of their length."""
    first = 0
    while len(body) - first > _LONGEST_PIECE:
        end = body.rfind("\n", first, first + _LONGEST_PIECE)
        last = end + 1 if end >= first else first + _LONGEST_PIECE
        yield first, last
        first = last
    yield first, len(body)


def _sources(reader: Reader, query: SearchQuery) -> list[tuple[int, str, str, int]]:
    """Id, guid, name and text of the sources in which the query may stand, in order."""
    with reader.read() as session:
        wanted = select(Source.id, Source.guid, Source.name, Source.text_id).order_by(Source.position)
        if query.methods:
            wanted = wanted.where(Source.method.in_(query.methods))
        rows = [(row.id, row.guid, row.name, row.text_id) for row in session.execute(wanted)]
        if not (query.regex or query.stem):
            # the index knows words without case and accents: it finds at least the texts wanted
            if query.whole_words:
                texts = search_index.texts_with_words(session, query.text)
            else:
                texts = search_index.texts_with_part(session, query.text, known_words(reader, session))
            if texts is not None:
                rows = [row for row in rows if row[3] in texts]
    return rows


def _bodies(session: Session, texts: Sequence[int]) -> dict[int, str]:
    found = session.execute(select(SourceText.id, SourceText.body).where(SourceText.id.in_(texts)))
    return {number: body for number, body in found.all()}  # noqa: C416 - rows are no pairs to a type checker


def _spoken(session: Session, sources: Sequence[int]) -> dict[int, _Spoken]:
    found = session.execute(
        select(Turn.source_id, Turn.start, Turn.end, Turn.kind, Turn.label, Informant.code)
        .outerjoin(Informant, Informant.id == Turn.informant_id)
        .where(Turn.source_id.in_(sources))
        .order_by(Turn.source_id, Turn.start)
    ).all()
    spoken: dict[int, _Spoken] = {}
    for source, group in groupby(found, key=itemgetter(0)):
        turns = list(group)
        names = names_shown([(kind, label, code) for *_, kind, label, code in turns])
        spoken[source] = _Spoken(
            [start for _, start, *_ in turns],
            [(end, kind, name) for (_, _, end, kind, *_), name in zip(turns, names, strict=True)],
        )
    return spoken
