"""What tests of tagging do with keys and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.dialogs.palette import Palette
from coding.codes.rows import CodeRow
from coding.project import Project

if TYPE_CHECKING:
    from .conftest import Room

LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CHANGED = "Syaratnya sempat berubah dua kali."
TWO = "Petugas loket kami cuma dua."
QUEUE = "Kalau hari pasaran antre sampai ke halaman."
COMMUNICATION, RESOURCES = "edward3.communication", "edward3.resources"
CLARITY, CONSISTENCY = "edward3.communication.clarity", "edward3.communication.consistency"


def code(room: Room, path: str) -> CodeRow:
    """The code with this path."""
    book = room.tagging.book
    every = [c for f in book.frameworks for c in f.codes] + list(book.open_codes)
    return next(c for c in every if c.path == path)


def steps(room: Room) -> list[str]:
    """The names of what undo would take back, the next one first."""
    room.idle()
    with Project.open(room.ctx.project.path, read_only=True, coder="Ani") as project:
        return [step.say(room.ctx.words) for step in reversed(project.done_steps)]


def palette_of(room: Room) -> Palette:
    """The palette that is open."""
    palette = room.workspace.help.palette
    assert palette is not None
    assert palette.isVisible()
    return palette


def drag_to(widget: QWidget, where: QPointF, data: QMimeData) -> bool:
    """Drag `data` over the widget and let it go at `where`; whether it was taken."""
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    point = QPoint(round(where.x()), round(where.y()))
    QApplication.sendEvent(widget, QDragEnterEvent(point, copy, data, LEFT, none))
    move = QDragMoveEvent(point, copy, data, LEFT, none)
    move.ignore()
    QApplication.sendEvent(widget, move)
    if not move.isAccepted():
        return False  # nothing can be let go there
    drop = QDropEvent(where, copy, data, LEFT, none)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def dragged_code(room: Room, path: str) -> QMimeData:
    """What is dragged when a code is taken from the list."""
    codes = room.workspace.codes.tree.codes
    return codes.mimeData([codes.index_of(code(room, path).guid)])


def click_code(room: Room, path: str, *, twice: bool = False) -> None:
    """Click a code of the list with the mouse."""
    tree = room.workspace.codes.tree
    index = tree.codes.index_of(code(room, path).guid)
    tree.scrollTo(index)
    at = tree.visualRect(index).center()
    QTest.mouseClick(tree.viewport(), LEFT, pos=at)
    if twice:
        QTest.mouseDClick(tree.viewport(), LEFT, pos=at)


def click_text(room: Room, words: str) -> None:
    """Click into words of the text."""
    area = room.view.area
    position = area.shown.display.to_qt(room.text.index(words) + 2)
    rect = area.geometry_.rects(position, position + 1)[0]
    QTest.mouseClick(area.viewport(), LEFT, pos=rect.center().toPoint() - QPoint(0, area.offset))


def draw_over(room: Room, words: str) -> None:
    """Select words by drawing the mouse over them."""
    area = room.view.area
    start = room.text.index(words)
    first, last = area.shown.display.qt_range(start, start + len(words))
    begin = area.geometry_.rects(first, first + 1)[0]
    end = area.geometry_.rects(last - 1, last)[0]
    down = QPoint(0, -area.offset)
    port = area.viewport()
    QTest.mousePress(port, LEFT, pos=QPoint(round(begin.left()), round(begin.center().y())) + down)
    QTest.mouseMove(port, QPoint(round(end.right()), round(end.center().y())) + down)
    QTest.mouseRelease(port, LEFT, pos=QPoint(round(end.right()), round(end.center().y())) + down)


def choose_first(room: Room) -> None:
    """Make the first coded segment the current one."""
    row = next(iter(room.tagging.rows.values()))
    room.view.area.set_caret(row.start + 1)
    room.tagging.choose(row.guid)
