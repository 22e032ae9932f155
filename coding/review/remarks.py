"""Verdicts and comments. Each function that writes is called inside `project.operation(...)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import get_args

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.review import rows as review
from coding.review.rows import CommentRow, Target, Verdict
from coding.review.targets import TABLES, describe, exists
from coding.store.models import Coder, Comment, VerdictRow, new_guid, now
from coding.text import normalise

_MANY = 500


def set_verdict(op: Operation, target: Target, verdict: Verdict | None) -> None:
    """Give the thing this verdict of the coder who works now; None notes that it was looked at and no more.

    Raises CodingError("review_target_gone"), ValueError for an unknown verdict.
    """
    if verdict is not None and verdict not in get_args(Verdict):
        raise ValueError(verdict)
    basis, _ = describe(op.session, target)
    row = _own_verdict(op, target)
    if row is None:
        row = VerdictRow(target_table=TABLES[target.kind].__tablename__, target_guid=target.guid, coder_id=op.coder_id)
        op.session.add(row)
    elif (row.verdict, row.basis) == (verdict, basis):
        return
    row.verdict, row.basis, row.at = verdict, basis, now()
    op.session.flush()


def clear_verdict(op: Operation, target: Target) -> None:
    """Take one's own verdict back, as if the thing had not been looked at."""
    row = _own_verdict(op, target)
    if row is not None:
        op.session.delete(row)
        op.session.flush()


def _own_verdict(op: Operation, target: Target) -> VerdictRow | None:
    query = select(VerdictRow).where(VerdictRow.target_guid == target.guid, VerdictRow.coder_id == op.coder_id)
    return op.session.scalars(query).first()


def verdicts(reader: Reader, targets: Collection[Target]) -> dict[Target, list[review.VerdictRow]]:
    """The verdicts on these things that are still there, each thing's oldest first."""
    found: dict[Target, list[review.VerdictRow]] = {}
    by_guid = {target.guid: target for target in targets}
    with reader.read() as session:
        for part in _parts(by_guid):
            query = (
                select(VerdictRow, Coder.name)
                .join(Coder)
                .where(VerdictRow.target_guid.in_(part))
                .order_by(VerdictRow.at, VerdictRow.id)
            )
            for row, coder in session.execute(query):
                target = by_guid[row.target_guid]
                if exists(session, target):
                    changed = describe(session, target)[0] != row.basis
                    one = review.VerdictRow(target, coder, row.verdict, row.at, changed)  # type: ignore[arg-type]
                    found.setdefault(target, []).append(one)
    return found


def add_comment(op: Operation, target: Target, text: str, reply_to: str | None = None, guid: str | None = None) -> str:
    """Write a remark on the thing, or an answer in the thread that begins with `reply_to`; returns its guid.

    An answer opens a closed thread again. Raises CodingError("comment_empty", "review_target_gone", "comment_gone").
    """
    text = _worded(text)
    about = ""
    if reply_to is None:
        about = describe(op.session, target)[1]
    else:
        first = _comment(op, reply_to)
        if first.reply_to is not None:
            first = _comment(op, first.reply_to)
        reply_to, first.closed = first.guid, 0
    row = Comment(
        guid=guid or new_guid(),
        target_table=TABLES[target.kind].__tablename__,
        target_guid=target.guid,
        reply_to=reply_to,
        about=about,
        text=text,
        coder_id=op.coder_id,
    )
    op.session.add(row)
    op.session.flush()
    return row.guid


def edit_comment(op: Operation, guid: str, text: str) -> None:
    """Put another text in the place of one's own remark. Raises CodingError("comment_gone", "comment_of_another")."""
    row = _own_comment(op, guid)
    text = _worded(text)
    if row.text != text:
        row.text, row.modified_at = text, now()
        op.session.flush()


def remove_comment(op: Operation, guid: str) -> None:
    """Remove one's own remark; the first of a thread only while nobody answered. Raises as `edit_comment`, and
    CodingError("comment_answered")."""
    row = _own_comment(op, guid)
    if op.session.scalar(select(Comment.id).where(Comment.reply_to == guid).limit(1)) is not None:
        raise CodingError("comment_answered")
    op.session.execute(delete(Comment).where(Comment.id == row.id))


def close_thread(op: Operation, guid: str, closed: bool = True) -> None:
    """Say that nothing is open in the thread that begins with this remark, or that something is."""
    row = _comment(op, guid)
    if row.reply_to is not None:
        row = _comment(op, row.reply_to)
    if bool(row.closed) != closed:
        row.closed, row.modified_at = int(closed), now()
        op.session.flush()


def comments(reader: Reader, targets: Collection[Target] | None = None) -> list[CommentRow]:
    """The remarks on these things, or all there are: threads in order of their beginning, each remark before its
    answers, those in order of time."""
    with reader.read() as session:
        query = select(Comment, Coder.name).join(Coder)
        if targets is None:
            found = list(session.execute(query))
        else:
            guids = {target.guid for target in targets}
            found = [
                row for part in _parts(guids) for row in session.execute(query.where(Comment.target_guid.in_(part)))
            ]
        there = _present(session, {(row.target_table, row.target_guid) for row, _ in found})
        beginnings = {row.guid: row.created_at for row, _ in found if row.reply_to is None}
        made = [
            CommentRow(
                row.guid, Target(row.target_table, row.target_guid), row.reply_to, row.text, bool(row.closed), coder,  # type: ignore[arg-type]
                row.created_at, row.modified_at, row.about, row.target_guid not in there,
            )
            for row, coder in found
        ]  # fmt: skip

    def place(row: CommentRow) -> tuple[str, str, bool, str, str]:
        thread = row.reply_to or row.guid
        return beginnings.get(thread, row.created_at), thread, row.reply_to is not None, row.created_at, row.guid

    return sorted(made, key=place)


def _present(session: Session, named: Iterable[tuple[str, str]]) -> set[str]:
    by_table: dict[str, list[str]] = {}
    for table, guid in named:
        by_table.setdefault(table, []).append(guid)
    there: set[str] = set()
    for table in TABLES.values():
        for part in _parts(by_table.get(table.__tablename__, [])):
            there.update(session.scalars(select(table.guid).where(table.guid.in_(part))))
    return there


def _worded(text: str) -> str:
    text = normalise(text).strip()
    if not text:
        raise CodingError("comment_empty")
    return text


def _comment(op: Operation, guid: str) -> Comment:
    row = op.session.scalars(select(Comment).where(Comment.guid == guid)).first()
    if row is None:
        raise CodingError("comment_gone")
    return row


def _own_comment(op: Operation, guid: str) -> Comment:
    row = _comment(op, guid)
    if row.coder_id != op.coder_id:
        raise CodingError("comment_of_another")
    return row


def _parts(guids: Iterable[str]) -> Iterable[list[str]]:
    listed = list(guids)
    return (listed[i : i + _MANY] for i in range(0, len(listed), _MANY))
