"""A project that another Telaah has open: read beside it, taken over from a computer that is gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.locked import LockedDialog
from app.main_window import MainWindow
from app.widgets.read_only_bar import ReadOnlyBar
from coding.codes.editing import new_open_code
from coding.project import Project
from coding.store.lock import lock_path

Idle = Callable[[Context], None]
OTHER_COMPUTER = '{"host": "laptop-budi", "machine": 12, "process": 400}'


@pytest.fixture
def study(tmp_path: Path, sample_file: Path) -> Path:
    return Path(shutil.copyfile(sample_file, tmp_path / "study.telaah"))


@pytest.fixture
def other(study: Path) -> Iterator[Project]:
    """Another Telaah, which has the project open for writing."""
    with Project.open(study) as project:
        yield project


def ask_to_open(window: MainWindow, qtbot: QtBot, study: Path) -> LockedDialog:
    with qtbot.waitSignal(window.ctx.project_refused, timeout=20_000):
        window.ctx.open_project(study)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LockedDialog)
    return dialog


def press(qtbot: QtBot, dialog: LockedDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_second_window_reads_and_says_so(
    window: MainWindow, qtbot: QtBot, study: Path, other: Project, idle: Idle, notices: list[tuple[str, str, str]]
) -> None:
    ctx = window.ctx
    dialog = ask_to_open(window, qtbot, study)
    assert dialog.findChild(QPushButton, "take_over") is None
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        press(qtbot, dialog, "read_only")
    idle(ctx)
    bar = window.findChild(ReadOnlyBar)
    assert bar is not None
    assert bar.isVisible()
    assert "for reading only" in window.windowTitle()

    ctx.operate("Make a code", lambda op: new_open_code(op, "mine"))
    idle(ctx)
    assert [text for text, kind, _ in notices if kind == "error"] == [
        "study.telaah is open for reading only; nothing was changed"
    ]

    qtbot.waitUntil(lambda: ctx._seen is not None, timeout=20_000)
    with qtbot.waitSignal(ctx.changed, timeout=20_000), other.operation("Make a code") as op:
        new_open_code(op, "theirs")


def test_the_project_is_written_again_once_the_other_has_closed_it(
    window: MainWindow, qtbot: QtBot, study: Path, other: Project, idle: Idle
) -> None:
    ctx = window.ctx
    dialog = ask_to_open(window, qtbot, study)
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        press(qtbot, dialog, "read_only")
    idle(ctx)
    other.close()
    bar = window.findChild(ReadOnlyBar)
    assert bar is not None
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        qtbot.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    idle(ctx)
    assert not bar.isVisible()
    with qtbot.waitSignal(ctx.changed, timeout=20_000):
        ctx.operate("Make a code", lambda op: new_open_code(op, "mine"))


def test_what_another_computer_left_can_be_taken_over(
    window: MainWindow, qtbot: QtBot, study: Path, idle: Idle
) -> None:
    lock_path(study).write_text(OTHER_COMPUTER, encoding="utf-8")
    dialog = ask_to_open(window, qtbot, study)
    with qtbot.waitSignal(window.ctx.project_opened, timeout=20_000):
        press(qtbot, dialog, "take_over")
    idle(window.ctx)
    assert window.ctx.project is not None
    assert not window.ctx.project.read_only


def test_a_project_left_alone_stays_closed(window: MainWindow, qtbot: QtBot, study: Path, other: Project) -> None:
    dialog = ask_to_open(window, qtbot, study)
    press(qtbot, dialog, "leave_it")
    assert window.ctx.project is None
