"""What a person sees and does while reading: stripes, one code alone, places, the text alone, panels, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from .conftest import Room

KEY, MOD = Qt.Key, Qt.KeyboardModifier


def place(room: Room) -> dict[str, int]:
    return room.view.place()


@pytest.fixture
def coded(room: Room) -> Room:
    """Three passages with two codes, by key."""
    for words, keys in (("Kami sampaikan", "1"), ("Syaratnya sempat", "2"), ("Petugas loket", "2")):
        room.put_caret(words)
        room.press(keys)
        room.pause()
    room.idle()
    assert len(room.tagging.rows) == 3
    return room


def do(room: Room, action: str) -> None:
    room.ctx.actions.refresh()
    assert room.ctx.actions.qaction(action).isEnabled(), action
    room.ctx.actions.qaction(action).trigger()
    room.idle()


class TestStripes:
    def drawn(self, room: Room) -> set[str]:
        room.view.margin.repaint()
        return {row().guid for _, row in room.view.margin._drawn}

    def test_those_of_one_code_or_all(self, coded: Room) -> None:
        room = coded
        first, second, third = (room.row(w) for w in ("Kami", "Syaratnya", "Petugas"))
        assert self.drawn(room) == {first.guid, second.guid, third.guid}
        room.tagging.choose(second.guid)
        do(room, "view.stripes_code")
        assert self.drawn(room) == {second.guid, third.guid}
        room.tagging.choose(first.guid)
        assert self.drawn(room) == {first.guid}
        do(room, "view.stripes_all")
        assert len(self.drawn(room)) == 3

    def test_by_coder_and_framework_they_carry_those_names(self, coded: Room) -> None:
        room, row = coded, coded.row("Kami")
        do(room, "view.stripes_coder")
        assert room.view.margin.choice.word(row, "en") == "Ani"
        do(room, "view.stripes_framework")
        assert "Edward" in room.view.margin.choice.word(row, "en")
        assert room.view.stripes_menu.accessibleName().endswith("By framework")

    def test_the_key_goes_through_the_ways_and_the_choice_is_kept(self, coded: Room) -> None:
        room = coded
        QTest.keyClick(room.view.area, KEY.Key_F9)
        assert room.ctx.settings.get("stripes") == "code"
        for _ in range(4):
            QTest.keyClick(room.view.area, KEY.Key_F9)
        assert room.ctx.settings.get("stripes") == "all"

    def test_the_menu_stands_at_the_head_of_the_margin(self, coded: Room, qtbot: QtBot) -> None:
        room = coded
        menu = room.workspace.stripes.menu()
        assert [a.objectName() for a in menu.actions() if not a.isSeparator()][-1] == "view.show_only_code"
        button, margin = room.view.stripes_menu, room.view.margin
        assert margin.geometry().contains(button.geometry())
        with qtbot.waitSignal(room.view.menu_of_stripes):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        room.workspace.findChildren(type(menu))[-1].close()

    def test_the_tooltip_names_and_a_click_selects_that_very_segment(self, coded: Room) -> None:
        room, row = coded, coded.row("Syaratnya")
        room.tagging.choose(None)
        room.view.margin.repaint()
        box = room.view.margin.stripe_box(row.guid)
        assert box is not None
        middle = box.center().toPoint()
        found = room.view.margin.row_at(middle.toPointF())
        assert found is not None
        assert found.label("en") in room.view.margin.tooltip(found)
        QTest.mouseClick(room.view.margin, Qt.MouseButton.LeftButton, pos=middle)
        assert room.tagging.current is not None
        assert room.tagging.current.guid == row.guid


class TestDensity:
    def test_it_tells_where_something_is_coded(self, coded: Room, qtbot: QtBot) -> None:
        bar, row = coded.view.density, coded.row("Kami")
        qtbot.waitUntil(lambda: any(bar.depths()))
        y = row.start * bar.height() // len(coded.text)
        assert bar.depths()[y] == 1
        assert bar.depths()[-1] == 0

    def test_a_click_goes_there_and_alt_left_comes_back(self, sample_room: Room, qtbot: QtBot) -> None:
        room = sample_room
        room.workspace.focus_text()
        before = place(room)
        bar = room.view.density
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(4, bar.height() - 20))
        assert place(room)["top"] > before["top"]
        QTest.keyClick(room.view.area, KEY.Key_Left, MOD.AltModifier)
        room.idle()
        assert place(room) == before


class TestOnlyThisCode:
    def test_the_others_go_and_come_back(self, coded: Room) -> None:
        room = coded
        second, third = room.row("Syaratnya"), room.row("Petugas")
        room.tagging.choose(second.guid)
        QTest.keyClick(room.view.area, KEY.Key_O, MOD.ControlModifier | MOD.ShiftModifier)
        assert {row.guid for row in room.view.area.shown.index.rows} == {second.guid, third.guid}
        bar = room.view.only_bar
        assert bar.isVisible()
        assert bar.place.text() == "1 of 2"
        QTest.mouseClick(bar.next, Qt.MouseButton.LeftButton)
        assert room.tagging.current is not None
        assert room.tagging.current.guid == third.guid
        assert bar.place.text() == "2 of 2"
        room.workspace.focus_text()
        room.press(KEY.Key_F4)
        assert room.tagging.current.guid == second.guid
        for _ in range(3):
            room.press(KEY.Key_Escape)
        assert not bar.isVisible()
        assert len(room.view.area.shown.index.rows) == 3

    def test_what_one_codes_otherwise_is_seen_at_once(self, coded: Room) -> None:
        room = coded
        room.tagging.choose(room.row("Syaratnya").guid)
        do(room, "view.show_only_code")
        room.put_caret("Kalau hari")
        room.press("3")
        assert not room.view.only_bar.isVisible()
        assert len(room.view.area.shown.index.rows) == 4


class TestPlaces:
    def test_a_jump_can_be_taken_back_and_again(self, coded: Room) -> None:
        room = coded
        first = room.workspace.desk.source
        assert first is not None
        room.put_caret("Kami sampaikan")
        before = place(room)
        room.open("Wawancara MD")
        QTest.keyClick(room.view.area, KEY.Key_Left, MOD.AltModifier)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.guid == first.guid
        assert place(room) == before
        QTest.keyClick(room.view.area, KEY.Key_Right, MOD.AltModifier)
        room.idle()
        assert room.workspace.desk.source.name == "Wawancara MD"
        assert not room.workspace.desk.history.can_step(1)

    def test_going_from_segment_to_segment_is_one_way_back(self, coded: Room) -> None:
        room = coded
        room.tagging.choose(None)
        room.put_caret("Bagaimana informasi")
        before = place(room)
        for _ in range(3):
            room.press(KEY.Key_F4)
        QTest.keyClick(room.view.area, KEY.Key_Left, MOD.AltModifier)
        room.idle()
        assert place(room) == before

    @pytest.mark.parametrize("what", ["tag", "undo", "matrix", "size", "dark", "language", "contrast", "width"])
    def test_nothing_moves_the_reader(self, sample_room: Room, what: str, qtbot: QtBot) -> None:
        room = sample_room
        room.view.go_to(len(room.text) // 2)
        room.workspace.focus_text()
        before = place(room)
        if what in ("tag", "undo"):
            room.press("1")
            room.idle()
            if what == "undo":
                do(room, "edit.undo")
        elif what == "matrix":
            room.ctx.show_workspace("matrices")
            room.idle()
            room.ctx.show_workspace("transcripts")
        elif what == "size":
            QTest.keyClick(room.view.area, KEY.Key_Plus, MOD.ControlModifier)
        elif what == "dark":
            room.ctx.set_appearance("dark")
        elif what == "contrast":
            room.ctx.set_contrast(True)
        elif what == "language":
            room.ctx.set_language("id")
        else:
            do(room, "view.narrow_text")
        room.idle()
        after = place(room)
        assert (after["anchor"], after["caret"]) == (before["anchor"], before["caret"])
        # with other lines the uppermost one may begin a few words elsewhere
        assert abs(after["top"] - before["top"]) <= (0 if what in ("tag", "undo", "matrix") else 120)


class TestUncoded:
    def test_the_key_goes_to_turns_of_informants_without_a_code(self, room: Room) -> None:
        room.put_caret("Kami sampaikan")
        room.press("1")
        room.idle()
        room.view.area.set_caret(0)
        room.press(KEY.Key_F8)
        assert room.text[room.view.area.caret() :].startswith("Petugas loket")
        room.press("2")
        room.idle()
        room.press(KEY.Key_F8)
        assert room.text[room.view.area.caret() :].startswith("Petugas loket")

    def test_the_header_tells_the_share(self, coded: Room, qtbot: QtBot) -> None:
        header, sources = coded.workspace.header, coded.workspace.sources.sources.sources()
        qtbot.waitUntil(lambda: header.coded.text() not in ("", "0% coded", "0 % coded"))
        share = coded.ctx.words.percent(sources[0].coded)
        assert header.coded.text() == f"{share} coded"
        assert "2 of 2" in header.coded.toolTip()


class TestResearcher:
    def test_what_the_researcher_says_is_told_of(self, room: Room, qtbot: QtBot) -> None:
        bar = room.workspace.researcher
        assert not bar.isVisible()
        room.put_caret("Bagaimana informasi")
        room.press("1")
        room.idle()
        qtbot.waitUntil(bar.isVisible)
        assert bar.words.full_text() == "1 coded segment lies in the researcher's turns and counts nowhere"
        room.put_caret("Petugas loket")
        QTest.mouseClick(bar.show_button, Qt.MouseButton.LeftButton)
        assert room.tagging.current is not None
        assert room.tagging.current.text.startswith("Bagaimana")
        do(room, "edit.undo")
        qtbot.waitUntil(lambda: not bar.isVisible())


class TestTextAlone:
    def test_a_key_shows_it_and_esc_leaves(self, coded: Room) -> None:
        room, w = coded, coded.workspace
        current = room.tagging.current
        assert current is not None
        QTest.keyClick(room.view.area, KEY.Key_F11)
        assert not w.sources.isVisible()
        assert not w.right.isVisible()
        assert not room.window.bar.isVisible()
        assert not room.window.menuBar().isVisible()
        assert room.view.area.isVisible()
        room.press(KEY.Key_Escape)
        assert w.sources.isVisible()
        assert room.window.bar.isVisible()
        assert room.tagging.current == current
        room.press(KEY.Key_Escape)
        assert room.tagging.current is None

    def test_another_workspace_ends_it(self, coded: Room) -> None:
        QTest.keyClick(coded.view.area, KEY.Key_F11)
        coded.ctx.show_workspace("matrices")
        coded.idle()
        assert coded.window.menuBar().isVisible()
        assert not coded.workspace.reading.undisturbed


class TestPanels:
    def test_f6_goes_round(self, coded: Room) -> None:
        room = coded
        room.workspace.focus_text()
        panels = [whole for _, whole in room.workspace.reading.panels()]
        seen = []
        for _ in panels:
            QTest.keyClick(room.window.focusWidget(), KEY.Key_F6)
            focus = room.window.focusWidget()
            seen.append(next(n for n, whole in enumerate(panels) if whole is focus or whole.isAncestorOf(focus)))
        assert seen == [2, 3, 0, 1]
        QTest.keyClick(room.window.focusWidget(), KEY.Key_F6, MOD.ShiftModifier)
        assert room.workspace.sources.isAncestorOf(room.window.focusWidget())


class TestLooks:
    def test_the_column_gets_narrower_and_wider(self, sample_room: Room) -> None:
        room = sample_room
        first = room.view.area.viewport().width()
        QTest.keyClick(room.view.area, KEY.Key_Left, MOD.AltModifier | MOD.ShiftModifier)
        assert room.ctx.settings.get("text_width") == 65
        assert room.view.area.viewport().width() <= first
        room.workspace.reading.set_width(45)
        assert room.view.area.viewport().width() < first

    def test_numbers_of_turns_and_lines(self, coded: Room) -> None:
        room, gutter = coded, coded.view.gutter
        assert gutter.numbers() == []
        before = gutter.width()
        do(room, "view.turn_numbers")
        assert [text for text, *_ in gutter.numbers()] == ["1", "2", "3", "4"]
        do(room, "view.line_numbers")
        assert [text for text, *_ in gutter.numbers()] == ["1", "1", "2", "2", "3", "3", "4", "4"]
        assert gutter.width() > before

    def test_typeface_and_size(self, coded: Room) -> None:
        from app.workspaces.transcripts.reading import faces

        family = faces()[-1][0]
        coded.workspace.reading.set_family(family)
        assert coded.view.area.font().family() == family
        coded.workspace.reading.set_size(20)
        assert coded.view.area.font().pixelSize() == 20
        menu = coded.workspace.reading.menu()
        assert any(a.objectName() == "view.show_text_alone" for a in menu.actions())


class TestScreenReader:
    def test_it_reads_the_text_and_what_the_segment_is(self, coded: Room) -> None:
        room, row = coded, coded.row("Petugas")
        room.tagging.choose(row.guid)
        room.press("+")
        room.idle()
        read = QAccessible.queryAccessibleInterface(room.view.area)
        assert read.role() == QAccessible.Role.EditableText
        assert "Petugas loket kami" in read.textInterface().text(0, read.textInterface().characterCount())
        told = read.text(QAccessible.Text.Description)
        assert row.label("en") in told
        assert "supporting" in told
        assert read.text(QAccessible.Text.Name)

    def test_everything_that_takes_the_keys_has_a_name(self, coded: Room) -> None:
        from PySide6.QtWidgets import QWidget

        nameless = []
        for widget in coded.workspace.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                read = QAccessible.queryAccessibleInterface(widget)
                if read is not None and not read.text(QAccessible.Text.Name) and widget.focusProxy() is None:
                    nameless.append((type(widget).__name__, widget.objectName()))
        assert nameless == []


def test_the_session_comes_back(coded: Room, qtbot: QtBot) -> None:
    room = coded
    room.open("Wawancara MD")
    room.select("Syaratnya sempat")
    room.workspace.codes.tabs.step(1)
    framework, before = room.workspace.codes.framework, place(room)
    path = room.ctx.project.path if room.ctx.project else None
    room.ctx.close_project()
    room.idle()
    assert path is not None
    with qtbot.waitSignal(room.ctx.project_opened, timeout=20_000):
        room.ctx.open_project(path)
    qtbot.waitUntil(lambda: room.workspace.desk.source is not None, timeout=10_000)
    room.idle()
    assert room.workspace.desk.source is not None
    assert room.workspace.desk.source.name == "Wawancara MD"
    assert place(room) == before
    assert room.workspace.codes.framework == framework
