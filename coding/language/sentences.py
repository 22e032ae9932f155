"""Sentences of a text: computed once, at import, and stored with `SEGMENTER`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from coding.language.pipeline import LONGEST, SEGMENTER, pipeline, sentence_starts
from coding.text import trim

__all__ = ["SEGMENTER", "find_sentences", "sentences"]

_ITEM = re.compile(r"[ \t]*(?:[-–—•*▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_LONGEST_WORD = 500
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_FINAL = re.compile(r"[.?!:;…][\"'”’»)\]]*\s*$")


def sentences(
    text: str, spans: Iterable[tuple[int, int]], wraps: Sequence[int] = (), *, longest: int = LONGEST
) -> list[tuple[int, int]]:
    """The sentences `[start, end)` inside `spans` of `text`, in code points, in the order of the spans.

    None crosses a span, a blank line or the end of a paragraph; each is trimmed, and together they hold every
    character of the spans that is no white space. `wraps` are the line ends that part nothing (`hard_wraps`). Longer
    pieces than `longest` are cut at white space before they are looked at.
    """
    nlp = pipeline()
    joined = frozenset(wraps)
    found: list[tuple[int, int]] = []
    for start, end in spans:
        for piece_start, piece_end in _pieces(text, start, end, joined, longest):
            # the tokens alone: spaCy's own sentences ask every token for its flags before they are given
            starts = [piece_start + at for _, at in sentence_starts(nlp.make_doc(text[piece_start:piece_end]))]
            for first, last in pairwise([*starts, piece_end]):
                span = trim(text, first, last)
                if span:
                    found.append((span.start, span.end))
    return found


def _pieces(text: str, start: int, end: int, joined: frozenset[int], longest: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, trimmed and none of them blank; a paragraph longer than `longest` in parts."""
    for paragraph_start, paragraph_end in _paragraphs(text, start, end, joined):
        span = trim(text, paragraph_start, paragraph_end)
        at = span.start
        # The tokenizer takes marks off a word one by one, so that a word of ten thousand signs never ends.
        for run in _ENDLESS.finditer(text, span.start, span.end):
            while run.end() - at > _LONGEST_WORD:
                cut = max(at, run.start()) + _LONGEST_WORD
                yield from _cut(text, at, cut, longest)
                at = cut
        yield from _cut(text, at, span.end, longest)


def _cut(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` in parts of at most `longest`, cut at white space where there is some."""
    at = start
    while end - at > longest:
        cut = max(text.rfind(" ", at, at + longest), text.rfind("\n", at, at + longest)) + 1
        cut = cut if cut > at + 1 else at + longest
        yield at, cut
        at = cut
    if at < end:
        yield at, end


def _paragraphs(text: str, start: int, end: int, joined: frozenset[int]) -> Iterator[tuple[int, int]]:
    begin = start
    at = text.find("\n", start, end)
    while at >= 0:
        if not (at in joined or _goes_on(text, begin, at, end)):
            yield begin, at
            begin = at + 1
        at = text.find("\n", at + 1, end)
    yield begin, end


def _goes_on(text: str, begin: int, at: int, end: int) -> bool:
    """Whether a sentence runs over the line end at `at`, as over a soft break: nothing ends, a small letter follows."""
    line_end = text.find("\n", at + 1, end)
    following = text[at + 1 : min(line_end if line_end >= 0 else end, at + 80)]
    before = text[max(begin, at - 80) : at]
    return (
        following.lstrip(" \t")[:1].islower()
        and bool(before.strip())
        and not _ITEM.match(following)
        and not _FINAL.search(before)
    )


def find_sentences(asked: Sequence[Mapping[str, Any]]) -> list[list[list[int]]]:
    """Answer a `coding.transcripts.editing_text.sentence_request`: for each piece its sentences as `[start, end)`."""
    return [
        [list(pair) for pair in sentences(piece["text"], [(0, len(piece["text"]))], piece["wraps"])] for piece in asked
    ]
