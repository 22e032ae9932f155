"""Settling where coders disagree, one by one, into an agreed version of the codings.

Each function that writes is called inside `project.operation(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from coding.analysis.agreed import keep_agreed_version
from coding.analysis.agreement import Contested, Shared, Unit, agree, contested, shared, sources_judged
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.segments.editing import tag
from coding.segments.rows import VALENCES, Valence
from coding.store.models import Code, Coder, Segment, Settlement, Source, SourceText, now
from coding.text import Shift, normalise
from coding.transcripts.reanchor import hunks_between


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One decision: whether the code (a path) stands on `[start, end)` of the source, code points in its text of now,
    and which way."""

    guid: str
    source_guid: str
    start: int
    end: int
    code: str
    put: bool
    valence: Valence | None
    reason: str
    coder: str
    at: str


def settle(
    op: Operation, source: str, start: int, end: int, code: str, *, put: bool, valence: Valence | None = None,
    reason: str = "",
) -> str:  # fmt: skip
    """Decide whether the code with the path `code` stands on `[start, end)` of the source; an earlier decision on this
    very place is replaced. Returns its guid. Raises CodingError when source, code or span are not there."""
    if valence is not None and valence not in VALENCES:
        raise CodingError("valence_unknown", valence=valence)
    session = op.session
    found = session.execute(
        select(Source.id, Source.name, SourceText.hash, SourceText.characters)
        .join(SourceText)
        .where(Source.guid == source)
    ).one_or_none()
    if found is None:
        raise CodingError("source_unknown_none", source=source)
    if not 0 <= start < end <= found.characters:
        raise CodingError("span_outside", start=str(start), end=str(end), source=found.name, length=found.characters)
    code_id = session.scalars(select(Code.id).where(Code.guid == code_guid(session, code))).one()
    row = next(
        (
            row
            for row in session.scalars(select(Settlement).filter_by(source_id=found.id, code_id=code_id))
            if _place(session, row, found.hash) == (start, end)
        ),
        None,
    )
    if row is None:
        row = Settlement(source_id=found.id, code_id=code_id, coder_id=op.coder_id)
        session.add(row)
    row.start, row.end, row.text_hash, row.put, row.valence = start, end, found.hash, int(put), valence
    row.reason, row.coder_id, row.modified_at = normalise(reason).strip(), op.coder_id, now()
    session.flush()
    return row.guid


def unsettle(op: Operation, guid: str) -> None:
    """Take a decision back; one that is gone stays gone."""
    op.session.execute(delete(Settlement).where(Settlement.guid == guid))


def settlements(reader: Reader) -> list[SettledRow]:
    """All decisions by source and place; those whose words were edited away are left out."""
    with reader.read() as session:
        query = (
            select(Settlement, Source.guid, SourceText.hash, Code.path, Coder.name)
            .join(Source, Source.id == Settlement.source_id)
            .join(SourceText, SourceText.id == Source.text_id)
            .join(Code, Code.id == Settlement.code_id)
            .join(Coder, Coder.id == Settlement.coder_id)
            .order_by(Source.position, Settlement.start, Settlement.id)
        )
        found = []
        for row, source, text_hash, path, coder in session.execute(query).all():
            place = _place(session, row, text_hash)
            if place is not None:
                found.append(
                    SettledRow(row.guid, source, *place, path, bool(row.put), row.valence, row.reason, coder,  # type: ignore[arg-type]
                               row.modified_at)
                )  # fmt: skip
        return found


def unsettled(reader: Reader, framework: str | None = None, unit: Unit = "sentence") -> list[Contested]:
    """Where coders differ, over a code or over its direction alone, and nobody has decided yet."""
    decided = {(row.source_guid, row.start, row.end, row.code) for row in settlements(reader)}
    return [
        one
        for one in contested(reader, framework, unit)
        if (one.source_guid, one.start, one.end, one.code) not in decided
    ]


def make_agreed_version(
    op: Operation, reader: Reader, coder: str, framework: str | None = None, unit: Unit = "sentence"
) -> int:
    """Write the agreed version as coded segments of the coder named `coder`, in the place of an earlier one; returns
    how many segments it has.

    A code stands in it where all who judged agree that it does, and where that was settled; neighbouring units of one
    code and direction are one segment. What is disputed and not settled is not in it. From now on it counts in the
    place of the codings of its sources (see `coding.analysis.agreed`). `reader` reads the project as it
    was before the operation. Raises CodingError("agreed_version_coder") when that coder is one of those compared.
    """
    if coder in agree(reader, framework, unit, listed=0).coders:
        raise CodingError("agreed_version_coder", coder=coder)
    units = {(one.source_guid, one.start, one.end, one.code): one.valence for one in shared(reader, framework, unit)}
    for row in settlements(reader):
        key = (row.source_guid, row.start, row.end, row.code)
        if row.put:
            units[key] = row.valence
        else:
            units.pop(key, None)
    covered = sources_judged(reader, framework, unit)
    session = op.session
    who = session.scalars(select(Coder).where(Coder.name == coder)).first()
    if who is not None:
        session.execute(delete(Segment).where(Segment.coder_id == who.id))
    if not units:
        return 0
    as_them = Operation(session, _coder(session, coder), coder)
    made = 0
    bodies = dict(
        session.execute(
            select(Source.guid, SourceText.body).join(SourceText).where(Source.guid.in_({key[0] for key in units}))
        ).all()
    )
    ordered = sorted(
        (Shared(source, start, end, code, way) for (source, start, end, code), way in units.items()),
        key=lambda one: (one.source_guid, one.code, one.start),
    )
    for (source, code), group in groupby(ordered, key=lambda one: (one.source_guid, one.code)):
        guid = code_guid(session, code)
        for start, end, valence in _runs(list(group), bodies[source]):
            tag(as_them, source, start, end, guid, valence)  # type: ignore[arg-type]
            made += 1
    keep_agreed_version(op, coder, covered, framework)
    return made


def _runs(units: Sequence[Shared], body: str) -> Iterable[tuple[int, int, str | None]]:
    """Units of one source and code with only white space between them, and one direction, are one stretch."""
    start, end, valence = units[0].start, units[0].end, units[0].valence
    for one in units[1:]:
        if one.valence == valence and not body[end : one.start].strip():
            end = max(end, one.end)
            continue
        yield start, end, valence
        start, end, valence = one.start, one.end, one.valence
    yield start, end, valence


def _coder(session: Session, name: str) -> int:
    row = session.scalars(select(Coder).where(Coder.name == name)).first()
    if row is None:
        row = Coder(name=name)
        session.add(row)
        session.flush()
    return row.id


def _place(session: Session, row: Settlement, text_hash: str) -> tuple[int, int] | None:
    """Where the decided passage is in the text with this hash; None when nothing of it is left."""
    if row.text_hash == text_hash:
        return row.start, row.end
    bodies = dict(
        session.execute(
            select(SourceText.hash, SourceText.body).where(SourceText.hash.in_((row.text_hash, text_hash)))
        ).all()
    )
    if len(bodies) < 2:
        return None
    shift = Shift(hunks_between(bodies[row.text_hash], bodies[text_hash]))
    start, end = shift.start(shift.kept_start(row.start)), shift.end(shift.kept_end(row.end))
    return (start, end) if start < end else None
