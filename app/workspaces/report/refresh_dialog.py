"""The dialog that brings tables in a Word document of the user's up to date, after showing what would change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import keep_folder, start_folder
from app.widgets.parts import ElidedLabel, label
from coding.reports.refresh import Refreshed, RefreshPlan, TableChange, plan_refresh, refresh
from coding.reports.refresh_wording import called, said_of, summed_up, told

_MOST = 500
"""Changed cells of a table that are listed."""
_LONG = 160


class RefreshDialog(Dialog):
    """Lists the tables of a document with what would change in each; those ticked are written."""

    def __init__(self, ctx: Context, parent: QWidget | None, path: Path) -> None:
        super().__init__(ctx, parent, ctx.t("Refresh tables in a document"))
        self.setObjectName("refresh_dialog")
        self.resize(ctx.theme.px(920), ctx.theme.px(560))
        t = ctx.t
        self.path = path
        self.plan: RefreshPlan | None = None
        name = ElidedLabel(path.name, "heading", Qt.TextElideMode.ElideMiddle)
        name.setToolTip(str(path))
        self.content.addWidget(name)
        self.said = label(t("Comparing with the project…"), "dim", wrap=True)
        self.content.addWidget(self.said)
        self.tree = QTreeWidget()
        self.tree.setObjectName("refresh_tables")
        self.tree.setAccessibleName(t("Tables in the document and what changes in them"))
        self.tree.setHeaderLabels([t("Table"), t("In the document"), t("In the project")])
        self.tree.setAlternatingRowColors(False)
        self.tree.setWordWrap(True)
        self.tree.header().setStretchLastSection(True)
        self.tree.itemChanged.connect(lambda *_: self._say())
        self.content.addWidget(self.tree, 1)
        keep = t("Only the tables change, and keep the look they have. A copy of the document as it is now is kept.")
        self.content.addWidget(label(keep, "dim", wrap=True))
        self.add_button(t("Cancel"), name="refresh_cancel").clicked.connect(self.reject)
        self.write_button = self.add_button("", "primary", name="refresh_write", default=True)
        self.write_button.clicked.connect(self._on_write)
        self._say()
        task = ctx.task("Comparing tables…")
        ctx.read(
            lambda reader: plan_refresh(reader, path, task), self._on_plan, key="report.refresh", task=task,
            failed=lambda _: self.reject(),
        )  # fmt: skip

    def _on_plan(self, plan: RefreshPlan) -> None:
        self.plan = plan
        self.said.setText(summed_up(plan, self.ctx.words))
        self.tree.blockSignals(True)
        for change in plan.tables:
            self.tree.addTopLevelItem(self._item(change))
        self.tree.blockSignals(False)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        width = self.tree.viewport().width()
        header.resizeSection(0, int(width * 0.46))
        header.resizeSection(1, int(width * 0.27))
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            item.setExpanded(item.childCount() <= 12)
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()

    def _item(self, change: TableChange) -> QTreeWidgetItem:
        t = self.ctx.t
        item = QTreeWidgetItem([called(change, self.ctx.words), "", said_of(change, self.ctx.words)])
        item.setData(0, Qt.ItemDataRole.UserRole, change.number)
        item.setToolTip(0, change.caption)
        item.setToolTip(2, said_of(change, self.ctx.words))
        if change.state != "changed":
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            return item
        item.setCheckState(0, Qt.CheckState.Checked)
        lines = [(" · ".join(part for part in (c.row, c.column) if part), c.old, c.new) for c in change.cells[:_MOST]]
        lines += [(row, "", t("new row")) for row in change.added]
        lines += [(row, t("row removed"), "") for row in change.removed]
        for line in lines:
            child = QTreeWidgetItem([_short(text) for text in line])
            for column, text in enumerate(line):
                child.setToolTip(column, text)
            item.addChild(child)
        if (left := len(change.cells) - _MOST) > 0:
            more = self.ctx.n("and {count} more cell", "and {count} more cells", count=left)
            item.addChild(QTreeWidgetItem([more]))
        return item

    def chosen(self) -> set[int]:
        """The numbers of the tables that are ticked."""
        items = (self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount()))
        return {
            item.data(0, Qt.ItemDataRole.UserRole)
            for item in items
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState(0) == Qt.CheckState.Checked
        }

    def _say(self) -> None:
        count = len(self.chosen())
        self.write_button.setEnabled(count > 0)
        self.write_button.setText(
            self.ctx.n("Update {count} table", "Update {count} tables", count=count) if count else self.ctx.t("Update")
        )

    def _on_write(self) -> None:
        plan, only, words = self.plan, self.chosen(), self.ctx.words
        if plan is None or not only:
            return
        task = self.ctx.task("Updating tables…")
        self.write_button.setEnabled(False)
        self.ctx.read(
            lambda reader: refresh(reader, plan, words, only, task), self._on_written, key="report.refresh", task=task,
            failed=lambda _: self._say(),
        )  # fmt: skip

    def _on_written(self, done: Refreshed) -> None:
        self.ctx.say(told(done, self.ctx.words))
        self.accept()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[:_LONG]}…"


def ask_refresh(ctx: Context, parent: QWidget) -> RefreshDialog | None:
    """Ask for a document and show the dialog; None when none was chosen."""
    title, shown = ctx.t("Refresh tables in a document"), f"{ctx.t('Word document')} (*.docx)"
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(start_folder(ctx)), shown)
    if not chosen:
        return None
    path = Path(chosen)
    keep_folder(ctx, path)
    dialog = RefreshDialog(ctx, parent, path)
    dialog.open()
    return dialog
