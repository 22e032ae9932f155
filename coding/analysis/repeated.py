"""Quotations that occur more than once: within one voice they count once (DOMAIN.md §3), and are shown."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select

from coding.analysis.evidence import comparable
from coding.project import Reader
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Source, SourceText
from coding.text import Span

_Spot = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the quotation stands: `segments` are the coded segments exactly there, none when it is not coded there."""

    source: str
    source_guid: str
    start: int
    end: int
    segments: tuple[SegmentRow, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A quotation of at least five words, coded somewhere, that stands at several places."""

    text: str
    places: tuple[Place, ...]


def repeated_quotations(reader: Reader) -> list[Repeated]:
    """Coded passages whose words occur at another place, too, whatever code they carry; in the order of the first.

    Words are compared as passages are (DOMAIN.md §3). An uncoded place is found where it is one whole sentence.
    """
    by_key: dict[str, dict[_Spot, list[SegmentRow]]] = defaultdict(lambda: defaultdict(list))
    for row in segments(reader):
        key = comparable(row.text)
        if key is not None:
            by_key[key][row.source_guid, row.start, row.end].append(row)
    with reader.read() as session:
        sources = session.execute(
            select(Source.guid, Source.name, Source.sentences, SourceText.body)
            .join(SourceText, SourceText.id == Source.text_id)
            .order_by(Source.position)
        ).all()
        sentences = {source.guid: list(pairwise(json.loads(source.sentences)))[::2] for source in sources}
    order = {source.guid: number for number, source in enumerate(sources)}
    spots: dict[str, list[Place]] = {
        key: [Place(rows[0].source, *spot, tuple(rows)) for spot, rows in known.items()]
        for key, known in by_key.items()
    }
    for source in sources:
        for start, end in sentences[source.guid]:
            key = comparable(source.body[start:end])
            if key in by_key and not _overlaps(spots[key], source.guid, Span(start, end)):
                spots[key].append(Place(source.name, source.guid, start, end, ()))
    found = []
    for key, places in spots.items():
        if len(places) > 1:
            places.sort(key=lambda place: (order[place.source_guid], place.start))
            found.append(Repeated(next(iter(by_key[key].values()))[0].text, tuple(places)))
    found.sort(key=lambda one: (order[one.places[0].source_guid], one.places[0].start))
    return found


def _overlaps(places: list[Place], source: str, span: Span) -> bool:
    return any(p.source_guid == source and Span(p.start, p.end).overlaps(span) for p in places)
