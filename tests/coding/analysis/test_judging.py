"""Findings and judgements beside what the rules compute, and when they go stale."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from coding.analysis.column_plan import switch
from coding.analysis.filters import EvidenceChoice
from coding.analysis.judging import findings, judge, row_named, unjudge, write_finding
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.project import Project

Add = Callable[..., str]
STAFF, RESOURCES = "edward3.resources.staff", "edward3.resources"


@pytest.fixture
def coded(project: Project, add: Add, code_words: Add) -> Project:
    add("W1", [("AS", "lama benar menunggunya"), ("BP", "cepat kok sekarang")])
    code_words("W1", "lama benar", STAFF, "inhibiting")
    code_words("W1", "cepat kok", STAFF, "supporting")
    return project


def test_a_judgement_stands_beside_the_computed_status(coded: Project) -> None:
    matrix = triangulate(coded, "edward3")
    with coded.operation("Judge a row") as op:
        judge(op, matrix, row_named(matrix, RESOURCES), "partial", "BP bicara soal loket lain")
    row = row_named(triangulate(coded, "edward3"), RESOURCES)
    assert row.status == "divergent"
    assert row.judgement is not None
    assert (row.judgement.status, row.judgement.stale) == ("partial", False)
    assert row_named(triangulate(coded, "edward3", columns="role"), RESOURCES).judgement is None
    coded.undo()
    assert row_named(triangulate(coded, "edward3"), RESOURCES).judgement is None


def test_it_goes_stale_with_its_cells_and_fresh_again_with_undo(coded: Project, code_words: Add) -> None:
    matrix = triangulate(coded, "edward3")
    with coded.operation("Judge a row") as op:
        judge(op, matrix, row_named(matrix, RESOURCES), "partial", "alasan")
        write_finding(op, matrix, row_named(matrix, RESOURCES), "Petugas dinilai berbeda.")
        cell = row_named(matrix, RESOURCES).cells[1]
        write_finding(op, matrix, row_named(matrix, RESOURCES), "BP puas.", cell)
    code_words("W1", "menunggunya", RESOURCES, "inhibiting")
    matrix = triangulate(coded, "edward3")
    judgement = row_named(matrix, RESOURCES).judgement
    assert judgement is not None
    assert judgement.stale
    assert [(f.column, f.text, f.stale) for f in findings(coded, matrix)] == [
        (None, "Petugas dinilai berbeda.", True),
        ("BP", "BP puas.", False),
    ]
    coded.undo()
    matrix = triangulate(coded, "edward3")
    assert [f.stale for f in findings(coded, matrix)] == [False, False]


def test_judgements_need_a_reason_and_can_be_taken_back(coded: Project) -> None:
    matrix = triangulate(coded, "edward3")
    row = row_named(matrix, RESOURCES)
    with pytest.raises(CodingError, match="needs a reason"), coded.operation("Judge a row") as op:
        judge(op, matrix, row, "partial", "  ")
    with coded.operation("Judge a row") as op:
        judge(op, matrix, row, "partial", "satu")
        judge(op, matrix, row, "convergent", "dua")
        write_finding(op, matrix, row, "x")
    with coded.operation("Take back") as op:
        unjudge(op, matrix, row)
        write_finding(op, matrix, row, " ")
    matrix = triangulate(coded, "edward3")
    assert row_named(matrix, RESOURCES).judgement is None
    assert findings(coded, matrix) == []


def flagged(project: Project, **shown: Any) -> tuple[bool | None, list[bool]]:
    """Whether the judgement on resources is flagged stale where it is shown, and the findings there."""
    matrix = triangulate(project, "edward3", **shown)
    judgement = row_named(matrix, RESOURCES).judgement
    return (None if judgement is None else judgement.stale), [finding.stale for finding in findings(project, matrix)]


@pytest.fixture
def judged(project: Project, add: Add, code_words: Add) -> Project:
    """AS supports twice and inhibits once, BP supports, an observation inhibits; the row is judged, and written on with
    the cells of AS and BP."""
    add("W1", [("AS", "lama benar menunggunya tetapi ramah sekali dan murah"), ("BP", "cepat kok sekarang")])
    add("Loket", [("", "Antrean sampai di luar pintu.")], "observation")
    for words, valence in (("lama benar", "inhibiting"), ("ramah sekali", "supporting"), ("murah", "supporting")):
        code_words("W1", words, STAFF, valence)
    code_words("W1", "cepat kok", STAFF, "supporting")
    code_words("Loket", "Antrean", STAFF, "inhibiting")
    matrix = triangulate(project, "edward3")
    row = row_named(matrix, RESOURCES)
    assert [cell.stance for cell in row.cells] == ["mixed", "supporting", "inhibiting"]
    with project.operation("Judge a row") as op:
        judge(op, matrix, row, "partial", "loket lain")
        for cell, text in ((None, "Berbeda."), (row.cells[0], "AS menimbang."), (row.cells[1], "BP puas.")):
            write_finding(op, matrix, row, text, cell)
    return project


def test_what_was_written_at_another_threshold_is_flagged_where_its_cells_are_others(judged: Project) -> None:
    assert flagged(judged) == (False, [False, False, False])
    # two of three passages of AS support: from 66 % on the cell supports, and the row is another
    assert flagged(judged, threshold=Fraction(66, 100)) == (True, [True, True, False])
    # one that changes no cell changes nothing
    assert flagged(judged, threshold=Fraction(67, 100)) == (False, [False, False, False])
    assert flagged(judged) == (False, [False, False, False])


def test_a_column_that_is_left_out_is_a_change_where_it_spoke(judged: Project) -> None:
    with judged.operation("Leave a column out") as op:
        switch(op, "observation", False)
    assert flagged(judged) == (True, [True, False, False])
    with judged.operation("And take it in again") as op:
        switch(op, "observation", True)
    assert flagged(judged) == (False, [False, False, False])
    with judged.operation("One that is silent") as op:
        switch(op, "document", False)
    assert flagged(judged) == (False, [False, False, False])


def test_a_filter_changes_nothing_that_was_written(judged: Project) -> None:
    for choice in (EvidenceChoice(exemplars=True), EvidenceChoice(coders=("niemand",)), EvidenceChoice(since="2030")):
        assert flagged(judged, choice=choice) == (False, [False, False, False])
    assert flagged(judged, columns="role") == (None, [])
