"""Frozen rows that views and writers read; positions are code points in the source's stored text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Valence = Literal["supporting", "inhibiting", "neutral"]
VALENCES: tuple[Valence, ...] = ("supporting", "inhibiting", "neutral")


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One coded segment. `code` is the code's path (`edward3.communication.clarity`) or an open code's name.

    `reported` says that the passage is reported speech, a paraphrase, and not a verbatim quotation; `topic`
    is the label inside its code that it stands under, or ""."""

    guid: str
    source: str
    source_guid: str
    start: int
    end: int
    text: str
    framework: str | None
    code: str
    code_guid: str
    label_id: str
    label_en: str
    color: int
    valence: Valence | None
    coder: str
    informants: tuple[str, ...]
    memo: str
    exemplar: bool
    created_at: str
    modified_at: str
    source_date: str | None = None
    reported: bool = False
    topic: str = ""
    topic_guid: str | None = None

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en
