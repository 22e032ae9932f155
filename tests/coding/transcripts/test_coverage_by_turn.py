"""Turns with and without a code, and segments that the researcher alone speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.text import Span
from coding.transcripts.coverage import spoken_turns, uncoded_turns
from coding.transcripts.researcher import wholly_within
from coding.transcripts.rows import SourceText, TurnRow

LINES = (("P", "Bagaimana antreannya?"), ("RS", "Panjang sekali."), ("P", "Sampai kapan?"), ("RS", "Sampai siang."))


def source(lines: tuple[tuple[str, str], ...] = LINES) -> SourceText:
    text, turns = "", []
    for number, (who, words) in enumerate(lines):
        start = len(text) + len(who) + 2
        kind = "researcher" if who == "P" else "informant"
        turns.append(TurnRow(f"t{number}", start, start + len(words), len(text), start - 1, kind, who, who, None))
        text += f"{who}: {words}\n"
    return SourceText("s", "RS", "interview", None, None, text, 0, tuple(turns), ())


def of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_a_turn_is_coded_when_some_of_its_words_are() -> None:
    made = source()
    assert [turn.guid for turn in uncoded_turns(made, [])] == ["t1", "t3"]
    assert [turn.guid for turn in uncoded_turns(made, [of(made.text, "sekali")])] == ["t3"]
    assert uncoded_turns(made, [Span(0, len(made.text))]) == []


def test_what_the_researcher_says_codes_no_turn_of_an_informant() -> None:
    made = source()
    assert len(uncoded_turns(made, [of(made.text, "Bagaimana antreannya?\nRS: ")])) == 2


def test_an_empty_turn_is_not_waited_for() -> None:
    made = source((*LINES, ("RS", "  ")))
    assert [turn.guid for turn in spoken_turns(made)] == ["t1", "t3"]


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), max_size=8))
def test_every_spoken_turn_is_coded_or_not_as_its_characters_say(places: list[tuple[int, int]]) -> None:
    made = source()
    spans = [Span(start, min(start + length, len(made.text))) for start, length in places if start < len(made.text)]
    covered = {at for span in spans for at in range(span.start, span.end)}
    expected = [
        turn.guid
        for turn in spoken_turns(made)
        if not any(at in covered and not made.text[at].isspace() for at in range(turn.start, turn.end))
    ]
    assert [turn.guid for turn in uncoded_turns(made, spans)] == expected


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (2, 6, True),
        (0, 12, False),
        (2, 11, False),
        (9, 13, False),
        (6, 9, True),
        (11, 13, True),
        (2, 7, True),
        (2, 12, False),
    ],
)
def test_a_passage_lies_within_when_all_its_signs_do(start: int, end: int, inside: bool) -> None:
    assert wholly_within("ab cdef  x ghi jkl", start, end, [(1, 8), (11, 14)]) is inside


@given(st.text(alphabet="ab ", max_size=30), st.integers(0, 30), st.integers(0, 30), st.sets(st.integers(0, 30)))
def test_within_is_what_the_characters_say(text: str, one: int, other: int, cuts: set[int]) -> None:
    start, end = min(one, other, len(text)), min(max(one, other), len(text))
    edges = sorted(cut for cut in cuts if cut <= len(text))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    signs = [at for at in range(start, end) if not text[at].isspace()]
    expected = bool(signs) and all(any(a <= at < b for a, b in spans) for at in signs)
    assert wholly_within(text, start, end, spans) is expected
