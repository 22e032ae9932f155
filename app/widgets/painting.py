"""Strokes that lists drawn by hand have in common."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.theme import Theme

BOLD = QFont.Weight.DemiBold
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = MIDDLE,
) -> float:
    """Write `text` on one line in `box`, ending in … where it has no room; returns the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def width_of(text: str, font: QFont) -> float:
    """The width of `text` in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


def ground(painter: QPainter, box: QRectF, theme: Theme, *, chosen: bool, hovered: bool, focused: bool) -> None:
    """What lies behind an item: tinted when chosen or hovered, with an accent at its left when it has the focus."""
    if chosen or hovered:
        painter.fillRect(box, theme.color("accent_soft" if chosen else "hover"))
    if focused:
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent"))


def share_bar(painter: QPainter, box: QRectF, theme: Theme, share: float) -> None:
    """A thin bar of which `share` (0–1) is filled."""
    radius = box.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(box, radius, radius)
    if share > 0:
        filled = QRectF(box)
        filled.setWidth(max(box.width() * min(share, 1.0), box.height()))
        painter.setBrush(theme.tint(theme.color("accent"), 0.75))
        painter.drawRoundedRect(filled, radius, radius)


def badge(painter: QPainter, box: QRectF, theme: Theme, text: str, *, marked: bool = False) -> None:
    """A key as it stands on the keyboard."""
    painter.setPen(QPen(theme.color("accent" if marked else "border"), 1))
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    write(
        painter,
        box,
        text,
        theme.ui_font(10.5),
        theme.color("accent" if marked else "dim"),
        Qt.AlignmentFlag.AlignCenter,
    )


def square(painter: QPainter, x: float, middle: float, theme: Theme, color: int) -> None:
    """The small square in a code's colour, its left edge at `x`."""
    side = theme.px(9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.code_color(color))
    painter.drawRoundedRect(QRectF(x, middle - side / 2, side, side), 2.5, 2.5)
