"""What of a stored text is shown, and where: labels, blank lines and hard wraps are left out of the document.

The document of the view holds the *pieces* of the stored text that are read, with one separator between any two: a
line end, or a space where a hard wrap was. Every gap between two pieces is at least one stored character wide, so a
position in the document stands for exactly one position in the stored text. Nothing is ever read back from Qt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.transcript.offsets import Offsets, round_out
from coding.text import Span
from coding.transcripts.rows import SourceText

# Qt gives U+FFFC a meaning of its own; a replacement character has the same length and is at least seen.
_SHOWN_AS = str.maketrans({"\ufffc": "\ufffd", "\n": " "})
_BLANK = re.compile(r"\s*")
_WORDLESS = re.compile(r"[^\w]*")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the document: stored text `[start, end)`, in code points.

    `turn` is the index of the turn it belongs to, `first` whether it is that turn's first paragraph, `quiet` whether
    the researcher speaks or nobody, `loose` whether a blank line stood before it.
    """

    start: int
    end: int
    header: bool
    turn: int | None
    first: bool
    quiet: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    wrap: bool
    lines: int


class Display:
    """The document of one source and the way between it and the stored text."""

    def __init__(self, source: SourceText, wraps: Collection[int] = ()) -> None:
        """`wraps` are the code points of the line ends that are shown as spaces."""
        self.stored = source.text
        pieces, cuts = _pieces(source, wraps)
        self._starts = [s for s, _ in pieces]
        self._ends = [e for _, e in pieces]
        self._shown_starts: list[int] = []
        shown: list[str] = []
        length = 0
        for index, (start, end) in enumerate(pieces):
            if index:
                shown.append(" " if cuts[index].wrap else "\n")
                length += 1
            self._shown_starts.append(length)
            shown.append(source.text[start:end].translate(_SHOWN_AS))
            length += end - start
        self.text = "".join(shown)
        """What the document holds; `\\n` between paragraphs."""
        self._offsets = Offsets(self.text)
        self.blocks = tuple(_blocks(source, pieces, cuts))
        self._block_starts = [b.start for b in self.blocks]

    @property
    def length(self) -> int:
        """Length of the document in UTF-16 units."""
        return self._offsets.to_qt(len(self.text))

    def block_index(self, at: int) -> int:
        """The block in which the stored code point `at` is shown, or the one before it."""
        return max(bisect_right(self._block_starts, at) - 1, 0)

    def to_qt(self, at: int, forward: bool = False) -> int:
        """The document position of the stored code point `at`.

        What is not shown counts as the end of what stands before it, with `forward` as the start of what follows.
        """
        piece = max(bisect_right(self._starts, at) - 1, 0)
        if at > self._ends[piece] and forward and piece + 1 < len(self._starts):
            piece, at = piece + 1, self._starts[piece + 1]
        inside = min(max(at - self._starts[piece], 0), self._ends[piece] - self._starts[piece])
        return self._offsets.to_qt(self._shown_starts[piece] + inside)

    def qt_range(self, start: int, end: int) -> tuple[int, int]:
        """Document positions of the stored `[start, end)`, from the first to the last of what of it is shown."""
        return self.to_qt(start, forward=True), self.to_qt(end)

    def to_cp(self, position: int, end: bool = False) -> int:
        """The stored code point of a document position.

        As the `end` of a selection, the start of a paragraph counts as the end of the one before, and the middle of
        a surrogate pair as its end.
        """
        return self.cp_of_shown(self._offsets.to_cp(position, up=end), end)

    def cp_of_shown(self, shown: int, end: bool = False) -> int:
        """Like `to_cp` for a position in code points of `text`."""
        piece = max(bisect_right(self._shown_starts, shown) - 1, 0)
        if end and piece and shown == self._shown_starts[piece]:
            return self._ends[piece - 1]
        return self._starts[piece] + min(shown - self._shown_starts[piece], self._ends[piece] - self._starts[piece])

    def span(self, start: int, end: int) -> Span:
        """The stored span of a selection between two document positions, grown to whole characters of the reader."""
        first = self.to_cp(start)
        return round_out(self.stored, first, max(self.to_cp(end, end=True), first))

    def visible(self, start: int, end: int) -> Iterator[Span]:
        """The parts of the stored `[start, end)` that are shown, in order."""
        piece = max(bisect_right(self._starts, start) - 1, 0)
        while piece < len(self._starts) and self._starts[piece] < end:
            first, last = max(start, self._starts[piece]), min(end, self._ends[piece])
            if first < last:
                yield Span(first, last)
            piece += 1


