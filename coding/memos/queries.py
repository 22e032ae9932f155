"""All memos and journal pages of a project, in one list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.memos.rows import MEMO_KINDS, MemoFilter, MemoKind, MemoRow
from coding.project import Reader
from coding.store.models import (
    Code,
    Coder,
    Framework,
    Informant,
    JournalEntry,
    Memo,
    ProjectRow,
    Segment,
    Source,
    SourceText,
)
from coding.text import snippet

QUOTE = 400
"""Code points of a segment's passage that a memo shows."""


def memos(reader: Reader, wanted: MemoFilter | None = None) -> list[MemoRow]:
    """The memos that `wanted` lets through: journal pages first, the newest day on top; then in the order of
    `MEMO_KINDS`, of sources, of positions."""
    wanted = wanted or MemoFilter()
    kinds = [kind for kind in MEMO_KINDS if not wanted.kinds or kind in wanted.kinds]
    with reader.read() as session:
        found = [row for kind in kinds for row in _READ[kind](session)]
    return [row for row in found if wanted.lets(row)]


def memo_of(reader: Reader, target: str) -> str:
    """The text of the memo on one thing; empty when there is none."""
    with reader.read() as session:
        return session.scalar(select(Memo.text).where(Memo.target_guid == target)) or ""


def _row(kind: MemoKind, memo: Any, titles: tuple[str, str], **more: str) -> MemoRow:
    return MemoRow(
        kind, memo.target_guid, *titles, memo.text, memo.coder, memo.modified_at[:10],
        memo.created_at, memo.modified_at, **more,
    )  # fmt: skip


def _code_names(session: Session) -> dict[int, tuple[str, str]]:
    """By the code's id: its label under its parent's, Indonesian and English."""
    found = session.execute(select(Code.id, Code.parent_id, Code.label_id, Code.label_en)).all()
    labels = {row.id: (row.label_id, row.label_en) for row in found}
    names = {}
    for row in found:
        above = labels.get(row.parent_id)
        own = labels[row.id]
        names[row.id] = (f"{above[0]} › {own[0]}", f"{above[1]} › {own[1]}") if above else own
    return names


_MEMO = (Memo.target_guid, Memo.text, Memo.created_at, Memo.modified_at, Coder.name.label("coder"))


def _journal(session: Session) -> list[MemoRow]:
    pages = session.execute(
        select(JournalEntry, Coder.name)
        .join(Coder, Coder.id == JournalEntry.coder_id)
        .order_by(JournalEntry.date.desc(), JournalEntry.id.desc())
    )
    return [
        MemoRow("journal", p.guid, p.title, p.title, p.text, coder, p.date, p.created_at, p.modified_at)
        for p, coder in pages
    ]


def _project(session: Session) -> list[MemoRow]:
    found = session.execute(
        select(*_MEMO, ProjectRow.title)
        .join(ProjectRow, ProjectRow.guid == Memo.target_guid)
        .join(Coder, Coder.id == Memo.coder_id)
    )
    return [_row("project", memo, (memo.title, memo.title)) for memo in found]


def _sources(session: Session) -> list[MemoRow]:
    found = session.execute(
        select(*_MEMO, Source.name)
        .join(Source, Source.guid == Memo.target_guid)
        .join(Coder, Coder.id == Memo.coder_id)
        .order_by(Source.position)
    )
    return [_row("source", m, (m.name, m.name), source=m.name, source_guid=m.target_guid) for m in found]


def _informants(session: Session) -> list[MemoRow]:
    found = session.execute(
        select(*_MEMO, Informant.code)
        .join(Informant, Informant.guid == Memo.target_guid)
        .join(Coder, Coder.id == Memo.coder_id)
        .order_by(Informant.position)
    )
    return [_row("informant", memo, (memo.code, memo.code)) for memo in found]


def _codes(session: Session) -> list[MemoRow]:
    names = _code_names(session)
    found = session.execute(
        select(*_MEMO, Code.id)
        .join(Code, Code.guid == Memo.target_guid)
        .join(Coder, Coder.id == Memo.coder_id)
        .outerjoin(Framework, Framework.id == Code.framework_id)
        .order_by(Framework.position.is_(None), Framework.position, Code.path)
    )
    return [_row("code", memo, names[memo.id]) for memo in found]


def _segments(session: Session) -> list[MemoRow]:
    names = _code_names(session)
    found = session.execute(
        select(
            *_MEMO, Segment.code_id, Segment.start, Segment.end,
            Source.name, Source.guid.label("source_guid"), SourceText.id.label("text_id"),
        )
        .join(Segment, Segment.guid == Memo.target_guid)
        .join(Coder, Coder.id == Memo.coder_id)
        .join(Source, Source.id == Segment.source_id)
        .join(SourceText, SourceText.id == Source.text_id)
        .order_by(Source.position, Segment.start, Segment.id)
    ).all()  # fmt: skip
    texts = select(SourceText.id, SourceText.body).where(SourceText.id.in_({m.text_id for m in found}))
    bodies = dict(session.execute(texts).all())
    return [
        _row(
            "segment", m, names[m.code_id], source=m.name, source_guid=m.source_guid,
            quote=snippet(bodies[m.text_id], m.start, m.end, QUOTE),
        )
        for m in found
    ]  # fmt: skip


_READ: dict[MemoKind, Any] = {
    "journal": _journal,
    "project": _project,
    "source": _sources,
    "informant": _informants,
    "code": _codes,
    "segment": _segments,
}


def blank(reader: Reader, kind: MemoKind, target: str) -> MemoRow | None:
    """A row without text for the thing with guid `target`, on which there may be no memo yet; None when it is gone."""
    with reader.read() as session:
        if kind == "segment":
            sql = (
                select(Segment.code_id, Segment.start, Segment.end, Source.name, Source.guid, SourceText.body)
                .join(Source, Source.id == Segment.source_id)
                .join(SourceText, SourceText.id == Source.text_id)
                .where(Segment.guid == target)
            )
            found = session.execute(sql).first()
            if found is None:
                return None
            titles = _code_names(session)[found.code_id]
            quote = snippet(found.body, found.start, found.end, QUOTE)
            return MemoRow(kind, target, *titles, "", "", "", "", "", found.name, found.guid, quote)
        if kind == "code":
            number = session.scalar(select(Code.id).where(Code.guid == target))
            names = _code_names(session)
            return MemoRow(kind, target, *names[number], "", "", "", "", "") if number is not None else None
        column = {"project": ProjectRow.title, "source": Source.name, "informant": Informant.code}[kind]
        title = session.scalar(select(column).where(column.class_.guid == target))
    if title is None:
        return None
    return MemoRow(kind, target, title, title, "", "", "", "", "", title if kind == "source" else "", "")
