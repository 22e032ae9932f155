"""The list of projects opened before: title, file and date, with missing files told apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.context import Context
from app.settings import Recent

if TYPE_CHECKING:
    from coding.review.glance import Glance

_RECENT = Qt.ItemDataRole.UserRole
_MISSING = Qt.ItemDataRole.UserRole + 1
_GLANCE = Qt.ItemDataRole.UserRole + 2


class RecentList(QListWidget):
    """Projects; `opened(path)` with Enter or a click, `removed(path)` with Del or from the menu."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName("recent_list")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setItemDelegate(_RecentDelegate(ctx, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemClicked.connect(self._on_open)
        self.customContextMenuRequested.connect(self._on_menu)

    def set_recent(self, recent: Sequence[Recent]) -> None:
        """Show `recent`; whether their files are there is told by `set_missing`."""
        row = self.currentRow()
        missing = {str(item.data(_RECENT).path): item.data(_MISSING) for item in self._items()}
        seen = {str(item.data(_RECENT).path): item.data(_GLANCE) for item in self._items()}
        self.clear()
        for one in recent:
            item = QListWidgetItem()
            item.setData(_RECENT, one)
            item.setData(_MISSING, missing.get(str(one.path), False))
            item.setData(_GLANCE, seen.get(str(one.path)))
            self.addItem(item)
        self._word()
        self.setCurrentRow(min(max(row, 0), self.count() - 1))

    def set_missing(self, missing: set[Path]) -> None:
        """Mark the projects whose files are gone."""
        for item in self._items():
            item.setData(_MISSING, item.data(_RECENT).path in missing)
        self._word()
        self.viewport().update()

    def set_glance(self, path: Path, found: Glance | None) -> None:
        """Say what was seen in the project: whose it is, and how many open points it has."""
        for item in self._items():
            if item.data(_RECENT).path == path:
                item.setData(_GLANCE, found)
        self._word()
        self.viewport().update()

    def is_missing(self, row: int) -> bool:
        """Whether the file of the project in `row` is gone."""
        return bool(self.item(row).data(_MISSING))

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _word(self) -> None:
        for item in self._items():
            one: Recent = item.data(_RECENT)
            state = self._ctx.t("file missing") if item.data(_MISSING) else self._ctx.words.date(one.opened)
            said = ", ".join(
                part for part in (whose(item.data(_GLANCE)), open_words(self._ctx, item.data(_GLANCE))) if part
            )
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {said}, {one.path}, {state}".replace(", , ", ", ")
            )
            item.setToolTip(str(one.path))

    def _on_open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_RECENT).path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_open(item)
        elif item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(item.data(_RECENT).path)
        else:
            super().keyPressEvent(event)

    def _on_menu(self, point: object) -> None:
        item = self.currentItem()
        if item is None:
            return
        path = item.data(_RECENT).path
        menu = QMenu(self)
        menu.addAction(self._ctx.t("Open"), lambda: self.opened.emit(path))
        menu.addAction(self._ctx.t("Remove from this list"), lambda: self.removed.emit(path))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(point))  # type: ignore[call-overload]


def whose(found: Glance | None) -> str:
    """The researcher of a project, as far as it is known."""
    return found.researcher if found is not None else ""


def open_words(ctx: Context, found: Glance | None) -> str:
    """How many open points a project has; nothing where there are none."""
    if found is None or not found.open_points:
        return ""
    return ctx.n("{count} open point", "{count} open points", count=found.open_points)


class _RecentDelegate(QStyledItemDelegate):
    """Draws a project in two lines: title and date, file."""

    def __init__(self, ctx: Context, parent: RecentList) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._ctx.theme.px(52))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, t = self._ctx.theme, self._ctx.t
        recent: Recent = index.data(_RECENT)
        missing = bool(index.data(_MISSING))
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if hovered or focused:
            painter.setPen(QPen(theme.color("accent"), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if focused else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(12, theme.px(7), -12, -theme.px(7))
        title_font = theme.ui_font(weight=QFont.Weight.DemiBold)
        small = theme.ui_font(11.5)
        when = t("file missing") if missing else self._ctx.words.short_date(recent.opened)
        painter.setFont(small)
        ground = theme.color("panel")
        painter.setPen(theme.readable(theme.color("warning"), ground) if missing else theme.color("dim"))
        room = QFontMetrics(small).horizontalAdvance(when) + 12
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, when)
        left = inner.width()
        points = open_words(self._ctx, index.data(_GLANCE))
        if points:
            painter.setPen(theme.readable(theme.color("accent"), ground))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, points)
            left -= QFontMetrics(small).horizontalAdvance(points) + 12
        who = whose(index.data(_GLANCE))
        below = f"{who} · {recent.path}" if who else str(recent.path)
        file = QFontMetrics(small).elidedText(below, Qt.TextElideMode.ElideMiddle, left)
        painter.setPen(theme.color("dim"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, file)
        painter.setFont(title_font)
        painter.setPen(theme.color("dim" if missing else "ink"))
        title = QFontMetrics(title_font).elidedText(
            recent.title, Qt.TextElideMode.ElideRight, max(40, inner.width() - room)
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.restore()
