"""Coded segments as they will be once the project has stored them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from coding.codes.rows import CodeRow
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span
from coding.transcripts.rows import SourceText


def new_row(
    source: SourceText, coder: str, guid: str, span: Span, code: CodeRow, valence: Valence | None
) -> SegmentRow:
    """The segment by which `coder` puts the code on the span now."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return SegmentRow(
        guid=guid, source=source.name, source_guid=source.guid, start=span.start, end=span.end,
        text=source.text[span.start : span.end], framework=code.framework, code=code.path, code_guid=code.guid,
        label_id=code.label_id, label_en=code.label_en, color=code.color, valence=valence, coder=coder,
        informants=(), memo="", exemplar=False, created_at=moment, modified_at=moment, source_date=source.date,
    )  # fmt: skip


def with_code(row: SegmentRow, code: CodeRow) -> SegmentRow:
    """The segment with another code."""
    return replace(
        row, topic="", topic_guid=None, framework=code.framework, code=code.path, code_guid=code.guid,
        label_id=code.label_id, label_en=code.label_en, color=code.color,
    )  # fmt: skip
