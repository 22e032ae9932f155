"""The rows of a matrix or a factor summary: a framework's dimensions, or its indicators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select

from coding.analysis.evidence import CODE, TOPIC
from coding.analysis.results import Label, Level
from coding.codes.queries import framework_by_key
from coding.store.models import Code, Framework, Topic

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

NO_INDICATOR = Label("tanpa indikator", "no indicator")
NO_TOPIC = Label("tanpa topik", "no topic")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before anything is counted; `codes` are the ids of the codes whose segments it gathers."""

    code: Code
    label: Label
    part: Literal["dimension", "indicator", "no_indicator"]
    parent: Code | None
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """A row inside the row with number `row`, for the topic with id `topic` (0: for what has none)."""

    row: int
    topic: int
    guid: str
    label: Label


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one framework at one level; rows of topics are numbered on after `plans`."""

    framework: Framework
    plans: tuple[RowPlan, ...]
    topics: tuple[TopicPlan, ...] = ()

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

    def gather(self, claims: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The claims that stand in a row, each with its row's number; once more for the row of their topic."""
        import numpy as np

        row = self.row_of(claims[:, CODE])
        here = np.flatnonzero(row >= 0)
        claims, row = claims[here], row[here]
        if not self.topics:
            return claims, row
        inside = [np.flatnonzero((row == one.row) & (claims[:, TOPIC] == one.topic)) for one in self.topics]
        number = [np.full(len(at), len(self.plans) + i) for i, at in enumerate(inside)]
        return np.concatenate([claims, *(claims[at] for at in inside)]), np.concatenate([row, *number])

    def with_topics(self, session: Session, claims: np.ndarray[Any, Any]) -> Rows:
        """The same rows with those of the topics that `claims` speak of, in the topics' order; after them one for what
        has no topic, so that nothing drops out."""
        import numpy as np

        if not claims[:, TOPIC].any():
            return self
        row = self.row_of(claims[:, CODE])
        width = int(claims[:, TOPIC].max()) + 1
        used = [divmod(pair, width) for pair in np.unique(row[row >= 0] * width + claims[row >= 0, TOPIC]).tolist()]
        known = {one.id: one for one in session.scalars(select(Topic))}
        found: list[TopicPlan] = []
        for number in range(len(self.plans)):
            here = {topic for at, topic in used if at == number}
            if not here - {0}:
                continue
            named = sorted((known[topic] for topic in here - {0}), key=lambda one: (one.code_id, one.position, one.id))
            found += [TopicPlan(number, one.id, one.guid, Label(one.label, one.label)) for one in named]
            if 0 in here:
                found.append(TopicPlan(number, 0, "", NO_TOPIC))
        return replace(self, topics=tuple(found))


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
