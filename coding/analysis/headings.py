"""Headings beside the analyst's own codes: where a passage stands under a heading that names another code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.store.models import Code, Heading, Segment, Source, SourceText
from coding.text import snippet
from coding.transcripts.headings import sections

QUOTE = 200
"""Code points of a passage that is shown."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading of a source. `code` is the path of the code it names, None when it names none; `segments` counts the
    coded segments under it, `mismatches` those of the code's framework that are on another dimension."""

    guid: str
    source: str
    source_guid: str
    start: int
    end: int
    level: int
    text: str
    code: str | None
    code_guid: str | None
    label_id: str
    label_en: str
    segments: int
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A coded segment under a heading of another code."""

    segment: str
    code: str
    label_id: str
    label_en: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Node:
    path: str
    guid: str
    framework: int | None
    dimension: int
    label_id: str
    label_en: str


def headings(reader: Reader) -> list[HeadingRow]:
    """All headings in the order of sources and of their texts, each with what stands under it."""
    with reader.read() as session:
        codes = _codes(session)
        sources = session.execute(
            select(Source.id, Source.guid, Source.name, SourceText.body)
            .join(SourceText, SourceText.id == Source.text_id)
            .where(select(Heading.id).where(Heading.source_id == Source.id).exists())
            .order_by(Source.position)
        ).all()
        found = []
        for source in sources:
            rows = session.execute(
                select(Heading.guid, Heading.start, Heading.end, Heading.level, Heading.code_id)
                .where(Heading.source_id == source.id)
                .order_by(Heading.start)
            ).all()
            under = sections([(row.start, row.end, row.level) for row in rows], len(source.body))
            segments = session.execute(
                select(Segment.guid, Segment.start, Segment.end, Segment.code_id)
                .where(Segment.source_id == source.id)
                .order_by(Segment.start, Segment.id)
            ).all()
            for row, (start, end) in zip(rows, under, strict=True):
                code = codes.get(row.code_id)
                inside = [s for s in segments if start <= s.start < end]
                other = [s for s in inside if code is not None and _differs(codes[s.code_id], code)]
                found.append(
                    HeadingRow(
                        row.guid, source.name, source.guid, row.start, row.end, row.level,
                        source.body[row.start : row.end],
                        code.path if code else None, code.guid if code else None,
                        code.label_id if code else "", code.label_en if code else "", len(inside),
                        tuple(
                            Mismatch(
                                s.guid, codes[s.code_id].path, codes[s.code_id].label_id, codes[s.code_id].label_en,
                                snippet(source.body, s.start, s.end, QUOTE),
                            )
                            for s in other
                        ),
                    )
                )  # fmt: skip
        return found


def _differs(segment: _Node, heading: _Node) -> bool:
    """Of the same framework, but on another dimension: what a heading says nothing about is no mismatch."""
    return segment.framework == heading.framework is not None and segment.dimension != heading.dimension


def _codes(session: Session) -> dict[int, _Node]:
    rows = session.execute(
        select(Code.id, Code.guid, Code.path, Code.framework_id, Code.parent_id, Code.label_id, Code.label_en)
    ).all()
    return {
        row.id: _Node(row.path, row.guid, row.framework_id, row.parent_id or row.id, row.label_id, row.label_en)
        for row in rows
    }


def set_heading_code(op: Operation, guid: str, code: str | None) -> None:
    """Say which code a heading names, or that it names none. Raises CodingError("memo_target_gone")."""
    row = op.session.scalars(select(Heading).where(Heading.guid == guid)).first()
    number = op.session.scalar(select(Code.id).where(Code.guid == code)) if code else None
    if row is None or (code and number is None):
        raise CodingError("memo_target_gone")
    row.code_id = number
    op.session.flush()


def has_headings(reader: Reader) -> bool:
    """Whether any source has a heading."""
    with reader.read() as session:
        return bool(session.scalar(select(func.count()).select_from(Heading)))
