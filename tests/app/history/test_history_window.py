"""The history's window, by mouse and key, on a real project."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.history.window import HistoryWindow
from app.main_window import MainWindow
from coding.codes.editing import new_open_code
from coding.codes.queries import open_codes

Idle = Callable[[Context], None]
NAMES = ("pasar", "hujan", "antre")


@pytest.fixture
def history(window: MainWindow, project_ctx: Context, idle: Idle) -> HistoryWindow:
    """The window over a project in which Ani has made three codes."""
    for name in NAMES:
        project_ctx.operate("Make the code {code}", lambda op, name=name: new_open_code(op, name), code=name)
    idle(project_ctx)
    project_ctx.actions.run("edit.show_history")
    idle(project_ctx)
    shown = window.findChild(HistoryWindow)
    assert isinstance(shown, HistoryWindow)
    return shown


def said(history: HistoryWindow) -> list[str]:
    return [str(history.model.index(row, 2).data()) for row in range(history.model.rowCount())]


def codes(ctx: Context, idle: Idle) -> list[str]:
    found: list[list[str]] = []
    ctx.read(lambda reader: [code.path for code in open_codes(reader)], found.append)
    idle(ctx)
    return found[0]


def choose(history: HistoryWindow, qtbot: QtBot, row: int) -> None:
    view = history.list
    place = view.visualRect(history.model.index(row, 2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_steps_stand_with_the_newest_first(history: HistoryWindow) -> None:
    assert said(history)[:3] == ["Make the code antre", "Make the code hujan", "Make the code pasar"]


def test_several_steps_are_undone_and_redone_at_once(
    history: HistoryWindow, project_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    choose(history, qtbot, 1)
    assert history.back.isEnabled()
    assert not history.forward.isEnabled()
    qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    idle(project_ctx)
    assert codes(project_ctx, idle) == ["pasar"]
    undone = [text for text in said(history) if text.endswith("(undone)")]
    assert undone == ["Make the code antre (undone)", "Make the code hujan (undone)"]

    choose(history, qtbot, said(history).index("Make the code antre (undone)"))
    assert history.forward.isEnabled()
    qtbot.mouseClick(history.forward, Qt.MouseButton.LeftButton)
    idle(project_ctx)
    assert sorted(codes(project_ctx, idle)) == sorted(NAMES)


def test_a_step_that_redo_has_lost_is_told_so(
    history: HistoryWindow, project_ctx: Context, qtbot: QtBot, idle: Idle, notices: list[tuple[str, str, str]]
) -> None:
    project_ctx.undo()
    project_ctx.operate("Make the code {code}", lambda op: new_open_code(op, "baru"), code="baru")
    idle(project_ctx)
    choose(history, qtbot, said(history).index("Make the code antre (undone)"))
    qtbot.mouseClick(history.forward, Qt.MouseButton.LeftButton)
    idle(project_ctx)
    assert [text for text, kind, _ in notices if kind == "error"] == [
        "This step can no longer be reached; the history has moved on"
    ]


def test_the_log_is_filtered_by_coder_and_words_and_written(
    history: HistoryWindow, project_ctx: Context, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    project_ctx.set_coder("Budi")
    project_ctx.operate("Make the code {code}", lambda op: new_open_code(op, "=loket"), code="=loket")
    idle(project_ctx)
    history.open()
    idle(project_ctx)
    history.coder.setCurrentIndex(history.coder.findData("Budi"))
    history.renew()
    idle(project_ctx)
    assert said(history) == ["Make the code =loket"]
    choose(history, qtbot, 0)

    history.export_to(tmp_path / "log.csv")
    history.export_to(tmp_path / "log.xlsx")
    idle(project_ctx)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = list(csv.DictReader(file))
    assert (row["Coder"], row["Step"]) == ("Budi", "Make the code =loket")
    sheet = load_workbook(tmp_path / "log.xlsx").active
    assert sheet is not None
    assert sheet["C2"].value == "Make the code =loket"

    history.coder.setCurrentIndex(0)
    qtbot.keyClicks(history.search, "hujan")
    qtbot.waitUntil(lambda: said(history) == ["Make the code hujan"], timeout=20_000)


def test_another_coders_steps_can_not_be_taken_back(
    history: HistoryWindow, project_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    project_ctx.set_coder("Budi")
    idle(project_ctx)
    choose(history, qtbot, 0)
    assert not history.back.isEnabled()


def test_the_trail_of_the_findings_is_exported(
    window: MainWindow, sample_ctx: Context, idle: Idle, tmp_path: Path
) -> None:
    sample_ctx.actions.run("edit.show_history")
    idle(sample_ctx)
    shown = window.findChild(HistoryWindow)
    assert isinstance(shown, HistoryWindow)
    shown.export_trail(tmp_path / "trail.csv")
    idle(sample_ctx)
    with (tmp_path / "trail.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["Kind", "Claim", "Row"]
    assert {row[0] for row in rows[1:]} >= {"Finding"}
