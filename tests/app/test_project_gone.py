"""A project whose file is moved, replaced or emptied behind the window's back, and the way back to a backup."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.backups import BackupsDialog, GoneDialog
from app.dialogs.files import ask_project
from app.main_window import MainWindow
from coding.codes.editing import new_open_code
from coding.project import Project
from coding.store.backup import backup_now, backups

Idle = Callable[[Context], None]
Notices = list[tuple[str, str, str]]
posix = pytest.mark.skipif("sys.platform == 'win32'", reason="an open file can't be moved there")


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, tmp_path: Path, idle: Idle) -> Context:
    """The window on a small project of Ani."""
    with qtbot.waitSignal(window.ctx.project_opened, timeout=20_000):
        window.ctx.create_project(tmp_path / "study.telaah", "Study", "id", [], "Ani")
    idle(window.ctx)
    return window.ctx


def press(name: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


@posix
def test_what_is_gone_is_said_and_saved_from_the_open_project(
    opened: Context, window: MainWindow, qtbot: QtBot, notices: Notices, tmp_path: Path, idle: Idle
) -> None:
    path, copy = tmp_path / "study.telaah", tmp_path / "kept.telaah"
    opened.operate("Make a code", lambda op: new_open_code(op, "mine"))
    idle(opened)
    made = backups(path)
    path.rename(tmp_path / "elsewhere.telaah")
    opened.back_up()
    opened.operate("Make a code", lambda op: new_open_code(op, "late"))
    idle(opened)
    assert [text[:37] for text, kind, _ in notices if kind == "error"] == ["study.telaah is no longer where it wa"] * 2
    assert not path.exists()
    assert backups(path) == made

    window.close()
    assert window.isVisible()
    assert isinstance(QApplication.activeModalWidget(), GoneDialog)
    press("gone_cancel")
    with qtbot.waitSignal(opened.project_opened, timeout=20_000):
        opened.save_copy(copy)
    idle(opened)
    assert opened.project is not None
    assert opened.project.path == copy
    with Project.open(copy, read_only=True) as project, project.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM code WHERE key = 'mine'").scalar() == 1


@posix
def test_the_window_can_be_closed_without_it(opened: Context, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "study.telaah").unlink()
    window.close()
    press("gone_close")
    assert not window.isVisible()


@pytest.mark.parametrize("bad", [b"", b"SQLite format 3\0" + bytes(4080), None])
def test_a_lost_project_offers_its_backups(
    bad: bytes | None, window: MainWindow, qtbot: QtBot, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(sample_file, tmp_path / "study.telaah"))
    backup_now(path)
    if bad is None:
        path.unlink()
    else:
        path.write_bytes(bad)
    with qtbot.waitSignal(window.ctx.project_refused, timeout=20_000):
        window.ctx.open_project(path)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupsDialog)
    assert dialog.list.count() == 1
    with qtbot.waitSignal(window.ctx.project_opened, timeout=20_000):
        dialog.opens.click()
    assert window.ctx.project is not None
    found = window.ctx.project.path
    assert (found.parent, found.name[:6]) == (tmp_path, "study ")
    assert (path.read_bytes() if path.exists() else None) == bad
    assert len(backups(path)) == 1


def test_a_package_is_opened_as_a_project_is(
    window: MainWindow, qtbot: QtBot, sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coding.review.packages import write_package

    package = tmp_path / "thesis.telaah-review"
    with Project.open(shutil.copyfile(sample_file, tmp_path / "study.telaah")) as project:
        write_package(project, package)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(package), ""))
    with qtbot.waitSignal(window.ctx.project_opened, timeout=20_000):
        ask_project(window.ctx, window)
    qtbot.waitUntil(lambda: window._front == "review", timeout=10_000)
