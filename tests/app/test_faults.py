"""A fault of the program reaches the log and the person, and nothing is lost."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.crash import CrashDialog
from app.faults import FaultCatcher, start_log
from app.main_window import MainWindow
from coding.errors import CodingError


@pytest.fixture
def catcher(window: MainWindow) -> Iterator[FaultCatcher]:
    """Catches what the test hands it, with a log file of its own."""
    start_log()
    yield FaultCatcher(window.ctx, window)
    log = logging.getLogger("telaah")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


def catch(catcher: FaultCatcher, error: Exception) -> None:
    try:
        raise error
    except type(error):
        kind, value, trace = sys.exc_info()
        assert kind is not None
        assert value is not None
        catcher.catch(kind, value, trace)


def test_a_fault_is_shown_with_its_trace_and_logged(
    catcher: FaultCatcher, window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    catch(catcher, ZeroDivisionError("ours"))
    qtbot.waitUntil(lambda: catcher.dialog is not None)
    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    assert dialog.isVisible()
    text = dialog.details.toPlainText()
    assert "ZeroDivisionError: ours" in text
    assert "test_faults.py" in text
    assert "ZeroDivisionError: ours" in (home / "log" / "telaah.log").read_text(encoding="utf-8")


def test_the_text_can_be_copied(catcher: FaultCatcher, window: MainWindow, qtbot: QtBot) -> None:
    catch(catcher, ZeroDivisionError("ours"))
    qtbot.waitUntil(lambda: catcher.dialog is not None)
    assert catcher.dialog is not None
    copy = catcher.dialog.findChild(QPushButton, "crash_copy")
    assert copy is not None
    copy.click()
    assert "ZeroDivisionError: ours" in QGuiApplication.clipboard().text()


def test_faults_that_follow_are_added_not_stacked(catcher: FaultCatcher, window: MainWindow, qtbot: QtBot) -> None:
    catch(catcher, ZeroDivisionError("first"))
    catch(catcher, LookupError("second"))
    qtbot.waitUntil(lambda: catcher.dialog is not None and "second" in catcher.dialog.details.toPlainText())
    assert len(window.findChildren(CrashDialog)) == 1
    assert catcher.dialog is not None
    catcher.dialog.accept()
    assert catcher.dialog is None


def test_a_fault_in_a_thread_is_caught_too(
    catcher: FaultCatcher, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", catcher.catch_in_thread)

    def broken() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: catcher.dialog is not None)
    assert catcher.dialog is not None
    assert "in a thread" in catcher.dialog.details.toPlainText()


def test_what_the_world_did_wrong_is_a_notice_even_here(
    catcher: FaultCatcher, qtbot: QtBot, notices: list[tuple[str, str, str]]
) -> None:
    catch(catcher, CodingError("undo_nothing"))
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[0][:2] == ("There is nothing to undo", "error")
    assert catcher.dialog is None
