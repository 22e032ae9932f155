"""Making and changing informants. Each function is called inside `project.operation(...)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from sqlalchemy import func, select

from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Attribute, AttributeValue, Informant, new_guid
from coding.transcripts.drafts import Category

FIELDS = ("name", "initials", "role", "group", "category", "age", "gender", "place")
"""What every informant has a field for, besides the code."""


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


def set_attribute(op: Operation, guid: str, name: str, value: str) -> None:
    """Set an attribute of the study's own, made when it is new; an empty value removes it."""
    session = op.session
    informant = _informant(op, guid).id
    attribute = next((a for a in session.scalars(select(Attribute)) if a.name.casefold() == name.casefold()), None)
    if attribute is None:
        if not value:
            return
        count = session.scalar(select(func.count()).select_from(Attribute)) or 0
        attribute = Attribute(name=name, position=count + 1)
        session.add(attribute)
        session.flush()
    row = session.scalars(
        select(AttributeValue).where(
            AttributeValue.informant_id == informant, AttributeValue.attribute_id == attribute.id
        )
    ).first()
    if row is None and value:
        session.add(AttributeValue(informant_id=informant, attribute_id=attribute.id, value=value))
    elif row is not None and not value:
        session.delete(row)
    elif row is not None:
        row.value = value
    session.flush()


def _informant(op: Operation, guid: str) -> Informant:
    row = op.session.scalars(select(Informant).where(Informant.guid == guid)).first()
    if row is None:
        raise CodingError("informant_unknown", code=guid)
    return row


def _set(row: Informant, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if key not in FIELDS and key not in ("remark", "left_out"):
            raise KeyError(key)
        if key == "category" and value is not None and value not in get_args(Category):
            raise CodingError("category_unknown", category=str(value))
        setattr(row, key, value)
