"""The tree at the left of the codebook: numbers, colours, labels with the hits of a search marked, counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView

from app.codebook.reading import counted
from app.context import Context
from app.widgets.code_lines import CodeLineDelegate
from app.widgets.painting import BOLD, RIGHT, square, width_of, write

if TYPE_CHECKING:
    from coding.codes.codebook import Codebook, Entry

Index = QModelIndex | QPersistentModelIndex
ENTRY = int(Qt.ItemDataRole.UserRole)
COUNT = ENTRY + 1
FOUND = ENTRY + 2
"""Whether the code itself is a hit, and not only shown for the sake of an indicator."""


class EntryTree(QTreeView):
    """`chosen` carries the guid of the code that was come to; `entered` that of the one where Enter was pressed."""

    chosen = Signal(str)
    entered = Signal(str)
    left_upwards = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.words: tuple[str, ...] = ()
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(EntryDelegate(ctx, self))
        self.setObjectName("codebook_tree")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTreeView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_book(self, book: Codebook | None, found: Collection[str], query: str = "") -> None:
        """Show the codes whose guids are in `found`, with the dimensions they stand under; emits nothing."""
        kept = self.guid()
        self.words = tuple(query.split())
        self.selectionModel().blockSignals(True)
        self._items.clear()
        if book is not None:
            self._fill(book, found)
        self.expandAll()
        self.selectionModel().blockSignals(False)
        self.choose(kept)

    def _fill(self, book: Codebook, found: Collection[str]) -> None:
        top: QStandardItem | None = None
        for entry in book.entries:
            if entry.parent is None:
                top = self._item(book, entry, entry.guid in found)
                if entry.guid in found or any(e.guid in found for e in book.entries if e.parent == entry.guid):
                    self._items.appendRow(top)
            elif top is not None and entry.guid in found:
                top.appendRow(self._item(book, entry, found=True))

    def _item(self, book: Codebook, entry: Entry, found: bool) -> QStandardItem:
        count, label = counted(book, entry), f"{entry.number} {entry.label(self._ctx.language)}"
        segments = self._ctx.n("{count} coded segment", "{count} coded segments", count=count)
        item = QStandardItem(label)
        item.setData(entry, ENTRY)
        item.setData(count, COUNT)
        item.setData(found, FOUND)
        item.setData(f"{label}, {segments}", Qt.ItemDataRole.AccessibleTextRole)
        return item

    def guids(self) -> list[str]:
        """The codes that are shown, from top to bottom."""
        return [index.data(ENTRY).guid for index in self._indexes()]

    def guid(self) -> str | None:
        """The chosen code."""
        index = self.currentIndex()
        return index.data(ENTRY).guid if index.isValid() else None

    def choose(self, guid: str | None) -> None:
        """Make the code the chosen one and bring it into sight; emits nothing."""
        index = next((index for index in self._indexes() if index.data(ENTRY).guid == guid), QModelIndex())
        model = self.selectionModel()
        model.blockSignals(True)
        if index.isValid():
            model.setCurrentIndex(index, model.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        else:
            model.clear()
        model.blockSignals(False)
        self.viewport().update()

    def _indexes(self) -> list[QModelIndex]:
        found = []
        for row in range(self._items.rowCount()):
            top = self._items.index(row, 0)
            found.append(top)
            found += [self._items.index(number, 0, top) for number in range(self._items.rowCount(top))]
        return found

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ENTRY).guid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.entered.emit(index.data(ENTRY).guid)
            return
        if event.key() == Qt.Key.Key_Up and not self.indexAbove(index).isValid():
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)


class EntryDelegate(CodeLineDelegate):
    """Dimensions stand out; indicators are set in below them."""

    def __init__(self, ctx: Context, tree: EntryTree) -> None:
        super().__init__(ctx, tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(28 if index.data(ENTRY).parent is None else 25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry: Entry = index.data(ENTRY)
        ctx, theme, top = self._ctx, self._ctx.theme, entry.parent is None
        box = QRectF(option.rect).adjusted(10, 0, -10, 0)  # type: ignore[attr-defined]
        self.paint_ground(painter, option, index, box)
        x = box.left() + 8
        if top:
            square(painter, x, box.center().y(), theme, entry.color)
        x += theme.px(18)
        font = theme.ui_font(13, BOLD) if top else theme.ui_font(13)
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        ink = theme.color("ink") if index.data(FOUND) else dim
        number = QRectF(x, box.top(), theme.px(34), box.height())
        write(painter, number, entry.number, theme.ui_font(12), dim)
        x += theme.px(20 if top else 32)
        count = index.data(COUNT)
        inner = box.adjusted(0, 0, -8, 0)
        shown = ctx.words.number(count) if count else "–"
        taken = write(painter, inner, shown, font if count else theme.ui_font(13), ink if count and top else dim, RIGHT)
        room = QRectF(x, box.top(), inner.right() - taken - 8 - x, box.height())
        label = entry.label(ctx.language)
        self._mark(painter, room, label, font)
        write(painter, room, label, font, ink)
        painter.restore()

    def _mark(self, painter: QPainter, room: QRectF, label: str, font: QFont) -> None:
        theme, folded = self._ctx.theme, label.casefold()
        if len(folded) != len(label):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(theme.color("warning"), 0.35))
        for word in self._tree.words:
            at = folded.find(word.casefold())
            if at >= 0:
                left = room.left() + width_of(label[:at], font)
                width = min(width_of(label[at : at + len(word)], font), room.right() - left)
                if width > 0:
                    painter.drawRoundedRect(QRectF(left - 1, room.center().y() - 9, width + 2, 18), 3, 3)