def _cuts(source: SourceText, wraps: Collection[int]) -> list[_Cut]:
    """What is not shown, in order: line ends (with the blanks around a wrap), labels, gaps in header lines."""
    text, joined = source.text, frozenset(wraps)
    cuts: list[_Cut] = []
    for match in re.finditer("\n", text):
        start, end = match.span()
        wrap = start in joined
        if wrap:
            while start and text[start - 1] in " \t":
                start -= 1
            while end < len(text) and text[end] in " \t":
                end += 1
        cuts.append(_Cut(start, end, wrap, 1))
    # Headers are often put in columns with blanks, which no longer stand under each other in a proportional font.
    cuts += [_Cut(*match.span(), True, 0) for match in re.finditer(r"[ \t]{2,}", text[: source.header_end])]
    for turn in source.turns:
        if turn.label_end > turn.label_start:
            # Between label and speech stand a colon and a blank; anything with words in it is shown.
            gap = _WORDLESS.match(text, turn.label_end, turn.start)
            end = turn.start if gap and gap.end() == turn.start else turn.label_end
            blank = _BLANK.match(text, end, max(turn.start, end))
            cuts.append(_Cut(turn.label_start, max(end, blank.end() if blank else end), False, 0))
    # Turns parted in the middle of a line begin a paragraph each; the blanks between them are what is left out.
    for before, turn in pairwise(source.turns):
        if before.end < turn.label_start and _BLANK.fullmatch(text, before.end, turn.label_start):
            cuts.append(_Cut(before.end, turn.label_start, False, 0))
    cuts.sort(key=lambda c: (c.start, c.end))
    merged: list[_Cut] = []
    for cut in cuts:
        last = merged[-1] if merged else None
        if last and not text[last.end : cut.start].strip():
            merged[-1] = _Cut(last.start, max(last.end, cut.end), last.wrap and cut.wrap, last.lines + cut.lines)
        else:
            merged.append(cut)
    return merged


def _pieces(source: SourceText, wraps: Collection[int]) -> tuple[list[tuple[int, int]], list[_Cut]]:
    """The shown pieces, and for each the cut before it (for the first one an empty cut)."""
    text = source.text
    pieces: list[tuple[int, int]] = []
    cuts: list[_Cut] = []
    before = _Cut(0, 0, False, 0)
    for cut in [*_cuts(source, wraps), _Cut(len(text), len(text), False, 0)]:
        if text[before.end : cut.start].strip():
            pieces.append((before.end, cut.start))
            cuts.append(before)
        before = cut
    return (pieces, cuts) if pieces else ([(0, 0)], [_Cut(0, 0, False, 0)])


def _blocks(source: SourceText, pieces: list[tuple[int, int]], cuts: list[_Cut]) -> Iterator[Block]:
    turn_starts = [min(t.label_start, t.start) for t in source.turns]
    seen = -1
    index = 0
    while index < len(pieces):
        start, end = pieces[index]
        loose = index > 0 and cuts[index].lines > 1
        index += 1
        while index < len(pieces) and cuts[index].wrap:
            end = pieces[index][1]
            index += 1
        turn: int | None = bisect_right(turn_starts, start) - 1
        if turn is None or turn < 0 or start >= source.turns[turn].end:
            turn = None
        first = turn is not None and turn != seen
        if turn is not None:
            seen = turn
        header = turn is None and start < source.header_end
        # Between turns stand times and remarks of whoever transcribed.
        quiet = source.turns[turn].kind == "researcher" if turn is not None else bool(source.turns) and not header
        yield Block(start, end, header, turn, first, quiet, loose)
