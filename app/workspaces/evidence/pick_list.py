"""A list that drops down, in which several things can be ticked; typing narrows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.icons import pixmap
from app.models.code_book import fold
from app.models.row_lists import ROW, Index, RowList
from app.widgets.painting import RIGHT, square, width_of, write
from app.widgets.row_view import RowDelegate

WIDTH = 340
SHOWN = 11
"""Lines in sight at once."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One line: its key, words, what stands small at the right, a code's colour, and how far it is set in."""

    key: str
    text: str
    detail: str = ""
    color: int | None = None
    indent: int = 0


class _Picks(RowList[Pick]):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ticked: set[str] = set()

    def key_of(self, row: Pick) -> str:
        return row.key

    def text_of(self, row: Pick) -> str:
        return row.text

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == Qt.ItemDataRole.CheckStateRole:
            ticked = self.rows[index.row()].key in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)


class PickList(QFrame):
    """Floats over the window until Esc or a click beside it. `ticked_changed` carries the keys ticked, in order."""

    ticked_changed = Signal(tuple)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget, name: str, picks: Sequence[Pick], ticked: Iterable[str]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("pick_list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "card")
        self.setAccessibleName(name)
        self._ctx, self._picks = ctx, list(picks)
        self.field = QLineEdit()
        self.field.setObjectName("pick_field")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text)
        self.model = _Picks(self)
        self.model.ticked = set(ticked)
        self.view = QListView()
        self.view.setObjectName("pick_view")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_PickDelegate(ctx, self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(name)
        self.view.clicked.connect(lambda index: self.toggle(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        lines = min(max(len(picks), 2), SHOWN)
        self.resize(ctx.theme.px(WIDTH), ctx.theme.px(30) * lines + ctx.theme.px(62))
        self._on_text("")

    def open_below(self, widget: QWidget) -> None:
        """Show it under `widget` and take the keys."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        screen = widget.screen().availableGeometry()
        self.move(min(self.x(), screen.right() - self.width()), min(self.y(), screen.bottom() - self.height()))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def toggle(self, number: int) -> None:
        """Tick the line, or take its tick away."""
        if not 0 <= number < len(self.model.rows):
            return
        key = self.model.rows[number].key
        self.model.ticked ^= {key}
        self.view.setCurrentIndex(self.model.index(number))
        self.model.dataChanged.emit(self.model.index(number), self.model.index(number))
        self.ticked_changed.emit(tuple(pick.key for pick in self._picks if pick.key in self.model.ticked))

    def closeEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().closeEvent(event)  # type: ignore[arg-type]
        self.closed.emit()

    def _on_text(self, text: str) -> None:
        words = fold(text).split()
        self.model.set_rows(
            [pick for pick in self._picks if all(w in fold(f"{pick.text} {pick.detail}") for w in words)]
        )
        self.view.setCurrentIndex(self.model.index(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, at, count = event.key(), self.view.currentIndex().row(), self.model.rowCount()
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (key == Qt.Key.Key_Space and not self.field.text()):
                self.toggle(at)
                return True
            if key in steps and count:
                self.view.setCurrentIndex(self.model.index(min(max(at + steps[Qt.Key(key)], 0), count - 1)))
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True  # there is nowhere else to go in here
        return super().eventFilter(watched, event)


class _PickDelegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        theme, pick, box = self._ctx.theme, index.data(ROW), QRectF(option.rect)  # type: ignore[attr-defined]
        inner = box.adjusted(8, 0, -8, 0)
        side = theme.px(15)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        frame = QRectF(inner.left(), box.center().y() - side / 2, side, side)
        painter.setPen(theme.color("accent" if ticked else "dim"))
        painter.setBrush(theme.color("accent" if ticked else "panel"))
        painter.drawRoundedRect(frame, 3, 3)
        if ticked:
            picture = pixmap("check", theme.color("on_accent"), side - 3, self._view.devicePixelRatioF())
            painter.drawPixmap(frame.topLeft() + QPointF(1.5, 1.5), picture)
        left = side + 8 + pick.indent * theme.px(16)
        if pick.color is not None:
            square(painter, inner.left() + left, box.center().y(), theme, pick.color)
            left += theme.px(16)
        small, dim = theme.ui_font(11.5), theme.readable(theme.color("dim"), theme.color("accent_soft"))
        write(painter, inner, pick.detail, small, dim, RIGHT)
        line = inner.adjusted(left, 0, -width_of(pick.detail, small) - 8, 0)
        write(painter, line, pick.text, theme.ui_font(13), theme.color("ink"))
        painter.restore()
