"""A study goes to its supervisor and comes back: two people, two project files, one window after the other."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.palette import Palette
from app.main_window import MainWindow
from app.review.merge_dialog import MergeDialog
from app.review.opening import open_review, show_merge
from app.review.sending import SendDialog, send_answers
from app.settings import Settings
from app.startup import let_go
from app.workspaces.review import ReviewWorkspace
from coding.project import Project
from coding.review.proposals import proposals
from coding.review.remarks import comments, verdicts
from coding.review.rows import Target
from coding.review.trail import trail, write_trail
from coding.segments.editing import set_valence
from coding.segments.queries import segments
from coding.words import Words
from tests.samples import sample_copy

SUPERVISOR = "Prof. Wira Atmaja"
CONTROL = Qt.KeyboardModifier.ControlModifier


class Person:
    """Somebody at a window of their own."""

    def __init__(self, name: str, qtbot: QtBot) -> None:
        settings = Settings()
        settings.set("coder", name)
        settings.set("language", "en")
        self.ctx = Context(settings)
        self.ctx.apply_theme()
        self.window = MainWindow(self.ctx)
        self.qtbot = qtbot
        self.window.resize(1366, 768)
        self.window.show()
        self.notices: list[tuple[str, str]] = []
        self.ctx.notice.connect(lambda text, kind, _: self.notices.append((text, kind)))

    def idle(self) -> None:
        jobs = self.ctx.jobs
        for _ in range(3):
            self.qtbot.waitUntil(
                lambda: jobs.writer.pending == 0 and jobs.reader.pending == 0 and jobs.helper.pending == 0,
                timeout=60_000,
            )
            QTest.qWait(20)

    def open(self, start: Callable[[], None]) -> None:
        with self.qtbot.waitSignal(self.ctx.project_opened, timeout=60_000):
            start()
        self.qtbot.waitUntil(lambda: self.window.front is not None, timeout=20_000)
        self.idle()

    @property
    def review(self) -> ReviewWorkspace:
        self.window.show_workspace("review")
        workspace = self.window.workspaces["review"]
        assert isinstance(workspace, ReviewWorkspace)
        self.idle()
        return workspace

    def list(self, wanted: str, kind: str = "") -> ReviewWorkspace:
        review = self.review
        review.bar.kind.setCurrentIndex(review.bar.kind.findData(kind))
        review.bar.wanted.setCurrentIndex(review.bar.wanted.findData(wanted))
        review.ask()
        self.idle()
        return review

    def press(self, keys: str) -> None:
        QTest.keyClicks(self.review.view, keys)
        self.idle()

    def leave(self) -> None:
        self.ctx.close_project()
        self.idle()
        self.window.close()
        let_go(self.ctx, self.window)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_copy(tmp_path_factory.mktemp("round") / "thesis.telaah", reviewed=False)


def write_remark(person: Person, words: str) -> None:
    review = person.review
    person.press("C")
    QTest.keyClicks(review.detail.conversation.field, words)
    QTest.keyClick(review.detail.conversation.field, Qt.Key.Key_Return, CONTROL)
    person.idle()


@pytest.mark.parametrize("each", [5, pytest.param(20, marks=pytest.mark.slow)])
def test_a_study_goes_to_its_supervisor_and_comes_back(
    each: int, sample: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, package, back = (
        tmp_path / "thesis.telaah",
        tmp_path / "thesis.telaah-review",
        tmp_path / "back.telaah-review",
    )
    shutil.copy(sample, study)
    with Project.open(study) as project:
        researcher = project.coder
        before = segments(project)

    # the researcher sends it
    student = Person(researcher, qtbot)
    student.open(lambda: student.ctx.open_project(study))
    student.ctx.actions.run("project.send_for_review")
    student.idle()
    dialog = student.window.findChild(SendDialog)
    assert isinstance(dialog, SendDialog)
    assert dialog.chosen().whole
    dialog.send(package)
    student.idle()
    assert package.exists()

    # the supervisor looks at it
    supervisor = Person(SUPERVISOR, qtbot)
    supervisor.open(lambda: open_review(supervisor.ctx, supervisor.window, package))
    qtbot.waitUntil(lambda: isinstance(supervisor.window.front, ReviewWorkspace), timeout=20_000)
    assert supervisor.ctx.project is not None
    assert (supervisor.ctx.project.coder, supervisor.ctx.project.role) == (SUPERVISOR, "supervisor")
    review = supervisor.list("new", "segment")
    things = list(review.model.targets[: 4 * each])
    supervisor.press("A" * each)
    for key in "Q" * each + "R" * each:
        supervisor.press(key)
        QTest.keyClick(review.detail.conversation.field, Qt.Key.Key_Return, CONTROL)  # without a word
    for number in range(each):
        write_remark(supervisor, f"Catatan {number + 1}")
        other = "-" if review.detail.detail.line.segment.valence != "inhibiting" else "+"  # type: ignore[union-attr]
        supervisor.press(f"{other}L")
    review.view.choose(0)
    supervisor.idle()
    supervisor.press("K")
    palette = review.findChild(Palette)
    QTest.keyClicks(palette.field, "Fragmentasi")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    supervisor.idle()
    supervisor.list("new", "finding")
    supervisor.press("R")
    send_answers(supervisor.ctx, back)
    supervisor.idle()
    assert back.exists(), supervisor.notices
    supervisor.leave()

    # meanwhile the researcher went on, on a passage that was questioned
    questioned = things[each]
    with Project.open(study, read_only=True) as project:
        was = segments(project, guids=[questioned.guid])[0]
    other = "neutral" if was.valence != "neutral" else "supporting"
    student.ctx.operate("Set the direction", lambda op: set_valence(op, [questioned.guid], other))
    student.idle()

    # it comes back, twice
    merging = show_merge(student.ctx, student.window, back)
    student.idle()
    assert isinstance(merging, MergeDialog)
    merging.merge.click()
    student.idle()
    with Project.open(study, read_only=True) as project:
        said = verdicts(project, things)
        assert [said[thing][0].verdict for thing in things[: 3 * each]] == (
            ["agreed"] * each + ["question"] * each + ["revise"] * each
        )
        assert [thing for thing in things if said[thing][0].changed] == [questioned]
        remarks = [row for row in comments(project) if row.coder == SUPERVISOR]
        assert [row.text for row in remarks] == [f"Catatan {number + 1}" for number in range(each)]
        assert [row.target for row in remarks] == things[3 * each :]
        asked = proposals(project, only_open=True)
        assert len(asked) == each + 1
        assert [row for row in segments(project) if row.guid != questioned.guid] == [
            row for row in before if row.guid != questioned.guid
        ]
        whole = (len(comments(project)), len(proposals(project)))
    again = show_merge(student.ctx, student.window, back)
    student.idle()
    assert not again.merge.isEnabled()
    again.reject()

    # the researcher answers
    review = student.list("open", "segment")
    assert review.bar.wanted.currentText().startswith("Open points")
    review.open_at(things[0])
    student.idle()
    student.press("Y")
    review.open_at(things[3 * each])
    student.idle()
    student.press("N")
    student.press("C")
    QTest.keyClicks(review.detail.conversation.field, "Sudah saya periksa.")
    QTest.keyClick(review.detail.conversation.field, Qt.Key.Key_Return, CONTROL)
    student.idle()
    student.press("D")
    with Project.open(study, read_only=True) as project:
        assert segments(project, guids=[things[0].guid])[0].code == "edward3.bureaucracy.fragmentation"
        states = [row.state for row in proposals(project)]
        assert (states.count("accepted"), states.count("declined")) == (1, 1)
        assert (len(comments(project)), len(proposals(project))) == (whole[0] + 1, whole[1])
        claims = trail(project)
        write_trail(tmp_path / "trail.csv", claims, Words("en"))
    with (tmp_path / "trail.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    assert any(SUPERVISOR in row[14] for row in listed[1:])
    assert any(f"{SUPERVISOR}: revise" in row[5] for row in listed[1:])

    # and takes it all back: answers, then the merge as one step
    steps = 0
    while student.ctx.project is not None and student.ctx.project.next_undo and steps < 12:
        student.ctx.undo()
        student.idle()
        steps += 1
        with Project.open(study, read_only=True) as project:
            if not comments(project):
                break
    with Project.open(study, read_only=True) as project:
        assert comments(project) == proposals(project) == []
        assert verdicts(project, [Target("segment", row.guid) for row in before]) == {}
    student.leave()
