"""Reading informants."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.project import Reader
from coding.store.models import Attribute, AttributeValue, Informant, Source, Turn
from coding.transcripts.rows import InformantRow


def informants(project: Reader) -> list[InformantRow]:
    """All informants in the order of the study, with the names of the sources they speak in."""
    with project.read() as session:
        attributes = _attributes(session)
        heard: dict[int, list[str]] = {}
        spoken = (
            select(Turn.informant_id, Source.name)
            .join(Source)
            .where(Turn.informant_id.is_not(None))
            .distinct()
            .order_by(Source.position)
        )
        for informant, name in session.execute(spoken):
            assert informant is not None
            heard.setdefault(informant, []).append(name)
        turns = dict(
            session.execute(
                select(Turn.informant_id, func.count())
                .where(Turn.informant_id.is_not(None))
                .group_by(Turn.informant_id)
            ).all()
        )
        counted = set(
            session.scalars(
                select(Turn.informant_id)
                .join(Source)
                .where(Source.left_out == 0, Source.own_statements == 0, Turn.informant_id.is_not(None))
                .distinct()
            )
        )
        return [
            InformantRow(
                guid=row.guid, code=row.code, initials=row.initials, name=row.name, role=row.role, group=row.group,
                category=row.category, age=row.age, gender=row.gender, place=row.place, remark=row.remark,  # type: ignore[arg-type]
                left_out=bool(row.left_out), attributes=tuple(attributes.get(row.id, ())),
                sources=tuple(heard.get(row.id, ())), honorific=row.honorific, pseudonym=row.pseudonym,
                planned=bool(row.planned), consent=row.consent, keep_until=row.keep_until, turns=turns.get(row.id, 0),
                heard=row.id in counted,
            )
            for row in session.scalars(select(Informant).order_by(Informant.position))
        ]  # fmt: skip


def _attributes(session: Session) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = session.execute(
        select(AttributeValue.informant_id, Attribute.name, AttributeValue.value)
        .join(Attribute)
        .order_by(Attribute.position)
    )
    for informant, name, value in rows:
        found.setdefault(informant, []).append((name, value))
    return found
