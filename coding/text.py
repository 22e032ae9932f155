"""Stored text and positions in it: code points, half-open `[start, end)`. White space is what `str.isspace` says."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")
# Controls (Cc) but tab and line feed, the non-characters U+FDD0–FDEF that Qt uses for itself, and surrogates: in a
# Python string every surrogate is a lone one.
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff]")
_WORD = re.compile(r"\S+")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch `[start, end)` of a text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start}–{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def overlaps(self, other: Span) -> bool:
        """Whether both share at least one code point; touching is not overlap."""
        return max(self.start, other.start) < min(self.end, other.end)

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def normalise(raw: str) -> str:
    """`raw` as it is stored (DOMAIN.md §1 "Text"): line ends, dropped characters, NFC, nothing else. Idempotent."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", raw))
    # After the other characters, so that a control in front of the mark does not protect it.
    return unicodedata.normalize("NFC", text.lstrip(_BOM))


def trim(text: str, start: int, end: int) -> Span:
    """`[start, end)` without the white space at both ends; empty, at `start`, when there is nothing else."""
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return Span(start, start)
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, first + len(inner))


def snippet(text: str, start: int, end: int, width: int) -> str:
    """`[start, end)` on one line of at most `width` characters, white space collapsed, cut at a word with “…”."""
    if width < 2:
        raise ValueError(f"no room for a snippet: {width}")
    line = ""
    # Word by word, because a passage may be a whole document.
    for match in _WORD.finditer(text, start, end):
        longer = f"{line} {match.group()}" if line else match.group()
        if len(longer) <= width:
            line = longer
            continue
        if len(line) > width // 2:
            line = line if len(line) < width else line.rpartition(" ")[0] or line[: width - 1]
        else:
            line = longer[: width - 1]
        return line.rstrip(" ,;:.–—-") + "…"
    return line


@dataclass(frozen=True, slots=True)
class Hunk:
    """A place where a text was edited: `[start, end)` of the old text became `[new_start, new_end)` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


class Shift:
    """Where positions of an old text are in a new one that differs from it in `hunks`, in order and not touching.

    What stands between hunks keeps exactly its characters. At the edge of a hunk: an insertion stays outside the
    passages that begin or end there; a replacement belongs to the passage that held the replaced characters.
    """

    def __init__(self, hunks: Sequence[Hunk]) -> None:
        self.hunks = tuple(hunks)
        self._firsts = [hunk.start for hunk in hunks]
        self._starts = [hunk.end for hunk in hunks]
        self._ends = [max(hunk.end, hunk.start + 1) for hunk in hunks]
        self._by = [0, *(hunk.new_end - hunk.end for hunk in hunks)]

    def start(self, at: int) -> int:
        """Where a passage begins that began at `at`."""
        return at + self._by[bisect_right(self._starts, at)]

    def end(self, at: int) -> int:
        """Where a passage ends that ended at `at`."""
        return at + self._by[bisect_right(self._ends, at)]

    def loses_start(self, at: int) -> bool:
        """Whether the beginning `at` was edited away, so that it has no place of its own any more."""
        return self.kept_start(at) != at

    def loses_end(self, at: int) -> bool:
        """Whether the end `at` was edited away."""
        return self.kept_end(at) != at

    def kept_start(self, at: int) -> int:
        """Where, in the old text, what is left of a passage begins that began at `at`."""
        number = bisect_right(self._firsts, at) - 1
        if number < 0:
            return at
        hunk = self.hunks[number]
        held = hunk.start if hunk.new_end > hunk.new_start else hunk.start - 1
        return hunk.end if held < at < hunk.end else at

    def kept_end(self, at: int) -> int:
        """Where, in the old text, what is left of a passage ends that ended at `at`."""
        number = bisect_left(self._firsts, at) - 1
        if number < 0:
            return at
        hunk = self.hunks[number]
        held = hunk.end if hunk.new_end > hunk.new_start else hunk.end + 1
        return hunk.start if hunk.start < at < held else at

    def back(self) -> Shift:
        """The way from the new text to the old one."""
        return Shift([Hunk(h.new_start, h.new_end, h.start, h.end) for h in self.hunks])
