"""Nothing gets lost: not the place when words and looks change, not the last key before closing, not another's work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.dialogs.locked import LockedDialog
from coding.analysis.judging import findings
from coding.analysis.triangulation import triangulate
from coding.project import Project

if TYPE_CHECKING:
    from .conftest import Person, Run, Study

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def transcript_place(person: Person) -> dict[str, Any]:
    """Everything of Transcripts that a person would miss if it went."""
    room = person.room
    return {
        "source": room.desk.source.name,
        "place": room.view.place(),
        "selection": room.view.selection(),
        "segment": room.tagging.current.guid,
        "framework": room.codes.framework,
        "counts": {row.name: row.segments for row in room.sources.sources.sources()},
        "hands": person.hands,
    }


def matrix_place(person: Person) -> dict[str, Any]:
    """Everything of Matrices that a person would miss, numbers and signs in all cells as well."""
    room = person.room
    view = room.triangulation.view
    rows = view.rows
    return {
        "cells": [
            [rows.index(row, column).data() for column in range(1, rows.status_column)]
            for row in range(rows.rowCount())
        ],
        "expanded": set(rows.expanded),
        "place": view.place(),
        "scroll": view.verticalScrollBar().value(),
        "choice": room.triangulation.choice,
        "cards": [card.stretch.text for card in room.panel.cards()],
        "hands": person.hands,
    }


class TestWordsAndLooks:
    def test_the_reader_stays_where_they_are(self, person: Person, sample: Path) -> None:
        person.open_and_read(sample)
        person.press(Qt.Key.Key_PageDown, times=2)
        person.press(Qt.Key.Key_F4)
        person.press(Qt.Key.Key_Right, SHIFT, times=12)
        person.press(Qt.Key.Key_Tab, CONTROL)
        person.settle()
        before = transcript_place(person)
        assert before["selection"] is not None
        assert before["place"]["top"] > 0
        person.find_and_do("English")
        assert person.ctx.language == "en"
        assert person.window.bar.button("transcripts").text() == "Transcripts"
        assert transcript_place(person) == before
        person.find_and_do("Dark appearance")
        assert person.ctx.theme.dark
        assert transcript_place(person) == before
        person.find_and_do("Bahasa Indonesia")
        assert person.window.bar.button("transcripts").text() == "Transkrip"
        assert transcript_place(person) == before

    def test_the_matrix_keeps_its_numbers_and_what_is_open(self, person: Person, sample: Path) -> None:
        person.open_and_read(sample)
        person.go(3)
        person.choose("matrix_columns", "group")
        person.room.triangulation.focus_table()
        person.press(Qt.Key.Key_Right, CONTROL | SHIFT)
        view = person.room.triangulation.view
        person.click_cell(view, view.rows.index(1, 2))
        person.settle()
        before = matrix_place(person)
        assert before["cards"]
        assert len(before["cells"]) > 10
        for words, language, dark in (
            ("English", "en", False),
            ("Dark appearance", "en", True),
            ("Bahasa Indonesia", "id", True),
            ("Tampilan terang", "id", False),
        ):
            person.find_and_do(words)
            assert (person.ctx.language, person.ctx.theme.dark) == (language, dark)
            assert matrix_place(person) == before, words


class TestClosing:
    def test_a_key_pressed_right_before_closing_counts(
        self, person: Person, study: Study, tmp_path: Path, run: Run
    ) -> None:
        path = person.new_project(study, tmp_path)
        person.bring_in(study)
        first, second, *_ = study.of("Wawancara RS")
        person.tag(first)
        person.mark(second)
        person.type(second.keys)
        person.close()
        rows = run("segments", path, "--format", "json")
        assert [(row["text"], row["code"], row["valence"]) for row in rows] == [
            (one.words, one.code, one.valence) for one in (first, second)
        ]
        self.come_back(person)
        assert person.room.desk.source.name == "Wawancara RS"
        assert person.room.tagging.current.text == second.words
        assert person.room.view.sentence_at_caret().of(person.text) == second.words
        assert person.hands is person.room.view.area

    def test_a_memo_being_written_when_the_window_closes_is_kept(
        self, person: Person, study: Study, tmp_path: Path, run: Run
    ) -> None:
        path = person.new_project(study, tmp_path)
        person.bring_in(study)
        person.tag(study.of("Wawancara RS")[0])
        person.press(Qt.Key.Key_M, CONTROL)
        person.type("Tanya lagi: lewat siapa?")
        person.close()
        (row,) = run("segments", path, "--format", "json")
        assert row["memo"] == "Tanya lagi: lewat siapa?"
        self.come_back(person)
        person.press(Qt.Key.Key_M, CONTROL)
        assert person.hands.toPlainText() == row["memo"]

    def test_a_memo_being_written_when_the_project_closes_is_kept(
        self, person: Person, study: Study, tmp_path: Path, run: Run
    ) -> None:
        path = person.new_project(study, tmp_path)
        person.bring_in(study)
        person.tag(study.of("Wawancara RS")[0])
        person.press(Qt.Key.Key_M, CONTROL)
        person.type("Tanya lagi")
        person.press(Qt.Key.Key_W, CONTROL)
        person.wait(lambda: person.ctx.project is None)
        (row,) = run("segments", path, "--format", "json")
        assert row["memo"] == "Tanya lagi"

    @pytest.mark.parametrize("keys", [Qt.Key.Key_Q, Qt.Key.Key_W])
    def test_a_finding_being_written_is_kept(self, person: Person, sample: Path, keys: Qt.Key) -> None:
        person.open_and_read(sample)
        person.go(3)
        view = person.room.triangulation.view
        person.click_cell(view, view.rows.index(0, 1))
        person.settle()
        person.click_name("finding_text")
        person.replace("Sosialisasi sampai, syaratnya tidak.")
        person.press(keys, CONTROL)
        person.wait(lambda: person.ctx.project is None or not person.window.isVisible())
        with Project.open(sample, read_only=True) as project:
            written = {(one.code, one.column): one.text for one in findings(project, triangulate(project, "edward3"))}
        assert written["edward3.communication", "RS"] == "Sosialisasi sampai, syaratnya tidak."

    def test_transcripts_still_coming_in_come_in_before_the_window_goes(
        self, person: Person, study: Study, tmp_path: Path, run: Run
    ) -> None:
        path = person.new_project(study, tmp_path)
        person.drop(study.files)
        dialog = person.dialog("import_dialog")
        person.wait(dialog.go.isEnabled)
        person.press(Qt.Key.Key_Return)
        person.close()
        assert [row["name"] for row in run("sources", path, "--format", "json")] == ["Wawancara RS", "Wawancara MD"]
        assert run("check", path, "--format", "json")["ok"]

    def come_back(self, person: Person) -> None:
        """Start the program again, and open the project that is the first of the list."""
        person.start()
        person.press(Qt.Key.Key_Return)
        person.wait(lambda: person.window.front is not None)
        person.settle()


@contextmanager
def held_elsewhere(path: Path) -> Iterator[None]:
    """Another process has the project open for writing."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom coding.project import Project\n"
        "with Project.open(Path(sys.argv[1])):\n    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate()


def test_a_project_open_elsewhere_is_said_in_one_sentence_and_opens_later(person: Person, sample: Path) -> None:
    with held_elsewhere(sample):
        person.answer_file_dialog(sample)
        person.press(Qt.Key.Key_O, CONTROL)
        person.wait(lambda: isinstance(QApplication.activeModalWidget(), LockedDialog))
        person.settle()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LockedDialog)
        text = dialog.findChildren(QLabel)[0].text()
        assert sample.name in text
        assert "\n" not in text
        assert person.said == []
        assert person.window.front is None
        dialog.reject()
        person.return_to_window()
    person.open_and_read(sample)
    assert person.room.desk.source is not None
