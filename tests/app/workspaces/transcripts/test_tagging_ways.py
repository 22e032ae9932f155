"""The mouse alone, the keys alone, and what cannot be tagged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from coding.project import Project
from coding.text import Span
from coding.transcripts.intake import store_draft

from .hands import (
    ALT,
    CHANGED,
    CLARITY,
    COMMUNICATION,
    CONSISTENCY,
    CTRL,
    LEFT,
    QUEUE,
    RESOURCES,
    TWO,
    choose_first,
    click_code,
    click_text,
    code,
    drag_to,
    dragged_code,
    draw_over,
    palette_of,
    steps,
)

if TYPE_CHECKING:
    from app.main_window import MainWindow

    from .conftest import Room

Idle = Callable[[Context], None]


class TestMouseAlone:
    """Nothing here touches a key."""

    def test_draw_click_and_choose_a_direction(self, room: Room) -> None:
        draw_over(room, "sempat berubah")
        click_code(room, CONSISTENCY)
        bar = room.view.bar
        room.view.show_bar()
        QTest.mouseClick(bar._valence_buttons["inhibiting"], LEFT)
        assert room.codings() == [("sempat berubah", CONSISTENCY, "inhibiting")]

    def test_a_selection_takes_several_codes_by_clicks(self, room: Room) -> None:
        draw_over(room, "sempat berubah")
        click_code(room, CONSISTENCY)
        click_code(room, CLARITY)
        assert sorted(c for _, c, _ in room.codings()) == [CLARITY, CONSISTENCY]

    def test_a_double_click_on_a_code_tags_the_sentence_clicked_before(self, room: Room) -> None:
        click_text(room, TWO)
        click_code(room, RESOURCES, twice=True)
        assert room.codings() == [(TWO, RESOURCES, None)]

    def test_a_single_click_without_a_selection_tags_nothing(self, room: Room) -> None:
        click_text(room, TWO)
        click_code(room, RESOURCES)
        assert room.codings() == []

    def test_a_double_click_with_a_selection_tags_once(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        draw_over(room, "sempat berubah")
        click_code(room, RESOURCES, twice=True)
        assert room.codings() == [("sempat berubah", RESOURCES, None)]
        assert notices == []

    def test_a_code_dropped_on_a_selection_tags_just_that(self, room: Room) -> None:
        draw_over(room, "sempat berubah")
        area = room.view.area
        at = area.shown.display.to_qt(room.text.index("berubah"))
        rect = area.geometry_.rects(at, at + 1)[0]
        where = QPointF(rect.center().x(), rect.center().y() - area.offset)
        assert drag_to(area.viewport(), where, dragged_code(room, CLARITY))
        assert room.codings() == [("sempat berubah", CLARITY, None)]

    def test_a_code_dropped_on_a_stripe_retags_that_segment(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2+")
        room.idle()
        guid = room.stored()[0].guid
        room.tagging.choose(None)
        margin = room.view.margin
        margin.repaint()
        box = margin.stripe_box(guid)
        assert box is not None
        assert drag_to(margin, box.center(), dragged_code(room, CLARITY))
        (row,) = room.stored()
        assert (row.guid, row.code, row.valence) == (guid, CLARITY, "supporting")
        assert room.tagging.current == row
        room.ctx.undo()
        assert room.codings() == [(CHANGED, RESOURCES, "supporting")]

    def test_a_code_dropped_beside_all_stripes_does_nothing(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        margin = room.view.margin
        margin.repaint()
        assert not drag_to(margin, QPointF(margin.width() - 3, margin.height() - 3), dragged_code(room, CLARITY))
        assert room.codings() == [(CHANGED, RESOURCES, None)]

    def test_the_menu_is_about_the_sentence_that_was_clicked(self, room: Room) -> None:
        click_text(room, CHANGED)
        room.press("2")
        room.idle()
        click_text(room, TWO)
        area = room.view.area

        def right_click(words: str) -> QMenu:
            cursor = area.textCursor()
            cursor.setPosition(area.shown.display.to_qt(room.text.index(words) + 2))
            point = area.cursorRect(cursor).center()
            mouse = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(area.viewport(), QContextMenuEvent(mouse, point, area.viewport().mapToGlobal(point)))
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            return menu

        menu = right_click(QUEUE)
        next(a for a in menu.actions() if a.text() == "Tag with “Resources” again").trigger()
        menu.close()
        room.idle()
        assert {row.text for row in room.stored()} == {CHANGED, QUEUE}
        menu = right_click(CHANGED)
        assert room.tagging.current.text == CHANGED
        assert any(a.text() == "Remove “Resources”" for a in menu.actions())
        menu.close()
        click_text(room, TWO)
        room.press("s")
        span = room.view.selection()
        menu = right_click(TWO)
        assert room.view.selection() == span
        menu.close()

    def test_the_menu_of_the_text_offers_the_rest(self, room: Room) -> None:
        click_text(room, CHANGED)
        shown = []
        room.view.menu_opened.connect(shown.append)

        def choose(words: str) -> None:
            room.view.area.menu_asked.emit(QPoint(5, 5))
            menu = shown[-1]
            action = next(a for a in menu.actions() if a.text() == words)
            menu.close()
            action.trigger()

        choose("Select the turn")
        turn = room.view.selection()
        assert turn is not None
        assert turn.of(room.text).startswith("Kami sampaikan")
        click_text(room, TWO)
        choose("Select the sentence")
        assert room.view.selection().of(room.text) == TWO
        click_code(room, RESOURCES)
        click_text(room, QUEUE)
        choose("Tag with “Resources” again")
        choose("Exemplar")
        choose("Reported speech")
        rows = {row.text: row for row in room.stored()}
        assert rows.keys() == {TWO, QUEUE}
        assert (rows[QUEUE].exemplar, rows[QUEUE].reported) == (True, True)
        choose("Change the code…")
        palette = palette_of(room)
        at = next(n for n, c in enumerate(palette.model.rows) if c.code and c.code.path == CLARITY)
        palette.view.scrollTo(palette.model.index(at))
        QTest.mouseClick(palette.view.viewport(), LEFT, pos=palette.view.visualRect(palette.model.index(at)).center())
        room.idle()
        click_text(room, QUEUE)
        choose("Remove “Clarity”")
        assert room.codings() == [(TWO, RESOURCES, None)]

    def test_a_handle_moves_an_edge_and_undo_moves_it_back(self, room: Room) -> None:
        draw_over(room, "sempat berubah")
        click_code(room, RESOURCES)
        room.idle()
        area = room.view.area
        handle = room.view.edges.handles["end"]
        assert handle.isVisible()
        position = area.shown.display.to_qt(room.text.index("kali."))
        rect = area.geometry_.rects(position, position + 1)[0]
        to = QPoint(round(rect.left()), round(rect.center().y()) - area.offset)
        QTest.mousePress(handle, LEFT, pos=handle.rect().center())
        QTest.mouseMove(handle, handle.mapFrom(area.viewport(), to))
        QTest.mouseRelease(handle, LEFT, pos=handle.mapFrom(area.viewport(), to))
        assert [row.text for row in room.stored()] == ["sempat berubah dua"]
        assert steps(room)[0] == "Move an edge"
        room.ctx.undo()
        assert [row.text for row in room.stored()] == ["sempat berubah"]


class TestKeysAlone:
    """Nothing here touches the mouse."""

    def test_a_passage_is_selected_coded_changed_and_removed(self, room: Room) -> None:
        area = room.view.area
        room.workspace.focus_text()
        home = Qt.Key.Key_Home
        QTest.keyClick(area, home, CTRL)
        while room.view.area.caret() < room.text.index("Syaratnya"):
            QTest.keyClick(area, Qt.Key.Key_Right, CTRL)
        for _ in range(2):
            QTest.keyClick(area, Qt.Key.Key_Right, CTRL | Qt.KeyboardModifier.ShiftModifier)
        room.press("11")
        room.press("+")
        room.press("s")
        room.pause()
        room.press("2")
        assert sorted(c for _, c, _ in room.codings()) == [
            "edward3.communication.transmission", RESOURCES,
        ]  # fmt: skip
        room.press(Qt.Key.Key_Delete)
        assert [c for _, c, _ in room.codings()] == ["edward3.communication.transmission"]

    def test_the_tree_is_reached_and_tags(self, room: Room) -> None:
        room.put_caret(TWO)
        tree = room.workspace.codes.tree
        for _ in range(12):
            if tree.hasFocus():
                break
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert tree.hasFocus()
        QTest.keyClick(tree, Qt.Key.Key_Home)
        QTest.keyClick(tree, Qt.Key.Key_Return)
        assert room.codings() == [(TWO, COMMUNICATION, None)]
        assert room.view.area.hasFocus()

    def test_with_single_characters_switched_off_everything_works_with_alt(self, room: Room) -> None:
        assert room.ctx.actions.qaction("view.single_letter_keys").isChecked()
        room.ctx.actions.run("view.single_letter_keys")
        room.put_caret(CHANGED)
        room.press("13+*")
        assert room.codings() == []
        for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_Plus, Qt.Key.Key_Asterisk, Qt.Key.Key_P):
            room.press(key, ALT)
        (row,) = room.stored()
        assert (row.code, row.valence, row.exemplar, row.reported) == (CONSISTENCY, "supporting", True, True)


class TestWhatCannotBeTagged:
    def test_blanks_alone(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        at = room.text.index(" sempat")
        room.view.select_span(Span(at, at + 1))
        room.workspace.focus_text()
        for keys in ("2", "r"):
            room.press(keys)
        room.press(Qt.Key.Key_Return)
        click_code(room, RESOURCES)
        assert room.workspace.help.palette is None
        assert room.codings() == []
        assert {text for text, _, _ in notices} <= {"There is no text here to tag", "No code has been used yet"}

    def test_a_selection_over_several_turns_and_the_whole_source(self, room: Room) -> None:
        start, end = room.text.index("Warga jadi"), room.text.index("cuma dua") + 8
        room.view.select_span(Span(start, end))
        room.workspace.focus_text()
        room.press("2")
        room.pause()
        QTest.keyClick(room.view.area, Qt.Key.Key_A, CTRL)
        room.press("1")
        rows = sorted(room.stored(), key=lambda row: row.end - row.start)
        assert rows[0].text == room.text[start:end]
        assert rows[1].text.strip() == rows[1].text
        assert rows[1].text.endswith(QUEUE)
        assert len(rows[1].text) > len(room.text) - 10

    @pytest.mark.parametrize(
        "words", ["Petugas 👩🏽‍🌾👨‍👩‍👧", "q\u0323\u0303ta\u0332", "السَّلامُ عليكم", "ꦲꦤꦕꦫꦏ ꦢꦠꦱꦮꦭ", "🇮🇩🇮🇩"]
    )
    def test_every_script_is_tagged_as_it_was_selected(
        self, ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, small_file: Path, words: str
    ) -> None:
        from .conftest import make_room, talk

        with Project.open(small_file, coder="Ani") as project, project.operation("Import") as op:
            store_draft(op, talk("A aksara", (("P", "Apa?"), ("RS", f"Kata {words} itu lama."))))
        with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
            ctx.open_project(small_file)
        room = make_room(ctx, window, qtbot, idle)
        room.open("A aksara")
        room.select(words)
        room.press("2+")
        # from the middle of a character the selection grows to the whole of it
        inner = room.text.index(words)
        room.view.select_span(Span(inner, inner + 1))
        room.pause()
        room.press("1")
        rows = {row.code: row.text for row in room.stored()}
        assert rows[RESOURCES] == words
        assert words.startswith(rows[COMMUNICATION])

    def test_a_code_deleted_while_it_is_on_screen(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        from coding.codes.editing import new_open_code

        room.ctx.operate("New code", lambda op: new_open_code(op, "sementara"))
        room.idle()
        stale = code(room, "sementara")
        room.ctx.undo()
        room.put_caret(CHANGED)
        # the key comes before the tree has heard of it
        room.tagging.put(stale)
        assert room.codings() == []
        assert room.tagging.rows == {}
        assert len(notices) == 1
        room.press("2")
        assert room.codings() == [(CHANGED, RESOURCES, None)]

    def test_a_source_taken_away_by_undo(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.open("Wawancara MD")
        room.put_caret(CHANGED)
        room.ctx.undo()
        room.press("2")
        room.press(Qt.Key.Key_Return)
        room.idle()
        assert room.codings() == []
        assert all("rror" not in text for text, _, _ in notices)


class TestReadingOnly:
    SENTENCE = "small.telaah is open for reading only; nothing was changed"

    @pytest.fixture
    def reading(self, ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, small_file: Path) -> Room:
        """The workspace on a project that was opened for reading only, with one coded segment."""
        from coding.codes.queries import code_guid
        from coding.segments.editing import tag
        from coding.transcripts.queries import source_guid

        from .conftest import make_room

        with Project.open(small_file, coder="Ani") as project, project.operation("Tag") as op:
            source = source_guid(op.session, "Wawancara RS")
            tag(op, source, 64, 90, code_guid(op.session, RESOURCES))
        with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
            ctx.open_project(small_file, read_only=True)
        room = make_room(ctx, window, qtbot, idle)
        room.open("Wawancara RS")
        return room

    WAYS: tuple[tuple[str, Callable[[Room], object]], ...] = (
        ("digit", lambda room: room.press("1")),
        ("repeat", lambda room: (room.tagging.recent.append(code(room, CLARITY).guid), room.press("r"))),
        ("palette", lambda room: room.press(Qt.Key.Key_Return)),
        ("click on a code", lambda room: (room.select(CHANGED), click_code(room, CLARITY))),
        ("in vivo", lambda room: (room.select(CHANGED), room.ctx.actions.run("segment.tag_in_vivo"))),
        ("direction", lambda room: (choose_first(room), room.press("+"))),
        ("star", lambda room: (choose_first(room), room.press("*"))),
        ("reported", lambda room: (choose_first(room), room.press("p"))),
        ("recode", lambda room: (choose_first(room), room.press("c"))),
        ("edge", lambda room: (choose_first(room), room.press("]"))),
        ("remove", lambda room: (choose_first(room), room.press(Qt.Key.Key_Delete))),
    )

    @pytest.mark.parametrize("way", [name for name, _ in WAYS])
    def test_every_way_answers_with_one_sentence(
        self, reading: Room, notices: list[tuple[str, str, str]], way: str
    ) -> None:
        before = reading.stored()
        reading.put_caret(CHANGED)
        dict(self.WAYS)[way](reading)
        reading.idle()
        assert reading.stored() == before
        assert list(reading.tagging.rows.values()) == before
        assert reading.view.area.shown.index.get(before[0].guid) == before[0]
        assert reading.workspace.help.palette is None
        assert [text for text, _, _ in notices] == [self.SENTENCE]
