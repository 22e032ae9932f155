"""The left side: sources renamed, described, removed and brought back; informants."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.informant import InformantDialog
from app.workspaces.transcripts.source_dialogs import RemovalDialog, SourceDialog
from coding.informants.queries import informants
from coding.project import Project

if TYPE_CHECKING:
    from coding.transcripts.rows import SourceRow

    from .conftest import Room

CHANGED = "Syaratnya sempat berubah dua kali."
W = TypeVar("W", bound=QWidget)


def shown(room: Room, kind: type[W]) -> W:
    """The dialog of this kind that is open."""
    found = [dialog for dialog in room.workspace.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def sources(room: Room) -> list[SourceRow]:
    room.idle()
    return room.workspace.sources.sources.sources()


def names(room: Room) -> list[str]:
    return [row.name for row in sources(room)]


class TestList:
    def test_sources_stand_under_their_method_with_a_count(self, sample_room: Room) -> None:
        model = sample_room.workspace.sources.sources
        headings = [model.text_of(row) for row in model.rows if row not in model.sources()]
        assert headings == ["Interviews · 9", "Focus groups · 1", "Observations · 2", "Documents · 4"]

    def test_the_arrows_go_from_source_to_source_past_headings(self, sample_room: Room, qtbot: QtBot) -> None:
        room = sample_room
        view = room.workspace.sources.source_list
        view.setFocus()
        for _ in range(9):
            QTest.keyClick(view, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: room.workspace.desk.asked == room.workspace.sources.source().guid, timeout=5000)  # type: ignore[union-attr]
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name.startswith("FGD")
        assert view.hasFocus()
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert room.view.area.hasFocus()

    def test_a_click_opens(self, room: Room) -> None:
        view, model = room.workspace.sources.source_list, room.workspace.sources.sources
        index = model.index_of(sources(room)[1].guid)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara MD"

    def test_only_the_last_of_several_asked_for_is_shown(self, room: Room) -> None:
        first, second = sources(room)
        room.workspace.desk.open(second.guid)
        room.workspace.desk.open(first.guid)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.guid == first.guid


class TestDetails:
    def test_a_source_is_renamed_and_undo_gives_the_name_back(self, room: Room) -> None:
        room.workspace.library.edit(sources(room)[0].guid)
        dialog = shown(room, SourceDialog)
        assert dialog.name.hasSelectedText()
        QTest.keyClicks(dialog.name, "RS, Kepala seksi")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert names(room) == ["RS, Kepala seksi", "Wawancara MD"]
        assert room.workspace.header.name.full_text() == "RS, Kepala seksi"
        room.ctx.undo()
        assert names(room) == ["Wawancara RS", "Wawancara MD"]
        assert room.workspace.header.name.full_text() == "Wawancara RS"

    def test_a_name_that_is_taken_or_missing_is_not_saved(self, room: Room) -> None:
        room.workspace.library.edit(sources(room)[0].guid)
        dialog = shown(room, SourceDialog)
        dialog.name.setText("wawancara md")
        assert not dialog.save.isEnabled()
        assert dialog._problem.text() == "Another source has this name."
        dialog.name.setText("  ")
        assert not dialog.save.isEnabled()
        dialog.reject()

    def test_date_method_and_place_are_changed_in_one_step(self, room: Room) -> None:
        room.put_caret(CHANGED)
        place = room.view.place()
        room.ctx.actions.run("source.edit_details")
        dialog = shown(room, SourceDialog)
        assert dialog.date.text() == "12 May 2026"
        dialog.date.setText("3 Juni 2026")
        dialog.place.setText("Balai desa")
        dialog.method.setCurrentIndex(1)
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        row = next(row for row in sources(room) if row.name == "Wawancara RS")
        assert (row.method, row.date, row.place) == ("focus_group", "2026-06-03", "Balai desa")
        assert room.view.place() == place
        assert room.workspace.header.method.text() == "Focus group"
        room.ctx.undo()
        row = sources(room)[0]
        assert (row.method, row.date, row.place) == ("interview", "2026-05-12", "Kantor kecamatan")

    def test_what_is_no_date_is_not_saved(self, room: Room) -> None:
        room.workspace.library.edit_open()
        dialog = shown(room, SourceDialog)
        dialog.date.setText("kemarin sore")
        assert not dialog.save.isEnabled()
        dialog.date.setText("")
        assert dialog.save.isEnabled()
        dialog.reject()

    def test_the_menu_leaves_a_source_out_of_the_analysis(self, room: Room) -> None:
        menu = room.workspace.library.source_menu(sources(room)[0])
        next(action for action in menu.actions() if action.text() == "Leave out of the analysis").trigger()
        assert [row.left_out for row in sources(room)] == [True, False]


class TestRemoval:
    def test_the_question_names_what_goes_and_undo_brings_it_back(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2-")
        before = room.stored()
        room.ctx.actions.run("source.remove")
        dialog = shown(room, RemovalDialog)
        words = [child.text() for child in dialog.findChildren(QLabel)]
        assert "Remove “Wawancara RS” and its 1 coded segment, with memos?" in words
        assert "RS" in dialog.people.text()
        QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
        assert names(room) == ["Wawancara MD"]
        assert room.stored() == []
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara MD"
        room.ctx.undo()
        assert names(room) == ["Wawancara RS", "Wawancara MD"]
        assert room.stored() == before

    def test_the_one_that_stands_in_its_place_is_opened(self, sample_room: Room) -> None:
        room = sample_room
        room.open("Wawancara 2 - BP Pendamping Lapangan")
        room.ctx.actions.run("source.remove")
        QTest.mouseClick(shown(room, RemovalDialog).remove, Qt.MouseButton.LeftButton)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara 3 - SM Kader Desa"

    def test_those_who_speak_in_it_alone_go_when_wanted(self, room: Room) -> None:
        room.workspace.library.remove(sources(room)[1].guid)
        dialog = shown(room, RemovalDialog)
        dialog.people.setChecked(True)
        QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
        room.idle()
        assert [row.code for row in room.workspace.sources.informants.rows] == ["RS"]

    def test_cancel_removes_nothing(self, room: Room) -> None:
        room.workspace.library.remove(sources(room)[0].guid)
        QTest.keyClick(shown(room, RemovalDialog), Qt.Key.Key_Escape)
        assert names(room) == ["Wawancara RS", "Wawancara MD"]

    def test_when_the_last_source_is_gone_the_place_says_what_to_do(self, room: Room) -> None:
        for row in sources(room):
            room.workspace.library.remove(row.guid)
            QTest.mouseClick(shown(room, RemovalDialog).remove, Qt.MouseButton.LeftButton)
            room.idle()
        assert room.workspace.pages.currentWidget() is room.workspace.empty
        assert room.workspace.desk.source is None
        room.ctx.undo()
        room.idle()
        assert room.workspace.pages.currentWidget() is room.view
        assert room.workspace.desk.source is not None


class TestInformants:
    def test_choosing_one_shows_a_card_and_opens_the_first_source(self, room: Room) -> None:
        panel = room.workspace.sources
        view, index = panel.informant_list, panel.informants.index(1)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        room.idle()
        assert panel.card.isVisible()
        assert panel.informant() is not None
        assert panel.informant().code == "MD"  # type: ignore[union-attr]
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara MD"

    def test_the_card_says_what_is_known(self, sample_room: Room) -> None:
        panel = sample_room.workspace.sources
        row = next(row for row in panel.informants.rows if row.code == "BP")
        facts = panel.card.facts(row)
        assert "main informant · 34 years · laki-laki" in facts
        assert "group: Pelaksana kecamatan" in facts

    def test_what_is_known_is_written_down_and_taken_back(self, room: Room) -> None:
        panel = room.workspace.sources
        room.workspace.library.edit_informant(panel.informants.rows[0].guid)
        room.idle()
        editors = (dialog := shown(room, InformantDialog)).editors
        editors["role"].setText("Kepala seksi")
        editors["category"].setCurrentIndex(1)
        editors["age"].setText("empat")
        assert not dialog.save.isEnabled()
        assert dialog.problem.text() == "“empat” is no value of “Age”; write a number of years"
        editors["age"].setText("51")
        editors["keep_until"].setText("31 December 2030")
        editors["remark"].setPlainText("disputed\nby two others")
        editors["planned"].click()
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        room.idle()
        row = panel.informants.rows[0]
        assert (row.role, row.category, row.age) == ("Kepala seksi", "key", 51)
        assert (row.keep_until, row.remark, row.planned) == ("2030-12-31", "disputed\nby two others", True)
        assert room.workspace.header._people() == "key informant"
        room.ctx.undo()
        room.idle()
        assert panel.informants.rows[0].role is None
        assert room.ctx.project is not None
        with Project.open(room.ctx.project.path, read_only=True) as project:
            assert informants(project)[0].category is None
