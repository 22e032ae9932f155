"""Parts of what is shown of a coded segment: its passage, and its direction."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from app.context import Context
from app.widgets.valence_buttons import ValenceButtons

QUOTE_LINES = 4


class Quote(QLabel):
    """A passage in the reading face, on at most `QUOTE_LINES` lines; in full in its tooltip."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_passage(self, text: str) -> None:
        """Show `text`, its white space collapsed."""
        self._full = f"“{' '.join(text.split())}”"
        self.setAccessibleName(self._full)
        self.fit()

    def fit(self) -> None:
        """Take on font and width."""
        font = self._ctx.theme.text_font(13.5, italic=True)
        if self.font() != font:
            self.setFont(font)
        metrics = QFontMetrics(font)
        width = max(self.width(), 60)
        room = metrics.lineSpacing() * QUOTE_LINES
        text = self._full
        if _height(metrics, text, width) > room:
            low, high = 1, min(len(text), 2000)
            while low < high:
                middle = (low + high + 1) // 2
                if _height(metrics, _cut(text, middle), width) <= room:
                    low = middle
                else:
                    high = middle - 1
            text = _cut(text, low)
        if text != self.text():
            self.setText(text)
        self.setFixedHeight(min(_height(metrics, text, width), room) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self.text() != self._full:
                QToolTip.showText(event.globalPos(), f"<p>{escape(self._full[:1500])}</p>", self)
            return True
        return super().event(event)


class Valences(ValenceButtons):
    """The three directions in words, or by their glyphs alone where the words have no room."""

    def refresh(self) -> None:
        t, theme = self._ctx.t, self._ctx.theme
        metrics = QFontMetrics(theme.ui_font(12, QFont.Weight.Bold))
        names = (t("Supporting"), t("Inhibiting"), t("Neutral"))
        needed = sum(metrics.horizontalAdvance(f"+ {name}") + 14 for name in names) + 8
        self._words = not self.isVisible() or self.width() >= needed
        super().refresh()

    def tight(self) -> str:
        size = f"font-size: {self._ctx.theme.px(12)}px;"
        return f"QPushButton {{ {size} padding: 3px 5px; }} QPushButton:focus {{ {size} padding: 2px 4px; }}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._ctx.theme.px(100), super().minimumSizeHint().height())


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(0, 0, width, 100_000, Qt.TextFlag.TextWordWrap, text).height()


def _cut(text: str, length: int) -> str:
    return text if length >= len(text) else text[:length].rstrip(" ,;:.–—-") + "…”"
