"""A quiet list, and what its items have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.context import Context
from app.widgets.painting import ground

Index = QModelIndex | QPersistentModelIndex
SIDE = 14
"""Pixels left and right of what stands in a panel."""


class RowView(QListView):
    """A quiet list. Enter and double click ask to go to what is chosen; the menu key and right click for its menu."""

    entered = Signal()
    menu_asked = Signal(QContextMenuEvent)

    def __init__(self, *, enter_goes: bool = True) -> None:
        """With `enter_goes` Enter is taken here; else the window around it has it."""
        super().__init__()
        self._enter_goes = enter_goes
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setStyleSheet("QListView { background: transparent; }")
        self.doubleClicked.connect(lambda _: self.entered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._enter_goes:
                event.ignore()
            elif self.currentIndex().isValid():
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)


class RowDelegate(QStyledItemDelegate):
    """Draws items in the theme at hand."""

    def __init__(self, ctx: Context, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._ctx = ctx
        self._view = view

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state  # type: ignore[attr-defined]
        ground(
            painter,
            QRectF(option.rect),  # type: ignore[attr-defined]
            self._ctx.theme,
            chosen=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=self._view.hasFocus() and index == self._view.currentIndex(),
        )
