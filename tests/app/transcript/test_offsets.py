"""Positions between code points and UTF-16, for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder

from app.transcript.offsets import Offsets, is_boundary, round_out

ANY_TEXT = st.text(max_size=60)
# What stands in transcripts and what is awkward: emoji with skin tones and joiners, flags, marks, line ends.
AWKWARD = st.lists(
    st.sampled_from(
        "a| |é|e\u0301|\u0301|\r|\n|🙂|👩|\u200d|🌾|🏽|🇮|🇩|\ufe0f|❤|ไ|ำ|한|ᄒ|ᅡ|ᆫ|\u200c|\u200b|नि|\U000e0067|1".split(
            "|"
        )
    ),
    max_size=25,
).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(ANY_TEXT)
def test_every_position_goes_there_and_back(text: str) -> None:
    offsets = Offsets(text)
    for at in range(len(text) + 1):
        assert offsets.to_qt(at) == units(text[:at])
        assert offsets.to_cp(offsets.to_qt(at)) == at
        assert offsets.to_cp(offsets.to_qt(at), up=True) == at


@given(ANY_TEXT)
def test_inside_a_surrogate_pair_is_rounded_outward(text: str) -> None:
    offsets = Offsets(text)
    for at, character in enumerate(text):
        if ord(character) > 0xFFFF:
            inside = offsets.to_qt(at) + 1
            assert offsets.to_cp(inside) == at
            assert offsets.to_cp(inside, up=True) == at + 1


@given(AWKWARD.filter(bool), st.data())
def test_round_out_never_splits_what_a_reader_sees_as_one_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = round_out(text, start, end)
    assert span.start <= start
    assert span.end >= end
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    offsets = Offsets(text)
    for at in (span.start, span.end):
        finder.setPosition(offsets.to_qt(at))
        assert finder.isAtBoundary()
    assert round_out(text, span.start, span.end) == span


@pytest.mark.parametrize(
    "whole",
    [
        "e\u0301",
        "👩🏽‍🌾",
        "🇮🇩",
        "❤️",
        "\r\n",
        "👨‍👩‍👧‍👦",
        "한",
        unicodedata.normalize("NFD", "한"),
        "1️⃣",
        "🏴\U000e0067\U000e007f",
    ],
)
def test_one_character_is_taken_whole(whole: str) -> None:
    text = f"a{whole}b"
    for inside in range(2, 1 + len(whole)):
        assert not is_boundary(text, inside)
        assert round_out(text, inside, inside + 1).of(text) in (whole, f"{whole}b")
    assert round_out(text, 1, 1 + len(whole)).of(text) == whole


def test_flags_are_paired_from_the_first() -> None:
    text = "🇮🇩🇲🇾"
    assert [at for at in range(5) if is_boundary(text, at)] == [0, 2, 4]


SCRIPTS = (
    "👍🏾 dan 👩🏽‍🌾 serta 🏳️‍🌈",
    "Cafe\u0301 a\u0323\u0302 n\u0303",
    "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ",
    "ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ ꦏꦁ",
    "kolom\tdua\ttiga",
    "halaman\x0cberikut",
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_selection_splits_a_character_of_any_script(text: str) -> None:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    offsets = Offsets(text)
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            span = round_out(text, start, end)
            assert span.start <= start
            assert span.end >= end
            for at in (span.start, span.end):
                finder.setPosition(offsets.to_qt(at))
                assert finder.isAtBoundary()


def test_a_place_in_a_long_text_is_looked_up_and_not_counted() -> None:
    text = "kata 🙂 " * 200_000
    offsets = Offsets(text)
    for at in (0, 5, 6, 700_001, len(text)):
        assert offsets.to_qt(at) == at + text.count("🙂", 0, at)
        assert offsets.to_cp(offsets.to_qt(at)) == at
