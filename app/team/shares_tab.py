"""Which source is given to whom, who is done with it, and whether coders see each other's codings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.name import NameDialog
from app.widgets.fields import SpinBox
from app.widgets.parts import button, label
from coding.coders import CoderRow
from coding.review.team import Share, assign, distribute

GUID = int(Qt.ItemDataRole.UserRole)
DONE = "✓"


class SharesTab(QWidget):
    """A table of sources by coders; a tick gives a source to a coder."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._rows: Sequence[Share] = ()
        self._coders: Sequence[CoderRow] = ()
        self._filling = False
        self.said = label("", "dim", wrap=True)
        self.table = QTableWidget()
        self.table.setObjectName("team_table")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.itemChanged.connect(self._on_changed)
        self.blind = QCheckBox()
        self.blind.setObjectName("team_blind")
        self.blind.clicked.connect(ctx.set_blind)
        self.share = button("", "", name="team_distribute")
        self.share.clicked.connect(self.ask_distribution)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.add = button("", "", name="team_add_coder")
        self.add.clicked.connect(self.ask_new)
        self.rename = button("", "", name="team_rename_coder")
        self.rename.clicked.connect(self.ask_name)
        self.table.currentCellChanged.connect(lambda *_: self._enable())
        self.table.horizontalHeader().sectionDoubleClicked.connect(self.ask_name_in)
        for made in (self.add, self.rename, self.share):
            foot.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.blind)
        column.addLayout(foot)

    def show_shares(self, rows: Sequence[Share], coders: Sequence[CoderRow], blind: bool) -> None:
        """Show who has what."""
        self._rows = rows
        self._coders = [row for row in coders if row.role == "researcher"]
        self.blind.setChecked(blind)
        self.retranslate()

    def retranslate(self) -> None:
        """Say and draw everything again."""
        t, n, words = self._ctx.t, self._ctx.n, self._ctx.words
        writable = self._ctx.project is not None and not self._ctx.project.read_only
        self.blind.setText(t("Blind coding: in Transcripts, Evidence and Review, coders see only their own codings"))
        self.blind.setEnabled(writable)
        self.share.setText(t("Share out the sources…"))
        self.share.setEnabled(writable and bool(self._coders) and bool(self._rows))
        self.add.setText(t("Add a coder…"))
        self.rename.setText(t("Rename the coder…"))
        self.rename.setToolTip(t("The coder in whose column the cursor is; a double click on the name does it, too"))
        self._enable()
        self.table.setAccessibleName(t("Sources and coders"))
        self._filling = True
        at = self.table.currentRow(), self.table.currentColumn()
        self.table.setRowCount(len(self._rows))
        self.table.setColumnCount(2 + len(self._coders))
        self.table.setHorizontalHeaderLabels([t("Source"), t("Words"), *(row.name for row in self._coders)])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, row in enumerate(self._rows):
            name = QTableWidgetItem(row.name)
            name.setData(GUID, row.guid)
            name.setToolTip(row.name)
            self.table.setItem(number, 0, name)
            count = QTableWidgetItem(words.number(row.words))
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(number, 1, count)
            for column, coder in enumerate(self._coders, 2):
                self.table.setItem(number, column, self._cell(row, coder, writable))
        if at[0] >= 0:
            self.table.setCurrentCell(*at)
        self._filling = False
        parts = []
        for coder in self._coders:
            mine = [row for row in self._rows if coder.name in row.assigned]
            done = sum(coder.name in row.done for row in self._rows)
            sources = n("{count} source", "{count} sources", count=len(mine))
            total = words.number(sum(row.words for row in mine))
            parts.append(
                t("{name}: {sources}, {words} words, {done} done", name=coder.name, sources=sources, words=total,
                  done=words.number(done))
            )  # fmt: skip
        self.said.setText("   ·   ".join(parts) or t("Nobody has coded yet. Add the coders."))

    def _cell(self, row: Share, coder: CoderRow, writable: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(DONE if coder.name in row.done else "")
        given = coder.name in row.assigned
        item.setCheckState(Qt.CheckState.Checked if given else Qt.CheckState.Unchecked)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if writable else flags)
        said = self._ctx.t("done") if coder.name in row.done else ""
        item.setToolTip(" · ".join(part for part in (coder.name, said) if part))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {item.toolTip()}")
        return item

    def _on_changed(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() < 2:
            return
        row, coder = self._rows[item.row()], self._coders[item.column() - 2]
        given = item.checkState() == Qt.CheckState.Checked
        if given == (coder.name in row.assigned):
            return
        if given:
            self._ctx.operate(
                "Give “{source}” to {name}", lambda op: assign(op, row.guid, coder.name, True), source=row.name,
                name=coder.name,
            )  # fmt: skip
        else:
            self._ctx.operate(
                "Take “{source}” from {name}", lambda op: assign(op, row.guid, coder.name, False), source=row.name,
                name=coder.name,
            )  # fmt: skip

    def _enable(self) -> None:
        project = self._ctx.project
        writable = project is not None and not project.read_only
        self.add.setEnabled(writable)
        self.rename.setEnabled(writable and 0 <= self.table.currentColumn() - 2 < len(self._coders))

    def ask_new(self) -> None:
        """Ask who else codes."""
        t = self._ctx.t
        NameDialog(self._ctx, self, t("Add a coder"), t("Name of the coder"), self._ctx.name_coder).open()

    def ask_name(self) -> None:
        """Ask what the coder in whose column the cursor is is called."""
        self.ask_name_in(self.table.currentColumn())

    def ask_name_in(self, column: int) -> None:
        """Ask what the coder of a column is called."""
        ctx = self._ctx
        if self.add.isEnabled() and column >= 2:
            before = self._coders[column - 2].name

            def named(name: str) -> None:
                ctx.name_coder(name, before)

            NameDialog(ctx, self, ctx.t("Rename the coder"), ctx.t("Name of the coder"), named, before).open()

    def ask_distribution(self) -> None:
        """Ask among whom the sources are shared out."""
        dialog = DistributionDialog(self._ctx, self, [row.name for row in self._coders], len(self._rows))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class DistributionDialog(Dialog):
    """Among whom, and how many sources everybody codes."""

    def __init__(self, ctx: Context, parent: QWidget, coders: Sequence[str], sources: int) -> None:
        super().__init__(ctx, parent, ctx.t("Share out the sources"))
        t = ctx.t
        self.setObjectName("distribution_dialog")
        self.setMinimumWidth(ctx.theme.px(420))
        self.content.addWidget(
            label(t("Each source goes to one coder, so that all have about as much to read."), wrap=True)
        )
        self.boxes = []
        for name in coders:
            box = QCheckBox(name)
            box.setChecked(True)
            box.toggled.connect(self._enable)
            self.boxes.append(box)
            self.content.addWidget(box)
        row = QHBoxLayout()
        caption = label(t("Sources that everybody codes (for agreement)"), wrap=True)
        self.together = SpinBox()
        self.together.setObjectName("distribution_together")
        self.together.setRange(0, sources)
        self.together.setValue(min(max(1, round(sources / 10)), sources) if len(coders) > 1 else 0)
        caption.setBuddy(self.together)
        row.addWidget(caption, 1)
        row.addWidget(self.together)
        self.content.addLayout(row)
        self.content.addWidget(label(t("What was given before is replaced; Undo brings it back."), "dim", wrap=True))
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(t("Share out"), "primary", default=True)
        self._ok.clicked.connect(self._on_ok)

    def _chosen(self) -> list[str]:
        return [box.text() for box in self.boxes if box.isChecked()]

    def _enable(self) -> None:
        self._ok.setEnabled(bool(self._chosen()))

    def _on_ok(self) -> None:
        names, together = self._chosen(), self.together.value()
        self.ctx.operate("Share out the sources", lambda op: distribute(op, names, together))
        self.accept()
