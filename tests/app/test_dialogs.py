"""About, shortcuts, coder: small dialogs of the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import main_window as main_window_module
from app.context import Context
from app.dialogs.about import AboutDialog, version
from app.dialogs.coder import CoderDialog
from app.dialogs.shortcuts import ShortcutSheet
from app.main_window import MainWindow

Idle = Callable[[Context], None]


@pytest.fixture(autouse=True)
def no_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window_module, "present_places", lambda: ())


def test_f1_lists_every_action_that_has_a_key(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    assert set(sheet.shown()) == {action.id for action in window.ctx.actions.all() if action.shortcuts}
    sheet.filter.setText("undo")
    assert sheet.shown() == ["edit.undo"]
    sheet.filter.setText("ctrl+shift+z")
    assert sheet.shown() == ["edit.redo"]
    sheet.filter.setText("no such thing")
    assert sheet.shown() == []


def test_about_says_which_version_this_is(window: MainWindow) -> None:
    window.ctx.actions.run("telaah.show_about")
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert version()[0].isdigit()


def test_the_coder_is_asked_for_and_taken_on(project_ctx: Context, window: MainWindow, idle: Idle) -> None:
    window.ctx.actions.run("project.change_coder")
    dialog = window.findChild(CoderDialog)
    assert dialog is not None
    idle(project_ctx)
    assert dialog.name.currentText() == "Ani"
    dialog.name.setEditText("  ")
    assert not dialog._ok.isEnabled()
    dialog.name.setEditText(" Budi ")
    dialog._ok.click()
    idle(project_ctx)
    assert project_ctx.project is not None
    assert (project_ctx.project.coder, project_ctx.project.role) == ("Budi", "researcher")
    assert window.status.coder.text() == "Coder: Budi"


def test_a_supervisor_is_known_as_one_and_codes_nothing(project_ctx: Context, window: MainWindow, idle: Idle) -> None:
    window.ctx.actions.run("project.change_coder")
    dialog = window.findChild(CoderDialog)
    idle(project_ctx)
    dialog.name.setEditText("Prof. Wira Atmaja")
    dialog.role.setCurrentIndex(1)
    assert dialog.initials.placeholderText() == "WA"
    dialog._ok.click()
    idle(project_ctx)
    assert project_ctx.project.role == "supervisor"
    assert window.status.coder.text() == "Supervisor: Prof. Wira Atmaja"
    window.ctx.actions.run("project.change_coder")
    again = window.findChildren(CoderDialog)[-1]
    idle(project_ctx)
    assert again.role.currentData() == "supervisor"
    assert {again.name.itemText(n) for n in range(again.name.count())} == {"Ani", "Prof. Wira Atmaja"}
    again.name.setEditText("Ani")
    assert again.role.currentData() == "researcher"
