"""A list model over frozen rows that changes as little as possible when the rows are read again."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which an item gives its row."""

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
"""The parent of what stands at the top."""


class RowList(QAbstractListModel, Generic[T]):
    """Items are rows; a row is the same one as before when its `key_of` is. Selection and scroll place survive."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[T] = []

    def key_of(self, row: T) -> Any:
        """What tells the row from all others."""
        raise NotImplementedError

    def text_of(self, row: T) -> str:
        """What a screen reader says and what typing searches."""
        raise NotImplementedError

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.text_of(row)
        return None

    def index_of(self, key: Any) -> QModelIndex:
        """The index of the row with this key; an invalid one when there is none."""
        number = next((n for n, row in enumerate(self.rows) if self.key_of(row) == key), None)
        return QModelIndex() if number is None else self.index(number)

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show `rows`; tells the views only of what is new, gone or different."""
        old, new = [self.key_of(row) for row in self.rows], [self.key_of(row) for row in rows]
        if old != new:
            self._move_to(old, new, rows)
        changed = [n for n, row in enumerate(rows) if self.rows[n] != row]
        self.rows = list(rows)
        for number in changed:
            self.dataChanged.emit(self.index(number), self.index(number))

    def _move_to(self, old: list[Any], new: list[Any], rows: Sequence[T]) -> None:
        changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        # From the end, so that earlier numbers stay right.
        for kind, old_start, old_end, new_start, new_end in reversed(changes):
            if kind in ("delete", "replace"):
                self.beginRemoveRows(QModelIndex(), old_start, old_end - 1)
                del self.rows[old_start:old_end]
                self.endRemoveRows()
            if kind in ("insert", "replace"):
                self.beginInsertRows(QModelIndex(), old_start, old_start + new_end - new_start - 1)
                self.rows[old_start:old_start] = rows[new_start:new_end]
                self.endInsertRows()

    def replace_row(self, row: T) -> bool:
        """Show `row` in the place of the one with the same key; False when there is none."""
        index = self.index_of(self.key_of(row))
        if not index.isValid():
            return False
        if self.rows[index.row()] != row:
            self.rows[index.row()] = row
            self.dataChanged.emit(index, index)
        return True

    def refresh(self) -> None:
        """Language or looks have changed: everything is to be drawn again."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
