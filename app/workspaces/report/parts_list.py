"""The parts of a report as a list: ticked or not, in the order of print, moved by keys or by dragging."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

_PART = Qt.ItemDataRole.UserRole
_ROW = 27


class PartsList(QListWidget):
    """Signals carry what the person did: `ticked` a part on or off, `reordered` all of them, `removed` one."""

    ticked = Signal(str, bool)
    reordered = Signal(tuple)
    removed = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("report_parts")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.itemChanged.connect(self._on_changed)
        self.currentItemChanged.connect(lambda now, _: self.chosen.emit(self._part(now) if now is not None else ""))

    @staticmethod
    def _part(item: QListWidgetItem) -> str:
        return str(item.data(_PART))

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in the order in which they stand."""
        return tuple(self._part(self.item(row)) for row in range(self.count()))

    @property
    def ticks(self) -> dict[str, bool]:
        """Which parts are ticked."""
        items = (self.item(row) for row in range(self.count()))
        return {self._part(item): item.checkState() == Qt.CheckState.Checked for item in items}

    def show_parts(self, parts: list[tuple[str, str, bool]], row_height: int = _ROW) -> None:
        """Show parts, each with its title and whether it is ticked; the current one stays."""
        current = self.parts[self.currentRow()] if self.currentRow() >= 0 else ""
        self.blockSignals(True)
        if self.parts != tuple(part for part, _, _ in parts):
            self.clear()
            for part, _, _ in parts:
                item = QListWidgetItem()
                item.setData(_PART, part)
                item.setSizeHint(QSize(10, row_height))
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                    | Qt.ItemFlag.ItemIsUserCheckable
                    | Qt.ItemFlag.ItemIsDragEnabled
                )
                self.addItem(item)
        for row, (part, title, on) in enumerate(parts):
            item = self.item(row)
            item.setText(title)
            item.setToolTip(title)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if part == current or (not current and not row):
                self.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(False)
        self.setFixedHeight(self.count() * row_height + 2 * self.frameWidth() + 2)

    def tick(self, part: str, on: bool) -> None:
        """Tick a part on or off, as a click on its box does."""
        for row in range(self.count()):
            if self._part(self.item(row)) == part:
                self.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def shift(self, steps: int) -> None:
        """Move the current part down (positive) or up."""
        row = self.currentRow()
        to = row + steps
        if row < 0 or not 0 <= to < self.count():
            return
        parts = list(self.parts)
        parts.insert(to, parts.pop(row))
        self.blockSignals(True)
        self.insertItem(to, self.takeItem(row))
        self.setCurrentRow(to)
        self.blockSignals(False)
        self.reordered.emit(tuple(parts))

    def _on_changed(self, item: QListWidgetItem) -> None:
        part, on = self._part(item), item.checkState() == Qt.CheckState.Checked
        if part.startswith("+") and not on:
            self.removed.emit(part)
        else:
            self.ticked.emit(part, on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            part = self._part(self.currentItem())
            if part.startswith("+"):
                self.removed.emit(part)
            else:
                self.tick(part, False)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.parts
        super().dropEvent(event)
        if self.parts != before:
            self.reordered.emit(self.parts)
