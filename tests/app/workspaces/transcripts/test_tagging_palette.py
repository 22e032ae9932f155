"""Several codes at once, the last code again, another code in the place of one, star and reported speech."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.context import Context

from .hands import (
    CHANGED,
    CLARITY,
    CONSISTENCY,
    CTRL,
    LEFT,
    RESOURCES,
    TWO,
    palette_of,
    steps,
)

if TYPE_CHECKING:
    from .conftest import Room

Idle = Callable[[Context], None]


class TestPalette:
    def test_several_codes_are_marked_and_put_in_one_step(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        room.press(Qt.Key.Key_Return)
        palette = palette_of(room)
        for typed in ("konsis -", "kebingungan warga", "sop"):
            QTest.keyClicks(palette.field, typed)
            if typed != "sop":
                QTest.keyClick(palette.field, Qt.Key.Key_Return, CTRL)
                assert palette.field.text() == ""
                assert palette.isVisible()
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert sorted(room.codings(), key=str) == sorted(
            [
                (CHANGED, CONSISTENCY, "inhibiting"),
                (CHANGED, "kebingungan warga", None),
                (CHANGED, "edward3.bureaucracy.sop", None),
            ],
            key=str,
        )
        assert len(steps(room)) == len(before) + 1
        room.ctx.undo()
        assert room.codings() == []
        assert room.tagging.book.open_codes == ()

    def test_a_mark_is_taken_back_by_the_same_key(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press(Qt.Key.Key_Return)
        palette = palette_of(room)
        QTest.keyClicks(palette.field, "konsis")
        QTest.keyClick(palette.field, Qt.Key.Key_Return, CTRL)
        assert len(palette.marked) == 1
        assert palette.hint.text() == "1 marked · Enter tags with it"
        QTest.keyClick(palette.field, Qt.Key.Key_Return, CTRL)
        assert palette.marked == {}
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert room.codings() == []

    def test_by_mouse_ctrl_marks_too(self, room: Room) -> None:
        room.select(CHANGED)
        room.view.show_bar()
        QTest.mouseClick(room.view.bar._other, LEFT)
        palette = palette_of(room)
        box = palette.view.visualRect(palette.model.index(1))
        # held keys are the screen's: they are pressed as a person holds them
        QTest.keyPress(palette.field, Qt.Key.Key_Control, CTRL)
        QTest.mouseClick(palette.view.viewport(), LEFT, CTRL, box.center())
        QTest.keyRelease(palette.field, Qt.Key.Key_Control)
        assert len(palette.marked) == 1
        QTest.mouseClick(palette.view.viewport(), LEFT, pos=palette.view.visualRect(palette.model.index(4)).center())
        assert len(room.codings()) == 1

    def test_codes_used_last_come_first(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("22")
        room.idle()
        room.press(Qt.Key.Key_Return)
        palette = palette_of(room)
        choice = palette.choice()
        assert choice is not None
        assert choice.code is not None
        assert choice.code.path == "edward3.resources.information"
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)

    def test_what_the_passage_has_already_is_left_as_it_is(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2+")
        room.idle()
        room.press(Qt.Key.Key_Return)
        palette = palette_of(room)
        for typed in ("resources", "clarity"):
            QTest.keyClicks(palette.field, typed)
            QTest.keyClick(palette.field, Qt.Key.Key_Return, CTRL)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert sorted(room.codings(), key=str) == [
            (CHANGED, CLARITY, None), (CHANGED, RESOURCES, "supporting"),
        ]  # fmt: skip


class TestAgainAndAnew:
    def test_a_key_repeats_the_code_used_last(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.put_caret(TWO)
        room.press("r+")
        assert room.codings() == [(CHANGED, CONSISTENCY, None), (TWO, CONSISTENCY, "supporting")]

    def test_without_one_it_says_so(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.put_caret(CHANGED)
        room.press("r")
        assert (room.codings(), notices[0][0]) == ([], "No code has been used yet")

    def test_a_key_changes_the_code_of_the_current_segment(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2+")
        room.pause()
        guid = room.stored()[0].guid
        room.press("c")
        palette = palette_of(room)
        QTest.keyClicks(palette.field, "kejelasan -")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        (row,) = room.stored()
        assert (row.guid, row.code, row.valence) == (guid, CLARITY, "inhibiting")
        assert room.tagging.current == row
        assert steps(room)[0] == "Change the code to “Clarity”"
        room.ctx.undo()
        assert room.codings() == [(CHANGED, RESOURCES, "supporting")]

    def test_a_name_makes_an_open_code_in_its_place(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.press("c")
        QTest.keyClicks(palette_of(room).field, "aturan goyah")
        QTest.keyClick(palette_of(room).field, Qt.Key.Key_Return)
        assert room.codings() == [(CHANGED, "aturan goyah", None)]

    def test_the_pencil_beside_the_code_changes_it_by_mouse(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        QTest.mouseClick(room.workspace.segment.details.change, LEFT)
        palette = palette_of(room)
        at = next(n for n, c in enumerate(palette.model.rows) if c.code and c.code.path == CLARITY)
        palette.view.scrollTo(palette.model.index(at))
        box = palette.view.visualRect(palette.model.index(at))
        QTest.mouseClick(palette.view.viewport(), LEFT, pos=box.center())
        assert room.codings() == [(CHANGED, CLARITY, None)]

    def test_a_code_that_stands_there_already_is_refused_kindly(
        self, room: Room, notices: list[tuple[str, str, str]]
    ) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.pause()
        room.press("2")
        room.idle()
        before = steps(room)
        room.press("c")
        QTest.keyClicks(palette_of(room).field, "konsis")
        QTest.keyClick(palette_of(room).field, Qt.Key.Key_Return)
        assert sorted(c for _, c, _ in room.codings()) == [CONSISTENCY, RESOURCES]
        assert steps(room) == before
        assert [text for text, _, _ in notices] == ["This passage has “Consistency” already; it is selected now"]
        assert room.tagging.current is not None
        assert room.tagging.current.code == CONSISTENCY

    def test_edges_that_would_meet_the_same_code_are_refused_kindly(
        self, room: Room, notices: list[tuple[str, str, str]]
    ) -> None:
        room.select("sempat berubah")
        room.press("2")
        room.idle()
        whole = room.row("sempat berubah").guid
        room.select("sempat")
        room.pause()
        room.press("2")
        room.idle()
        room.view.area.set_caret(room.text.index("sempat") + 1)
        room.tagging.choose(room.row("sempat").guid if room.row("sempat").text == "sempat" else None)
        short = next(row for row in room.tagging.rows.values() if row.text == "sempat")
        room.tagging.choose(short.guid)
        room.pause()
        room.press("]")
        assert sorted(row.text for row in room.stored()) == ["sempat", "sempat berubah"]
        assert sorted(row.text for row in room.tagging.rows.values()) == ["sempat", "sempat berubah"]
        shown = room.view.area.shown.index.get(short.guid)
        assert shown is not None
        assert shown.text == "sempat"
        assert room.tagging.current is not None
        assert room.tagging.current.guid == whole
        assert [text for text, _, _ in notices] == ["This passage has “Resources” already; it is selected now"]

    def test_star_and_reported_speech_by_key_menu_and_mouse(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.pause()
        room.press("*")
        room.press("p")
        details = room.workspace.segment.details
        room.idle()
        assert (details.star.isChecked(), details.reported.isChecked()) == (True, True)
        assert details.reported.text() == "reported"
        room.ctx.actions.run("segment.star")
        QTest.mouseClick(details.reported, LEFT)
        (row,) = room.stored()
        assert (row.exemplar, row.reported) == (False, False)
        assert steps(room)[:4] == [
            "Mark as verbatim", "Remove the star", "Mark as reported speech", "Star as exemplar",
        ]  # fmt: skip
        assert room.view.area.hasFocus()
