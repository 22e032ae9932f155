"""The coded segments behind the counts of agreement: those of both coders, of the one alone, of the other alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from coding.analysis.agreement import codes_judged
from coding.analysis.agreement_units import Unit, judged
from coding.project import Reader

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coding.analysis.agreement_units import Judged

Pair = tuple[str, str]


@dataclass(slots=True)
class Decided:
    """Guids of the segments by which both coders, the first alone and the second alone gave a code to units, each once,
    in the order of sources and then of the text."""

    both: dict[str, None] = field(default_factory=dict)
    first: dict[str, None] = field(default_factory=dict)
    second: dict[str, None] = field(default_factory=dict)

    @property
    def any(self) -> tuple[str, ...]:
        return tuple({**self.both, **self.first, **self.second})


def agreement_guids(
    reader: Reader, framework: str | None = None, unit: Unit = "sentence"
) -> dict[Pair, dict[str, Decided]]:
    """By pair of coders and path of a code, what stands behind the counts of `agreement.agree`.

    Raises CodingError("framework_not_adopted").
    """
    found: dict[Pair, dict[str, Decided]] = {}
    with reader.read() as session:
        codes = codes_judged(session, framework)
        for source in judged(session, unit, [number for number, _ in codes]):
            own = _segments(session, source.guid)
            for pair in combinations(source.coders, 2):
                here = found.setdefault(pair, {})
                for place, (number, path) in enumerate(codes):
                    lines = {name: own.get((number, name), []) for name in pair}
                    if any(lines.values()):
                        _add(here.setdefault(path, Decided()), source, pair, place, lines)
    return found


Line = tuple[int, int, str]
"""Start, end and guid of a coded segment."""


def _segments(session: Session, source: str) -> dict[tuple[int, str], list[Line]]:
    """The segments of a source by code and coder, in order of the text."""
    run = session.connection().exec_driver_sql
    rows = run(
        'SELECT g.code_id, c.name, g.start, g."end", g.guid FROM segment g JOIN coder c ON c.id = g.coder_id '
        'JOIN source s ON s.id = g.source_id WHERE s.guid = ? ORDER BY g.start, g."end", g.id',
        (source,),
    ).fetchall()
    found: dict[tuple[int, str], list[Line]] = {}
    for code, coder, start, end, guid in rows:
        found.setdefault((code, coder), []).append((start, end, guid))
    return found


def _add(into: Decided, source: Judged, pair: Pair, code: int, lines: dict[str, list[Line]]) -> None:
    one, two = pair
    here = source.code == code
    a, b = source.digit(one)[here] > 0, source.digit(two)[here] > 0
    runs = zip(source.first[here].tolist(), source.last[here].tolist(), a.tolist(), b.tolist(), strict=True)
    for first, last, by_one, by_two in runs:
        if not (by_one or by_two):
            continue
        kept = into.both if by_one and by_two else into.first if by_one else into.second
        coders = [name for name, by in zip(pair, (by_one, by_two), strict=True) if by]
        for start, end in source.places.spans(first, last):
            for guid in _touching([line for name in coders for line in lines[name]], start, end):
                kept[guid] = None


def _touching(lines: list[Line], start: int, end: int) -> Iterator[str]:
    return (guid for first, last, guid in sorted(lines) if first < end and last > start)
