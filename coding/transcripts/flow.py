"""Writing a document's text in the order of reading, with the places of what is no text itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as calendar
from itertools import pairwise

from coding.text import normalise
from coding.transcripts.comments import FileComment
from coding.transcripts.headings import HeadingSpan
from coding.words import Notice

ACCEPTED = "{count} tracked change was taken as accepted"
ACCEPTED_MANY = "{count} tracked changes were taken as accepted"
HIDDEN = "{count} stretch of hidden text was left out"
HIDDEN_MANY = "{count} stretches of hidden text were left out"
TOLD = "only the look of the paragraphs says who speaks; labels were added, check them in the list of speakers"
NOTES = "{count} note stands at the end of the text"
NOTES_MANY = "{count} notes stand at the end of the text"


@dataclass(frozen=True, slots=True)
class Flowed:
    """A document read: positions are code points in `text`, before it is cleaned for storing.

    `notes_at` is where footnotes and endnotes begin, each as `[1] …`; None when there are none.
    """

    text: str
    headings: tuple[HeadingSpan, ...] = ()
    comments: tuple[FileComment, ...] = ()
    notes_at: int | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class _Comment:
    author: str
    date: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Flow:
    """What is written so far. `gap` is what parts the next line from what stands before it."""

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    gap: str = ""
    changes: int = 0
    hidden: int = 0
    notes: int = 0
    notes_at: int | None = None
    told: bool = False
    headings: list[HeadingSpan] = field(default_factory=list)
    comments: dict[str, _Comment] = field(default_factory=dict)

    def write(self, text: str) -> None:
        """Write on in the line that is begun."""
        if text:
            self.pieces.append(text)
            self.at += len(text)

    def line(self) -> None:
        """Begin a line; the next one will be parted from it by a line feed."""
        self.write(self.gap)
        self.gap = "\n"

    def comment(self, key: str, author: str, date: str, text: str) -> None:
        """A comment of the file, wherever it may turn out to belong; without any text it says nothing."""
        if text.strip():
            self.comments[key] = _Comment(" ".join(author.split()), _day(date), text.strip())

    def begins(self, key: str, at: int) -> None:
        """The passage of the comment `key` begins at `at`."""
        if (comment := self.comments.get(key)) is not None:
            comment.start = at

    def ends(self, key: str, at: int) -> None:
        """The passage of the comment `key` ends at `at`; one that was never begun belongs to this place."""
        if (comment := self.comments.get(key)) is not None and comment.end is None:
            comment.end = at

    def flowed(self) -> Flowed:
        """All that was written."""
        text = "".join(self.pieces)
        found = []
        for comment in self.comments.values():
            end = min(len(text), comment.end if comment.end is not None else comment.start or 0)
            start = min(end, comment.start if comment.start is not None else end)
            passage = text[start:end]
            start += len(passage) - len(passage.lstrip())
            end = start + len(passage.strip())
            found.append(FileComment(start, end, comment.author, comment.date, comment.text))
        found.sort(key=lambda comment: (comment.start, comment.end))
        return Flowed(text, tuple(self.headings), tuple(found), self.notes_at, tuple(self._notices()))

    def _notices(self) -> Iterable[Notice]:
        if self.changes:
            yield Notice(ACCEPTED, (("count", self.changes),), ACCEPTED_MANY)
        if self.hidden:
            yield Notice(HIDDEN, (("count", self.hidden),), HIDDEN_MANY)
        if self.told:
            yield Notice(TOLD)
        if self.notes:
            yield Notice(NOTES, (("count", self.notes),), NOTES_MANY)


def _day(date: str) -> str:
    try:
        return calendar.fromisoformat(date[:10]).isoformat()
    except ValueError:
        return ""


class Places:
    """Where positions of a text are once it is cleaned for storing."""

    def __init__(self, raw: str, stored: str) -> None:
        self._same = raw == stored
        self._limit = len(stored)
        if self._same:
            return
        # no line end ever composes with what stands next to it, so that lines can be measured one by one
        self._raw = raw
        self._edges = [0, *(match.end() for match in re.finditer("\r\n|[\n\r\u2028\u2029]", raw)), len(raw)]
        self._bom = max(0, _length(raw) - len(stored))
        self._moved = [0]
        for start, end in pairwise(self._edges):
            self._moved.append(self._moved[-1] + _length(raw[start:end]))

    def __call__(self, at: int) -> int:
        """The position in the stored text of the position `at` in the raw one."""
        if self._same:
            return min(at, self._limit)
        line = max(0, bisect_left(self._edges, at) - 1)
        moved = self._moved[line] + _length(self._raw[self._edges[line] : at]) - self._bom
        return min(max(0, moved), self._limit)


def _length(piece: str) -> int:
    # the line end in front keeps a mark inside the text from being taken for one at its beginning
    return len(normalise("\n" + piece)) - 1
