"""The text of a source edited in its window, by key and mouse; speakers mended; the next day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.transcript_editor.drafts import TextDrafts
from app.transcript_editor.former import FormerDialog
from app.transcript_editor.speakers import SpeakersDialog
from app.transcript_editor.text_edit import PassageEdit
from app.transcript_editor.turns import SpeakerDialog
from app.transcript_editor.window import TextEditor
from coding.codes.queries import code_guid
from coding.project import Operation, Project
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.models import Source
from coding.text import Span
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text

Idle = Callable[[Context], None]
LINES = [
    ("P", "Bagaimana sosialisasinya?"),
    ("AS", "Kalau infromasi, kami sampaikan\u00a0lewat rapat. Brosur 😀 juga ada."),
    ("P", "Petugasnya kurang, kami berdua saja."),
]


def draft() -> Draft:
    text, turns = "", []
    for who, words in LINES:
        start = len(text) + len(who) + 2
        turns.append(DraftTurn(start, start + len(words), len(text), start - 1, 0 if who == "P" else 1))
        text += f"{who}: {words}\n"
    people = (Speaker("P", "researcher"), Speaker("AS", "informant", code="AS", role="Kepala Bidang"))
    return Draft("Wawancara AS", text, "interview", speakers=people, turns=tuple(turns), file_name="as.txt")


TEXT = draft().text


class Room:
    """The main window with the interview open; two passages are coded."""

    def __init__(self, ctx: Context, window: MainWindow, idle: Idle, qtbot: QtBot) -> None:
        self.ctx, self.window, self._idle, self._qtbot = ctx, window, idle, qtbot
        self.workspace: Any = window.workspaces["transcripts"]

    def rest(self) -> None:
        for _ in range(5):
            self._idle(self.ctx)
            QApplication.processEvents()

    def project(self, read: Callable[[Any], Any]) -> Any:
        found: list[Any] = []
        self.ctx.read(read, found.append)
        self.rest()
        return found[0]

    def words(self) -> list[str]:
        return [row.text for row in self.project(segments)]

    def text(self) -> Any:
        source = self.workspace.desk.source.guid
        return self.project(lambda reader: source_text(reader, source))

    def editor(self) -> TextEditor:
        self.ctx.actions.run("source.edit_text")
        self.rest()
        shown = self.window.findChild(TextEditor)
        assert isinstance(shown, TextEditor)
        assert shown.isVisible()
        return shown

    def caret(self, words: str) -> None:
        start = self.workspace.desk.source.text.index(words)
        self.workspace.view.area.set_caret(start + 1)
        self.workspace.focus_text()

    def replace(self, edit: PassageEdit, old: str, new: str) -> None:
        """Select `old` and type `new` over it."""
        at = edit.text().index(old)
        before = len(edit.text()[:at].encode("utf-16-le")) // 2
        edit.set_place(before, before + len(old.encode("utf-16-le")) // 2)
        if new:
            QTest.keyClicks(edit, new)
        else:
            QTest.keyClick(edit, Qt.Key.Key_Delete)

    def dialog(self, kind: type[QWidget]) -> Any:
        self.rest()
        found = [w for w in self.window.findChildren(kind) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def saved(self, editor: TextEditor) -> None:
        """Wait until the text is stored."""
        self._qtbot.waitUntil(lambda: not editor.changed, timeout=30_000)
        self.rest()


def fill(op: Operation) -> None:
    source = store_draft(op, draft())
    for number, words in enumerate(("infromasi, kami", "Brosur 😀 juga", "kami berdua saja")):
        start = TEXT.index(words)
        code = code_guid(op.session, ("edward3.communication", "edward3.resources", "edward3.resources.staff")[number])
        tag(op, source, start, start + len(words), code)


@pytest.fixture
def room(window: MainWindow, project_ctx: Context, idle: Idle, qtbot: QtBot) -> Iterator[Room]:
    project_ctx.operate("Import {source}", fill, source="Wawancara AS")
    made = Room(project_ctx, window, idle, qtbot)
    made.rest()
    qtbot.waitUntil(lambda: made.workspace.desk.source is not None)
    project_ctx.show_workspace("transcripts")
    made.rest()
    yield made
    for kind in (TextEditor, FormerDialog):
        for shown in window.findChildren(kind):
            shown.close()


def test_a_typing_error_is_mended_and_the_list_says_what_changes(room: Room) -> None:
    editor = room.editor()
    assert editor.edit.text() == TEXT
    assert not editor.save.isEnabled()
    room.replace(editor.edit, "infromasi", "informasi")
    assert editor.changed
    assert editor.state.text() == "not saved yet"
    room._qtbot.waitUntil(lambda: editor.plan.plan is not None, timeout=20_000)
    room.rest()
    plan = editor.plan.plan
    assert plan is not None
    assert [(row.before, row.after) for row in plan.changed] == [("infromasi, kami", "informasi, kami")]
    assert editor.plan.heading.text() == "1 coded segment has other words"
    assert editor.plan.summary.text() == "2 keep their words"
    assert editor.plan.list.count() == 1
    QTest.keyClick(editor.edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    room.saved(editor)
    assert room.words() == ["informasi, kami", "Brosur 😀 juga", "kami berdua saja"]
    assert room.text().text == TEXT.replace("infromasi", "informasi")
    assert "\u00a0" in room.text().text
    assert room.workspace.desk.source.text == room.text().text
    assert [row.text for row in room.workspace.tagging.in_order()] == room.words()
    assert not editor.save.isEnabled()
    assert [room.text().text[a:b] for a, b in room.text().sentences][:1] != []


def test_where_coded_segments_would_go_it_takes_a_second_word(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, " Brosur 😀 juga ada.", "")
    editor.store()
    room.rest()
    assert editor.changed
    assert editor.save.text() == "Save, and remove 1 coded segment"
    assert editor.save.property("kind") == "danger"
    assert editor.plan.heading.text() == "1 coded segment loses all its words"
    assert len(room.words()) == 3
    editor.save.click()
    room.saved(editor)
    assert room.words() == ["infromasi, kami", "kami berdua saja"]
    room.ctx.undo()
    room.rest()
    assert room.words() == ["infromasi, kami", "Brosur 😀 juga", "kami berdua saja"]
    assert editor.edit.text() == TEXT


def test_what_is_typed_after_the_warning_asks_anew(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, " Brosur 😀 juga ada.", "")
    editor.store()
    room.rest()
    QTest.keyClicks(editor.edit, "x")
    assert editor.save.text() == "Save"


def test_passages_move_along_while_one_types(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, "Kalau", "Nah, kalau")
    assert marked(editor.edit) == ["infromasi, kami", "Brosur 😀 juga", "kami berdua saja"]
    editor.edit.replace_all(TEXT.replace("infromasi", "informasi").replace("berdua", "bertiga"))
    assert marked(editor.edit) == ["informasi, kami", "Brosur 😀 juga", "kami bertiga saja"]
    editor.edit.undo()
    QTest.qWait(500)
    room.rest()
    assert marked(editor.edit) == ["infromasi, kami", "Brosur 😀 juga", "kami berdua saja"]
    QTest.qWait(50)
    assert len(editor.edit.extraSelections()) == 3


def marked(edit: PassageEdit) -> list[str]:
    encoded = edit.document().toRawText().encode("utf-16-le")
    return [encoded[2 * m.start : 2 * m.end].decode("utf-16-le") for m in edit._marks]


def test_discarding_goes_back_to_what_is_stored(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, "Kalau", "Jika")
    editor.keep_draft()
    editor.discard.click()
    assert editor.edit.text() == TEXT
    assert not editor.changed
    assert editor.drafts.of(room.ctx.project.guid, room.workspace.desk.source.guid) is None  # type: ignore[union-attr]


def test_a_draft_is_kept_every_two_seconds_and_offered_after_a_crash(
    room: Room, notices: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    editor = room.editor()
    project, source = room.ctx.project.guid, room.workspace.desk.source.guid  # type: ignore[union-attr]
    room.replace(editor.edit, "Kalau", "Jika")
    drafts = TextDrafts(room.ctx.settings)
    room._qtbot.waitUntil(lambda: drafts.of(project, source) is not None, timeout=20_000)
    kept = drafts.of(project, source)
    assert kept is not None
    assert kept.text == TEXT.replace("Kalau", "Jika")
    editor.edit.document().setModified(False)  # as if the program had ended here
    editor.close()
    path = room.ctx.project.path  # type: ignore[union-attr]
    room.ctx.close_project()
    room.rest()
    room.ctx.open_project(path)
    room.rest()
    assert any("“Wawancara AS” was not stored" in text for text, _, _ in notices)
    editor = room.editor()
    assert editor.note.isVisible()
    assert "was not stored" in editor.note_text.text()
    editor.take_draft.click()
    assert editor.edit.text() == kept.text
    editor.store()
    room.saved(editor)
    assert room.text().text == kept.text
    assert drafts.of(project, source) is None


def test_closing_with_an_edit_keeps_it_and_a_broken_draft_is_none(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, "Kalau", "Jika")
    editor.close()
    drafts = TextDrafts(room.ctx.settings)
    project = room.ctx.project.guid  # type: ignore[union-attr]
    (draft_,) = drafts.of_project(project)
    assert "Jika" in draft_.text
    editor = room.editor()
    assert editor.edit.text() == TEXT
    assert editor.note.isVisible()
    editor.drop_draft.click()
    assert drafts.of_project(project) == []
    (room.ctx.settings.folder / "text_drafts" / f"{project}.x.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    assert drafts.of_project(project) == []


def test_a_text_changed_elsewhere_is_not_overwritten(room: Room, notices: list[tuple[str, str, str]]) -> None:
    from coding.transcripts.editing_text import apply_edit

    editor = room.editor()
    room.replace(editor.edit, "Kalau", "Jika")
    source = room.workspace.desk.source.guid
    room.ctx.operate("Edit", lambda op: apply_edit(op, source, TEXT.replace("Brosur", "Poster")))
    room.rest()
    room._qtbot.waitUntil(lambda: editor.state.text() == "The stored text was changed meanwhile", timeout=20_000)
    editor.store()
    room._qtbot.waitUntil(lambda: any("was changed since" in text for text, _, _ in notices), timeout=30_000)
    room.rest()
    assert room.text().text == TEXT.replace("Brosur", "Poster")
    assert editor.changed


def test_lines_with_a_speakers_label_become_turns_and_the_list_says_so(room: Room) -> None:
    editor = room.editor()
    room.replace(editor.edit, " Brosur", "\rPeneliti: Ada brosur?\rAS: Brosur")
    editor.renew_plan()
    room.rest()
    assert editor.plan.summary.text() == "3 keep their words · 2 new turns (Peneliti, AS)"
    editor.store()
    room.saved(editor)
    assert editor.plan.heading.text() == "Saved"
    assert editor.plan.summary.text() == "3 keep their words · 2 new turns (Peneliti, AS)"
    names = [name for name, _ in room.workspace.view.gutter.names()]
    assert names == ["P", "AS", "Peneliti", "AS", "P"]
    assert "AS:" not in room.workspace.view.area.toPlainText()
    room.replace(editor.edit, "Kalau", "Jika")
    editor.renew_plan()
    room.rest()
    assert editor.plan.heading.text() == "No coded segment changes"
    editor.discard_edit()
    assert editor.plan.heading.text() == "Nothing changed yet"
    room.ctx.undo()
    room.rest()
    assert [name for name, _ in room.workspace.view.gutter.names()] == ["P", "AS", "P"]


def test_a_former_text_is_compared_and_brought_back(room: Room, qtbot: QtBot) -> None:
    editor = room.editor()
    room.replace(editor.edit, "infromasi", "informasi")
    editor.store()
    room.saved(editor)
    room.ctx.actions.run("source.show_former")
    dialog = room.dialog(FormerDialog)
    assert dialog.list.count() == 1
    assert "infromasi" in dialog.view.toPlainText()
    assert "informasi" in dialog.view.toPlainText()
    assert dialog.effect.text() == "If it is brought back: 2 coded segments keep their words, 1 has other words"
    dialog.back.click()
    qtbot.waitUntil(lambda: room.text().text == TEXT, timeout=30_000)
    assert room.words()[0] == "infromasi, kami"


def test_the_speaker_of_a_turn_is_changed_from_the_menu_where_it_was_asked_for(room: Room) -> None:
    view = room.workspace.view
    room.caret("sosialisasinya")
    display = view.area.shown.display
    at = room.workspace.desk.source.text.index("berdua saja")
    cursor = view.area.textCursor()
    cursor.setPosition(display.to_qt(at))
    point = view.area.cursorRect(cursor).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.area.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.area.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    voices = next(a.menu() for a in menu.actions() if a.menu() and a.text().startswith("Who speaks here"))
    names = [action.text() for action in voices.actions() if not action.isSeparator() and not action.menu()]
    assert names.pop(0) == "The whole turn: “Petugasnya kurang, kami berdua saja.”"
    assert names == ["AS · Kepala Bidang", "The researcher", "Unknown", "Somebody else…"]
    assert next(a for a in voices.actions() if a.text() == "The researcher").isChecked()
    next(a for a in voices.actions() if a.text() == "AS · Kepala Bidang").trigger()
    menu.close()
    room.rest()
    assert [turn.informant for turn in room.text().turns] == [None, "AS", "AS"]
    assert [turn.informant for turn in room.workspace.desk.source.turns] == [None, "AS", "AS"]
    assert QPoint(0, 0) != point


def test_all_turns_of_a_label_are_given_to_somebody_new(room: Room) -> None:
    room.caret("Petugasnya")
    room.ctx.actions.run("turn.change_speaker")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    everywhere = next(a.menu() for a in menu.actions() if a.text() == "In all 2 turns of “P”")
    next(a for a in everywhere.actions() if a.text() == "Somebody else…").trigger()
    menu.close()
    dialog = room.dialog(SpeakerDialog)
    QTest.keyClicks(dialog.code, "PW")
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    room.rest()
    assert [turn.informant for turn in room.text().turns] == ["PW", "AS", "PW"]
    room.ctx.undo()
    room.rest()
    assert [turn.kind for turn in room.text().turns] == ["researcher", "informant", "researcher"]


def test_turns_are_split_and_joined_from_the_menu(room: Room) -> None:
    from app.transcript_editor.opening import fill_text_menu

    def act(words: str, name: str) -> None:
        menu = QMenu(room.window)
        fill_text_menu(room.workspace, menu, room.workspace.desk.source.text.index(words))
        next(a for a in menu.actions() if a.text() == name).trigger()
        room.rest()

    act("Brosur 😀", "Split the turn here")
    shown = room.text()
    assert [shown.text[t.start : t.end] for t in shown.turns][2] == "Brosur 😀 juga ada."
    act("Kalau", "Join the turn with the next")
    shown = room.text()
    assert [shown.text[t.start : t.end] for t in shown.turns] == [words for _, words in LINES]


def test_only_the_selected_words_are_given_to_another_and_each_turn_begins_visibly(room: Room) -> None:
    view = room.workspace.view
    start = room.workspace.desk.source.text.index("rosur")
    view.select_span(Span(start, start + len("rosur 😀 j")))
    room.ctx.actions.run("turn.change_speaker")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    head = menu.actions()[0]
    assert (head.text(), head.isEnabled()) == ("Only the selected words: “Brosur 😀 juga”", False)
    next(a for a in menu.actions() if a.text() == "The researcher").trigger()
    menu.close()
    room.rest()
    shown = room.text()
    assert [shown.text[t.start : t.end] for t in shown.turns][1:4] == [
        "Kalau infromasi, kami sampaikan\u00a0lewat rapat.", "Brosur 😀 juga", "ada.",
    ]  # fmt: skip
    assert [turn.informant for turn in shown.turns] == [None, "AS", None, "AS", None]
    assert [name for name, _ in view.gutter.names()] == ["P", "AS", "Researcher", "AS", "P"]
    assert len(view.area.shown.display.blocks) == 5
    assert room.words()[1] == "Brosur 😀 juga"
    room.ctx.undo()
    room.rest()
    assert [name for name, _ in view.gutter.names()] == ["P", "AS", "P"]


def test_who_speaks_under_each_label_at_once(room: Room) -> None:
    room.ctx.actions.run("source.edit_speakers")
    dialog = room.dialog(SpeakersDialog)
    assert [(turn.label, box.currentText()) for turn, box in dialog.boxes] == [
        ("P", "The researcher"), ("AS", "AS · Kepala Bidang"),
    ]  # fmt: skip
    dialog.boxes[0][1].setCurrentIndex(1)
    dialog.save.click()
    room.rest()
    assert [turn.kind for turn in room.text().turns] == ["unknown", "informant", "unknown"]


def test_the_details_of_a_source_say_what_counts(room: Room) -> None:
    room.ctx.actions.run("source.edit_details")
    room.rest()
    dialog: Any = QApplication.activeModalWidget()
    dialog.left_out.click()
    dialog.own.click()
    dialog.save.click()
    room.rest()
    row = room.workspace.sources.sources.sources()[0]
    assert (row.left_out, row.own_statements) == (True, True)


def test_a_wrong_speaker_and_a_typing_error_are_mended_and_undone_the_next_day(room: Room) -> None:
    room.caret("Petugasnya")
    room.ctx.actions.run("turn.change_speaker")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text() == "AS · Kepala Bidang").trigger()
    menu.close()
    room.rest()
    editor = room.editor()
    room.replace(editor.edit, "infromasi", "informasi")
    editor.store()
    room.saved(editor)
    path = room.ctx.project.path  # type: ignore[union-attr]
    room.ctx.close_project()
    room.rest()
    with Project.open(path, coder="Ani") as project:
        with project.read() as session:
            source = session.query(Source.guid).scalar()
        assert [t.informant for t in source_text(project, source).turns] == [None, "AS", "AS"]
        assert segments(project)[0].text == "informasi, kami"
    room.ctx.open_project(path)
    room.rest()
    assert room.ctx.project.next_undo == "Edit the text of “Wawancara AS”"  # type: ignore[union-attr]
    room.ctx.undo()
    room.rest()
    assert room.text().text == TEXT
    assert room.words()[0] == "infromasi, kami"
    room.ctx.undo()
    room.rest()
    assert [turn.kind for turn in room.text().turns] == ["researcher", "informant", "researcher"]
    assert room.workspace.desk.source.text == TEXT
