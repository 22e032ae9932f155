"""A slim bar beside the text: where in the whole source something is coded, and how densely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPicture, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.transcript.text_area import TextArea
from coding.segments.rows import SegmentRow

if TYPE_CHECKING:
    from app.context import Context

WIDTH = 10
"""Pixels."""
PAUSE = 120
"""Milliseconds after a change until the bar follows: the text comes first."""
STEPS = (0.25, 0.42, 0.58, 0.74, 0.9)
"""Opacity under one, two, three … coded segments."""


def depths(spans: Collection[tuple[int, int]], length: int, rows: int) -> list[int]:
    """How many of `spans` (code points of a text that is `length` long) reach into each of `rows` equal parts."""
    length = max(length, 1)
    starts, ends = sorted(start for start, _ in spans), sorted(end for _, end in spans)
    found = []
    for row in range(rows):
        first, after = -(-row * length // rows), -(-(row + 1) * length // rows)
        begun = bisect_left(starts, after) if row < rows - 1 else len(starts)
        found.append(begun - bisect_right(ends, first))
    return found


class Density(QWidget):
    """The whole source from top to bottom, with a frame around what is seen. `place_asked` hands over a code point."""

    place_asked = Signal(int)

    def __init__(self, area: TextArea, ctx: Context) -> None:
        super().__init__(area)
        self._area = area
        self._ctx = ctx
        self._rows: list[SegmentRow] = []
        self._depths: list[int] | None = None
        self._picture: QPicture | None = None
        self._pictured: object = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self._follow)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        area.verticalScrollBar().valueChanged.connect(self.update)
        self.retranslate()

    def renew(self, rows: list[SegmentRow]) -> None:
        """These segments are coded now; the bar follows a little later."""
        self._rows = rows
        self._later.start()

    def _follow(self) -> None:
        self._depths = None
        self.update()

    def retranslate(self) -> None:
        t = self._ctx.t
        self.setAccessibleName(t("Where the source is coded"))
        self.setToolTip(t("Where the source is coded; a click goes there"))

    def depths(self) -> list[int]:
        """How many segments each row of pixels stands for, from the top."""
        if self._depths is None or len(self._depths) != self.height():
            spans = [(row.start, row.end) for row in self._rows]
            self._depths = depths(spans, len(self._area.source.text), max(self.height(), 1))
            self._picture = None
        return self._depths

    def code_point_at(self, y: float) -> int:
        """The code point for which the height `y` stands."""
        length = len(self._area.source.text)
        return min(max(int(y * length / max(self.height(), 1)), 0), max(length - 1, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._ctx.theme
        painter.drawPicture(0, 0, self._drawn())
        top, bottom = self.seen()
        painter.setPen(QPen(theme.tint(theme.color("dim"), 0.6, "side"), 1))
        painter.drawRect(QRectF(0.5, top + 0.5, self.width() - 1, max(bottom - top - 1, 6)))
        painter.end()

    def _drawn(self) -> QPicture:
        """The bar without the frame; drawn once, since the frame moves with each line that is scrolled."""
        theme, depths = self._ctx.theme, self.depths()
        what = (theme, self.size())
        if self._picture is None or self._pictured != what:
            self._picture, self._pictured = QPicture(), what
            painter = QPainter(self._picture)
            painter.fillRect(self.rect(), theme.color("side"))
            accent = theme.color("accent")
            start, depth = 0, 0
            for y, here in enumerate([*depths, 0]):
                if here != depth:
                    if depth:
                        color = theme.tint(accent, STEPS[min(depth, len(STEPS)) - 1], "side")
                        painter.fillRect(QRectF(2, start, WIDTH - 4, max(y - start, 1)), color)
                    start, depth = y, here
            painter.end()
        return self._picture

    def seen(self) -> tuple[float, float]:
        """Between which heights of the bar the text lies that is seen."""
        area = self._area
        blocks = area.shown.display.blocks
        length = max(len(area.source.text), 1)
        seen = area.seen()
        first = area.top()[0]
        last = area.geometry_.block_at(seen.bottom())
        at = area.shown.display.to_cp(last.position() + last.length() - 1, end=True)
        box = area.document().documentLayout().blockBoundingRect(last)
        if box.bottom() > seen.bottom() and box.height() > 0 and last.blockNumber() < len(blocks):
            # the last paragraph goes on below: as much of it as its height says
            start = blocks[last.blockNumber()].start
            at = start + round((at - start) * (seen.bottom() - box.top()) / box.height())
        scale = self.height() / length
        return first * scale, min(max(at, first), length) * scale

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.place_asked.emit(self._near(event.position().y()))

    def _near(self, y: float) -> int:
        """The start of the segment that is drawn at `y`, or else the place in the text."""
        at = self.code_point_at(y)
        slack = 2 * len(self._area.source.text) // max(self.height(), 1)
        starts = [row.start for row in self._rows]
        nearest = bisect_left(starts, at - slack)
        if nearest < len(starts) and starts[nearest] <= at + slack:
            return starts[nearest]
        return at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.place_asked.emit(self.code_point_at(event.position().y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._area.viewport(), event)
