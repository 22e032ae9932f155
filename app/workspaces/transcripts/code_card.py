"""What a code means: definition, what to look for, and the analyst's own best examples, beside the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.models.code_book import CodeBook
from app.theme import GLYPHS
from app.widgets.parts import Dot, ElidedLabel, clear_layout, icon_button, label
from coding.codes.rows import CodeRow
from coding.segments.rows import SegmentRow

WIDTH = 300
EXEMPLARS_SHOWN = 3


class CodeCard(QFrame):
    """Floats at the left of the code tree. Pinned by F2 until it is closed; else it goes when the mouse does."""

    segment_asked = Signal(str)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._code: CodeRow | None = None
        self._book = CodeBook()
        self.pinned = False
        self.setObjectName("code_card")
        self.setProperty("surface", "card")
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(24)
        self._shadow.setOffset(0, 4)
        self.setGraphicsEffect(self._shadow)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 8, 14)
        outer.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._dot = Dot(ctx, 0)
        self.name = ElidedLabel("", "heading")
        self.close_button = icon_button(ctx, "close", "", name="close_code_card")
        self.close_button.clicked.connect(self.close_card)
        head.addWidget(self._dot)
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        outer.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._body = QWidget()
        self._body.setProperty("transparent", "true")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._scroll.setWidget(self._body)
        outer.addWidget(self._scroll, 1)
        self.hide()
        parent.installEventFilter(self)
        self.recolor()

    @property
    def code(self) -> CodeRow | None:
        """The code that is shown; None while the card is hidden."""
        return self._code if self.isVisible() else None

    def show_code(self, code: CodeRow, book: CodeBook, *, pinned: bool) -> None:
        """Show what is known of the code; its exemplars follow by `show_exemplars`."""
        self._code, self._book, self.pinned = code, book, pinned
        self._fill(())
        self.close_button.setVisible(pinned)
        self.place()
        self.show()
        self.raise_()

    def show_exemplars(self, guid: str, rows: Sequence[SegmentRow]) -> None:
        """Show these as the examples of the code `guid`, if it is the one that is shown."""
        if self._code is not None and self._code.guid == guid:
            self._fill(rows)
            self.place()

    def close_card(self) -> None:
        """Hide it."""
        if self.isVisible():
            self.pinned = False
            self.hide()
            self.closed.emit()

    def _fill(self, rows: Sequence[SegmentRow]) -> None:
        code, ctx = self._code, self._ctx
        if code is None:
            return
        t, language = ctx.t, ctx.language
        self._dot.set_color(code.color)
        self.name.setText(self._book.full_label(code, language))
        self.setAccessibleName(self._book.full_label(code, language))
        clear_layout(self._column)
        parts = [("", code.definition(language)), (t("What to look for"), look_for(code, language))]
        if not any(text for _, text in parts):
            parts = [("", t("Nothing is written about this code yet."))]
        for heading, text in parts:
            if text:
                if heading:
                    self._column.addSpacing(4)
                    self._column.addWidget(label(heading.upper(), "section"))
                self._column.addWidget(label(text, wrap=True))
        self._column.addSpacing(4)
        self._column.addWidget(label(t("Your exemplars").upper(), "section"))
        if not rows:
            self._column.addWidget(label(t("None yet. Star a coded segment, and it stands here."), "dim", wrap=True))
        for row in rows[:EXEMPLARS_SHOWN]:
            self._column.addWidget(self._exemplar(row))
        self._column.addStretch(1)

    def _exemplar(self, row: SegmentRow) -> QWidget:
        words = " ".join(row.text.split())
        made = _Exemplar(f"{GLYPHS[row.valence]} “{words}”".strip())
        made.setFont(self._ctx.theme.text_font(13, italic=True))
        made.setToolTip(row.source)
        made.clicked.connect(lambda: self.segment_asked.emit(row.guid))
        return made

    def place(self) -> None:
        """Stand at the upper right of the text, as high as is needed."""
        theme, parent = self._ctx.theme, self.parentWidget()
        assert parent is not None
        width = min(theme.px(WIDTH), parent.width() - 40)
        height = self._needed(width - theme.px(40)) + theme.px(74)
        corner = parent.rect().topRight() - QPoint(width + 12, -54)
        self.setGeometry(QRect(corner.x(), corner.y(), width, min(height, parent.height() - 70)))

    def _needed(self, width: int) -> int:
        """The height of the text; asked of each part, because a layout does not count what is not shown yet."""
        parts = (self._column.itemAt(number) for number in range(self._column.count()))
        widgets = [widget for part in parts if (widget := part.widget()) is not None]
        for widget in widgets:
            widget.ensurePolished()
        heights = [w.heightForWidth(width) if w.hasHeightForWidth() else w.sizeHint().height() for w in widgets]
        return sum(heights) + (self._column.spacing() + 4) * len(heights)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.close_button.setToolTip(self._ctx.t("Close (F2)"))
        self.close_button.setAccessibleName(self._ctx.t("Close (F2)"))
        if self.isVisible():
            self._fill(())

    def recolor(self) -> None:
        """Take on the present theme."""
        self._shadow.setColor(QColor(0, 0, 0, 130 if self._ctx.theme.dark else 45))
        self.close_button.setIcon(icon("close", self._ctx.theme.color("dim")))
        self.retranslate()


class _Exemplar(QLabel):
    """A passage that leads to its transcript."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


def look_for(code: CodeRow, language: str) -> str:
    """What to look for, in the language."""
    return code.look_for_id if language == "id" else code.look_for_en
