"""The table of informants as an item model: cells as they are written, in the order and with the filter one chose."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.context import Context
from app.dialogs.informant import CONSENT_NAMES
from app.models.informants import CATEGORY_NAMES
from coding.errors import CodingError, mark
from coding.informants.attributes import AttributeRow
from coding.informants.cells import Column, columns_of, read_cell, set_cell
from coding.project import Operation
from coding.transcripts.rows import InformantRow
from coding.words import Notice

Index = QModelIndex | QPersistentModelIndex
TURNS = "turns"
"""The key of the one column that nobody writes in."""
TURNS_NAME = mark("Turns")
_ROOT = QModelIndex()


class InformantTable(QAbstractTableModel):
    """One row an informant. Writing a cell is a step of the history; `refused` says why one was not written."""

    refused = Signal(str)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.people: list[InformantRow] = []
        self.rows: list[InformantRow] = []
        self.columns: list[Column] = []
        self.attributes: tuple[AttributeRow, ...] = ()
        self._filter = ""
        self._order: tuple[int, bool] | None = None
        self.set_people((), ())

    # what is shown

    def set_people(self, people: Sequence[InformantRow], attributes: Sequence[AttributeRow]) -> None:
        """Show these; filter and order stay."""
        first, *rest = columns_of(attributes)
        columns = [first, Column(TURNS, "number"), *rest]
        same = columns == self.columns and [p.guid for p in people] == [p.guid for p in self.people]
        self.people, self.attributes = list(people), tuple(attributes)
        if same and not self._filter and self._order is None:
            self.rows = list(people)
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(columns) - 1))
            return
        self.columns = columns
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Show only who has these words in some cell."""
        self._filter = text.casefold().strip()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = self.people
        if self._filter:
            shown = range(len(self.columns))
            rows = [r for r in rows if any(self._filter in self._text(r, self.columns[c]).casefold() for c in shown)]
        if self._order is not None:
            column, down = self._order
            filled = [row for row in rows if self.value(row, self.columns[column]) not in (None, "")]
            empty = [row for row in rows if self.value(row, self.columns[column]) in (None, "")]
            filled.sort(key=lambda row: self._sort_key(row, self.columns[column]), reverse=down)
            rows = [*filled, *empty]
        self.rows = list(rows)
        self.endResetModel()

    def _sort_key(self, row: InformantRow, column: Column) -> Any:
        value = self.value(row, column)
        if column.key in ("age", TURNS):
            return int(value)
        if column.kind == "number":
            return Decimal(value)
        return value.casefold() if isinstance(value, str) else value

    def value(self, row: InformantRow, column: Column) -> Any:
        """What is stored in a cell."""
        if column.attribute is not None:
            return dict(row.attributes).get(column.attribute.name)
        return getattr(row, column.key)

    def _text(self, row: InformantRow, column: Column) -> str:
        """A cell in words."""
        t, value = self._ctx.t, self.value(row, column)
        if value in (None, "") or column.kind == "switch":
            return ""
        if column.key == "category":
            return t(CATEGORY_NAMES[value])
        if column.key == "consent":
            return t(CONSENT_NAMES[value])
        if column.kind == "date":
            return self._ctx.words.date(value)
        if column.kind == "number" and column.attribute is not None:
            decimals = len(str(value).partition(".")[2])
            return self._ctx.words.number(Decimal(str(value)), decimals)
        return " ".join(str(value).split())

    def choice_text(self, column: Column, choice: str) -> str:
        """A choice of a column in words."""
        names = {"category": CATEGORY_NAMES, "consent": CONSENT_NAMES}.get(column.key)
        return self._ctx.t(names[choice]) if names else choice

    def name_of(self, column: Column) -> str:
        """What the column is called."""
        if column.key == TURNS:
            return self._ctx.t(TURNS_NAME)
        name = column.name
        return name.say(self._ctx.words) if isinstance(name, Notice) else name

    def place_of(self, guid: str) -> int:
        """The row of the informant; -1 when they are not shown."""
        return next((i for i, row in enumerate(self.rows) if row.guid == guid), -1)

    # for the view

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if column.kind == "switch":
            on = bool(self.value(row, column))
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.name_of(column)}: {self._ctx.t('yes') if on else self._ctx.t('no')}"
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.EditRole:
                value = self.value(row, column)
                return "" if value is None else str(value)
            case Qt.ItemDataRole.ToolTipRole:
                text = self._text(row, column)
                return text if len(text) > 20 else None
            case Qt.ItemDataRole.TextAlignmentRole if column.kind == "number":
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole if row.left_out:
                return self._ctx.theme.color("dim")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.name_of(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].kind == "number" else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.columns[index.column()].key == TURNS:
            return flags
        if self._ctx.project is None or self._ctx.project.read_only:
            return flags
        switch = self.columns[index.column()].kind == "switch"
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if switch else Qt.ItemFlag.ItemIsEditable)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            text = "yes" if Qt.CheckState(value) == Qt.CheckState.Checked else "no"
        elif role == Qt.ItemDataRole.EditRole:
            text = str(value)
        else:
            return False
        return self.write(row, column, text)

    def write(self, row: InformantRow, column: Column, text: str) -> bool:
        """Write `text` into a cell, if it means something there and something else than before."""
        try:
            read = read_cell(column, text)
            if column.key == "code" and not read:
                raise CodingError("informant_code_empty")
            if column.key == "code" and any(
                p.guid != row.guid and p.code.casefold() == read.casefold() for p in self.people
            ):
                raise CodingError("informant_code_taken", code=read)
        except CodingError as error:
            self.refused.emit(error.say(self._ctx.words))
            return False
        self.refused.emit("")
        if read == self.value(row, column) or (not read and not self.value(row, column)):
            return True

        def work(op: Operation) -> None:
            set_cell(op, row.guid, column, text)

        self._ctx.operate(mark("Change informant {code}"), work, code=row.code)
        return True

    def refresh(self) -> None:
        """Say everything anew in the language at hand."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1))
        self._arrange()
