"""Frozen rows about frameworks and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CodeLevel = Literal["dimension", "indicator", "open"]
TEXT_FIELDS = ("definition", "look_for", "not_this")
LIST_FIELDS = ("questions", "cues", "cues_supporting", "cues_inhibiting")
"""What is kept of a code in each language beside its label: one text, or a list of short ones."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code one can tag with. `number` is its 1-based place among its siblings (the key that tags with it).

    `path` is `framework.dimension[.indicator]`, or an open code's name. `color` indexes the palette of code colours.
    `segments` counts coded segments on this code alone, `segments_below` with its indicators'. `own`: it is the
    study's own, not of the edition that was adopted.
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
    own: bool = False

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en

    def definition(self, language: str) -> str:
        return self.definition_id if language == "id" else self.definition_en


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A framework as the project adopted it, its codes in order: each dimension followed by its indicators.

    `own`: made in this project, not an edition of a theory; `based_on` is then the key and edition it was copied from
    (`edward3/1`).
    """

    guid: str
    key: str
    edition: int
    label_id: str
    label_en: str
    codes: tuple[CodeRow, ...]
    segments: int
    own: bool = False
    based_on: str | None = None
    literature: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A label inside a code that tells apart what would else contradict; `segments` counts those under it."""

    guid: str
    code_guid: str
    label: str
    segments: int


@dataclass(frozen=True, slots=True)
class LinkedCode:
    """A code that another one is mapped onto, or that is mapped onto it. `framework` is a key, None for an open code;
    `above_id` and `above_en` name the dimension it stands under, if any."""

    guid: str
    framework: str | None
    label_id: str
    label_en: str
    above_id: str
    above_en: str
    color: int

    def label(self, language: str) -> str:
        """`Sumber Daya › Staf`, or the label alone at the top."""
        own, above = (self.label_id, self.above_id) if language == "id" else (self.label_en, self.above_en)
        return f"{above} › {own}" if above else own


@dataclass(frozen=True, slots=True)
class CodeDetails:
    """Everything about one code, to be edited. `texts` and `lists` are by field and language (`rows.TEXT_FIELDS`,
    `rows.LIST_FIELDS`); `links` are mappings either way."""

    code: CodeRow
    texts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    literature: tuple[str, ...]
    topics: tuple[TopicRow, ...]
    links: tuple[LinkedCode, ...]
    memo: str


@dataclass(frozen=True, slots=True)
class Going:
    """What goes when codes, or a framework, are deleted."""

    codes: int
    segments: int
    memos: int
    topics: int
    links: int
    findings: int

    @property
    def written(self) -> int:
        """Memos and findings: what somebody wrote."""
        return self.memos + self.findings


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging codes will do: `segments` get the code that stays; `joined` of them become one with another that
    lies on the same span by the same coder; in `contrary` such places the directions differ."""

    segments: int
    joined: int
    contrary: int
    codes: int
    topics: int
    memos: int
    findings: int
