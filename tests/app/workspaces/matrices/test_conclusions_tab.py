"""Conclusions in the window: written, ordered, linked and checked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.conclusions import TARGET, ConclusionsTab
from coding.findings.conclusions import conclusions, write_sentence

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def tab(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> ConclusionsTab:
    """The tab in front, without any sentence."""

    def nothing(op: object) -> None:
        for one in old:
            write_sentence(op, one.guid, "")  # type: ignore[arg-type]

    old = []
    sample_ctx.read(conclusions, lambda data: old.extend(data.sentences))
    idle(sample_ctx)
    sample_ctx.operate("Remove the sentences", nothing)
    qtbot.waitUntil(lambda: window.front is not None)
    window.show_workspace("matrices")
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    made.tabs.choose("conclusions")
    made._on_tab("conclusions")
    idle(sample_ctx)
    assert made.conclusions.list.count() == 0
    return made.conclusions


def write(tab: ConclusionsTab, text: str, qtbot: QtBot, idle: Idle) -> None:
    tab.add()
    qtbot.keyClicks(tab.edit, text)
    qtbot.keyClick(tab.edit, Qt.Key.Key_Escape)
    idle(tab.ctx)


def texts(tab: ConclusionsTab) -> list[str]:
    assert tab.data is not None
    return [one.text for one in tab.data.sentences]


def lines(tab: ConclusionsTab, group: int) -> list[QTreeWidgetItem]:
    top = tab.checks.topLevelItem(group)
    assert top is not None
    return [top.child(i) for i in range(top.childCount())]


def test_sentences_are_written_ordered_and_taken_back(tab: ConclusionsTab, qtbot: QtBot, idle: Idle) -> None:
    write(tab, "Satu.", qtbot, idle)
    write(tab, "Dua.", qtbot, idle)
    assert texts(tab) == ["Satu.", "Dua."]
    assert tab.list.hasFocus()
    assert tab.list.currentRow() == 1
    qtbot.keyClick(tab.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    idle(tab.ctx)
    assert texts(tab) == ["Dua.", "Satu."]
    assert tab.list.currentRow() == 0
    tab.ctx.undo()
    idle(tab.ctx)
    assert texts(tab) == ["Satu.", "Dua."]
    qtbot.keyClick(tab.list, Qt.Key.Key_Delete)
    idle(tab.ctx)
    assert texts(tab) == ["Satu."]
    tab.ctx.undo()
    idle(tab.ctx)
    qtbot.keyClick(tab.list, Qt.Key.Key_Return)
    assert tab.edit.hasFocus()


def test_a_new_sentence_is_one_step_however_often_its_draft_is_kept(
    tab: ConclusionsTab, qtbot: QtBot, idle: Idle
) -> None:
    tab.add()
    for part in ("Warga ", "belum ", "tahu."):
        qtbot.keyClicks(tab.edit, part)
        tab.edit.flush()
    idle(tab.ctx)
    assert texts(tab) == ["Warga belum tahu."]
    tab.ctx.undo()
    idle(tab.ctx)
    assert texts(tab) == []
    assert tab.edit.toPlainText() == ""


def test_findings_are_checked_and_the_lists_follow(tab: ConclusionsTab, qtbot: QtBot, idle: Idle) -> None:
    write(tab, "Satu.", qtbot, idle)
    assert tab.data is not None
    before = len(lines(tab, 3))
    assert before == len(tab.data.findings)
    assert len(lines(tab, 0)) == 1
    at = next(i for i, one in enumerate(tab.data.findings) if one.segments)
    guid = tab.data.findings[at].guid
    tab.findings.setCurrentRow(at)
    qtbot.keyClick(tab.findings, Qt.Key.Key_Space)
    idle(tab.ctx)
    assert tab.data.sentences[0].findings == (guid,)
    assert lines(tab, 0) == []
    assert len(lines(tab, 3)) == before - 1
    assert tab.findings.checked() == [guid]


def test_every_line_of_the_checks_is_a_door(tab: ConclusionsTab, qtbot: QtBot, idle: Idle) -> None:
    write(tab, "Satu.", qtbot, idle)
    write(tab, "Dua.", qtbot, idle)
    tab._on_check(lines(tab, 0)[0])
    idle(tab.ctx)
    assert tab.list.currentRow() == 0
    assert tab.list.hasFocus()
    assert tab.edit.toPlainText() == "Satu."
    line = next(one for one in lines(tab, 3) if tab.data and tab.data.finding(one.data(0, TARGET)[1]).segments)
    tab._on_check(line)
    idle(tab.ctx)
    assert tab.data is not None
    found = tab.data.finding(line.data(0, TARGET)[1])
    assert tab.opened is not None
    assert found is not None
    assert tab.opened.guids == found.segments


def test_findings_are_searched_and_sentences_copied(tab: ConclusionsTab, qtbot: QtBot, idle: Idle) -> None:
    write(tab, "Satu.", qtbot, idle)
    tab.search.setText("tidak ada kata begini sama sekali")
    assert all(tab.findings.item(i).isHidden() for i in range(tab.findings.count()))
    tab.search.clear()
    assert not any(tab.findings.item(i).isHidden() for i in range(tab.findings.count()))
    tab.copy_table()
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[1] == "Satu."
