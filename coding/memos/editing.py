"""Writing memos and journal pages. Each function is called inside `project.operation(...)`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from coding.errors import CodingError
from coding.memos.rows import MemoKind
from coding.project import Operation
from coding.store.models import Code, Informant, JournalEntry, Memo, ProjectRow, Segment, Source, new_guid, now
from coding.text import normalise

TARGETS: dict[MemoKind, Any] = {
    "project": ProjectRow,
    "source": Source,
    "informant": Informant,
    "code": Code,
    "segment": Segment,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_memo(op: Operation, kind: MemoKind, target: str, text: str) -> None:
    """Set the memo on the thing with guid `target`; an empty text removes it.

    Raises CodingError("memo_target_gone") when the thing is no longer there.
    """
    table = TARGETS[kind]
    if op.session.scalars(select(table.id).where(table.guid == target)).first() is None:
        raise CodingError("memo_target_gone")
    text = normalise(text).strip()
    row = op.session.scalars(select(Memo).where(Memo.target_guid == target)).first()
    if row is None:
        if text:
            made = Memo(target_table=table.__tablename__, target_guid=target, text=text, coder_id=op.coder_id)
            op.session.add(made)
    elif not text:
        op.session.delete(row)
    elif row.text != text:
        row.text, row.modified_at = text, now()
    op.session.flush()


def add_page(op: Operation, title: str, text: str = "", day: str | None = None, guid: str | None = None) -> str:
    """A new page of the research journal; returns its guid. `day` is ISO, today by default."""
    row = JournalEntry(
        guid=guid or new_guid(),
        date=_checked(day or date.today().isoformat()),
        title=" ".join(normalise(title).split()),
        text=normalise(text).strip(),
        coder_id=op.coder_id,
    )
    op.session.add(row)
    op.session.flush()
    return row.guid


def change_page(
    op: Operation, guid: str, *, title: str | None = None, text: str | None = None, day: str | None = None
) -> None:
    """Change what is named of a journal page. Raises CodingError("memo_target_gone") when it is gone."""
    row = op.session.scalars(select(JournalEntry).where(JournalEntry.guid == guid)).first()
    if row is None:
        raise CodingError("memo_target_gone")
    before = (row.title, row.text, row.date)
    if title is not None:
        row.title = " ".join(normalise(title).split())
    if text is not None:
        row.text = normalise(text).strip()
    if day is not None:
        row.date = _checked(day)
    if (row.title, row.text, row.date) != before:
        row.modified_at = now()
    op.session.flush()


def remove_page(op: Operation, guid: str) -> None:
    """Remove a journal page; one that is gone already stays gone."""
    op.session.execute(delete(JournalEntry).where(JournalEntry.guid == guid))


def _checked(day: str) -> str:
    if not _DAY.fullmatch(day):
        raise ValueError(f"{day!r} is no day")
    return date.fromisoformat(day).isoformat()
