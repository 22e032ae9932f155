"""The edges of the current segment: moved by keys, and by a handle at either end for the mouse."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.transcript.edges import Edge, Unit
from coding.segments.rows import SegmentRow
from coding.text import Span

if TYPE_CHECKING:
    from app.context import Context
    from app.transcript.view import TranscriptView

WIDTH, KNOB = 11, 7
"""Pixels of a handle that the mouse can take hold of, and of its knob."""
SCROLL = 18
"""Pixels by which the text goes on while a handle is held beyond its upper or lower end."""


class Handle(QWidget):
    """A thin line with a knob: over the start of a passage, or under its end. Its arrow says that it can be drawn."""

    dragged = Signal(object)
    dropped = Signal()
    clicked = Signal(object)

    def __init__(self, edge: Edge, parent: QWidget) -> None:
        super().__init__(parent)
        self.edge = edge
        self.color = QColor()
        self._from: QPoint | None = None
        self._moving = False
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.hide()

    @property
    def held(self) -> bool:
        """Whether the mouse is moving it."""
        return self._moving

    def let_go(self) -> None:
        """Do no more with the button that is down."""
        self._from, self._moving = None, False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        at = event.globalPosition().toPoint()
        if self._moving or (at - self._from).manhattanLength() >= min(QApplication.startDragDistance(), 4):
            self._moving = True
            self.dragged.emit(QPointF(self.parentWidget().mapFromGlobal(at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or event.button() != Qt.MouseButton.LeftButton:
            return
        moved, self._from, self._moving = self._moving, None, False
        if moved:
            self.dropped.emit()
        else:
            self.clicked.emit(QPointF(self.parentWidget().mapFromGlobal(event.globalPosition().toPoint())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        top = KNOB / 2 if self.edge == "start" else 0.0
        bottom = self.height() - (0.0 if self.edge == "start" else KNOB / 2)
        painter.setPen(QPen(self.color, 2))
        painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color)
        knob = QPointF(middle, top if self.edge == "start" else bottom)
        painter.drawEllipse(knob, KNOB / 2, KNOB / 2)
        painter.end()


class Edges(QObject):
    """Moves the edges of the current segment, or of the selection where there is none. Nothing is ever moved into
    emptiness: an edge stops at the last readable character."""

    def __init__(self, ctx: Context, view: TranscriptView) -> None:
        super().__init__(view)
        self._ctx, self._view, self._area = ctx, view, view.area
        self._row: SegmentRow | None = None
        port = view.area.viewport()
        self.handles: dict[Edge, Handle] = {"start": Handle("start", port), "end": Handle("end", port)}
        for edge, handle in self.handles.items():
            handle.dragged.connect(lambda point, e=edge: self._drag(e, point))
            handle.dropped.connect(self._drop)
            handle.clicked.connect(self._click)
        self._area.verticalScrollBar().valueChanged.connect(self.place)
        self._area.resized.connect(self.place)
        self._area.columns_changed.connect(self.place)

    # by keys

    def move(self, edge: Edge, unit: Unit, outward: bool) -> None:
        """Move an edge by a character, a word or a sentence."""
        row, passages = self._view.selected_segment(), self._area.passages
        if row is not None:
            self._put(row, passages.moved(Span(row.start, row.end), edge, unit, outward))
            return
        selected = self._view.selection()
        if selected is not None:
            self._area.select_span(passages.moved(selected, edge, unit, outward))

    def _put(self, row: SegmentRow, span: Span) -> None:
        if (span.start, span.end) != (row.start, row.end):
            self._view.show_moved(row, span)
            self._view.edge_moved.emit(row.guid, span.start, span.end)

    # by mouse

    def _drag(self, edge: Edge, point: QPointF) -> None:
        shown = self._view.selected_segment()
        if shown is None:
            return
        self._row = self._row or shown
        self._scroll(point)
        at = self._area.shown.display.to_cp(self._area.cursorForPosition(point.toPoint()).position())
        span = self._area.passages.place(Span(self._row.start, self._row.end), edge, at)
        if (span.start, span.end) != (shown.start, shown.end):
            text = span.of(self._area.source.text)
            self._view.change_segments([replace(self._row, start=span.start, end=span.end, text=text)], ())

    def _scroll(self, point: QPointF) -> None:
        bar, height = self._area.verticalScrollBar(), self._area.viewport().height()
        if point.y() < 0 or point.y() > height:
            bar.setValue(bar.value() + (SCROLL if point.y() > height else -SCROLL))

    def _drop(self) -> None:
        before, self._row = self._row, None
        shown = self._view.selected_segment()
        if before is not None and shown is not None and before.guid == shown.guid:
            self._put(before, Span(shown.start, shown.end))
        self._area.setFocus(Qt.FocusReason.MouseFocusReason)

    def give_up(self) -> bool:
        """Put an edge that the mouse holds back to where it was; says whether one was held."""
        if self._row is None:
            return False
        row, self._row = self._row, None
        for handle in self.handles.values():
            handle.let_go()
        self._view.change_segments([row], ())
        return True

    def _click(self, point: QPointF) -> None:
        """What was not drawn away was meant for the text under it."""
        position = self._area.cursorForPosition(point.toPoint()).position()
        self._area.set_cursor(position, position)
        self._area.setFocus(Qt.FocusReason.MouseFocusReason)

    # where they stand

    def place(self) -> None:
        """Put the handles to the ends of the current segment."""
        row = self._view.selected_segment()
        for edge, handle in self.handles.items():
            box = self._box(row, edge) if row is not None else None
            if row is None or box is None:
                if not handle.held:
                    handle.hide()
                continue
            handle.color = self._ctx.theme.code_color(row.color)
            handle.setGeometry(box)
            handle.show()
            handle.update()

    def _box(self, row: SegmentRow, edge: Edge) -> QRect | None:
        """Where the handle stands in the viewport; None out of sight."""
        area = self._area
        start, end = area.shown.display.qt_range(row.start, row.end)
        if start >= end or not area.document().findBlock(end - 1).isValid():
            # while the text is being filled anew it ends before the segment does
            return None
        at = start if edge == "start" else end - 1
        top = area.geometry_.line_top(at) - area.offset
        if not -KNOB <= top <= area.viewport().height():
            return None
        line = area.geometry_.line_of(at)
        pieces = line.pieces(at, at + 1) or line.pieces(at - 1, at + 1)
        if not pieces:
            return None
        left, right = pieces[0]
        character = area.source.text[row.start if edge == "start" else row.end - 1]
        backwards = unicodedata.bidirectional(character) in ("R", "AL")
        x = right if (edge == "end") != backwards else left
        upper, lower = round(line.box.top()) - area.offset, round(line.box.bottom()) - area.offset
        if edge == "start":
            upper -= KNOB
        else:
            lower += KNOB
        return QRect(round(x) - WIDTH // 2 - 1, upper, WIDTH, lower - upper)
