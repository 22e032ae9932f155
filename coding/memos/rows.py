"""Frozen rows about memos and pages of the research journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MemoKind = Literal["journal", "project", "source", "informant", "code", "segment"]
MEMO_KINDS: tuple[MemoKind, ...] = ("journal", "project", "source", "informant", "code", "segment")
"""What a memo can be on, and `journal` for a page of the research journal."""


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One memo or journal page.

    `target` is the guid of what it is on, a journal page's own. `title_id` and `title_en` name that thing; `source` is
    the source it lies in or is on, `quote` a segment's passage. `date` is the day of a journal page (ISO), else the day
    it was last changed; `created_at` and `modified_at` are UTC.
    """

    kind: MemoKind
    target: str
    title_id: str
    title_en: str
    text: str
    coder: str
    date: str
    created_at: str
    modified_at: str
    source: str = ""
    source_guid: str = ""
    quote: str = ""

    def title(self, language: str) -> str:
        return self.title_id if language == "id" else self.title_en


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """Which memos: of these kinds (none named: all), by this coder, with all these words (case ignored)."""

    kinds: frozenset[MemoKind] = frozenset()
    coder: str | None = None
    text: str = ""

    def lets(self, row: MemoRow) -> bool:
        """Whether the row is one of them."""
        if self.kinds and row.kind not in self.kinds:
            return False
        if self.coder is not None and row.coder != self.coder:
            return False
        words = self.text.casefold().split()
        where = f"{row.title_id} {row.title_en} {row.text} {row.source} {row.quote}".casefold()
        return all(word in where for word in words)
