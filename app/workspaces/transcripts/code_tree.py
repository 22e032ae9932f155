"""The tree of codes: number keys, colours, labels, counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView

from app.context import Context
from app.models.codes import CodesModel
from app.models.row_lists import ROW
from app.transcript.text_area import SELECTION_MIME
from app.widgets.code_lines import CodeLineDelegate
from app.widgets.painting import BOLD, RIGHT, badge, square, write
from coding.codes.rows import CodeRow

Index = QModelIndex | QPersistentModelIndex
KEYPAD = Qt.KeyboardModifier.KeypadModifier
HOVER_PAUSE = 700
"""Milliseconds the mouse rests on a code before its card is asked for."""


class CodeTree(QTreeView):
    """Codes of one framework. It tags nothing itself.

    `code_clicked` comes for a click and for the first half of a double click, which brings `code_double_clicked`;
    `code_entered` comes for Enter, `code_current` when the arrow keys came to a code.
    """

    code_clicked = Signal(str)
    code_double_clicked = Signal(str)
    code_entered = Signal(str)
    code_current = Signal(str)
    code_hovered = Signal(str)
    menu_asked = Signal(str, QPoint)
    key_asked = Signal(int, object)
    """A number key, and the guid of the code it shall stand for from now on (None: the framework's again)."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.codes = CodesModel(ctx, self)
        self.setModel(self.codes)
        self.setItemDelegate(CodeDelegate(ctx, self))
        self.setObjectName("code_tree")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        # the delegate paints what lies behind a line
        self.setStyleSheet("QTreeView, QTreeView::item:hover, QTreeView::item:selected { background: transparent; }")
        self._under = ""
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(HOVER_PAUSE)
        self._hover.timeout.connect(lambda: self.code_hovered.emit(self._under))
        self._by_mouse = False
        self._double = False
        self._keys: dict[int, str] = {}
        self.codes.modelReset.connect(self.expandAll)
        self.clicked.connect(self._on_clicked)
        self.entered.connect(self._on_mouse_over)
        self.selectionModel().currentChanged.connect(self._on_current)

    def code(self) -> CodeRow | None:
        """The chosen code."""
        return self.codes.code(self.currentIndex())

    def show_keys(self, keys: Mapping[int, str]) -> None:
        """Number keys that were given to codes, by their guids, stand beside these instead of the framework's."""
        if self._keys != keys:
            self._keys = dict(keys)
            self.viewport().update()

    def key_of(self, code: CodeRow) -> tuple[str, bool]:
        """The digit that stands beside the code, and whether it was given to it."""
        own = next((number for number, guid in self._keys.items() if guid == code.guid), None)
        if own is not None:
            return str(own), True
        # the digits of an indicator begin with its dimension's, which may be given away
        above = code if code.parent is None else self.codes.code(self.codes.index_of(code.parent))
        lost = above is not None and above.number in self._keys
        return (str(code.number) if code.number <= 9 and not lost else ""), False

    def choose(self, guid: str | None) -> None:
        """Make the code the chosen one and bring it into sight; emits nothing."""
        index, before = self.codes.index_of(guid), self.currentIndex()
        model = self.selectionModel()
        model.blockSignals(True)
        if index.isValid():
            model.setCurrentIndex(index, model.SelectionFlag.ClearAndSelect)
        else:
            model.clear()
        model.blockSignals(False)
        for changed in (before, index):
            if changed.isValid():
                self.update(changed)
        if index.isValid():
            self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        code = self.codes.code(index)
        if code is not None and not self._double:
            self.code_clicked.emit(code.guid)

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        code = self.codes.code(index)
        if code is not None and not self._by_mouse:
            self.code_current.emit(code.guid)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stop_hover()
        self._by_mouse = True
        super().mousePressEvent(event)
        self._by_mouse = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._double = self._by_mouse = True
        super().mouseDoubleClickEvent(event)
        self._by_mouse = False
        code = self.codes.code(self.indexAt(event.position().toPoint()))
        if code is not None and event.button() == Qt.MouseButton.LeftButton:
            self.code_double_clicked.emit(code.guid)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._double = False

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        # without the line that shows where rows would go in between, Qt takes nothing on a row
        takes = event.mimeData().hasFormat(SELECTION_MIME)
        if takes and self.codes.code(self.indexAt(event.position().toPoint())) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        code = self.code()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and code is not None:
            self.code_entered.emit(code.guid)
            return
        number = event.key() - Qt.Key.Key_0
        if event.modifiers() & ~KEYPAD == Qt.KeyboardModifier.AltModifier and 0 <= number <= 9 and code is not None:
            self._give_key(code, number)
            return
        super().keyPressEvent(event)

    def _give_key(self, code: CodeRow, number: int) -> None:
        """Alt+1 … 9 gives the code this key, Alt+0 or the same again takes it back."""
        own = next((key for key, guid in self._keys.items() if guid == code.guid), None)
        if number and number != own:
            self.key_asked.emit(number, code.guid)
        elif own is not None:
            self.key_asked.emit(own, None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        code = self.codes.code(index)
        if code is not None:
            where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_asked.emit(code.guid, where)

    def _on_mouse_over(self, index: QModelIndex) -> None:
        code = self.codes.code(index)
        self._under = code.guid if code else ""
        self._hover.start()

    def _stop_hover(self) -> None:
        self._hover.stop()
        self.code_hovered.emit("")

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._stop_hover()
        return super().viewportEvent(event)

    def relayout(self) -> None:
        """Sizes or words have changed."""
        self.codes.refresh()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class CodeDelegate(CodeLineDelegate):
    """Dimensions stand out; indicators are set in below them."""

    def __init__(self, ctx: Context, tree: CodeTree) -> None:
        super().__init__(ctx, tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(27 if index.data(ROW).parent is None else 24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        code: CodeRow = index.data(ROW)
        ctx, theme = self._ctx, self._ctx.theme
        box = QRectF(option.rect).adjusted(12, 0, -12, 0)  # type: ignore[attr-defined]
        self.paint_ground(painter, option, index, box)
        inner = box.adjusted(6, 0, -8, 0)
        top = code.parent is None
        x = inner.left() if top else inner.left() + theme.px(28)
        side = theme.px(17)
        digit, given = self._tree.key_of(code)
        if digit:
            badge(painter, QRectF(x, box.center().y() - side / 2, side, side), theme, digit, marked=given)
        x += side + theme.px(9)
        if top:
            square(painter, x, box.center().y(), theme, code.color)
            x += theme.px(18)
        bold = code.level == "dimension"
        font = theme.ui_font(13, BOLD) if bold else theme.ui_font(13)
        ink, dim = theme.color("ink"), theme.readable(theme.color("dim"), theme.color("accent_soft"))
        number = ctx.words.number(code.segments_below) if code.segments_below else "–"
        counted = write(painter, inner, number, font, (ink if bold else dim) if code.segments_below else dim, RIGHT)
        write(
            painter,
            QRectF(x, box.top(), inner.right() - counted - 8 - x, box.height()),
            code.label(ctx.language),
            font,
            ink,
        )
        painter.restore()
