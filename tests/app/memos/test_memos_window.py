"""The window of memos and journal, by mouse and key, on the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.memos.keeping import keep_draft
from app.memos.window import MemosWindow
from app.models.row_lists import ROW
from coding.memos.queries import memos
from coding.memos.rows import MemoRow

Idle = Callable[[Context], None]


@pytest.fixture
def shown(window: MainWindow, sample_ctx: Context, idle: Idle) -> MemosWindow:
    sample_ctx.actions.run("project.show_memos")
    idle(sample_ctx)
    made = window.findChild(MemosWindow)
    assert isinstance(made, MemosWindow)
    return made


def stored(ctx: Context, idle: Idle) -> list[MemoRow]:
    found: list[list[MemoRow]] = []
    ctx.read(memos, found.append)
    idle(ctx)
    return found[0]


def test_all_memos_of_the_project_stand_there(shown: MemosWindow, sample_ctx: Context, idle: Idle) -> None:
    rows = stored(sample_ctx, idle)
    assert len(rows) > 5
    assert shown.model.rows == rows


def test_a_journal_page_is_begun_written_and_dated(
    shown: MemosWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    qtbot.mouseClick(shown.new_page, Qt.MouseButton.LeftButton)
    idle(sample_ctx)
    idle(sample_ctx)
    qtbot.waitUntil(lambda: shown.shown is not None and shown.shown.kind == "journal", timeout=20_000)
    qtbot.keyClicks(shown.editor, "Balai desa penuh sejak pagi.")
    shown.title.clear()
    qtbot.keyClicks(shown.title, "Hari pertama")
    qtbot.keyClick(shown.title, Qt.Key.Key_Return)
    shown.day.setDate(QDate(2025, 5, 6))
    shown.editor.store()
    idle(sample_ctx)
    page = stored(sample_ctx, idle)[0]
    assert (page.kind, page.title_id, page.text, page.date) == (
        "journal", "Hari pertama", "Balai desa penuh sejak pagi.", "2025-05-06",
    )  # fmt: skip


def test_a_memo_is_changed_and_the_change_undone(
    shown: MemosWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    row = shown.model.index(0).data(ROW)
    place = shown.list.visualRect(shown.model.index(0)).center()
    qtbot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown.editor.toPlainText() == row.text
    qtbot.keyClicks(shown.editor, "Tambahan. ")
    qtbot.keyClick(shown.editor, Qt.Key.Key_Escape)
    idle(sample_ctx)
    texts = {one.target: one.text for one in stored(sample_ctx, idle)}
    assert texts[row.target] == "Tambahan. " + row.text
    sample_ctx.undo()
    idle(sample_ctx)
    assert shown.editor.toPlainText() == row.text


def test_the_list_is_searched_and_narrowed_to_a_kind(
    shown: MemosWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    row = shown.model.rows[-1]
    word = max(row.text.split(), key=len)
    qtbot.keyClicks(shown.search, word)
    qtbot.waitUntil(lambda: all(word.casefold() in r.text.casefold() + r.quote.casefold() for r in shown.model.rows))
    assert row in shown.model.rows
    shown.search.clear()
    shown.kind.setCurrentIndex(shown.kind.findData("journal"))
    shown.renew()
    idle(sample_ctx)
    assert all(r.kind == "journal" for r in shown.model.rows)


def test_a_memo_is_begun_on_the_project_and_removed(
    shown: MemosWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    sample_ctx.actions.run("project.write_memo")
    idle(sample_ctx)
    assert shown.shown is not None
    assert shown.shown.kind == "project"
    qtbot.keyClicks(shown.editor, "Untuk siapa tulisan ini?")
    shown.editor.store()
    idle(sample_ctx)
    assert [row.text for row in stored(sample_ctx, idle) if row.kind == "project"] == ["Untuk siapa tulisan ini?"]
    qtbot.mouseClick(shown.remove, Qt.MouseButton.LeftButton)
    idle(sample_ctx)
    assert not [row for row in stored(sample_ctx, idle) if row.kind == "project"]


def test_a_memo_leads_to_its_passage(shown: MemosWindow, sample_ctx: Context, qtbot: QtBot) -> None:
    row = next(r for r in shown.model.rows if r.kind == "segment")
    shown.list.setCurrentIndex(shown.model.index_of(row.target))
    with qtbot.waitSignal(sample_ctx.segment_requested, timeout=20_000) as asked:
        qtbot.mouseClick(shown.go, Qt.MouseButton.LeftButton)
    assert asked.args == [row.target]


def test_what_was_being_written_at_a_crash_comes_back(
    window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    project = sample_ctx.project
    assert project is not None
    keep_draft(sample_ctx, "project", project.guid, "Belum selesai")
    sample_ctx.close_project()
    idle(sample_ctx)
    with qtbot.waitSignal(sample_ctx.project_opened, timeout=20_000):
        sample_ctx.open_project(project.path)
    idle(sample_ctx)
    assert [row.text for row in stored(sample_ctx, idle) if row.kind == "project"] == ["Belum selesai"]


@pytest.mark.parametrize("suffix", [".docx", ".csv"])
def test_what_is_listed_is_exported(
    shown: MemosWindow, sample_ctx: Context, idle: Idle, tmp_path: Path, suffix: str
) -> None:
    shown.export_to(tmp_path / f"memo{suffix}")
    idle(sample_ctx)
    assert (tmp_path / f"memo{suffix}").stat().st_size > 500
