"""The rows of a matrix or a factor summary: a framework's dimensions, or its indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select

from coding.analysis.results import Label, Level
from coding.codes.queries import framework_by_key
from coding.store.models import Code, Framework

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

NO_INDICATOR = Label("tanpa indikator", "no indicator")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before anything is counted; `codes` are the ids of the codes whose segments it gathers."""

    code: Code
    label: Label
    part: Literal["dimension", "indicator", "no_indicator"]
    parent: Code | None
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one framework at one level."""

    framework: Framework
    plans: tuple[RowPlan, ...]

    @property
    def label(self) -> Label:
        return Label(self.framework.label_id, self.framework.label_en)

    def row_of(self, codes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """For each code id the number of its row, -1 when it is in none."""
        import numpy as np

        own = {code: i for i, plan in enumerate(self.plans) for code in plan.codes}
        table: np.ndarray[Any, Any] = np.full(max(int(codes.max(initial=0)), *own, 0) + 1, -1)
        for code, i in own.items():
            table[code] = i
        rows: np.ndarray[Any, Any] = table[codes]
        return rows


def framework_rows(session: Session, key: str, level: Level, coded: set[int]) -> Rows:
    """The rows of the adopted framework `key`. `coded` are the ids of codes with counted segments: at level indicator a
    dimension that has some of its own gets one more row after its indicators, so that nothing drops out.

    Raises CodingError("framework_not_adopted").
    """
    framework = framework_by_key(session, key)
    codes = list(session.scalars(select(Code).where(Code.framework_id == framework.id).order_by(Code.position)))
    below: dict[int | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code)
    plans: list[RowPlan] = []
    for dimension in below.get(None, []):
        indicators = below.get(dimension.id, [])
        if level == "dimension" or not indicators:
            everything = frozenset([dimension.id, *(c.id for c in indicators)])
            plans.append(RowPlan(dimension, _label(dimension), "dimension", None, everything))
            continue
        plans += [RowPlan(c, _label(c), "indicator", dimension, frozenset([c.id])) for c in indicators]
        if dimension.id in coded:
            plans.append(RowPlan(dimension, NO_INDICATOR, "no_indicator", dimension, frozenset([dimension.id])))
    return Rows(framework, tuple(plans))


def _label(code: Code) -> Label:
    return Label(code.label_id, code.label_en)
