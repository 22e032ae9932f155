"""The turns of a text: labels decided, bodies cut, speakers cast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coding.text import Span, trim
from coding.transcripts.deciding import decide, forced_labels
from coding.transcripts.drafts import Choices, DraftTurn, LabelChoice, Speaker
from coding.transcripts.header import Header, read_header
from coding.transcripts.labels import find_marks, label_key
from coding.transcripts.lines import lines_of
from coding.transcripts.names import parse_age
from coding.transcripts.questions import with_questions
from coding.transcripts.speakers import cast


@dataclass(slots=True)
class Reading:
    """What was found in a text. `unsure` are labels in doubt for which nobody has answered, `nameless` are labels of
    informants whom neither label nor header names; `missing` are researcher labels the user gave that stand nowhere."""

    header: Header
    turns: list[DraftTurn] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


ReadTurns = Callable[[bool], Reading]


def choices_by_label(choices: Choices) -> dict[str, LabelChoice]:
    """The user's choices by label as `deciding` compares them: letters alone, or letters and ` (age)`."""
    asked = {_choice_key(label): LabelChoice("researcher") for label in choices.researcher_labels if label.strip()}
    return asked | {_choice_key(label): choice for label, choice in choices.labels}


def read_turns(text: str, choices: Choices, fallback_code: str) -> tuple[Header, ReadTurns]:
    """The header of `text` and a function that finds its turns.

    It is asked whether to take evident labels alone: the header may tell what kind of source the text is, and in
    observations and documents a word before a colon is seldom a speaker.
    """
    lines = lines_of(text)
    chosen = choices_by_label(choices)
    marks = with_questions(find_marks(lines, forced_labels(chosen)), lines)
    counts = Counter(m.base for m in marks)
    # A dash or a word alone on a line stands in titles too.
    plain = [m for m in marks if m.separator == ":" or counts[m.base] > 1]
    header = read_header(lines, {m.line: counts[m.base] for m in plain if _may_speak(chosen, m.base)})

    def find(evident_only: bool) -> Reading:
        decision = decide(text, lines, marks, header, chosen, evident_only)
        bodies: list[Span] = []
        for i, mark in enumerate(decision.marks):
            end = decision.marks[i + 1].start if i + 1 < len(decision.marks) else len(text)
            bodies.append(trim(text, mark.end, end))
        said = [(m, b.of(text)) for m, b in zip(decision.marks, bodies, strict=True)]
        people = cast(said, header, chosen, fallback_code)
        turns = [
            DraftTurn(body.start, body.end, mark.start, mark.start + len(text[mark.start : mark.end].rstrip()),
                      people.of[mark.key])
            for mark, body in zip(decision.marks, bodies, strict=True)
            if body
        ]  # fmt: skip
        missing = [label for label in choices.researcher_labels if not counts[label_key(label)]]
        found = dict.fromkeys(decision.unsure + people.unsure)
        unsure = [label for label in found if not is_answered(label, chosen)]
        return Reading(header, turns, people.speakers, unsure, people.nameless, missing)

    return header, find


def is_answered(label: str, chosen: Mapping[str, LabelChoice]) -> bool:
    """Whether the user has said who stands behind a label; `chosen` as `choices_by_label` gives it."""
    return not chosen.keys().isdisjoint((_choice_key(label), label_key(label)))


def _may_speak(chosen: Mapping[str, LabelChoice], base: str) -> bool:
    choice = chosen.get(base)
    return choice is None or choice.kind != "none"


def _choice_key(label: str) -> str:
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", label)
    age = parse_age(match[2]) if match else None
    return f"{label_key(label)} ({age})" if age is not None else label_key(label)
