"""The main way, by mouse and keys alone: new project, transcripts, tagging, matrix, factors, findings in Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coding.analysis.factors import summarise
from coding.analysis.results import Cell, Side
from coding.analysis.triangulation import triangulate
from coding.codes.queries import frameworks
from coding.project import Project

if TYPE_CHECKING:
    from .conftest import Person, Run, Study

CONTROL = Qt.KeyboardModifier.ControlModifier
GLYPHS = {"supporting": "+", "inhibiting": "−", "mixed": "±", "neutral": "○", "silent": "–"}
STATUSES = {
    "convergent": "searah", "partial": "sebagian", "divergent": "berlawanan", "single": "satu sumber",
    "covered": "tanpa arah", "absent": "belum ada bukti",
}  # fmt: skip

# What the codings of the study add up to, counted by hand: rows, the cells of RS and MD, status and coverage.
MATRIX = {
    "Komunikasi": ("± 3", "− 1", "sebagian  2 / 2"),
    "Transmisi": ("+ 1", "− 1", "berlawanan  2 / 2"),
    "Kejelasan": ("− 1", "–", "satu sumber  1 / 2"),
    "Konsistensi": ("− 1", "–", "satu sumber  1 / 2"),
    "Sumber Daya": ("− 1", "–", "satu sumber  1 / 2"),
    "Disposisi": ("+ 1", "+ 1", "searah  2 / 2"),
    "Struktur Birokrasi": ("○ 1", "–", "satu sumber  1 / 2"),
}
FACTORS = {"Sosialisasi": ("+ 1", "− 1", "–"), "Geografi": ("–", "− 1", "–")}


def test_from_a_new_project_to_findings_in_word(
    person: Person, study: Study, tmp_path: Path, run: Run, tables_of: Callable[[Path], dict[str, list[list[str]]]]
) -> None:
    path = person.new_project(study, tmp_path)
    assert path.exists()
    person.bring_in(study)
    assert [row["name"] for row in run("sources", path, "--format", "json")] == ["Wawancara RS", "Wawancara MD"]
    tag_everything(person, study, path, run)
    look_at_the_matrix(person)
    go_to_a_passage_and_back(person, study)
    look_at_the_factors(person)
    out = tmp_path / "Bab IV.docx"
    export(person, out)
    compare_with_engine(path, tables_of(out))
    assert [text for text, kind in person.said if kind != "info"] == []


def test_what_is_changed_in_the_text_shows_in_the_matrix_and_so_does_undo(person: Person, sample: Path) -> None:
    """From a cell to its passage, another direction, and straight back; then undo and redo from the matrix."""
    person.open_and_read(sample)
    person.go(3)
    matrices = person.room
    person.choose("matrix_framework", "edward3")
    view = matrices.triangulation.view
    row = next(i for i, line in enumerate(view.rows.lines) if line.row.code == "edward3.disposition")
    column = next(i for i in range(1, 4) if view.rows.index(row, i).data().startswith("+"))
    before = view.rows.index(row, column).data()
    person.click_cell(view, view.rows.index(row, column))
    person.settle()
    person.press(Qt.Key.Key_Return)
    person.settle()
    assert person.hands is matrices.panel.cards()[0]
    passages = [card.stretch.text for card in matrices.panel.cards()]
    person.press(Qt.Key.Key_Return)
    person.settle()
    assert " ".join(person.room.tagging.current.text.split()) in passages[0]
    person.type("-")
    person.go(3)
    count = before.split()[1]
    after = f"{'−' if count == '1' else '±'} {count}"
    assert view.rows.index(row, column).data() == after
    for key, expected in ((Qt.Key.Key_Z, before), (Qt.Key.Key_Y, after)):
        person.press(key, CONTROL)
        person.settle()
        assert view.rows.index(row, column).data() == expected
        assert [card.stretch.text for card in matrices.panel.cards()] == passages


def codings(path: Path, run: Run) -> list[tuple[str, str, str, str | None]]:
    """Source, words, code and direction of what is stored, as another process would read it."""
    rows = run("segments", path, "--format", "json")
    return sorted((row["source"], row["text"], row["code"], row["valence"] or "") for row in rows)


def tag_everything(person: Person, study: Study, path: Path, run: Run) -> None:
    """Tag all passages, with steps back and forth in between."""
    first, second, *others = study.of("Wawancara RS")
    # after the import the text has the keys: nothing was clicked
    assert person.hands is person.room.view.area
    assert person.room.desk.source.name == "Wawancara RS"
    person.tag(first)
    person.tag(second)
    person.settle()
    both = codings(path, run)
    assert both == sorted((one.source, one.words, one.code, one.valence or "") for one in (first, second))
    # dimension, indicator and direction of the second were one gesture
    person.press(Qt.Key.Key_Z, CONTROL)
    person.settle()
    assert codings(path, run) == both[:1]
    person.press(Qt.Key.Key_Y, CONTROL)
    person.settle()
    assert codings(path, run) == both
    for one in others:
        person.tag(one)
    person.open_source("Wawancara MD")
    for one in study.of("Wawancara MD"):
        person.tag(one)
    # a wrong key and what takes it back, without waiting in between
    person.type("1")
    person.press(Qt.Key.Key_Z, CONTROL)
    person.settle()
    assert codings(path, run) == sorted((c.source, c.words, c.code, c.valence or "") for c in study.codings)


def look_at_the_matrix(person: Person) -> None:
    """Every number is what was counted by hand, in the cells, in the panel beside them and on the cards."""
    person.go(3)
    tab = person.room.triangulation
    view, rows = tab.view, tab.view.rows
    person.choose("matrix_framework", "edward3")
    assert [rows.headerData(c, Qt.Orientation.Horizontal) for c in (1, 2)] == ["RS", "MD"]
    shown = {rows.index(r, 0).data(): tuple(rows.index(r, c).data() for c in (1, 2, 3)) for r in range(rows.rowCount())}
    assert shown == MATRIX
    person.click_cell(view, rows.index(0, 1))
    person.settle()
    assert len(person.room.panel.cards()) == 3
    assert person.hands is view


def go_to_a_passage_and_back(person: Person, study: Study) -> None:
    """Arrows to another cell, Enter opens it, Enter on the passage goes to its transcript; the matrix stays."""
    matrices = person.room
    view = matrices.triangulation.view
    person.press(Qt.Key.Key_Right)
    person.press(Qt.Key.Key_Down)
    assert view.rows.shown(view.currentIndex().row(), view.currentIndex().column()) == "− 1"
    person.press(Qt.Key.Key_Return)
    person.settle()
    (card,) = matrices.panel.cards()
    assert person.hands is card
    coding = next(c for c in study.of("Wawancara MD") if c.code == "edward3.communication.transmission")
    assert card.stretch.text == coding.words
    person.press(Qt.Key.Key_Return)
    person.settle()
    current = person.room.tagging.current
    assert (current.source, current.text, current.code) == (coding.source, coding.words, coding.code)
    assert person.hands is person.room.view.area
    assert person.room.view.sentence_at_caret().of(person.text) == coding.words
    person.go(3)
    assert person.room is matrices
    assert matrices.panel.cards()
    assert person.hands is view
    assert view.rows.shown(view.currentIndex().row(), view.currentIndex().column()) == "− 1"


def look_at_the_factors(person: Person) -> None:
    """The tab Factors, by mouse; then its table by keys."""
    matrices = person.room
    person.click(matrices.tabs.button("factors"))
    person.settle()
    tab = matrices.factors
    rows = tab.model
    shown = {rows.index(r, 0).data(): tuple(rows.index(r, c).data() for c in (1, 2, 3)) for r in range(rows.rowCount())}
    assert {name: shown[name] for name in FACTORS} == FACTORS
    assert list(shown)[:2] == list(FACTORS)
    assert {numbers for name, numbers in shown.items() if name not in FACTORS} == {("–", "–", "–")} | {
        shown["Kerja sama"]
    }
    person.click_cell(tab.table, rows.index(0, 2))
    person.settle()
    assert [card.stretch.first.source for card in matrices.panel.cards()] == ["Wawancara RS"]


def export(person: Person, out: Path) -> None:
    """Ctrl+5, Ctrl+E, a name, Enter."""
    person.go(5)
    report = person.room
    person.answer_file_dialog(out)
    person.press(Qt.Key.Key_E, CONTROL)
    person.wait(report.result.isVisible)
    assert QApplication.activeModalWidget() is None
    assert out.exists()


def compare_with_engine(path: Path, tables: dict[str, list[list[str]]]) -> None:
    """Every number of the triangulation and factor tables in Word is the engine's."""
    with Project.open(path, read_only=True) as project:
        coded = [row for row in frameworks(project) if row.segments]
        assert [row.key for row in coded] == ["edward3", "factors"]
        captions = [caption for caption in tables if "Triangulasi sumber" in caption]
        assert len(captions) == 1
        assert captions[0].endswith("Triangulasi sumber menurut Edward III")
        compare_matrix(triangulate(project, "edward3"), tables[captions[0]])
        (caption,) = (one for one in tables if one.endswith("Faktor pendukung dan penghambat"))
        compare_factors(summarise(project), tables[caption])


