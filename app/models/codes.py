"""The tree of one framework's codes, or the list of open codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal

from app.context import Context
from app.models.row_lists import NOWHERE, ROW, Index
from app.transcript.text_area import CODE_MIME, SELECTION_MIME
from coding.codes.rows import CodeRow


class CodesModel(QAbstractItemModel):
    """Dimensions with their indicators. A code can be dragged onto the text, a selection of the text onto a code."""

    selection_dropped = Signal(str, dict)
    """The code's guid; source, start and end of the selection."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tops: list[CodeRow] = []
        self._below: dict[str, list[CodeRow]] = {}

    def set_codes(self, codes: Sequence[CodeRow]) -> None:
        """Show these codes; when they are the same ones as before, only what differs is drawn again."""
        tops = [code for code in codes if code.parent is None]
        below: dict[str, list[CodeRow]] = {code.guid: [] for code in tops}
        for code in codes:
            if code.parent is not None:
                below[code.parent].append(code)
        same = [c.guid for c in tops] == [c.guid for c in self._tops] and all(
            [c.guid for c in below[top.guid]] == [c.guid for c in self._below[top.guid]] for top in self._tops
        )
        if same:
            self._renew(tops, below)
            return
        self.beginResetModel()
        self._tops, self._below = tops, below
        self.endResetModel()

    def _renew(self, tops: list[CodeRow], below: dict[str, list[CodeRow]]) -> None:
        old = [*self._tops, *(c for codes in self._below.values() for c in codes)]
        new = [*tops, *(c for codes in below.values() for c in codes)]
        self._tops, self._below = tops, below
        for before, after in zip(old, new, strict=True):
            if before != after:
                index = self.index_of(after.guid)
                self.dataChanged.emit(index, index)

    def code(self, index: Index) -> CodeRow | None:
        """The code at `index`."""
        if not index.isValid():
            return None
        top = index.internalId()
        return self._tops[index.row()] if top == 0 else self._below[self._tops[top - 1].guid][index.row()]

    def index_of(self, guid: str | None) -> QModelIndex:
        """Where the code stands; an invalid index when it is not in this tree."""
        for number, top in enumerate(self._tops):
            if top.guid == guid:
                return self.index(number, 0)
            for place, code in enumerate(self._below[top.guid]):
                if code.guid == guid:
                    return self.createIndex(place, 0, number + 1)
        return QModelIndex()

    def refresh(self) -> None:
        """Language or looks have changed."""
        if self._tops:
            self.layoutChanged.emit()

    # what Qt asks; internal ids are 0 for a dimension, else its number + 1

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if not parent.isValid():
            return len(self._tops)
        return len(self._below[self._tops[parent.row()].guid]) if parent.internalId() == 0 else 0

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code(index)
        if code is None:
            return None
        if role == ROW:
            return code
        if role == Qt.ItemDataRole.DisplayRole:
            return code.label(self._ctx.language)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            segments = self._ctx.n("{count} coded segment", "{count} coded segments", count=code.segments_below)
            return f"{code.label(self._ctx.language)}, {segments}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
        )

    def mimeTypes(self) -> list[str]:
        return [SELECTION_MIME]

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        code = self.code(indexes[0]) if indexes else None
        if code is not None:
            data.setData(CODE_MIME, code.guid.encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return data.hasFormat(SELECTION_MIME) and parent.isValid()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        code = self.code(parent)
        if code is None or not data.hasFormat(SELECTION_MIME):
            return False
        self.selection_dropped.emit(code.guid, json.loads(bytes(data.data(SELECTION_MIME).data())))
        return True
