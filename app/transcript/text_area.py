"""The transcript as it is read: one column of text, painted over coded passages, that is never edited."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from app.theme import Theme, channels
from app.transcript import filling
from app.transcript.geometry import Geometry
from app.transcript.keys import Key, understand
from app.transcript.prepared import Prepared
from app.transcript.tints import Shown, Tints
from coding.text import Span, trim
from coding.transcripts.rows import SourceText

CODE_MIME = "application/x-telaah-code"
SELECTION_MIME = "application/x-telaah-selection"

CHARACTERS = 75
"""Characters of a full line, unless the person wants it otherwise."""
GUTTER, GAP, MARGIN = (56, 124), 14, 144
"""Pixels for speakers (at least, at most), between the text and its neighbours, and for stripes."""

FIRST, PART = 30_000, 60_000
"""Characters that are filled in before a text is shown, and at each further turn of the event loop."""
TO_THE_END = (
    QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.SelectEndOfDocument,
    QKeySequence.StandardKey.SelectAll,
)
ROOMY, NARROW_MARGIN = 520, 88
"""Pixels of width below which the stripes leave their words' room to the text, and what they keep."""

SELECTED = 0.22
"""Opacity of the selection, through which coded passages are seen."""
BEYOND_LINE = 10
"""Pixels that underlines and outlines stand out of their line at most."""

_SAMPLE = "Kalau informasinya, kami sampaikan lewat rapat dusun; people were told about it at the village meeting. "


@dataclass(frozen=True, slots=True)
class Columns:
    """Where text and its neighbours stand, in pixels from the left."""

    gutter: int
    text: int
    margin: int
    end: int