def compare_matrix(matrix: Any, table: list[list[str]]) -> None:
    heads, rows = table[:2], table[2:]
    assert heads[1][2:-2] == [column.label.id for column in matrix.columns]
    assert len(rows) == len(matrix.rows)
    for number, (shown, row) in enumerate(zip(rows, matrix.rows, strict=True), 1):
        assert shown[0] == str(number)
        assert shown[1] == row.label.id
        assert [text.split("\n")[0] for text in shown[2:-2]] == [cell_words(cell) for cell in row.cells]
        assert shown[-2] == f"{row.coverage[0]} dari {row.coverage[1]}"
        assert shown[-1] == STATUSES[row.status]
    by_hand = {name: (*cells, status) for name, (*cells, status) in MATRIX.items()}
    for shown in rows:
        *cells, status = by_hand[shown[1]]
        assert [text.split("\n")[0] for text in shown[2:-2]] == cells
        assert f"{shown[-1]}  {shown[-2].replace('dari', '/')}" == status


def cell_words(cell: Cell) -> str:
    return GLYPHS["silent"] if cell.stance == "silent" else f"{GLYPHS[cell.stance]} {cell.passages}"


def compare_factors(factors: Any, table: list[list[str]]) -> None:
    rows = table[2:]
    assert len(rows) == len(factors.rows)
    for number, (shown, row) in enumerate(zip(rows, factors.rows, strict=True), 1):
        assert shown[:2] == [str(number), row.label.id + (" ±" if row.contested else "")]
        assert shown[2] == row.parent_label.id
        if row.supporting.segments or row.inhibiting.segments:
            assert shown[3:6] == side_words(row.supporting)
            assert shown[7:10] == side_words(row.inhibiting)
            for at, side in ((6, row.supporting), (10, row.inhibiting)):
                assert shown[at].split("\n")[0] == (", ".join(side.who) or "–")
        else:
            assert not any(letter.isdigit() for text in shown[3:] for letter in text)
    assert [row[1] for row in rows[:2]] == ["Sosialisasi ±", "Geografi"]


def side_words(side: Side) -> list[str]:
    return [str(count) if count else "–" for count in (side.segments, side.passages, side.informants)]
