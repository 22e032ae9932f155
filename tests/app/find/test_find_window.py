"""The window that finds words in all sources, by mouse and key, on the sample."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.palette import Palette
from app.find.hits import key_of
from app.find.window import FindWindow
from app.main_window import MainWindow
from coding.search.find import find
from coding.search.query import SearchQuery
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow

Idle = Callable[[Context], None]


@pytest.fixture
def shown(window: MainWindow, sample_ctx: Context, idle: Idle) -> FindWindow:
    sample_ctx.actions.run("edit.find_in_all")
    idle(sample_ctx)
    made = window.findChild(FindWindow)
    assert isinstance(made, FindWindow)
    return made


def look_for(shown: FindWindow, qtbot: QtBot, idle: Idle, words: str) -> None:
    shown.field.clear()
    qtbot.keyClicks(shown.field, words)
    shown.search_now()
    idle(shown.ctx)
    idle(shown.ctx)


def stored(ctx: Context, idle: Idle) -> list[SegmentRow]:
    found: list[list[SegmentRow]] = []
    ctx.read(segments, found.append)
    idle(ctx)
    return found[0]


def test_hits_of_all_sources_are_those_of_the_search(shown: FindWindow, qtbot: QtBot, idle: Idle) -> None:
    look_for(shown, qtbot, idle, "kartu")
    expected: list[list[object]] = []
    shown.ctx.read(lambda reader: find(reader, SearchQuery("kartu", ignore_accents=True)), expected.append)
    idle(shown.ctx)
    assert len(expected[0]) > 60  # more than the first page
    assert shown.model.hits == expected[0]
    assert shown.said.text() == f"{len(expected[0])} hits"


def test_toggles_narrow_the_search(shown: FindWindow, qtbot: QtBot, idle: Idle) -> None:
    look_for(shown, qtbot, idle, "kartu")
    everything = len(shown.model.hits)
    qtbot.mouseClick(shown.toggles["whole_words"], Qt.MouseButton.LeftButton)
    shown.search_now()
    idle(shown.ctx)
    idle(shown.ctx)
    assert 0 < len(shown.model.hits) < everything
    shown.where.setCurrentIndex(shown.where.findData("researchers"))
    shown.search_now()
    idle(shown.ctx)
    assert shown.model.hits
    assert {hit.speaker for hit in shown.model.hits} <= {"Peneliti", "P", "Moderator", "Pewawancara", "T", "Tanya"}


def test_an_unfinished_pattern_is_said_where_one_types(
    shown: FindWindow, qtbot: QtBot, idle: Idle, notices: list[tuple[str, str, str]]
) -> None:
    shown.toggles["regex"].setChecked(True)
    look_for(shown, qtbot, idle, "(kartu")
    assert "(kartu" in shown.trouble.text()
    assert shown.trouble.isVisible()
    assert shown.model.hits == []
    width = shown.width()
    look_for(shown, qtbot, idle, r"(\w+\s*)+!")
    assert "for ever" in shown.trouble.text()
    assert shown.minimumSizeHint().width() <= width
    look_for(shown, qtbot, idle, "kartu")
    assert not shown.trouble.isVisible()
    look_for(shown, qtbot, idle, "tidakadasamasekali")
    assert shown.hint.isVisible()
    assert notices == []


def test_hits_are_left_out_by_key_and_mouse_and_the_rest_is_tagged_as_one_step(
    shown: FindWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    before = {row.guid for row in stored(sample_ctx, idle)}
    look_for(shown, qtbot, idle, "jembatan")
    count = len(shown.model.hits)
    assert count > 3
    view = shown.view
    view.setCurrentIndex(shown.model.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    place = view.visualRect(shown.model.index(1))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, place.center().y()))
    assert len(shown.model.chosen()) == count - 2
    assert {key_of(h) for h in shown.model.hits[:2]}.isdisjoint({key_of(h) for h in shown.model.chosen()})

    shown.unit.setCurrentIndex(shown.unit.findData("words"))
    wanted = {key_of(hit) for hit in shown.model.chosen()}
    qtbot.mouseClick(shown.tag, Qt.MouseButton.LeftButton)
    palette = shown.findChild(Palette)
    assert isinstance(palette, Palette)
    qtbot.keyClicks(palette.field, "jembatan putus -")
    qtbot.keyClick(palette.field, Qt.Key.Key_Home)
    while palette.choice() is None or palette.choice().code is not None:  # type: ignore[union-attr]
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    idle(sample_ctx)
    made = [row for row in stored(sample_ctx, idle) if row.guid not in before]
    assert {(row.source_guid, row.start, row.end) for row in made} == wanted
    assert {(row.code, row.valence) for row in made} == {("jembatan putus", "inhibiting")}
    sample_ctx.undo()
    idle(sample_ctx)
    assert {row.guid for row in stored(sample_ctx, idle)} == before


def test_enter_leads_to_the_passage(shown: FindWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    look_for(shown, qtbot, idle, "jembatan")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.view.hasFocus()
    hit = shown.model.hits[0]
    with qtbot.waitSignal(sample_ctx.passage_requested, timeout=20_000) as asked:
        qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    assert asked.args == [hit.source_guid, hit.start, hit.end]


def test_a_search_is_saved_and_used_again(shown: FindWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    shown.toggles["match_case"].setChecked(True)
    look_for(shown, qtbot, idle, "Jembatan")
    hits = list(shown.model.hits)
    shown.searches.save_as("jembatan")
    idle(sample_ctx)
    shown.toggles["match_case"].setChecked(False)
    look_for(shown, qtbot, idle, "kartu")
    shown.searches.menu.aboutToShow.emit()
    idle(sample_ctx)
    action = next(action for action in shown.searches.menu.actions() if action.text() == "jembatan")
    action.trigger()
    idle(sample_ctx)
    assert shown.field.text() == "Jembatan"
    assert shown.toggles["match_case"].isChecked()
    assert shown.model.hits == hits
