"""Finding a phrase or a pattern in all texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from coding.errors import CodingError
from coding.project import Project
from coding.search.find import AROUND, search
from coding.transcripts.queries import source_text

Add = Callable[..., str]


@pytest.fixture
def texts(add: Add) -> tuple[str, str]:
    first = add("Satu", [("RS", "Kami 📢 menunggu\nlama; kami  MENUNGGU lama di café.")])
    return first, add("Dua", [("WT", "Tidak menunggu.")])


def test_a_phrase_is_found_across_lines_and_in_any_case(project: Project, texts: tuple[str, str]) -> None:
    found = search(project, "menunggu lama")
    text = source_text(project, texts[0]).text
    assert [(hit.source, hit.text) for hit in found] == [("Satu", "menunggu\nlama"), ("Satu", "MENUNGGU lama")]
    for hit in found:
        assert text[hit.start : hit.end] == hit.text
        assert text[max(0, hit.start - AROUND) : hit.start] == hit.before
        assert text[hit.end : hit.end + AROUND] == hit.after
    assert [hit.source_guid for hit in search(project, " MENUNGGU ")] == [texts[0], texts[0], texts[1]]


def test_a_phrase_is_no_pattern(project: Project, texts: tuple[str, str]) -> None:
    assert search(project, "menunggu.") != search(project, "menunggu")
    assert search(project, "(.*)") == []
    assert [hit.text for hit in search(project, r"\bWT\b|📢", regex=True)] == ["📢", "WT"]
    assert search(project, "x*", regex=True) == []


def test_accents_are_found_however_they_were_typed(project: Project, texts: tuple[str, str]) -> None:
    decomposed = unicodedata.normalize("NFD", "café")
    assert decomposed != "café"
    assert [hit.text for hit in search(project, decomposed)] == ["café"]


@pytest.mark.parametrize(
    ("query", "regex", "code"),
    [
        ("", False, "query_empty"), (" \n", False, "query_empty"),
        ("(a", True, "pattern_broken"), ("a{999999999999}", True, "pattern_broken"),
    ],
)  # fmt: skip
def test_what_can_not_be_searched_for(project: Project, query: str, regex: bool, code: str) -> None:
    with pytest.raises(CodingError) as refused:
        search(project, query, regex=regex)
    assert refused.value.code == code
