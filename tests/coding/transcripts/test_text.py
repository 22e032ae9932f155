"""Stored text: what is dropped, what stays, and spans in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.text import Span, normalise, snippet, trim

ANYTHING = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("\ufeffSelamat pagi", "Selamat pagi"),
        ("a\r\nb\rc\u2028d\u2029e\nf", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x0bd\x0ce\x7ff\x85g", "abcdefg"),
        ("kolom\tkolom", "kolom\tkolom"),
        ("a\ufdd0b\ufdefc", "abc"),
        ("a\ud800b\udfffc", "abc"),
        ("cafe\u0301", "café"),
        ("  dua  spasi \n\n\n", "  dua  spasi \n\n\n"),
        ("tak\u00a0terputus \u200b", "tak\u00a0terputus \u200b"),
        ("di tengah \ufeff tetap", "di tengah \ufeff tetap"),
        ("\x00\ufeffA", "A"),
        ("𝐀 🙂", "𝐀 🙂"),
    ],
)
def test_normalise_keeps_all_but_what_is_named(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


@given(ANYTHING)
def test_normalise_is_idempotent(raw: str) -> None:
    once = normalise(raw)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(st.sampled_from(["\x00", "\ufeff", "\r", "\n", "e", "\u0301", "\ud83d", "\ude00", "\t"])))
def test_normalise_is_idempotent_on_awkward_mixtures(parts: list[str]) -> None:
    once = normalise("".join(parts))
    assert normalise(once) == once
    once.encode("utf-8")


@given(ANYTHING, st.integers(0, 60), st.integers(0, 60))
def test_trim_takes_white_space_alone(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    span = trim(text, start, end)
    assert start <= span.start <= span.end <= end
    assert span.of(text) == text[start:end].strip()


def test_spans_that_touch_do_not_overlap() -> None:
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert not Span(2, 2)
    with pytest.raises(ValueError):
        Span(3, 2)


def test_snippet_collapses_and_cuts_at_a_word() -> None:
    text = "Petugasnya  ramah\n\ndan sabar, tetapi ruang tunggu sempit."
    assert snippet(text, 0, 28, 40) == "Petugasnya ramah dan sabar"
    assert snippet(text, 0, len(text), 30) == "Petugasnya ramah dan sabar…"
    assert snippet("Antiketidakberpihakan", 0, 21, 10) == "Antiketid…"
    assert snippet("   \n ", 0, 5, 10) == ""


@given(ANYTHING, st.integers(2, 40))
def test_snippet_is_one_line_within_its_width(text: str, width: int) -> None:
    line = snippet(text, 0, len(text), width)
    assert len(line) <= width
    assert "\n" not in line
    if len(" ".join(text.split())) <= width:
        assert line == " ".join(text.split())
