"""Where a person's words occur in a transcript."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.transcript.display import Display
from coding.search.patience import may_never_end
from coding.text import Span

LONGEST_SEARCH = 1.0
"""Seconds after which a regular expression is not tried on further paragraphs."""


@dataclass(frozen=True, slots=True)
class FindOptions:
    """How words are looked for."""

    whole_words: bool = False
    case: bool = False
    regular: bool = False


PLAIN = FindOptions()


LONGEST_PIECE = 20_000
"""Characters of a paragraph in which a regular expression looks at once: its time may grow with their square."""


class BadExpression(ValueError):
    """What was typed is no regular expression, or one (`endless`) that may not come to an end."""

    def __init__(self, reason: str, *, endless: bool = False) -> None:
        super().__init__(reason)
        self.endless = endless


def find(display: Display, words: str, options: FindOptions = PLAIN) -> list[Span]:
    """The stored spans in which `words` occur, in order; a blank stands for any white space.

    Only what is shown is searched; a hard wrap is a blank, a paragraph's end is not, and nothing is found across it.
    Raises BadExpression.
    """
    pattern = _pattern(words, options)
    if pattern is None:
        return []
    found: list[Span] = []
    at, limit = 0, time.monotonic() + LONGEST_SEARCH
    for paragraph in display.text.split("\n"):
        for first, last in _pieces(paragraph) if options.regular else ((0, len(paragraph)),):
            for match in pattern.finditer(paragraph, first, last):
                if match.end() > match.start():
                    start, end = at + match.start(), at + match.end()
                    found.append(Span(display.cp_of_shown(start), display.cp_of_shown(end, end=True)))
            if options.regular and time.monotonic() > limit:
                return found
        at += len(paragraph) + 1
    return found


def _pieces(paragraph: str) -> Iterator[tuple[int, int]]:
    """The paragraph, or where it is very long, pieces of it that end at blanks."""
    first = 0
    while len(paragraph) - first > LONGEST_PIECE:
        blank = paragraph.rfind(" ", first, first + LONGEST_PIECE)
        last = blank + 1 if blank > first else first + LONGEST_PIECE
        yield first, last
        first = last
    yield first, len(paragraph)


def _pattern(words: str, options: FindOptions) -> re.Pattern[str] | None:
    flags = re.NOFLAG if options.case else re.IGNORECASE
    words = unicodedata.normalize("NFC", words)
    if options.regular:
        if not words.strip():
            return None
        expression = words
    else:
        parts = words.split()
        if not parts:
            return None
        expression = r"[^\S\n]+".join(re.escape(part) for part in parts)
    if options.whole_words:
        expression = rf"(?<!\w)(?:{expression})(?!\w)"
    try:
        compiled = re.compile(expression, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadExpression(str(error)) from error
    if options.regular and may_never_end(compiled):
        raise BadExpression("endless", endless=True)
    return compiled
