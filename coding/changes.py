"""What kind of content an operation changed, so that only what shows it refreshes."""

from __future__ import annotations

import enum


class Changes(enum.Flag):
    """Kinds of content; derived from the journal of an operation, never declared by hand."""

    NONE = 0
    PROJECT = enum.auto()
    SOURCES = enum.auto()
    INFORMANTS = enum.auto()
    CODES = enum.auto()
    SEGMENTS = enum.auto()
    MEMOS = enum.auto()
    FINDINGS = enum.auto()
    VIEWS = enum.auto()
    REVIEW = enum.auto()


TABLE_CHANGES: dict[str, Changes] = {
    "project": Changes.PROJECT,
    "source": Changes.SOURCES,
    "turn": Changes.SOURCES,
    "informant": Changes.INFORMANTS,
    "attribute": Changes.INFORMANTS,
    "attribute_value": Changes.INFORMANTS,
    "framework": Changes.CODES,
    "code": Changes.CODES,
    "segment": Changes.SEGMENTS,
    "done_mark": Changes.SOURCES,
    "memo": Changes.MEMOS,
    "finding": Changes.FINDINGS,
    "judgement": Changes.FINDINGS,
    "former_text": Changes.SOURCES,
    "heading": Changes.SOURCES,
    "assignment": Changes.SOURCES,
    "topic": Changes.CODES,
    "code_link": Changes.CODES,
    "journal_entry": Changes.MEMOS,
    "saved_view": Changes.VIEWS,
    "finding_segment": Changes.FINDINGS,
    "recommendation": Changes.FINDINGS,
    "recommendation_factor": Changes.FINDINGS,
    "conclusion": Changes.FINDINGS,
    "conclusion_finding": Changes.FINDINGS,
    "verdict": Changes.REVIEW,
    "comment": Changes.REVIEW,
    "proposal": Changes.REVIEW,
    "settlement": Changes.REVIEW,
    "package": Changes.REVIEW,
    "stamp": Changes.REVIEW,
    "mask_key": Changes.PROJECT,
}
