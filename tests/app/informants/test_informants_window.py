"""The table of informants, by key and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.informants.dialogs import AttributeDialog, CodeDialog, MergeDialog, RemoveDialog, SplitDialog
from app.informants.erasing import EraseDialog
from app.informants.window import InformantsWindow
from app.main_window import MainWindow
from coding.informants.queries import informants
from coding.project import Operation
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft
from coding.transcripts.rows import InformantRow

Idle = Callable[[Context], None]


def draft(name: str, said: list[tuple[str, str]]) -> Draft:
    text, turns, people = "", [], []
    for who, words in said:
        speaker = Speaker(who, "researcher" if who == "P" else "informant", code=None if who == "P" else who)
        if speaker not in people:
            people.append(speaker)
        start = len(text) + len(who) + 2
        turns.append(DraftTurn(start, start + len(words), len(text), start - 1, people.index(speaker)))
        text += f"{who}: {words}\n"
    return Draft(name, text, "interview", speakers=tuple(people), turns=tuple(turns), file_name=name)


class Room:
    """The window of informants over a project with two interviews."""

    def __init__(self, ctx: Context, idle: Idle, window: MainWindow, shown: InformantsWindow) -> None:
        self.ctx, self._idle, self.window, self.shown = ctx, idle, window, shown

    def rest(self) -> None:
        for _ in range(4):
            self._idle(self.ctx)
            QApplication.processEvents()

    def person(self, code: str) -> InformantRow:
        found: list[InformantRow] = []
        self.ctx.read(informants, found.extend)
        self.rest()
        return next(row for row in found if row.code == code)

    def go(self, code: str, key: str) -> None:
        place = self.shown.model.place_of(next(r.guid for r in self.shown.model.rows if r.code == code))
        column = next(i for i, c in enumerate(self.shown.model.columns) if c.key == key)
        self.shown.table.setCurrentIndex(self.shown.model.index(place, column))

    def editor(self, kind: type[QWidget]) -> Any:
        found = [w for w in self.shown.table.viewport().findChildren(kind) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def dialog(self, kind: type[QWidget]) -> Any:
        self.rest()
        found = [w for w in self.shown.findChildren(kind) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def write(self, code: str, key: str, text: str) -> None:
        self.go(code, key)
        QTest.keyClick(self.shown.table, Qt.Key.Key_F2)
        edit = self.editor(QLineEdit)
        edit.setText(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        self.rest()


@pytest.fixture
def room(window: MainWindow, project_ctx: Context, idle: Idle, qtbot: QtBot) -> Iterator[Room]:
    def add(op: Operation) -> None:
        store_draft(op, draft("W1", [("P", "Apa?"), ("AS", "Itu."), ("RP", "Ya.")]))
        store_draft(op, draft("W2", [("P", "Lalu?"), ("AS", "Begitu."), ("DT", "Benar.")]))

    project_ctx.operate("Import {source}", add, source="W1")
    idle(project_ctx)
    QApplication.processEvents()
    project_ctx.actions.run("informant.show_table")
    shown = window.findChild(InformantsWindow)
    assert isinstance(shown, InformantsWindow)
    made = Room(project_ctx, idle, window, shown)
    made.rest()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)
    yield made
    shown.close()


def test_a_cell_is_written_by_key_and_taken_back(room: Room) -> None:
    room.write("AS", "role", "Kepala Bidang")
    assert room.person("AS").role == "Kepala Bidang"
    assert room.shown.table.currentIndex().data() == "Kepala Bidang"
    QTest.keyClick(room.shown.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.rest()
    assert room.person("AS").role is None
    QTest.keyClick(room.shown.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    room.rest()
    assert room.person("AS").role == "Kepala Bidang"


def test_what_is_not_understood_is_refused_in_words_and_not_stored(room: Room) -> None:
    room.write("AS", "age", "tua")
    assert room.shown.problem.text() == "“tua” is no value of “Age”; write a number of years"
    assert room.person("AS").age is None
    room.write("AS", "code", "rp")
    assert "another informant has the code" in room.shown.problem.text()
    room.write("AS", "age", "36 tahun")
    assert room.shown.problem.text() == ""
    assert room.person("AS").age == 36


def test_a_choice_is_chosen_from_a_list_and_a_switch_toggled_with_the_space_key(room: Room) -> None:
    room.go("RP", "category")
    QTest.keyClick(room.shown.table, Qt.Key.Key_F2)
    box = room.editor(QComboBox)
    assert [box.itemText(i) for i in range(box.count())][1:] == [
        "key informant",
        "main informant",
        "supporting informant",
    ]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    room.rest()
    assert room.person("RP").category == "main"
    room.go("RP", "planned")
    QTest.keyClick(room.shown.table, Qt.Key.Key_Space)
    room.rest()
    assert room.person("RP").planned
    room.go("RP", "left_out")
    QTest.keyClick(room.shown.table, Qt.Key.Key_Space)
    room.rest()
    assert room.person("RP").left_out


def test_a_table_is_pasted_and_one_undo_takes_it_all_back(room: Room) -> None:
    room.go("AS", "name")
    QApplication.clipboard().setText("Andi\tKepala\tdinas\tkunci\t36\nRina\tWarga\tdesa\tpendukung\t28")
    QTest.keyClick(room.shown.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    room.rest()
    first, second = room.person("AS"), room.person("RP")
    assert (first.name, first.role, first.group, first.category, first.age) == ("Andi", "Kepala", "dinas", "key", 36)
    assert (second.name, second.category, second.age) == ("Rina", "supporting", 28)
    assert room.shown.model.place_of(first.guid) == room.shown.table.currentIndex().row()
    room.shown.table.selectAll()
    QTest.keyClick(room.shown.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 3
    assert lines[0].startswith("AS\t2\t\tAndi\tKepala\tdinas\tkey\t36")
    room.ctx.undo()
    room.rest()
    assert room.person("AS").name is None
    assert room.person("RP").category is None


def test_a_refused_paste_changes_nothing_and_says_where(room: Room) -> None:
    room.go("AS", "age")
    QApplication.clipboard().setText("40\nmuda")
    room.shown.paste()
    room.rest()
    assert room.shown.problem.text() == "row 2, “Age”: “muda” is not understood; write a number of years"
    assert room.person("AS").age is None


def test_a_column_of_the_study_is_added_filled_changed_moved_and_removed(room: Room) -> None:
    room.shown.add_column.click()
    dialog = room.dialog(AttributeDialog)
    QTest.keyClicks(dialog.name, "Pendidikan")
    dialog.kind.setCurrentIndex(3)
    assert not dialog.save.isEnabled()
    dialog.choices.setPlainText("SMA\nS1")
    dialog.save.click()
    room.rest()
    (attribute,) = room.shown.model.attributes
    assert (attribute.name, attribute.kind, attribute.choices) == ("Pendidikan", "choice", ("SMA", "S1"))
    room.go("AS", f"attribute:{attribute.guid}")
    QApplication.clipboard().setText("s1")
    room.shown.paste()
    room.rest()
    assert room.person("AS").attributes == (("Pendidikan", "S1"),)
    room.shown.edit_column(attribute)
    dialog = room.dialog(AttributeDialog)
    dialog.name.setText("code")
    assert not dialog.save.isEnabled()
    dialog.name.setText("Sekolah")
    dialog.save.click()
    room.rest()
    assert room.person("AS").attributes == (("Sekolah", "S1"),)
    place = next(i for i, c in enumerate(room.shown.model.columns) if c.attribute is not None)
    menu = room.shown.head_menu(place)
    next(a for a in menu.actions() if a.text() == "Remove the column").trigger()
    room.rest()
    assert room.shown.model.attributes == ()
    room.ctx.undo()
    room.rest()
    assert room.person("AS").attributes == (("Sekolah", "S1"),)


def test_the_table_is_sorted_and_filtered(room: Room) -> None:
    for code, age in (("AS", "36"), ("DT", "9")):
        room.write(code, "age", age)
    column = next(i for i, c in enumerate(room.shown.model.columns) if c.key == "age")
    head = room.shown.table.horizontalHeader()
    head.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
    assert [r.code for r in room.shown.model.rows] == ["DT", "AS", "RP"]
    head.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    assert [r.code for r in room.shown.model.rows] == ["AS", "DT", "RP"]
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert [r.code for r in room.shown.model.rows] == ["AS", "RP", "DT"]
    room.shown.search.setText("dt")
    QTest.qWait(300)
    assert [r.code for r in room.shown.model.rows] == ["DT"]


def test_planned_and_heard(room: Room) -> None:
    QTest.keyClick(room.shown, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = room.dialog(CodeDialog)
    QTest.keyClicks(dialog.code, "as")
    assert not dialog.save.isEnabled()
    dialog.code.setText("Camat")
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    room.rest()
    for code in ("AS", "Camat"):
        room.go(code, "planned")
        QTest.keyClick(room.shown.table, Qt.Key.Key_Space)
        room.rest()
    room.shown.tabs.choose("planned")
    table = room.shown.planned.table
    assert room.shown.pages.currentIndex() == 1
    shown = [[table.item(i, j).text() for j in range(5)] for i in range(table.rowCount())]
    assert shown == [["not said", "2", "3", "Camat", "RP, DT"], ["All", "2", "3", "Camat", "RP, DT"]]
    assert room.shown.planned.caption.text().startswith("1 of 2 planned informants were heard.")


def test_two_are_merged_after_choosing_between_their_values(room: Room) -> None:
    room.write("AS", "role", "Kader")
    room.write("DT", "role", "Ketua")
    room.write("DT", "place", "Karangsari")
    room.go("AS", "code")
    other = room.shown.model.index(room.shown.model.place_of(room.person("DT").guid), 0)
    room.shown.table.selectionModel().select(other, room.shown.table.selectionModel().SelectionFlag.Select)
    room.shown.merge()
    dialog = room.dialog(MergeDialog)
    assert list(dialog.choices) == ["role"]
    assert dialog.choices["role"].text() == "Ketua"
    dialog.choices["role"].click()
    dialog.save.click()
    room.rest()
    row = room.person("AS")
    assert (row.role, row.place, row.turns) == ("Ketua", "Karangsari", 3)
    assert [r.code for r in room.shown.model.rows] == ["AS", "RP"]
    room.ctx.undo()
    room.rest()
    assert [r.code for r in room.shown.model.rows] == ["AS", "RP", "DT"]


def test_one_is_split_by_sources_and_one_removed_with_a_word_on_the_turns(room: Room) -> None:
    room.go("AS", "code")
    room.shown.split()
    dialog = room.dialog(SplitDialog)
    assert dialog.code.text() == "AS (2)"
    assert not dialog.save.isEnabled()
    boxes = list(dialog.sources.values())
    assert [box.text() for box in boxes] == ["W1 · 1 turn", "W2 · 1 turn"]
    boxes[1].click()
    dialog.save.click()
    room.rest()
    assert (room.person("AS").sources, room.person("AS (2)").sources) == (("W1",), ("W2",))
    room.go("AS (2)", "code")
    room.shown.remove()
    dialog = room.dialog(RemoveDialog)
    dialog.turns.setCurrentIndex(dialog.turns.findText("AS"))
    dialog.remove.click()
    room.rest()
    assert room.person("AS").turns == 2


def test_a_person_is_erased_once_it_is_said_that_this_can_not_be_undone(room: Room) -> None:
    room.go("DT", "code")
    action = next(a for a in room.shown.row_menu().actions() if a.text() == "Erase for good…")
    action.trigger()
    room.rest()
    dialog = room.dialog(EraseDialog)
    assert "all words in 1 turn of 1 source" in dialog.goes[1].text()
    assert not dialog.erase.isEnabled()
    dialog.sure.click()
    dialog.erase.click()
    room.rest()
    assert "informan terhapus 1" in [row.code for row in room.shown.model.rows]
    assert room.ctx.project is not None
    assert room.ctx.project.next_undo is None
    assert b"Benar." not in room.ctx.project.path.read_bytes()


def test_a_double_click_on_the_turns_goes_there(room: Room) -> None:
    room.go("DT", "turns")
    room.shown.table.doubleClicked.emit(room.shown.table.currentIndex())
    room.rest()
    workspace: Any = room.window.workspaces["transcripts"]
    assert workspace.desk.source.name == "W2"
    span = workspace.view.selection()
    assert workspace.desk.source.text[span.start : span.end] == "Benar."


def test_everything_is_said_in_the_language_at_hand(room: Room) -> None:
    room.ctx.set_language("id")
    heads = [room.shown.model.name_of(c) for c in room.shown.model.columns]
    assert "Kode" in heads
    assert "Kategori" in heads
    room.ctx.set_language("en")
    assert room.shown.model.name_of(room.shown.model.columns[0]) == "Code"
