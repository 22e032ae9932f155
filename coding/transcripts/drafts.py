"""What a reader has understood of a file, before anything is stored. All positions are code points in `Draft.text`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from coding.words import Notice

Method = Literal["interview", "focus_group", "observation", "document", "questionnaire"]
METHODS: tuple[Method, ...] = ("interview", "focus_group", "observation", "document", "questionnaire")
SpeakerKind = Literal["researcher", "informant", "unknown"]
Category = Literal["key", "main", "supporting"]
CATEGORIES: tuple[Category, ...] = ("key", "main", "supporting")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks in a draft. `label` is as it stands in the text (`AS (36)`); the rest may be unknown (None)."""

    label: str
    kind: SpeakerKind
    code: str | None = None
    name: str | None = None
    initials: str | None = None
    role: str | None = None
    group: str | None = None
    category: Category | None = None
    age: int | None = None
    gender: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """A stretch by one speaker: `[start, end)` without the label, whose own span is `[label_start, label_end)`.

    `speaker` is an index into `Draft.speakers`. An unlabelled interview has one turn with an empty label span.
    """

    start: int
    end: int
    label_start: int
    label_end: int
    speaker: int


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A header line `label: value`; `key` is one of informant, role, group, category, age, gender, date, place,
    researcher, method, title, other."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A file read and understood, ready to be looked at and stored."""

    name: str
    text: str
    method: Method
    date: str | None = None
    place: str | None = None
    header_end: int = 0
    header: tuple[HeaderField, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[DraftTurn, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    segmenter: str = ""
    confident: bool = True
    notices: tuple[Notice, ...] = ()
    file_name: str = ""
    file_hash: str = ""
    encoding: str = ""
    unsure_labels: tuple[str, ...] = field(default=())
