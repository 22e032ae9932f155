"""What all trees of codes paint alike: the rounded ground of a line, chosen, under the mouse, or with the focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.context import Context

Index = QModelIndex | QPersistentModelIndex


class CodeLineDelegate(QStyledItemDelegate):
    """The base of delegates that draw codes."""

    def __init__(self, ctx: Context, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._ctx, self._view = ctx, view

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF) -> None:
        """Paint what lies behind a line, in `box`."""
        theme, state = self._ctx.theme, option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 5, 5)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
