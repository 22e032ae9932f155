"""The triangulation matrix on screen: rows that expand, cells that open, heads and status that stay in sight."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.icons import pixmap
from app.models.matrix_model import Key, MatrixModel
from app.widgets.frozen_table import FrozenHeader, FrozenTable, Index
from app.widgets.matrix_cells import MatrixDelegate, draw


class MatrixView(FrozenTable):
    """Arrows move between cells, Enter opens one, Space splits one into its voices; in the first column Right and Left
    expand and collapse. With Alt they move the column (`column_moved`: which, from 0, and by how many places).

    `cell_opened` says where, when a cell was clicked or Enter pressed in it, and whether by the keyboard;
    `voice_opened` that a voice of a split cell was clicked; `current_moved` that another cell is the current one;
    `head_opened` that a column's head was clicked.
    """

    cell_opened = Signal(int, int, bool)
    voice_opened = Signal(int, int, str)
    current_moved = Signal(int, int)
    head_opened = Signal(int)
    copy_requested = Signal()
    menu_requested = Signal(int, int, QPoint)
    column_moved = Signal(int, int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.setObjectName("matrix_view")
        self.rows = MatrixModel(ctx, self)
        self._toggled = False
        self._pressed = QPoint()
        self.setHorizontalHeader(MatrixHeader(ctx, self))
        self.setModel(self.rows)
        self.look = MatrixDelegate(ctx, self)
        self.setItemDelegate(self.look)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(self._on_clicked)
        self.head.head_clicked.connect(self._on_head)
        self.rows.shape_changed.connect(self.fit)

    # places that outlast a new count

    def place(self) -> tuple[Key, str | None, int] | None:
        """The current cell as row, name of its column, and which kind of column it is; None without one."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        column = self.rows.column_at(index.column())
        kind = 0 if index.column() == 0 else 2 if column is None else 1
        return self.rows.lines[index.row()].key, column.key if column is not None else None, kind

    def go_to_place(self, place: tuple[Key, str | None, int] | None) -> None:
        """Make the cell at `place` the current one again, or none if it is gone."""
        row = self.rows.find(place[0]) if place is not None else None
        if place is None or row is None:
            self.setCurrentIndex(QModelIndex())
            return
        _, key, kind = place
        keys = [column.key for column in self.rows.columns]
        column = {0: 0, 1: keys.index(key) + 1 if key in keys else 0, 2: self.rows.status_column}[kind]
        self.setCurrentIndex(self.rows.index(row, column))

    def toggle(self, row: int) -> None:
        """Show or hide what stands inside the row at `row`."""
        line = self.rows.lines[row]
        if line.expanded is not None:
            self.rows.set_expanded(row, not line.expanded)

    # sizes

    def fit(self) -> None:
        """Give every column and row the room it needs; what is left goes to the columns between the first and last."""
        if not self.rows.lines:
            return
        look, sizes = self.look, self.look.sizes
        middle = list(range(1, len(self.rows.columns) + 1))
        first, last = look.label_width(self.rows), look.status_width(self.rows)
        px = self._ctx.theme.px
        wanted = [look.cell_width(self.rows, column) for column in middle]
        for column in middle:
            if any(self.rows.quotes(row, column) for row in range(len(self.rows.lines))):
                wanted[column - 1] = max(wanted[column - 1], sizes.quoted)
        spare = self.viewport().width() - last - sum(max(wide, sizes.quoted) for wide in wanted)
        # long labels go on in a second line before the cells lose theirs
        first = min(max(first, px(140)), max(px(180), min(spare, px(280))))
        room = self.viewport().width() - first - last
        if sum(wanted) <= room:
            wanted = _grown(wanted, room, sizes.snippet)
        self._take_widths([first, *wanted, last])
        for row in range(len(self.rows.lines)):
            tall = look.height(self.rows, row)
            if self.rowHeight(row) != tall:
                self.setRowHeight(row, tall)
        header = self.head
        assert isinstance(header, MatrixHeader)
        header.fit()

    def _take_widths(self, widths: list[int]) -> None:
        """Make the columns so wide; the one that stands first between the frozen ones stays the first."""
        bar, before = self.horizontalScrollBar(), [self.columnWidth(column) for column in range(len(widths))]
        if before == widths:
            return
        ends = accumulate(before[1:-1])
        front = next((at for at, end in enumerate(ends, 1) if end > bar.value()), 0) if bar.value() else 0
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        if front:
            self.updateGeometries()
            bar.setValue(sum(widths[1:front]))

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.look.take_theme()
        self.fit()
        self.viewport().update()
        self.head.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.cell_opened.emit(index.row(), index.column(), True)
        elif plain and index.isValid() and index.column() == 0 and key == Qt.Key.Key_Right and self._closed(index):
            self.toggle(index.row())
        elif plain and index.isValid() and index.column() == 0 and key == Qt.Key.Key_Left:
            self._step_out(index)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self.rows.column_at(index.column()) is not None:
                self.column_moved.emit(index.column() - 1, -1 if key == Qt.Key.Key_Left else 1)
        elif plain and key == Qt.Key.Key_Space and index.isValid():
            self._part(index)
        else:
            super().keyPressEvent(event)

    def _part(self, index: Index) -> None:
        """Split a cell into its voices, or put them together again."""
        row, column = index.row(), index.column()
        self.rows.set_parted(row, column, not self.rows.parted_at(row, column))

    def _closed(self, index: QModelIndex) -> bool:
        return self.rows.lines[index.row()].expanded is False

    def _step_out(self, index: QModelIndex) -> None:
        """Collapse the row, or go to the row that it stands inside of."""
        if self.rows.lines[index.row()].expanded:
            self.toggle(index.row())
        else:
            self.setCurrentIndex(self.rows.index(self.rows.parent_row(index.row()), 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._on_chevron(index, event.position().x()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._toggled = True
            self.toggle(index.row())
            return
        if event.button() == Qt.MouseButton.LeftButton and self._on_fold(index):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._toggled = True
            self.setCurrentIndex(index)
            self._part(index)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._toggled:
            # else the release would count as a click on the cell pressed before
            self._toggled = False
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_chevron = self._on_chevron(index, event.position().x())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            # the second press of a quick pair on the chevron is a press of its own
            self.toggle(index.row())
            if on_chevron:
                return
        super().mouseDoubleClickEvent(event)

    def _on_fold(self, index: QModelIndex) -> bool:
        """Whether the mouse was pressed on the sign that splits a cell."""
        if not index.isValid() or not self.rows.parts(index.row(), index.column()):
            return False
        cell, rect = self.rows.cell_at(index.row(), index.column()), self.visualRect(index)
        assert cell is not None
        return self.look.fold(rect, cell).contains(self._pressed)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Open the cell, or the voice of it that was clicked."""
        rect = self.visualRect(index)
        for number, voice in enumerate(self.rows.parted_at(index.row(), index.column())):
            if self.look.voice_line(rect, number).contains(self._pressed):
                self.voice_opened.emit(index.row(), index.column(), voice.voice)
                return
        self.cell_opened.emit(index.row(), index.column(), False)

    def _on_chevron(self, index: QModelIndex, x: float) -> bool:
        if not index.isValid() or index.column() != 0 or self.rows.lines[index.row()].expanded is None:
            return False
        return x - self.visualRect(index).left() < self.look.label_left(self.rows.lines[index.row()]) + 2

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.current_moved.emit(current.row(), current.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_head(self, column: int) -> None:
        if column == 0:
            self.rows.expand_all(not self.rows.all_expanded)
        elif self.rows.column_at(column) is not None:
            self.head_opened.emit(column)

    def _on_menu(self, pos: QPoint) -> None:
        index = self.indexAt(pos)
        if not index.isValid() or not self.viewport().rect().contains(pos):
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_requested.emit(index.row(), index.column(), self.viewport().mapToGlobal(pos))


class MatrixHeader(FrozenHeader):
    """Heads of two lines: what the column is, and small beneath it whom it stands for."""

    def __init__(self, ctx: Context, table: MatrixView) -> None:
        super().__init__(table)
        self._ctx, self._view = ctx, table
        self._tall = 0
        self.setObjectName("matrix_header")

    def fit(self) -> None:
        """Take the height that the heads need."""
        rows = self._view.rows
        look, px = self._view.look, self._ctx.theme.px
        lines = max(
            (len(look.fonts.bold.lines(self._name(c), self._room(c))) for c in range(rows.columnCount())),
            default=1,
        )
        below = any(rows.below_head(column) for column in range(rows.columnCount()))
        tall = px(16) + lines * px(18) + (px(17) if below else 0)
        if tall != self._tall:
            self._tall = tall
            self.setFixedHeight(tall)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._tall or self._ctx.theme.px(48))

    def _name(self, column: int) -> str:
        return str(self._view.rows.headerData(column, Qt.Orientation.Horizontal))

    def _room(self, column: int) -> int:
        return self.sectionSize(column) - self._view.look.sizes.pad - 4

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, look, rows = self._ctx.theme, self._view.look, self._view.rows
        panel = theme.color("panel")
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, panel)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        left, right = rect.left() + look.sizes.pad, rect.right() - 2
        bottom = rect.bottom() - theme.px(7)
        matrix_column = rows.column_at(column)
        dim, ink = theme.color("dim"), theme.color("dim" if matrix_column is None else "ink")
        below = rows.below_head(column)
        if below:
            place = QRect(left, bottom - theme.px(16), right - left, theme.px(16))
            draw(painter, place, below, look.fonts.small, dim)
            bottom -= theme.px(17)
        if column == 0:
            name = "chevron_down" if rows.all_expanded else "chevron_right"
            picture = pixmap(name, dim, theme.px(14), self.devicePixelRatioF())
            painter.drawPixmap(rect.left() + theme.px(2), bottom - theme.px(16), picture)
            left = rect.left() + look.sizes.chevron
        font = look.fonts.plain if matrix_column is not None and matrix_column.key is None else look.fonts.bold
        lines = font.lines(self._name(column), self._room(column))
        for number, text in enumerate(reversed(lines)):
            place = QRect(left, bottom - (number + 1) * theme.px(18), right - left, theme.px(18))
            draw(painter, place, text, font, ink)
        painter.restore()


def _grown(widths: list[int], room: int, enough: int) -> list[int]:
    """`widths` made to fill `room`: first those below `enough` grow towards it, then all alike."""
    grown = list(widths)
    left = room - sum(grown)
    while left > 0 and (small := [i for i, wide in enumerate(grown) if wide < enough]):
        step = max(1, left // len(small))
        for i in small:
            more = min(step, enough - grown[i], left)
            grown[i] += more
            left -= more
    if grown:
        share, rest = divmod(left, len(grown))
        grown = [wide + share + (i < rest) for i, wide in enumerate(grown)]
    return grown
