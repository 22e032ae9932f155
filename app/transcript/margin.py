"""The margin right of the text: a stripe for each coded segment, with its valence, and its code where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.transcript.segment_index import SegmentIndex
from app.transcript.spoken import VALENCE_NAMES
from app.transcript.stripe_choice import StripeChoice
from app.transcript.stripes import LANES, Stripe, Stripes
from app.transcript.text_area import CODE_MIME, TextArea
from app.transcript.tints import Shown
from coding.segments.rows import SegmentRow

if TYPE_CHECKING:
    from app.context import Context

FIRST, WIDE, NARROW, WIDE_LANES = 9.0, 15.0, 8.5, 2
"""Where the first lane begins, how far lanes are apart, and how many have room for a full glyph (pixels)."""
COUNT = 18
"""Pixels for `+n`."""


@dataclass(frozen=True, slots=True)
class _Label:
    stripe: Stripe
    text: str
    box: QRectF


class Margin(QWidget):
    """Stripes of the segments that can be seen. `segment_clicked` names exactly the one that was clicked."""

    segment_clicked = Signal(str)
    segment_hovered = Signal(str)
    code_dropped = Signal(str, str)
    """The segment on whose stripe a code was dropped, and the code."""

    def __init__(self, area: TextArea, ctx: Context) -> None:
        super().__init__(area)
        self._area = area
        self._ctx = ctx
        self._stripes: Stripes | None = None
        self._before: Stripes | None = None
        self.choice = StripeChoice()
        self._drawn: list[tuple[QRectF, Callable[[], SegmentRow]]] = []
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        area.verticalScrollBar().valueChanged.connect(self.on_scrolled)
        self.retranslate()

    def renew(self) -> None:
        """Segments or lines have changed: pack the lanes again at the next painting."""
        self._before, self._stripes = self._stripes or self._before, None
        self.update()

    def choose_stripes(self, choice: StripeChoice) -> None:
        """Draw the stripes of these segments, in these colours, from now on."""
        if choice != self.choice:
            self.choice = choice
            self._stripes = self._before = None
            self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self._ctx.t("Coded segments in the margin"))
        self.update()

    def on_scrolled(self) -> None:
        QToolTip.hideText()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(FIRST + WIDE_LANES * WIDE + (LANES - WIDE_LANES) * NARROW), 100)

    def lanes(self) -> int:
        """How many lanes there is room for beside the count of the others."""
        count = LANES
        while count > WIDE_LANES and self._lane_left(count) + COUNT > self.width():
            count -= 1
        return count

    def stripe_box(self, guid: str) -> QRectF | None:
        """Where the stripe of a segment stands in this widget; None when it is out of sight or beyond the lanes."""
        stripe = self._packed().stripe(guid, self._area.seen())
        return self._box(stripe) if stripe is not None and stripe.lane < self.lanes() else None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, 1, self.height()), self._ctx.theme.color("line"))
        seen = self._packed().seen(self._area.seen())
        lanes = self.lanes()
        stripes = [s for s in seen if s.lane < lanes]
        self._drawn = []
        for stripe in stripes:
            self._paint_stripe(painter, stripe)
        self._paint_more(painter, [s for s in seen if s.lane >= lanes])
        self._paint_labels(painter, seen)
        painter.end()

    def _packed(self) -> Stripes:
        if self._stripes is None and self.choice.selects:
            shown = self._area.shown
            index = SegmentIndex(row for row in shown.index.rows if self.choice.shows(row))
            self._stripes = Stripes(Shown(shown.display, index), self._area.geometry_)
        elif self._stripes is None:
            self._stripes = Stripes(self._area.shown, self._area.geometry_, self._before, self.choice)
            self._before = None
        return self._stripes

    def _paint_stripe(self, painter: QPainter, stripe: Stripe) -> None:
        theme, row = self._ctx.theme, stripe.row
        box = self._box(stripe)
        color = theme.code_color(self.choice.color(row))
        chosen = row.guid in (self._area.shown.selected, self._area.shown.hovered)
        drawn = box.adjusted(-1, -1, 1, 1) if chosen else box
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(drawn, 2, 2)
        if row.guid == self._area.shown.selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("ink"), 1))
            painter.drawRoundedRect(drawn.adjusted(-1, -1, 1, 1), 3, 3)
        size = 7.0 if stripe.lane < WIDE_LANES else 4.0
        left = box.right() + (3.0 if stripe.lane < WIDE_LANES else 1.2)
        top = max(box.top(), 2.0) + 2
        paint_valence(painter, row.valence, theme.valence_color(row.valence), QRectF(left, top, size, size))
        self._drawn.append(
            (QRectF(box.left() - 3, box.top(), self._pitch(stripe.lane), box.height()), partial(_itself, row))
        )

    def _paint_more(self, painter: QPainter, hidden: list[Stripe]) -> None:
        """Beside the lines under more segments than there are lanes, how many are not drawn."""
        if not hidden:
            return
        painter.setFont(self._font(10))
        painter.setPen(self._ctx.theme.color("dim"))
        left = self._lane_left(self.lanes())
        height = QFontMetricsF(self._font(10)).height()
        before: list[Stripe] = []
        free = -1.0
        for top in sorted({s.top for s in hidden} | {self._area.seen().top()}):
            here = [s for s in hidden if s.top <= top < s.bottom]
            y = top - self._area.offset
            if here and here != before and y >= free:
                box = QRectF(left, y, self.width() - left, height)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft, f"+{len(here)}")
                self._drawn.append((box, partial(self._next_of, here)))
                free = y + height
                before = here

    def _next_of(self, hidden: list[Stripe]) -> SegmentRow:
        """After the selected one of `hidden` the next: repeated clicks walk through them."""
        guids = [s.row.guid for s in hidden]
        selected = self._area.shown.selected
        after = guids.index(selected) + 1 if selected in guids else 0
        return hidden[after % len(hidden)].row

    def _paint_labels(self, painter: QPainter, stripes: list[Stripe]) -> None:
        font = self._font(11)
        painter.setFont(font)
        panel = self._ctx.theme.color("panel")
        for label in self._labels(stripes, QFontMetricsF(font)):
            row = label.stripe.row
            painter.setPen(self._ctx.theme.readable(self._ctx.theme.code_color(self.choice.color(row)), panel))
            painter.drawText(label.box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label.text)
            self._drawn.append((label.box, partial(_itself, row)))

    def _labels(self, stripes: list[Stripe], metrics: QFontMetricsF) -> Iterator[_Label]:
        """Labels that fit right of all stripes beside them without touching one another; the selected one first."""
        height = metrics.height()
        selected = self._area.shown.selected
        beside = _Beside([(self._box(s), min(s.lane, LANES)) for s in stripes], self.height())
        placed: list[QRectF] = []
        lanes = self.lanes()
        drawn = [s for s in stripes if s.lane < lanes]
        for stripe in sorted(drawn, key=lambda s: (s.row.guid != selected, s.top, s.lane)):
            box = self._box(stripe)
            top, bottom = max(box.top(), 0.0), min(box.bottom(), float(self.height()))
            # In the middle of the stripe, or else where it begins.
            for y in (max((top + bottom - height) / 2, top - 2), top - 2):
                span = QRectF(0, y, self.width(), height)
                left = self._lane_left(max(beside.lane(y, y + height), WIDE_LANES - 1) + 1) + 3
                room = self.width() - left - 3
                if room < 36 or any(span.intersects(other) for other in placed):
                    continue
                word = self.choice.word(stripe.row, self._ctx.language)
                text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
                placed.append(span)
                yield _Label(stripe, text, QRectF(left, y, room, height))
                break

    def _font(self, size: float) -> QFont:
        return self._ctx.theme.ui_font(size)

    def _lane_left(self, lane: int) -> float:
        wide = min(lane, WIDE_LANES)
        return FIRST + wide * WIDE + (lane - wide) * NARROW

    def _pitch(self, lane: int) -> float:
        return self._lane_left(lane + 1) - self._lane_left(lane)

    def _box(self, stripe: Stripe) -> QRectF:
        width = 5.0 if stripe.lane < WIDE_LANES else 3.0
        top = round(stripe.top) - self._area.offset
        bottom = round(stripe.bottom) + 1 - self._area.offset
        return QRectF(self._lane_left(stripe.lane), top, width, bottom - top)

    # the mouse

    def row_at(self, point: QPointF) -> SegmentRow | None:
        """The segment whose stripe, label or count is at `point`."""
        return next((row() for box, row in self._drawn if box.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            row = self.row_at(event.position())
            self.segment_clicked.emit(row.guid if row else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if row else Qt.CursorShape.ArrowCursor)
        self.segment_hovered.emit(row.guid if row else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(CODE_MIME))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.row_at(event.position())
        self.segment_hovered.emit(row.guid if row else "")
        event.setAccepted(row is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.segment_hovered.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.row_at(event.position())
        self.segment_hovered.emit("")
        if row is None or not event.mimeData().hasFormat(CODE_MIME):
            event.ignore()
            return
        event.acceptProposedAction()
        self.code_dropped.emit(row.guid, bytes(event.mimeData().data(CODE_MIME).data()).decode())

    def leaveEvent(self, event: QEvent) -> None:
        self.segment_hovered.emit("")

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._area.viewport(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(QPointF(event.pos()))
            if row is None:
                QToolTip.hideText()
                event.ignore()
            else:
                QToolTip.showText(event.globalPos(), self.tooltip(row), self)
            return True
        return super().event(event)

    def tooltip(self, row: SegmentRow) -> str:
        """Code, valence and coder as rich text, with the beginning of the memo."""
        ctx = self._ctx
        glyph = {"supporting": "+", "inhibiting": "−", "neutral": "○"}.get(row.valence or "", "·")
        lines = [f"<b>{escape(row.label(ctx.language))}</b>", f"{glyph} {escape(ctx.t(VALENCE_NAMES[row.valence]))}"]
        lines.append(escape(ctx.t("coded by {coder}", coder=row.coder)))
        if row.memo:
            lines.append(f"<i>{escape(row.memo[:160])}{'…' if len(row.memo) > 160 else ''}</i>")
        return "<br>".join(lines)


def paint_valence(painter: QPainter, valence: str | None, color: QColor, box: QRectF) -> None:
    """Draw `+`, `−` or `○` into `box`; nothing for what has no direction."""
    if valence is None:
        return
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = box.center()
    if valence == "neutral":
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
    if valence == "supporting":
        painter.drawLine(QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom()))


def _itself(row: SegmentRow) -> SegmentRow:
    return row


class _Beside:
    """The outermost lane in use at each height, in steps of a few pixels."""

    STEP = 4

    def __init__(self, boxes: list[tuple[QRectF, int]], height: float) -> None:
        self._lanes = [-1] * (int(height) // self.STEP + 2)
        ends = [-1.0] * (LANES + 1)
        for box, lane in sorted(boxes, key=lambda b: b[0].top()):
            # Stripes of one lane follow each other, so that each step is filled once for each lane; what is beyond the
            # last lane counts as one, of which only what reaches further is filled.
            first, last = self._steps(max(box.top(), ends[lane]), box.bottom())
            ends[lane] = max(ends[lane], box.bottom())
            for step in range(first, last):
                self._lanes[step] = max(self._lanes[step], lane)

    def lane(self, top: float, bottom: float) -> int:
        """The outermost lane between two heights; -1 when none is in use."""
        first, last = self._steps(top, bottom)
        return max(self._lanes[first:last], default=-1)

    def _steps(self, top: float, bottom: float) -> tuple[int, int]:
        first = min(max(int(top) // self.STEP, 0), len(self._lanes) - 1)
        return first, min(max(int(bottom) // self.STEP + 1, first), len(self._lanes))
