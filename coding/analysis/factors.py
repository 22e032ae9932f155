"""Supporting and inhibiting factors (DOMAIN.md §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coding.analysis import passages as forming
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
from coding.analysis.filters import EVERYTHING, EvidenceChoice, filter_notices, narrowed
from coding.analysis.framework_rows import RowPlan, framework_rows
from coding.analysis.results import FactorRow, Factors, Label, Level, Side
from coding.project import Reader

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

_NOTHING = Side(0, 0, 0, (), (), ())


def summarise(
    project: Reader, framework: str = "factors", level: Level = "indicator", choice: EvidenceChoice = EVERYTHING
) -> Factors:
    """The factor summary over the rows of the adopted framework `framework`, most widely named first; over all coded
    segments that count, or those of `choice`. Rows stay whatever is filtered.

    Raises CodingError("framework_not_adopted").
    """
    with project.read() as session:
        found = evidence(project, session)
        rows = framework_rows(session, framework, level, {int(c) for c in found.claims[:, CODE]})
        whole = rows.gather(found.claims)[0]
        found = narrowed(session, found, choice)
    claims, row = rows.gather(found.claims)
    # over both sides together: the same passage may support and inhibit
    formed = forming.form(found, claims, row * max(len(found.voices), 1) + claims[:, VOICE])
    made = [_factor(found, plan, number, claims, row, formed) for number, plan in enumerate(rows.plans)]
    order = sorted(range(len(made)), key=lambda i: (made[i][1] == 0, -made[i][0].informants, -made[i][2], i))
    notices = (*filter_notices(choice, claims, whole), *directions_notice(claims))
    return Factors(framework, rows.label, level, tuple(made[i][0] for i in order), notices)


def _factor(
    found: Evidence, plan: RowPlan, number: int, claims: Ints, row: Ints, formed: forming.Passages
) -> tuple[FactorRow, int, int]:
    """The row, its evidence of any kind, and its distinct passages over both sides."""
    import numpy as np

    here = row == number
    own = claims[here]
    passage = formed.of_claim[here]
    directed = (own[:, DIRECTION] & (SUPPORTING | INHIBITING)) > 0
    supporting, inhibiting = (_side(found, own, passage, bit) for bit in (SUPPORTING, INHIBITING))
    factor = FactorRow(
        code=plan.code.path,
        code_guid=plan.code.guid,
        label=plan.label,
        part=plan.part,
        color=plan.code.color,
        parent=plan.parent.path if plan.parent else None,
        parent_label=Label(plan.parent.label_id, plan.parent.label_en) if plan.parent else None,
        contested=bool(supporting.segments and inhibiting.segments),
        informants=_informants(found, own[directed]),
        supporting=supporting,
        inhibiting=inhibiting,
        neutral=_side(found, own, passage, NEUTRAL),
        unmarked=len(np.unique(own[own[:, DIRECTION] == 0, SEGMENT])),
    )
    return factor, len(own), len(np.unique(passage[directed]))


def _side(found: Evidence, claims: Ints, passage: Ints, direction: int) -> Side:
    """One direction: its segments, the passages that have one of them, and who says so."""
    import numpy as np

    here = claims[:, DIRECTION] == direction
    own = claims[here]
    if not len(own):
        return _NOTHING
    guids, exemplars = segments_by_cell(found, own, np.zeros(len(own), np.int64))[0]
    return Side(
        segments=len(guids),
        passages=len(np.unique(passage[here])),
        informants=_informants(found, own),
        who=tuple(found.voices[voice].name for voice in np.unique(own[:, VOICE]).tolist()),
        exemplars=exemplars,
        segment_ids=guids,
    )


def _informants(found: Evidence, claims: Ints) -> int:
    import numpy as np

    return sum(found.voices[voice].informant is not None for voice in np.unique(claims[:, VOICE]).tolist())
