"""Headings inside a text: where a file says they are, and where a line looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coding.text import normalise

HeadingSpan = tuple[int, int, int]
"""Start and end of the words of a heading (code points), and its level from 1."""

_MARKDOWN = re.compile(r"^(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_NUMBERED = re.compile(
    r"^((?:\d+\.)+\d+|\d+(?:\.\d+)+\.|BAB [IVXLC]+|CHAPTER [IVXLC\d]+)[ \t.:–-]+(\S.{0,100})$", re.MULTILINE
)
_ENDS_A_SENTENCE = (".", ";", ",", ":", "?", "!")


def of_markdown(text: str) -> tuple[HeadingSpan, ...]:
    """Headings of a Markdown text: lines that begin with one to six number signs."""
    return tuple((match.start(2), match.end(2), len(match[1])) for match in _MARKDOWN.finditer(text))


def of_numbers(text: str) -> tuple[HeadingSpan, ...]:
    """Lines numbered like a chapter (`4.2 …`, `BAB IV …`) that do not end as a sentence does."""
    found = []
    for match in _NUMBERED.finditer(text):
        words = match[2].rstrip()
        if not words.endswith(_ENDS_A_SENTENCE):
            level = match[1].rstrip(".").count(".") + 1 if match[1][0].isdigit() else 1
            found.append((match.start(2), match.start(2) + len(words), level))
    return tuple(found)


def located(text: str, titles: Iterable[tuple[str, int]]) -> tuple[HeadingSpan, ...]:
    """Where the lines `titles` (each with its level), as a file has them in this order, stand in the stored text."""
    found, at = [], 0
    for title, level in titles:
        words = normalise(title).strip()
        if not words:
            continue
        start = _line_at(text, words, at)
        if start is not None:
            found.append((start, start + len(words), level))
            at = start + len(words)
    return tuple(found)


def _line_at(text: str, words: str, at: int) -> int | None:
    """The first place from `at` on where `words` are a line of their own but for white space."""
    while (at := text.find(words, at)) >= 0:
        before = text[text.rfind("\n", 0, at) + 1 : at]
        end = text.find("\n", at + len(words))
        if not (before + text[at + len(words) : end if end >= 0 else None]).strip():
            return at
        at += 1
    return None


def bare(heading: str) -> str:
    """A heading without its number, folded: what its words are compared by."""
    return (
        re.sub(r"^(?:[\dIVXLCivxlc]{1,6}[.)]|[A-Za-z][.)]|\d+(?:\.\d+)*\.?)\s+", "", heading.strip()).strip().casefold()
    )


def sections(spans: Sequence[HeadingSpan], length: int) -> list[tuple[int, int]]:
    """What stands under each heading, `[start, end)`: up to the next one of its level or above, or the text's end."""
    found = []
    for number, (_, end, level) in enumerate(spans):
        later = (start for start, _, other in spans[number + 1 :] if other <= level)
        found.append((end, next(later, length)))
    return found
