"""The review in its window on the sample: a supervisor goes through the queue, a researcher answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.palette import Palette
from app.main_window import MainWindow
from app.workspaces.review import ReviewWorkspace
from app.workspaces.review.edges import EdgesDialog
from coding.project import Project
from coding.review.proposals import proposals
from coding.review.queue import QueueFilter, queue
from coding.review.remarks import comments, verdicts
from coding.review.rows import ProposalRow, Target
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow

Idle = Callable[[Context], None]
SUPERVISOR, RESEARCHER = "Prof. Wira", "Rara"
CONTROL = Qt.KeyboardModifier.ControlModifier

FRONT = "review"


class Desk:
    """The workspace with hands, and what is in the file afterwards."""

    def __init__(self, window: MainWindow, idle: Idle) -> None:
        self.window, self.ctx, self._idle = window, window.ctx, idle
        workspace = window.workspaces["review"]
        assert isinstance(workspace, ReviewWorkspace)
        self.workspace, self.view, self.detail = workspace, workspace.view, workspace.detail
        self.strokes = 0

    def idle(self) -> None:
        for _ in range(3):
            self._idle(self.ctx)
            QTest.qWait(15)

    def press(self, keys: str) -> None:
        """Keys in the queue, one after the other without waiting."""
        self.strokes += len(keys)
        QTest.keyClicks(self.view, keys)

    def be(self, name: str, role: str) -> None:
        """Somebody else takes the chair."""
        self.ctx.set_coder(name, role)
        self.idle()
        self.workspace.ask()
        self.idle()

    def list(self, wanted: str, kind: str = "segment") -> None:
        """Choose what the queue lists."""
        bar = self.workspace.bar
        bar.kind.setCurrentIndex(bar.kind.findData(kind))
        bar.wanted.setCurrentIndex(bar.wanted.findData(wanted))
        self.idle()

    def reader(self) -> Project:
        self.idle()
        assert self.ctx.project is not None
        return Project.open(self.ctx.project.path, read_only=True)

    def target(self) -> Target:
        found = self.workspace.current_target()
        assert found is not None
        return found

    def segment(self, guid: str) -> SegmentRow:
        with self.reader() as project:
            return segments(project, guids=[guid])[0]

    def proposals(self, state: str) -> list[ProposalRow]:
        with self.reader() as project:
            return [row for row in proposals(project) if row.state == state]

    def click(self, name: str) -> None:
        self.idle()
        self.strokes += 1
        button = self.detail.findChild(QPushButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> Desk:
    """Review on the sample, the supervisor in the chair."""
    sample_ctx.set_coder(SUPERVISOR, "supervisor")
    qtbot.waitUntil(lambda: window.front is not None, timeout=10_000)
    idle(sample_ctx)
    window.show_workspace("review")
    made = Desk(window, idle)
    made.idle()
    made.list("new")
    return made


def test_the_buttons_stay_where_they_are_and_show_their_keys(desk: Desk) -> None:
    def places() -> list[tuple[str, int]]:
        desk.idle()
        made = desk.detail.verdict_buttons.values()
        return [(one.text(), one.mapTo(desk.detail, one.rect().topLeft()).y()) for one in made]

    first = places()
    assert [text.rsplit(" ", 1)[1] for text, _ in first] == ["(A)", "(Q)", "(R)"]
    rows: set[int] = set()
    for number in range(1, 6):
        desk.view.setCurrentIndex(desk.workspace.model.index(number, 0))
        assert places() == first
        rows.add(desk.detail.findChild(QPushButton, "propose_remove").mapTo(desk.detail, QPoint()).y())
    assert len(rows) == 1
    desk.list("all", "finding")
    assert places() == first
    before = desk.target()
    desk.press("s")  # a letter that means nothing leads nowhere
    assert desk.target() == before


def test_ten_passages_take_no_more_than_twenty_five_strokes(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    targets = list(desk.workspace.model.targets[:10])
    desk.strokes = 0
    field = desk.detail.conversation.field
    desk.press("AAQ")  # the third is questioned, and the question is written where it stands
    assert "What is the question?" in field.placeholderText()
    QTest.keyClicks(field, "Apakah ini bukan konsistensi?")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    desk.idle()
    desk.press("AAR")
    assert desk.target() == targets[5]
    QTest.keyClick(field, Qt.Key.Key_Escape)  # no word, but a proposal
    desk.press("-")
    QTest.keyClick(desk.view, Qt.Key.Key_Down)
    desk.strokes += 3
    desk.press("AAAA")
    with desk.reader() as project:
        said = {target: rows[0].verdict for target, rows in verdicts(project, targets).items()}
        assert [said.get(target) for target in targets] == [
            "agreed", "agreed", "question", "agreed", "agreed", "revise", "agreed", "agreed", "agreed", "agreed",
        ]  # fmt: skip
        (remark,) = comments(project)
        assert (remark.target, remark.text, remark.coder) == (targets[2], "Apakah ini bukan konsistensi?", SUPERVISOR)
    with capsys.disabled():
        print(f"\n{desk.strokes} strokes for ten passages, one comment, one question, one wish for revision")
    assert desk.strokes <= 25


def test_the_list_stays_while_one_goes_through_it_and_counts_follow(desk: Desk) -> None:
    count = len(desk.workspace.model.targets)
    first = desk.target()
    desk.press("A")
    desk.idle()
    assert len(desk.workspace.model.targets) == count
    assert desk.workspace.model.line(0).mine == "agreed"  # type: ignore[union-attr]
    assert desk.workspace.bar.wanted.currentText().startswith(f"New ({count - 1}")
    desk.ctx.undo()
    desk.idle()
    assert desk.workspace.model.line(0).mine is None  # type: ignore[union-attr]
    QTest.keyClick(desk.view, Qt.Key.Key_Home)
    assert desk.target() == first


class TestProposing:
    def test_code_direction_and_removal_are_answered_with_one_key(self, desk: Desk, qtbot: QtBot) -> None:
        guid = desk.target().guid
        before = desk.segment(guid)
        desk.press("K")
        palette = desk.workspace.findChild(Palette)
        QTest.keyClicks(palette.field, "Konsistensi")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        desk.idle()
        other = "inhibiting" if before.valence != "inhibiting" else "supporting"
        desk.press("-" if other == "inhibiting" else "+")
        assert [row.kind for row in desk.proposals("open")] == ["code", "valence"]
        assert desk.segment(guid) == before
        desk.be(RESEARCHER, "researcher")
        desk.list("open")
        assert [target.guid for target in desk.workspace.model.targets] == [guid]
        desk.press("Y")
        desk.idle()
        desk.press("N")
        desk.idle()
        assert desk.segment(guid).label_id == "Konsistensi"
        assert desk.segment(guid).valence == before.valence
        assert [row.state for row in desk.proposals("accepted") + desk.proposals("declined")] == [
            "accepted", "declined",
        ]  # fmt: skip
        desk.ctx.undo()
        desk.ctx.undo()
        desk.idle()
        assert desk.segment(guid) == before

    def test_edges_are_proposed_by_selecting(self, desk: Desk) -> None:
        guid = desk.target().guid
        before = desk.segment(guid)
        desk.press("E")
        dialog = desk.workspace.findChild(EdgesDialog)
        cursor = dialog.area.textCursor()
        assert cursor.selectedText().replace("\u2029", "\n").strip() == before.text.strip()
        assert not dialog._ok.isEnabled()
        start = cursor.selectionStart()
        cursor.setPosition(start)
        cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 2)
        dialog.area.setTextCursor(cursor)
        QTest.keyClick(dialog.area, Qt.Key.Key_Return)
        (row,) = desk.proposals("open")
        assert (row.kind, row.start) == ("span", before.start)
        assert before.text.startswith(row.text)
        assert row.text
        desk.be(RESEARCHER, "researcher")
        desk.list("open")
        desk.click("accept_proposal")
        assert desk.segment(guid).text == row.text

    def test_a_researcher_gives_no_verdicts_and_a_supervisor_changes_nothing(self, desk: Desk) -> None:
        target = desk.target()
        before = desk.segment(target.guid)
        desk.be(RESEARCHER, "researcher")
        desk.list("all")
        desk.press("AQRKEX")
        with desk.reader() as project:
            assert verdicts(project, [target]) == {}
            assert proposals(project) == []
        assert desk.segment(target.guid) == before


def test_a_thread_is_answered_and_closed(desk: Desk) -> None:
    field = desk.detail.conversation.field
    desk.press("C")
    QTest.keyClicks(field, "Siapa yang dimaksud?")
    desk.click("send_comment")
    desk.be(RESEARCHER, "researcher")
    desk.list("open")
    assert len(desk.workspace.model.targets) == 1
    desk.press("C")
    assert "Siapa yang dimaksud?" in desk.detail.conversation.answering.text()
    QTest.keyClicks(field, "Kepala dusun.")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    desk.idle()
    desk.press("D")
    with desk.reader() as project:
        first, second = comments(project)
        assert (first.closed, second.reply_to, second.text) == (True, first.guid, "Kepala dusun.")
    desk.list("open")
    desk.workspace.ask()
    desk.idle()
    assert not desk.workspace.model.targets
    assert desk.workspace.empty.isVisible()


def test_a_comment_begun_is_kept_with_its_passage(desk: Desk) -> None:
    field = desk.detail.conversation.field
    desk.press("C")
    QTest.keyClicks(field, "belum selesai")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is desk.view
    QTest.keyClick(desk.view, Qt.Key.Key_Down)
    desk.idle()
    assert field.toPlainText() == ""
    QTest.keyClick(desk.view, Qt.Key.Key_Up)
    desk.idle()
    assert field.toPlainText() == "belum selesai"
    assert "belum selesai" in desk.workspace.state()["drafts"].values()


def test_findings_and_judgements_are_reviewed_too(desk: Desk) -> None:
    for kind in ("finding", "judgement"):
        desk.list("new", kind)
        target = desk.target()
        assert target.kind == kind
        assert desk.detail.detail is not None
        assert desk.detail.detail.line.written is not None
        assert desk.detail.detail.line.written.text
        desk.press("R")
        with desk.reader() as project:
            assert [row.verdict for row in verdicts(project, [target])[target]] == ["revise"]
            assert target in queue(project, SUPERVISOR, QueueFilter("questioned")).targets


def test_the_place_is_found_again(desk: Desk, sample_ctx: Context, tmp_path: Path) -> None:
    desk.list("all")
    desk.view.choose(7)
    desk.idle()
    target = desk.target()
    kept = desk.workspace.state()
    desk.workspace.restore({})
    desk.idle()
    desk.workspace.restore(kept)
    desk.idle()
    assert desk.target() == target
    assert desk.workspace.bar.wanted.currentData() == "all"


def test_the_segment_panel_says_what_was_said_and_leads_there(desk: Desk, qtbot: QtBot) -> None:
    target = desk.target()
    desk.press("Q")
    desk.idle()
    desk.ctx.go_to_segment(target.guid)
    desk.idle()
    door = desk.window.findChild(QPushButton, "segment_review")
    qtbot.waitUntil(lambda: door.text() == "?", timeout=5000)
    assert "Question" in door.toolTip()
    desk.workspace.view.choose(5)
    QTest.mouseClick(door, Qt.MouseButton.LeftButton)
    desk.idle()
    assert desk.window.front is desk.workspace
    assert desk.target() == target
