"""The framework matrix as a table: what is written in each cell, greyed exemplars where nothing is yet."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QTextOption,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from app.context import Context
from app.icons import pixmap
from app.models.framework_grid import CELL, ROW, SNIPPET, FrameworkModel, Spot
from app.widgets.frozen_table import FrozenHeader, FrozenTable, Index
from app.widgets.matrix_cells import TableDelegate, draw
from coding.analysis.framework_matrix import FrameworkCell
from coding.findings.richtext import to_html

KEPT = 600
"""So many laid out summaries are remembered: what is on the largest screen, some times over."""
NAMES, LEAST, MOST = 140, 180, 320
"""Widths of the column of informants and of the others."""
HEIGHT = 104


class FrameworkDelegate(TableDelegate):
    """Draws an informant, and what is written on each dimension."""

    def __init__(self, ctx: Context, view: FrameworkTable) -> None:
        self._kept: OrderedDict[tuple[str, int, str], QTextDocument] = OrderedDict()
        super().__init__(ctx, view)

    def take_theme(self) -> None:
        super().take_theme()
        self._kept.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        ground = self.ground(painter, option, index)
        if index.column() == 0:
            self._name(painter, option.rect, index, ground)
        else:
            self._cell(painter, option.rect, index.data(CELL), index.data(SNIPPET), ground)
        painter.restore()

    def _name(self, painter: QPainter, rect: QRect, index: Index, ground: QColor) -> None:
        theme, model = self.ctx.theme, self.view.model()
        assert isinstance(model, FrameworkModel)
        draw(painter, self.first_line(rect), index.data(), self.fonts.bold, theme.readable(theme.color("ink"), ground))
        dim = theme.readable(theme.color("dim"), ground)
        place = self.second_line(rect)
        for part in self.fonts.small.lines(model.below(index.data(ROW)), place.width()):
            draw(painter, place, part, self.fonts.small, dim)
            place = place.translated(0, theme.px(16))

    def _cell(self, painter: QPainter, rect: QRect, cell: FrameworkCell, quote: str, ground: QColor) -> None:
        theme, pad = self.ctx.theme, self.sizes.pad
        dim = theme.readable(theme.color("dim"), ground)
        inner = rect.adjusted(pad, theme.px(7), -pad, -theme.px(6))
        foot = QRect(inner.left(), inner.bottom() - theme.px(15), inner.width(), theme.px(16))
        body = QRect(inner.left(), inner.top(), inner.width(), inner.height() - theme.px(18))
        written = cell.summary.text if cell.summary is not None else ""
        if written:
            self._rich(painter, body, to_html(written), theme.readable(theme.color("ink"), ground))
        elif quote:
            self._rich(painter, body, f"<i>{_escaped(quote)}</i>", dim)
        if not cell.passages:
            if not written:
                draw(painter, self.first_line(rect), "–", self.fonts.plain, dim)
            return
        count = self.ctx.n("{count} passage", "{count} passages", count=cell.passages)
        color = dim if written else theme.readable(theme.color("accent"), ground)
        draw(painter, foot, count, self.fonts.small, color)
        if cell.summary is not None and cell.summary.stale:
            size = theme.px(13)
            picture = pixmap(
                "pencil", theme.readable(theme.color("warning"), ground), size, self.view.devicePixelRatioF()
            )
            painter.drawPixmap(QPointF(foot.right() - size, foot.center().y() - size / 2 + 0.5), picture)
            words = self.fonts.small_bold
            said = self.ctx.t("evidence changed")
            room = foot.width() - self.fonts.small.width(count) - size - theme.px(16)
            if words.width(said) <= room:
                left = foot.right() - size - theme.px(4) - words.width(said)
                warn = theme.readable(theme.color("warning"), ground)
                draw(painter, QRect(left, foot.top(), words.width(said) + 2, foot.height()), said, words, warn)

    def _rich(self, painter: QPainter, place: QRect, html: str, ink: QColor) -> None:
        key = (html, place.width(), ink.name())
        document = self._kept.get(key)
        if document is None:
            document = QTextDocument()
            document.setDefaultFont(self.fonts.small.font)
            document.setDocumentMargin(0)
            wraps = QTextOption()
            wraps.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            document.setDefaultTextOption(wraps)
            document.setIndentWidth(self.ctx.theme.px(14))
            document.setDefaultStyleSheet("p, ul, ol { margin: 0; }")
            # no cell has room for more
            document.setHtml(html)
            document.setTextWidth(place.width())
            self._kept[key] = document
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.save()
        # no line is cut in half
        line = self.fonts.small.height
        whole = QRect(place.left(), place.top(), place.width(), place.height() // line * line)
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.translate(place.topLeft())
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, ink)
        context.palette = palette  # type: ignore[attr-defined]
        document.documentLayout().draw(painter, context)
        painter.restore()


class FrameworkTable(FrozenTable):
    """Arrows move, Enter writes, Ctrl+Enter or a click on a cell opens its passages.

    `cell_opened` carries row, column and whether by the keyboard; `writing_asked` row and column; `current_moved` says
    that another cell is the current one.
    """

    cell_opened = Signal(int, int, bool)
    writing_asked = Signal(int, int)
    current_moved = Signal(int, int)
    head_opened = Signal(int)
    copy_requested = Signal()

    def __init__(self, ctx: Context, model: FrameworkModel, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.rows = model
        self.setObjectName("framework_table")
        header = FrameworkHeader(ctx, self)
        self.setHorizontalHeader(header)
        header.head_clicked.connect(self.head_opened)
        self.setModel(model)
        self.look = FrameworkDelegate(ctx, self)
        self.setItemDelegate(self.look)
        self.clicked.connect(lambda index: self.cell_opened.emit(index.row(), index.column(), False))
        self.doubleClicked.connect(lambda index: self.writing_asked.emit(index.row(), index.column()))
        model.modelReset.connect(self.fit)

    # the column of informants alone stays

    def frozen(self) -> dict[int, int]:
        return {0: 0} if self.horizontalHeader().count() > 1 and self.overflows else {}

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        # the table it is made of knows two frozen columns
        QTableView.scrollTo(self, index, hint)
        frozen = self.frozen()
        if not frozen:
            return
        if index.column() == 0:
            bar.setValue(before)
            return
        left = self.columnViewportPosition(index.column())
        if left < self.columnWidth(0):
            bar.setValue(bar.value() + left - self.columnWidth(0))

    def paint_edges(self, painter: QPainter, height: int) -> None:
        bar = self.horizontalScrollBar()
        if bar.value() > bar.minimum():
            painter.fillRect(self.columnWidth(0) - 1, 0, 1, height, self._ctx.theme.color("border"))

    def fit(self) -> None:
        """Give every column and row the room it needs."""
        count, px = self.rows.columnCount(), self._ctx.theme.px
        if not count:
            return
        self.setColumnWidth(0, px(NAMES))
        wide = (self.viewport().width() - px(NAMES)) // max(count - 1, 1)
        for column in range(1, count):
            self.setColumnWidth(column, min(max(wide, px(LEAST)), px(MOST)))
        self.verticalHeader().setDefaultSectionSize(px(HEIGHT))

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.look.take_theme()
        self.fit()
        self.viewport().update()

    def spot(self) -> Spot | None:
        """The current cell."""
        index = self.currentIndex()
        return self.rows.spot(index.row(), index.column()) if index.isValid() else None

    def go_to_spot(self, spot: Spot | None) -> None:
        """Make a cell the current one again, or none if it is gone."""
        place = self.rows.find(spot) if spot is not None else None
        self.setCurrentIndex(self.rows.index(*place) if place is not None else QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif enter and index.isValid() and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.cell_opened.emit(index.row(), index.column(), True)
        elif (enter or event.key() == Qt.Key.Key_F2) and index.isValid():
            self.writing_asked.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.current_moved.emit(current.row(), current.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.columnCount() > 1:
            self.setCurrentIndex(self.rows.index(0, 1))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class FrameworkHeader(FrozenHeader):
    """Names of dimensions in up to two lines."""

    def __init__(self, ctx: Context, table: FrameworkTable) -> None:
        super().__init__(table)
        self._ctx, self._view = ctx, table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._ctx.theme.px(44))

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, look = self._ctx.theme, self._view.look
        if column > len(self._view.rows.columns):
            return
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        place = rect.adjusted(look.sizes.pad, 2, -look.sizes.pad, -3)
        if column:
            size = theme.px(8)
            painter.fillRect(
                QRect(place.left(), place.center().y() - size // 2 + 1, size, size),
                theme.code_color(self._view.rows.columns[column - 1].color),
            )
            place.setLeft(place.left() + size + theme.px(6))
        face = look.fonts.small_bold
        lines = face.lines(self._view.rows.column_name(column), place.width())
        top, high = place.center().y() - theme.px(8) * len(lines), theme.px(16)
        for number, text in enumerate(lines):
            draw(painter, QRect(place.left(), top + number * high, place.width(), high), text, face, theme.color("dim"))
        painter.restore()


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)
