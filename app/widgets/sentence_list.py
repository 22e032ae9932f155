"""Sentences in order, numbered, moved by keyboard or with the mouse: of a conclusion, or recommendations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from app.context import Context
from app.widgets.own_keys import own_key

GUID = Qt.ItemDataRole.UserRole


class SentenceList(QListWidget):
    """Enter writes, Alt+Up and Alt+Down move, Delete removes. `ordered` carries the guids in their new order, `removed`
    a guid; `chosen` a guid when another sentence is the current one."""

    ordered = Signal(list)
    removed = Signal(str)
    chosen = Signal(str)
    writing_asked = Signal()

    def __init__(self, ctx: Context, name: str) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(item.data(GUID) if item is not None else ""))
        self.itemDoubleClicked.connect(lambda _: self.writing_asked.emit())
        own_key(self, "Alt+Up", lambda: self.move_current(-1))
        own_key(self, "Alt+Down", lambda: self.move_current(1))
        own_key(self, "Delete", self._on_remove)

    def show_sentences(self, sentences: Sequence[tuple[str, str, str]], chosen: str) -> None:
        """Show (guid, text, remark) with `chosen` as the current one. Emits nothing."""
        scrolled = self.verticalScrollBar().value()
        with QSignalBlocker(self):
            self.clear()
            for number, (guid, text, remark) in enumerate(sentences, 1):
                item = QListWidgetItem(f"{number}.  {text}" + (f"\n{remark}" if remark else ""))
                item.setData(GUID, guid)
                self.addItem(item)
                if guid == chosen:
                    self.setCurrentItem(item)
        self._fit()
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> str:
        """The guid of the current sentence, "" without one."""
        item = self.currentItem()
        return str(item.data(GUID)) if item is not None else ""

    def go_to(self, guid: str) -> None:
        """Make a sentence the current one."""
        for number in range(self.count()):
            if self.item(number).data(GUID) == guid:
                self.setCurrentRow(number)

    def guids(self) -> list[str]:
        """The sentences as they stand."""
        return [str(self.item(number).data(GUID)) for number in range(self.count())]

    def move_current(self, by: int) -> None:
        """Move the current sentence up or down."""
        at, guids = self.currentRow(), self.guids()
        if 0 <= at + by < len(guids) and at >= 0:
            guids.insert(at + by, guids.pop(at))
            self.ordered.emit(guids)

    def _on_remove(self) -> None:
        if self.current():
            self.removed.emit(self.current())

    def _fit(self) -> None:
        """Give each sentence the lines it needs."""
        room = self.viewport().width() - self._ctx.theme.px(24)
        metrics = self.fontMetrics()
        for number in range(self.count()):
            item = self.item(number)
            flags = int(Qt.TextFlag.TextWordWrap.value)
            high = metrics.boundingRect(0, 0, max(room, 60), 10000, flags, item.text()).height()
            item.setSizeHint(QSize(0, high + self._ctx.theme.px(12)))

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.guids()
        super().dropEvent(event)
        if self.guids() != before:
            self.ordered.emit(self.guids())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.writing_asked.emit()
        else:
            super().keyPressEvent(event)
