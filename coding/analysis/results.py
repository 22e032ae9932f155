"""Frozen results that window, Word and command line all read. Labels are bilingual, notices worded when shown.

Status and stance keys are those of DOMAIN.md §3.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coding.words import Notice

Kind = Literal["source", "method", "time", "place", "investigator", "theory"]
KINDS: tuple[Kind, ...] = ("source", "method", "time", "place", "investigator", "theory")
Level = Literal["dimension", "indicator"]
Stance = Literal["supporting", "inhibiting", "neutral", "mixed", "silent"]
Part = Literal["dimension", "indicator", "no_indicator", "topic"]
Status = Literal["absent", "single", "covered", "convergent", "divergent", "partial"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label in both languages."""

    id: str
    en: str

    def in_(self, language: str) -> str:
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class VoiceCell:
    """One voice of a cell: its stance, and how many of its passages support and inhibit (one may do both)."""

    voice: str
    stance: Stance
    passages: int
    supporting: int
    inhibiting: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says on one row. `segment_ids` and `exemplars` are guids; the exemplar is the first of them."""

    column: str | None
    segments: int
    passages: int
    informants: int
    voices: int
    stance: Stance
    exemplars: tuple[str, ...]
    segment_ids: tuple[str, ...]
    split: tuple[VoiceCell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `key` None is “no value”. `members` counts its informants, or its sources when `of` is `"sources"`."""

    key: str | None
    label: Label
    members: int
    of: Literal["informants", "sources", "none"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the analyst decides for a row instead of the computed status; stale when the cells it rests on changed."""

    status: Status
    reason: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a dimension, an indicator, or what is tagged with a dimension but no indicator of it.

    `topics` are the rows inside it, one for each topic that somebody speaks of and, last, one for what has no topic
    (`topic` is the topic's guid, "" for that one; None on a row that is no topic's). The row itself counts all of them.
    """

    code: str
    code_guid: str
    label: Label
    part: Part
    color: int
    parent: str | None
    status: Status
    coverage: tuple[int, int]
    judgement: Judgement | None
    cells: tuple[Cell, ...]
    topic: str | None = None
    topics: tuple[Row, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """What tells the row from every other of its matrix: its code and part, for a topic its code and the topic."""
        return self.code, self.part if self.topic is None else f"topic {self.topic}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A triangulation matrix. Cells of every row stand in the order of `columns`.

    `whole` is the same matrix over all that counts where a filter leaves some of it out, None where none does: what the
    analyst writes rests on it, whatever is filtered.
    """

    kind: Kind
    columns_by: str
    framework: str
    framework_label: Label
    against: str | None
    level: Level
    threshold: Fraction
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...]
    whole: Matrix | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One direction of a factor. `who` are the voices (informants' codes, else source names) in order."""

    segments: int
    passages: int
    informants: int
    who: tuple[str, ...]
    exemplars: tuple[str, ...]
    segment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor with both its sides; contested when both have a segment."""

    code: str
    code_guid: str
    label: Label
    part: Literal["dimension", "indicator", "no_indicator"]
    color: int
    parent: str | None
    parent_label: Label | None
    contested: bool
    informants: int
    supporting: Side
    inhibiting: Side
    neutral: Side
    unmarked: int


@dataclass(frozen=True, slots=True)
class Factors:
    """The summary of supporting and inhibiting factors, in the order of DOMAIN.md §4.

    `whole` is the same summary over all that counts where a filter leaves some of it out, None where none does.
    """

    framework: str
    framework_label: Label
    level: Level
    rows: tuple[FactorRow, ...]
    notices: tuple[Notice, ...]
    whole: Factors | None = None
