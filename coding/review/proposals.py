"""What reviewers would change in coded segments, and what the researcher answers.

Each function that writes is called inside `project.operation(...)`. A proposal changes no coding; accepting it does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.codes.queries import unknown_code
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.review.rows import ProposalRow
from coding.segments.editing import remove, set_code, set_span, set_valence
from coding.segments.rows import VALENCES, Valence
from coding.store.models import Code, Coder, Proposal, Segment, Source, SourceText, new_guid, now
from coding.text import Shift, normalise
from coding.transcripts.reanchor import hunks_between


def propose_code(op: Operation, segment: str, code: str, reason: str = "", guid: str | None = None) -> str:
    """Propose the code with guid `code` for the segment; returns the proposal's guid. As all of these, it takes the
    place of this coder's open proposal of the same kind, and raises CodingError("segment_gone", "proposal_as_is")."""
    row = _segment(op, segment)
    found = op.session.scalar(select(Code.id).where(Code.guid == code))
    if found is None:
        raise unknown_code(op.session, code)
    if found == row.code_id:
        raise CodingError("proposal_as_is")
    return _propose(op, segment, "code", reason, guid, code_guid=code)


def propose_valence(
    op: Operation, segment: str, valence: Valence | None, reason: str = "", guid: str | None = None
) -> str:
    """Propose this direction for the segment, or none."""
    if valence is not None and valence not in VALENCES:
        raise CodingError("valence_unknown", valence=valence)
    if _segment(op, segment).valence == valence:
        raise CodingError("proposal_as_is")
    return _propose(op, segment, "valence", reason, guid, valence=valence)


def propose_span(op: Operation, segment: str, start: int, end: int, reason: str = "", guid: str | None = None) -> str:
    """Propose other edges: `[start, end)` code points in the text as it is now. Raises CodingError("span_outside",
    "span_blank") as tagging does."""
    row = _segment(op, segment)
    name, body, text_hash = _text(op.session, row)
    if not 0 <= start < end <= len(body):
        raise CodingError("span_outside", start=str(start), end=str(end), source=name, length=len(body))
    if not body[start:end].strip():
        raise CodingError("span_blank", start=str(start), end=str(end), source=name)
    if (row.start, row.end) == (start, end):
        raise CodingError("proposal_as_is")
    return _propose(op, segment, "span", reason, guid, start=start, end=end, text_hash=text_hash)


def propose_removal(op: Operation, segment: str, reason: str = "", guid: str | None = None) -> str:
    """Propose that the segment should not be coded so at all."""
    _segment(op, segment)
    return _propose(op, segment, "remove", reason, guid)


def withdraw(op: Operation, guid: str) -> None:
    """Take one's own open proposal back. Raises CodingError("proposal_gone", "proposal_answered")."""
    row = _open(op, guid)
    if row.coder_id != op.coder_id:
        raise CodingError("comment_of_another")
    op.session.delete(row)
    op.session.flush()


def accept(op: Operation, guid: str, answer: str = "") -> None:
    """Do what was proposed, and say so. Raises CodingError("proposal_gone", "proposal_answered", "segment_gone",
    "proposal_text_gone"), and as the change itself does."""
    row = _open(op, guid)
    segment = _segment(op, row.segment_guid)
    if row.kind == "code":
        set_code(op, segment.guid, row.code_guid or "")
    elif row.kind == "valence":
        set_valence(op, [segment.guid], row.valence)  # type: ignore[arg-type]
    elif row.kind == "span":
        span = _span_now(op.session, row, segment)
        if span is None:
            raise CodingError("proposal_text_gone")
        set_span(op, segment.guid, *span)
    else:
        remove(op, [segment.guid])
    _answer(op, row, "accepted", answer)


def decline(op: Operation, guid: str, answer: str = "") -> None:
    """Leave the segment as it is, and say so. Raises CodingError("proposal_gone", "proposal_answered")."""
    _answer(op, _open(op, guid), "declined", answer)


