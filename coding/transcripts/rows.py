"""Frozen rows about sources, their turns and informants; positions are code points in the stored text."""

from __future__ import annotations

from dataclasses import dataclass

from coding.transcripts.drafts import Category, Method, SpeakerKind


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of a list of sources. `coded` is the share (0–1) of informants' non-space characters that are coded;
    `original` the size in bytes of the kept file, 0 where none was kept."""

    guid: str
    name: str
    method: Method
    date: str | None
    place: str | None
    characters: int
    words: int
    turns: int
    informants: tuple[str, ...]
    segments: int
    coded: float
    left_out: bool
    own_statements: bool
    original: int = 0


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn `[start, end)`; `speaker` is what stands in the gutter: the informant's code, or the label."""

    guid: str
    start: int
    end: int
    label_start: int
    label_end: int
    kind: SpeakerKind
    label: str
    informant: str | None
    informant_guid: str | None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source with all that the text view needs."""

    guid: str
    name: str
    method: Method
    date: str | None
    place: str | None
    text: str
    header_end: int
    turns: tuple[TurnRow, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class InformantRow:
    """One informant. `attributes` are the study's own, as (name, value) in the order of the study. `heard`: has a turn
    in a source that counts. `keep_until` is an ISO date."""

    guid: str
    code: str
    initials: str | None
    name: str | None
    role: str | None
    group: str | None
    category: Category | None
    age: int | None
    gender: str | None
    place: str | None
    remark: str | None
    left_out: bool
    attributes: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    honorific: str | None = None
    pseudonym: str | None = None
    planned: bool = False
    consent: str | None = None
    keep_until: str | None = None
    turns: int = 0
    heard: bool = False

    @property
    def counted(self) -> bool:
        """Whether this is one of the informants of the study: heard, and not left out of the analysis. Every number of
        informants in a report counts these."""
        return self.heard and not self.left_out
