"""Tagging and changing coded segments. Each function is called inside `project.operation(...)`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from sqlalchemy import delete, select, update

from coding.codes.queries import unknown_code
from coding.errors import CodingError
from coding.project import Operation
from coding.segments.rows import Valence
from coding.store.models import Code, Coder, Memo, Segment, Source, SourceText, new_guid, now
from coding.text import normalise

_MANY = 500


def tag(
    op: Operation,
    source: str,
    start: int,
    end: int,
    code: str,
    valence: Valence | None = None,
    *,
    guid: str | None = None,
    memo: str = "",
    exemplar: bool = False,
) -> str:
    """Put the code with guid `code` on `[start, end)` code points of the source with guid `source`; returns the
    segment's guid, which the caller may choose beforehand.

    The span is stored as given. Raises CodingError when it lies outside the text or holds only white space, when this
    coder has put this code on this very span already ("segment_twice"), for an unknown valence, and when source or code
    are gone.
    """
    session = op.session
    found = session.execute(select(Source.id, Source.name).where(Source.guid == source)).one_or_none()
    if found is None:
        raise CodingError("source_unknown_none", source=source)
    source_id, name = found
    code_id = _code_id(op, code)
    _check_span(op, source_id, name, start, end)
    _check_valence(valence)
    _check_new(op, source_id, code_id, start, end, op.coder_id)
    moment = now()
    row = Segment(
        guid=guid or new_guid(), source_id=source_id, code_id=code_id, coder_id=op.coder_id, start=start, end=end,
        valence=valence, exemplar=int(exemplar), created_at=moment, modified_at=moment,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if memo:
        set_memo(op, row.guid, memo)
    return row.guid


def remove(op: Operation, guids: Iterable[str]) -> int:
    """Remove the coded segments and their memos; returns how many there were."""
    removed = 0
    for part in _parts(list(guids)):
        op.session.execute(delete(Memo).where(Memo.target_guid.in_(part)))
        removed += op.session.execute(delete(Segment).where(Segment.guid.in_(part))).rowcount  # type: ignore[attr-defined]
    return removed


def set_valence(op: Operation, guids: Iterable[str], valence: Valence | None) -> None:
    """Give the coded segments this valence, or none."""
    _check_valence(valence)
    for part in _parts(list(guids)):
        op.session.execute(
            update(Segment)
            .where(Segment.guid.in_(part), Segment.valence.is_not(valence))
            .values(valence=valence, modified_at=now())
        )


def set_code(op: Operation, guid: str, code: str) -> None:
    """Put the code with guid `code` in the place of the segment's own, which takes its topic along. Raises as `tag`."""
    row, code_id = _segment(op, guid), _code_id(op, code)
    if code_id == row.code_id:
        return
    _check_new(op, row.source_id, code_id, row.start, row.end, row.coder_id)
    row.code_id, row.topic_id, row.modified_at = code_id, None, now()
    op.session.flush()


def set_span(op: Operation, guid: str, start: int, end: int) -> None:
    """Move the segment's edges. Raises as `tag` does."""
    row = _segment(op, guid)
    if (row.start, row.end) == (start, end):
        return
    name = op.session.scalars(select(Source.name).where(Source.id == row.source_id)).one()
    _check_span(op, row.source_id, name, start, end)
    _check_new(op, row.source_id, row.code_id, start, end, row.coder_id)
    row.start, row.end, row.modified_at = start, end, now()
    op.session.flush()


def set_exemplar(op: Operation, guid: str, exemplar: bool) -> None:
    """Star the segment as quotable, or take the star away."""
    row = _segment(op, guid)
    if bool(row.exemplar) != exemplar:
        row.exemplar, row.modified_at = int(exemplar), now()
        op.session.flush()


def set_reported(op: Operation, guid: str, reported: bool) -> None:
    """Mark the segment's passage as reported speech (a paraphrase), or as verbatim."""
    row = _segment(op, guid)
    if bool(row.reported) != reported:
        row.reported, row.modified_at = int(reported), now()
        op.session.flush()


def set_memo(op: Operation, guid: str, text: str) -> None:
    """Set the segment's memo; an empty text removes it."""
    _segment(op, guid)
    text = normalise(text)
    row = op.session.scalars(select(Memo).where(Memo.target_guid == guid)).first()
    if row is None:
        if text:
            op.session.add(Memo(target_table="segment", target_guid=guid, text=text, coder_id=op.coder_id))
    elif not text:
        op.session.delete(row)
    elif row.text != text:
        row.text, row.modified_at = text, now()
    op.session.flush()


def _segment(op: Operation, guid: str) -> Segment:
    row = op.session.scalars(select(Segment).where(Segment.guid == guid)).first()
    if row is None:
        raise CodingError("segment_gone")
    return row


def _code_id(op: Operation, guid: str) -> int:
    found = op.session.scalar(select(Code.id).where(Code.guid == guid))
    if found is None:
        raise unknown_code(op.session, guid)
    return found


def _check_span(op: Operation, source_id: int, name: str, start: int, end: int) -> None:
    body = op.session.scalars(select(SourceText.body).join(Source).where(Source.id == source_id)).one()
    if not 0 <= start < end <= len(body):
        # as they were given: positions are looked up and typed, not counted in thousands
        raise CodingError("span_outside", start=str(start), end=str(end), source=name, length=len(body))
    if not body[start:end].strip():
        raise CodingError("span_blank", start=str(start), end=str(end), source=name)


def _check_valence(valence: str | None) -> None:
    if valence is not None and valence not in get_args(Valence):
        raise CodingError("valence_unknown", valence=valence)


def _check_new(op: Operation, source_id: int, code_id: int, start: int, end: int, coder_id: int) -> None:
    same = op.session.execute(
        select(Code.path, Coder.name)
        .select_from(Segment)
        .join(Code)
        .join(Coder)
        .where(
            Segment.source_id == source_id, Segment.start == start, Segment.end == end,
            Segment.code_id == code_id, Segment.coder_id == coder_id,
        )
    ).first()  # fmt: skip
    if same is not None:
        raise CodingError("segment_twice", code=same.path, coder=same.name)


def _parts(guids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (guids[i : i + _MANY] for i in range(0, len(guids), _MANY))
