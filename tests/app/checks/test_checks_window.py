"""The window of repeated quotations and headings, on a real project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.checks.window import GOAL, HEADING, ChecksWindow
from app.context import Context
from app.main_window import MainWindow
from coding.analysis.repeated import Repeated, repeated_quotations
from coding.codes.queries import code_guid
from coding.project import Operation
from coding.segments.editing import tag
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_guid
from coding.transcripts.reading import read_draft

Idle = Callable[[Context], None]
CHAPTER = "# Komunikasi\n\nPetugas hanya berdua.\n\n# Sumber Daya\n\nDana turun tepat waktu.\n"


def show(window: MainWindow, ctx: Context, idle: Idle, action: str) -> ChecksWindow:
    ctx.actions.run(action)
    idle(ctx)
    made = window.findChild(ChecksWindow)
    assert isinstance(made, ChecksWindow)
    return made


def test_repeated_quotations_of_the_sample_lead_to_their_places(
    window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    shown = show(window, sample_ctx, idle, "code.show_repeated")
    expected: list[list[Repeated]] = []
    sample_ctx.read(repeated_quotations, expected.append)
    idle(sample_ctx)
    assert shown.tree.topLevelItemCount() == len(expected[0]) > 0
    place = expected[0][0].places[1]
    item = shown.tree.topLevelItem(0).child(1)
    with qtbot.waitSignal(sample_ctx.passage_requested, timeout=20_000) as asked:
        shown.tree.itemActivated.emit(item, 0)
    assert asked.args == [place.source_guid, place.start, place.end]


@pytest.fixture
def chapter(project_ctx: Context, idle: Idle, tmp_path: Path) -> Context:
    """A project with a chapter whose one passage is coded against its heading."""
    (tmp_path / "Bab.md").write_text(CHAPTER, encoding="utf-8")

    def work(op: Operation) -> None:
        store_draft(op, read_draft(tmp_path / "Bab.md", method="document"))
        guid, at = source_guid(op.session, "Bab"), CHAPTER.index("Petugas")
        tag(op, guid, at, at + 21, code_guid(op.session, "edward3.resources.staff"))

    project_ctx.operate("Import {source}", work, source="Bab")
    idle(project_ctx)
    return project_ctx


def test_a_passage_under_another_heading_is_shown_until_the_heading_names_its_code(
    window: MainWindow, chapter: Context, qtbot: QtBot, idle: Idle
) -> None:
    shown = show(window, chapter, idle, "code.show_headings")
    top = shown.tree.topLevelItem(0)
    assert (top.text(1), top.childCount()) == ("Communication", 1)
    assert "1 coded segment stands under" in shown.said.text()
    with qtbot.waitSignal(chapter.segment_requested, timeout=20_000) as asked:
        shown.tree.itemActivated.emit(top.child(0), 0)
    assert asked.args == [top.child(0).data(0, GOAL)[1]]

    menu = shown.heading_menu(top.data(0, HEADING))
    edward = next(action.menu() for action in menu.actions() if action.text() == "Edward III")
    next(action for action in edward.actions() if action.text() == "Resources").trigger()
    idle(chapter)
    idle(chapter)
    assert shown.tree.topLevelItem(0).childCount() == 0
    chapter.undo()
    idle(chapter)
    idle(chapter)
    assert shown.tree.topLevelItem(0).childCount() == 1
