"""Evidence by key and mouse: filters, orders, changes to many, the way to a transcript and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.dialogs.palette import Palette
from app.models.evidence_words import COLUMNS
from app.workspaces.evidence.dialogs import DatesDialog, NameDialog, NoteDialog
from app.workspaces.evidence.pick_list import PickList
from coding.codes.queries import code_guid
from coding.codes.topics import add_topic
from coding.project import Operation
from coding.segments.editing import remove, set_valence, tag
from coding.segments.evidence_filter import UNMARKED, EvidenceFilter, EvidenceSort

from .conftest import CLARITY, STAFF, Desk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

FRONT = "evidence"


def open_list(desk: Desk, name: str) -> PickList:
    QTest.mouseClick(desk.bar.buttons[name], Qt.MouseButton.LeftButton)
    assert desk.bar.popup is not None
    return desk.bar.popup


def open_menu(name: str) -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.objectName() == name
    return menu


def choose_from(menu: QMenu, words: str) -> None:
    action = next(action for action in menu.actions() if action.text() == words)
    menu.close()
    action.trigger()


# what is listed


def test_all_segments_in_the_order_of_the_study(desk: Desk) -> None:
    assert desk.texts() == [
        "Kami Clarity supporting", "Syaratnya Clarity inhibiting", "Petugas Staff -", "Antre Staff inhibiting",
        "Kami Clarity supporting", "Kami Staff neutral", "Syaratnya Clarity inhibiting", "Petugas Staff -",
        "Antre Staff inhibiting",
    ]  # fmt: skip
    assert desk.workspace.bar.counts.text() == "9 coded segments"
    row = desk.rows()[1]
    assert row.segment.informants == ("WT",)
    assert row.before.startswith("Kami sampaikan")
    assert row.after.strip().endswith("cuma dua orang.")


def test_keys_are_with_the_table_and_a_row_is_current(desk: Desk) -> None:
    assert desk.table.hasFocus()
    assert desk.table.current_row() == 0
    assert desk.workspace.preview.row == desk.rows()[0]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert desk.workspace.preview.row == desk.rows()[2]


def test_an_empty_project_says_what_to_do(empty_desk: Desk) -> None:
    assert empty_desk.workspace.pages.currentWidget() is empty_desk.workspace.empty
    button = empty_desk.workspace.empty.button
    assert button.text() == "Go to the transcripts"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert empty_desk.window.front is not None
    assert empty_desk.window.front.key == "transcripts"


def test_a_click_on_a_head_orders_and_another_turns_it(desk: Desk) -> None:
    desk.click_head("valence")
    order = ["supporting"] * 2 + ["inhibiting"] * 4 + ["neutral", None, None]
    assert [row.segment.valence for row in desk.rows()] == order
    desk.click_head("valence")
    assert [row.segment.valence for row in desk.rows()] == order[::-1]
    desk.click_head("informant")
    assert [row.segment.informants[0] for row in desk.rows()] == ["RS"] * 5 + ["WT"] * 4
    desk.click_head("text")
    assert [row.segment.source for row in desk.rows()] == ["Wawancara 1"] * 4 + ["Wawancara 2"] * 5


# filters


def test_words_are_searched_for_as_they_are_typed(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CONTROL)
    assert desk.bar.field.hasFocus()
    QTest.keyClicks(desk.bar.field, "SYARATNYA  sempat")
    assert desk.texts() == ["Syaratnya Clarity inhibiting"] * 2
    assert desk.workspace.bar.counts.text() == "2 of 9 coded segments"
    QTest.keyClick(desk.bar.field, Qt.Key.Key_Return)
    assert desk.table.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.bar.field.hasFocus()
    desk.bar.field.clear()
    assert len(desk.rows()) == 9


def test_a_filter_that_nothing_fits_can_be_cleared(desk: Desk) -> None:
    QTest.keyClicks(desk.bar.field, "kereta")
    assert desk.rows() == []
    empty = desk.workspace.empty
    assert desk.workspace.pages.currentWidget() is empty
    assert empty.button.text() == "Clear the filter"
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert len(desk.rows()) == 9
    assert desk.bar.field.text() == ""


def test_codes_are_picked_by_typing_and_dropped_by_their_chip(desk: Desk) -> None:
    popup = open_list(desk, "codes")
    QTest.keyClicks(popup.field, "komunikasi" if desk.ctx.language == "id" else "communication")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    popup.close()
    assert {row.segment.label_en for row in desk.rows()} == {"Clarity"}
    (chip,) = [chip for chip in desk.bar.chips() if chip.objectName() == "chip_codes" and not chip.isHidden()]
    assert chip.text() == "Code: Communication"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(desk.rows()) == 9


def test_several_directions_with_the_keys(desk: Desk) -> None:
    popup = open_list(desk, "valences")
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Space)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Space)
    popup.close()
    assert desk.bar.chosen.valences == ("neutral", UNMARKED)
    assert [row.segment.valence for row in desk.rows()] == [None, "neutral", None]


def test_informant_source_and_coder(desk: Desk) -> None:
    popup = open_list(desk, "informants")
    popup.toggle(1)
    popup.close()
    assert {row.segment.informants for row in desk.rows()} == {("WT",)}
    popup = open_list(desk, "sources")
    popup.toggle(1)
    popup.close()
    assert [row.segment.text.split()[0] for row in desk.rows()] == ["Syaratnya", "Antre"]
    desk.ctx.actions.run("evidence.clear_filter")
    assert desk.bar.buttons["coders"].isVisible()
    popup = open_list(desk, "coders")
    popup.toggle(1)
    popup.close()
    assert [row.segment.coder for row in desk.rows()] == ["Budi"]


def test_further_parts_are_in_a_menu(desk: Desk) -> None:
    QTest.mouseClick(desk.bar.buttons["more"], Qt.MouseButton.LeftButton)
    choose_from(open_menu("filter_menu"), "Exemplars")
    assert [row.segment.exemplar for row in desk.rows()] == [True, True]
    QTest.mouseClick(desk.bar.buttons["more"], Qt.MouseButton.LeftButton)
    choose_from(open_menu("filter_menu"), "Date…")
    dialog = desk.bar.findChild(DatesDialog)
    assert dialog is not None
    dialog.first.setText("Juli 2026 atau nanti?")
    dialog.last.setText("bukan tanggal")
    assert not dialog.ok.isEnabled()
    dialog.first.setText("1 Juni 2026")
    dialog.last.clear()
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert [row.segment.source for row in desk.rows()] == ["Wawancara 2"]
    texts = [chip.text() for chip in desk.bar.chips() if not chip.isHidden()]
    assert texts == ["From 1 Jun 2026", "Exemplars", "Clear the filter"]


def test_any_other_place_may_open_it_with_a_filter(desk: Desk) -> None:
    desk.window.show_workspace("transcripts")
    desk.ctx.go_to_evidence(EvidenceFilter(valences=("neutral",)))
    assert desk.window.front is desk.workspace
    assert desk.texts() == ["Kami Staff neutral"]
    guids = tuple(row.guid for row in desk.stored()[1:3])
    desk.ctx.go_to_evidence(EvidenceFilter(segments=guids))
    assert [row.segment.guid for row in desk.rows()] == list(guids)
    assert next(chip.text() for chip in desk.bar.chips() if not chip.isHidden()) == "2 chosen elsewhere"


def test_filters_are_saved_under_a_name(desk: Desk) -> None:
    desk.workspace.show_filter(EvidenceFilter(exemplar=True), EvidenceSort("date", True))
    desk.idle()
    QTest.mouseClick(desk.workspace.bar.saved, Qt.MouseButton.LeftButton)
    choose_from(open_menu("saved_filters"), "Save the filter…")
    dialog = desk.workspace.findChild(NameDialog)
    assert dialog is not None
    dialog.name.setText(" Kutipan  pilihan ")
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.bar.clear()
    assert len(desk.rows()) == 9
    QTest.mouseClick(desk.workspace.bar.saved, Qt.MouseButton.LeftButton)
    choose_from(open_menu("saved_filters"), "Kutipan pilihan")
    assert [row.segment.source for row in desk.rows()] == ["Wawancara 2", "Wawancara 1"]
    desk.ctx.undo()
    desk.idle()
    assert desk.workspace.saved.views == []


# changes


def test_directions_by_the_keys_of_the_transcript(desk: Desk) -> None:
    desk.click(0)
    desk.click(2, SHIFT)
    desk.press("-")
    assert [row.valence for row in desk.stored()[:3]] == ["inhibiting"] * 3
    desk.press(".")
    assert [row.valence for row in desk.stored()[:3]] == [None] * 3
    assert desk.ctx.project is not None
    assert desk.ctx.project.next_undo == "Clear the direction of 3 segments"
    desk.ctx.undo()
    desk.ctx.undo()
    assert [row.valence for row in desk.stored()[:3]] == ["supporting", "inhibiting", None]
    assert desk.texts()[:3] == ["Kami Clarity supporting", "Syaratnya Clarity inhibiting", "Petugas Staff -"]
    assert desk.table.chosen_count() == 3


def test_single_letters_can_be_switched_off(desk: Desk) -> None:
    desk.ctx.settings.set("single_letter_keys", False)
    desk.press("-")
    desk.press("*")
    assert desk.stored()[0].valence == "supporting"
    assert not desk.stored()[0].exemplar


def test_stars(desk: Desk) -> None:
    desk.click(0)
    desk.click(1, CONTROL)
    desk.press("*")
    assert [row.exemplar for row in desk.stored()[:2]] == [True, True]
    desk.press("*")
    assert [row.exemplar for row in desk.stored()[:2]] == [False, False]


def test_reported_speech(desk: Desk) -> None:
    desk.click(0)
    desk.press("p")
    assert [row.reported for row in desk.stored()[:2]] == [True, False]
    desk.press("p")
    assert [row.reported for row in desk.stored()[:2]] == [False, False]


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_K, CONTROL), (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier)]
)
def test_recoding_through_the_palette(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    desk.click(0)
    desk.click(1, SHIFT)
    desk.press(key, modifiers)
    palette = desk.workspace.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.field, "budget -")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.texts()[:2] == ["Kami Budget inhibiting", "Syaratnya Budget inhibiting"]
    assert desk.ctx.project is not None
    assert desk.ctx.project.next_undo == "Change the code of 2 segments to “Budget”"


def test_a_twin_is_left_and_said(desk: Desk, notices: list[tuple[str, str, str]]) -> None:
    first = desk.stored()[0]

    def work(op: Operation) -> None:
        tag(op, first.source_guid, first.start, first.end, code_guid(op.session, STAFF))

    desk.ctx.operate("Tag", work)
    desk.idle()
    desk.click(0)
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = desk.workspace.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.field, "staff")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert [row.code for row in desk.stored()[:2]] == [CLARITY, STAFF]
    assert notices[-1][:2] == (
        "1 segment keeps its code: its coder has put “Staff” on the same passage already", "warning",
    )  # fmt: skip


def test_an_open_code_made_of_what_was_typed(desk: Desk) -> None:
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = desk.workspace.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.field, "harapan warga")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert {row.code for row in desk.stored()} == {"harapan warga"}


def test_topics_of_the_code_they_share(desk: Desk) -> None:
    def work(op: Operation) -> None:
        add_topic(op, code_guid(op.session, CLARITY), "dalam & luar")

    desk.ctx.operate("Topic", work)
    desk.idle()
    desk.click(0)
    desk.click(1, SHIFT)
    at = desk.table.visualRect(desk.cell(0, "text")).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, desk.table.viewport().mapToGlobal(at))
    QApplication.sendEvent(desk.table.viewport(), event)
    menu = open_menu("evidence_menu")
    inner = next(action.menu() for action in menu.actions() if action.text() == "Topic")
    assert isinstance(inner, QMenu)
    inner.actions()[0].trigger()
    menu.close()
    assert [row.topic for row in desk.stored()[:3]] == ["dalam & luar", "dalam & luar", ""]
    assert desk.model.data(desk.cell(0, "code")) == "Clarity · dalam & luar"
    desk.click(2, SHIFT)
    QApplication.sendEvent(desk.table.viewport(), event)
    menu = open_menu("evidence_menu")
    assert "Topic" not in [action.text() for action in menu.actions()]
    menu.close()


def test_removing_says_how_it_comes_back(desk: Desk, notices: list[tuple[str, str, str]]) -> None:
    desk.click(3)
    desk.click(4, SHIFT)
    desk.press(Qt.Key.Key_Delete)
    assert len(desk.rows()) == 7
    assert notices[-1][0] == "2 coded segments removed; Ctrl+Z brings them back"
    assert desk.table.current_row() == 4
    desk.ctx.undo()
    assert len(desk.rows()) == 9
    assert len(desk.stored()) == 9


def test_memos_on_many(desk: Desk) -> None:
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_M, CONTROL)
    dialog = desk.workspace.findChild(NoteDialog)
    assert dialog is not None
    assert not dialog.ok.isEnabled()
    dialog.text.setPlainText("bahas lagi")
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert sorted(row.memo for row in desk.stored()) == ["bahas lagi"] * 8 + ["cek\n\nbahas lagi"]


def test_buttons_do_the_same_and_leave_the_keys_with_the_table(desk: Desk) -> None:
    desk.click(0)
    QTest.mouseClick(desk.workspace.bar.buttons["set_neutral"], Qt.MouseButton.LeftButton)
    assert desk.stored()[0].valence == "neutral"
    assert desk.table.hasFocus()
    desk.table.clearSelection()
    assert not desk.workspace.bar.buttons["set_neutral"].isEnabled()
    for made in (one for one in desk.workspace.findChildren(QPushButton) if one.isVisible()):
        assert made.accessibleName() or made.text(), made.objectName()


def test_copying_gives_quotations_with_attribution(desk: Desk, notices: list[tuple[str, str, str]]) -> None:
    desk.click(0)
    desk.click(1, SHIFT)
    desk.press(Qt.Key.Key_C, CONTROL)
    desk.idle()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == ("“Kami sampaikan lewat rapat dusun.” (RS)\n\n“Syaratnya sempat berubah dua kali.” (WT)\n")
    assert "<i>“Kami sampaikan lewat rapat dusun.”</i> (RS)" in mime.html()
    assert notices[-1][0] == "2 passages with their attribution are on the clipboard"


# places


@pytest.mark.parametrize("by_mouse", [False, True])
def test_to_the_transcript_and_back(desk: Desk, by_mouse: bool) -> None:
    desk.workspace.show_filter(EvidenceFilter(valences=("inhibiting",)), EvidenceSort("date", True))
    desk.idle()
    desk.click(1)
    wanted = desk.rows()[1].segment
    if by_mouse:
        at = desk.table.visualRect(desk.cell(1, "text")).center()
        QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    else:
        desk.press(Qt.Key.Key_Return)
    desk.idle()
    transcripts = desk.window.workspaces["transcripts"]
    assert desk.window.front is transcripts
    assert transcripts.tagging.current.guid == wanted.guid  # type: ignore[attr-defined]
    QTest.keyClick(desk.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.idle()
    assert desk.window.front is desk.workspace
    assert desk.table.current_row() == 1
    assert desk.table.chosen_count() == 1
    assert desk.bar.chosen.valences == ("inhibiting",)
    assert desk.table.hasFocus()


def test_selection_and_place_outlive_what_others_change(sample_desk: Desk) -> None:
    desk = sample_desk
    desk.table.verticalScrollBar().setValue(5000)
    desk.idle()
    row = desk.table.rowAt(40)
    desk.table.choose([(row, row + 2)], row)
    desk.idle()
    ids, place = desk.workspace.chosen_ids().tolist(), desk.table.place()
    rows = desk.stored()

    desk.ctx.operate("Remove", lambda op: remove(op, [rows[0].guid, rows[1].guid]))
    desk.ctx.operate("Direction", lambda op: set_valence(op, [one.guid for one in rows[2:50]], "neutral"))
    desk.idle()
    assert desk.workspace.chosen_ids().tolist() == ids
    assert desk.table.current_row() == row - 2
    assert desk.table.place() == (place[0] - 2, place[1])
    desk.ctx.undo()
    desk.ctx.undo()
    desk.idle()
    assert desk.table.place() == place
    assert desk.table.current_row() == row


def test_what_is_changed_elsewhere_is_read_when_it_is_shown_again(desk: Desk) -> None:
    desk.window.show_workspace("transcripts")
    desk.idle()
    rows = desk.stored()
    desk.ctx.operate("Remove", lambda op: remove(op, [rows[0].guid]))
    desk.idle()
    desk.window.show_workspace("evidence")
    assert len(desk.rows()) == 8


def test_order_and_columns_in_a_menu(desk: Desk) -> None:
    looks = desk.workspace.bar.looks
    QTest.mouseClick(looks, Qt.MouseButton.LeftButton)
    menu = open_menu("evidence_look")
    order, columns = (action.menu() for action in menu.actions()[:2])
    assert isinstance(order, QMenu)
    assert isinstance(columns, QMenu)
    length = next(action for action in columns.actions() if action.text() == "Length")
    assert not length.isChecked()
    length.trigger()
    assert not desk.table.isColumnHidden(COLUMNS.index("length"))
    next(action for action in order.actions() if action.text() == "Length").trigger()
    menu.close()
    lengths = [row.segment.end - row.segment.start for row in desk.rows()]
    assert lengths == sorted(lengths)
    QTest.mouseClick(looks, Qt.MouseButton.LeftButton)
    menu = open_menu("evidence_look")
    order = menu.actions()[0].menu()
    assert isinstance(order, QMenu)
    next(action for action in order.actions() if action.text() == "Descending").trigger()
    menu.close()
    assert [row.segment.end - row.segment.start for row in desk.rows()] == lengths[::-1]


def pull_head(desk: Desk, column: str, by: int) -> None:
    """Pull at the right edge of a head."""
    heads, number = desk.table.horizontalHeader(), COLUMNS.index(column)
    before = heads.sectionSize(number)
    edge = QPoint(heads.sectionViewportPosition(number) + before - 1, heads.height() // 2)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(heads.viewport(), edge)
    QTest.mousePress(heads.viewport(), left, none, edge)
    QTest.mouseMove(heads.viewport(), edge + QPoint(by // 2, 0))
    QTest.mouseMove(heads.viewport(), edge + QPoint(by, 0))
    QTest.mouseRelease(heads.viewport(), left, none, edge + QPoint(by, 0))
    assert heads.sectionSize(number) == before + by


def test_looks_are_kept_for_the_next_time(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.show_column("coder", False)
    workspace.show_column("length", True)
    assert workspace.state()["widths"] == {}
    pull_head(desk, "source", 40)
    width = desk.table.columnWidth(COLUMNS.index("source"))
    workspace.toggle_context()
    workspace.toggle_preview()
    workspace.show_filter(EvidenceFilter(text="antre"), EvidenceSort("length", True))
    desk.idle()
    kept = workspace.state()
    workspace.restore({})
    desk.idle()
    assert len(desk.rows()) == 9
    assert not desk.table.isColumnHidden(COLUMNS.index("coder"))
    assert workspace.state()["widths"] == {}
    assert desk.table.columnWidth(COLUMNS.index("source")) < width
    workspace.restore(kept)
    desk.idle()
    assert len(desk.rows()) == 2
    assert desk.table.isColumnHidden(COLUMNS.index("coder"))
    assert not desk.table.isColumnHidden(COLUMNS.index("length"))
    assert desk.table.columnWidth(COLUMNS.index("source")) == width
    assert desk.table.delegate.context
    assert workspace.preview.isHidden()
    workspace.restore(
        {"filter": 1, "hidden": "x", "widths": [2], "place": "y", "row": None, "splitter": [0], "order": 1}
    )
    assert len(desk.rows()) == 9


def test_where_there_is_little_room_the_passage_has_it(desk: Desk) -> None:
    desk.window.resize(840, 500)
    desk.idle()
    assert desk.workspace.preview.isHidden()
    assert desk.table.columnWidth(COLUMNS.index("text")) >= 200
    assert desk.table.isColumnHidden(COLUMNS.index("coder"))
    assert desk.workspace.state()["hidden"] == ["length", "modified"]
    desk.window.resize(1500, 800)
    desk.idle()
    assert not desk.workspace.preview.isHidden()
    assert not desk.table.isColumnHidden(COLUMNS.index("coder"))


def test_both_languages_and_looks(desk: Desk) -> None:
    desk.workspace.show_filter(EvidenceFilter(valences=("inhibiting",), memo=False), EvidenceSort())
    desk.ctx.set_language("id")
    desk.ctx.set_appearance("dark")
    desk.idle()
    assert len(desk.rows()) == 4
    assert desk.rows()[0].segment.label(desk.ctx.language) == desk.model.data(desk.cell(0, "code"))
    desk.ctx.set_text_scale(1.5)
    desk.idle()
    assert desk.table.verticalHeader().defaultSectionSize() == desk.table.delegate.row_height()


def test_a_project_for_reading_only_can_be_read(desk: Desk, qtbot: object) -> None:
    assert desk.ctx.project is not None
    path = desk.ctx.project.path
    desk.ctx.close_project()
    desk.idle()
    assert desk.model.rowCount() == 0
    desk.ctx.open_project(path, read_only=True)
    desk.idle()
    desk.window.show_workspace("evidence")
    assert len(desk.rows()) == 9
    desk.press("-")
    desk.press(Qt.Key.Key_Delete)
    assert [row.valence for row in desk.stored()][:1] == ["supporting"]
    assert not desk.workspace.bar.buttons["remove"].isEnabled()
