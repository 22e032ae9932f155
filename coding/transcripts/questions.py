"""Questions that carry a number instead of a label, above answers that are labelled (`1. …?` and `Jawaban: …`)."""

from __future__ import annotations

import re

from coding.transcripts.labels import Mark
from coding.transcripts.lines import Line
from coding.transcripts.wording import RESEARCHER_WORDS

_NUMBERED = re.compile(r"[ \t]*\(?\d{1,3}[.)][ \t]*(?=\S)")
_ANSWERS = frozenset({"jawab", "jawaban", "answer", "j", "a"})
_ASKERS = RESEARCHER_WORDS | frozenset("ptq")
_LONGEST = 6
LABEL = "Pertanyaan"


def with_questions(marks: list[Mark], lines: list[Line]) -> list[Mark]:
    """`marks` and, where answers are labelled and questions only numbered, the questions as marks of their own."""
    answers = [m for m in marks if m.word in _ANSWERS]
    if len(answers) < 2 or any(m.word in _ASKERS for m in marks if m.separator == ":"):
        return marks
    taken = {m.line for m in marks}
    found = [q for a in answers if (q := _question_above(a.line, lines, taken)) is not None]
    if len(found) * 2 < len(answers):
        return marks
    return sorted([*marks, *found], key=lambda m: m.start)


def _question_above(line: int, lines: list[Line], taken: set[int]) -> Mark | None:
    at, seen = line - 1, 0
    while at >= 0 and seen < _LONGEST and at not in taken:
        if lines[at].blank:
            if seen:
                return None
        else:
            seen += 1
            match = _NUMBERED.match(lines[at].text)
            if match is not None:
                return _mark(at, lines[at], match)
        at -= 1
    return None


def _mark(number: int, line: Line, match: re.Match[str]) -> Mark:
    indent = len(line.text) - len(line.text.lstrip())
    base = LABEL.casefold()
    return Mark(
        line=number,
        start=line.start + indent,
        end=line.start + match.end(),
        label=LABEL,
        base=base,
        name=LABEL,
        word=base,
        number=None,
        age=None,
        detail=None,
        separator=":",
        rest=line.text[match.end() :],
    )
