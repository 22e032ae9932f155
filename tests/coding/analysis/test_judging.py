"""Findings and judgements beside what the rules compute, and when they go stale."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