def proposals(reader: Reader, segments: Collection[str] | None = None, *, only_open: bool = False) -> list[ProposalRow]:
    """The proposals on these segments (guids), or all there are, in order of time."""
    with reader.read() as session:
        query = (
            select(Proposal, Coder.name, Segment, Code.path, Code.label_id, Code.label_en)
            .join(Coder, Coder.id == Proposal.coder_id)
            .outerjoin(Segment, Segment.guid == Proposal.segment_guid)
            .outerjoin(Code, Code.guid == Proposal.code_guid)
            .order_by(Proposal.created_at, Proposal.id)
        )
        if only_open:
            query = query.where(Proposal.state == "open")
        if segments is not None:
            query = query.where(Proposal.segment_guid.in_(list(segments)))
        return [_row(session, *found) for found in session.execute(query).all()]


def _row(
    session: Session, row: Proposal, coder: str, segment: Segment | None, path: str | None, label_id: str | None,
    label_en: str | None,
) -> ProposalRow:  # fmt: skip
    span, text = None, ""
    if row.kind == "span" and segment is not None:
        span = _span_now(session, row, segment)
        if span is not None:
            text = _text(session, segment)[1][span[0] : span[1]]
    return ProposalRow(
        guid=row.guid, segment=row.segment_guid, kind=row.kind, code=path, code_label_id=label_id,  # type: ignore[arg-type]
        code_label_en=label_en, valence=row.valence, start=span[0] if span else None, end=span[1] if span else None,  # type: ignore[arg-type]
        text=text, reason=row.reason, state=row.state, answer=row.answer, coder=coder, answered_by=row.answered_by,  # type: ignore[arg-type]
        created_at=row.created_at, gone=segment is None,
    )  # fmt: skip


def _span_now(session: Session, row: Proposal, segment: Segment) -> tuple[int, int] | None:
    """Where the proposed passage is in the text of today; None when nothing of it is left."""
    assert row.start is not None and row.end is not None  # noqa: PT018 - of kind `span` both are set
    _, body, text_hash = _text(session, segment)
    if row.text_hash == text_hash:
        return row.start, row.end
    then = session.scalar(select(SourceText.body).where(SourceText.hash == row.text_hash))
    if then is None:
        return None
    shift = Shift(hunks_between(then, body))
    start, end = shift.start(shift.kept_start(row.start)), shift.end(shift.kept_end(row.end))
    return (start, end) if 0 <= start < end <= len(body) and body[start:end].strip() else None


def _text(session: Session, segment: Segment) -> tuple[str, str, str]:
    """Name of the source, its text, the text's hash."""
    found = session.execute(
        select(Source.name, SourceText.body, SourceText.hash).join(SourceText).where(Source.id == segment.source_id)
    ).one()
    return found[0], found[1], found[2]


def _propose(op: Operation, segment: str, kind: str, reason: str, guid: str | None, **what: Any) -> str:
    former = op.session.scalars(
        select(Proposal).filter_by(segment_guid=segment, kind=kind, coder_id=op.coder_id, state="open")
    ).first()
    if former is not None:
        op.session.delete(former)
        op.session.flush()
    row = Proposal(
        guid=guid or new_guid(), segment_guid=segment, kind=kind, reason=normalise(reason).strip(),
        coder_id=op.coder_id, **what,
    )  # fmt: skip
    op.session.add(row)
    op.session.flush()
    return row.guid


def _answer(op: Operation, row: Proposal, state: str, answer: str) -> None:
    row.state, row.answer, row.answered_by, row.modified_at = state, normalise(answer).strip(), op.coder, now()
    op.session.flush()


def _open(op: Operation, guid: str) -> Proposal:
    row = op.session.scalars(select(Proposal).where(Proposal.guid == guid)).first()
    if row is None:
        raise CodingError("proposal_gone")
    if row.state != "open":
        raise CodingError("proposal_answered")
    return row


def _segment(op: Operation, guid: str) -> Segment:
    row = op.session.scalars(select(Segment).where(Segment.guid == guid)).first()
    if row is None:
        raise CodingError("segment_gone")
    return row
