"""A table of counts on screen: numbers at the right, bars and tints for how much, heads that sort."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from app.context import Context
from app.models.count_grid import CELL, GridCell, GridModel, Index, Key
from app.widgets.frozen_table import FrozenHeader, FrozenTable
from app.widgets.matrix_cells import TableDelegate, Type

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MOST_HEADS = 60
"""So many heads are measured for their widths; a wider table has equal columns."""


class CountDelegate(TableDelegate):
    """Draws a cell of a grid."""

    def __init__(self, ctx: Context, table: CountTable) -> None:
        super().__init__(ctx, table)
        self.table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        ground = self.ground(painter, option, index)
        cell: GridCell = index.data(CELL)
        theme, rect, pad = self.ctx.theme, option.rect, self.sizes.pad
        column = self.table.rows.grid.columns[index.column()]
        if cell.tint and self.table.currentIndex() != index:
            ground = theme.tint(theme.color("accent"), 0.06 + 0.34 * min(cell.tint, 1.0))
            painter.fillRect(rect.adjusted(1, 1, -1, -1), ground)
        quiet = cell.text in ("–", "0", "·")
        ink = theme.readable(theme.color("dim" if quiet and not cell.bold else "ink"), ground)
        place = rect.adjusted(pad + (theme.px(18) if cell.indent else 0), 0, -pad, 0)
        if column.look == "number":
            # a number of which a part is covered would be read as another one
            place = self.table.in_sight(rect, index.column()).adjusted(pad, 0, -pad, 0)
        if cell.color is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.code_color(cell.color))
            size = theme.px(8)
            painter.drawRoundedRect(QRectF(place.left(), place.center().y() - size / 2 + 1, size, size), 2, 2)
            place.setLeft(place.left() + size + theme.px(7))
        if cell.bar is not None:
            place = self._bar(painter, place, cell.bar)
        face = self.fonts.bold if cell.bold else self.fonts.plain
        if cell.below:
            painter.setPen(ink)
            half = rect.height() // 2
            self._text(
                painter, QRect(place.left(), rect.top() + 3, place.width(), half - 1), cell.text, face, column.look
            )
            painter.setPen(theme.readable(theme.color("dim"), ground))
            low = QRect(place.left(), rect.top() + half, place.width(), half - 3)
            self._text(painter, low, cell.below, self.fonts.small, column.look)
        else:
            painter.setPen(ink)
            self._text(painter, place, cell.text, face, column.look)
        painter.restore()

    def _text(self, painter: QPainter, place: QRect, text: str, face: Type, look: str) -> None:
        painter.setFont(face.font)
        if look == "before":
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideLeft, place.width())
            painter.drawText(place, int(RIGHT), shown)
        elif look == "number":
            painter.drawText(place, int(RIGHT), text if face.width(text) <= place.width() + 2 else "…")
        else:
            painter.drawText(place, int(LEFT), face.elided(text, place.width()))

    def _bar(self, painter: QPainter, place: QRect, share: float) -> QRect:
        """A bar at the left of the number; returns what room the number has."""
        theme = self.ctx.theme
        number = theme.px(58)
        room = place.width() - number
        if room < theme.px(24):
            return place
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        tall = theme.px(10)
        painter.drawRoundedRect(QRectF(place.left(), place.center().y() - tall / 2 + 1, room * share, tall), 2, 2)
        return QRect(place.right() - number, place.top(), number + 1, place.height())


class CountTable(FrozenTable):
    """A grid on screen. Arrows move, Enter opens, F8 or a click on a head sorts by the column.

    `cell_opened` carries row, column and whether by the keyboard; `row_moved` asks to move a row by so many places.
    """

    cell_opened = Signal(int, int, bool)
    copy_requested = Signal()
    row_moved = Signal(int, int)
    sorted_anew = Signal()

    def __init__(self, ctx: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.rows = GridModel(self)
        self.setObjectName(name)
        header = CountHeader(ctx, self)
        self.setHorizontalHeader(header)
        self.setModel(self.rows)
        self.look = CountDelegate(ctx, self)
        self.setItemDelegate(self.look)
        header.head_clicked.connect(self.sort_column)
        self.clicked.connect(lambda index: self.cell_opened.emit(index.row(), index.column(), False))
        self.rows.modelReset.connect(self.fit)

    def sort_column(self, column: int) -> None:
        """Sort by a column; the current cell stays the same one."""
        place = self.place()
        self.rows.sort_by(self.rows.grid.columns[column].key)
        self.go_to_place(place)
        self.sorted_anew.emit()

    def place(self) -> tuple[Key, str] | None:
        """The current cell as keys of its row and column."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.rows.key(index.row()), self.rows.grid.columns[index.column()].key

    def go_to_place(self, place: tuple[Key, str] | None) -> None:
        """Make the cell at `place` the current one again, or none if it is gone."""
        row = self.rows.find(place[0]) if place is not None else None
        keys = [column.key for column in self.rows.grid.columns]
        if place is None or row is None or place[1] not in keys:
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.rows.index(row, keys.index(place[1])))

    def fit(self) -> None:
        """Give every column the room it needs, and what is over to the labels."""
        grid, px = self.rows.grid, self._ctx.theme.px
        if not grid.columns:
            return
        fonts, pad = self.look.fonts, self.look.sizes.pad
        labels = [self.rows.cell(row, 0).text for row in range(min(len(self.rows.order), 600))]
        widths = [min(max([fonts.bold.width(text) for text in labels] + [px(130)]) + 4 * pad + px(20), px(280))]
        few, bars = len(grid.columns) <= MOST_HEADS, list[int]()
        for number, column in enumerate(grid.columns[1:], 1):
            head = fonts.small_bold.width(column.text) + 2 * pad + px(12)
            if column.look in ("text", "before"):
                body = [fonts.plain.width(self.rows.cell(row, number).text) for row in range(min(len(labels), 40))]
                widths.append(min(max([head, *(one + 2 * pad + 4 for one in body)]), px(210)))
            elif few and any(self.rows.cell(row, number).bar is not None for row in range(min(len(labels), 1))):
                widths.append(px(230))
                bars.append(number)
            else:
                body = [fonts.bold.width(self.rows.cell(row, number).text) for row in range(min(len(labels), 40))]
                need = max([head, px(66), *(one + 2 * pad + 4 for one in body)]) if few else px(84)
                widths.append(min(need, px(112)))
        over = self.viewport().width() - sum(widths)
        texts = [i for i, column in enumerate(grid.columns) if i and column.look in ("text", "before")] or [0]
        if over > 0:
            for number in texts:
                widths[number] += min(over // len(texts), px(420) if number else px(120))
        # where it is but a little too wide, bars and words give way before anything has to be scrolled
        least = {**{number: px(120) for number in bars}, 0: px(170), **{number: px(110) for number in texts if number}}
        spare = {number: max(widths[number] - least[number], 0) for number in least}
        if over < 0 and (bars or -over <= sum(spare.values())):
            for number, most in spare.items():
                given = min(most, -over)
                widths[number] -= given
                over += given
        for number, wide in enumerate(widths):
            self.setColumnWidth(number, wide)
        tall = any(self.rows.cell(0, c).below for c in range(min(len(widths), 12))) if self.rows.order else False
        self.verticalHeader().setDefaultSectionSize(px(44 if tall else 31))

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.look.take_theme()
        self.fit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.cell_opened.emit(index.row(), index.column(), True)
        elif event.key() == Qt.Key.Key_F8 and index.isValid():
            self.sort_column(index.column())
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and index.isValid():
            self.row_moved.emit(index.row(), -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class CountHeader(FrozenHeader):
    """Heads in up to two lines; the one sorted by has an arrow."""

    def __init__(self, ctx: Context, table: CountTable) -> None:
        super().__init__(table)
        self._ctx, self._view = ctx, table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._ctx.theme.px(44))

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, look, grid = self._ctx.theme, self._view.look, self._view.rows.grid
        if not 0 <= column < len(grid.columns):
            return
        shown = grid.columns[column]
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        order = self._view.rows.sorted_by
        arrow = "" if order is None or order[0] != shown.key or not grid.sortable else " ↓" if order[1] else " ↑"
        seen = self._view.in_sight(rect, column) if shown.look == "number" else rect
        place = seen.adjusted(look.sizes.pad, 2, -look.sizes.pad, -3)
        face = look.fonts.small_bold
        lines = face.lines(shown.text + arrow, place.width())
        aligned = RIGHT if shown.look in ("number", "before") else LEFT
        painter.setPen(theme.color("ink" if arrow else "dim"))
        painter.setFont(face.font)
        high = theme.px(16)
        small = [face.elided(shown.below, place.width())] if shown.below and len(lines) == 1 else []
        top = place.center().y() - high * (len(lines) + len(small)) // 2
        for number, text in enumerate([*lines, *small]):
            if number == len(lines):
                painter.setFont(look.fonts.small.font)
            painter.drawText(QRect(place.left(), top + number * high, place.width(), high), int(aligned), text)
        painter.restore()
