"""A table whose first and last columns stay where they are while the ones between them scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from app.context import Context

Index = QModelIndex | QPersistentModelIndex
BETWEEN = 160
"""Pixels at least between two frozen columns."""


class FrozenTable(QTableView):
    """A table without grid and row heads. Its first and last columns are frozen as soon as there is not room for all;
    the first alone where too little would be left between them.

    They are painted once more over what scrolls beneath them, so that there is one table for keyboard and screen
    reader alike.
    """

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._hovered = QPoint(-1, -1)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(QWidget())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setHorizontalHeader(FrozenHeader(self))
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def head(self) -> FrozenHeader:
        """The header over the columns."""
        header = self.horizontalHeader()
        assert isinstance(header, FrozenHeader)
        return header

    @property
    def overflows(self) -> bool:
        """Whether the columns need more room than there is."""
        return self.horizontalHeader().length() > self.viewport().width()

    def frozen(self) -> dict[int, int]:
        """The columns that stay, each with the x where it stands; none while there is room for all."""
        last = self.horizontalHeader().count() - 1
        if last < 2 or not self.overflows:
            return {}
        right = self.viewport().width() - self.columnWidth(last)
        if right - self.columnWidth(0) < self._ctx.theme.px(BETWEEN):
            return {0: 0}
        return {0: 0, last: right}

    def in_sight(self, rect: QRect, column: int) -> QRect:
        """The part of a cell of the column that neither a frozen column nor the table's edge covers."""
        frozen = self.frozen()
        if column in frozen or not frozen:
            return rect
        right = min((left for at, left in frozen.items() if at), default=self.viewport().width())
        left = self.columnWidth(0)
        return rect.intersected(QRect(left, rect.top(), max(right - left, 0), rect.height()))

    def frozen_at(self, x: int) -> int | None:
        """The frozen column at `x`."""
        return next((c for c, left in self.frozen().items() if left <= x < left + self.columnWidth(c)), None)

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    # where things are

    def indexAt(self, pos: QPoint) -> QModelIndex:
        column = self.frozen_at(pos.x())
        if column is None:
            return super().indexAt(pos)
        row = self.rowAt(pos.y())
        return self.model().index(row, column) if row >= 0 else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        left = self.frozen().get(index.column()) if index.isValid() else None
        if left is None:
            return super().visualRect(index)
        row = index.row()
        return QRect(left, self.rowViewportPosition(row), self.columnWidth(index.column()), self.rowHeight(row))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar, frozen = self.horizontalScrollBar(), self.frozen()
        before = bar.value()
        super().scrollTo(index, hint)
        if not frozen:
            return
        if index.column() in frozen:
            bar.setValue(before)
            return
        left = self.columnViewportPosition(index.column())
        right = left + self.columnWidth(index.column())
        room_from = self.columnWidth(0)
        room_to = min((at for column, at in frozen.items() if column), default=self.viewport().width())
        if right > room_to:
            bar.setValue(bar.value() + right - room_to)
            left -= right - room_to
        if left < room_from:
            bar.setValue(bar.value() + left - room_from)

    # painting

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.MouseMove, QEvent.Type.HoverMove) and isinstance(event, QMouseEvent):
            self._hover(event.position().toPoint())
        elif kind == QEvent.Type.Leave:
            self._hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _hover(self, pos: QPoint) -> None:
        before, self._hovered = self._hovered, pos
        if self.frozen() and self.indexAt(before) != self.indexAt(pos):
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self.frozen()
        if not frozen:
            return
        painter = QPainter(self.viewport())
        first = max(self.rowAt(event.rect().top()), 0)
        last = self.rowAt(event.rect().bottom())
        rows = range(first, (self.model().rowCount() if last < 0 else last + 1))
        hovered = self.indexAt(self._hovered) if self._hovered.x() >= 0 else QModelIndex()
        for column in frozen:
            for row in rows:
                index = self.model().index(row, column)
                self.itemDelegate().paint(painter, self._option(index, index == hovered), index)
        self.paint_edges(painter, self.viewport().height())
        painter.end()

    def _option(self, index: QModelIndex, hovered: bool) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        if hovered:
            option.state |= QStyle.StateFlag.State_MouseOver
        return option

    def paint_edges(self, painter: QPainter, height: int) -> None:
        """Lines at the inner edges of the frozen columns, where something has scrolled beneath them."""
        bar, line = self.horizontalScrollBar(), self._ctx.theme.color("border")
        for column, left in self.frozen().items():
            if column == 0 and bar.value() > bar.minimum():
                painter.fillRect(self.columnWidth(0) - 1, 0, 1, height, line)
            elif column and bar.value() < bar.maximum():
                painter.fillRect(left, 0, 1, height, line)


class FrozenHeader(QHeaderView):
    """The header of a `FrozenTable`: the heads of its frozen columns stay too. `head_clicked` carries the column."""

    head_clicked = Signal(int)

    def __init__(self, table: FrozenTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def column_at(self, pos: QPoint) -> int:
        """The column whose head is at `pos`, -1 for none."""
        frozen = self._table.frozen_at(pos.x())
        return self.logicalIndexAt(pos) if frozen is None else frozen

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self._table.frozen()
        if not frozen:
            return
        painter = QPainter(self.viewport())
        for column, left in frozen.items():
            self.paintSection(painter, QRect(left, 0, self.sectionSize(column), self.height()), column)
        self._table.paint_edges(painter, self.height())
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        column = self.column_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and column >= 0:
            self.head_clicked.emit(column)
