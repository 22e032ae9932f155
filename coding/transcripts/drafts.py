"""What a reader has understood of a file, before anything is stored. All positions are code points in `Draft.text`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from coding.transcripts.anchors import Anchor
from coding.transcripts.columns import TableView
from coding.transcripts.comments import FileComment
from coding.transcripts.headings import HeadingSpan
from coding.words import Notice

Method = Literal["interview", "focus_group", "observation", "document", "questionnaire"]
METHODS: tuple[Method, ...] = ("interview", "focus_group", "observation", "document", "questionnaire")
SpeakerKind = Literal["researcher", "informant", "unknown"]
Category = Literal["key", "main", "supporting"]
CATEGORIES: tuple[Category, ...] = ("key", "main", "supporting")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks in a draft. `label` is as it stands in the text (`AS (36)`); the rest may be unknown (None).

    A speaker with an empty label and no turn is somebody the header names who does not speak. `chosen` says that the
    user gave the code, so that it names an informant whatever the age.
    """

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
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """What the user says of a label: who speaks, or that it is no label (`"none"`); `code` is the informant's."""

    kind: SpeakerKind | Literal["none"]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decides instead of the reader. None leaves it to the reader; an empty date or place is none.

    `informant` is the code of the one informant; `researcher_labels` and `labels` are compared without case. A label
    may carry its age (`RP (28)`), else it means every label of these letters.
    """

    method: Method | None = None
    date: str | None = None
    place: str | None = None
    informant: str | None = None
    researcher_labels: tuple[str, ...] = ()
    labels: tuple[tuple[str, LabelChoice], ...] = ()

    def with_(self, later: Choices) -> Choices:
        """These choices and, before them, the `later` ones."""
        return Choices(
            method=later.method or self.method,
            date=self.date if later.date is None else later.date,
            place=self.place if later.place is None else later.place,
            informant=later.informant or self.informant,
            researcher_labels=tuple(dict.fromkeys((*self.researcher_labels, *later.researcher_labels))),
            labels=tuple({**dict(self.labels), **dict(later.labels)}.items()),
        )


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """A stretch by one speaker: `[start, end)` without the label, whose own span is `[label_start, label_end)`.

    The label's span has all that belongs to it: time code, brackets, colon. `speaker` is an index into
    `Draft.speakers`. An unlabelled interview has one turn with an empty label span.
    """

    start: int
    end: int
    label_start: int
    label_end: int
    speaker: int


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A header line `label: value` at `[start, end)`; an empty value is one that the header leaves open (`-`).

    `key` is one of informant, role, group, category, age, gender, date, place, researcher, method, title, other.
    """

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A file read and understood, ready to be looked at and stored.

    `confident` is False when who speaks was guessed; `unsure_labels` are the labels in doubt for which nobody has
    answered, also those not taken.
    `date` is a day, a month (`2022-08`) or a year, ISO. `choices` are the user's, kept so that reading the same text
    again gives the same. `comments` are the file's, and become the source's memo; no turn reaches beyond `notes_at`,
    where footnotes begin (None without any). `original` is the file that the project is to keep; empty for none.
    """

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
    headings: tuple[HeadingSpan, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    choices: Choices = Choices()
    comments: tuple[FileComment, ...] = ()
    notes_at: int | None = None
    original: str = ""
    table: TableView | None = None
