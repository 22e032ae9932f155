"""Where a person's words occur in a transcript."""

from __future__ import annotations

import re
import unicodedata

from app.transcript.display import Display
from coding.text import Span


def find(display: Display, words: str) -> list[Span]:
    """The stored spans in which `words` occur, in order: upper and lower case alike, a blank for any white space.

    Only what is shown is searched; a hard wrap is a blank, a paragraph's end is not.
    """
    parts = unicodedata.normalize("NFC", words).split()
    if not parts:
        return []
    pattern = re.compile(r"[^\S\n]+".join(re.escape(p) for p in parts), re.IGNORECASE)
    return [
        Span(display.cp_of_shown(m.start()), display.cp_of_shown(m.end(), end=True))
        for m in pattern.finditer(display.text)
    ]
