"""The team's window: sources given to coders, disagreements settled, coding blind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.name import NameDialog
from app.main_window import MainWindow
from app.team.shares_tab import DistributionDialog
from app.team.window import TeamWindow
from app.workspaces.evidence import EvidenceWorkspace
from app.workspaces.review import ReviewWorkspace
from app.workspaces.transcripts import TranscriptsWorkspace
from coding.analysis.agreed import agreed_counts
from coding.codes.queries import code_guid
from coding.project import Project
from coding.review.queue import QueueFilter
from coding.review.settling import settlements
from coding.review.team import shares
from coding.segments.done import set_done
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

Idle = Callable[[Context], None]
STAFF = "edward3.resources.staff"
WORDS = ("Petugasnya ramah.", "Kami antre lama.", "Uangnya cair.")


def talk(name: str) -> Draft:
    body = " ".join(WORDS)
    cuts, at = [], 4
    for words in WORDS:
        cuts.append((at, at + len(words)))
        at += len(words) + 1
    return Draft(
        name, f"AS: {body}\n{name}\n", "interview", speakers=(Speaker("AS", "informant", code="AS"),),
        turns=(DraftTurn(4, 4 + len(body), 0, 3, 0),), sentences=tuple(cuts), segmenter="x",
    )  # fmt: skip


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Three interviews; in the first Ani put two codes where Budi put one."""
    path = tmp_path / "team.telaah"
    with Project.create(path, "Studi", frameworks=["edward3"], coder="Ani") as project:
        for number in range(3):
            with project.operation("Import") as op:
                guid = store_draft(op, talk(f"W{number + 1}"))
            if number == 0:
                first = guid
        for coder, count in (("Ani", 2), ("Budi", 1)):
            with project.operation("Tag", coder) as op:
                code = code_guid(op.session, STAFF)
                for start, end in talk("x").sentences[:count]:
                    tag(op, first, start, end, code, "supporting")
                set_done(op, first, True)
    return path


@pytest.fixture
def team(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, study: Path) -> TeamWindow:
    ctx.settings.set("coder", "Ani")
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(study)
    ctx.set_coder("Ani")
    idle(ctx)
    ctx.actions.run("project.show_team")
    idle(ctx)
    shown = window.findChild(TeamWindow)
    assert isinstance(shown, TeamWindow)
    return shown


def given(study: Path) -> list[set[str]]:
    with Project.open(study, read_only=True) as project:
        return [set(row.assigned) for row in shares(project)]


def test_a_tick_gives_a_source_and_undo_takes_it_back(team: TeamWindow, study: Path, idle: Idle) -> None:
    table = team.shares.table
    assert [table.horizontalHeaderItem(n).text() for n in range(2, 4)] == ["Ani", "Budi"]
    assert (table.item(0, 2).text(), table.item(1, 2).text()) == ("✓", "")
    table.setFocus()
    table.setCurrentCell(1, 3)
    QTest.keyClick(table, Qt.Key.Key_Space)
    idle(team.ctx)
    assert given(study) == [set(), {"Budi"}, set()]
    assert "Budi: 1 source" in team.shares.said.text()
    team.ctx.undo()
    idle(team.ctx)
    assert given(study) == [set(), set(), set()]
    assert table.item(1, 3).checkState() == Qt.CheckState.Unchecked


def test_coders_are_added_and_renamed_where_sources_are_given_out(team: TeamWindow, study: Path, idle: Idle) -> None:
    ctx, table = team.ctx, team.shares.table

    def write(name: str) -> None:
        dialog = team.findChildren(NameDialog)[-1]
        dialog.field.setText(name)
        dialog.save.click()
        idle(ctx)

    def heads() -> list[str]:
        return [table.horizontalHeaderItem(n).text() for n in range(2, table.columnCount())]

    team.shares.add.click()
    write("Citra")
    assert heads() == ["Ani", "Budi", "Citra"]
    assert not team.shares.rename.isEnabled()
    table.setCurrentCell(0, 2)
    team.shares.rename.click()
    write("Anisa")
    assert heads() == ["Anisa", "Budi", "Citra"]
    assert (ctx.project.coder, ctx.settings.get("coder")) == ("Anisa", "Anisa")
    table.horizontalHeader().sectionDoubleClicked.emit(3)
    write("Citra")
    assert heads() == ["Anisa", "Budi", "Citra"]
    ctx.undo()  # what Ani did, Anisa takes back
    idle(ctx)
    with Project.open(study, read_only=True) as project:
        assert {row.coder for row in segments(project)} == {"Budi"}


