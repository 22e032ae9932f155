"""What can be reviewed, and what it is at this moment."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.findings.richtext import plain
from coding.review.rows import Target, TargetKind
from coding.store.models import Code, Conclusion, Finding, JudgementRow, Segment, Source, SourceText
from coding.text import snippet

TABLES: dict[TargetKind, Any] = {
    "segment": Segment,
    "finding": Finding,
    "judgement": JudgementRow,
    "conclusion": Conclusion,
}
_ABOUT = 160


def basis_of(*parts: str | None) -> str:
    """The name of a state: equal parts give equal names, and a change of any shows."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def segment_basis(code_guid: str, valence: str | None, text: str) -> str:
    """The state of a coded segment that a verdict is about: its code, its direction and its words, not its place."""
    return basis_of(code_guid, valence, text)


def describe(session: Session, target: Target) -> tuple[str, str]:
    """The basis of the thing as it is now, and a short text that says what it is (language-free: its words and code).

    Raises CodingError("review_target_gone").
    """
    if target.kind == "segment":
        found = session.execute(
            select(Segment.start, Segment.end, Segment.valence, Code.guid, Code.path, SourceText.body)
            .join(Code, Code.id == Segment.code_id)
            .join(Source, Source.id == Segment.source_id)
            .join(SourceText, SourceText.id == Source.text_id)
            .where(Segment.guid == target.guid)
        ).one_or_none()
        if found is None:
            raise CodingError("review_target_gone")
        start, end, valence, code, path, body = found
        return segment_basis(code, valence, body[start:end]), f"“{snippet(body, start, end, _ABOUT)}” · {path}"
    row = session.scalars(select(TABLES[target.kind]).where(TABLES[target.kind].guid == target.guid)).one_or_none()
    if row is None:
        raise CodingError("review_target_gone")
    text = row.reason if target.kind == "judgement" else plain(row.text) if target.kind == "finding" else row.text
    return basis_of_row(target.kind, row), _short(text)


def basis_of_row(kind: TargetKind, row: Any) -> str:
    """The basis of a finding, judgement or conclusion given as its table row."""
    return basis_of(row.status, row.reason) if kind == "judgement" else basis_of(row.text)


def exists(session: Session, target: Target) -> bool:
    """Whether the thing is still there."""
    table = TABLES[target.kind]
    return session.scalar(select(table.id).where(table.guid == target.guid)) is not None


def _short(text: str) -> str:
    return snippet(text, 0, len(text), _ABOUT)
