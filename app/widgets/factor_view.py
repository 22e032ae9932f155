"""The factor summary on screen: as a table, and as bars to both sides."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.factor_model import FACTOR, FINDING, SIDE, SIDES, SNIPPET, FactorModel, Key, has_evidence
from app.widgets.frozen_table import FrozenHeader, FrozenTable, Index
from app.widgets.matrix_cells import TableDelegate, draw
from coding.analysis.judging import Finding
from coding.analysis.results import FactorRow, Side
from coding.analysis.wording import GLYPHS

SUPPORTING, INHIBITING, NEUTRAL = 1, 2, 3
"""Columns of the model."""


class FactorDelegate(TableDelegate):
    """Draws a factor, and each side of it: number, what it is made of, who, exemplar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        ground = self.ground(painter, option, index)
        row: FactorRow = index.data(FACTOR)
        side: Side | None = index.data(SIDE)
        if side is None:
            self.label(painter, option.rect, row, index.data(), ground)
        else:
            self.side(painter, option.rect, side, index, ground)
        painter.restore()

    def label(self, painter: QPainter, rect: QRect, row: FactorRow, text: str, ground: QColor) -> None:
        """The factor, what it belongs to, and whether it is contested."""
        theme, place = self.ctx.theme, self.first_line(rect)
        quiet = not has_evidence(row)
        ink = theme.readable(theme.color("dim" if quiet else "ink"), ground)
        draw(painter, place, text, self.fonts.plain if quiet else self.fonts.bold, ink)
        if quiet:
            return
        dim = theme.readable(theme.color("dim"), ground)
        if below := self.below(row):
            draw(painter, self.second_line(rect), below, self.fonts.small, dim)
        if row.contested:
            chip = self.third_line(rect) if below else self.second_line(rect)
            self.draw_chip(painter, chip.left(), chip.adjusted(0, 1, 0, -3), self.contested(), "mixed")

    def below(self, row: FactorRow) -> str:
        """What stands small under the factor."""
        model = self.view.model()
        assert isinstance(model, FactorModel)
        return model.below(row)

    def contested(self) -> str:
        """The word for a factor that supports and inhibits."""
        return f"{GLYPHS['mixed']} {self.ctx.t('contested')}"

    def third_line(self, rect: QRect) -> QRect:
        """The third line of text of a cell."""
        return self.second_line(rect).translated(0, self.ctx.theme.px(19))

    def side(
        self,
        painter: QPainter,
        rect: QRect,
        side: Side,
        index: Index,
        ground: QColor,
    ) -> None:
        """One direction of a factor."""
        theme, place = self.ctx.theme, self.first_line(rect)
        dim = theme.readable(theme.color("dim"), ground)
        if not side.segments:
            draw(painter, place, GLYPHS["silent"], self.fonts.plain, dim)
            return
        stance = SIDES[index.column() - 1]
        end = self.draw_count(painter, place, stance, self.ctx.words.number(side.passages), ground)
        if index.column() == NEUTRAL:
            return
        rest = QRect(end + theme.px(8), place.top(), place.right() - end - theme.px(8), place.height())
        draw(painter, rest, self.made_of(side), self.fonts.small, dim)
        draw(painter, self.second_line(rect), ", ".join(side.who), self.fonts.small, dim)
        written: Finding | None = index.data(FINDING)
        if written is None:
            draw(painter, self.third_line(rect), index.data(SNIPPET), self.fonts.quote, dim)
            return
        # the analyst's own sentence stands before anybody's quotation
        self.mark_written(painter, rect, ground, stale=written.stale)
        ink = theme.readable(theme.color("ink"), ground)
        draw(painter, self.third_line(rect), " ".join(written.text.split()), self.fonts.small, ink)

    def made_of(self, side: Side) -> str:
        """From how many segments and informants the number comes."""
        n = self.ctx.n
        parts = [n("{count} segment", "{count} segments", count=side.segments)]
        if side.informants:
            parts.append(n("{count} informant", "{count} informants", count=side.informants))
        return " · ".join(parts)

    def height(self, row: FactorRow) -> int:
        """How tall the row of a factor is: those without evidence are low."""
        px = self.ctx.theme.px
        if row.supporting.segments or row.inhibiting.segments:
            return px(74)
        return px(54) if has_evidence(row) and self.below(row) else px(34)


class BarDelegate(FactorDelegate):
    """Draws the sides of factors as bars that meet in the middle, as long as they have passages."""

    def __init__(self, ctx: Context, view: FactorTable) -> None:
        super().__init__(ctx, view)
        self.table = view

    def label(self, painter: QPainter, rect: QRect, row: FactorRow, text: str, ground: QColor) -> None:
        theme = self.ctx.theme
        ink = theme.readable(theme.color("ink"), ground)
        place = rect.adjusted(self.sizes.pad, 0, -self.sizes.pad, 0)
        if row.contested:
            mark = theme.readable(theme.color("mixed"), ground)
            wide = self.fonts.glyph.width(GLYPHS["mixed"])
            right = QRect(place.right() - wide, place.top(), wide + 2, place.height())
            draw(painter, right, GLYPHS["mixed"], self.fonts.glyph, mark)
            place.setRight(place.right() - wide - 6)
        draw(painter, place, text, self.fonts.plain, ink)

    def side(
        self,
        painter: QPainter,
        rect: QRect,
        side: Side,
        index: Index,
        ground: QColor,
    ) -> None:
        theme = self.ctx.theme
        inhibits = index.column() == INHIBITING
        stance = "inhibiting" if inhibits else "supporting"
        axis = rect.right() if inhibits else rect.left()
        painter.fillRect(axis, rect.top(), 1, rect.height(), theme.color("border"))
        dim = theme.readable(theme.color("dim"), ground)
        number = f"{GLYPHS[stance]} {self.ctx.words.number(side.passages)}" if side.passages else GLYPHS["silent"]
        wide = self.fonts.bold.width(number) + 2
        room = rect.width() - wide - theme.px(24)
        length = round(room * side.passages / max(self.table.longest, 1))
        tall = theme.px(16)
        top = rect.center().y() - tall / 2
        color = theme.valence_color(stance)
        bar = QRectF(axis - length if inhibits else axis + 1, top, length, tall)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(bar, 2, 2)
        gap = theme.px(8)
        left = round(bar.left()) - gap - wide if inhibits else round(bar.right()) + gap
        ink = theme.readable(color, ground) if side.passages else dim
        draw(painter, QRect(left, rect.top(), wide + 4, rect.height()), number, self.fonts.bold, ink)

    def height(self, row: FactorRow) -> int:
        return self.ctx.theme.px(32)