def test_sources_are_shared_out(team: TeamWindow, study: Path, idle: Idle) -> None:
    team.shares.share.click()
    dialog = team.findChild(DistributionDialog)
    dialog.together.setValue(1)
    dialog._ok.click()
    idle(team.ctx)
    assert sorted(len(names) for names in given(study)) == [1, 1, 2]


def test_a_disagreement_is_settled_with_a_key_and_a_reason(team: TeamWindow, study: Path, idle: Idle) -> None:
    team.ctx.actions.run("code.settle_disagreements")
    idle(team.ctx)
    page = team.settling
    assert page.list.count() == 1
    assert "Kami antre lama." in page.passage.text()
    assert page.who.text() == "Staff: Ani supporting, Budi not coded"
    assert page.counts.isHidden()
    QTest.keyClicks(page.reason, "antre bukan soal staf")
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_N)
    idle(team.ctx)
    assert page.list.count() == 0
    with Project.open(study, read_only=True) as project:
        (row,) = settlements(project)
        assert (row.put, row.reason, row.coder) == (False, "antre bukan soal staf", "Ani")
    page.make_version("Kesepakatan")
    idle(team.ctx)
    with Project.open(study, read_only=True) as project:
        assert [row.text for row in segments(project) if row.coder == "Kesepakatan"] == ["Petugasnya ramah."]
        assert agreed_counts(project) is True
    assert page.counts.isChecked()
    page.counts.click()
    idle(team.ctx)
    with Project.open(study, read_only=True) as project:
        assert agreed_counts(project) is False
    team.ctx.undo()
    team.ctx.undo()
    team.ctx.undo()
    idle(team.ctx)
    assert page.list.count() == 1


def test_blind_coders_see_their_own_codings_alone(
    team: TeamWindow, window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    ctx = team.ctx
    workspace = window.workspaces["transcripts"]
    assert isinstance(workspace, TranscriptsWorkspace)
    qtbot.waitUntil(lambda: bool(workspace.sources.model.rows) if hasattr(workspace.sources, "model") else True)
    with Project.open(ctx.project.path, read_only=True) as project:  # type: ignore[union-attr]
        source = segments(project)[0].source_guid
    ctx.go_to_source(source)
    idle(ctx)

    def by() -> list[str]:
        idle(ctx)
        return sorted(row.coder for row in workspace.tagging.rows.values())

    def counted() -> tuple[int, int, str]:
        book = workspace.tagging.book
        row = workspace.sources.sources.source(source)
        assert row is not None
        return row.segments, sum(code.segments for code in book.codes_of("edward3")), window.status.counts.text()

    assert by() == ["Ani", "Ani", "Budi"]
    share = workspace.sources.sources.source(source).coded
    assert counted() == (3, 3, "3 segments · 1 framework")
    team.shares.blind.click()
    idle(ctx)
    qtbot.waitUntil(lambda: by() == ["Ani", "Ani"], timeout=5000)
    assert counted() == (2, 2, "2 segments · 1 framework · codings of others are hidden")
    window.show_workspace("evidence")
    idle(ctx)
    evidence = window.workspaces["evidence"]
    assert isinstance(evidence, EvidenceWorkspace)
    qtbot.waitUntil(lambda: len(evidence.model.ids) == 2, timeout=5000)
    idle(ctx)
    assert evidence.bar.counts.text() == "2 coded segments · codings of others are hidden"
    window.show_workspace("review")
    review = window.workspaces["review"]
    assert isinstance(review, ReviewWorkspace)
    idle(ctx)
    review.bar.set_filter(QueueFilter("all"))
    review.ask()
    qtbot.waitUntil(lambda: len(review.model.targets) == 2, timeout=5000)
    ctx.set_coder("Budi")
    idle(ctx)
    review.bar.set_filter(QueueFilter("all"))  # who comes has another list first
    review.ask()
    qtbot.waitUntil(lambda: len(review.model.targets) == 1, timeout=5000)
    window.show_workspace("evidence")
    qtbot.waitUntil(lambda: by() == ["Budi"], timeout=5000)
    assert counted() == (1, 1, "1 segment · 1 framework · codings of others are hidden")
    assert workspace.sources.sources.source(source).coded < share
    qtbot.waitUntil(lambda: len(evidence.model.ids) == 1, timeout=5000)
    team.shares.blind.click()
    qtbot.waitUntil(lambda: by() == ["Ani", "Ani", "Budi"], timeout=5000)
