"""What the palette finds for what a person types, and what it makes of signs behind the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialogs.palette import understand
from app.models.code_book import CodeBook, fold
from coding.codes.queries import frameworks, open_codes
from coding.project import Project


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    with Project.create(tmp_path_factory.mktemp("codes") / "study.telaah", "Studi", coder="Ani") as project:
        from coding.codes.editing import new_open_code

        with project.operation("New code") as op:
            new_open_code(op, "calo KTP")
        return CodeBook.of(frameworks(project), open_codes(project))


def paths(book: CodeBook, typed: str, language: str = "id", first: str = "edward3") -> list[str]:
    return [code.path for code in book.find(typed, language, first)]


class TestUnderstanding:
    @pytest.mark.parametrize(
        ("text", "words", "valence"),
        [
            ("konsis", "konsis", None),
            ("konsis +", "konsis", "supporting"),
            ("konsis+", "konsis", "supporting"),
            ("konsis -", "konsis", "inhibiting"),
            ("konsis −", "konsis", "inhibiting"),
            ("konsis 0", "konsis", "neutral"),
            ("konsis ○ ", "konsis", "neutral"),
            ("1 3 +", "1 3", "supporting"),
            ("13-", "13", "inhibiting"),
            ("berubah-ubah", "berubah-ubah", None),
            ("berubah-", "berubah-", None),
            ("tahun 2020", "tahun 2020", None),
            ("", "", None),
        ],
    )
    def test_a_sign_behind_the_words_is_the_direction(self, text: str, words: str, valence: str | None) -> None:
        typed = understand(text)
        assert (typed.words, typed.valence) == (words, valence)

    @given(st.text())
    def test_anything_can_be_typed(self, text: str) -> None:
        assert understand(text).words.strip() == understand(text).words


class TestFinding:
    def test_nothing_typed_gives_everything_the_framework_at_hand_first(self, book: CodeBook) -> None:
        found = paths(book, "", first="jones")
        assert found[0] == "jones.organization"
        assert len(found) == sum(len(row.codes) for row in book.frameworks) + 1

    @pytest.mark.parametrize(
        ("typed", "path"),
        [
            ("konsis", "edward3.communication.consistency"),
            ("CONSISTENCY", "edward3.communication.consistency"),
            ("clar", "edward3.communication.clarity"),
            ("sop", "edward3.bureaucracy.sop"),
            ("sb", "edward3.bureaucracy"),
            ("kom kej", "edward3.communication.clarity"),
            ("calo", "calo KTP"),
            ("13", "edward3.communication.consistency"),
            ("1 3", "edward3.communication.consistency"),
            ("2", "edward3.resources"),
        ],
    )
    def test_label_abbreviation_and_number_lead_to_the_code(self, book: CodeBook, typed: str, path: str) -> None:
        assert paths(book, typed)[0] == path

    def test_words_of_dimension_and_indicator_name_the_code(self, book: CodeBook) -> None:
        """So that a new code called like that is not offered before it."""
        assert book.named(book.find("kom kej", "id", "edward3"), "kom kej") == 1
        cue = next(cue for code in book.frameworks[0].codes for cue in code.cues if " " in cue)
        assert book.named(book.find(cue, "id", "edward3"), cue) == 0

    def test_numbers_mean_the_framework_at_hand(self, book: CodeBook) -> None:
        assert paths(book, "1 3", first="jones") == ["jones.organization.methods"]
        assert paths(book, "1", first="open") == ["calo KTP"]

    def test_cue_words_lead_to_the_code(self, book: CodeBook) -> None:
        cue = next(code for code in book.frameworks[0].codes if code.cues)
        assert cue.path in paths(book, cue.cues[0])

    def test_letters_left_out_still_find_it_when_nothing_else_does(self, book: CodeBook) -> None:
        assert "edward3.communication.consistency" in paths(book, "knssts")

    def test_of_equals_the_framework_at_hand_comes_first(self, book: CodeBook) -> None:
        found = [
            path for path in paths(book, "akuntabilitas", first="effectiveness") if path.endswith("accountability")
        ]
        assert found == ["effectiveness.accountability", "dwiyanto.accountability"]

    def test_what_is_nowhere_finds_nothing(self, book: CodeBook) -> None:
        assert paths(book, "xyzzy") == []

    @given(st.text(max_size=12))
    def test_whatever_is_typed_is_found_without_doubles(self, book: CodeBook, typed: str) -> None:
        found = paths(book, typed)
        assert len(found) == len(set(found))


def test_accents_and_case_do_not_count() -> None:
    assert fold("  Kréatif   SEKALI ") == "kreatif sekali"


def test_numbers_beyond_nine_have_no_keys(book: CodeBook) -> None:
    for framework in book.frameworks:
        for code in framework.codes:
            digits = book.digits(code).split()
            assert digits == [] or all(1 <= int(digit) <= 9 for digit in digits)
            if len(digits) == 2:
                top = book.numbered(framework.key, int(digits[0]))
                assert top is not None
                assert book.below(top, int(digits[1])) == code


class TestSlips:
    @pytest.mark.parametrize(
        ("typed", "path"),
        [
            ("kejlasan", "edward3.communication.clarity"),
            ("komunukasi", "edward3.communication"),
            ("konsistnesi", "edward3.communication.consistency"),
            ("cnsistency", "edward3.communication.consistency"),
            ("clairty", "edward3.communication.clarity"),
        ],
    )
    def test_a_letter_left_out_or_mistyped_finds_the_code_all_the_same(
        self, book: CodeBook, typed: str, path: str
    ) -> None:
        assert path in paths(book, typed)[:2]

    def test_what_is_no_slip_finds_nothing(self, book: CodeBook) -> None:
        assert paths(book, "zzzqqq") == []
