"""The list of what is to be reviewed: passage, place, and what was said of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from app.context import Context
from app.models.review_queue import QueueModel
from app.models.review_words import VERDICT_COLORS, VERDICT_GLYPHS, place_of, words_of
from app.models.row_lists import ROW, Index
from app.theme import GLYPHS
from app.widgets.painting import BOLD, RIGHT, square, width_of, write
from app.widgets.row_view import SIDE, RowDelegate, RowView
from coding.review.details import QueueLine

KEYS = {"A": "agree", "Q": "question", "R": "revise", "L": "look", "C": "comment", "K": "propose_code", "E": "edges",
        "X": "remove", "Y": "accept", "N": "decline", "+": "supporting", "-": "inhibiting", "0": "neutral",
        ".": "unmarked", "D": "close"}  # fmt: skip
"""What a single key means in the list."""


class QueueView(RowView):
    """`meant` carries the meaning of a single key, `current_changed` the place that is current."""

    meant = Signal(str)
    current_changed = Signal(int)

    def __init__(self, ctx: Context, model: QueueModel) -> None:
        super().__init__()
        self._model = model
        self._ctx = ctx
        self.setObjectName("review_queue")
        self.setModel(model)
        self.delegate = QueueDelegate(ctx, self)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_changed.emit(now.row()))
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._looking.start())
        model.modelReset.connect(self._looking.start)

    def look(self) -> None:
        """Have what is in sight read, where it is not known."""
        self._looking.start()

    def _look(self) -> None:
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        last = self.indexAt(self.viewport().rect().bottomLeft()).row()
        count = self._model.rowCount()
        if count:
            self._model.look(max(first, 0), last if last >= 0 else min(count - 1, max(first, 0) + 30))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._looking.start()

    def choose(self, number: int) -> None:
        """Make the line at this place the current one, and bring it into sight."""
        index = self._model.index_of(number)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters mean what is to be done, and those that mean nothing move nobody."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meaning = self._meaning(event)
        if meaning is not None:
            self.meant.emit(meaning)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meaning(event):
            event.accept()  # with Alt, the letter of a menu may be the same
            return True
        return super().event(event)

    def _meaning(self, event: QKeyEvent) -> str | None:
        alt = Qt.KeyboardModifier.AltModifier
        wanted = Qt.KeyboardModifier.NoModifier if self._ctx.settings.get("single_letter_keys") else alt
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | alt | Qt.KeyboardModifier.MetaModifier)
        typed = event.text() or chr(event.key()) if event.key() < 0x80 else event.text()
        return KEYS.get(typed.upper()) if held == wanted else None


class QueueDelegate(RowDelegate):
    """Two lines: the words, and where they stand; at the right direction, verdict, and what is open."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._ctx.theme.px(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        theme, box = self._ctx.theme, QRectF(option.rect)  # type: ignore[attr-defined]
        painter.setClipRect(box)
        line: QueueLine | None = index.data(ROW)
        inner = box.adjusted(SIDE, theme.px(6), -SIDE, -theme.px(6))
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        if line is None:
            write(painter, upper, index.data() or "…", theme.ui_font(12.5), theme.color("dim"))
        else:
            self._words(painter, upper, line)
            self._place(painter, lower, line)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, line: QueueLine) -> None:
        theme = self._ctx.theme
        right = box.right()
        if line.worst is not None:
            glyph, font = VERDICT_GLYPHS[line.worst], theme.ui_font(14, BOLD)
            color = theme.readable(theme.color(VERDICT_COLORS[line.worst]), theme.color("accent_soft"))
            write(painter, box, glyph, font, color, RIGHT)
            right -= width_of(glyph, font) + 8
        elif line.looked:
            font = theme.ui_font(12)
            write(painter, box, "·", font, theme.color("dim"), RIGHT)
            right -= 12
        text = words_of(line)
        if line.segment is not None:
            text = f"“{text}”"
        font = theme.text_font(13.5, italic=line.segment is not None)
        write(painter, QRectF(box.left(), box.top(), right - box.left(), box.height()), text, font, theme.color("ink"))

    def _place(self, painter: QPainter, box: QRectF, line: QueueLine) -> None:
        theme = self._ctx.theme
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        small = theme.ui_font(11.5)
        right = box.right()
        marks = []
        if line.changed:
            marks.append(self._ctx.t("changed"))
        if line.comments:
            marks.append(f"“ {line.comments}")
        if line.proposals:
            marks.append(f"→ {line.proposals}")
        if marks:
            text = "  ".join(marks)
            write(painter, box, text, small, theme.readable(theme.color("accent"), theme.color("accent_soft")), RIGHT)
            right -= width_of(text, small) + 8
        left = box.left()
        color = line.segment.color if line.segment is not None else line.written.color if line.written else 0
        if line.segment is not None or (line.written is not None and line.written.code):
            square(painter, left, box.center().y(), theme, color)
            left += theme.px(15)
        if line.segment is not None:
            glyph = GLYPHS[line.segment.valence]
            if glyph:
                tone = theme.readable(theme.valence_color(line.segment.valence), theme.color("accent_soft"))
                bold = theme.ui_font(12.5, BOLD)
                write(painter, QRectF(left, box.top(), 20, box.height()), glyph, bold, tone)
                left += width_of(glyph, bold) + 5
        place = QRectF(left, box.top(), max(right - left, 0), box.height())
        write(painter, place, place_of(self._ctx, line), small, dim)
