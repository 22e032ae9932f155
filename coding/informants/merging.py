"""Two informants who are one person, and one who is two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.informants.editing import FIELDS, OTHERS, add_informant, check_code
from coding.project import Operation, Reader
from coding.store.models import Attribute, AttributeValue, Informant, Memo, Source, Turn

_FLAGS = ("left_out", "planned")
_COMPARED = (*(name for name in (*FIELDS, *OTHERS) if name not in _FLAGS),)


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that two informants have differently. `field` is the name of a field, or `attribute:` and a guid; `name`
    is that of the attribute."""

    field: str
    name: str
    kept: Any
    other: Any


def differences(project: Reader, keep: str, other: str) -> list[Difference]:
    """What is known of both and is not the same: to be chosen before they are merged. What only one has is kept."""
    with project.read() as session:
        first, second = _informant(session, keep), _informant(session, other)
        found = [
            Difference(name, name, getattr(first, name), getattr(second, name))
            for name in _COMPARED
            if None not in (getattr(first, name), getattr(second, name))
            and getattr(first, name) != getattr(second, name)
        ]
        mine, theirs = _values(session, first.id), _values(session, second.id)
        named = session.execute(select(Attribute.id, Attribute.guid, Attribute.name).order_by(Attribute.position))
        for number, guid, name in named.all():
            if number in mine and number in theirs and mine[number].value != theirs[number].value:
                found.append(Difference(f"attribute:{guid}", name, mine[number].value, theirs[number].value))
        return found


def merge_informants(op: Operation, keep: str, other: str, take: Collection[str] = ()) -> int:
    """Make `other` the same person as `keep`; returns how many turns moved.

    Turns, values and memo go over; of values that differ those whose `Difference.field` is in `take` are the other's.
    One of the two planned is planned. Raises ValueError for one and the same, CodingError("informant_unknown").
    """
    if keep == other:
        raise ValueError("an informant can't be merged with themselves")
    session = op.session
    first, second = _informant(session, keep), _informant(session, other)
    for name in _COMPARED:
        if getattr(second, name) is not None and (getattr(first, name) is None or name in take):
            setattr(first, name, getattr(second, name))
    first.planned = max(first.planned, second.planned)
    mine = _values(session, first.id)
    guids = dict(session.execute(select(Attribute.id, Attribute.guid)).all())
    for number, value in _values(session, second.id).items():
        if number not in mine:
            session.add(AttributeValue(informant_id=first.id, attribute_id=number, value=value.value))
        elif f"attribute:{guids[number]}" in take:
            mine[number].value = value.value
    session.flush()
    moved = session.execute(update(Turn).where(Turn.informant_id == second.id).values(informant_id=first.id))
    _merge_memos(session, keep, other)
    session.execute(delete(AttributeValue).where(AttributeValue.informant_id == second.id))
    session.execute(delete(Informant).where(Informant.id == second.id))
    session.flush()
    return int(moved.rowcount)  # type: ignore[attr-defined]


def _merge_memos(session: Session, keep: str, other: str) -> None:
    memos = {
        memo.target_guid: memo for memo in session.scalars(select(Memo).where(Memo.target_guid.in_([keep, other])))
    }
    theirs = memos.get(other)
    if theirs is None:
        return
    mine = memos.get(keep)
    if mine is None:
        theirs.target_guid = keep
    else:
        mine.text = f"{mine.text}\n\n{theirs.text}"
        session.delete(theirs)
    session.flush()


def split_informant(
    op: Operation, guid: str, code: str, *, sources: Sequence[str] = (), turns: Sequence[str] = ()
) -> str:
    """A new informant with this code, to whom the turns in these sources, and these turns (all by guid), belong from
    now on; returns the new one's guid. What is known of the first stays with the first.

    Raises CodingError("informant_split") when none or all of the turns would go, "informant_code_taken".
    """
    session = op.session
    row = _informant(session, guid)
    all_turns = session.execute(
        select(Turn.id, Turn.guid, Source.guid).join(Source).where(Turn.informant_id == row.id)
    ).all()
    chosen_sources, chosen_turns = set(sources), set(turns)
    going = [number for number, turn, source in all_turns if turn in chosen_turns or source in chosen_sources]
    if not going or len(going) == len(all_turns):
        raise CodingError("informant_split", code=row.code)
    made = add_informant(op, check_code(op, code), {})
    new = session.scalars(select(Informant.id).where(Informant.guid == made)).one()
    for i in range(0, len(going), 500):
        session.execute(update(Turn).where(Turn.id.in_(going[i : i + 500])).values(informant_id=new))
    return made


@dataclass(frozen=True, slots=True)
class SpokenSource:
    """A source in which an informant speaks, how often, and the span of the first turn there."""

    guid: str
    name: str
    turns: int
    words: int
    start: int
    end: int


def spoken_sources(project: Reader, informant: str) -> list[SpokenSource]:
    """Where the informant with this guid speaks, in the order of the study."""
    from coding.store.models import SourceText

    with project.read() as session:
        rows = session.execute(
            select(Source.guid, Source.name, SourceText.body, Turn.start, Turn.end)
            .select_from(Turn)
            .join(Source)
            .join(SourceText)
            .join(Informant, Informant.id == Turn.informant_id)
            .where(Informant.guid == informant)
            .order_by(Source.position, Turn.start)
        ).all()
    found: dict[str, list[Any]] = {}
    for guid, name, body, start, end in rows:
        entry = found.setdefault(guid, [name, 0, 0, start, end])
        entry[1] += 1
        entry[2] += len(body[start:end].split())
    return [SpokenSource(guid, *entry) for guid, entry in found.items()]


def _values(session: Session, informant: int) -> dict[int, AttributeValue]:
    rows = session.scalars(select(AttributeValue).where(AttributeValue.informant_id == informant))
    return {row.attribute_id: row for row in rows}


def _informant(session: Session, guid: str) -> Informant:
    row = session.scalars(select(Informant).where(Informant.guid == guid)).first()
    if row is None:
        raise CodingError("informant_unknown", code=guid)
    return row
