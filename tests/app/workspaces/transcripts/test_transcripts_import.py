"""Transcripts brought in from files, by drop and by dialog, through the preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.dialogs.import_doubts import SINGLE_QUESTIONS
from app.dialogs.import_preview import ImportDialog
from app.dialogs.import_speakers import SpeakerDialog
from app.dialogs.import_summary import SummaryDialog
from coding.informants.queries import informants
from coding.project import Project
from coding.sample import FOLDER
from coding.transcripts.queries import source_text, sources
from coding.transcripts.rows import InformantRow, SourceRow

if TYPE_CHECKING:
    from .conftest import Room

FIRST = "Wawancara 1 - RS Kepala Seksi"
PLAIN = """Narasumber: {who}
Tanggal: 12 Mei 2026

P: Bagaimana layanan di loket menurut Anda?

{who}: Antre lama sekali, apalagi hari Senin. Petugasnya cuma satu.

P: Lalu apa yang dilakukan?

{who}: Ya menunggu saja, sambil ngobrol dengan yang lain.
"""
DOUBTFUL = """X: Bagaimana layanan di loket menurut Anda?

Y: Antre lama sekali di tempat {place}, apalagi hari Senin.

X: Berapa lama biasanya?

Y: Bisa dua jam. Petugasnya cuma satu.

X: Lalu apa yang dilakukan?

Y: Ya menunggu saja.
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def preview(room: Room, qtbot: QtBot, *paths: Path) -> ImportDialog:
    """The preview of these files, read to the end."""
    room.workspace.importing.preview(list(paths))
    qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
    dialog = room.workspace.importing.dialog
    assert dialog is not None
    read_to_end(dialog, qtbot)
    return dialog


def read_to_end(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.reader.reading == 0, timeout=60_000)


def answer_all(dialog: ImportDialog, qtbot: QtBot) -> list[str]:
    """Say that X asks and everybody else answers; gives the questions that were asked."""
    asked = []
    while dialog.doubt.asking:
        asked.append(dialog.doubt._question.text())
        kind = "researcher" if dialog.doubt.label == "X" else "informant"
        QTest.mouseClick(dialog.doubt.buttons[kind], Qt.MouseButton.LeftButton)
        read_to_end(dialog, qtbot)
    return asked


def in_project(room: Room) -> tuple[list[SourceRow], list[InformantRow]]:
    room.idle()
    assert room.ctx.project is not None
    with Project.open(room.ctx.project.path, read_only=True) as project:
        return sources(project), informants(project)


def choose(dialog: ImportDialog, name: str) -> None:
    names = [entry.path.name for entry in dialog.entries.rows]
    dialog.list.setCurrentIndex(dialog.entries.index(names.index(name)))


