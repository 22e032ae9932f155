"""What the study recommends, and the factors that it answers (DOMAIN.md §4). Writing is inside an operation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from coding.analysis.results import FactorRow, Factors, Label
from coding.codes.naming import code_row
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.store.models import Code, Recommendation, RecommendationFactor
from coding.text import normalise


@dataclass(frozen=True, slots=True)
class AnsweredFactor:
    """A factor that a recommendation answers."""

    guid: str
    label: Label


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation in the study's order."""

    guid: str
    text: str
    factors: tuple[AnsweredFactor, ...]


def recommendations(project: Reader) -> list[RecommendationRow]:
    """All recommendations in order, with the factors they answer in the order of the codebook."""
    with project.read() as session:
        factors: dict[int, list[AnsweredFactor]] = {}
        linked = select(RecommendationFactor.recommendation_id, Code).join(
            Code, Code.id == RecommendationFactor.code_id
        )
        for number, code in session.execute(linked.order_by(Code.framework_id, Code.position, Code.id)).all():
            factors.setdefault(number, []).append(AnsweredFactor(code.guid, Label(code.label_id, code.label_en)))
        rows = session.scalars(select(Recommendation).order_by(Recommendation.position, Recommendation.id))
        return [RecommendationRow(row.guid, row.text, tuple(factors.get(row.id, ()))) for row in rows]


def unanswered(factors: Factors, written: Sequence[RecommendationRow]) -> list[FactorRow]:
    """The factors with an inhibiting segment that no recommendation answers, in the order of the summary."""
    answered = {factor.guid for row in written for factor in row.factors}
    return [row for row in factors.rows if row.inhibiting.segments and row.code_guid not in answered]


def write_recommendation(
    op: Operation, guid: str | None, text: str, factors: Iterable[str] | None = None
) -> str | None:
    """Write the recommendation `guid`, or with None a new one, last; an empty text removes it. With `factors` it
    answers exactly the codes of these guids. Returns its guid, None when it is gone.

    Raises CodingError("recommendation_gone"), or "code_gone" for a factor.
    """
    text = normalise(text).strip()
    row = _row(op, guid) if guid is not None else None
    if not text:
        if row is not None:
            op.session.delete(row)
            op.session.flush()
        return None
    if row is None:
        last = op.session.scalar(select(func.max(Recommendation.position)))
        row = Recommendation(text=text, position=0 if last is None else last + 1)
        op.session.add(row)
    row.text = text
    op.session.flush()
    if factors is not None:
        _answer(op, row, factors)
    return row.guid


def _answer(op: Operation, row: Recommendation, factors: Iterable[str]) -> None:
    wanted = {code_row(op.session, guid).id for guid in factors}
    query = select(RecommendationFactor).where(RecommendationFactor.recommendation_id == row.id)
    there = {one.code_id: one for one in op.session.scalars(query)}
    for number, one in there.items():
        if number not in wanted:
            op.session.delete(one)
    for number in sorted(wanted - set(there)):
        op.session.add(RecommendationFactor(recommendation_id=row.id, code_id=number))
    op.session.flush()


def order_recommendations(op: Operation, guids: Sequence[str]) -> None:
    """Put the recommendations in this order. Raises CodingError("recommendation_gone")."""
    for place, guid in enumerate(guids):
        _row(op, guid).position = place
    op.session.flush()


def _row(op: Operation, guid: str) -> Recommendation:
    row = op.session.scalars(select(Recommendation).where(Recommendation.guid == guid)).first()
    if row is None:
        raise CodingError("recommendation_gone")
    return row
