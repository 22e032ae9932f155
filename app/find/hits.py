"""Hits as lines in their context: words before, what was found, words after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.context import Context
from app.models.row_lists import NOWHERE, ROW
from app.widgets.painting import BOLD, RIGHT, width_of, write
from app.widgets.row_view import Index, RowDelegate, RowView
from coding.search.find import Hit

CHECK = 30
"""Pixels at the left that choose a line when clicked."""
RIM = 190
"""Pixels at the right for who says it and where."""

HitKey = tuple[str, int, int]


def key_of(hit: Hit) -> HitKey:
    """What tells the hit from all others."""
    return hit.source_guid, hit.start, hit.end


class HitsModel(QAbstractListModel):
    """Hits in the order shown; each can be chosen. `chosen_changed` after any change of that."""

    chosen_changed = Signal()

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.hits: list[Hit] = []
        self._left_out: set[HitKey] = set()

    def set_hits(self, hits: Sequence[Hit], *, keep: bool = False) -> None:
        """Show these; all are chosen, but with `keep` those that were left out before."""
        self.beginResetModel()
        self.hits = list(hits)
        if not keep:
            self._left_out.clear()
        self.endResetModel()
        self.chosen_changed.emit()

    def is_chosen(self, row: int) -> bool:
        """Whether the hit at `row` is to be tagged."""
        return key_of(self.hits[row]) not in self._left_out

    def chosen(self) -> list[Hit]:
        """The hits to be tagged."""
        return [hit for hit in self.hits if key_of(hit) not in self._left_out]

    def choose(self, rows: Iterable[int], chosen: bool | None = None) -> None:
        """Choose these rows, or leave them out; None turns each round."""
        for row in rows:
            key = key_of(self.hits[row])
            leave = self.is_chosen(row) if chosen is None else not chosen
            (self._left_out.add if leave else self._left_out.discard)(key)
            self.dataChanged.emit(self.index(row), self.index(row))
        self.chosen_changed.emit()

    def choose_all(self, chosen: bool) -> None:
        """Choose all, or none."""
        self._left_out = set() if chosen else {key_of(hit) for hit in self.hits}
        if self.hits:
            self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
        self.chosen_changed.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == ROW:
            return hit
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_chosen(index.row()) else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = " ".join(f"{hit.before}{hit.text}{hit.after}".split())
            return f"{hit.speaker}, {hit.source}: {line}" if hit.speaker else f"{hit.source}: {line}"
        return None


class HitsView(RowView):
    """The lines. Space or a click at the left edge chooses one or leaves it out."""

    def __init__(self, ctx: Context, model: HitsModel) -> None:
        super().__init__()
        self._ctx, self._hits = ctx, model
        self.setObjectName("hits")
        self.setModel(model)
        self.setItemDelegate(HitDelegate(ctx, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(RowView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = [index.row() for index in self.selectedIndexes()]
        if event.key() == Qt.Key.Key_Space and rows:
            self._hits.choose(rows, not self._hits.is_chosen(rows[0]))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self._ctx.theme.px(CHECK):
            self._hits.choose([index.row()])
            self.setCurrentIndex(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().x() < self._ctx.theme.px(CHECK):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)


class HitDelegate(RowDelegate):
    """One line: chosen or not, the hit in the middle of its context, who and where."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._ctx.theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._ground(painter, option, index)
        hit: Hit = index.data(ROW)
        theme, px = self._ctx.theme, self._ctx.theme.px
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        ink = theme.color("ink")
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        tick = QRectF(box.left() + px(10), box.top(), px(18), box.height())
        write(painter, tick, "✓" if chosen else "–", theme.ui_font(13, BOLD), theme.color("accent") if chosen else dim)
        rim = QRectF(box.right() - px(RIM), box.top(), px(RIM) - px(12), box.height())
        who = " · ".join(part for part in (hit.speaker, hit.source) if part)
        write(painter, rim, who, theme.ui_font(11.5), dim)
        line = QRectF(box.left() + px(CHECK), box.top(), rim.left() - px(12) - box.left() - px(CHECK), box.height())
        plain, bold = theme.text_font(13), theme.text_font(13)
        bold.setWeight(BOLD)
        found = " ".join(hit.text.split())
        half = line.width() / 2
        width = min(width_of(found, bold), line.width() * 0.6)
        start = line.left() + half - width / 2
        before = _flat(hit.before)
        left = QRectF(line.left(), line.top(), start - line.left(), line.height())
        metrics = QFontMetricsF(plain)
        fitting = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, left.width())
        write(painter, left, fitting, plain, dim, RIGHT)
        write(painter, QRectF(start, line.top(), width + 1, line.height()), found, bold, ink)
        after = QRectF(start + width, line.top(), line.right() - start - width, line.height())
        write(painter, after, _flat(hit.after), plain, dim)
        painter.restore()


def _flat(text: str) -> str:
    """On one line; a blank at an end stays, so that words keep apart."""
    return " ".join(text.split()).join((" " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""))
