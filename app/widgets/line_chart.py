"""A curve of a few numbers over steps, with bars of what each step adds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.context import Context


class LineChart(QWidget):
    """Totals as a line, additions as bars beneath it; the steps are numbered as the rows of the table beside it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._totals: list[int] = []
        self._added: list[int] = []
        self.setObjectName("saturation_chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ctx.theme_changed.connect(self.update)

    def show_numbers(self, totals: Sequence[int], added: Sequence[int], spoken: str) -> None:
        """Draw these; `spoken` says them to those who can't see."""
        self._totals, self._added = list(totals), list(added)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._ctx.theme.px(170))

    def points(self) -> list[QPointF]:
        """Where the line runs."""
        area, most = self._area(), max(self._totals, default=0) or 1
        step = area.width() / max(len(self._totals), 1)
        return [
            QPointF(area.left() + step * (i + 0.5), area.bottom() - area.height() * total / most)
            for i, total in enumerate(self._totals)
        ]

    def _area(self) -> QRectF:
        px = self._ctx.theme.px
        return QRectF(self.rect()).adjusted(px(34), px(20), -px(12), -px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._totals:
            return
        theme, area = self._ctx.theme, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.ui_font(11))
        dim = theme.readable(theme.color("dim"), theme.color("panel"))
        most = max(self._totals) or 1
        painter.setPen(theme.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        step = area.width() / len(self._totals)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(theme.color("accent"), 0.30))
        for i, added in enumerate(self._added):
            high = area.height() * added / most
            wide = min(step * 0.5, theme.px(26))
            painter.drawRect(QRectF(area.left() + step * (i + 0.5) - wide / 2, area.bottom() - high, wide, high))
        points = self.points()
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawPolyline(points)
        painter.setBrush(theme.color("accent"))
        every = max(1, round(theme.px(26) / step))
        for i, (point, total) in enumerate(zip(points, self._totals, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(point, 3, 3)
            if i % every and i != len(points) - 1:
                continue
            painter.setPen(dim)
            painter.drawText(
                QRectF(point.x() - 30, point.y() - theme.px(19), 60, theme.px(15)),
                int(Qt.AlignmentFlag.AlignCenter), self._ctx.words.number(total),
            )  # fmt: skip
            painter.drawText(
                QRectF(point.x() - 30, area.bottom() + 3, 60, theme.px(16)),
                int(Qt.AlignmentFlag.AlignCenter), self._ctx.words.number(i + 1),
            )  # fmt: skip
        painter.end()
