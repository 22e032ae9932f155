"""Changing sources that are in the project. Each function is called inside `project.operation(...)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from sqlalchemy import ColumnElement, delete, func, select

from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import DoneMark, Heading, Informant, Memo, Segment, Source, Turn
from coding.transcripts.drafts import Method
from coding.transcripts.originals import drop_unused

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DETAILS = frozenset({"method", "date", "place", "left_out", "own_statements"})


def rename_source(op: Operation, guid: str, name: str) -> str:
    """Call the source `name`, with ` (2)` and so on behind it when another one has that name; returns what it is now.

    Raises ValueError for a blank name, CodingError("source_unknown_none") when the source is gone.
    """
    name = " ".join(name.split())
    if not name:
        raise ValueError("a source needs a name")
    source = _source(op, guid)
    others = op.session.scalars(select(Source.name).where(Source.guid != guid))
    taken = {other.casefold() for other in others}
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    source.name = free
    op.session.flush()
    return free


def set_details(op: Operation, guid: str, details: Mapping[str, Any]) -> None:
    """Set method, date, place, left_out, own_statements of the source, those that `details` names.

    A date is ISO: a day, a month or a year; date and place may be None. Raises ValueError for anything else,
    CodingError("source_unknown_none") when the source is gone.
    """
    source = _source(op, guid)
    for key, value in details.items():
        if key not in _DETAILS:
            raise ValueError(f"a source has no {key}")
        if key == "method" and value not in get_args(Method):
            raise ValueError(f"{value!r} is no method")
        if key == "date" and value is not None and not _ISO.fullmatch(value):
            raise ValueError(f"{value!r} is no date")
        if key in ("left_out", "own_statements"):
            value = int(value)
        setattr(source, key, value or None if key in ("date", "place") else value)
    op.session.flush()


def _informants_of_this_alone(op: Operation, source: Source) -> list[str]:
    """The guids of the informants who speak in this source and in no other."""
    elsewhere = select(Turn.informant_id).where(Turn.source_id != source.id, Turn.informant_id.is_not(None))
    here = select(Turn.informant_id).where(Turn.source_id == source.id)
    found = op.session.scalars(
        select(Informant.guid)
        .where(Informant.id.in_(here), Informant.id.not_in(elsewhere))
        .order_by(Informant.position)
    )
    return list(found)


def remove_source(op: Operation, guid: str, *, informants: bool = False) -> int:
    """Remove the source with its turns, coded segments, done marks and memos; returns how many segments went.

    With `informants`, those who speak in it alone go too. The text and the kept file stay stored, so that undo brings
    everything back; kept files that no undo can bring back go now.
    Raises CodingError("source_unknown_none") when the source is gone.
    """
    session = op.session
    source = _source(op, guid)
    alone = _informants_of_this_alone(op, source) if informants else []
    mine = select(Segment.guid).where(Segment.source_id == source.id)
    count = session.scalar(select(func.count()).select_from(Segment).where(Segment.source_id == source.id)) or 0
    _forget_memos(op, Memo.target_guid.in_(mine) | (Memo.target_guid == guid))
    for table in (Segment, DoneMark, Heading, Turn):
        session.execute(delete(table).where(table.source_id == source.id))
    session.execute(delete(Source).where(Source.id == source.id))
    drop_unused(op)
    if alone:
        _remove_informants(op, alone)
    return count


def _remove_informants(op: Operation, guids: Iterable[str]) -> None:
    guids = list(guids)
    _forget_memos(op, Memo.target_guid.in_(guids))
    op.session.execute(delete(Informant).where(Informant.guid.in_(guids)))


def _forget_memos(op: Operation, which: ColumnElement[bool]) -> None:
    op.session.execute(delete(Memo).where(which))


def _source(op: Operation, guid: str) -> Source:
    row = op.session.scalars(select(Source).where(Source.guid == guid)).first()
    if row is None:
        raise CodingError("source_unknown_none", source=guid)
    return row