class TextArea(QTextEdit):
    """Shows a `Display`; selecting, keys and the mouse are told by signals, `on_key` says whether it used a key."""

    segment_clicked = Signal(str)
    mouse_selected = Signal()
    code_dropped = Signal(str)
    size_asked = Signal(int)
    columns_changed = Signal(object)
    menu_asked = Signal(QPoint)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_key: Callable[[Key], bool] = lambda key: False
        self.single_keys: Callable[[], bool] = lambda: True
        self.source = filling.NOTHING
        self.geometry_ = Geometry(self.document())
        self.tints = Tints(self.geometry_, theme)
        nothing = Prepared.of(filling.NOTHING)
        self.shown = Shown(nothing.display)
        self.passages = nothing.passages
        self.theme = theme
        self.drop_at: Span | None = None
        self.gutter_width = theme.px(GUTTER[0])
        self.characters = CHARACTERS
        self.settling = False
        self._kept: tuple[int, int] | None = None
        self._columns = Columns(0, 0, 0, 0)
        self._pressed: QPoint | None = None
        self._filling = filling.Filling(self.document(), self.shown.display, [""], theme)
        self._rest = QTimer(self)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._fill_on)
        self.geometry_.need = self.need
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        # A document without a width has no lines; it gets its real one with the first resize.
        self.document().setTextWidth(self.viewport().width())
        self.cursorPositionChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionChanged.connect(self.viewport().update)

    # what is shown

    def fill(self, source: SourceText, prepared: Prepared) -> None:
        """Show `source`; the caret goes to where its text begins, after the header."""
        self.source = source
        self.shown = Shown(prepared.display)
        self.passages = prepared.passages
        self._kept = None
        self._fill()
        self.set_caret(next((block.start for block in prepared.display.blocks if not block.header), 0))

    def set_theme(self, theme: Theme) -> None:
        """Show the same in the colours and fonts of `theme`; caret and selection stay."""
        self.theme = theme
        self.tints.set_theme(theme)
        accent = channels(theme.color("accent"))
        self.setStyleSheet(
            f"TextArea {{ border: none; padding: 0; background: {theme.hex('panel')};"
            f" selection-background-color: rgba({accent[0]}, {accent[1]}, {accent[2]}, {SELECTED:.0%});"
            f" selection-color: {theme.hex('ink')}; }}"
        )
        self.setFont(theme.text_font())
        cursor = self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        self.settling = True
        self._fill()
        self.set_cursor(anchor, position)
        self.settling = False
        self.place_columns()

    def _fill(self) -> None:
        paragraphs = self.shown.display.text.split("\n")
        self.geometry_.set_paragraphs(paragraphs)
        self._filling = filling.Filling(self.document(), self.shown.display, paragraphs, self.theme)
        self._filling.go_on(FIRST)
        self._forget_lines()
        self._rest.start()

    def _fill_on(self) -> None:
        if not self._filling.done:
            self._filling.go_on(PART)
        if self._filling.done:
            self._rest.stop()

    def need(self, position: int | None = None) -> None:
        """Fill the document beyond `position` (in the document), or all of it, at once instead of bit by bit."""
        filling = self._filling
        while not filling.done and (position is None or filling.end <= position):
            filling.go_on(PART)

    def _forget_lines(self) -> None:
        self.geometry_.forget()
        self.tints.forget()

    # places: document positions and stored ones

    def selected_span(self) -> Span | None:
        """What is selected, in code points, grown to whole characters; None without a selection."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return self.shown.display.span(cursor.selectionStart(), cursor.selectionEnd())

    def caret(self) -> int:
        """The code point at the caret."""
        return self.shown.display.to_cp(self.textCursor().position())

    def target(self) -> Span:
        """What a code would be put on: the selection without blanks at its ends (nothing, where it is blank), else the
        sentence at the caret."""
        selected = self.selected_span()
        if selected is not None:
            return trim(self.source.text, selected.start, selected.end)
        return self.passages.sentence(self.caret())

    def select_span(self, span: Span) -> None:
        """Select `span` without moving the reader."""
        display = self.shown.display
        self.set_cursor(*display.qt_range(span.start, span.end))

    def set_caret(self, at: int) -> None:
        """Put the caret at the code point `at` without moving the reader."""
        position = self.shown.display.to_qt(at, forward=True)
        self.set_cursor(position, position)

    def set_cursor(self, anchor: int, position: int) -> None:
        """Select between two document positions without moving the reader."""
        self.need(max(anchor, position))
        bar = self.verticalScrollBar()
        value = bar.value()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        bar.setValue(value)

    @property
    def offset(self) -> int:
        """Pixels between the top of the document and the top of what is seen."""
        return self.verticalScrollBar().value()

    def to_document(self, point: QPoint | QPointF) -> QPointF:
        """A point of the viewport in the document's coordinates."""
        return QPointF(point.x(), point.y() + self.offset)

    def seen(self) -> QRectF:
        """The part of the document that can be seen."""
        return QRectF(0, self.offset, self.viewport().width(), self.viewport().height())

    def show_height(self, y: float) -> None:
        """Scroll so that the document's height `y` is at the top, as far as the document reaches."""
        layout = self.document().documentLayout()
        while not self._filling.done and layout.documentSize().height() < y + self.viewport().height():
            self._filling.go_on(PART)
        layout.blockBoundingRect(self.document().lastBlock())  # lays everything out, so that the bar knows its range
        self.verticalScrollBar().setValue(round(y))

    # columns

    @property
    def columns(self) -> Columns:
        return self._columns

    def place_columns(self) -> None:
        """Work out the columns for the present width; the text keeps at most `characters` characters a line."""
        theme = self.theme
        # Stripes are no text: they stay as they are when that grows, or nothing would be left for reading.
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        gutter, gap, margin = self.gutter_width, theme.px(GAP), MARGIN if width >= ROOMY else NARROW_MARGIN
        per_character = QFontMetricsF(self.font()).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        column = min(round(per_character * self.characters) + 2 * filling.SIDE, max(width - gutter - gap - margin, 80))
        left = max((width - gutter - column - gap - margin) // 2, 0)
        text = left + gutter
        columns = Columns(left, text, text + column + gap, text + column + gap + margin)
        if columns != self._columns:
            self._columns = columns
            self.setViewportMargins(text, 0, max(width - text - column, 0), 0)
        self.columns_changed.emit(columns)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place_columns()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = self._understood(event)
            if key is not None and (key.single or event.modifiers() & Qt.KeyboardModifier.AltModifier):
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The document still has its old lines here: what stood at the top can be put there again afterwards.
        # As long as nobody scrolls it stays the same line, or it would creep away with each step of a splitter.
        top = self._kept or self._top_line() if event.oldSize().width() != event.size().width() else None
        self.settling = True
        super().resizeEvent(event)
        self._forget_lines()
        if top is not None:
            self.restore_top(*top)
        self.resized.emit()
        self.settling = False

    def showEvent(self, event: QShowEvent) -> None:
        # Qt scrolls to the caret when a text is shown first; the reader may have been elsewhere.
        value = self.offset
        self.settling = True
        super().showEvent(event)
        self.verticalScrollBar().setValue(value)
        self.settling = False

    def _top_line(self) -> tuple[int, int] | None:
        seen = self.seen()
        for block in self.geometry_.blocks(seen.top(), seen.bottom()):
            for line in self.geometry_.lines(block, seen.top(), seen.bottom()):
                return line.start, round(line.box.top() - seen.top())
        return None

    def top(self) -> tuple[int, int]:
        """The code point at which the uppermost line begins, and how many pixels it stands below the upper edge."""
        line = self._top_line()
        return (self.shown.display.to_cp(line[0]), line[1]) if line else (0, 0)

    def restore_top(self, position: int, below: int) -> None:
        """Put the line with the document position `position` so many pixels below the upper edge."""
        self.show_height(self.geometry_.line_of(position).box.top() - below)
        self._kept = position, below

    def _on_scrolled(self) -> None:
        if not self.settling:
            self._kept = None

    # painting

    def renew(self, span: Span) -> None:
        """What is painted on the lines of `span` has changed: work it out anew and paint these lines alone."""
        start, end = self.shown.display.qt_range(span.start, span.end)
        self.tints.forget(start, max(end, start + 1))
        blocks = list(self.geometry_.blocks(self.offset, self.offset + self.viewport().height()))
        if not blocks:
            return
        # lines out of sight need not be laid out to know that they need not be painted
        start = max(start, blocks[0].position())
        end = min(max(end, start + 1), blocks[-1].position() + blocks[-1].length())
        if start >= end:
            return
        first, last = self.geometry_.line_of(start), self.geometry_.line_of(end - 1)
        top, bottom = first.box.top() - self.offset, last.box.bottom() - self.offset
        # underlines and the outline stand a little outside their line
        band = QRectF(0, top, self.viewport().width(), bottom - top).adjusted(0, -BEYOND_LINE, 0, BEYOND_LINE)
        self.viewport().update(band.toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.translate(0, -self.offset)
        self.tints.paint(painter, self.shown, QRectF(event.rect()).translated(0, self.offset))
        painter.end()
        super().paintEvent(event)
        target = self.drop_at or (self.target() if self.hasFocus() and not self.textCursor().hasSelection() else None)
        if target is not None:
            self._paint_target(target)

    def _paint_target(self, target: Span) -> None:
        """Mark both ends of what a code would be put on, as a text has brackets."""
        display = self.shown.display
        start, end = display.qt_range(target.start, target.end)
        if start >= end or end > self._filling.end:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.offset)
        painter.setPen(QPen(self.theme.color("accent"), 1.4))
        arm = 3.0
        for at, right in ((start, False), (end - 1, True)):
            line = self.geometry_.line_of(at)
            pieces = line.pieces(at, at + 1)
            if not pieces:
                continue
            x = pieces[0][1] + 1.5 if right else pieces[0][0] - 1.5
            inward = -arm if right else arm
            top, bottom = round(line.box.top()) - 1.5, round(line.box.bottom()) + 2.5
            corners = ((x + inward, top), (x, top), (x, bottom), (x + inward, bottom))
            painter.drawPolyline([QPointF(*corner) for corner in corners])
        painter.end()

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self._understood(event)
        if key is not None and self.on_key(key):
            event.accept()
            return
        if any(event.matches(key) for key in TO_THE_END):
            self.need()
        super().keyPressEvent(event)

    def selectAll(self) -> None:
        self.need()
        super().selectAll()

    def _understood(self, event: QKeyEvent) -> Key | None:
        singles = self.single_keys()
        key = understand(event, singles)
        return key if key is not None and (singles or not key.single) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        self._pressed = None
        if self.textCursor().hasSelection():
            self.mouse_selected.emit()
        elif moved < QApplication.startDragDistance():
            row = self.tints.row_at(self.shown, self.to_document(event.position()))
            self.segment_clicked.emit(row.guid if row else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._point_at(QPointF(event.pos()))
        self.menu_asked.emit(event.globalPos())

    def _point_at(self, point: QPointF) -> None:
        """Bring the caret to where the mouse is, unless that is in the selection: a menu is about what was clicked."""
        at, selected = self._code_point_at(point), self.selected_span()
        if selected is None or not selected.start <= at <= selected.end:
            self.set_caret(at)
            row = self.tints.row_at(self.shown, self.to_document(point))
            self.segment_clicked.emit(row.guid if row else "")

    # taking out and dropping in

    def createMimeDataFromSelection(self) -> QMimeData:
        # Qt's own object is filled anew: the clipboard may outlive the interpreter, and destroying an object made in
        # Python crashes then. Asking for its text makes it settle, so that it does not fill itself later.
        data = super().createMimeDataFromSelection()
        data.text()
        data.clear()
        span = self.selected_span()
        if span is not None:
            data.setText(span.of(self.source.text))
            where = {"source": self.source.guid, "start": span.start, "end": span.end}
            data.setData(SELECTION_MIME, json.dumps(where).encode())
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(CODE_MIME):
            event.ignore()
            return
        self._show_drop(self._drop_span(event.position()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if not data.hasFormat(CODE_MIME):
            event.ignore()
            return
        span = self._drop_span(event.position())
        self._show_drop(None)
        if span != self.selected_span():
            self.set_caret(self._code_point_at(event.position()))
        self.code_dropped.emit(bytes(data.data(CODE_MIME).data()).decode())
        event.acceptProposedAction()

    def _code_point_at(self, point: QPointF) -> int:
        return self.shown.display.to_cp(self.cursorForPosition(point.toPoint()).position())

    def _drop_span(self, point: QPointF) -> Span:
        """What a code dropped at `point` is put on: the selection when it is dropped on that, else the sentence."""
        at = self._code_point_at(point)
        selected = self.selected_span()
        if selected is not None and selected.start <= at <= selected.end:
            return selected
        return self.passages.sentence(at)

    def _show_drop(self, span: Span | None) -> None:
        if span != self.drop_at:
            self.drop_at = span
            self.viewport().update()
