"""The table of coded segments as an item model: it holds the ids of all, and the rows of those looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.context import Context
from app.models.evidence_words import COLUMNS, cell_spoken, cell_text, head_text
from app.models.row_lists import NOWHERE, ROW, Index
from coding.segments.evidence_rows import EvidenceRow

if TYPE_CHECKING:
    import numpy as np

    Ids = np.ndarray[Any, np.dtype[np.int64]]

KEPT = 2_000
"""Rows kept after they were looked at."""
MARGIN = 30
"""Rows read before and after those in sight."""


class EvidenceModel(QAbstractTableModel):
    """`rows_wanted` carries ids whose rows are looked at and not known; hand them over with `take_rows`."""

    rows_wanted = Signal(list)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ids: Sequence[int] | Ids = ()
        self._rows: OrderedDict[int, EvidenceRow] = OrderedDict()
        self._stale: set[int] = set()

    # what is shown

    @property
    def ids(self) -> Sequence[int] | Ids:
        """The ids of all segments shown, in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int] | Ids) -> None:
        """Show the segments with these ids."""
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing, and know nothing."""
        self._rows.clear()
        self._stale.clear()
        self.set_ids(())

    def evidence(self, number: int) -> EvidenceRow | None:
        """The row at the place `number`; None while it is not known."""
        return self._rows.get(int(self._ids[number])) if 0 <= number < len(self._ids) else None

    def known(self, ids: Iterable[int]) -> list[EvidenceRow]:
        """The rows known of these ids."""
        return [self._rows[int(number)] for number in ids if int(number) in self._rows]

    def look(self, first: int, last: int) -> None:
        """The rows from `first` to `last` are in sight: ask for those that are not known, and some more around."""
        here = [int(n) for n in self._ids[max(first, 0) : last + 1]]
        if all(number in self._rows and number not in self._stale for number in here):
            return
        around = [int(n) for n in self._ids[max(first - MARGIN, 0) : last + 1 + MARGIN]]
        self.rows_wanted.emit([n for n in around if n not in self._rows or n in self._stale])

    def outdate(self) -> None:
        """Something was changed: what is shown stays until it was read again."""
        self._stale.update(self._rows)

    def take_rows(self, rows: Iterable[EvidenceRow], asked: Iterable[int] = ()) -> None:
        """Rows were read; of those `asked` for, what did not come is gone."""
        changed = []
        for row in rows:
            if self._rows.get(row.id) != row:
                changed.append(row.id)
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._stale.discard(row.id)
        while len(self._rows) > KEPT:
            number, _ = self._rows.popitem(last=False)
            self._stale.discard(number)
        self._stale.difference_update(asked)
        if changed and len(self._ids):
            # views ask again only for what is in sight
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def refresh(self) -> None:
        """Language or looks have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if len(self._ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.evidence(index.row())
        if role == ROW:
            return row
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(self._ctx, row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell_spoken(self._ctx, row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return head_text(self._ctx, name)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return head_text(self._ctx, name, whole=True)
        return None

    def index_of(self, number: int) -> QModelIndex:
        """The index of the row at the place `number`; an invalid one when there is none."""
        return self.index(number, 0) if 0 <= number < len(self._ids) else QModelIndex()
