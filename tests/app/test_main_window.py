"""The window as a person meets it: start page, projects, language, undo, notices, closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import main_window as main_window_module
from app.actions.menus import with_letters
from app.actions.registry import MENUS, Action
from app.context import Context
from app.main_window import MainWindow
from app.startup import let_go
from app.widgets.notice_bar import NoticeBar
from app.widgets.workspace_bar import Place
from app.workspaces.base import Workspace
from coding.changes import Changes
from coding.codes.editing import new_open_code
from coding.codes.queries import open_codes
from coding.project import Operation, Project
from coding.words import Words

Idle = Callable[[Context], None]


class Desk(Workspace):
    """A workspace that only notes what it is told."""

    key = "transcripts"
    title = "Transcripts"
    icon = "transcripts"
    made: ClassVar[list[Desk]] = []

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.heard: list[Any] = []
        self.place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        Desk.made.append(self)

    def on_project_opened(self) -> None:
        self.heard.append("opened")

    def on_project_closed(self) -> None:
        self.heard.append("closed")

    def on_changed(self, changes: Any) -> None:
        self.heard.append(changes)

    def on_shown(self) -> None:
        self.heard.append("shown")

    def retranslate(self) -> None:
        self.heard.append("words")

    def state(self) -> dict[str, Any]:
        return {"place": self.place}

    def restore(self, state: dict[str, Any]) -> None:
        self.place = state.get("place", 0)
        self.heard.append(("restored", self.place))

    def actions(self) -> list[Action]:  # type: ignore[override]
        return [Action(f"{self.key}.note", "Note", lambda: self.heard.append("noted"), ("Ctrl+J",), "code")]


class OtherDesk(Desk):
    key = "matrices"
    title = "Matrices"


@pytest.fixture
def desks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Desk]]:
    """The window gets two workspaces that note what they are told."""
    Desk.made = []
    places = tuple(
        Place(desk.key, desk.title, desk.key, __name__, desk.__name__, keys)
        for desk, keys in ((Desk, "Ctrl+1"), (OtherDesk, "Ctrl+3"))
    )
    monkeypatch.setattr(main_window_module, "present_places", lambda: places)
    made = {"Desk": Desk, "OtherDesk": OtherDesk}
    monkeypatch.setattr(main_window_module, "load", lambda place: made[place.class_name])
    yield Desk.made
    Desk.made = []


def add_code(name: str) -> Callable[[Operation], str]:
    return lambda op: new_open_code(op, name)


def open_study(window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.ctx.project_opened, timeout=20_000):
        window.ctx.create_project(tmp_path / "study.telaah", "Study", "id", ["edward3"], "Ani")
    idle(window.ctx)
    qtbot.waitUntil(lambda: window.front is not None)


def test_the_window_starts_on_the_start_page(desks: list[Desk], window: MainWindow) -> None:
    assert window.pages.currentWidget() is window.start_page
    assert window.windowTitle() == "Telaah"
    assert window.front is None
    assert desks == []


def test_opening_a_project_shows_the_first_workspace(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    assert window.windowTitle() == "Study – Telaah"
    assert window.front is desks[0]
    assert desks[0].heard == ["opened", ("restored", 0), "shown"]
    assert len(desks) == 1


def test_keys_and_bar_change_the_workspace(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.front is not None
    assert window.front.key == "matrices"
    assert window.bar.button("matrices").isChecked()
    window.bar.button("transcripts").click()
    assert window.front.key == "transcripts"
    window.ctx.go_to_segment("some guid")
    assert window.front.key == "transcripts"


def test_an_action_of_a_workspace_works_only_in_front(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    window.show_workspace("matrices")
    first, second = desks
    window.ctx.actions.run("transcripts.note")
    assert "noted" not in first.heard
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert "noted" in second.heard
    assert not window.ctx.actions.qaction("transcripts.note").isEnabled()


def test_the_place_in_a_project_comes_back(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    window.show_workspace("matrices")
    desks[1].place = 42
    window.ctx.close_project()
    idle(window.ctx)
    assert window.pages.currentWidget() is window.start_page
    assert desks[1].heard[-1] == "closed"
    window.ctx.open_project(tmp_path / "study.telaah")
    idle(window.ctx)
    qtbot.waitUntil(lambda: window.front is not None)
    assert window.front is desks[1]
    assert desks[1].place == 42


def test_undo_is_named_in_menu_and_foot(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    ctx = window.ctx
    undo, redo = ctx.actions.qaction("edit.undo"), ctx.actions.qaction("edit.redo")
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo", False, False)
    ctx.operate("Make the code “{code}”", add_code("harapan"), code="harapan")
    idle(ctx)
    assert undo.text() == "Undo: Make the code “harapan”"
    assert window.status.undo.full_text() == "Undo: Make the code “harapan”"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(ctx)
    assert redo.text() == "Redo: Make the code “harapan”"
    assert window.status.undo.full_text() == ""
    assert Changes.CODES in desks[0].heard
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    idle(ctx)
    assert undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(ctx)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    idle(ctx)
    assert undo.isEnabled()
    assert not redo.isEnabled()


def test_the_foot_counts_what_is_in_the_project(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    assert window.status.counts.text() == "0 segments · 1 framework"
    assert window.status.coder.text() == "Coder: Ani"
    assert window.status.backup.text().startswith("Last backup ")
    window.ctx.close_project()
    idle(window.ctx)
    assert window.status.counts.text() == ""


def test_the_language_changes_without_a_restart(
    indonesian: Words, desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    window.status.languages["id"].click()
    assert window.ctx.language == "id"
    assert "words" in desks[0].heard
    titles = [action.text() for action in window.menuBar().actions()]
    assert "&Proyek" in titles
    assert "&Project" not in titles
    assert window.bar.button("matrices").text() == "Matriks"
    assert window.status.coder.text() == "Pengode: Ani"
    assert window.ctx.actions.qaction("edit.undo").text() == "Urung"
    window.status.languages["en"].click()
    assert window.bar.button("matrices").text() == "Matrices"
    assert window.ctx.settings.get("language") == "en"


def test_every_menu_entry_has_words_and_every_action_a_name_of_its_own(window: MainWindow) -> None:
    texts = [window.ctx.actions.text(action) for action in window.ctx.actions.all()]
    assert all(texts)
    ids = [action.id for action in window.ctx.actions.all()]
    assert len(set(ids)) == len(ids)
    assert all("." in name for name in ids)


def test_no_two_actions_share_keys_unless_in_different_workspaces(window: MainWindow) -> None:
    sheets = {action.sheet for action in window.ctx.actions.all()}
    for sheet in sheets - {"codes"} | {""}:  # the editor of codes is a window of its own
        there = [action for action in window.ctx.actions.all() if action.sheet in ("", sheet)]
        keys = [keys for action in there for keys in action.shortcuts]
        assert len(set(keys)) == len(keys)


def notice_of(window: MainWindow) -> NoticeBar:
    return window.notices


def test_a_notice_goes_away_an_error_stays(window: MainWindow, qtbot: QtBot) -> None:
    bar = notice_of(window)
    window.ctx.say("it is done")
    assert bar.isVisible()
    bar._timer.setInterval(10)
    bar._timer.start()
    qtbot.waitUntil(lambda: not bar.isVisible())
    window.ctx.say("it failed", "error", "because of this")
    qtbot.wait(50)
    assert bar.isVisible()
    assert bar.accessibleName() == "it failed"


def test_details_are_folded_until_they_are_wanted(window: MainWindow) -> None:
    window.ctx.say("it failed", "error", "because of this")
    details = window.findChild(QWidget, "notice_details_text")
    fold = window.findChild(QPushButton, "notice_details")
    assert details is not None
    assert fold is not None
    assert not details.isVisible()
    fold.click()
    assert details.isVisible()


def test_the_newest_message_of_a_kind_is_shown_and_those_of_another_come_back(window: MainWindow) -> None:
    bar = notice_of(window)
    window.ctx.say("a warning", "warning")
    for number in (1, 2, 3):
        window.ctx.say(f"error {number}", "error")
    window.ctx.say("by the way")
    seen = []
    while bar.message is not None:
        seen.append(bar.message.text)
        bar.dismiss()
    assert seen == ["by the way", "error 3", "a warning"]
    assert not bar.isVisible()


def test_closing_keeps_everything_that_is_queued(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    ctx = window.ctx
    for number in range(30):
        ctx.operate("Make a code", add_code(f"code {number}"))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    with Project.open(tmp_path / "study.telaah") as project:
        assert len(open_codes(project)) == 30


def test_the_window_comes_back_as_it_was(ctx: Context, qtbot: QtBot) -> None:
    first = MainWindow(ctx)
    qtbot.addWidget(first)
    first.resize(820, 655)
    first.show()
    qtbot.waitExposed(first)
    first.close()
    assert ctx.settings.get("window")["geometry"]
    again = Context(ctx.settings)
    second = MainWindow(again)
    assert second.height() == 655
    second.close()
    let_go(again, second)


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_project_dropped_on_the_window_is_opened(
    desks: list[Desk], window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    Project.create(tmp_path / "dropped.telaah", "Dropped", "id", ["jones"], "Ani").close()
    drop(window, tmp_path / "dropped.telaah")
    idle(window.ctx)
    assert window.ctx.project is not None
    assert window.ctx.project.title == "Dropped"


def test_transcripts_dropped_on_the_window_go_to_where_they_are_read(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    open_study(window, qtbot, idle, tmp_path)
    window.show_workspace("matrices")
    files = [tmp_path / "a.txt", tmp_path / "b.docx"]
    dropped: list[list[Path]] = []
    window.ctx.files_dropped.connect(dropped.append)
    drop(window, *files, tmp_path / "c.exe")
    assert dropped == [files]
    assert window.front is not None
    assert window.front.key == "transcripts"


def test_transcripts_dropped_without_a_project_are_not_lost_in_silence(
    window: MainWindow, notices: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    drop(window, tmp_path / "a.txt")
    assert [kind for _, kind, _ in notices] == ["warning"]


def test_every_control_in_sight_has_a_name_for_a_screen_reader(
    desks: list[Desk], window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    for page in ("start", "project"):
        if page == "project":
            open_study(window, qtbot, idle, tmp_path)
        window.ctx.say("it failed", "error", "details")
        for control in window.findChildren(QPushButton):
            if control.isVisible():
                assert control.text() or control.accessibleName(), control.objectName()


def test_tab_reaches_every_button_of_the_start_page(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.start_page.new_button.setFocus()
    reached = set()
    for _ in range(40):
        focus = window.focusWidget()
        if focus is not None:
            reached.add(focus.objectName())
        window.focusNextChild()
    assert {"start_new", "start_open", "start_sample", "language_id", "language_en"} <= reached


def test_each_menu_opens_with_a_letter_of_its_own() -> None:
    for language in ("id", "en"):
        titles = with_letters([Words(language).t(title) for title in MENUS.values()])
        letters = [title[title.index("&") + 1].casefold() for title in titles]
        assert len(set(letters)) == len(MENUS)
    assert with_letters(["Kode", "Kode", "K"]) == ["&Kode", "K&ode", "K"]
