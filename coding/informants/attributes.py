"""Attributes of informants that the study defines: text, number, date, or one of several choices."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import delete, func, select

from coding.errors import CodingError, mark
from coding.informants.editing import FIELDS, OTHERS
from coding.project import Operation, Reader
from coding.store.models import Attribute, AttributeValue, Informant
from coding.text import normalise
from coding.transcripts.dates import parse_date
from coding.words import Notice

AttributeKind = Literal["text", "number", "date", "choice"]
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)
EXPECTED = {
    "number": mark("write a number"),
    "date": mark("write a date, for example 2026-05-12"),
    "choice": mark("choose one of: {choices}"),
}
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_NUMBER = re.compile(r"([+-]?\d+)(?:[.,](\d+))?")


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One attribute in the order of the study; `values` says how many informants have one."""

    guid: str
    name: str
    kind: AttributeKind
    choices: tuple[str, ...]
    values: int


def attributes(project: Reader) -> list[AttributeRow]:
    """The study's own attributes, in its order."""
    with project.read() as session:
        count = func.count(AttributeValue.id)
        query = (
            select(Attribute, count)
            .outerjoin(AttributeValue)
            .group_by(Attribute.id)
            .order_by(Attribute.position, Attribute.id)
        )
        return [
            AttributeRow(row.guid, row.name, row.kind, tuple(json.loads(row.choices)), values)  # type: ignore[arg-type]
            for row, values in session.execute(query).all()
        ]


def add_attribute(op: Operation, name: str, kind: AttributeKind = "text", choices: Sequence[str] = ()) -> str:
    """A new attribute behind the others; returns its guid. Raises CodingError("attribute_name"),
    "attribute_name_taken", "attribute_choices"."""
    session = op.session
    last = session.scalar(select(func.coalesce(func.max(Attribute.position), 0))) or 0
    row = Attribute(
        name=_free_name(op, name), position=last + 1, kind=_kind(kind), choices=_choices(name, kind, choices)
    )
    session.add(row)
    session.flush()
    return row.guid


def rename_attribute(op: Operation, guid: str, name: str) -> None:
    """Call the attribute otherwise. Raises as `add_attribute`, and CodingError("attribute_gone")."""
    row = _attribute(op, guid)
    row.name = _free_name(op, name, but=guid)
    op.session.flush()


def set_kind(op: Operation, guid: str, kind: AttributeKind, choices: Sequence[str] = ()) -> None:
    """Make the attribute one of another kind, or give it other choices; its values are written anew as that kind does.

    Raises CodingError("attribute_values") with what is no such value, "attribute_choices", "attribute_gone".
    """
    row = _attribute(op, guid)
    row.kind, row.choices = _kind(kind), _choices(row.name, kind, choices)
    values = op.session.scalars(select(AttributeValue).where(AttributeValue.attribute_id == row.id)).all()
    wrong: list[str] = []
    for value in values:
        try:
            value.value = parse_value(row, value.value)
        except CodingError:
            wrong.append(value.value)
    if wrong:
        listed = ", ".join(f"“{value}”" for value in dict.fromkeys(wrong))
        raise CodingError("attribute_values", attribute=row.name, values=listed)
    op.session.flush()


def order_attributes(op: Operation, guids: Sequence[str]) -> None:
    """Put the attributes into this order; those not named stand after them as they stood."""
    place = {guid: number for number, guid in enumerate(guids)}
    rows = op.session.scalars(select(Attribute).order_by(Attribute.position, Attribute.id)).all()
    for number, row in enumerate(sorted(rows, key=lambda row: place.get(row.guid, len(place)))):
        if row.position != number + 1:
            row.position = number + 1
    op.session.flush()


def remove_attribute(op: Operation, guid: str) -> int:
    """Remove the attribute with its values; returns how many informants had one."""
    row = _attribute(op, guid)
    mine = AttributeValue.attribute_id == row.id
    count = op.session.scalar(select(func.count()).select_from(AttributeValue).where(mine)) or 0
    op.session.execute(delete(AttributeValue).where(mine))
    op.session.execute(delete(Attribute).where(Attribute.id == row.id))
    return count


