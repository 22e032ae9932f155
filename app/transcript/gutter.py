"""The gutter left of the text: who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.transcript.text_area import GAP, GUTTER, TextArea

if TYPE_CHECKING:
    from app.context import Context


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    full: str
    quiet: bool
    baseline: float


class Gutter(QWidget):
    """The speaker beside each turn's first line; beside the top line the one who is speaking there."""

    def __init__(self, area: TextArea, ctx: Context) -> None:
        super().__init__(area)
        self._area = area
        self._ctx = ctx
        area.verticalScrollBar().valueChanged.connect(self.update)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self._ctx.t("Speakers"))

    def wanted(self) -> int:
        """The width for the speakers of the present source, within limits."""
        theme = self._ctx.theme
        turns = {(t.informant or t.label, t.kind == "researcher") for t in self._area.source.turns}
        widths = [QFontMetricsF(self._font(quiet)).horizontalAdvance(name) for name, quiet in turns]
        least, most = theme.px(GUTTER[0]), theme.px(GUTTER[1])
        return min(max(round(max(widths, default=0)) + theme.px(GAP) + 8, least), most)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._ctx.theme
        for name in self._names():
            painter.setFont(self._font(name.quiet))
            painter.setPen(theme.color("dim") if name.quiet else theme.color("ink"))
            width = painter.fontMetrics().horizontalAdvance(name.text)
            painter.drawText(QPointF(self._right() - width, name.baseline), name.text)
        painter.end()

    def names(self) -> list[tuple[str, float]]:
        """The speakers that are shown, each with the height of its baseline in this widget."""
        return [(name.full, name.baseline) for name in self._names()]

    def _names(self) -> list[_Name]:
        area, seen = self._area, self._area.seen()
        blocks = area.shown.display.blocks
        found: list[_Name] = []
        for block in area.geometry_.blocks(seen.top(), seen.bottom()):
            shown = blocks[block.blockNumber()]
            if shown.turn is None or (found and not shown.first):
                continue
            for line in area.geometry_.lines(block, seen.top(), seen.bottom()):
                begins = shown.first and line.start == block.position()
                # A turn that began further up is named beside the uppermost whole line.
                if begins or (not found and line.box.top() >= seen.top()):
                    found.append(self._name(shown.turn, line.baseline - seen.top(), begins))
                    break
        return found

    def _name(self, turn: int, baseline: float, begins: bool) -> _Name:
        row = self._area.source.turns[turn]
        full = row.informant or row.label
        quiet = row.kind == "researcher" or not begins
        text = QFontMetricsF(self._font(quiet)).elidedText(full, Qt.TextElideMode.ElideRight, self._right() - 4)
        return _Name(text, full, quiet, baseline)

    def _right(self) -> float:
        return float(self.width() - self._ctx.theme.px(GAP))

    def _font(self, quiet: bool) -> QFont:
        return self._ctx.theme.ui_font(12, QFont.Weight.Normal if quiet else QFont.Weight.DemiBold)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._area.viewport(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            height = QFontMetricsF(self._font(False)).height()
            for name in self._names():
                box = QRectF(0, name.baseline - height, self.width(), height * 1.3)
                if name.text != name.full and box.contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), name.full, self)
                    return True
            QToolTip.hideText()
            event.ignore()
            return True
        return super().event(event)
