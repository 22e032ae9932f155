"""Comments that a file brings along: who said what of which passage, and the memo they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.errors import mark
from coding.text import snippet
from coding.words import Words

HEAD = mark("Comments in the file “{file}”")
_QUOTED = 300
"""Code points of a quoted passage at most."""


@dataclass(frozen=True, slots=True)
class FileComment:
    """A comment on `[start, end)` of the text (code points; empty where it belongs to a place, not to a passage).

    `author` is as the file has it and may be empty; `date` is an ISO day or empty.
    """

    start: int
    end: int
    author: str
    date: str
    text: str


def memo_of(comments: Sequence[FileComment], text: str, file_name: str, words: Words) -> str:
    """The memo that lists the comments in the order of the text, each under its author, day and quoted passage."""
    entries = [words.t(HEAD, file=file_name)]
    for comment in sorted(comments, key=lambda comment: (comment.start, comment.end)):
        said = " · ".join(part for part in (comment.author, words.date(comment.date)) if part)
        quoted = snippet(text, comment.start, comment.end, _QUOTED)
        head = ": ".join(part for part in (said, f"“{quoted}”" if quoted else "") if part)
        entries.append("\n".join(part for part in (head, comment.text) if part))
    return "\n\n".join(entries)
