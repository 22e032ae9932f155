"""Writing in the framework matrix. Called inside `project.operation(...)`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from coding.analysis.framework_matrix import VIEW, FrameworkMatrix
from coding.codes.naming import code_row
from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Finding, FindingSegment, Segment, now
from coding.text import normalise


def write_summary(
    op: Operation,
    matrix: FrameworkMatrix,
    informant: str,
    column: str,
    text: str,
    rests_on: Sequence[str] | None = None,
) -> str | None:
    """Write the summary of the cell of `informant` (a code) in the column with the key `column`, as markup; an empty
    text without passages removes it. With `rests_on` it rests on exactly these segments. Returns its guid.

    What is written is taken to hold for the evidence that `matrix` shows. Raises LookupError when there is no such
    cell, CodingError("finding_segment_gone") when a segment is gone.
    """
    row, at = matrix.row(informant), matrix.column(column)
    if row is None or at is None:
        raise LookupError(column)
    place = {
        "view": VIEW, "code_id": code_row(op.session, matrix.columns[at].code_guid).id,
        "part": matrix.columns[at].part, "columns_by": "", "against": "", "scope": "cell", "column": informant,
    }  # fmt: skip
    found = op.session.scalars(select(Finding).filter_by(**place)).first()
    text = normalise(text).strip()
    stays = list(rests_on) if rests_on is not None else _linked(op, found) if found is not None else []
    if not text and not stays:
        if found is not None:
            op.session.delete(found)
            op.session.flush()
        return None
    if found is None:
        found = Finding(**place, coder_id=op.coder_id, text="", basis="")
        op.session.add(found)
    found.text, found.basis, found.modified_at = text, row.cells[at].basis, now()
    op.session.flush()
    if rests_on is not None:
        set_passages(op, found, rests_on)
    return found.guid


def _linked(op: Operation, finding: Finding) -> list[FindingSegment]:
    return list(op.session.scalars(select(FindingSegment).where(FindingSegment.finding_id == finding.id)))


def set_passages(op: Operation, finding: Finding, guids: Iterable[str]) -> None:
    """Let the finding rest on exactly these segments. Raises CodingError("finding_segment_gone")."""
    wanted = dict.fromkeys(guids)
    ids = dict(op.session.execute(select(Segment.guid, Segment.id).where(Segment.guid.in_(wanted))).all())
    if len(ids) < len(wanted):
        raise CodingError("finding_segment_gone")
    there = {one.segment_id: one for one in _linked(op, finding)}
    for number, one in there.items():
        if number not in ids.values():
            op.session.delete(one)
    for guid in wanted:
        if ids[guid] not in there:
            op.session.add(FindingSegment(finding_id=finding.id, segment_id=ids[guid]))
    op.session.flush()
