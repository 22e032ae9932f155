"""Informants from a table of a spreadsheet: what it would change is shown before it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import keep_folder, start_folder
from app.models.informants import CATEGORY_NAMES
from app.widgets.parts import label
from coding.errors import mark
from coding.informants.cells import COLUMN_NAMES
from coding.informants.tables import TableChange, TableRow, compare_table, read_table, store_table
from coding.project import Reader

Read = tuple[list[TableRow], list[TableChange]]


class TableDialog(Dialog):
    """Every new informant and every value that differs; nothing is stored before it is confirmed."""

    def __init__(self, ctx: Context, parent: QWidget | None, file: str, read: Read) -> None:
        super().__init__(ctx, parent, ctx.t("Informants from {file}", file=file))
        self.setObjectName("informant_table_dialog")
        self.resize(ctx.theme.px(720), ctx.theme.px(460))
        self._rows, self._changes = read
        t, n = ctx.t, ctx.n
        new = sum(not change.field for change in self._changes)
        values = sum(bool(change.field) for change in self._changes)
        said = [
            n("{count} informant in the table", "{count} informants in the table", count=len(self._rows)),
            n("{count} of them new", "{count} of them new", count=new),
            n("{count} value set or changed", "{count} values set or changed", count=values),
        ]
        self.content.addWidget(label(" · ".join(said), wrap=True))
        self.list = QTreeWidget()
        self.list.setObjectName("table_changes")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setHeaderLabels([t("Informant"), t("Field"), t("Now"), t("From the table")])
        self.list.setAccessibleName(t("What the table changes"))
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for change in self._changes:
            item = QTreeWidgetItem([change.code, self._field(change), self._shown(change, change.before),
                                    self._shown(change, change.after) if change.field else t("new")])  # fmt: skip
            if change.before is not None:
                item.setForeground(3, QBrush(ctx.theme.color("warning")))
            self.list.addTopLevelItem(item)
        self.content.addWidget(self.list, 1)
        if not self._changes:
            self.content.addWidget(label(t("The table says nothing that is not known already."), "dim", wrap=True))
        self.add_button(t("Cancel"), name="table_cancel").clicked.connect(self.reject)
        self.store = self.add_button(t("Take them over"), "primary", name="table_store", default=True)
        self.store.setEnabled(bool(self._changes))
        self.store.clicked.connect(self._on_store)

    def _field(self, change: TableChange) -> str:
        if not change.field:
            return ""
        known = {**COLUMN_NAMES, "initials": mark("Initials")}.get(change.field)
        return self.ctx.t(known) if known is not None else change.field

    def _shown(self, change: TableChange, value: Any) -> str:
        if value is None:
            return ""
        return self.ctx.t(CATEGORY_NAMES[value]) if change.field == "category" else str(value)

    def _on_store(self) -> None:
        rows = self._rows
        self.ctx.operate(mark("Read informants from a table"), lambda op: store_table(op, rows))
        self.accept()


def ask_table(ctx: Context, parent: QWidget) -> None:
    """Ask for the file, then show what it would change."""
    kinds = f"{ctx.t('Tables')} (*.xlsx *.csv)"
    chosen, _ = QFileDialog.getOpenFileName(parent, ctx.t("Informants from a table"), str(start_folder(ctx)), kinds)
    if chosen:
        keep_folder(ctx, Path(chosen))
        show_table(ctx, parent, Path(chosen))


def show_table(ctx: Context, parent: QWidget, path: Path) -> None:
    """Read the table beside the window, then show what it would change."""

    def read(reader: Reader) -> Read:
        rows = read_table(path)
        return rows, compare_table(reader, rows)

    ctx.read(read, lambda found: TableDialog(ctx, parent, path.name, found).open(), key="informant_table")
