"""The framework matrix on screen: what is read for it, and its rows filtered and in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_copy import Place
from coding.analysis.columns import CATEGORY_LABELS
from coding.analysis.framework_matrix import FrameworkCell, FrameworkColumn, FrameworkMatrix, FrameworkRow
from coding.findings.richtext import plain
from coding.reports.desk import in_quotes

if TYPE_CHECKING:
    from coding.codes.rows import FrameworkRow as AdoptedFramework
    from coding.project import Reader

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CELL = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1
SNIPPET = Qt.ItemDataRole.UserRole + 2
Spot = tuple[str, str]
"""A cell by the code of its informant and the key of its column."""


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """Which matrix is shown, and which of its rows: sorted by an attribute (`-` before it: from the end; "" in the
    order of the study), and only those with `value` of the attribute `by`."""

    framework: str = ""
    level: str = "dimension"
    order: str = ""
    by: str = ""
    value: str = ""

    def to_json(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("framework", "level", "order", "by", "value")}

    @classmethod
    def from_json(cls, kept: object) -> FrameworkChoice:
        """What `to_json` gave; anything else gives way to the default."""
        values = kept if isinstance(kept, dict) else {}
        fields = {name: values[name] for name in cls().to_json() if isinstance(values.get(name), str)}
        made = cls(**fields)
        return made if made.level in ("dimension", "indicator") else cls()


@dataclass(frozen=True, slots=True)
class FrameworkData:
    """A framework matrix, what can be chosen instead, and the exemplars of cells where nothing is written yet."""

    choice: FrameworkChoice
    frameworks: tuple[AdoptedFramework, ...]
    matrix: FrameworkMatrix | None
    quotes: Mapping[str, str]


def read_framework(reader: Reader, choice: FrameworkChoice) -> FrameworkData:
    """The matrix of `choice`, settled on what the project has."""
    from coding.analysis.framework_matrix import framework_matrix, snippets
    from coding.codes.queries import frameworks

    found = tuple(frameworks(reader))
    keys = [row.key for row in found]
    if choice.framework not in keys:
        first = next((row.key for row in found if row.segments), keys[0] if keys else "")
        choice = FrameworkChoice(first, choice.level)
    if not choice.framework:
        return FrameworkData(choice, found, None, {})
    matrix = framework_matrix(reader, choice.framework, "indicator" if choice.level == "indicator" else "dimension")
    known = {key for key, _ in matrix.attributes}
    if choice.order.lstrip("-") not in known:
        choice = replace(choice, order="")
    if choice.by not in known or choice.value not in {row.values.get(choice.by, "") for row in matrix.rows}:
        choice = replace(choice, by="", value="")
    empty = (cell for row in matrix.rows for cell in row.cells if cell.summary is None or not cell.summary.text)
    return FrameworkData(choice, found, matrix, snippets(reader, {c.exemplar for c in empty if c.exemplar is not None}))


def sort_key(value: str) -> tuple[bool, float, str]:
    """Numbers by their size, before words from A."""
    number = value.replace(",", ".")
    if number.replace(".", "", 1).isdigit():
        return False, float(number), ""
    return True, 0.0, value.casefold()


class FrameworkModel(QAbstractTableModel):
    """Informants that the choice takes in, in its order; column 0 names them."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.data_shown: FrameworkData | None = None
        self.rows: tuple[FrameworkRow, ...] = ()

    @property
    def columns(self) -> tuple[FrameworkColumn, ...]:
        """The dimensions shown, from column 1."""
        matrix = self.data_shown.matrix if self.data_shown else None
        return matrix.columns if matrix is not None and self.rows else ()

    def show(self, data: FrameworkData | None) -> None:
        """Show `data`; nothing jumps while rows and columns are the same."""
        before = ([row.informant for row in self.rows], [column.key for column in self.columns])
        matrix = data.matrix if data is not None else None
        rows = self._ordered(matrix, data.choice) if matrix is not None and data is not None else ()
        after = ([row.informant for row in rows], [column.key for column in matrix.columns] if matrix and rows else [])
        if before == after and rows:
            self.data_shown, self.rows = data, rows
            self.refresh()
            return
        self.beginResetModel()
        self.data_shown, self.rows = data, rows
        self.endResetModel()

    def _ordered(self, matrix: FrameworkMatrix, choice: FrameworkChoice) -> tuple[FrameworkRow, ...]:
        rows = [row for row in matrix.rows if not choice.by or row.values.get(choice.by, "") == choice.value]
        if choice.order:
            key = choice.order.lstrip("-")
            known = [row for row in rows if row.values.get(key)]
            known.sort(key=lambda row: sort_key(row.values[key]), reverse=choice.order.startswith("-"))
            rows = known + [row for row in rows if not row.values.get(key)]
        return tuple(rows)

    def refresh(self) -> None:
        """Say everything again: words or looks are new."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def spot(self, row: int, column: int) -> Spot | None:
        """What the cell at a place is; None in the column of informants."""
        if not (0 <= row < len(self.rows) and 0 < column <= len(self.columns)):
            return None
        return self.rows[row].informant, self.columns[column - 1].key

    def find(self, spot: Spot) -> tuple[int, int] | None:
        """The place where a cell is shown."""
        row = next((i for i, one in enumerate(self.rows) if one.informant == spot[0]), None)
        column = next((i for i, one in enumerate(self.columns, 1) if one.key == spot[1]), None)
        return (row, column) if row is not None and column is not None else None

    def cell(self, row: int, column: int) -> FrameworkCell:
        """The cell at a place, from column 1."""
        return self.rows[row].cells[column - 1]

    def below(self, row: FrameworkRow) -> str:
        """What stands small under an informant: what rows are sorted by, else role and category."""
        choice = self.data_shown.choice if self.data_shown else FrameworkChoice()
        keys = [choice.order.lstrip("-")] if choice.order else ["role", "category"]
        return " · ".join(self.value(key, row.values[key]) for key in keys if row.values.get(key))

    def value(self, key: str, value: str) -> str:
        """A value of an attribute in words."""
        if key == "category" and value in CATEGORY_LABELS:
            return words.in_words(self._ctx, CATEGORY_LABELS[value])
        return value

    def column_name(self, column: int) -> str:
        """What stands over a column."""
        if column == 0:
            return self._ctx.t("Informant")
        shown = self.columns[column - 1]
        name = words.in_words(self._ctx, shown.label)
        if shown.part == "no_indicator" and shown.parent_label is not None:
            return f"{words.in_words(self._ctx, shown.parent_label)} · {name}"
        return name

    def snippet(self, cell: FrameworkCell) -> str:
        """The exemplar of a cell in which nothing is written."""
        quote = self.data_shown.quotes.get(cell.exemplar or "", "") if self.data_shown else ""
        return in_quotes(quote) if quote else ""

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self.rows else len(self.columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if index.column() == 0:
            return row.informant if role == Qt.ItemDataRole.DisplayRole else self._spoken(index, role)
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role == SNIPPET:
            return self.snippet(cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cell.summary.text) if cell.summary is not None else ""
        return self._spoken(index, role)

    def _spoken(self, index: Index, role: int) -> str | None:
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        if index.column() == 0:
            below = self.below(row)
            return f"{row.informant}, {below}" if below else row.informant
        cell, t = self.cell(index.row(), index.column()), self._ctx.t
        parts = [f"{row.informant} · {self.column_name(index.column())}", self.passages(cell)]
        if cell.summary is not None and cell.summary.text:
            text = plain(cell.summary.text)
            if cell.summary.stale:
                parts.append(t("The evidence has changed since this was written."))
            parts.append(text)
        return "\n".join(parts)

    def passages(self, cell: FrameworkCell) -> str:
        """How many passages stand behind a cell, in words."""
        if not cell.passages:
            return self._ctx.t("no passage")
        return self._ctx.n("{count} passage", "{count} passages", count=cell.passages)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.column_name(section) if section <= len(self.columns) else None

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        """The table as it is copied: what is written; where nothing is, how many passages there are."""
        heads = [Place(self.column_name(column)) for column in range(self.columnCount())]
        rows = []
        for row in self.rows:
            cells = [Place(row.informant, self.below(row), bold=True)]
            for cell in row.cells:
                if cell.summary is not None and cell.summary.text:
                    cells.append(Place(plain(cell.summary.text).replace("\n", " ")))
                else:
                    cells.append(Place(self.passages(cell) if cell.passages else "–"))
            rows.append(cells)
        return heads, rows
