"""Making and changing informants. Each function is called inside `project.operation(...)`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from sqlalchemy import delete, func, select, update

from coding.analysis.column_plan import BY_INFORMANT, rename_column
from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Finding, Informant, Memo, Turn, new_guid
from coding.text import normalise
from coding.transcripts.drafts import Category

FIELDS = ("name", "initials", "role", "group", "category", "age", "gender", "place")
"""What every informant has a field for, besides the code."""
OTHERS = ("honorific", "pseudonym", "remark", "left_out", "planned", "consent", "keep_until")
"""What the analyst adds: nothing that a transcript's header says."""
CONSENTS = ("written", "oral", "refused")
"""How an informant agreed to be studied; None where nobody has said so yet."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def add_informant(op: Operation, code: str, values: Mapping[str, Any], *, guid: str | None = None) -> str:
    """A new informant with a code not yet taken; returns its guid."""
    position = op.session.scalar(select(func.coalesce(func.max(Informant.position), 0))) or 0
    row = Informant(guid=guid or new_guid(), code=code, code_folded=code.casefold(), position=position + 1)
    _set(row, values)
    op.session.add(row)
    op.session.flush()
    return row.guid


def fill_informant(op: Operation, guid: str, values: Mapping[str, Any]) -> None:
    """Fill the fields that are still empty; what is known stays."""
    row = _informant(op, guid)
    _set(row, {key: value for key, value in values.items() if getattr(row, key) in (None, "")})
    op.session.flush()


def change_informant(op: Operation, guid: str, values: Mapping[str, Any]) -> None:
    """Set these fields. Raises CodingError("category_unknown")."""
    row = _informant(op, guid)
    _set(row, values)
    op.session.flush()


def rename_informant(op: Operation, guid: str, code: str) -> None:
    """Give the informant another code. Raises CodingError("informant_code_empty"), "informant_code_taken"."""
    row = _informant(op, guid)
    code = check_code(op, code, but=guid)
    if code == row.code:
        return
    # findings on the cells of an informant name the column by the code
    by_informant = (Finding.view == "framework_matrix") | (Finding.columns_by == "informant")
    written = update(Finding).where(Finding.scope == "cell", by_informant, Finding.column == row.code)
    op.session.execute(written.values(column=code))
    rename_column(op, BY_INFORMANT, row.code, code)
    row.code, row.code_folded = code, code.casefold()
    op.session.flush()


def check_code(op: Operation, code: str, *, but: str | None = None) -> str:
    """`code` as it is stored, when no other informant has it. Raises as `rename_informant`."""
    code = " ".join(normalise(code).split())
    if not code:
        raise CodingError("informant_code_empty")
    taken = op.session.scalar(select(Informant.guid).where(Informant.code_folded == code.casefold()))
    if taken is not None and taken != but:
        raise CodingError("informant_code_taken", code=code)
    return code


def order_informants(op: Operation, guids: Sequence[str]) -> None:
    """Put the informants into this order; those not named stand after them as they stood."""
    place = {guid: number for number, guid in enumerate(guids)}
    rows = op.session.scalars(select(Informant).order_by(Informant.position, Informant.id)).all()
    for number, row in enumerate(sorted(rows, key=lambda row: place.get(row.guid, len(place)))):
        if row.position != number + 1:
            row.position = number + 1
    op.session.flush()


def remove_informant(op: Operation, guid: str, turns: str | None = None) -> int:
    """Remove an informant with what is known of them and their memo; returns how many turns were theirs.

    `turns` says whose the turns are then: `"unknown"`, or the guid of another informant. Raises
    CodingError("informant_speaks") when there are turns and nothing is said of them.
    """
    session = op.session
    row = _informant(op, guid)
    count = session.scalar(select(func.count()).select_from(Turn).where(Turn.informant_id == row.id)) or 0
    if count and turns is None:
        raise CodingError("informant_speaks", code=row.code, count=count)
    if count and turns is not None:
        other = None if turns == "unknown" else _informant(op, turns).id
        kind = "unknown" if other is None else "informant"
        session.execute(update(Turn).where(Turn.informant_id == row.id).values(informant_id=other, kind=kind))
    session.execute(delete(Memo).where(Memo.target_guid == guid))
    session.execute(delete(Informant).where(Informant.id == row.id))
    session.flush()
    return count


def set_attribute(op: Operation, guid: str, name: str, value: str) -> None:
    """Set an attribute of the study's own by its name, made when it is new; an empty value removes it.

    Raises CodingError("attribute_value") when the attribute is of a kind that this is no value of.
    """
    from coding.informants.attributes import add_attribute, find_attribute, set_value

    attribute = find_attribute(op, name)
    if attribute is None and value:
        attribute = add_attribute(op, name)
    if attribute is not None:
        set_value(op, guid, attribute, value)


def _informant(op: Operation, guid: str) -> Informant:
    row = op.session.scalars(select(Informant).where(Informant.guid == guid)).first()
    if row is None:
        raise CodingError("informant_unknown", code=guid)
    return row


def _set(row: Informant, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if key not in FIELDS and key not in OTHERS:
            raise KeyError(key)
        if key == "category" and value is not None and value not in get_args(Category):
            raise CodingError("category_unknown", category=str(value))
        if key == "consent" and value is not None and value not in CONSENTS:
            raise ValueError(f"{value!r} is no consent")
        if key == "keep_until" and value is not None and not _DAY.fullmatch(value):
            raise ValueError(f"{value!r} is no day")
        if key in ("left_out", "planned"):
            value = int(value)
        setattr(row, key, value)
