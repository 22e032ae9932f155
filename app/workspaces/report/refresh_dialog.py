"""The dialog that brings tables in a Word document of the user's up to date, after showing what would change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import start_folder
from app.widgets.parts import ElidedLabel, label
from app.workspaces.report.change_view import ChangeView
from coding.reports.refresh import Refreshed, RefreshPlan, TableChange, plan_refresh, refresh
from coding.reports.refresh_rows import CellChange, Change
from coding.reports.refresh_wording import called, changed_by, said_of, summed_up, told

_MOST = 500
"""Changed cells of a table that are listed."""
_LONG, _OPEN = 160, 12
_NUMBER, _TEXTS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class RefreshDialog(Dialog):
    """Lists the tables of a document with what would change in each; what is ticked is written."""

    def __init__(self, ctx: Context, parent: QWidget | None, path: Path) -> None:
        super().__init__(ctx, parent, ctx.t("Refresh tables in a document"))
        self.setObjectName("refresh_dialog")
        self.resize(ctx.theme.px(1040), ctx.theme.px(640))
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
        self.tree.setHeaderLabels([t("Table"), t("What changes"), t("In the document"), t("In the project")])
        self.tree.setAlternatingRowColors(False)
        self.tree.setWordWrap(True)
        self.tree.header().setStretchLastSection(True)
        self.tree.itemChanged.connect(lambda *_: self._say())
        self.tree.currentItemChanged.connect(lambda item, _: self._show(item))
        self.content.addWidget(self.tree, 1)
        self.change = ChangeView(ctx)
        self.content.addWidget(self.change)
        keep = t(
            "What is ticked is taken from the project. What you wrote yourself is not ticked and stays, and so do your"
            " rows and columns. A copy of the document as it is now is kept."
        )
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
        for section, share in enumerate((0.34, 0.28, 0.19)):
            header.resizeSection(section, int(width * share))
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            item.setExpanded(item.childCount() <= _OPEN)
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()

    def _item(self, change: TableChange) -> QTreeWidgetItem:
        said = said_of(change, self.ctx.words)
        item = QTreeWidgetItem([called(change, self.ctx.words), said])
        item.setData(0, _NUMBER, change.number)
        item.setToolTip(0, change.caption)
        item.setToolTip(1, said)
        if not change.changes:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            return item
        # what the user wrote first, for it is for them to decide
        ordered = sorted(change.changes, key=lambda one: one.usual)[:_MOST]
        for one in ordered:
            item.addChild(self._line(one, change))
        if (left := len(change.changes) - len(ordered)) > 0:
            item.addChild(QTreeWidgetItem([self.ctx.n("and {count} more cell", "and {count} more cells", count=left)]))
        if change.columns:
            on = change.state == "changed"
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        else:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _line(self, one: Change, table: TableChange) -> QTreeWidgetItem:
        """A change with what it says before and after; it is ticked when it is made."""
        if isinstance(one, CellChange):
            name, old, new = " · ".join(part for part in (one.row, one.column) if part), one.old, one.new
        else:
            name, old, new = one.row, "" if one.kind == "added" else one.text, one.text if one.kind == "added" else ""
        line = QTreeWidgetItem([_short(text) for text in (name, changed_by(one, self.ctx.words), old, new)])
        line.setData(0, _TEXTS, (old, new))
        if not table.columns:
            line.setData(0, _NUMBER, one.number)
            line.setCheckState(0, Qt.CheckState.Checked if one.number in table.usual else Qt.CheckState.Unchecked)
        return line

    def _show(self, item: QTreeWidgetItem | None) -> None:
        """Show the change at hand in full."""
        texts = item.data(0, _TEXTS) if item is not None else None
        self.change.show_change(*(texts or ("", "")))

    def chosen(self) -> dict[int, list[int]]:
        """The numbers of the changes that are ticked, by that of their table."""
        found: dict[int, list[int]] = {}
        for table in self.plan.tables if self.plan is not None else ():
            item = self.tree.topLevelItem(table.number)
            if item is None or not table.changes or item.checkState(0) == Qt.CheckState.Unchecked:
                continue
            if table.columns:
                found[table.number] = [one.number for one in table.changes]
                continue
            lines = [item.child(at) for at in range(item.childCount())]
            listed = {line.data(0, _NUMBER): line.checkState(0) == Qt.CheckState.Checked for line in lines}
            found[table.number] = [
                one.number for one in table.changes if listed.get(one.number, one.number in table.usual)
            ]
        return {number: changes for number, changes in found.items() if changes}

    def _say(self) -> None:
        count = len(self.chosen())
        self.write_button.setEnabled(count > 0)
        self.write_button.setText(
            self.ctx.n("Update {count} table", "Update {count} tables", count=count) if count else self.ctx.t("Update")
        )

    def _on_write(self) -> None:
        plan, chosen, words = self.plan, self.chosen(), self.ctx.words
        if plan is None or not chosen:
            return
        task = self.ctx.task("Updating tables…")
        self.write_button.setEnabled(False)
        self.ctx.read(
            lambda reader: refresh(reader, plan, words, chosen, task), self._on_written, key="report.refresh",
            task=task, failed=lambda _: self._say(),
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
    folder = ctx.project.path.parent if ctx.project is not None else start_folder(ctx)
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), shown)
    if not chosen:
        return None
    path = Path(chosen)
    dialog = RefreshDialog(ctx, parent, path)
    dialog.open()
    return dialog