class TestWays:
    def test_files_dropped_on_the_window_are_shown_first_and_stored_with_enter(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        paths = [write(files, "satu.txt", PLAIN.format(who="RS")), FOLDER / f"{FIRST}.txt"]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for event in (
            QDragEnterEvent(QPoint(400, 300), copy, data, button, none),
            QDropEvent(QPointF(400, 300), copy, data, button, none),
        ):
            QApplication.sendEvent(room.window, event)
        qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
        dialog = room.workspace.importing.dialog
        assert dialog is not None
        read_to_end(dialog, qtbot)
        assert in_project(room) == ([], [])
        assert dialog.go.text() == "Import 2 sources"
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        rows, people = in_project(room)
        assert [row.name for row in rows] == ["satu", FIRST]
        assert [person.code for person in people] == ["RS"]
        assert [row.informants for row in rows] == [("RS",), ("RS",)]
        assert room.workspace.desk.source is not None
        assert room.workspace.desk.source.name == "satu"

    def test_ctrl_i_asks_for_files(
        self, empty_room: Room, qtbot: QtBot, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = empty_room
        path = write(files, "satu.txt", PLAIN.format(who="RS"))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
        room.ctx.actions.run("source.add")
        qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
        dialog = room.workspace.importing.dialog
        assert dialog is not None
        read_to_end(dialog, qtbot)
        assert [entry.state for entry in dialog.entries.rows] == ["ok"]
        dialog.reject()
        assert room.ctx.settings.get("last_folder") == str(files)

    def test_a_folder_brings_all_its_files_and_more_can_join(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        inner = files / "dalam"
        inner.mkdir()
        write(files, "a.txt", PLAIN.format(who="RS"))
        write(inner, "b.txt", PLAIN.format(who="MD"))
        dialog = preview(empty_room, qtbot, files)
        empty_room.workspace.importing.preview([write(files, "c.txt", PLAIN.format(who="WT"))])
        read_to_end(dialog, qtbot)
        assert [entry.path.name for entry in dialog.entries.rows] == ["a.txt", "b.txt", "c.txt"]
        dialog.reject()

    def test_esc_leaves_the_project_as_it_was(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        dialog = preview(empty_room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert in_project(empty_room) == ([], [])
        assert empty_room.workspace.importing.dialog is None

    def test_leaving_while_files_are_read_stops_the_reading(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        paths = [write(files, f"{n}.txt", PLAIN.format(who="RS") + str(n)) for n in range(30)]
        room.workspace.importing.preview(paths)
        qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
        dialog = room.workspace.importing.dialog
        assert dialog is not None
        assert not dialog.go.isEnabled()
        dialog.reject()
        assert room.ctx.jobs.helper.pending == 0
        assert in_project(room) == ([], [])

    def test_an_empty_project_says_what_to_do_and_enter_begins(
        self, empty_room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace = empty_room.workspace
        assert workspace.pages.currentWidget() is workspace.empty
        assert workspace.empty.button.hasFocus()
        asked: list[str] = []
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (asked.append("files"), ([], ""))[1])
        QTest.keyClick(workspace.empty.button, Qt.Key.Key_Space)
        assert asked == ["files"]


class TestStoring:
    def test_a_batch_is_one_step(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        paths = [write(files, f"{who}.txt", PLAIN.format(who=who)) for who in ("RS", "MD")]
        dialog = preview(room, qtbot, *paths)
        dialog.go.click()
        assert [row.name for row in in_project(room)[0]] == ["RS", "MD"]
        assert room.ctx.project is not None
        assert room.ctx.project.next_undo == "Import 2 sources"
        room.ctx.undo()
        assert in_project(room) == ([], [])
        assert room.workspace.pages.currentWidget() is room.workspace.empty
        room.ctx.redo()
        assert [row.name for row in in_project(room)[0]] == ["RS", "MD"]
        dialog = preview(room, qtbot, write(files, "WT.txt", PLAIN.format(who="WT")))
        dialog.go.click()
        in_project(room)
        assert room.ctx.project.next_undo == "Import WT"

    def test_cancelling_while_it_is_stored_keeps_nothing_and_the_preview_stays(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        paths = [write(files, f"{n}.txt", PLAIN.format(who="RS") + str(n)) for n in range(40)]
        dialog = preview(room, qtbot, *paths)
        dialog.go.click()
        assert dialog.storing is not None
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert in_project(room) == ([], [])
        qtbot.waitUntil(lambda: dialog.storing is None, timeout=20_000)
        assert dialog.summary.text() == "nothing was stored"
        assert room.ctx.project is not None
        assert room.ctx.project.next_undo is None
        dialog.go.click()
        assert len(in_project(room)[0]) == 40

    def test_many_files_end_with_a_list_that_can_be_copied_and_kept(
        self, empty_room: Room, qtbot: QtBot, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = empty_room
        for number in range(10):
            write(files, f"{number}.txt", PLAIN.format(who="RS") + str(number))
        write(files, "kosong.txt", "")
        write(files, "salinan.txt", PLAIN.format(who="RS") + "3")
        write(files, "Thumbs.db", "x")
        dialog = preview(room, qtbot, files)
        choose(dialog, "5.txt")
        dialog.toggle_left_out()
        dialog.go.click()
        assert len(in_project(room)[0]) == 9
        summary = room.window.findChild(SummaryDialog)
        assert summary is not None
        text = summary.text.toPlainText()
        for words in (
            "9 sources came in:", "kosong.txt is empty; there is nothing to import", "1 file was left out by you:",
            "salinan.txt has the same text as “3.txt”; it was not imported again", "5.txt", "Thumbs.db",
        ):  # fmt: skip
            assert words in text
        summary.copy.click()
        assert QApplication.clipboard().text() == text
        kept = tmp_path / "ringkasan"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(kept), ""))
        summary.save.click()
        assert kept.with_suffix(".txt").read_text(encoding="utf-8") == text
        summary.accept()

    def test_a_notice_says_how_many_came_in(
        self, empty_room: Room, qtbot: QtBot, files: Path, notices: list[tuple[str, str, str]]
    ) -> None:
        dialog = preview(empty_room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        dialog.go.click()
        empty_room.idle()
        assert [text for text, _, _ in notices] == ["1 source came in"]

    def test_a_file_that_was_left_out_does_not_come_in(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        paths = [write(files, f"{who}.txt", PLAIN.format(who=who)) for who in ("RS", "MD")]
        dialog = preview(room, qtbot, *paths)
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
        assert dialog.go.text() == "Import 1 source"
        dialog.go.click()
        assert [row.name for row in in_project(room)[0]] == ["MD"]

    def test_what_is_refused_is_said_and_the_rest_comes_in(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        (files / "foto.jpg").write_bytes(b"\xff\xd8\xff")
        write(files, "kosong.txt", "")
        write(files, "satu.txt", PLAIN.format(who="RS"))
        dialog = preview(room, qtbot, files)
        assert {entry.path.name: entry.state for entry in dialog.entries.rows} == {
            "foto.jpg": "refused", "kosong.txt": "refused", "satu.txt": "ok",
        }  # fmt: skip
        choose(dialog, "kosong.txt")
        assert dialog.pane.problem._text.text() == "kosong.txt is empty; there is nothing to import"
        dialog.go.click()
        assert [row.name for row in in_project(room)[0]] == ["satu"]

    def test_the_same_text_comes_in_once(self, room: Room, qtbot: QtBot, files: Path) -> None:
        source = room.workspace.desk.source
        assert source is not None
        write(files, "lagi.txt", source.text)
        write(files, "a.txt", PLAIN.format(who="WT"))
        write(files, "b.txt", PLAIN.format(who="WT"))
        dialog = preview(room, qtbot, files)
        assert {entry.path.name: entry.twin for entry in dialog.entries.rows} == {
            "a.txt": "", "b.txt": "a.txt", "lagi.txt": "Wawancara RS",
        }  # fmt: skip
        dialog.go.click()
        assert [row.name for row in in_project(room)[0]] == ["Wawancara RS", "Wawancara MD", "a"]

    def test_an_answer_takes_the_warning_away(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        text = "Nama: Siti Nurhaliza\n\nP: Apa?\nWR: Ini.\nP: Lalu?\nWR: Itu saja.\n"
        dialog = preview(empty_room, qtbot, write(files, "satu.txt", text))
        assert (dialog.entries.rows[0].state, dialog.summary.text()) == ("unsure", "1 to check")
        assert answer_all(dialog, qtbot) == ["Who is “WR”? It is in doubt in 1 file."]
        assert (dialog.entries.rows[0].state, dialog.summary.text()) == ("ok", "")
        assert not dialog.pane.notices.isVisible()
        assert dialog.pane.speakers.labels() == ["P", "WR"]
        dialog.reject()


class TestCorrecting:
    def test_name_date_place_and_method_are_the_users(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        pane = dialog.pane
        assert (pane.name.text(), pane.date.text(), pane.place.text()) == ("satu", "12 May 2026", "")
        for field, text in ((pane.name, "RS, loket"), (pane.date, "14 Mei 2026"), (pane.place, "Balai desa")):
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, text)
            QTest.keyClick(field, Qt.Key.Key_Return)
            read_to_end(dialog, qtbot)
        pane.method.setCurrentIndex(pane.method.findData("focus_group"))
        pane.method.activated.emit(pane.method.currentIndex())
        read_to_end(dialog, qtbot)
        assert dialog.isVisible()
        dialog.go.click()
        (row,), _ = in_project(room)
        assert (row.name, row.date, row.place, row.method) == ("RS, loket", "2026-05-14", "Balai desa", "focus_group")

    def test_what_is_being_written_when_import_is_pressed_counts(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        dialog.pane.place.setFocus()
        QTest.keyClicks(dialog.pane.place, "Kantor camat")
        dialog.go.click()
        qtbot.waitUntil(lambda: room.workspace.importing.dialog is None, timeout=20_000)
        assert in_project(room)[0][0].place == "Kantor camat"

    def test_an_informant_who_is_known_is_said_to_be(self, room: Room, qtbot: QtBot, files: Path) -> None:
        write(files, "a.txt", PLAIN.format(who="RS"))
        write(files, "b.txt", PLAIN.format(who="WT"))
        dialog = preview(room, qtbot, files)
        choose(dialog, "a.txt")
        assert dialog.pane.speakers.line("RS").about.full_text() == "already in the project"
        choose(dialog, "b.txt")
        assert dialog.pane.speakers.line("WT").about.full_text() == "new"
        dialog.go.click()
        _, people = in_project(room)
        assert [person.code for person in people] == ["RS", "MD", "WT"]
        assert people[0].sources == ("Wawancara RS", "a")

    def test_who_a_label_is_can_be_changed_and_the_text_follows(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        line = dialog.pane.speakers.line("RS")
        line.code.setFocus()
        line.code.selectAll()
        QTest.keyClicks(line.code, "WT")
        QTest.keyClick(line.code, Qt.Key.Key_Return)
        read_to_end(dialog, qtbot)
        assert [turn.informant for turn in dialog.pane.text.area.source.turns] == [None, "WT", None, "WT"]
        line = dialog.pane.speakers.line("P")
        line.kind.setCurrentIndex(line.kind.findData("unknown"))
        line.kind.activated.emit(line.kind.currentIndex())
        read_to_end(dialog, qtbot)
        dialog.go.click()
        rows, people = in_project(room)
        assert [person.code for person in people] == ["WT"]
        assert room.ctx.project is not None
        with Project.open(room.ctx.project.path, read_only=True) as project:
            assert [turn.kind for turn in source_text(project, rows[0].guid).turns] == [
                "unknown", "informant", "unknown", "informant",
            ]  # fmt: skip

    def test_what_the_header_says_of_an_informant_can_be_corrected(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        dialog.pane.speakers.line("RS").more.click()
        details = dialog.findChild(SpeakerDialog)
        assert details is not None
        details.fields["role"].setText("Kepala seksi")
        details.fields["age"].setText("51")
        details.category.setCurrentIndex(1)
        details._ok.click()
        assert "Kepala seksi · 51 years" in dialog.pane.speakers.line("RS").about.full_text()
        dialog.go.click()
        (person,) = in_project(room)[1]
        assert (person.role, person.age, person.category) == ("Kepala seksi", 51, "key")

    def test_the_text_is_shown_with_its_speakers(self, empty_room: Room, qtbot: QtBot) -> None:
        dialog = preview(empty_room, qtbot, FOLDER / f"{FIRST}.txt")
        names = [name for name, _ in dialog.pane.text.gutter.names()]
        assert "P" in names
        assert "turn" in dialog.entries.remark(dialog.entries.rows[0])
        dialog.reject()


TABLE = """Kode;Butir;Isi lapangan;Menit
RS;Bagaimana layanan di loket?;Antre lama {0}, apalagi hari Senin.;00:10
MD;Bagaimana layanan di loket?;Cepat kalau pagi {0}.;01:20
"""


def put_column(dialog: ImportDialog, qtbot: QtBot, number: int, role: str) -> None:
    chooser = dialog.pane.columns.choosers[number]
    chooser.setCurrentIndex(chooser.findData(role))
    chooser.activated.emit(chooser.currentIndex())
    read_to_end(dialog, qtbot)


class TestColumns:
    def test_columns_that_no_head_tells_are_said_once_for_all_tables_with_these_heads(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        for name in ("satu", "dua"):
            write(files, f"{name}.csv", TABLE.format(name))
        dialog = preview(room, qtbot, files)
        choose(dialog, "satu.csv")
        assert dialog.pane.columns.isVisibleTo(dialog)
        assert [chooser.currentData() for chooser in dialog.pane.columns.choosers] == ["", "", "", ""]
        for number, role in ((2, "text"), (1, "question"), (0, "informant"), (3, "time")):
            put_column(dialog, qtbot, number, role)
        drafts = {draft.name: draft for draft in dialog.drafts()}
        assert drafts["dua"].text == (
            "P: Bagaimana layanan di loket?\nRS: Antre lama dua, apalagi hari Senin.\n"
            "P: Bagaimana layanan di loket?\nMD: Cepat kalau pagi dua."
        )
        at = drafts["satu"].text.index("Cepat")
        assert (at, "time", 80.0) in drafts["satu"].anchors
        put_column(dialog, qtbot, 3, "text")
        shown = [chooser.currentData() for chooser in dialog.pane.columns.choosers]
        assert shown == ["informant", "question", "", "text"]
        put_column(dialog, qtbot, 3, "")
        put_column(dialog, qtbot, 2, "text")
        assert not dialog.doubt.isVisible()
        dialog.go.click()
        rows, people = in_project(room)
        assert [row.informants for row in rows] == [("RS", "MD"), ("RS", "MD")]
        assert [person.code for person in people] == ["RS", "MD"]
        later = preview(room, qtbot, write(files, "tiga.csv", TABLE.format("tiga")))
        assert later.drafts()[0].text.startswith("P: Bagaimana layanan di loket?\nRS: Antre lama tiga")
        later.reject()

    def test_a_text_that_is_no_table_has_no_columns(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        dialog = preview(empty_room, qtbot, write(files, "satu.txt", PLAIN.format(who="RS")))
        assert not dialog.pane.columns.isVisibleTo(dialog)
        dialog.reject()


NAMES = ("Sari", "Budi", "Rina", "Joko", "Wati", "Agus", "Dewi", "Tono")


class TestDoubts:
    def test_a_batch_with_many_labels_in_doubt_asks_a_few_times_and_then_once_for_the_rest(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        for asks, answers in zip(NAMES, reversed(NAMES), strict=True):
            text = DOUBTFUL.format(place=asks).replace("X:", f"{asks}:").replace("Y:", f"{answers}:")
            write(files, f"{asks}.txt", text)
        dialog = preview(room, qtbot, files)
        questions = 0
        while dialog.doubt.asking:
            questions += 1
            assert questions <= SINGLE_QUESTIONS + 1
            strip = dialog.doubt
            if strip.label:
                guess = dialog.reader.guess(strip.label, dialog.reader.doubts()[strip.label][0])
                QTest.mouseClick(strip.buttons[guess], Qt.MouseButton.LeftButton)
            else:
                assert "Are the guesses right?" in strip._question.text()
                QTest.mouseClick(strip.keep, Qt.MouseButton.LeftButton)
            read_to_end(dialog, qtbot)
        assert {entry.state for entry in dialog.entries.rows} == {"ok"}
        dialog.reject()

    def test_a_label_in_doubt_is_asked_about_once_for_all_files_and_remembered(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        for place in ("sini", "sana"):
            write(files, f"{place}.txt", DOUBTFUL.format(place=place))
        dialog = preview(room, qtbot, files)
        assert [entry.state for entry in dialog.entries.rows] == ["unsure", "unsure"]
        strip = dialog.doubt
        assert strip.isVisible()
        asked = answer_all(dialog, qtbot)
        assert asked[0].startswith("Who is “X”? It is in doubt in 2 files.")
        assert len(asked) == len(set(asked))
        assert [entry.state for entry in dialog.entries.rows] == ["ok", "ok"]
        dialog.go.click()
        assert [row.informants for row in in_project(room)[0]] == [("Y",), ("Y",)]
        later = preview(room, qtbot, write(files, "nanti.txt", DOUBTFUL.format(place="nanti")))
        assert not later.doubt.isVisible()
        assert [entry.state for entry in later.entries.rows] == ["ok"]
        later.reject()

    def test_an_answer_can_be_taken_back_and_is_asked_for_again(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        for place in ("sini", "sana"):
            write(files, f"{place}.txt", DOUBTFUL.format(place=place))
        dialog = preview(empty_room, qtbot, files)
        strip = dialog.doubt
        top = dialog.pane.name.mapTo(dialog, dialog.pane.name.rect().topLeft())
        assert strip.mapTo(dialog, strip.rect().topLeft()).y() > top.y()  # nothing moved under the mouse when it came
        before = [entry.draft.speakers for entry in dialog.entries.rows if entry.draft]
        QTest.mouseClick(strip.buttons["informant"], Qt.MouseButton.LeftButton)
        read_to_end(dialog, qtbot)
        QTest.mouseClick(strip.back, Qt.MouseButton.LeftButton)
        read_to_end(dialog, qtbot)
        assert (strip.label, strip.back.isVisible()) == ("X", False)
        assert [entry.draft.speakers for entry in dialog.entries.rows if entry.draft] == before
        answer_all(dialog, qtbot)
        assert strip.isVisible()
        QTest.mouseClick(strip.back, Qt.MouseButton.LeftButton)
        read_to_end(dialog, qtbot)
        assert strip.asking
        dialog.reject()

    def test_the_answers_are_kept_for_the_project(self, empty_room: Room, qtbot: QtBot, files: Path) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "sini.txt", DOUBTFUL.format(place="sini")))
        answer_all(dialog, qtbot)
        dialog.reject()
        assert room.workspace.state()["labels"]["x"] == "researcher"

    def test_what_the_project_knows_of_a_label_answers_for_it(
        self, empty_room: Room, qtbot: QtBot, files: Path
    ) -> None:
        room = empty_room
        dialog = preview(room, qtbot, write(files, "sini.txt", DOUBTFUL.format(place="sini")))
        answer_all(dialog, qtbot)
        dialog.go.click()
        room.idle()
        room.workspace.importing.remembered.clear()
        later = preview(room, qtbot, write(files, "nanti.txt", DOUBTFUL.format(place="nanti")))
        assert not later.doubt.isVisible()
        assert later.entries.rows[0].draft is not None
        assert [speaker.kind for speaker in later.entries.rows[0].draft.speakers] == ["researcher", "informant"]
        later.reject()
