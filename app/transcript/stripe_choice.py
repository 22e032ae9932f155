"""Which coded segments have stripes in the margin, and what their colour and word tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from coding.errors import mark
from coding.segments.rows import SegmentRow

StripeMode = Literal["all", "code", "recent", "coder", "framework"]

MOST_COLUMNS = 12
"""Coders or frameworks that can stand side by side."""
MODE_NAMES: dict[StripeMode, str] = {
    "all": mark("All stripes"),
    "code": mark("The selected code"),
    "recent": mark("Codes used last"),
    "coder": mark("By coder"),
    "framework": mark("By framework"),
}
"""The ways to draw stripes, in the order of the menu."""


@dataclass(frozen=True, slots=True)
class StripeChoice:
    """One way to draw stripes.

    `codes` are the guids whose segments are drawn with `code` and `recent`; `names` are the words for frameworks, ""
    standing for open codes. Coders and frameworks have the colour of their place in `places`.
    """

    mode: StripeMode = "all"
    codes: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def selects(self) -> bool:
        """Whether some segments have no stripe."""
        return self.mode in ("code", "recent")

    def shows(self, row: SegmentRow) -> bool:
        """Whether the segment has a stripe."""
        return not self.selects or row.code_guid in self.codes

    def color(self, row: SegmentRow) -> int:
        """The number of the stripe's colour among those of codes."""
        group = self._group(row)
        return row.color if group is None else self.places.get(group, 0)

    @property
    def columns(self) -> int:
        """How many coders or frameworks have lanes of their own; 0 where all stripes share the lanes."""
        return len(self.places) if 1 < len(self.places) <= MOST_COLUMNS else 0

    @property
    def breadth(self) -> int:
        """How many lanes each of them has."""
        return 2 if self.columns <= MOST_COLUMNS // 4 else 1

    def lanes(self, row: SegmentRow) -> range:
        """The lanes of the coder's or the framework's own."""
        first = self.places.get(self._group(row) or "", 0) * self.breadth
        return range(first, first + self.breadth)

    def word(self, row: SegmentRow, language: str) -> str:
        """What is written beside the stripe."""
        group = self._group(row)
        return row.label(language) if group is None else self.names.get(group, group)

    def _group(self, row: SegmentRow) -> str | None:
        if self.mode == "coder":
            return row.coder
        return (row.framework or "") if self.mode == "framework" else None


def choice(
    mode: StripeMode, rows: Iterable[SegmentRow], codes: Collection[str] = (), names: Mapping[str, str] | None = None
) -> StripeChoice:
    """The way `mode` for the segments `rows`; coders and frameworks get their colours in alphabetical order."""
    groups: Iterable[str] = ()
    if mode == "coder":
        groups = sorted({row.coder for row in rows}, key=str.casefold)
    elif mode == "framework":
        groups = sorted({row.framework or "" for row in rows})
    places = {group: place for place, group in enumerate(groups)}
    return StripeChoice(mode, frozenset(codes), dict(names or {}), places)