def find_attribute(op: Operation, name: str) -> str | None:
    """The guid of the attribute called so, whatever the case."""
    folded = name.casefold()
    rows = op.session.execute(select(Attribute.guid, Attribute.name)).all()
    return next((guid for guid, known in rows if known.casefold() == folded), None)


def set_value(op: Operation, informant: str, attribute: str, value: str) -> None:
    """Set an informant's value (both by guid); an empty one is removed. Raises CodingError("attribute_value"),
    "attribute_gone", "informant_unknown"."""
    session = op.session
    row = _attribute(op, attribute)
    person = session.scalar(select(Informant.id).where(Informant.guid == informant))
    if person is None:
        raise CodingError("informant_unknown", code=informant)
    stored = parse_value(row, value)
    known = session.scalars(
        select(AttributeValue).where(AttributeValue.informant_id == person, AttributeValue.attribute_id == row.id)
    ).first()
    if known is None:
        if stored:
            session.add(AttributeValue(informant_id=person, attribute_id=row.id, value=stored))
    elif not stored:
        session.delete(known)
    else:
        known.value = stored
    session.flush()


def parse_value(attribute: Attribute | AttributeRow, value: str) -> str:
    """`value` as it is stored for the attribute: a number with a point, a date in ISO, a choice as it is spelled;
    empty for nothing. Raises CodingError("attribute_value")."""
    text = " ".join(normalise(value).split())
    if not text or attribute.kind == "text":
        return text
    found: str | None = None
    choices = json.loads(attribute.choices) if isinstance(attribute.choices, str) else list(attribute.choices)
    if attribute.kind == "number":
        found = parse_number(text)
    elif attribute.kind == "date":
        found = parse_date(text)
    else:
        found = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
    if found is None:
        expected = Notice(EXPECTED[attribute.kind], (("choices", ", ".join(choices)),))
        raise CodingError("attribute_value", value=text, attribute=attribute.name, expected=expected)
    return found


def parse_number(text: str) -> str | None:
    """A number as people of either language write it (`1.234,5`, `1,234.5`), with a point and without separators;
    None for what is none. One mark before exactly three digits parts thousands."""
    bare = text.replace(" ", "")
    if match := _THOUSANDS.fullmatch(bare):
        bare = bare.replace(match[1], "")
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    whole, rest = str(int(match[1])), (match[2] or "").rstrip("0")
    if match[1].startswith("-") and whole == "0" and rest:
        whole = "-0"
    return f"{whole}.{rest}" if rest else whole


def _kind(kind: str) -> str:
    if kind not in ATTRIBUTE_KINDS:
        raise ValueError(f"{kind!r} is no kind of attribute")
    return kind


def _choices(name: str, kind: str, choices: Sequence[str]) -> str:
    if kind != "choice":
        return "[]"
    cleaned: dict[str, str] = {}
    for choice in choices:
        text = " ".join(normalise(choice).split())
        if text:
            cleaned.setdefault(text.casefold(), text)
    if not cleaned:
        raise CodingError("attribute_choices", name=name)
    return json.dumps(list(cleaned.values()), ensure_ascii=False)


def _free_name(op: Operation, name: str, but: str | None = None) -> str:
    name = " ".join(normalise(name).split())
    if not name:
        raise CodingError("attribute_name")
    if name.casefold() in ("code", *FIELDS, *OTHERS) or find_attribute(op, name) not in (None, but):
        raise CodingError("attribute_name_taken", name=name)
    return name


def _attribute(op: Operation, guid: str) -> Attribute:
    row = op.session.scalars(select(Attribute).where(Attribute.guid == guid)).first()
    if row is None:
        raise CodingError("attribute_gone")
    return row
