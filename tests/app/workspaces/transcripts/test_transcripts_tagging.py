"""Codes put on passages, changed and taken away, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.dialogs.palette import Palette
from app.transcript.text_area import CODE_MIME, SELECTION_MIME
from app.workspaces.transcripts.gestures import GESTURE
from app.workspaces.transcripts.kept_keys import KEPT
from coding.text import Span

if TYPE_CHECKING:
    from .conftest import Room

CHANGED = "Syaratnya sempat berubah dua kali."
TWO = "Petugas loket kami cuma dua."
CONSISTENCY = "edward3.communication.consistency"


def click_code(room: Room, path: str) -> None:
    """Click a code of the tree with the mouse."""
    tree = room.workspace.codes.tree
    code = next(c for c in room.tagging.book.codes_of(room.workspace.codes.framework) if c.path == path)
    index = tree.codes.index_of(code.guid)
    tree.scrollTo(index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())


class TestDigits:
    def test_a_digit_tags_the_sentence_at_the_caret(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        assert room.codings() == [(CHANGED, "edward3.resources", None)]

    def test_a_digit_tags_the_selection_without_blanks_at_its_ends(self, room: Room) -> None:
        start = room.text.index(" sempat berubah")
        room.view.select_span(Span(start, start + len(" sempat berubah dua ")))
        room.press("1")
        assert room.codings() == [("sempat berubah dua", "edward3.communication", None)]

    def test_a_second_digit_narrows_the_same_segment(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        (row,) = room.stored()
        assert (row.text, row.code) == (CHANGED, CONSISTENCY)
        assert room.tagging.current is not None
        assert room.tagging.current.guid == row.guid

    def test_after_a_second_a_digit_begins_anew(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.pause(GESTURE + 0.1)
        room.press("3")
        assert sorted(code for _, code, _ in room.codings()) == ["edward3.communication", "edward3.disposition"]

    def test_a_digit_on_another_passage_begins_anew(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.put_caret(TWO)
        room.press("2")
        assert room.codings() == [(CHANGED, "edward3.communication", None), (TWO, "edward3.resources", None)]

    def test_code_and_direction_are_one_gesture(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13-")
        assert room.codings() == [(CHANGED, CONSISTENCY, "inhibiting")]

    def test_a_digit_without_a_code_says_so(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.put_caret(CHANGED)
        room.press("9")
        assert room.codings() == []
        assert [text for text, _, _ in notices] == ["No code has the number 9 here"]

    def test_the_next_framework_gives_the_digits_another_meaning(self, room: Room) -> None:
        room.ctx.actions.run("code.show_next_framework")
        room.put_caret(CHANGED)
        room.press("22")
        assert room.codings() == [(CHANGED, "jones.interpretation.implementer_understanding", None)]
        room.ctx.actions.run("code.show_previous_framework")
        assert room.workspace.codes.framework == "edward3"

    def test_one_passage_can_have_codes_of_several_frameworks(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13-")
        room.workspace.codes.show_framework("factors")
        room.press("11+")
        assert sorted(room.codings()) == [
            (CHANGED, CONSISTENCY, "inhibiting"), (CHANGED, "factors.internal.goals", "supporting"),
        ]  # fmt: skip

    def test_the_same_code_twice_is_said_and_the_first_one_chosen(
        self, room: Room, notices: list[tuple[str, str, str]]
    ) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        first = room.stored()[0].guid
        room.tagging.choose(None)
        room.pause()
        room.press("2")
        assert [row.guid for row in room.stored()] == [first]
        assert room.tagging.current is not None
        assert room.tagging.current.guid == first
        assert [(text, kind) for text, kind, _ in notices] == [
            ("This passage has “Resources” already; it is selected now", "info")
        ]

    def test_narrowing_to_what_the_passage_has_already_leaves_just_that(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13-")
        room.idle()
        room.tagging.choose(None)
        room.pause()
        room.press("13")
        assert room.codings() == [(CHANGED, CONSISTENCY, "inhibiting")]
        assert room.tagging.current is not None
        assert room.tagging.current.code == CONSISTENCY

    def test_narrowing_does_not_touch_a_dimension_coded_before(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.idle()
        room.pause()
        room.press("13")
        assert sorted(code for _, code, _ in room.codings()) == ["edward3.communication", CONSISTENCY]

    def test_tagging_is_shown_before_it_is_stored(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        shown = room.view.selected_segment()
        assert shown is not None
        assert (shown.text, shown.code) == (CHANGED, CONSISTENCY)
        assert room.ctx.jobs.writer.pending == 2

    def test_the_reader_is_not_moved(self, sample_room: Room) -> None:
        room = sample_room
        room.view.area.verticalScrollBar().setValue(900)
        selected = room.select("Ada Dinas Kesehatan")
        room.view.area.verticalScrollBar().setValue(900)
        room.press("21+")
        room.idle()
        room.ctx.undo()
        room.idle()
        assert room.view.area.verticalScrollBar().value() == 900
        assert room.view.selection() == selected


class TestKeysOfOnesOwn:
    def give(self, room: Room, path: str, number: int) -> None:
        """Give a number key to a code by its menu."""
        code = next(c for f in room.tagging.book.frameworks for c in f.codes if c.path == path)
        menu = room.workspace.help.code_menu(code)
        keys = next(action.menu() for action in menu.actions() if action.text() == "Number key")
        assert keys is not None
        keys.actions()[number - 1].trigger()

    def test_a_number_key_can_be_given_to_any_code(self, room: Room) -> None:
        self.give(room, "jones.interpretation.socialisation", 5)
        room.put_caret(CHANGED)
        room.press("5+")
        assert room.codings() == [(CHANGED, "jones.interpretation.socialisation", "supporting")]
        room.pause()
        room.press("22")
        assert (CHANGED, "edward3.resources.information", None) in room.codings()

    def test_it_goes_before_the_framework_and_back_to_it(self, room: Room) -> None:
        self.give(room, "jones.interpretation.socialisation", 1)
        tree, dimension = room.workspace.codes.tree, room.tagging.book.numbered("edward3", 1)
        assert dimension is not None
        assert tree.key_of(dimension) == ("", False)
        room.put_caret(CHANGED)
        room.press("1")
        room.tagging.give_key(1, None)
        room.put_caret(TWO)
        room.press("1")
        assert room.codings() == [
            (CHANGED, "jones.interpretation.socialisation", None), (TWO, "edward3.communication", None),
        ]  # fmt: skip
        assert tree.key_of(dimension) == ("1", False)

    def test_keys_are_kept_for_the_project(self, room: Room) -> None:
        self.give(room, "jones.interpretation.socialisation", 5)
        room.idle()
        kept: list[dict[str, dict[str, object]]] = []
        room.ctx.read(lambda reader: reader.preference(KEPT), kept.append)
        room.idle()
        assert room.ctx.project is not None
        keys = kept[0][room.ctx.project.coder]["keys"]
        assert isinstance(keys, dict)
        code = room.tagging.book.get(keys["5"])
        assert code is not None
        assert code.path == "jones.interpretation.socialisation"
        assert room.tagging.keys_of(code) == "5"

    def test_each_coder_has_keys_of_their_own(self, room: Room) -> None:
        self.give(room, "jones.interpretation.socialisation", 5)
        assert room.ctx.project is not None
        me = room.ctx.project.coder
        room.ctx.set_coder("Bu Ratna")
        room.idle()
        assert not room.tagging.numbers.given
        room.ctx.set_coder(me)
        room.idle()
        assert list(room.tagging.numbers.given) == [5]


class TestUndo:
    def test_undo_and_redo_take_each_step_back_and_again(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.pause()
        room.press("-")
        room.idle()
        assert room.ctx.project is not None
        assert room.ctx.project.next_undo == "Set direction"
        for expected in ([(CHANGED, CONSISTENCY, None)], []):
            room.ctx.actions.run("edit.undo")
            assert room.codings() == expected
        assert room.tagging.rows == {}
        QApplication.processEvents()  # the panels follow the text
        assert not room.workspace.segment.shows_segment
        for _ in range(2):
            room.ctx.actions.run("edit.redo")
        assert room.codings() == [(CHANGED, CONSISTENCY, "inhibiting")]
        assert list(room.tagging.rows.values()) == room.stored()

    def test_undo_names_the_code(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        assert room.ctx.project is not None
        assert room.ctx.project.next_undo == "Tag with “Resources”"


class TestDirection:
    @pytest.mark.parametrize(("key", "valence"), [("+", "supporting"), ("-", "inhibiting"), ("0", "neutral")])
    def test_a_key_sets_it_and_the_dot_clears_it(self, room: Room, key: str, valence: str) -> None:
        room.put_caret(CHANGED)
        room.press("2" + key)
        assert room.codings() == [(CHANGED, "edward3.resources", valence)]
        room.press(".")
        assert room.codings() == [(CHANGED, "edward3.resources", None)]

    def test_the_buttons_set_and_clear_it(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        buttons = room.workspace.segment.details.valences._buttons
        QTest.mouseClick(buttons["inhibiting"], Qt.MouseButton.LeftButton)
        assert room.codings() == [(CHANGED, "edward3.resources", "inhibiting")]
        QTest.mouseClick(buttons["inhibiting"], Qt.MouseButton.LeftButton)
        assert room.codings() == [(CHANGED, "edward3.resources", None)]

    def test_without_a_segment_a_key_says_what_to_do(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.put_caret(CHANGED)
        room.press("+")
        assert room.codings() == []
        assert notices[0][0] == "Choose a coded segment first: click it, or press F4"

    def test_the_same_direction_again_is_no_step(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.pause()
        room.press("+")
        room.idle()
        room.press("+")
        room.idle()
        room.ctx.undo()
        assert room.codings() == [(CHANGED, "edward3.resources", None)]


class TestEdges:
    def test_brackets_move_them_by_words(self, room: Room) -> None:
        room.select("sempat berubah")
        room.press("2")
        room.press("]]")
        assert [row.text for row in room.stored()] == ["sempat berubah dua kali."]
        room.press("[")
        assert [row.text for row in room.stored()] == [CHANGED]

    def test_braces_move_them_by_sentences(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2}")
        assert [row.text for row in room.stored()] == [f"{CHANGED} Warga jadi bingung."]
        assert room.workspace.segment.details.quote.accessibleName() == f"“{CHANGED} Warga jadi bingung.”"

    def test_undo_moves_them_back(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2}")
        room.idle()
        room.ctx.undo()
        assert [row.text for row in room.stored()] == [CHANGED]
        shown = room.view.selected_segment()
        assert shown is not None
        assert shown.text == CHANGED


class TestRemoving:
    def test_del_removes_the_current_segment(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.press(Qt.Key.Key_Delete)
        assert room.codings() == []
        assert room.tagging.current is None
        room.ctx.undo()
        assert room.codings() == [(CHANGED, "edward3.resources", None)]

    def test_the_button_removes_it_too_and_a_memo_just_written_comes_back_with_undo(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        details = room.workspace.segment.details
        details.memo.setFocus()
        QTest.keyClicks(details.memo, "penting")
        QTest.mouseClick(details.remove, Qt.MouseButton.LeftButton)
        assert room.codings() == []
        room.ctx.undo()
        assert [row.memo for row in room.stored()] == ["penting"]


class TestPalette:
    def open_palette(self, room: Room) -> Palette:
        room.press(Qt.Key.Key_Return)
        palette = room.workspace.help.palette
        assert palette is not None
        assert palette.isVisible()
        return palette

    def test_enter_opens_it_and_enter_tags(self, room: Room) -> None:
        room.put_caret(CHANGED)
        palette = self.open_palette(room)
        QTest.keyClicks(palette.field, "konsis")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert room.codings() == [(CHANGED, CONSISTENCY, None)]
        assert room.workspace.help.palette is None
        assert room.view.area.hasFocus()

    def test_english_words_find_the_same_code_and_a_sign_gives_the_direction(self, room: Room) -> None:
        room.put_caret(CHANGED)
        palette = self.open_palette(room)
        QTest.keyClicks(palette.field, "consistency -")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert room.codings() == [(CHANGED, CONSISTENCY, "inhibiting")]

    def test_a_name_that_is_no_code_makes_an_open_one(self, room: Room) -> None:
        room.put_caret(CHANGED)
        palette = self.open_palette(room)
        QTest.keyClicks(palette.field, "aturan berubah-ubah 0")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert room.codings() == [(CHANGED, "aturan berubah-ubah", "neutral")]
        assert room.tagging.current is not None
        assert [code.path for code in room.tagging.book.open_codes] == ["aturan berubah-ubah"]
        room.ctx.undo()
        assert room.codings() == []
        assert room.tagging.book.open_codes == ()

    def test_the_arrows_choose_and_esc_leaves_without_tagging(self, room: Room) -> None:
        room.put_caret(CHANGED)
        palette = self.open_palette(room)
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        choice = palette.choice()
        assert choice is not None
        assert choice.code is not None
        assert choice.code.path == "edward3.communication.transmission"
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert room.codings() == []
        assert room.view.area.hasFocus()

    def test_it_tags_what_was_the_target_when_it_was_opened(self, room: Room) -> None:
        room.select("berubah dua kali")
        palette = self.open_palette(room)
        QTest.keyClicks(palette.field, "13")
        palette.view.clicked.emit(palette.model.index(0))
        assert room.codings() == [("berubah dua kali", CONSISTENCY, None)]


class TestInVivo:
    def test_the_selected_words_become_a_code_on_themselves(self, room: Room) -> None:
        room.select("antre sampai ke halaman")
        room.ctx.actions.run("segment.tag_in_vivo")
        assert room.codings() == [("antre sampai ke halaman", "antre sampai ke halaman", None)]
        assert room.tagging.current is not None

    def test_words_that_are_a_code_already_find_it(self, room: Room) -> None:
        room.select("Warga")
        room.ctx.actions.run("segment.tag_in_vivo")
        room.idle()
        room.select("warga")
        room.ctx.actions.run("segment.tag_in_vivo")
        assert sorted(room.codings()) == [("Warga", "Warga", None), ("warga", "Warga", None)]

    def test_without_a_selection_it_says_what_to_do(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.put_caret(CHANGED)
        room.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert room.codings() == []
        assert notices[0][0] == "Select the words first that the code is to be called by"


class TestMouse:
    def test_a_click_on_a_code_tags_the_selection(self, room: Room) -> None:
        room.select(CHANGED)
        click_code(room, CONSISTENCY)
        assert room.codings() == [(CHANGED, CONSISTENCY, None)]
        assert room.view.area.hasFocus()

    def test_without_a_selection_a_click_shows_the_segments_of_the_code(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.idle()
        click_code(room, "edward3.communication")
        room.idle()
        panel = room.workspace.segment
        assert panel.shows_list
        assert [row.text for row in panel.code_segments.model.rows] == [CHANGED]
        assert len(room.stored()) == 1

    def test_enter_on_a_code_tags_the_sentence_at_the_caret(self, room: Room) -> None:
        room.put_caret(TWO)
        tree = room.workspace.codes.tree
        tree.setFocus()
        code = room.tagging.book.numbered("edward3", 2)
        assert code is not None
        tree.setCurrentIndex(tree.codes.index_of(code.guid))
        QTest.keyClick(tree, Qt.Key.Key_Return)
        assert room.codings() == [(TWO, "edward3.resources", None)]

    def test_a_code_dropped_on_the_text_tags_the_sentence_there(self, room: Room) -> None:
        area = room.view.area
        code = room.tagging.book.numbered("edward3", 2)
        assert code is not None
        data = room.workspace.codes.tree.codes.mimeData([room.workspace.codes.tree.codes.index_of(code.guid)])
        assert bytes(data.data(CODE_MIME).data()).decode() == code.guid
        cursor = area.textCursor()
        cursor.setPosition(area.shown.display.to_qt(room.text.index(TWO) + 3))
        where = QPointF(area.cursorRect(cursor).center())
        drop(area.viewport(), where, data)
        assert room.codings() == [(TWO, "edward3.resources", None)]

    def test_a_selection_dropped_on_a_code_is_tagged_with_it(self, room: Room) -> None:
        room.select("Petugas loket")
        tree = room.workspace.codes.tree
        code = room.tagging.book.numbered("edward3", 2)
        assert code is not None
        data = room.view.area.createMimeDataFromSelection()
        assert data.hasFormat(SELECTION_MIME)
        drop(tree.viewport(), QPointF(tree.visualRect(tree.codes.index_of(code.guid)).center()), data)
        assert room.codings() == [("Petugas loket", "edward3.resources", None)]

    def test_a_recent_code_of_the_selection_bar_tags(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.idle()
        room.select(TWO)
        room.view.show_bar()
        QTest.mouseClick(room.view.bar._code_buttons[0], Qt.MouseButton.LeftButton)
        assert [code for _, code, _ in room.codings()] == [CONSISTENCY, CONSISTENCY]


def drop(target: object, where: QPointF, data: QMimeData) -> None:
    """Drag `data` onto the widget and let it go at `where`."""
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    point = QPoint(round(where.x()), round(where.y()))
    move = QDragMoveEvent(point, copy, data, buttons, none)
    move.ignore()
    for event in (QDragEnterEvent(point, copy, data, buttons, none), move):
        QApplication.sendEvent(target, event)
    if move.isAccepted():
        QApplication.sendEvent(target, QDropEvent(where, copy, data, buttons, none))
        assert event.isAccepted()
