"""Frozen rows about frameworks and codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CodeLevel = Literal["dimension", "indicator", "open"]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code one can tag with. `number` is its 1-based place among its siblings (the key that tags with it).

    `path` is `framework.dimension[.indicator]`, or an open code's name. `color` indexes the palette of code colours.
    `segments` counts coded segments on this code alone, `segments_below` with its indicators'.
    """

    guid: str
    path: str
    framework: str | None
    parent: str | None
    level: CodeLevel
    number: int
    label_id: str
    label_en: str
    definition_id: str
    definition_en: str
    look_for_id: str
    look_for_en: str
    cues: tuple[str, ...]
    color: int
    segments: int = 0
    segments_below: int = 0

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en

    def definition(self, language: str) -> str:
        return self.definition_id if language == "id" else self.definition_en


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A framework as the project adopted it, its codes in order: each dimension followed by its indicators."""

    guid: str
    key: str
    edition: int
    label_id: str
    label_en: str
    codes: tuple[CodeRow, ...]
    segments: int

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en
