"""The triangulation matrix as a table: the rows that are shown now, their cells, status and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_data import MatrixData
from coding.analysis.judging import Finding
from coding.analysis.results import Cell, Column, Matrix, Row, VoiceCell
from coding.analysis.wording import status_word
from coding.reports.desk import in_quotes

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, str]
"""A row's place in its matrix: `Row.place`."""

ITEM = Qt.ItemDataRole.UserRole
"""The `Line` of a row, whatever the column."""
CELL = Qt.ItemDataRole.UserRole + 1
"""The `Cell` at an index; None in the first and the last column."""
VOICES = Qt.ItemDataRole.UserRole + 4
"""The voices of a cell that is split into them, else none."""
SNIPPET = Qt.ItemDataRole.UserRole + 2
"""The exemplar on one line in quotation marks, "" where none is shown."""
FINDING = Qt.ItemDataRole.UserRole + 3
"""The `Finding` on a cell, or in the first column on the row; None without one."""
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown. `expanded` is None where nothing can be expanded."""

    row: Row
    expanded: bool | None

    @property
    def key(self) -> Key:
        return self.row.place

    @property
    def name(self) -> str:
        """By what it is remembered as expanded: a dimension and what has no indicator of it are of one code."""
        return f"{self.row.code} {self.row.part}" if self.row.part == "no_indicator" else self.row.code

    @property
    def depth(self) -> int:
        """0 for a dimension, 1 for what stands inside it, 2 for a topic of an indicator."""
        if self.row.parent is None:
            return 0
        return 2 if self.row.topic is not None else 1

    @property
    def top(self) -> bool:
        """Whether it is a dimension."""
        return self.row.parent is None


class MatrixModel(QAbstractTableModel):
    """First the labels, then the matrix's columns, last the status. Expanding shows a dimension's indicators."""

    shape_changed = Signal()
    """After rows, columns or what stands in them changed, once for however many changes."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.data_shown: MatrixData | None = None
        self.lines: list[Line] = []
        self.expanded: set[str] = set()
        self.parted: set[tuple[Key, str]] = set()
        self.quoting = True

    @property
    def matrix(self) -> Matrix | None:
        """The matrix shown."""
        return self.data_shown.matrix if self.data_shown else None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The matrix's columns; column i stands at i + 1."""
        return self.matrix.columns if self.matrix else ()

    @property
    def status_column(self) -> int:
        """Where the status stands."""
        return len(self.columns) + 1

    def show(self, data: MatrixData | None, expanded: Iterable[str] | None = None) -> bool:
        """Show `data`; True when its rows and columns are others than before, so that every index is new."""
        before = ([line.key for line in self.lines], [column.key for column in self.columns])
        if expanded is not None:
            self.expanded = set(expanded)
        lines = self._lines_of(data)
        columns = data.matrix.columns if data is not None and data.matrix else ()
        if before == ([line.key for line in lines], [column.key for column in columns]) and lines:
            self.data_shown, self.lines = data, lines
            self.refresh()
            return False
        self.beginResetModel()
        self.data_shown, self.lines = data, lines
        self.endResetModel()
        self.shape_changed.emit()
        return True

    def refresh(self) -> None:
        """Say everything again: words or looks are new."""
        if self.lines:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.shape_changed.emit()

    def _lines_of(self, data: MatrixData | None) -> list[Line]:
        if data is None or data.matrix is None:
            return []
        return [line for row in data.matrix.rows for line in self._with_inside(data, row)]

    def _with_inside(self, data: MatrixData, row: Row) -> list[Line]:
        """The line of a row, and those inside it that are to be seen."""
        below, line = data.below(row), Line(row, None)
        if not below:
            return [line]
        line = Line(row, line.name in self.expanded)
        return [line, *(one for inside in below if line.expanded for one in self._with_inside(data, inside))]

    def set_expanded(self, row: int, expanded: bool) -> None:
        """Show or hide what stands inside the row at `row`."""
        self._set_expanded(row, expanded)
        self.shape_changed.emit()

    def _set_expanded(self, row: int, expanded: bool) -> None:
        line = self.lines[row]
        if line.expanded is None or line.expanded == expanded or self.data_shown is None:
            return
        if expanded:
            self.expanded.add(line.name)
            below = self._with_inside(self.data_shown, line.row)[1:]
            self.beginInsertRows(NOWHERE, row + 1, row + len(below))
            self.lines[row + 1 : row + 1] = below
            self.endInsertRows()
        else:
            self.expanded.discard(line.name)
            last = row
            while last + 1 < len(self.lines) and self.lines[last + 1].depth > line.depth:
                last += 1
            self.beginRemoveRows(NOWHERE, row + 1, last)
            del self.lines[row + 1 : last + 1]
            self.endRemoveRows()
        self.lines[row] = Line(line.row, expanded)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def expand_all(self, expanded: bool) -> None:
        """Show or hide everything inside the rows."""
        row = 0
        # what opens inside a row comes after it, and is opened in its turn
        while row < len(self.lines):
            self._set_expanded(row, expanded)
            row += 1
        self.shape_changed.emit()

    # cells split into their voices

    def parts(self, row: int, column: int) -> bool:
        """Whether several voices speak in a cell, so that it can be split into them."""
        cell = self.cell_at(row, column)
        return cell is not None and len(cell.split) > 1

    def parted_at(self, row: int, column: int) -> tuple[VoiceCell, ...]:
        """The voices of a cell that is split into them, else none."""
        cell = self.cell_at(row, column)
        if cell is None or len(cell.split) < 2 or (self.lines[row].key, cell.column or "") not in self.parted:
            return ()
        return cell.split

    def set_parted(self, row: int, column: int, parted: bool) -> None:
        """Split a cell into its voices, or put them together again."""
        cell = self.cell_at(row, column)
        if cell is not None and self.parts(row, column):
            place = (self.lines[row].key, cell.column or "")
            (self.parted.add if parted else self.parted.discard)(place)
            self.refresh()

    def part_all(self, parted: bool) -> None:
        """Split every cell that is to be seen into its voices, or put all together again."""
        self.parted = {
            (line.key, cell.column or "") for line in self.lines for cell in line.row.cells if len(cell.split) > 1
        } if parted else set()  # fmt: skip
        self.refresh()

    def set_quoting(self, on: bool) -> None:
        """Have an exemplar in each cell, or numbers alone."""
        self.quoting = on
        self.refresh()

    @property
    def all_expanded(self) -> bool:
        """Whether there is nothing left to expand."""
        return all(line.expanded is not False for line in self.lines)

    def find(self, key: Key) -> int | None:
        """The row where `key` is shown."""
        return next((i for i, line in enumerate(self.lines) if line.key == key), None)

    def parent_row(self, row: int) -> int:
        """The row that `row` stands inside of; a dimension's own."""
        depth = self.lines[row].depth
        return next((i for i in range(row, -1, -1) if self.lines[i].depth < depth), row)

    def column_at(self, column: int) -> Column | None:
        """The matrix's column at the table's `column`."""
        return self.columns[column - 1] if 0 < column <= len(self.columns) else None

    def cell_at(self, row: int, column: int) -> Cell | None:
        """The cell at a place of the table."""
        return self.lines[row].row.cells[column - 1] if 0 < column <= len(self.columns) else None

    def quotes(self, row: int, column: int) -> bool:
        """Whether a cell shows an exemplar: dimensions that can be expanded have theirs further down, and a cell that
        is split has its voices in that place."""
        cell, line = self.cell_at(row, column), self.lines[row]
        return (
            self.quoting
            and not self.parted_at(row, column)
            and cell is not None
            and bool(cell.exemplars)
            and (line.expanded is None or not line.top)
        )

    def finding(self, row: int, column: int) -> Finding | None:
        """What the analyst wrote on a cell, or in the first column on the row."""
        if self.data_shown is None or column > len(self.columns):
            return None
        return self.data_shown.finding(self.lines[row].row, self.cell_at(row, column))

    def snippet(self, row: int, column: int) -> str:
        """The exemplar shown in a cell, "" where there is none."""
        cell = self.cell_at(row, column)
        if cell is None or self.data_shown is None or not self.quotes(row, column):
            return ""
        quote = self.data_shown.quotes.get(cell.exemplars[0])
        return in_quotes(" ".join(quote.text.split())) if quote is not None else ""

    # Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self.lines else len(self.columns) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == ITEM:
            return line
        if role == CELL:
            return self.cell_at(index.row(), column)
        if role == FINDING:
            return self.finding(index.row(), column)
        if role == VOICES:
            return self.parted_at(index.row(), column)
        if role == SNIPPET:
            return self.snippet(index.row(), column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(index.row(), column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index.row(), column, hint=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def shown(self, row: int, column: int) -> str:
        """The text at a place of the table, without exemplar."""
        line = self.lines[row]
        cell = self.cell_at(row, column)
        if cell is not None:
            return words.cell_shown(self._ctx, cell)
        if column == 0:
            return words.in_words(self._ctx, line.row.label)
        return f"{status_word(line.row.status, self._ctx.words)}  {words.coverage(self._ctx, line.row)}"

    def spoken(self, row: int, column: int, *, hint: bool = False) -> str:
        """A place of the table in words; as a `hint` with the exemplar in full."""
        line, ctx = self.lines[row], self._ctx
        cell, head = self.cell_at(row, column), self.column_at(column)
        if cell is not None and head is not None:
            spoken = words.cell_spoken(ctx, line.row, head, cell)
            quote, written = self.snippet(row, column), self.finding(row, column)
            parts = [spoken, f"{quote[:300]}{'…' if len(quote) > 300 else ''}"]
            parts.append(words.finding_spoken(ctx, written) if written is not None else "")
            if self.parted_at(row, column):
                parts.append(words.voices_spoken(ctx, cell))
            elif hint and self.parts(row, column):
                parts.append(ctx.t("Space splits it into its voices"))
            return "\n".join(part for part in parts if part)
        if column == self.status_column:
            return words.status_spoken(ctx, line.row)
        label = words.in_words(ctx, line.row.label)
        if (written := self.finding(row, 0)) is not None:
            label = f"{label}\n{words.finding_spoken(ctx, written)}"
        if line.expanded is None:
            return label
        topics = self.data_shown is not None and self.data_shown.below(line.row)[0].topic is not None
        shows = (
            ctx.t("Right shows its topics, Left hides them")
            if topics
            else ctx.t("Right shows its indicators, Left hides them")
        )
        keys = shows if hint else ""
        state = ctx.t("expanded") if line.expanded else ctx.t("collapsed")
        return f"{label}: {keys or state}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column, ctx = self.column_at(section), self._ctx
        if role == Qt.ItemDataRole.DisplayRole:
            if column is not None:
                return words.column_name(ctx, column)
            return ctx.t("Dimension") if section == 0 else ctx.t("Status")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and column is not None:
            return ": ".join(part for part in (words.column_name(ctx, column), self.below_head(section)) if part)
        return None

    def below_head(self, section: int) -> str:
        """What stands small under a column's head: whom it stands for, or the informant's role."""
        column, data = self.column_at(section), self.data_shown
        if column is None or data is None or data.matrix is None:
            return ""
        if column.of == "informants" and data.matrix.columns_by == "informant" and column.key is not None:
            return data.roles.get(column.key, "")
        return words.members(self._ctx, column)
