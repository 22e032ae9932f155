"""What the panels show: the current segment, memos, overlaps, codes, counts; and how one gets from place to place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.row_lists import ROW
from coding.project import Project
from coding.segments.editing import set_exemplar, tag
from coding.segments.queries import segments

if TYPE_CHECKING:
    from .conftest import Room

CHANGED = "Syaratnya sempat berubah dua kali."
TWO = "Petugas loket kami cuma dua."


def click_text(room: Room, words: str) -> None:
    """Click into words of the text with the mouse."""
    area = room.view.area
    cursor = area.textCursor()
    cursor.setPosition(area.shown.display.to_qt(room.text.index(words) + 2))
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=area.cursorRect(cursor).center())


class TestCurrentSegment:
    def test_the_panel_shows_what_is_known_of_it(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13-")
        room.idle()
        details = room.workspace.segment.details
        assert room.workspace.segment.shows_segment
        assert details.quote.accessibleName() == f"“{CHANGED}”"
        assert details.code.text() == "Communication › <b>Consistency</b>"
        assert details.valences._valence == "inhibiting"
        assert details.made.full_text().startswith("Ani · ")
        assert not details.star.isChecked()

    def test_a_click_in_the_text_chooses_the_smallest_segment_there(self, room: Room) -> None:
        room.select(f"{CHANGED} Warga jadi bingung.")
        room.press("2")
        room.pause()
        room.select("berubah dua kali")
        room.press("1")
        room.idle()
        room.tagging.choose(None)
        click_text(room, "berubah")
        assert room.tagging.current is not None
        assert room.tagging.current.text == "berubah dua kali"
        assert room.workspace.segment.details.quote.accessibleName() == "“berubah dua kali”"

    def test_overlapping_segments_are_counted_and_o_walks_through_them(self, room: Room) -> None:
        for words, key in ((f"{CHANGED} Warga jadi bingung.", "2"), (CHANGED, "1"), ("berubah dua", "3")):
            room.select(words)
            room.press(key)
            room.pause()
        room.idle()
        room.put_caret("berubah dua")
        room.tagging.choose(None)
        seen = []
        for _ in range(4):
            room.press("o")
            details = room.workspace.segment.details
            seen.append((details.quote.accessibleName()[1:-1], details._place_label.text()))
        assert seen == [
            ("berubah dua", "1 of 3"),
            (CHANGED, "2 of 3"),
            (f"{CHANGED} Warga jadi bingung.", "3 of 3"),
            ("berubah dua", "1 of 3"),
        ]

    def test_a_lone_segment_counts_nothing(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        assert room.workspace.segment.details._place_label.isHidden()

    def test_its_code_is_marked_in_the_tree(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.idle()
        code = room.workspace.codes.tree.code()
        assert code is not None
        assert code.path == "edward3.communication.consistency"

    def test_f4_goes_from_segment_to_segment_and_round_the_end(self, room: Room) -> None:
        for words in (CHANGED, TWO):
            room.put_caret(words)
            room.press("2")
            room.pause()
        room.put_caret("Bagaimana informasi")
        room.tagging.choose(None)
        seen = []
        for _ in range(3):
            room.press(Qt.Key.Key_F4)
            assert room.tagging.current is not None
            seen.append(room.tagging.current.text)
        assert seen == [CHANGED, TWO, CHANGED]
        room.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
        assert room.tagging.current is not None
        assert room.tagging.current.text == TWO

    def test_the_star_makes_it_an_exemplar_and_takes_it_back(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        star = room.workspace.segment.details.star
        QTest.mouseClick(star, Qt.MouseButton.LeftButton)
        assert [row.exemplar for row in room.stored()] == [True]
        QTest.mouseClick(star, Qt.MouseButton.LeftButton)
        assert [row.exemplar for row in room.stored()] == [False]


class TestMemo:
    def test_ctrl_m_takes_the_keys_there_and_a_pause_stores_it(self, room: Room, qtbot: QtBot) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        room.ctx.actions.run("segment.write_memo")
        memo = room.workspace.segment.details.memo
        assert memo.hasFocus()
        QTest.keyClicks(memo, "Bandingkan dengan MD 123+")
        qtbot.waitUntil(lambda: room.ctx.jobs.writer.pending > 0, timeout=5000)
        (row,) = room.stored()
        assert row.memo == "Bandingkan dengan MD 123+"
        assert row.valence is None
        assert memo.hasFocus()
        room.ctx.undo()
        room.idle()
        qtbot.waitUntil(lambda: memo.toPlainText() == "", timeout=5000)

    def test_leaving_it_stores_it_and_esc_goes_back_to_the_text(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        room.workspace.memos.write()
        memo = room.workspace.segment.details.memo
        QTest.keyClicks(memo, "penting")
        QTest.keyClick(memo, Qt.Key.Key_Escape)
        assert room.view.area.hasFocus()
        assert [row.memo for row in room.stored()] == ["penting"]

    def test_choosing_another_segment_stores_it_where_it_belongs(self, room: Room) -> None:
        for words in (CHANGED, TWO):
            room.put_caret(words)
            room.press("2")
            room.pause()
        room.idle()
        room.workspace.memos.write()
        QTest.keyClicks(room.workspace.segment.details.memo, "tentang petugas")
        room.workspace.steps.to_segment(1)
        assert room.workspace.segment.details.memo.toPlainText() == ""
        assert [(row.text, row.memo) for row in room.stored()] == [(CHANGED, ""), (TWO, "tentang petugas")]

    def test_closing_the_window_loses_nothing(self, room: Room, qtbot: QtBot) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        assert room.ctx.project is not None
        path = room.ctx.project.path
        room.workspace.memos.write()
        QTest.keyClicks(room.workspace.segment.details.memo, "belum disimpan")
        room.window.close()
        qtbot.waitUntil(lambda: not room.window.isVisible(), timeout=10_000)
        with Project.open(path, read_only=True) as project:
            assert [row.memo for row in segments(project)] == ["belum disimpan"]

    def test_closing_the_project_loses_nothing(self, room: Room, small_file: Path) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        room.workspace.memos.write()
        QTest.keyClicks(room.workspace.segment.details.memo, "belum disimpan")
        room.ctx.close_project()
        room.idle()
        assert room.ctx.project is None
        with Project.open(small_file, read_only=True) as project:
            assert [row.memo for row in segments(project)] == ["belum disimpan"]

    def test_a_draft_never_stored_comes_back_at_the_next_start(
        self, room: Room, qtbot: QtBot, small_file: Path
    ) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        assert room.ctx.project is not None
        guid, project = room.tagging.current.guid, room.ctx.project  # type: ignore[union-attr]
        memo = room.workspace.segment.details.memo
        memo.draft_changed.emit(guid, "setengah jalan")
        kept = room.ctx.settings.project_state(project.guid)
        room.ctx.close_project()
        room.idle()
        room.ctx.settings.keep_project_state(project.guid, kept)
        room.ctx.open_project(small_file)
        qtbot.waitUntil(lambda: bool(room.tagging.rows), timeout=10_000)
        room.idle()
        assert [row.memo for row in room.stored()] == ["setengah jalan"]


class TestCodes:
    def test_counts_follow_tagging_and_undo(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        room.idle()
        book = room.tagging.book
        dimension = book.numbered("edward3", 1)
        assert dimension is not None
        assert (dimension.segments_below, dimension.segments) == (1, 0)
        index = room.workspace.codes.tree.codes.index_of(dimension.guid)
        assert index.data(ROW).segments_below == 1
        room.ctx.undo()
        room.ctx.undo()
        room.idle()
        assert index.data(ROW).segments_below == 0

    def test_the_tree_is_not_built_anew_by_tagging(self, room: Room, qtbot: QtBot) -> None:
        tree = room.workspace.codes.tree
        tree.verticalScrollBar().setValue(20)
        with (
            qtbot.assertNotEmitted(tree.codes.modelReset),
            qtbot.assertNotEmitted(room.workspace.sources.sources.modelReset),
        ):
            room.put_caret(CHANGED)
            room.press("22")
            room.idle()
        assert tree.verticalScrollBar().value() == 20

    def test_the_source_counts_what_is_coded_in_it(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        rows = room.workspace.sources.sources.sources()
        assert [(row.name, row.segments) for row in rows] == [("Wawancara RS", 1), ("Wawancara MD", 0)]
        assert 0.1 < rows[0].coded < 0.5
        room.ctx.undo()
        room.idle()
        assert [row.segments for row in room.workspace.sources.sources.sources()] == [0, 0]

    def test_the_segments_of_a_code_lead_to_their_places(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.open("Wawancara MD")
        room.pause()
        room.put_caret(TWO)
        room.press("2")
        room.idle()
        room.workspace.help.show_segments(room.tagging.current.code_guid)  # type: ignore[union-attr]
        room.idle()
        panel = room.workspace.segment
        assert [row.source for row in panel.code_segments.model.rows] == ["Wawancara RS", "Wawancara MD"]
        QTest.mouseClick(panel.nav.next, Qt.MouseButton.LeftButton)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara RS"
        assert panel.shows_segment
        assert panel.nav.place.text() == "1 of 2"
        QTest.mouseClick(panel.nav.next, Qt.MouseButton.LeftButton)
        room.idle()
        assert room.workspace.desk.source.name == "Wawancara MD"
        assert room.tagging.current is not None
        assert room.tagging.current.text == TWO
        assert panel.nav.place.text() == "2 of 2"

    def test_a_list_of_segments_follows_undo(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("2")
        room.idle()
        room.workspace.help.show_segments(room.tagging.current.code_guid)  # type: ignore[union-attr]
        room.idle()
        room.ctx.undo()
        room.idle()
        assert room.workspace.segment.code_segments.model.rows == []

    def test_f2_shows_what_a_code_means_with_the_exemplars_of_the_study(self, room: Room) -> None:
        room.put_caret(CHANGED)
        room.press("13")
        guid = room.tagging.current.guid  # type: ignore[union-attr]
        room.ctx.operate("Star", lambda op: set_exemplar(op, guid, True))
        room.idle()
        room.ctx.actions.run("code.show_card")
        room.idle()
        card = room.workspace.card
        assert card.code is not None
        assert card.code.path == "edward3.communication.consistency"
        words = [child.text() for child in card._body.findChildren(QLabel)]
        assert any("contradict" in text for text in words)
        assert f"“{CHANGED}”" in words
        room.ctx.actions.run("code.show_card")
        assert not card.isVisible()

    def test_open_codes_are_listed_and_have_numbers(self, room: Room) -> None:
        room.tagging.put_new("antrean", room.select("antre"))
        room.idle()
        room.workspace.codes.show_framework("open")
        room.put_caret(TWO)
        room.press("1")
        assert sorted(room.codings()) == [(TWO, "antrean", None), ("antre", "antrean", None)]


class TestPlaces:
    def test_each_source_is_found_as_it_was_left(self, sample_room: Room) -> None:
        room = sample_room
        room.view.area.verticalScrollBar().setValue(700)
        room.put_caret("Berjenjang, ya.")
        room.view.area.verticalScrollBar().setValue(700)
        caret = room.view.area.caret()
        room.workspace.steps.to_source(1)
        room.idle()
        assert room.view.area.verticalScrollBar().value() == 0
        room.workspace.steps.to_source(-1)
        room.idle()
        assert room.view.area.verticalScrollBar().value() == 700
        assert room.view.area.caret() == caret

    def test_a_visit_to_another_workspace_changes_nothing(self, sample_room: Room) -> None:
        room = sample_room
        room.view.area.verticalScrollBar().setValue(500)
        before = room.view.place()
        room.ctx.show_workspace("matrices")
        room.idle()
        room.ctx.show_workspace("transcripts")
        room.idle()
        assert room.view.place() == before

    def test_a_jump_from_elsewhere_opens_the_source_and_selects_the_segment(self, sample_room: Room) -> None:
        room = sample_room
        wanted = [row for row in room.stored() if row.source.startswith("Wawancara 4")][20]
        room.ctx.go_to_segment(wanted.guid)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == wanted.source
        assert room.tagging.current is not None
        assert room.tagging.current.guid == wanted.guid
        assert room.workspace.segment.details.quote.accessibleName() == f"“{' '.join(wanted.text.split())}”"

    def test_a_jump_to_a_passage_selects_it(self, sample_room: Room) -> None:
        room = sample_room
        row = next(r for r in room.workspace.sources.sources.sources() if r.name.startswith("Wawancara 3"))
        room.ctx.go_to_passage(row.guid, 700, 760)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.guid == row.guid
        selection = room.view.selection()
        assert selection is not None
        assert 690 <= selection.start <= 710

    def test_a_jump_to_a_segment_that_is_gone_says_so(self, room: Room, notices: list[tuple[str, str, str]]) -> None:
        room.ctx.go_to_segment("no such segment")
        room.idle()
        assert notices[0][0] == "This coded segment no longer exists"

    def test_the_next_start_finds_everything_where_it_was(self, room: Room, qtbot: QtBot, small_file: Path) -> None:
        room.open("Wawancara MD")
        room.workspace.codes.show_framework("jones")
        room.workspace.sources.fold_informants(False)
        room.put_caret(TWO)
        caret = room.view.area.caret()
        room.ctx.close_project()
        room.idle()
        assert room.workspace.sources.sources.sources() == []
        room.ctx.open_project(small_file)
        qtbot.waitUntil(lambda: room.workspace.desk.source is not None, timeout=10_000)
        room.idle()
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "Wawancara MD"
        assert room.view.area.caret() == caret
        assert room.workspace.codes.framework == "jones"
        assert not room.workspace.sources.informants_shown

    def test_a_jump_asked_for_before_anything_was_read_wins_over_the_last_place(
        self, room: Room, qtbot: QtBot, small_file: Path
    ) -> None:
        room.open("Wawancara MD")
        room.put_caret(TWO)
        room.press("2")
        (wanted,) = room.stored()
        room.open("Wawancara RS")
        room.ctx.close_project()
        room.idle()
        with qtbot.waitSignal(room.ctx.project_opened, timeout=10_000):
            room.ctx.open_project(small_file)
        room.ctx.go_to_segment(wanted.guid)
        room.idle()
        assert room.tagging.current is not None
        assert room.tagging.current.guid == wanted.guid

    def test_the_widths_of_the_sides_are_kept(self, room: Room, qtbot: QtBot, small_file: Path) -> None:
        columns = room.workspace.columns
        columns.moveSplitter(320, 1)
        columns.moveSplitter(columns.width() - 370, 2)
        room.ctx.close_project()
        room.idle()
        columns.moveSplitter(240, 1)
        columns.moveSplitter(columns.width() - 300, 2)
        room.ctx.open_project(small_file)
        qtbot.waitUntil(lambda: room.workspace.desk.source is not None, timeout=10_000)
        left, _, right = room.workspace.columns.sizes()
        assert (left, right) == (pytest.approx(320, abs=4), pytest.approx(370, abs=4))

    def test_the_line_above_says_in_which_turn_one_is(self, room: Room) -> None:
        room.put_caret(TWO)
        assert room.workspace.header.turn.text() == "turn 4 of 4"
        room.put_caret("Apakah petugasnya")
        assert room.workspace.header.turn.text() == "turn 3 of 4"


class TestLanguage:
    def test_everything_is_said_anew_at_once(self, sample_room: Room) -> None:
        room = sample_room
        room.workspace.steps.to_segment(1)
        labels = room.workspace.segment.details.code.text()
        room.ctx.set_language("id")
        tree = room.workspace.codes.tree
        assert tree.codes.index(0, 0).data() == "Komunikasi"
        assert room.workspace.segment.details.code.text() != labels
        room.ctx.set_language("en")
        assert tree.codes.index(0, 0).data() == "Communication"
        assert room.workspace.segment.details.code.text() == labels
        assert room.workspace.sources.add.text() == "+ Add"

    def test_another_look_keeps_everything_in_place(self, sample_room: Room) -> None:
        room = sample_room
        room.workspace.steps.to_segment(1)
        guid = room.tagging.current.guid  # type: ignore[union-attr]
        room.ctx.set_appearance("dark")
        room.ctx.set_text_scale(1.4)
        assert room.tagging.current is not None
        assert room.tagging.current.guid == guid
        assert room.view.selected_segment() is not None


class TestOtherHands:
    def test_what_another_part_of_the_window_tags_appears(self, room: Room) -> None:
        source = room.workspace.desk.source
        code = room.tagging.book.numbered("edward3", 2)
        assert source is not None
        assert code is not None
        start = source.text.index(TWO)
        room.ctx.operate("Tag", lambda op: tag(op, source.guid, start, start + len(TWO), code.guid))
        room.idle()
        assert [row.text for row in room.tagging.rows.values()] == [TWO]
        assert room.workspace.sources.sources.sources()[0].segments == 1