class FactorTable(FrozenTable):
    """Factors in a table; with `bars` as a diverging bar chart of those that support or inhibit.

    Arrows move, Enter opens. `side_opened` says where and whether by the keyboard; `current_moved` that another cell
    is the current one.
    """

    side_opened = Signal(int, int, bool)
    current_moved = Signal(int, int)
    copy_requested = Signal()
    menu_requested = Signal(int, int, QPoint)

    def __init__(self, ctx: Context, model: FactorModel, *, bars: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.rows, self.bars = model, bars
        self.longest = 1
        self.setObjectName("factor_chart" if bars else "factor_view")
        self.setHorizontalHeader(FactorHeader(ctx, self))
        self.setModel(model)
        self.look = BarDelegate(ctx, self) if bars else FactorDelegate(ctx, self)
        self.setItemDelegate(self.look)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(lambda index: self.side_opened.emit(index.row(), index.column(), False))
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)

    def frozen(self) -> dict[int, int]:
        # three columns of text have room on every screen
        return {}

    def fit(self) -> None:
        """Give every column and row the room it needs."""
        if not self.rows.rows:
            return
        if self.bars:
            self._fit_bars()
        px, room = self._ctx.theme.px, self.viewport().width()
        labels = [self.look.fonts.bold.width(words.in_words(self._ctx, row.label)) for row in self.rows.rows]
        first = min(max([*labels, px(130)]) + 3 * self.look.sizes.pad, px(240))
        last = 0 if self.bars else max(px(76), self.look.fonts.bold.width(self._ctx.t("Neutral")) + px(24))
        half = max((room - first - last) // 2, px(150 if self.bars else 190))
        rest = max(room - first - last - half, half)
        for column, wide in enumerate((first, half, rest, last)):
            if column < 3 or not self.bars:
                self.setColumnWidth(column, wide)
        for number, row in enumerate(self.rows.rows):
            self.setRowHeight(number, self.look.height(row))

    def _fit_bars(self) -> None:
        self.longest = max(
            (side.passages for row in self.rows.rows for side in (row.supporting, row.inhibiting)), default=1
        )
        header = self.horizontalHeader()
        self.setColumnHidden(NEUTRAL, True)
        if header.visualIndex(INHIBITING) > header.visualIndex(SUPPORTING):
            header.moveSection(header.visualIndex(INHIBITING), header.visualIndex(SUPPORTING))
        for number, row in enumerate(self.rows.rows):
            self.setRowHidden(number, not (row.supporting.passages or row.inhibiting.passages))

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.look.take_theme()
        self.fit()
        self.viewport().update()

    def place(self) -> tuple[Key, int] | None:
        """The current cell as factor and column; None without one."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        row = self.rows.rows[index.row()]
        return (row.code, row.part), index.column()

    def go_to_place(self, place: tuple[Key, int] | None) -> None:
        """Make the cell at `place` the current one again, or none if it is gone."""
        row = self.rows.find(place[0]) if place is not None else None
        index = self.rows.index(row, place[1]) if place is not None and row is not None else QModelIndex()
        self.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.side_opened.emit(index.row(), index.column(), True)
        else:
            super().keyPressEvent(event)

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

    def _on_menu(self, pos: QPoint) -> None:
        index = self.indexAt(pos)
        index = index if index.isValid() else self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_requested.emit(index.row(), index.column(), self.viewport().mapToGlobal(pos))


class FactorHeader(FrozenHeader):
    """Heads of the factor table; over bars, the heads stand at the middle line with an arrow to their side."""

    def __init__(self, ctx: Context, table: FactorTable) -> None:
        super().__init__(table)
        self._ctx, self._view = ctx, table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._ctx.theme.px(38))

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, look = self._ctx.theme, self._view.look
        panel = theme.color("panel")
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, panel)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        text = str(self._view.rows.headerData(column, Qt.Orientation.Horizontal))
        place = rect.adjusted(look.sizes.pad, 0, -look.sizes.pad, -1)
        color = theme.color("dim")
        if column in (SUPPORTING, INHIBITING):
            stance = SIDES[column - 1]
            color = theme.readable(theme.valence_color(stance), panel)
            text = f"{GLYPHS[stance]} {text}"
            if self._view.bars and column == INHIBITING:
                text = f"{text} ←"
                place.setLeft(place.right() - look.fonts.bold.width(text) - 2)
            elif self._view.bars:
                text = f"→ {text}"
        draw(painter, place, text, look.fonts.bold, color)
        painter.restore()
