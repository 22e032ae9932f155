"""The study's order of columns, its periods, and observation and document switched off: none changes a cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.analysis.column_plan import BY_INFORMANT, Period, plan_of, set_order, set_periods, switch
from coding.analysis.filters import within
from coding.analysis.judging import findings, judge, row_named, write_finding
from coding.analysis.results import Matrix
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.informants.editing import rename_informant
from coding.informants.queries import informants
from coding.project import Project
from coding.transcripts.editing import set_details
from coding.transcripts.queries import source_guid
from coding.words import Words

Add = Callable[..., str]
STAFF = "edward3.resources.staff"


@pytest.fixture
def study(project: Project, add: Add, code_words: Add) -> Project:
    add("W1", [("AS", "petugas kurang"), ("BP", "cukup kok")])
    add("W2", [("CT", "tidak tahu")])
    add("O1", [("", "loket tutup lagi")], method="observation")
    for name, words, valence in (
        ("W1", "petugas kurang", "inhibiting"),
        ("W1", "cukup kok", "supporting"),
        ("W2", "tidak tahu", None),
        ("O1", "loket tutup", "inhibiting"),
    ):
        code_words(name, words, STAFF, valence)
    for name, day in (("W1", "2025-06-10"), ("W2", "2025-02-01"), ("O1", "2025-04")):
        with project.operation("Date") as op:
            set_details(op, source_guid(op.session, name), {"date": day})
    return project


def keys(matrix: Matrix) -> list[str | None]:
    return [column.key for column in matrix.columns]


def by_column(matrix: Matrix) -> list[dict[str | None, object]]:
    return [{cell.column: cell for cell in row.cells} for row in matrix.rows]


def ordered(project: Project, place: str, *order: str) -> None:
    with project.operation("Order") as op:
        set_order(op, place, order)


def test_columns_stand_in_the_studys_order_and_their_cells_go_along(study: Project) -> None:
    before = triangulate(study, "edward3")
    assert keys(before) == ["AS", "BP", "CT", "observation"]
    ordered(study, "source informant", "CT", "observation", "AS")
    after = triangulate(study, "edward3")
    # one that was not named follows
    assert keys(after) == ["CT", "observation", "AS", "BP"]
    assert by_column(after) == by_column(before)
    assert [row.status for row in after.rows] == [row.status for row in before.rows]
    assert [row.coverage for row in after.rows] == [row.coverage for row in before.rows]
    assert keys(triangulate(study, "edward3", "time")) == ["2025-06", "2025-02", "2025-04"]
    ordered(study, "source informant")
    assert triangulate(study, "edward3") == before
    study.undo()
    assert keys(triangulate(study, "edward3"))[0] == "CT"


def test_another_order_makes_nothing_written_stale(study: Project) -> None:
    matrix = triangulate(study, "edward3")
    row = row_named(matrix, "edward3.resources")
    with study.operation("Write") as op:
        write_finding(op, matrix, row, "Petugas kurang.")
        judge(op, matrix, row, "partial", "Satu suara saja yang puas.")
    ordered(study, "source informant", "observation", "BP")
    turned = triangulate(study, "edward3")
    assert [finding.stale for finding in findings(study, turned)] == [False]
    judged = row_named(turned, "edward3.resources").judgement
    assert judged is not None
    assert not judged.stale


def test_an_informant_who_is_called_otherwise_keeps_the_place_and_what_was_written(study: Project) -> None:
    ordered(study, BY_INFORMANT, "CT", "AS")
    matrix = triangulate(study, "edward3")
    row = row_named(matrix, "edward3.resources")
    with study.operation("Write") as op:
        write_finding(op, matrix, row, "Petugas kurang.")
        write_finding(op, matrix, row, "CT tidak tahu.", row.cells[0])
    guid = next(one.guid for one in informants(study) if one.code == "CT")
    with study.operation("Rename") as op:
        rename_informant(op, guid, "Zaenab")
    turned = triangulate(study, "edward3")
    assert keys(turned) == ["Zaenab", "AS", "BP", "observation"]
    assert [(finding.column, finding.stale) for finding in findings(study, turned)] == [
        (None, False),
        ("Zaenab", False),
    ]


def test_observation_can_do_without_a_column(study: Project) -> None:
    before = triangulate(study, "edward3")
    with study.operation("Switch") as op:
        switch(op, "observation", False)
    after = triangulate(study, "edward3")
    assert keys(after) == ["AS", "BP", "CT"]
    assert all(row.coverage[1] == 3 for row in after.rows)
    said = [notice.say(Words("en")) for notice in after.notices]
    assert "observation is left out of this matrix" in said
    rest = [{column: cell for column, cell in row.items() if column != "observation"} for row in by_column(before)]
    assert by_column(after) == rest
    # only beside informants: as a method it is a column like any other
    assert "observation" in keys(triangulate(study, "edward3", "method"))
    with study.operation("Switch") as op:
        switch(op, "observation", True)
    assert triangulate(study, "edward3") == before


def test_periods_take_the_place_of_months(study: Project) -> None:
    with study.operation("Periods") as op:
        set_periods(op, [Period("Sebelum", None, "2025-03"), Period(" Sesudah  surat ", "2025-05", "2025-12-31")])
    matrix = triangulate(study, "edward3", "time")
    assert keys(matrix) == ["Sebelum", "Sesudah surat", None]
    (row,) = [row for row in matrix.rows if row.code == "edward3.resources"]
    assert [cell.passages for cell in row.cells] == [1, 2, 1]
    assert row.coverage == (2, 2)
    assert "1 source lies in no period: O1" in [notice.say(Words("en")) for notice in matrix.notices]
    with study.operation("Periods") as op:
        set_periods(op, [])
    assert keys(triangulate(study, "edward3", "time")) == ["2025-06", "2025-02", "2025-04"]


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (Period("  ", "2025", None), "period_name"),
        (Period("Satu", None, " "), "period_days"),
        (Period("Satu", "kemarin", None), "period_days"),
        (Period("Satu", "2025-05", "2025-04-30"), "period_backwards"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(study: Project, period: Period, code: str) -> None:
    with pytest.raises(CodingError) as caught, study.operation("Periods") as op:
        set_periods(op, [period])
    assert caught.value.code == code
    with pytest.raises(CodingError, match="name of its own"), study.operation("Periods") as op:
        set_periods(op, [Period("A", "2025", None), Period("a", "2026", None)])
    assert plan_of(study).periods == ()


@pytest.mark.parametrize(
    ("day", "since", "until", "inside"),
    [
        ("2025-05-31", "2025-05", "2025-05", True),
        ("2025", "2025-05", None, True),
        ("2025-06-01", None, "2025-05", False),
        (None, "2025", None, False),
        (None, None, None, True),
    ],
)
def test_dates_are_compared_as_far_as_both_are_given(
    day: str | None, since: str | None, until: str | None, inside: bool
) -> None:
    assert within(day, since, until) is inside
