"""The gutter left of the text: who speaks, when, and numbers of turns and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.transcript.spoken import speakers
from app.transcript.text_area import GAP, GUTTER, TextArea
from coding.transcripts.rows import TurnRow

if TYPE_CHECKING:
    from app.context import Context

SMALL = 10
"""Pixels of numbers and times."""
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\b")


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    full: str
    quiet: bool
    baseline: float
    turn: int
    begins: bool


class Gutter(QWidget):
    """The speaker beside each turn's first line; beside the top line the one who is speaking there.

    At the left, if wanted, the number of the turn or of the line in the stored text (1-based), which stay the same
    however wide the text is; below the name the time that stands in the turn's label.
    """

    def __init__(self, area: TextArea, ctx: Context) -> None:
        super().__init__(area)
        self._area = area
        self._ctx = ctx
        self._known: tuple[tuple[TurnRow, ...], str] | None = None
        self._speakers: tuple[str, ...] = ()
        area.verticalScrollBar().valueChanged.connect(self.update)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self._ctx.t("Speakers"))

    def wanted(self) -> int:
        """The width for the speakers of the present source, within limits, and for the numbers that are shown."""
        theme = self._ctx.theme
        turns = {
            (name, turn.kind == "researcher")
            for name, turn in zip(self.speakers(), self._area.source.turns, strict=True)
        }
        widths = [QFontMetricsF(self._font(quiet)).horizontalAdvance(name) for name, quiet in turns]
        least, most = theme.px(GUTTER[0]), theme.px(GUTTER[1])
        return min(max(round(max(widths, default=0)) + theme.px(GAP) + 8, least), most) + self._numbers_width()

    def speakers(self) -> tuple[str, ...]:
        """Who speaks in each turn of the present source."""
        known = (self._area.source.turns, self._ctx.language)
        if self._known is None or self._known[0] is not known[0] or self._known[1] != known[1]:
            self._known, self._speakers = known, speakers(self._ctx.words, known[0])
        return self._speakers

    def _numbers_width(self) -> int:
        """Pixels at the left for numbers; 0 when none are shown."""
        return sum(self._widths())

    def _widths(self) -> tuple[int, int]:
        """Pixels for line numbers and for turn numbers."""
        area, get = self._area, self._ctx.settings.get
        metrics = QFontMetricsF(self._small())

        def width(wanted: bool, most: int) -> int:
            return round(metrics.horizontalAdvance(str(most))) + 8 if wanted and most else 0

        numbered = get("line_numbers")
        lines = area.source.text.count("\n") + 1 if numbered and area.source.text else 0
        return width(numbered, lines), width(get("turn_numbers"), len(area.source.turns))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, get = self._ctx.theme, self._ctx.settings.get
        for name in self._names():
            painter.setFont(self._font(name.quiet))
            painter.setPen(theme.color("dim") if name.quiet else theme.color("ink"))
            width = painter.fontMetrics().horizontalAdvance(name.text)
            painter.drawText(QPointF(self._right() - width, name.baseline), name.text)
        painter.setFont(self._small())
        painter.setPen(theme.color("dim"))
        for text, right, baseline in self.numbers():
            painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(text), baseline), text)
        if get("time_codes"):
            for text, baseline in self.times():
                width = painter.fontMetrics().horizontalAdvance(text)
                painter.drawText(QPointF(self._right() - width, baseline), text)
        painter.end()

    def names(self) -> list[tuple[str, float]]:
        """The speakers that are shown, each with the height of its baseline in this widget."""
        return [(name.full, name.baseline) for name in self._names()]

    def times(self) -> list[tuple[str, float]]:
        """The times in the labels of the turns that begin in sight, each with the height of its baseline."""
        source, below = self._area.source, QFontMetricsF(self._small()).height()
        found: list[tuple[str, float]] = []
        for name in self._names():
            if name.begins:
                turn = source.turns[name.turn]
                match = _TIME.search(source.text, min(turn.label_start, turn.start), turn.start)
                if match is not None:
                    found.append((match.group(), name.baseline + below))
        return found

    def numbers(self) -> list[tuple[str, float, float]]:
        """The numbers in sight, each with its right edge and baseline: first lines, then turns, as they are wanted."""
        area, seen = self._area, self._area.seen()
        lines, turns = self._widths()
        found: list[tuple[str, float, float]] = []
        if not lines and not turns:
            return found
        blocks, number, counted = area.shown.display.blocks, 0, 0
        for block in area.geometry_.blocks(seen.top(), seen.bottom()):
            shown = blocks[block.blockNumber()]
            first = next(iter(area.geometry_.lines(block, seen.top() - 1, seen.bottom())), None)
            number += area.source.text.count("\n", counted, shown.start)
            counted = shown.start
            if first is None or first.start != block.position():
                continue
            baseline = first.baseline - seen.top()
            if lines:
                found.append((str(number + 1), lines - 4.0, baseline))
            if turns and shown.first and shown.turn is not None:
                found.append((str(shown.turn + 1), lines + turns - 4.0, baseline))
        return found

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
        full = self.speakers()[turn]
        quiet = row.kind == "researcher" or not begins
        room = self._right() - self._numbers_width() - 4
        text = QFontMetricsF(self._font(quiet)).elidedText(full, Qt.TextElideMode.ElideRight, room)
        return _Name(text, full, quiet, baseline, turn, begins)

    def _right(self) -> float:
        return float(self.width() - self._ctx.theme.px(GAP))

    def _font(self, quiet: bool) -> QFont:
        return self._ctx.theme.ui_font(12, QFont.Weight.Normal if quiet else QFont.Weight.DemiBold)

    def _small(self) -> QFont:
        return self._ctx.theme.ui_font(SMALL)

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
