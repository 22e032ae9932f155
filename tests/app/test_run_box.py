"""The box to find anything: actions, sources, words in the transcripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import main_window as main_window_module
from app.context import Context
from app.main_window import MainWindow
from app.widgets.run_box import RunBox, matches
from coding.search.find import search

Idle = Callable[[Context], None]


@pytest.fixture
def box(sample_ctx: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, idle: Idle) -> RunBox:
    """The box of a window on the sample, with the keyboard in it."""
    monkeypatch.setattr(main_window_module, "present_places", lambda: ())
    window = MainWindow(sample_ctx)
    sample_ctx.workspace_requested.disconnect(window.show_workspace)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.ctx.actions.run("edit.find_anything")
    qtbot.waitUntil(window.run_box.hasFocus)
    idle(sample_ctx)
    return window.run_box


def texts(box: RunBox) -> list[str]:
    return [entry.text for entry in box.entries() if entry.run is not None]


@pytest.mark.parametrize(
    ("wanted", "text", "fits"),
    [("", "Anything", True), ("larg te", "Larger text", True), ("UNDO", "Undo: x", True), ("xyz", "Undo", False)],
)
def test_words_are_matched_in_any_order_and_case(wanted: str, text: str, fits: bool) -> None:
    assert matches(wanted, text) is fits


def test_an_action_is_found_and_done(box: RunBox, qtbot: QtBot) -> None:
    ctx = box._ctx
    qtbot.keyClicks(box, "larger")
    assert texts(box)[0] == "Larger text"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert ctx.settings.get("text_scale") == 1.1
    assert not box.list.isVisible()
    assert box.text() == ""


def test_what_does_not_work_now_is_not_offered(box: RunBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "redo")
    assert "Redo" not in texts(box)


def test_a_source_is_found_by_name_or_informant(box: RunBox, qtbot: QtBot) -> None:
    asked: list[str] = []
    box._ctx.source_requested.connect(asked.append)
    qtbot.keyClicks(box, "wawancara 1")
    row = next(entry for entry in box.entries() if entry.text.startswith("Wawancara 1"))
    assert row.run is not None
    row.run()
    assert len(asked) == 1


def test_words_in_the_transcripts_are_found_and_gone_to(box: RunBox, qtbot: QtBot, idle: Idle) -> None:
    ctx = box._ctx
    hits = []
    ctx.read(lambda reader: search(reader, "kartu"), hits.extend)
    idle(ctx)
    assert hits
    asked: list[tuple[str, int, int]] = []
    ctx.passage_requested.connect(lambda *passage: asked.append(passage))
    qtbot.keyClicks(box, "kartu")
    heading = f"In the transcripts: {len(hits)} place{'s' if len(hits) != 1 else ''}"
    qtbot.waitUntil(lambda: heading in [entry.text for entry in box.entries()], timeout=10_000)
    first = next(entry for entry in box.entries() if entry.quote)
    assert first.run is not None
    first.run()
    assert asked == [(hits[0].source_guid, hits[0].start, hits[0].end)]


def test_arrows_walk_over_headings_and_round_the_ends(box: RunBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "text")
    count = len(texts(box))
    assert count >= 3
    before = box.list._list.currentRow()
    for _ in range(count):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.entries()[box.list._list.currentRow()].run is not None
    assert box.list._list.currentRow() == before
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.list._list.currentRow() != before


def test_escape_goes_back_without_doing_anything(box: RunBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "larger")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.list.isVisible()
    assert box._ctx.settings.get("text_scale") == 1.0
    assert box.text() == ""
