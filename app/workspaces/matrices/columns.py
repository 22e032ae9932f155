"""What the study decides about the columns of its matrices, in the window: a menu, keys, and the study's periods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QTableWidget, QTableWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.models.matrix_data import MatrixData
from app.widgets.parts import button, icon_button, label
from app.workspaces.matrices.quoting import Quoting
from coding.analysis.column_plan import (
    SWITCHED,
    ColumnPlan,
    Period,
    check_periods,
    place_of,
    set_order,
    set_periods,
    switch,
)
from coding.analysis.columns import METHOD_LABELS
from coding.analysis.results import Matrix
from coding.errors import CodingError, mark

ROWS = 4
"""So many empty rows there are at first for periods."""


class ColumnMenu:
    """The button beside the choice of columns, with what it offers for the matrix that is shown."""

    def __init__(self, ctx: Context, parent: QWidget, quoting: Quoting, shown: Callable[[], MatrixData | None]) -> None:
        self.ctx, self._parent, self._quoting, self._shown = ctx, parent, quoting, shown
        self.button = icon_button(ctx, "more", "", name="matrix_column_menu")
        self.entries = QMenu(self.button)
        self.entries.aboutToShow.connect(self.fill)
        self.button.setMenu(self.entries)
        self.button.setStyleSheet(
            "QPushButton { padding: 0; min-width: 0; } QPushButton::menu-indicator { width: 0; image: none; }"
        )

    def say(self) -> None:
        """The words and the size of the button."""
        self.button.setFixedSize(self.ctx.theme.px(24), self.ctx.theme.px(30))
        self.button.setAccessibleName(self.ctx.t("Order and choice of columns"))
        self.button.setToolTip(f"{self.ctx.t('Order and choice of columns')}\n{self.ctx.t('Alt+Left and Alt+Right')}")

    @property
    def matrix(self) -> Matrix | None:
        """The matrix shown."""
        data = self._shown()
        return data.matrix if data is not None else None

    @property
    def _place(self) -> str:
        matrix = self.matrix
        return place_of(matrix.kind, matrix.columns_by, matrix.against) if matrix is not None else ""

    def entries_for(self, column: int) -> list[tuple[str, Callable[[], None]]]:
        """What moves the column at `column` (from 0), for the menu of a cell: words and what they do."""
        said = ((-1, self.ctx.t("Move the column left")), (1, self.ctx.t("Move the column right")))
        return [(text, partial(self.move, column, by)) for by, text in said if self.moved(column, by) is not None]

    def fill(self) -> None:
        """Put into the menu what can be done with the columns of this matrix."""
        t, menu, matrix, data = self.ctx.t, self.entries, self.matrix, self._shown()
        menu.clear()
        self._quoting.add_to(menu)
        menu.addSeparator()
        if matrix is None or data is None or self.ctx.project is None or self.ctx.project.read_only:
            menu.addAction(t("Nothing can be changed here")).setEnabled(False)
            return
        if matrix.kind == "source":
            for name in SWITCHED:
                action = menu.addAction(METHOD_LABELS[name].in_(self.ctx.language))
                action.setCheckable(True)
                action.setChecked(name not in data.plan.without)
                action.toggled.connect(lambda shown, name=name: self._switch(name, shown))
            menu.addSeparator()
        if matrix.kind == "time":
            menu.addAction(t("Periods…")).triggered.connect(lambda: self.ask_periods(data.plan))
            if not data.plan.periods:
                menu.addAction(t("Order by date")).triggered.connect(
                    lambda: self._keep(sorted(one.key for one in matrix.columns if one.key))
                )
            menu.addSeparator()
        plain = menu.addAction(t("Order as imported"))
        plain.setEnabled(self._place in data.plan.order)
        plain.triggered.connect(lambda: self._keep(()))

    def _switch(self, name: str, shown: bool) -> None:
        self.ctx.operate(mark("Choose columns"), lambda op: switch(op, name, shown))

    def moved(self, column: int, by: int) -> list[str] | None:
        """The keys of the columns after the one at `column` (from 0) went `by` places; None when it can't."""
        keys = [one.key for one in self.matrix.columns if one.key is not None] if self.matrix is not None else []
        if not (0 <= column < len(keys) and 0 <= column + by < len(keys)):
            return None
        keys.insert(column + by, keys.pop(column))
        return keys

    def move(self, column: int, by: int) -> None:
        """Let the column at `column` (from 0) stand `by` places further to the right."""
        keys = self.moved(column, by)
        if keys is not None and self.ctx.project is not None and not self.ctx.project.read_only:
            self._keep(keys)

    def _keep(self, keys: Sequence[str]) -> None:
        place = self._place
        self.ctx.operate(mark("Order the columns"), lambda op: set_order(op, place, keys))

    def ask_periods(self, plan: ColumnPlan) -> None:
        """Ask for the study's periods."""
        PeriodsDialog(self.ctx, self._parent.window(), plan.periods).open()


class PeriodsDialog(Dialog):
    """Asks for the periods that take the place of months in triangulation over time."""

    def __init__(self, ctx: Context, parent: QWidget | None, periods: Sequence[Period]) -> None:
        super().__init__(ctx, parent, ctx.t("Periods of the study"))
        self.setObjectName("periods_dialog")
        t, px = ctx.t, ctx.theme.px
        self.setMinimumWidth(px(520))
        self.content.addWidget(
            label(
                t(
                    "Each period becomes a column over time. A day is written 2026-05-12, a month 2026-05, a year 2026;"
                    " an empty place leaves the period open. Without any period the columns are months."
                ),
                "dim",
                wrap=True,
            )
        )
        self.table = QTableWidget(max(len(periods) + 1, ROWS), 3)
        self.table.setObjectName("periods_table")
        self.table.setAccessibleName(t("Periods of the study"))
        self.table.setHorizontalHeaderLabels([t("Period"), t("First day"), t("Last day")])
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (1, 2):
            self.table.setColumnWidth(column, px(120))
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setFixedHeight(px(190))
        for row, one in enumerate(periods):
            for column, text in enumerate((one.name, one.since or "", one.until or "")):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.itemChanged.connect(self._on_changed)
        self.content.addWidget(self.table)
        self.wrong = label("", "warning", wrap=True)
        self.wrong.hide()
        self.content.addWidget(self.wrong)
        self.more = button(t("Add a period"), "link", name="periods_more")
        self.more.clicked.connect(self._add)
        self.content.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(t("Save"), "primary", name="periods_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.table.setFocus()
        self.table.setCurrentCell(0, 0)

    def _add(self) -> None:
        self.table.setRowCount(self.table.rowCount() + 1)
        self.table.setFocus()
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def periods(self) -> list[Period]:
        """What was written; rows without anything are none."""
        rows = [[self._text(row, column) for column in range(3)] for row in range(self.table.rowCount())]
        return [Period(name, since or None, until or None) for name, since, until in rows if name or since or until]

    def _on_changed(self) -> None:
        self.wrong.hide()

    def _on_ok(self) -> None:
        periods = self.periods()
        try:
            check_periods(periods)
        except CodingError as error:
            self.wrong.setText(error.say(self.ctx.words))
            self.wrong.show()
            return
        self.ctx.operate(mark("Choose periods"), lambda op: set_periods(op, periods))
        self.accept()
