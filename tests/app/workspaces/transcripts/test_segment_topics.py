"""Topics given to a segment beside the text; what counts nowhere says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.dialogs.name import NameDialog
from coding.codes.topics import topics
from coding.project import Project
from coding.transcripts.editing import set_details

from .hands import CHANGED, LEFT, TWO, steps

if TYPE_CHECKING:
    from .conftest import Room


def name_it(room: Room, text: str) -> None:
    room.idle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    QTest.keyClicks(dialog.field, text)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    room.idle()


def popup(room: Room) -> QMenu:
    room.idle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def topics_of(room: Room) -> list[str]:
    return [row.topic for row in room.stored()]


def test_a_first_topic_is_named_and_the_next_chosen_by_number(room: Room) -> None:
    room.put_caret(CHANGED)
    room.press("11")
    before = steps(room)
    room.press("t")
    name_it(room, "  Rapat   dusun ")
    assert topics_of(room) == ["Rapat dusun"]
    assert steps(room) == ["Put under the topic “Rapat dusun”", *before]
    assert "Rapat dusun" in room.workspace.segment.details.code.text()
    room.put_caret(TWO)
    room.press("11")
    room.press("t")
    QTest.keyClick(popup(room), Qt.Key.Key_1)
    assert topics_of(room) == ["Rapat dusun", "Rapat dusun"]
    room.press("t")
    QTest.keyClick(popup(room), Qt.Key.Key_0)
    assert topics_of(room) == ["Rapat dusun", ""]
    for expected in (["Rapat dusun", "Rapat dusun"], ["Rapat dusun", ""]):
        room.ctx.undo()
        assert topics_of(room) == expected


def test_the_button_beside_the_code_makes_another_but_none_twice(room: Room) -> None:
    room.put_caret(CHANGED)
    room.press("1")
    room.press("t")
    name_it(room, "Luar")
    QTest.mouseClick(room.workspace.segment.details.topic, LEFT)
    menu = popup(room)
    assert [action.isChecked() for action in menu.actions()][:1] == [True]
    menu.actions()[-1].trigger()
    menu.close()
    name_it(room, "luar")
    assert topics_of(room) == ["Luar"]
    assert room.ctx.project is not None
    with Project.open(room.ctx.project.path, read_only=True) as project:
        assert [row.label for row in topics(project)] == ["Luar"]


def test_without_a_segment_the_key_says_what_to_do(room: Room, notices: list[tuple[str, str, str]]) -> None:
    room.put_caret(CHANGED)
    room.press("t")
    assert "F4" in notices[-1][0]


def test_what_only_the_researcher_says_is_told_where_it_is_tagged(room: Room, qtbot: QtBot) -> None:
    details, bar, view = room.workspace.segment.details, room.workspace.researcher, room.view
    before = view.area.mapToGlobal(view.area.cursorRect().topLeft())
    room.put_caret("Bagaimana")
    room.press("1")
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert details.uncounted.text() == "Only the researcher speaks here: the segment counts nowhere"
    assert details.uncounted.isVisible()
    room.put_caret("Bagaimana")
    assert view.area.mapToGlobal(view.area.cursorRect().topLeft()).y() == before.y()
    room.put_caret(CHANGED)
    room.press("1")
    room.idle()
    assert not details.uncounted.isVisible()


def test_a_segment_of_the_authors_own_source_says_so(room: Room, qtbot: QtBot) -> None:
    room.put_caret(CHANGED)
    room.press("1")
    source = room.workspace.desk.source
    assert source is not None
    room.ctx.operate("Change {name}", lambda op: set_details(op, source.guid, {"own_statements": True}), name="x")
    room.idle()
    uncounted = room.workspace.segment.details.uncounted
    qtbot.waitUntil(lambda: "author's own" in uncounted.text(), timeout=5000)
