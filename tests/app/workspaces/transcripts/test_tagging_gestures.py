"""Keys that belong together are one step; number keys of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.workspaces.transcripts.gestures import GESTURE

from .hands import (
    ALT,
    CHANGED,
    COMMUNICATION,
    CONSISTENCY,
    LEFT,
    RESOURCES,
    TWO,
    code,
    steps,
)

if TYPE_CHECKING:
    from app.main_window import MainWindow

    from .conftest import Room

Idle = Callable[[Context], None]


class TestGestures:
    def test_code_indicator_and_direction_are_one_step(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        room.press("13+")
        assert room.codings() == [(CHANGED, CONSISTENCY, "supporting")]
        assert steps(room) == ["Tag with “Consistency”", *before]
        room.ctx.undo()
        assert room.codings() == []
        assert room.tagging.rows == {}
        room.ctx.redo()
        assert room.codings() == [(CHANGED, CONSISTENCY, "supporting")]
        room.ctx.undo()
        assert room.codings() == []

    def test_the_star_and_reported_speech_belong_to_it_too(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        room.press("2-*p")
        (row,) = room.stored()
        assert (row.valence, row.exemplar, row.reported) == ("inhibiting", True, True)
        assert steps(room) == ["Tag with “Resources”", *before]

    def test_a_gesture_amended_within_a_second_stays_one_step(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        for key in "13+-0":
            room.press(key)
            room.idle()
            room.pause(GESTURE * 0.8)
        assert room.codings() == [(CHANGED, CONSISTENCY, "neutral")]
        assert steps(room) == ["Tag with “Consistency”", *before]

    def test_after_a_second_it_is_a_step_of_its_own(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        room.press("2")
        room.pause()
        room.press("+")
        assert steps(room) == ["Set direction", "Tag with “Resources”", *before]

    def test_what_comes_between_ends_it(self, room: Room) -> None:
        before = steps(room)
        room.put_caret(CHANGED)
        room.press("2")
        room.put_caret(TWO)
        room.press("1")
        room.put_caret(CHANGED)
        room.press("+")
        assert (CHANGED, RESOURCES, "supporting") in room.codings()
        assert len(steps(room)) == len(before) + 3

    def test_one_step_after_a_new_start(
        self, room: Room, qtbot: QtBot, idle: Idle, small_file: Path, ctx: Context
    ) -> None:
        room.put_caret(CHANGED)
        room.press("13+")
        room.idle()
        ctx.close_project()
        qtbot.waitUntil(lambda: ctx.project is None, timeout=10_000)
        with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
            ctx.open_project(small_file)
        idle(ctx)
        assert ctx.project is not None
        assert ctx.project.next_undo == "Tag with “Consistency”"
        ctx.undo()
        assert room.codings() == []
        ctx.redo()
        assert room.codings() == [(CHANGED, CONSISTENCY, "supporting")]

    def test_undo_in_the_middle_takes_all_of_it_so_far(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.ctx.undo()
        room.idle()
        room.press("3")
        # the digit begins anew: there is nothing left to narrow
        assert room.codings() == [(CHANGED, "edward3.disposition", None)]

    def test_a_digit_that_came_too_late_is_said_and_put_right(
        self, room: Room, notices: list[tuple[str, str, str]]
    ) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.pause(GESTURE + 0.6)
        room.press("3")
        assert room.codings() == [
            (CHANGED, "edward3.communication", None), (CHANGED, "edward3.disposition", None),
        ]  # fmt: skip
        assert notices[-1][0] == (
            "“Disposition” was added beside “Communication”. For its indicator “Consistency”: Ctrl+Z, then 3"
        )
        room.ctx.undo()
        room.idle()
        room.press("3")
        assert room.codings() == [(CHANGED, CONSISTENCY, None)]
        room.ctx.undo()
        assert room.codings() == [(CHANGED, "edward3.communication", None)]

    def test_a_second_code_put_on_purpose_stays(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.put_caret(CHANGED)
        room.press("1")
        room.pause(30.0)
        room.press("3")
        room.put_caret(TWO)
        room.pause()
        room.press("2")
        assert len(room.codings()) == 3
        assert notices == []

    def test_a_series_of_edge_steps_is_one_step(self, room: Room) -> None:
        before = steps(room)
        room.select("sempat")
        room.press("2")
        room.press("]]]")
        assert [row.text for row in room.stored()] == ["sempat berubah dua kali."]
        assert steps(room) == ["Move an edge", "Tag with “Resources”", *before]
        room.ctx.undo()
        assert [row.text for row in room.stored()] == ["sempat"]

    def test_narrowing_to_what_is_there_leaves_no_step(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13-")
        room.idle()
        before = steps(room)
        room.tagging.choose(None)
        room.pause()
        room.press("13")
        assert room.codings() == [(CHANGED, CONSISTENCY, "inhibiting")]
        assert steps(room) == before

    def test_the_command_line_sees_one_segment(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13+")
        (row,) = room.stored()
        assert room.tagging.current == row


class TestNumberKeysOfOnesOwn:
    SOCIALISATION = "jones.interpretation.socialisation"

    def test_alt_and_a_digit_in_the_list_give_a_code_the_key(self, room: Room) -> None:
        room.workspace.codes.show_framework("jones")
        tree = room.workspace.codes.tree
        tree.setFocus()
        tree.setCurrentIndex(tree.codes.index_of(code(room, self.SOCIALISATION).guid))
        QTest.keyClick(tree, Qt.Key.Key_5, ALT)
        assert tree.key_of(code(room, self.SOCIALISATION)) == ("5", True)
        # 5 is no digit of the framework's any more; its others are
        assert tree.key_of(code(room, "jones.organization.actors")) == ("1", False)
        room.workspace.codes.show_framework("edward3")
        room.put_caret(CHANGED)
        room.press("5+")
        assert room.codings() == [(CHANGED, self.SOCIALISATION, "supporting")]
        tree.setFocus()
        room.workspace.codes.show_framework("jones")
        tree.setCurrentIndex(tree.codes.index_of(code(room, self.SOCIALISATION).guid))
        QTest.keyClick(tree, Qt.Key.Key_0, ALT)
        assert room.tagging.numbers.given == {}

    def test_one_key_changes_between_them_and_the_framework(
        self, room: Room, notices: list[tuple[str, str, str]]
    ) -> None:
        room.tagging.give_key(1, code(room, self.SOCIALISATION).guid)
        line = room.workspace.codes.keys
        assert line.isVisible()
        assert "my own codes" in line.text()
        tree = room.workspace.codes.tree
        assert [tree.key_of(code(room, path)) for path in (COMMUNICATION, CONSISTENCY)] == [("", False), ("", False)]
        room.put_caret(CHANGED)
        room.press("k")
        assert "the framework" in line.text()
        assert room.workspace.codes.tree.key_of(code(room, COMMUNICATION)) == ("1", False)
        room.press("1")
        room.press("k")
        room.put_caret(TWO)
        room.press("1")
        assert room.codings() == [(CHANGED, COMMUNICATION, None), (TWO, self.SOCIALISATION, None)]
        assert [text for text, _, _ in notices] == ["Number keys: the framework", "Number keys: my own codes"]

    def test_the_line_over_the_codes_changes_it_by_mouse(self, room: Room) -> None:
        room.tagging.give_key(1, code(room, self.SOCIALISATION).guid)
        QTest.mouseClick(room.workspace.codes.keys, LEFT)
        assert not room.tagging.numbers.own
        assert room.tagging.keys_of(code(room, COMMUNICATION)) == "1"

    def test_without_any_the_key_says_how_to_give_one(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        assert not room.workspace.codes.keys.isVisible()
        room.put_caret(CHANGED)
        room.press("k")
        assert "Alt+1" in notices[0][0]

    def test_they_come_along_with_the_project(
        self, room: Room, qtbot: QtBot, idle: Idle, small_file: Path, ctx: Context, window: MainWindow
    ) -> None:
        guid = code(room, self.SOCIALISATION).guid
        room.tagging.give_key(7, guid)
        room.tagging.switch_keys()
        ctx.close_project()
        qtbot.waitUntil(lambda: ctx.project is None, timeout=10_000)
        with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
            ctx.open_project(small_file)
        idle(ctx)
        assert (room.tagging.numbers.given, room.tagging.numbers.own) == ({7: guid}, False)

    def test_all_nine_can_be_given_from_the_menu(self, room: Room) -> None:
        codes = [c for f in room.tagging.book.frameworks for c in f.codes if c.level == "indicator"][:9]
        for number, given in enumerate(codes, 1):
            menu = room.workspace.help.code_menu(given)
            keys = next(action.menu() for action in menu.actions() if action.text() == "Number key")
            keys.actions()[number - 1].trigger()
        room.put_caret(CHANGED)
        for number in range(1, 10):
            room.press(str(number))
        assert sorted(c for _, c, _ in room.codings()) == sorted(c.path for c in codes)
