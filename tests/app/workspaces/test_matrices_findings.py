"""What the analyst writes beside the matrix: findings on cells and rows, judgements on rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.matrix_model import FINDING
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.judgement import JudgementDialog
from app.workspaces.matrices.triangulation import TriangulationTab
from coding.analysis.judging import Finding, findings
from coding.analysis.results import Judgement
from coding.analysis.triangulation import triangulate
from coding.project import Project
from coding.segments.editing import set_valence

Idle = Callable[[Context], None]
CELL = ("edward3.resources", "dimension", "BP")

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    """Matrices in front, with whatever the sample says of this row taken away."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    idle(sample_ctx)
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    tab = made.triangulation
    row = row_of(tab)
    for column in range(len(tab.view.rows.columns) + 1):
        if tab.view.rows.finding(row, column) is not None:
            tab.write_finding(tab._door_at(row, column), "")
    if tab.view.rows.lines[row].row.judgement is not None:
        tab.remove_judgement(tab._door_at(row, 0))
    idle(sample_ctx)
    return made


@pytest.fixture
def tab(matrices: MatricesWorkspace) -> TriangulationTab:
    return matrices.triangulation


def row_of(tab: TriangulationTab) -> int:
    row = tab.view.rows.find((CELL[0], CELL[1]))
    assert row is not None
    return row


def column_of(tab: TriangulationTab) -> int:
    return [column.key for column in tab.view.rows.columns].index(CELL[2]) + 1


def open_place(tab: TriangulationTab, column: int, idle: Idle) -> None:
    tab.view.setCurrentIndex(tab.view.rows.index(row_of(tab), column))
    tab._on_cell(row_of(tab), column, False)
    idle(tab.ctx)


def write(matrices: MatricesWorkspace, text: str, qtbot: QtBot, idle: Idle) -> None:
    """Write a finding and turn to the table."""
    edit = matrices.panel.finding.edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    matrices.triangulation.view.setFocus()
    idle(matrices.ctx)


def stored(ctx: Context) -> dict[tuple[str, str | None], Finding]:
    """The findings of the row in the file."""
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        found = findings(project, triangulate(project, "edward3"))
    return {(one.code, one.column if one.cell else None): one for one in found if one.code == CELL[0]}


def judgement(tab: TriangulationTab) -> Judgement | None:
    return tab.view.rows.lines[row_of(tab)].row.judgement


def test_a_finding_is_kept_when_one_turns_to_something_else(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    open_place(tab, column_of(tab), idle)
    write(matrices, "Petugas terlalu sedikit.", qtbot, idle)
    assert stored(tab.ctx)[CELL[0], CELL[2]].text == "Petugas terlalu sedikit."
    index = tab.view.rows.index(row_of(tab), column_of(tab))
    assert index.data(FINDING).text == "Petugas terlalu sedikit."
    assert "Finding: Petugas terlalu sedikit." in index.data(Qt.ItemDataRole.AccessibleTextRole)
    tab.ctx.undo()
    idle(tab.ctx)
    assert matrices.panel.finding.edit.toPlainText() == ""
    assert stored(tab.ctx) == {}


def test_a_finding_is_kept_after_a_pause_while_one_goes_on_writing(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    open_place(tab, 0, idle)
    edit = matrices.panel.finding.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Sumber daya kurang")
    qtbot.waitUntil(lambda: not matrices.panel.finding.unkept)
    qtbot.keyClicks(edit, ", kecuali")
    idle(tab.ctx)
    assert edit.toPlainText() == "Sumber daya kurang, kecuali"
    assert edit.hasFocus()
    qtbot.waitUntil(lambda: not matrices.panel.finding.unkept)
    idle(tab.ctx)
    assert stored(tab.ctx)[CELL[0], None].text == "Sumber daya kurang, kecuali"


def test_another_cell_has_its_own_finding(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    open_place(tab, column_of(tab), idle)
    edit = matrices.panel.finding.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Ini milik BP")
    # without any pause
    open_place(tab, column_of(tab) + 1, idle)
    assert edit.toPlainText() == ""
    open_place(tab, column_of(tab), idle)
    assert edit.toPlainText() == "Ini milik BP"
    tab.choose(replace(tab.choice, columns="group"))
    idle(tab.ctx)
    tab._on_cell(row_of(tab), 1, False)
    idle(tab.ctx)
    assert edit.toPlainText() == ""


def test_a_finding_whose_evidence_changed_says_so_until_it_is_confirmed(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    open_place(tab, column_of(tab), idle)
    write(matrices, "Petugas terlalu sedikit.", qtbot, idle)
    box = matrices.panel.finding
    assert box.stale.isHidden()
    guid = matrices.panel.guids()[0]
    tab.ctx.operate("Set direction", lambda op: set_valence(op, [guid], "supporting"))
    idle(tab.ctx)
    assert box.stale.isVisible()
    assert tab.view.rows.index(row_of(tab), column_of(tab)).data(FINDING).stale
    qtbot.mouseClick(box.confirm, Qt.MouseButton.LeftButton)
    idle(tab.ctx)
    assert box.stale.isHidden()
    assert not stored(tab.ctx)[CELL[0], CELL[2]].stale


def test_columns_and_notices_have_no_finding(matrices: MatricesWorkspace, tab: TriangulationTab, idle: Idle) -> None:
    tab.open_door(tab._head_door(1))
    idle(tab.ctx)
    assert matrices.panel.finding.isHidden()
    tab.open_undirected()
    idle(tab.ctx)
    assert matrices.panel.finding.isHidden()
    assert matrices.panel.judgement.isHidden()


def test_a_judgement_stands_beside_the_computed_status(
    window: MainWindow, matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    open_place(tab, tab.view.rows.status_column, idle)
    computed = tab.view.rows.lines[row_of(tab)].row.status
    qtbot.mouseClick(matrices.panel.judgement.judge, Qt.MouseButton.LeftButton)
    dialog = window.findChild(JudgementDialog)
    assert dialog is not None
    assert not dialog.ok.isEnabled()
    dialog.status.setCurrentIndex(dialog.status.findData("convergent"))
    qtbot.keyClicks(dialog.reason, "SM hanya mengulang.")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    idle(tab.ctx)
    assert judgement(tab) == Judgement("convergent", "SM hanya mengulang.", False)
    assert tab.view.rows.lines[row_of(tab)].row.status == computed
    assert "SM hanya mengulang." in matrices.panel.judgement.text.text()
    said = tab.view.rows.index(row_of(tab), tab.view.rows.status_column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "judgement: convergent: SM hanya mengulang." in said
    qtbot.mouseClick(matrices.panel.judgement.remove, Qt.MouseButton.LeftButton)
    idle(tab.ctx)
    assert judgement(tab) is None
    tab.ctx.undo()
    idle(tab.ctx)
    assert judgement(tab) is not None
