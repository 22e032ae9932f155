"""What the columns of a table hold: a chooser above each, over the beginning of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from app.context import Context
from app.widgets.fields import ComboBox
from app.widgets.parts import ElidedLabel, clear_layout
from coding.errors import mark
from coding.transcripts.columns import ROLES, TableView

ROLE_NAMES: dict[str, str] = {
    "": mark("Not used"),
    "speaker": mark("Speaker"),
    "text": mark("What is said"),
    "time": mark("Time"),
    "informant": mark("Informant"),
    "question": mark("What is asked"),
}
_ROWS = 3
_WIDTH = 150
_FITTING = 4
"""So many columns fit in beside each other."""


class ColumnChooser(QScrollArea):
    """`chosen` carries the number of the column by role, when the user has changed one."""

    chosen = Signal(dict)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._table: TableView | None = None
        self.choosers: list[QComboBox] = []
        self.setObjectName("import_columns")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ctx.t("Columns of the table"))
        body = QWidget()
        body.setProperty("transparent", "true")
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self.setWidget(body)

    def show_table(self, table: TableView | None) -> None:
        """Show the beginning of `table` and what its columns are taken for; nothing without a table."""
        self.setVisible(table is not None)
        if table is None:
            self._table = None
            return
        if self._table is None or (self._table.key, self._table.rows) != (table.key, table.rows):
            self._build(table)
        self._table = table
        roles = {column: role for role, column in table.columns}
        for number, chooser in enumerate(self.choosers):
            chooser.setCurrentIndex(chooser.findData(roles.get(number, "")))

    def _build(self, table: TableView) -> None:
        ctx = self._ctx
        clear_layout(self._grid)
        self.choosers = []
        for number, head in enumerate(table.heads):
            name = head or ctx.t("Column {number}", number=number + 1)
            chooser = ComboBox()
            chooser.setObjectName(f"column_{number}")
            chooser.setAccessibleName(ctx.t("What “{column}” holds", column=name))
            for role in ("", *ROLES):
                chooser.addItem(ctx.t(ROLE_NAMES[role]), role)
            chooser.activated.connect(lambda _, n=number: self._on_chosen(n))
            self._grid.addWidget(chooser, 0, number)
            cells = [name, *(row[number] if number < len(row) else "" for row in table.rows[:_ROWS])]
            for line, text in enumerate(cells):
                cell = ElidedLabel(" ".join(text.split()), "small" if not line else "dim")
                cell.setMinimumWidth(ctx.theme.px(_WIDTH))
                self._grid.addWidget(cell, line + 1, number)
            self._grid.setColumnStretch(number, 1)
            self.choosers.append(chooser)
        lines = len(table.rows[:_ROWS]) + 1
        cells_height = lines * (cell.sizeHint().height() + self._grid.verticalSpacing())
        bar = self.horizontalScrollBar().sizeHint().height() if len(table.heads) > _FITTING else 0
        self.setFixedHeight(chooser.sizeHint().height() + cells_height + bar + 2)

    def _on_chosen(self, number: int) -> None:
        role = self.choosers[number].currentData()
        for other, chooser in enumerate(self.choosers):
            # a role has one column
            if role and other != number and chooser.currentData() == role:
                chooser.setCurrentIndex(0)
        found = {chooser.currentData(): n for n, chooser in enumerate(self.choosers) if chooser.currentData()}
        self.chosen.emit(found)
