"""Stored text and positions in it: code points, half-open `[start, end)`. White space is what `str.isspace` says."""

from __future__ import annotations

import re
import unicodedata
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
