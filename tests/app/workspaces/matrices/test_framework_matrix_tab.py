"""The framework matrix in the window: written by keyboard, kept as a draft, taken back, printed, copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPdfWriter
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.framework_grid import FrameworkChoice
from app.printing.framework_matrix import FrameworkPaper
from app.widgets.rich_edit import RichEdit
from app.widgets.summary_box import PAUSE
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.framework_matrix import FrameworkMatrixTab
from coding.analysis.framework_matrix import FrameworkCell

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def tab(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> FrameworkMatrixTab:
    """The framework matrix by Edward III in front."""
    qtbot.waitUntil(lambda: window.front is not None)
    window.show_workspace("matrices")
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    made.tabs.choose("framework_matrix")
    made._on_tab("framework_matrix")
    idle(sample_ctx)
    made.framework_matrix.choose(FrameworkChoice("edward3"))
    idle(sample_ctx)
    return made.framework_matrix


def unwritten(tab: FrameworkMatrixTab) -> tuple[int, int]:
    """A cell with passages in which nothing is written."""
    for row in range(len(tab.model.rows)):
        for column in range(1, len(tab.model.columns) + 1):
            cell = tab.model.cell(row, column)
            if cell.summary is None and len(cell.segment_ids) > 1:
                return row, column
    raise LookupError


def cell(tab: FrameworkMatrixTab, place: tuple[int, int]) -> FrameworkCell:
    return tab.model.cell(*place)


def test_a_summary_is_written_by_keyboard_and_taken_back(tab: FrameworkMatrixTab, qtbot: QtBot, idle: Idle) -> None:
    place = unwritten(tab)
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(*place))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.box.edit.hasFocus()
    qtbot.keyClick(tab.box.edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(tab.box.edit, "Sempit")
    qtbot.keyClick(tab.box.edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(tab.box.edit, " waktunya")
    qtbot.keyClick(tab.box.edit, Qt.Key.Key_Escape)
    idle(tab.ctx)
    assert tab.table.hasFocus()
    written = cell(tab, place).summary
    assert written is not None
    assert (written.text, written.stale) == ("**Sempit** waktunya", False)
    tab.ctx.undo()
    idle(tab.ctx)
    assert cell(tab, place).summary is None
    assert tab.box.edit.markup() == ""


def test_what_is_written_is_kept_after_two_seconds(tab: FrameworkMatrixTab, qtbot: QtBot, idle: Idle) -> None:
    assert PAUSE == 2000
    place = unwritten(tab)
    tab.table.setCurrentIndex(tab.model.index(*place))
    tab.box._timer.setInterval(20)
    qtbot.keyClicks(tab.box.edit, "draf")
    qtbot.waitUntil(lambda: not tab.box.unkept)
    idle(tab.ctx)
    written = cell(tab, place).summary
    assert written is not None
    assert written.text == "draf"


def test_passages_are_attached_and_opened(tab: FrameworkMatrixTab, qtbot: QtBot, idle: Idle) -> None:
    place = unwritten(tab)
    tab.table.setCurrentIndex(tab.model.index(*place))
    idle(tab.ctx)
    assert tab.box.passages.count() == len(cell(tab, place).segment_ids)
    tab.box.passages.setCurrentRow(1)
    qtbot.keyClick(tab.box.passages, Qt.Key.Key_Space)
    idle(tab.ctx)
    written = cell(tab, place).summary
    assert written is not None
    assert written.rests_on == (cell(tab, place).segment_ids[1],)
    opened: list[str] = []
    tab.ctx.segment_requested.connect(opened.append)
    qtbot.keyClick(tab.box.passages, Qt.Key.Key_Return)
    assert opened == list(written.rests_on)


def test_rows_are_sorted_and_filtered_by_attributes(tab: FrameworkMatrixTab, idle: Idle) -> None:
    assert tab.data is not None
    assert tab.data.matrix is not None
    every = len(tab.model.rows)
    tab.choose(FrameworkChoice("edward3", order="age"))
    idle(tab.ctx)
    ages = [int(row.values["age"]) for row in tab.model.rows if "age" in row.values]
    assert ages == sorted(ages)
    assert len(tab.model.rows) == every
    tab._on_head(0)
    idle(tab.ctx)
    assert [int(row.values["age"]) for row in tab.model.rows if "age" in row.values] == ages[::-1]
    tab._on_only(f"role\n{tab.model.rows[0].values['role']}")
    idle(tab.ctx)
    assert 0 < len(tab.model.rows) < every


def test_a_cell_is_a_door_and_the_table_is_copied(tab: FrameworkMatrixTab, qtbot: QtBot, idle: Idle) -> None:
    place = unwritten(tab)
    tab._on_cell(*place, False)
    idle(tab.ctx)
    assert tab.opened is not None
    assert tab.opened.guids == cell(tab, place).segment_ids
    tab.copy_table()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(tab.model.rows) + 1
    assert len(lines[0].split("\t")) == len(tab.model.columns) + 1


def test_it_is_printed_with_every_row(tab: FrameworkMatrixTab, tmp_path: Path) -> None:
    path = tmp_path / "matrix.pdf"
    paper = FrameworkPaper(tab.ctx, tab.model)
    assert paper.save(path, landscape=True) > 1
    text = paper.document(QPdfWriter(str(path)), QRectF(0, 0, 6000, 4000), wide=True).toPlainText()
    assert all(row.informant in text for row in tab.model.rows)
    assert all(tab.model.column_name(at + 1) in text for at in range(len(tab.model.columns)))


def test_the_place_is_remembered(tab: FrameworkMatrixTab) -> None:
    tab.table.setCurrentIndex(tab.model.index(1, 2))
    kept = tab.state()
    tab._spot = None
    tab.restore(kept)
    assert tab._spot == tab.model.spot(1, 2)


@pytest.mark.parametrize(
    "markup", ["", "a **b** *c*", "- satu\n- *dua*\nlalu", "1. a\n2. b\n- c", "x\n\ny", "\\- bukan"]
)
def test_the_editor_gives_back_what_it_shows(qtbot: QtBot, markup: str) -> None:
    edit = RichEdit()
    qtbot.addWidget(edit)
    edit.set_markup(markup)
    assert edit.markup() == markup
