"""Pinned analyses and charts of the matrices in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.matrix_choice import FactorChoice, MatrixChoice
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.pinning import PinDialog
from coding.analysis.filters import EvidenceChoice
from coding.analysis.pinned import pinned
from coding.project import Project

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    """Matrices in front, with nothing of the sample's own pinned."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    idle(sample_ctx)
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    for one in made.pins.pinned:
        made._unpin(one)
    idle(sample_ctx)
    return made


def pin(matrices: MatricesWorkspace, name: str, idle: Idle) -> None:
    matrices.ctx.actions.run("matrix.pin")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PinDialog)
    dialog.name.setText(name)
    dialog.ok.click()
    idle(matrices.ctx)


def entries(matrices: MatricesWorkspace) -> list[str]:
    matrices._fill_pins()
    return [entry.text() for entry in matrices.pins.entries.actions() if not entry.isSeparator()]


def test_what_is_shown_is_pinned_and_comes_back_with_its_filters(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab, ctx = matrices.triangulation, matrices.ctx
    asked = MatrixChoice("edward3", "source", "category", "", 75, EvidenceChoice(exemplars=True))
    tab.choose(asked)
    idle(ctx)
    shown = tab.choice
    pin(matrices, "Kutipan per kategori", idle)
    assert entries(matrices)[0] == "Kutipan per kategori"
    assert matrices.pins.text() == "Pinned (1)"
    matrices.tabs.choose("factors")
    matrices.factors.choose(FactorChoice("edward3", "dimension"))
    idle(ctx)
    pin(matrices, "Faktor", idle)
    tab.choose(MatrixChoice("jones"))
    idle(ctx)
    matrices._fill_pins()
    matrices.pins.entries.actions()[1].trigger()
    idle(ctx)
    assert matrices.tab is tab
    assert tab.choice == shown
    assert tab.data is not None
    assert tab.data.matrix is not None
    assert tab.data.matrix.whole is not None
    matrices.factors.choose(FactorChoice("factors"))
    idle(ctx)
    matrices.pins.entries.actions()[0].trigger()
    idle(ctx)
    assert matrices.tab is matrices.factors
    assert matrices.factors.choice.framework == "edward3"
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        assert [one.name for one in pinned(project)] == ["Faktor", "Kutipan per kategori"]


def test_what_was_pinned_is_there_when_the_project_is_opened_again(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    pin(matrices, "Sumber", idle)
    assert matrices.ctx.project is not None
    path = matrices.ctx.project.path
    with qtbot.waitSignal(matrices.ctx.project_closed):
        matrices.ctx.close_project()
    assert matrices.pins.pinned == ()
    with qtbot.waitSignal(matrices.ctx.project_opened, timeout=20_000):
        matrices.ctx.open_project(path)
    idle(matrices.ctx)
    assert [one.name for one in matrices.pins.pinned] == ["Sumber"]


def test_an_analysis_is_unpinned_and_that_is_undone(matrices: MatricesWorkspace, idle: Idle) -> None:
    pin(matrices, "Sumber", idle)
    matrices._fill_pins()
    menu = next(action.menu() for action in matrices.pins.entries.actions() if action.menu() is not None)
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    idle(matrices.ctx)
    assert entries(matrices)[0] == "Nothing is pinned yet"
    matrices.ctx.undo()
    idle(matrices.ctx)
    assert entries(matrices)[0] == "Sumber"


def test_a_name_that_is_taken_is_said_and_a_blank_one_is_refused(matrices: MatricesWorkspace, idle: Idle) -> None:
    pin(matrices, "Sumber", idle)
    matrices.ctx.actions.run("matrix.pin")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PinDialog)
    dialog.name.setText("  ")
    assert not dialog.ok.isEnabled()
    dialog.name.setText("SUMBER")
    assert dialog.hint.text()
    dialog.reject()


def test_counts_can_not_be_pinned(matrices: MatricesWorkspace, idle: Idle) -> None:
    matrices.tabs.choose("frequencies")
    idle(matrices.ctx)
    assert not matrices._can_pin()


def test_a_matrix_has_two_charts_and_factors_one(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, asked = matrices.triangulation, []
    for number, chart in enumerate(tab.charts()):
        path = tmp_path / f"{number}.png"
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *words, path=path: (asked.append(words[2]), (str(path), ""))[1]
        )
        tab._save_chart(chart)
        qtbot.waitUntil(path.exists, timeout=20_000)
        assert path.read_bytes().startswith(b"\x89PNG")
    assert len(asked) == 2
    qtbot.mouseClick(tab.chart_button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == 2
    menu.close()
    matrices.tabs.choose("factors")
    idle(matrices.ctx)
    path = tmp_path / "factors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "PDF (*.pdf)"))
    matrices.factors.chart_button.click()
    written = tmp_path / "factors.pdf"
    qtbot.waitUntil(written.exists, timeout=20_000)
    assert written.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_written_is_said(
    matrices: MatricesWorkspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    monkeypatch.setattr(type(matrices.ctx), "say_error", lambda _ctx, error: said.append(error))
    path = tmp_path / "nowhere" / "chart.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    matrices.triangulation._save_chart(matrices.triangulation.charts()[0])
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "does not exist" in str(said[0])
