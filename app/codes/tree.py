"""The tree of the code editor: frameworks with their codes, and the open codes; moved with mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView

from app.context import Context
from app.models.code_book import OPEN_CODES, CodeBook
from app.widgets.code_lines import CodeLineDelegate
from app.widgets.painting import BOLD, RIGHT, square, write
from coding.codes.rows import CodeRow, FrameworkRow

Index = QModelIndex | QPersistentModelIndex
NODE = int(Qt.ItemDataRole.UserRole)
CODES_MIME = "application/x-telaah-edited-code"


@dataclass(frozen=True, slots=True)
class Node:
    """What a line of the tree stands for: a code, a framework, or (with neither) all open codes. `theory` says that it
    is inside a framework the study did not make."""

    code: CodeRow | None = None
    framework: FrameworkRow | None = None
    theory: bool = False

    @property
    def key(self) -> str:
        """A code's guid, a framework's key, or `OPEN_CODES`."""
        return self.code.guid if self.code else self.framework.key if self.framework else OPEN_CODES


class TreeModel(QStandardItemModel):
    """`dropped` carries a code's guid, the key of the node it was dropped into, and the place there (-1: last)."""

    dropped = Signal(str, str, int)

    def mimeTypes(self) -> list[str]:
        return [CODES_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        codes = [index.data(NODE).code for index in indexes if index.data(NODE).code is not None]
        if len(codes) == 1:
            data.setData(CODES_MIME, codes[0].guid.encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(CODES_MIME) or not parent.isValid():
            return False
        return parent.data(NODE).key != bytes(data.data(CODES_MIME).data()).decode()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            guid = bytes(data.data(CODES_MIME).data()).decode()
            under = self.itemFromIndex(QModelIndex(parent))  # type: ignore[arg-type]
            here = [under.child(n).data(NODE).key for n in range(under.rowCount())]
            # places are counted without the code itself
            place = row - 1 if guid in here and 0 <= here.index(guid) < row else row
            self.dropped.emit(guid, parent.data(NODE).key, place)
        return False  # the view must not take anything out; it is filled again once the code has moved


class CodeEditTree(QTreeView):
    """`chosen` comes when another line became the current one, `selected` when the selection has changed."""

    chosen = Signal()
    selected = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.items = TreeModel(self)
        self.setModel(self.items)
        self.setItemDelegate(EditDelegate(ctx, self))
        self.setObjectName("code_editor_tree")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(ctx.theme.px(16))
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setStyleSheet(
            "QTreeView { background: transparent; show-decoration-selected: 0; }"
            "QTreeView::item:selected, QTreeView::item:hover { background: transparent; }"
        )
        self._shape: list[tuple[str, int]] = []
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())

    # content

    def show_book(self, book: CodeBook | None) -> None:
        """Show the codes of `book`; what is chosen, open and in sight stays. Emits nothing."""
        nodes = _nodes(book) if book is not None else []
        shape = [(node.key, depth) for node, depth in nodes]
        with QSignalBlocker(self.selectionModel()):
            if shape == self._shape:
                for (node, _), index in zip(nodes, self._indexes(), strict=True):
                    self._fill(self.items.itemFromIndex(index), node)
            else:
                self._rebuild(nodes)
                self._shape = shape
        self.viewport().update()

    def _rebuild(self, nodes: Sequence[tuple[Node, int]]) -> None:
        kept, chosen = self.keys(), self.current_key()
        closed = {index.data(NODE).key for index in self._indexes() if not self.isExpanded(index)}
        known = {index.data(NODE).key for index in self._indexes()}
        place = self.verticalScrollBar().value()
        self.items.clear()
        path: list[QStandardItem] = [self.items.invisibleRootItem()]
        for node, depth in nodes:
            item = QStandardItem()
            self._fill(item, node)
            del path[depth + 1 :]
            path[depth].appendRow(item)
            path.append(item)
        for index in self._indexes():
            key = index.data(NODE).key
            self.setExpanded(index, key not in closed and (key in known or index.data(NODE).code is not None))
        self.choose(chosen)
        for index in self._indexes():
            if index.data(NODE).key in kept:
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        self.verticalScrollBar().setValue(place)

    def _fill(self, item: QStandardItem, node: Node) -> None:
        language, t = self._ctx.language, self._ctx.t
        named = node.code or node.framework
        name = named.label(language) if named else t("Open codes")
        item.setText(name)
        item.setData(node, NODE)
        count = self._ctx.n("{count} coded segment", "{count} coded segments", count=count_of(node))
        own = t("the study's own") if node.code is not None and node.theory and node.code.own else ""
        item.setData(", ".join(part for part in (name, own, count) if part), Qt.ItemDataRole.AccessibleTextRole)
        item.setDragEnabled(node.code is not None)

    # what is chosen

    def node(self) -> Node | None:
        """The current line."""
        index = self.currentIndex()
        return index.data(NODE) if index.isValid() else None

    def current_key(self) -> str | None:
        node = self.node()
        return node.key if node else None

    def keys(self) -> set[str]:
        return {index.data(NODE).key for index in self.selectionModel().selectedRows()}

    def codes(self) -> list[CodeRow]:
        """The selected codes, from top to bottom."""
        return [i.data(NODE).code for i in self._indexes() if self.selectionModel().isSelected(i) and i.data(NODE).code]

    def choose(self, key: str | None) -> bool:
        """Make the line with this key the only chosen one and bring it into sight; False when there is none."""
        index = self.index_of(key)
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.scrollTo(index)
        return True

    def index_of(self, key: str | None) -> QModelIndex:
        """Where the line with this key is."""
        return next((index for index in self._indexes() if index.data(NODE).key == key), QModelIndex())

    def neighbour(self) -> str | None:
        """The line to go to when the selected ones are gone: the one after, before, or above them."""
        shown, gone = self._indexes(), {*self.keys()}
        inside = [n for n, index in enumerate(shown) if index.data(NODE).key in gone]
        if not inside:
            return None
        last = shown[inside[-1]]
        for index in (last.siblingAtRow(last.row() + 1), last.siblingAtRow(last.row() - 1), last.parent()):
            if index.isValid() and index.data(NODE).key not in gone:
                return str(index.data(NODE).key)
        return None

    def _indexes(self) -> list[QModelIndex]:
        found: list[QModelIndex] = []

        def walk(parent: QModelIndex) -> None:
            for row in range(self.items.rowCount(parent)):
                index = self.items.index(row, 0, parent)
                found.append(index)
                walk(index)

        walk(QModelIndex())
        return found

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        centre = self.visualRect(self.currentIndex()).center()
        self.menu_asked.emit(event.globalPos() if by_mouse else self.viewport().mapToGlobal(centre))


def _nodes(book: CodeBook) -> list[tuple[Node, int]]:
    nodes: list[tuple[Node, int]] = []
    for framework in book.frameworks:
        nodes.append((Node(framework=framework, theory=not framework.own), 0))
        nodes += [(Node(code=c, theory=not framework.own), 1 if c.parent is None else 2) for c in framework.codes]
    nodes.append((Node(), 0))
    nodes += [(Node(code=code), 1 if code.parent is None else 2) for code in book.open_codes]
    return nodes


def count_of(node: Node) -> int:
    """The coded segments on a code and below it, or of a framework."""
    return node.code.segments_below if node.code else node.framework.segments if node.framework else 0


class EditDelegate(CodeLineDelegate):
    """Frameworks stand as headings; codes of the study's own beside a theory bear a ring around their colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        node: Node = index.data(NODE)
        return QSize(100, self._ctx.theme.px(30 if node.code is None else 25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        node: Node = index.data(NODE)
        ctx, theme = self._ctx, self._ctx.theme
        box = QRectF(option.rect).adjusted(0, 0, -10, 0)  # type: ignore[attr-defined]
        self.paint_ground(painter, option, index, box)
        inner = box.adjusted(6, 0, -8, 0)
        x = inner.left()
        if node.code is not None:
            square(painter, x, inner.center().y(), theme, node.code.color)
            if node.theory and node.code.own:
                side = theme.px(9)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("ink"), 1.2))
                painter.drawEllipse(QRectF(x - 3, inner.center().y() - side / 2 - 3, side + 6, side + 6))
            x += theme.px(18)
        strong = node.code is None or node.code.level == "dimension"
        font = theme.ui_font(13, BOLD) if strong else theme.ui_font(13)
        ink, dim = theme.color("ink"), theme.readable(theme.color("dim"), theme.color("accent_soft"))
        count = count_of(node)
        taken = 0.0
        if node.code is not None:
            shown = ctx.words.number(count) if count else "–"
            taken = write(painter, inner, shown, theme.ui_font(13), dim, RIGHT)
        write(painter, QRectF(x, box.top(), inner.right() - taken - 8 - x, box.height()), index.data(), font, ink)
        painter.restore()
