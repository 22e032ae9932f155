"""A table of counts: rows and columns known by keys, cells worded when they are looked at, in any order of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.matrix_copy import Place

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, str]
NOWHERE = QModelIndex()
CELL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell. `value` sorts it; `bar` and `tint` (0–1) draw how much it is; `color` is a code's colour; `door` says
    whether passages stand behind it."""

    text: str
    value: float | str | None = None
    below: str = ""
    bar: float | None = None
    tint: float = 0.0
    indent: bool = False
    bold: bool = False
    color: int | None = None
    door: bool = True


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its key, its head, what stands small beneath the head, and how its cells are drawn
    (`before` is text that ends where the next column begins)."""

    key: str
    text: str
    below: str = ""
    look: Literal["label", "number", "text", "before"] = "number"


def _blank(row: int, column: int) -> GridCell:
    return GridCell("")


@dataclass(frozen=True, slots=True)
class Grid:
    """`cell(row, column)` makes a cell; the last `totals` rows stay last in whatever order."""

    columns: tuple[GridColumn, ...]
    keys: tuple[Key, ...]
    cell: Callable[[int, int], GridCell] = _blank
    totals: int = 0
    sortable: bool = True


EMPTY = Grid((), ())


class GridModel(QAbstractTableModel):
    """Shows a `Grid`; `order` are its rows as they stand, `sorted_by` a column's key and whether the most is first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = EMPTY
        self.order: list[int] = []
        self.sorted_by: tuple[str, bool] | None = None

    def show(self, grid: Grid) -> None:
        """Show `grid` in the order that was chosen."""
        self.beginResetModel()
        self.grid = grid
        self._sort()
        self.endResetModel()

    def sort_by(self, key: str) -> None:
        """By the column `key`: numbers from the most, texts from A; once more the other way; then as they came."""
        column = self._column(key)
        if column is None or not self.grid.sortable:
            return
        first = self.grid.columns[column].look == "number"
        steps: list[tuple[str, bool] | None] = [(key, first), (key, not first), None]
        at = steps.index(self.sorted_by) if self.sorted_by in steps and self.sorted_by is not None else -1
        self.sorted_by = steps[(at + 1) % 3]
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _column(self, key: str) -> int | None:
        return next((i for i, column in enumerate(self.grid.columns) if column.key == key), None)

    def _sort(self) -> None:
        count = len(self.grid.keys)
        rows, totals = list(range(count - self.grid.totals)), list(range(count - self.grid.totals, count))
        column = self._column(self.sorted_by[0]) if self.sorted_by and self.grid.sortable else None
        if column is not None and self.sorted_by is not None:
            values = {row: self.grid.cell(row, column).value for row in rows}
            known = [row for row in rows if values[row] is not None]
            known.sort(key=lambda row: values[row], reverse=self.sorted_by[1])  # type: ignore[arg-type,return-value]
            rows = known + [row for row in rows if values[row] is None]
        self.order = rows + totals

    def key(self, row: int) -> Key:
        """The key of the row that stands at `row`."""
        return self.grid.keys[self.order[row]]

    def find(self, key: Key) -> int | None:
        """Where the row `key` stands."""
        return next((i for i, row in enumerate(self.order) if self.grid.keys[row] == key), None)

    def cell(self, row: int, column: int) -> GridCell:
        """The cell that stands there."""
        return self.grid.cell(self.order[row], column)

    def is_total(self, row: int) -> bool:
        return row >= len(self.order) - self.grid.totals

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        """Heads and rows for the clipboard, in the order shown."""
        heads = [Place(column.text, column.below) for column in self.grid.columns]
        rows = []
        for at in range(len(self.order)):
            cells = [self.cell(at, column) for column in range(len(self.grid.columns))]
            rows.append([Place(c.text, c.below, bold=c.bold, indent=c.indent) for c in cells])
        return heads, rows

    # Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.grid.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index.row(), index.column())
        return None

    def _spoken(self, row: int, column: int) -> str:
        cell, label = self.cell(row, column), self.cell(row, 0).text
        said = f"{cell.text} ({cell.below})" if cell.below else cell.text
        return said if column == 0 else f"{label}, {self.grid.columns[column].text}: {said}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.grid.columns):
            return None
        column = self.grid.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.text}\n{column.below}" if column.below else column.text
        return None
