"""Mapping codes of one framework onto those of another: factors onto dimensions, and back.

A mapping is one row whichever way it is read; where one of the two is a factor, it is stored as that factor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from coding.codes.naming import code_row
from coding.codes.rows import LinkedCode
from coding.project import Operation, Reader
from coding.store.models import Code, CodeLink, Framework

FACTORS = "factors"
"""The framework whose codes are factors; a copy of it is based on it."""


def links(project: Reader) -> dict[str, tuple[LinkedCode, ...]]:
    """For the guid of every code that is mapped, the codes at the other end, in the order of frameworks; one query."""
    one, other, above = aliased(Code), aliased(Code), aliased(Code)
    sides = ((CodeLink.code_id, CodeLink.other_id), (CodeLink.other_id, CodeLink.code_id))
    found: dict[str, list[tuple[tuple[int, ...], LinkedCode]]] = {}
    with project.read() as session:
        for near, far in sides:
            query = (
                select(
                    one.guid, other.guid, Framework.key, other.label_id, other.label_en, above.label_id, above.label_en,
                    other.color, Framework.position, above.position, other.position,
                )
                .select_from(CodeLink)
                .join(one, one.id == near)
                .join(other, other.id == far)
                .outerjoin(Framework, Framework.id == other.framework_id)
                .outerjoin(above, above.id == other.parent_id)
            )  # fmt: skip
            for row in session.execute(query).all():
                inside = row[9] is not None
                place = (row[8] or 10**6, row[9] if inside else row[10], row[10] if inside else -1)
                linked = LinkedCode(row[1], row[2], row[3], row[4], row[5] or "", row[6] or "", row[7])
                found.setdefault(row[0], []).append((place, linked))
    return {guid: tuple(linked for _, linked in sorted(ends, key=lambda end: end[0])) for guid, ends in found.items()}


def link(op: Operation, code: str, other: str) -> bool:
    """Map the one code onto the other; False when they are already. Raises CodingError("code_gone")."""
    one, two = code_row(op.session, code), code_row(op.session, other)
    if one is two:
        raise ValueError("a code is not mapped onto itself")
    if op.session.scalars(_between(one, two)).first() is not None:
        return False
    if _is_factor(op, two) and not _is_factor(op, one):
        one, two = two, one
    op.session.add(CodeLink(code_id=one.id, other_id=two.id))
    op.session.flush()
    return True


def unlink(op: Operation, code: str, other: str) -> bool:
    """Take the mapping back, whichever way it was made; False when there was none."""
    one, two = code_row(op.session, code), code_row(op.session, other)
    row = op.session.scalars(_between(one, two)).first()
    if row is not None:
        op.session.delete(row)
        op.session.flush()
    return row is not None


def set_links(op: Operation, code: str, others: Iterable[str]) -> None:
    """Map the code onto exactly these. Raises CodingError("code_gone")."""
    wanted = {guid: None for guid in others if guid != code}
    row = code_row(op.session, code)
    query = select(Code.guid).join(CodeLink, or_(CodeLink.code_id == Code.id, CodeLink.other_id == Code.id))
    query = query.where(or_(CodeLink.code_id == row.id, CodeLink.other_id == row.id), Code.id != row.id)
    for guid in list(op.session.scalars(query)):
        if guid not in wanted:
            unlink(op, code, guid)
    for guid in wanted:
        link(op, code, guid)


def _between(one: Code, two: Code) -> Any:
    forth = (CodeLink.code_id == one.id) & (CodeLink.other_id == two.id)
    back = (CodeLink.code_id == two.id) & (CodeLink.other_id == one.id)
    return select(CodeLink).where(or_(forth, back))


def _is_factor(op: Operation, code: Code) -> bool:
    home = op.session.get(Framework, code.framework_id) if code.framework_id else None
    return home is not None and FACTORS in (home.key, (home.based_on or "").partition("/")[0])
