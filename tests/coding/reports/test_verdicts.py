"""Sentences that say what a row's cells add up to, and nothing that the numbers do not say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from coding.analysis.results import Cell, Column, Label, Matrix, Row, Stance, Status, VoiceCell
from coding.analysis.triangulation import row_status
from coding.reports.desk import written_at
from coding.reports.findings import finding_blocks
from coding.reports.matrix_table import Triangulation
from coding.reports.tables import Narrative, Table
from coding.reports.verdicts import in_brief, verdict
from coding.reports.wording import listed, opened, spelled
from coding.words import Words


def made(*stances: Stance, no_value: Stance | None = None) -> Matrix:
    keys: list[str | None] = [f"I{number}" for number in range(1, len(stances) + 1)]
    shown = list(stances)
    if no_value is not None:
        keys.append(None)
        shown.append(no_value)
    columns = tuple(Column(key, Label(key or "tanpa nilai", key or "no value"), 1, "informants") for key in keys)
    cells = tuple(
        Cell(key, 1, 1, 1, 1, stance, (), (), ()) if stance != "silent" else Cell(key, 0, 0, 0, 0, stance, (), (), ())
        for key, stance in zip(keys, shown, strict=True)
    )
    status: Status = row_status(list(stances))
    coverage = (sum(stance != "silent" for stance in stances), len(stances))
    row = Row("f.d", "g", Label("Komunikasi", "Communication"), "dimension", 0, None, status, coverage, None, cells)
    label = Label("F", "F")
    return Matrix("source", "informant", "f", label, None, "dimension", Fraction(1), columns, (row,), ())


@pytest.mark.parametrize(
    ("stances", "said", "brief"),
    [
        (
            ("supporting", "supporting", "silent"),
            "On the dimension Communication, two of three sources give evidence. It points the same way: all of them"
            " support (I1, I2). Nothing was said on it by I3.",
            "Supporting: 2 (I1, I2). Nothing from I3.",
        ),
        (
            ("inhibiting", "inhibiting"),
            "On the dimension Communication, both sources give evidence. It points the same way: all of them inhibit"
            " (I1, I2).",
            "Inhibiting: 2 (I1, I2).",
        ),
        (
            ("supporting", "inhibiting", "mixed", "neutral"),
            "On the dimension Communication, all four sources give evidence. It points in opposite directions: one"
            " supporting (I1), one inhibiting (I2), one mixed (I3), and one without direction (I4).",
            "Supporting: 1 (I1); inhibiting: 1 (I2); mixed: 1 (I3); without direction: 1 (I4).",
        ),
        (
            ("supporting", "neutral", "silent", "silent"),
            "On the dimension Communication, two of four sources give evidence. It agrees only in part: one supporting"
            " (I1) and one without direction (I2). Nothing was said on it by I3 and I4.",
            "Supporting: 1 (I1); without direction: 1 (I2). Nothing from I3 and I4.",
        ),
        (
            ("silent", "inhibiting"),
            "On the dimension Communication only one of two sources gives evidence, I2. It is inhibiting, but not"
            " triangulated. Nothing was said on it by I1.",
            "Inhibiting: 1 (I2). Nothing from I1.",
        ),
        (
            ("neutral",),
            "On the dimension Communication the only source, I1, gives evidence. It has no direction and is not"
            " triangulated.",
            "Without direction: 1 (I1).",
        ),
        (
            ("neutral", "neutral"),
            "On the dimension Communication, both sources give evidence. It has no direction (I1, I2).",
            "Without direction: 2 (I1, I2).",
        ),
        (
            ("silent", "silent"),
            "On the dimension Communication there is no evidence yet from any source.",
            "There is no evidence yet.",
        ),
    ],
)
def test_each_status_in_words(study: Any, english: Words, stances: tuple[Stance, ...], said: str, brief: str) -> None:
    matrix = made(*stances)
    assert verdict(study.desk(english), matrix, matrix.rows[0]) == said
    assert in_brief(study.desk(english), matrix, matrix.rows[0]) == brief


def test_what_has_no_value_stays_out_of_the_verdict(study: Any, english: Words) -> None:
    matrix = made("silent", "silent", no_value="supporting")
    assert verdict(study.desk(english), matrix, matrix.rows[0]).endswith("no evidence yet from any source.")


def test_counts_are_spelled_when_all_of_them_are_small(english: Words) -> None:
    assert spelled(english, 5, 10) == ("five", "ten")
    assert spelled(english, 5, 11) == ("5", "11")
    assert spelled(english, 1234, 1) == ("1,234", "1")


def test_a_list_whose_items_are_lists_shows_which(english: Words, indonesian: Words) -> None:
    assert listed(english, ["a", "b", "c"]) == "a, b, and c"
    assert listed(indonesian, ["Sikap dan komitmen", "Insentif"]) == "Sikap dan komitmen serta Insentif"
    assert listed(indonesian, ["Mitra dan dana", "Tugas", "Alat"]) == "Mitra dan dana, Tugas, serta Alat"
    assert listed(indonesian, ["Metode, SOP, dan MoU", "Tugas", "Alat"]) == "Metode, SOP, dan MoU; Tugas; serta Alat"
    assert listed(english, ["one mixed (A, B)", "two silent (C and D)"]) == "one mixed (A, B) and two silent (C and D)"


def test_no_sentence_begins_with_a_figure(english: Words, indonesian: Words) -> None:
    assert opened(english, "3 informants were heard.") == "Three informants were heard."
    assert opened(indonesian, "12 segmen belum berarah.") == "Sebanyak 12 segmen belum berarah."
    assert opened(indonesian, "1.234 segmen") == "Sebanyak 1.234 segmen"
    assert opened(english, "all speak") == "All speak"


def test_dimensions_without_evidence_are_told_too(study: Any, english: Words) -> None:
    blocks = finding_blocks(study.desk(english), study.triangulation)
    headings = [block for block in blocks if isinstance(block, Narrative) and block.level == 2]
    assert [block.heading for block in headings] == ["Communication", "Resources", "Disposition"]
    assert [paragraph.text for paragraph in headings[2].paragraphs] == [
        "On the dimension Disposition there is no evidence yet from any source."
    ]


def test_each_voice_that_speaks_has_its_sentence_with_its_numbers(study: Any, english: Words) -> None:
    blocks = finding_blocks(study.desk(english), study.triangulation)
    told = [one.text for block in blocks if isinstance(block, Narrative) for one in block.paragraphs]
    assert [text for text in told if "passage" in text] == [
        "The evidence from AS is supporting (4 passages: Clarity). This accords with the following statement by AS:",
        "There is inhibiting evidence from DT (2 passages: Clarity). These are quoted from DT:",
        "Mixed evidence comes from MS (3 passages: Clarity): 3 supporting and 1 inhibiting, of which some point both"
        " ways.",
        "The evidence from the observation is supporting (1 passage: Clarity). This accords with the following record:",
        "The evidence from AS is supporting (1,234 passages). This accords with the following statement by AS:",
        "There is supporting evidence from the observation (1 passage). This is what it rests on:",
    ]


def test_passages_of_a_voice_add_up(study: Any, english: Words) -> None:
    def said(passages: int, supporting: int, inhibiting: int) -> str:
        voice = VoiceCell("MS", "mixed", passages, supporting, inhibiting)
        matrix = study.triangulation.matrix
        cells = tuple(replace(c, passages=passages, split=(voice,)) for c in matrix.rows[0].cells)
        found = Triangulation(replace(matrix, rows=(replace(matrix.rows[0], cells=cells),)))
        (*_, told) = finding_blocks(study.desk(english), found)
        return next(one.text for one in told.paragraphs if "MS" in one.text and "passage" in one.text)

    assert said(4, 3, 1).endswith(": 3 supporting and 1 inhibiting.")
    assert said(12, 3, 6).endswith(": 3 supporting, 6 inhibiting, the rest without a direction.")
    assert said(4, 4, 1).endswith(": 4 supporting and 1 inhibiting, of which some point both ways.")


def test_rows_that_follow_each_other_are_worded_differently(study: Any, english: Words) -> None:
    matrix = made("supporting", "inhibiting", "silent")
    rows = tuple(replace(matrix.rows[0], code=f"f.{number}") for number in range(3))
    matrix = replace(matrix, rows=rows)
    said = [verdict(study.desk(english), matrix, row) for row in rows]
    assert len(set(said)) == 3
    assert said == [verdict(study.desk(english), matrix, row) for row in rows]
    assert all("two" in one and "three" in one and "I3" in one for one in said)


def test_the_judgement_stands_beside_the_computed_status_with_its_reason(study: Any, english: Words) -> None:
    blocks = finding_blocks(study.desk(english), study.triangulation)
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.rows[0][4].text == "divergent\njudgement: partial"
    assert table.notes[0].text == (
        "The researcher's judgement on Communication is “partial”: DT hanya bicara satu loket."
        " (The cells have changed since this judgement.)"
    )
    assert table.notes[-1].text == "In all, 12 segments have no direction."


def test_the_analysts_own_findings_take_the_place_of_computed_sentences(study: Any, english: Words) -> None:
    matrix = study.triangulation.matrix
    own = {
        written_at(matrix, "edward3.communication", "dimension", False, None): "Pesan berganti.",
        written_at(matrix, "edward3.communication", "dimension", True, "AS"): "AS yakin pesannya jelas.",
    }
    desk = replace(study, material=replace(study.material, findings=own)).desk(english)
    blocks = finding_blocks(desk, study.triangulation)
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.rows[0][2].text == "Pesan berganti."
    told = [one.text for block in blocks if isinstance(block, Narrative) for one in block.paragraphs]
    assert told[1].startswith("Pesan berganti. On the dimension Communication, all four sources")
    assert "AS yakin pesannya jelas. This accords with the following statement by AS:" in told


def test_a_dimension_without_columns_is_shown(study: Any, english: Words) -> None:
    matrix = made()
    blocks = finding_blocks(study.desk(english), Triangulation(matrix))
    assert any(isinstance(block, Table) and block.rows[0][3].text == "0 of 0" for block in blocks)


def test_what_is_quoted_is_said_to_accord_only_where_its_direction_does(study: Any, english: Words) -> None:
    matrix = study.triangulation.matrix
    voice = VoiceCell("AS", "supporting", 4, 2, 0)
    first = replace(matrix.rows[0].cells[0], exemplars=("d2",), split=(voice,))
    found = Triangulation(replace(matrix, rows=(replace(matrix.rows[0], cells=(first, *matrix.rows[0].cells[1:])),)))
    (*_, told) = finding_blocks(study.desk(english), found)
    assert told.paragraphs[1].text == (
        "The evidence from AS is supporting (4 passages): 2 supporting, the rest without a direction."
        " This is quoted from AS:"
    )
