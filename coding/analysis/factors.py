"""Supporting and inhibiting factors (DOMAIN.md §4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from coding.analysis import passages as forming
from coding.analysis.agreed import agreed_notice
from coding.analysis.counting import directions_notice, segments_by_cell
from coding.analysis.evidence import (
    CODE,
    DIRECTION,
    INHIBITING,
    NEUTRAL,
    SEGMENT,
    SUPPORTING,
    VOICE,
    Evidence,
    evidence,
)
from coding.analysis.filters import EVERYTHING, EvidenceChoice, filter_notices, narrowed, verdict_notice
from coding.analysis.framework_rows import RowPlan, framework_rows
from coding.analysis.numbers import distinct, pairs, present
from coding.analysis.results import FactorRow, Factors, Label, Level, Side
from coding.codes.links import FACTORS
from coding.project import Reader

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

_SIDES = NEUTRAL + 1
"""Directions are the numbers below this one; 0 is unmarked."""
_NOTHING = Side(0, 0, 0, (), (), ())


def summarise(
    project: Reader, framework: str = FACTORS, level: Level = "indicator", choice: EvidenceChoice = EVERYTHING
) -> Factors:
    """The factor summary over the rows of the adopted framework `framework`, most widely named first; over all coded
    segments that count, or those of `choice`. Rows stay whatever is filtered.

    Raises CodingError("framework_not_adopted").
    """
    with project.read() as session:
        found = evidence(project, session)
        # who asks for a coder means all that the coder put, also where an agreed version counts in its place
        asked = evidence(project, session, everybody=True) if choice.coders else found
        rows = framework_rows(session, framework, level, present(asked.claims[:, CODE]))
        claims, row = rows.gather(narrowed(session, asked, choice).claims)
        whole = claims if choice.everything else rows.gather(asked.claims)[0]
        last = (*verdict_notice(session, lambda: claims), *(() if choice.coders else agreed_notice(session)))
    made = _Counts(found, claims, row, len(rows.plans))
    factors = [_factor(made, plan, number) for number, plan in enumerate(rows.plans)]
    order = sorted(
        range(len(factors)),
        key=lambda i: (not made.evidence[i], -factors[i].informants, -made.directed[i], i),
    )
    notices = (*filter_notices(choice, claims, whole), *directions_notice(claims), *last)
    unfiltered = None if choice.everything else summarise(project, framework, level)
    return Factors(framework, rows.label, level, tuple(factors[i] for i in order), notices, unfiltered)


class _Counts:
    """Everything that is counted, over all rows at once. A side is a row × a direction."""

    def __init__(self, found: Evidence, claims: Ints, row: Ints, rows: int) -> None:
        # over both sides together: the same passage may support and inhibit
        passage = forming.form(found, claims, row * max(len(found.voices), 1) + claims[:, VOICE]).of_claim
        bits = claims[:, DIRECTION]
        side, sides = row * _SIDES + bits, rows * _SIDES
        directed = (bits & (SUPPORTING | INHIBITING)) > 0
        self.found = found
        self.segments = segments_by_cell(found, claims, side)
        self.passages = distinct(side, passage, sides).tolist()
        self.unmarked = distinct(side, claims[:, SEGMENT], sides)[::_SIDES].tolist()
        self.who: dict[int, list[int]] = {}
        for at, voice in zip(*(column.tolist() for column in pairs(side, claims[:, VOICE])), strict=True):
            self.who.setdefault(at, []).append(voice)
        self.evidence = distinct(row, claims[:, SEGMENT], rows).tolist()
        self.directed = distinct(row[directed], passage[directed], rows).tolist()

    def side(self, row: int, direction: int) -> Side:
        """One direction of a row: its segments, the passages that have one of them, and who says so."""
        at = row * _SIDES + direction
        if at not in self.segments:
            return _NOTHING
        guids, exemplars = self.segments[at]
        voices = self.who[at]
        return Side(
            segments=len(guids),
            passages=self.passages[at],
            informants=self.informants(voices),
            who=tuple(self.found.voices[voice].name for voice in voices),
            exemplars=exemplars,
            segment_ids=guids,
        )

    def informants(self, voices: Iterable[int]) -> int:
        """How many of the voices are informants."""
        return sum(self.found.voices[voice].informant is not None for voice in voices)


def _factor(made: _Counts, plan: RowPlan, number: int) -> FactorRow:
    supporting, inhibiting = made.side(number, SUPPORTING), made.side(number, INHIBITING)
    both = {voice for bit in (SUPPORTING, INHIBITING) for voice in made.who.get(number * _SIDES + bit, ())}
    return FactorRow(
        code=plan.code.path,
        code_guid=plan.code.guid,
        label=plan.label,
        part=plan.part,
        color=plan.code.color,
        parent=plan.parent.path if plan.parent else None,
        parent_label=Label(plan.parent.label_id, plan.parent.label_en) if plan.parent else None,
        contested=bool(supporting.segments and inhibiting.segments),
        informants=made.informants(both),
        supporting=supporting,
        inhibiting=inhibiting,
        neutral=made.side(number, NEUTRAL),
        unmarked=made.unmarked[number],
    )
