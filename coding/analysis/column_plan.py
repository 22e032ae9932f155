"""What a study decides about the columns of its matrices: their order, its periods, and whether observation and
document have columns beside the informants (DOMAIN.md §3, "Columns")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.analysis.filters import is_day
from coding.analysis.results import Column, Kind, Matrix, Row
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.store.models import SavedView
from coding.text import normalise
from coding.views import save_view

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KIND, NAME = "columns", "columns"
"""The plan is a saved view of this kind and name."""
SWITCHED: tuple[str, ...] = ("observation", "document")
"""Columns beside the informants that can be left out."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the study with its first and last day (a month or a year stands for its days; None: open)."""

    name: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """`order` has for a kind of matrix (`place_of`) the columns in the study's order; `without` are those of `SWITCHED`
    that are left out; `periods` take the place of months."""

    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()


AS_IMPORTED = ColumnPlan()
BY_INFORMANT = "source informant"
"""The place (`place_of`) of source triangulation by informant."""


def place_of(kind: Kind, by: str, against: str | None) -> str:
    """Under what the order of the columns of such a matrix is kept."""
    return " ".join(part for part in (kind, by if kind == "source" else "", against or "") if part)


def column_plan(session: Session) -> ColumnPlan:
    """What the study decided; what makes no sense in it is left out."""
    found = session.scalars(select(SavedView.params).where(SavedView.kind == KIND, SavedView.name == NAME)).first()
    params: Any = json.loads(found) if found is not None else {}
    if not isinstance(params, dict):
        return AS_IMPORTED
    kept = params.get("order")
    order = {
        place: tuple(key for key in keys if isinstance(key, str))
        for place, keys in (kept.items() if isinstance(kept, dict) else ())
        if isinstance(keys, list)
    }
    out, spans = params.get("without"), params.get("periods")
    return ColumnPlan(
        order,
        frozenset(one for one in SWITCHED if isinstance(out, list) and one in out),
        tuple(period for span in (spans if isinstance(spans, list) else ()) if (period := _period(span)) is not None),
    )


def _period(span: Any) -> Period | None:
    match span:
        case [str(name), since, until] if all(day is None or is_day(day) for day in (since, until)):
            return Period(name, since, until)
    return None


def plan_of(reader: Reader) -> ColumnPlan:
    """What the study decided, for the window."""
    with reader.read() as session:
        return column_plan(session)


def set_order(op: Operation, place: str, keys: Sequence[str]) -> None:
    """Let the columns of the matrices of `place` stand in the order of `keys`; as imported when there are none."""
    plan = column_plan(op.session)
    order = {one: kept for one, kept in plan.order.items() if one != place}
    _save(op, replace(plan, order={**order, place: tuple(keys)} if keys else order))


def rename_column(op: Operation, place: str, key: str, new: str) -> None:
    """The column `key` of the matrices of `place` is called `new` from now on; it stays where it stands."""
    plan = column_plan(op.session)
    if key in plan.order.get(place, ()):
        keys = tuple(new if one == key else one for one in plan.order[place])
        _save(op, replace(plan, order={**plan.order, place: keys}))


def switch(op: Operation, column: str, shown: bool) -> None:
    """Give observation or document a column of its own beside the informants, or leave it out."""
    if column not in SWITCHED:
        raise ValueError(column)
    plan = column_plan(op.session)
    _save(op, replace(plan, without=plan.without - {column} if shown else plan.without | {column}))


def set_periods(op: Operation, periods: Iterable[Period]) -> None:
    """Let these be the columns over time, months again when there are none. Raises as `check_periods` does."""
    _save(op, replace(column_plan(op.session), periods=check_periods(periods)))


def check_periods(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The periods as they are kept. Raises CodingError "period_name", "period_days" or "period_backwards"."""
    found: list[Period] = []
    for one in periods:
        name = " ".join(normalise(one.name).split())
        since, until = (day.strip() if day and day.strip() else None for day in (one.since, one.until))
        if not name or any(name.casefold() == other.name.casefold() for other in found):
            raise CodingError("period_name", name=name or "–")
        if not all(day is None or is_day(day) for day in (since, until)) or not (since or until):
            raise CodingError("period_days", name=name)
        if since and until and until[: len(since)] < since[: len(until)]:
            raise CodingError("period_backwards", name=name)
        found.append(Period(name, since, until))
    return tuple(found)


def _save(op: Operation, plan: ColumnPlan) -> None:
    save_view(op, KIND, NAME, {
        "order": {place: list(keys) for place, keys in plan.order.items()},
        "without": sorted(plan.without),
        "periods": [[one.name, one.since, one.until] for one in plan.periods],
    })  # fmt: skip


def in_order(matrix: Matrix, plan: ColumnPlan) -> Matrix:
    """`matrix` with its columns as the study ordered them; those it did not name follow, “no value” stays last."""
    keys = plan.order.get(place_of(matrix.kind, matrix.columns_by, matrix.against))
    if not keys:
        return matrix
    places = {key: number for number, key in enumerate(keys)}

    def rank(number: int) -> tuple[bool, int, int]:
        key = matrix.columns[number].key
        return key is None, places.get(key or "", len(places)), number

    order = sorted(range(len(matrix.columns)), key=rank)

    def turned(row: Row) -> Row:
        cells = tuple(row.cells[number] for number in order)
        return replace(row, cells=cells, topics=tuple(turned(topic) for topic in row.topics))

    columns: tuple[Column, ...] = tuple(matrix.columns[number] for number in order)
    return replace(
        matrix,
        columns=columns,
        rows=tuple(turned(row) for row in matrix.rows),
        whole=in_order(matrix.whole, plan) if matrix.whole is not None else None,
    )
