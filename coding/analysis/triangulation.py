"""Triangulation matrices: every kind of DOMAIN.md §3 by one engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from coding.analysis import passages as forming
from coding.analysis.agreed import agreed_notice
from coding.analysis.column_plan import ColumnPlan, column_plan, in_order
from coding.analysis.columns import NO_VALUE, Assigned, assign, columns_named
from coding.analysis.counting import Tally, directions_notice, tally
from coding.analysis.evidence import CODE, VOICE, Evidence, evidence
from coding.analysis.filters import EVERYTHING, EvidenceChoice, filter_notices, narrowed, verdict_notice
from coding.analysis.framework_rows import RowPlan, Rows, TopicPlan, framework_rows
from coding.analysis.judging import with_judgements
from coding.analysis.numbers import present
from coding.analysis.results import (
    Cell,
    Column,
    Kind,
    Level,
    Matrix,
    Row,
    Stance,
    Status,
    VoiceCell,
)
from coding.analysis.unheard import researcher_notice
from coding.errors import CodingError
from coding.project import Reader

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

SILENT: Stance = "silent"


def triangulate(
    project: Reader,
    framework: str,
    kind: Kind = "source",
    columns: str = "informant",
    against: str | None = None,
    level: Level = "dimension",
    threshold: Fraction | float = 1,
    choice: EvidenceChoice = EVERYTHING,
) -> Matrix:
    """The matrix of the adopted framework `framework` over all coded segments that count, or those of `choice`.

    `columns` is `informant` or an attribute of informants and matters for kind source alone; `against` is the second
    framework of kind theory; `threshold` in (0.5, 1] is the share of a voice's directed passages that makes its stance.
    Rows stay whatever is filtered; at level indicator they have the rows of their topics inside.
    Raises CodingError for an unknown framework, kind, column or a threshold out of range.
    """
    exact = Fraction(threshold).limit_denominator(10**6)
    if not Fraction(1, 2) < exact <= 1:
        raise CodingError("threshold_range", threshold=f"{float(threshold):g}")
    if kind not in get_args(Kind):
        raise CodingError("kind_unknown", kind=kind)
    with project.read() as session:
        found = evidence(project, session, everybody=kind == "investigator")
        # who asks for a coder means all that the coder put, also where an agreed version counts in its place
        asked = evidence(project, session, everybody=True) if choice.coders else found
        rows = framework_rows(session, framework, level, present(asked.claims[:, CODE]))
        if level == "indicator":
            rows = rows.with_topics(session, asked.claims)

        plan = column_plan(session)

        def over(part: Evidence) -> Matrix:
            if kind != "theory":
                return in_order(_matrix(session, part, rows, kind, columns, level, exact, plan), plan)
            from coding.analysis.theory import theory_matrix

            return in_order(theory_matrix(session, part, rows, against, level, exact), plan)

        unheard = researcher_notice(session, found, rows.framework.id)
        whole = over(found)
        agreed = agreed_notice(session) if kind != "investigator" else ()
        last = (*verdict_notice(session, lambda: rows.gather(found.claims)[0]), *unheard, *agreed)
        whole = replace(whole, rows=with_judgements(session, whole), notices=(*whole.notices, *last))
        if choice.everything:
            return whole
        part = narrowed(session, asked, choice)
        counted = rows.gather(part.claims)[0]
        filtered = filter_notices(choice, counted, rows.gather(asked.claims)[0])
        last = (*verdict_notice(session, lambda: counted), *unheard, *(() if choice.coders else agreed))
        made = replace(over(part), whole=whole)
        return replace(made, rows=with_judgements(session, made), notices=(*filtered, *made.notices, *last))


def _matrix(
    session: Session, found: Evidence, rows: Rows, kind: Kind, columns: str, level: Level, threshold: Fraction,
    plan: ColumnPlan,
) -> Matrix:  # fmt: skip
    claims, row = rows.gather(found.claims)
    columns = columns_named(session, columns) if kind == "source" else kind
    assigned = assign(session, found, claims, kind, columns, rows.framework, plan)
    claims, row, column = claims[assigned.counts], row[assigned.counts], assigned.of_claim[assigned.counts]
    no_value = bool(assigned.without_value or (column < 0).any())
    width = len(assigned.columns) + 1
    cell = row * width + _last_without_value(column, width)
    formed = forming.form(found, claims, cell * len(found.voices) + claims[:, VOICE])
    shown = _columns(assigned, no_value)
    return Matrix(
        kind=kind,
        columns_by=columns,
        framework=rows.framework.key,
        framework_label=rows.label,
        against=None,
        level=level,
        threshold=threshold,
        columns=shown,
        rows=matrix_rows(rows, shown, tally(found, claims, formed, cell, threshold), width),
        notices=(*assigned.notices, *directions_notice(claims)),
    )


def _last_without_value(column: Ints, width: int) -> Ints:
    """Column numbers with “no value” (-1) moved to the last place."""
    import numpy as np

    return np.where(column < 0, width - 1, column)


def _columns(assigned: Assigned, no_value: bool) -> tuple[Column, ...]:
    if not no_value:
        return assigned.columns
    return (*assigned.columns, Column(None, NO_VALUE, assigned.without_value, "none"))


def matrix_rows(rows: Rows, columns: Sequence[Column], counted: dict[int, Tally], width: int) -> tuple[Row, ...]:
    """Rows of cells; cell number = row × width + column, “no value” being column width - 1."""

    def cells(number: int) -> tuple[Cell, ...]:
        at = [width - 1 if column.key is None else i for i, column in enumerate(columns)]
        return tuple(_cell(column, counted.get(number * width + i)) for column, i in zip(columns, at, strict=True))

    inside: dict[int, list[Row]] = {}
    for i, topic in enumerate(rows.topics, len(rows.plans)):
        inside.setdefault(topic.row, []).append(_topic_row(rows.plans[topic.row], topic, cells(i)))
    made = [_row(plan, cells(number)) for number, plan in enumerate(rows.plans)]
    return tuple(
        replace(row, topics=tuple(inside[number])) if number in inside else row for number, row in enumerate(made)
    )


def _cell(column: Column, counted: Tally | None) -> Cell:
    if counted is None:
        return Cell(column.key, 0, 0, 0, 0, SILENT, (), (), ())
    return Cell(
        column=column.key,
        segments=len(counted.segment_ids),
        passages=counted.passages,
        informants=counted.informants,
        voices=len(counted.voices),
        stance=cell_stance(counted.voices),
        exemplars=counted.exemplars,
        segment_ids=counted.segment_ids,
        split=counted.voices,
    )


def _row(plan: RowPlan, cells: tuple[Cell, ...]) -> Row:
    in_status = [cell.stance for cell in cells if cell.column is not None]
    return Row(
        code=plan.code.path,
        code_guid=plan.code.guid,
        label=plan.label,
        part=plan.part,
        color=plan.code.color,
        parent=plan.parent.path if plan.parent else None,
        status=row_status(in_status),
        coverage=(sum(stance != SILENT for stance in in_status), len(in_status)),
        judgement=None,
        cells=cells,
    )


def _topic_row(plan: RowPlan, topic: TopicPlan, cells: tuple[Cell, ...]) -> Row:
    row = _row(plan, cells)
    return replace(row, part="topic", label=topic.label, parent=plan.code.path, topic=topic.guid)


def cell_stance(voices: Sequence[VoiceCell]) -> Stance:
    """Neutral voices drop out unless all are; the rest equal gives that, else mixed."""
    if not voices:
        return SILENT
    directed = {voice.stance for voice in voices if voice.stance != "neutral"}
    if not directed:
        return "neutral"
    return directed.pop() if len(directed) == 1 else "mixed"


def row_status(stances: Sequence[Stance]) -> Status:
    """The status of a row from the stances of its n columns, after Farmer and others (2006), as DOMAIN.md §3 rules."""
    speaking = [stance for stance in stances if stance != SILENT]
    if not speaking:
        return "absent"
    if len(speaking) == 1:
        return "single"
    kinds = set(speaking)
    if kinds == {"neutral"}:
        return "covered"
    if kinds in ({"supporting"}, {"inhibiting"}):
        return "convergent"
    if {"supporting", "inhibiting"} <= kinds:
        return "divergent"
    return "partial"
