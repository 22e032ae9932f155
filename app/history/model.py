"""The steps of the history as rows of a table, newest first, read as far as one scrolls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.context import Context
from coding.audit import Entry, LogFilter, log
from coding.errors import mark

HEADS = (mark("When"), mark("Coder"), mark("Step"), mark("Rows changed"))
WHEN, WHO, WHAT, ROWS = range(4)
PAGE = 200
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Steps that `wanted` lets through. `renewed` after the first page of a new reading has come."""

    renewed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._ctx = ctx
        self.entries: list[Entry] = []
        self.wanted = LogFilter()
        self._more = False

    def renew(self, wanted: LogFilter | None = None) -> None:
        """Read again from the newest step on, as many as were shown."""
        if wanted is not None:
            self.wanted = wanted
        limit = max(PAGE, len(self.entries) if wanted is None else 0)
        now, words = self.wanted, self._ctx.words

        def take(entries: list[Entry]) -> None:
            self.beginResetModel()
            self.entries, self._more = entries, len(entries) == limit
            self.endResetModel()
            self.renewed.emit()

        self._ctx.read(lambda reader: log(reader, now, words, limit=limit), take, key="history")

    def clear(self) -> None:
        self.beginResetModel()
        self.entries, self._more = [], False
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        wanted, words, before = self.wanted, self._ctx.words, self.entries[-1].id

        def take(entries: list[Entry]) -> None:
            if entries and self.entries and self.entries[-1].id == before:
                first = len(self.entries)
                self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
                self.entries += entries
                self.endInsertRows()
            self._more = len(entries) == PAGE

        self._ctx.read(lambda reader: log(reader, wanted, words, before=before, limit=PAGE), take, key="history.more")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._ctx.t(HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(entry, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == WHAT:
            return entry.say(self._ctx.words)
        if role == Qt.ItemDataRole.ForegroundRole and (entry.undone or entry.kind in ("undo", "redo")):
            return self._ctx.theme.color("dim")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ROWS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _shown(self, entry: Entry, column: int) -> str:
        ctx = self._ctx
        if column == WHEN:
            local = datetime.fromisoformat(entry.at.replace("Z", "+00:00")).astimezone()
            clock = f"{local:%H.%M.%S}" if ctx.language == "id" else f"{local:%H:%M:%S}"
            return f"{ctx.words.short_date(local.date().isoformat())} {clock}"
        if column == WHO:
            return entry.coder
        if column == ROWS:
            return ctx.words.number(entry.rows)
        said = entry.say(ctx.words)
        return ctx.t("{step} (undone)", step=said) if entry.undone else said
