"""Sentences, turns and words around a place, and the edges of a passage moved by them; all in code points."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from app.transcript.display import Display
from app.transcript.offsets import is_boundary, round_out
from coding.text import Span, trim
from coding.transcripts.rows import SourceText, TurnRow

Edge = Literal["start", "end"]
Unit = Literal["character", "word", "sentence"]

NEAR = 600
"""Code points around a place in which the next character is looked for."""

# A word with what belongs to it: quotation marks and brackets that open before it, full stops and those that close
# after it. Anything else that is no blank stands for itself.
_WORD = re.compile(r"""["“‘'(\[]*\w+(?:[-'’./@:]\w+)*[.?!…"”’')\]%]*|[^\w\s]""")


class Passages:
    """The units one can tag in a source: its sentences, turns and words."""

    def __init__(self, source: SourceText, display: Display) -> None:
        self._source = source
        self._display = display
        self._sentences = [s for s in (trim(source.text, a, b) for a, b in source.sentences) if s]
        self._starts = [s.start for s in self._sentences]
        self._ends = sorted(s.end for s in self._sentences)
        self._turn_starts = [min(t.start, t.label_start) for t in source.turns]

    def sentence(self, at: int) -> Span:
        """The sentence at a caret; between two of one paragraph the one that has just ended, else the paragraph."""
        index = bisect_right(self._starts, at) - 1
        if index >= 0 and at < self._sentences[index].end:
            return self._sentences[index]
        block = self._display.blocks[self._display.block_index(at)]
        if index >= 0 and self._sentences[index].end > block.start:
            return self._sentences[index]
        if index + 1 < len(self._sentences) and self._sentences[index + 1].start < block.end:
            return self._sentences[index + 1]
        return trim(self._source.text, block.start, block.end)

    def turn_number(self, at: int) -> int | None:
        """The 0-based number of the turn that a caret at `at` is in; None outside turns."""
        index = bisect_right(self._turn_starts, at) - 1
        return index if index >= 0 and at <= self._source.turns[index].end else None

    def turn(self, at: int) -> Span:
        """The turn at a caret without its label; outside turns the paragraph."""
        number = self.turn_number(at)
        if number is None:
            block = self._display.blocks[self._display.block_index(at)]
            return trim(self._source.text, block.start, block.end)
        row: TurnRow = self._source.turns[number]
        return trim(self._source.text, row.start, row.end)

    def turns(self, span: Span) -> Span:
        """From the start of the turn where `span` begins to the end of the one where it ends."""
        return Span(self.turn(span.start).start, self.turn(max(span.end - 1, span.start)).end)

    def moved(self, span: Span, edge: Edge, unit: Unit, outward: bool) -> Span:
        """`span` with one edge moved by a character, a word or a sentence, outward or inward; unchanged where there is
        no room. Blanks are passed over: an edge stands at something that can be read."""
        starts, ends = self._stops(span, unit, span.start if edge == "start" else span.end)
        if edge == "start":
            start = _before(starts, span.start) if outward else _after(starts, span.start)
            return Span(start, span.end) if start is not None and start < span.end else span
        end = _after(ends, span.end) if outward else _before(ends, span.end)
        return Span(span.start, end) if end is not None and end > span.start else span

    def _stops(self, span: Span, unit: Unit, at: int) -> tuple[Sequence[int], Sequence[int]]:
        if unit == "sentence" and self._sentences:
            return self._starts, self._ends
        found = self._characters_near(at) if unit == "character" else self._words_around(span)
        return [w.start for w in found], [w.end for w in found]

    def place(self, span: Span, edge: Edge, at: int) -> Span:
        """`span` with one edge put to the code point `at`, or back from there to where a readable character begins or
        ends; never beyond the other edge, so that something stays inside."""
        if edge == "start":
            at = min(at, span.end - 1)
            starts = [s.start for s in self._characters_near(at) if s.start < span.end]
            return Span(next((s for s in starts if s >= at), starts[-1]), span.end) if starts else span
        at = max(at, span.start + 1)
        ends = [s.end for s in self._characters_near(at) if s.end > span.start]
        return Span(span.start, next((e for e in reversed(ends) if e <= at), ends[0])) if ends else span

    def _pieces_around(self, span: Span) -> Iterator[Span]:
        """What is shown from the paragraph before the one where `span` begins to the one after its end."""
        blocks = self._display.blocks
        first = max(self._display.block_index(span.start) - 1, 0)
        last = min(self._display.block_index(max(span.end - 1, span.start)) + 1, len(blocks) - 1)
        return self._display.visible(blocks[first].start, blocks[last].end)

    def _characters_near(self, at: int) -> list[Span]:
        """Characters as a reader sees them, without blanks."""
        text, found = self._source.text, []
        window = round_out(text, max(at - NEAR, 0), min(at + NEAR, len(text)))
        for piece in self._display.visible(window.start, window.end):
            edges = [i for i in range(piece.start, piece.end) if is_boundary(text, i)]
            found += [Span(a, b) for a, b in pairwise([*edges, piece.end]) if text[a:b].strip()]
        return found

    def _words_around(self, span: Span) -> list[Span]:
        text = self._source.text
        found: list[Span] = []
        for piece in self._pieces_around(span):
            for match in _WORD.finditer(text, piece.start, piece.end):
                start, end = match.span()
                # marks are no letters to a regular expression, though they stand inside words of many scripts
                joined = found and found[-1].end == start
                if joined and (_is_mark(text[start]) or _is_mark(text[start - 1]) or not is_boundary(text, start)):
                    found[-1] = Span(found[-1].start, end)
                else:
                    found.append(Span(start, end))
        return found


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def _before(stops: Sequence[int], at: int) -> int | None:
    index = bisect_left(stops, at) - 1
    return stops[index] if index >= 0 else None


def _after(stops: Sequence[int], at: int) -> int | None:
    index = bisect_right(stops, at)
    return stops[index] if index < len(stops) else None
