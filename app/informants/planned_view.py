"""Planned informants against those actually heard, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.models.informants import CATEGORY_NAMES
from app.theme import Theme
from app.widgets.fields import ComboBox
from app.widgets.parts import label
from coding.errors import mark
from coding.informants.planned import By, PlannedRow, PlannedTable, planned_table
from coding.transcripts.rows import InformantRow

BY_NAMES: dict[By, str] = {"category": mark("by category"), "group": mark("by group"), "role": mark("by role")}
HEADS = (
    mark("Planned"),
    mark("Heard so far"),
    mark("Planned, not heard yet"),
    mark("Heard, not planned"),
)


def table_look(theme: Theme) -> str:
    """Cells that begin where their heads do, with a line under each row."""
    return (
        f"QTableView::item {{ padding: 0 7px; border: none; border-bottom: 1px solid {theme.hex('line')}; }}"
        f"QTableView::item:selected {{ background: {theme.hex('accent_soft')}; color: {theme.hex('ink')}; }}"
        f"QTableView::item:focus {{ border: 2px solid {theme.hex('accent')}; padding: 0 5px; }}"
    )


class PlannedView(QWidget):
    """A row for each category, group or role, and one for all."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._people: Sequence[InformantRow] = ()
        self.by = ComboBox()
        self.by.setObjectName("planned_by")
        self.by.currentIndexChanged.connect(self._show)
        self.caption = label("", "dim", wrap=True)
        self.table = QTableWidget(0, len(HEADS) + 1)
        self.table.setObjectName("planned_table")
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 6)
        row.addWidget(self.by)
        row.addSpacing(8)
        row.addWidget(self.caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def set_people(self, people: Sequence[InformantRow]) -> None:
        """Show these informants."""
        self._people = people
        self._show()

    def _show(self) -> None:
        by: By = self.by.currentData() or "category"
        made = planned_table(self._people, by)
        self._fill(made)
        t = self._ctx.t
        self.caption.setText(
            t(
                "{heard} of {planned} planned informants were heard. Heard is who has a turn in a source that counts.",
                heard=len(made.total.planned) - len(made.total.missing),
                planned=len(made.total.planned),
            )
            if made.total.planned
            else t("Nobody is marked as planned yet: tick “Planned” in the table, and add who is still to be heard.")
        )

    def _fill(self, made: PlannedTable) -> None:
        t, number = self._ctx.t, self._ctx.words.number
        rows: list[tuple[str, PlannedRow]] = [(self._value(made.by, row.value), row) for row in made.rows]
        rows.append((t("All"), made.total))
        self.table.setRowCount(len(rows))
        for i, (name, row) in enumerate(rows):
            cells = (
                name,
                number(len(row.planned)),
                number(len(row.heard)),
                ", ".join(row.missing),
                ", ".join(row.unplanned),
            )
            for j, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if i == len(rows) - 1:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                if j in (1, 2):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(i, j, item)

    def _value(self, by: By, value: str | None) -> str:
        if value is None:
            return self._ctx.t("not said")
        return self._ctx.t(CATEGORY_NAMES[value]) if by == "category" else value

    def retranslate(self) -> None:
        """Say everything in the language at hand."""
        t = self._ctx.t
        chosen = max(0, self.by.currentIndex())
        self.by.blockSignals(True)
        self.by.clear()
        for by, name in BY_NAMES.items():
            self.by.addItem(t(name), by)
        self.by.setCurrentIndex(chosen)
        self.by.blockSignals(False)
        self.by.setAccessibleName(t("Planned and heard"))
        self.table.setAccessibleName(t("Planned and heard"))
        self.table.setHorizontalHeaderLabels(["", *(t(head) for head in HEADS)])
        for number in (1, 2):
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.table.horizontalHeaderItem(number).setTextAlignment(align)
        head, px = self.table.horizontalHeader(), self._ctx.theme.px
        bold = QFont(head.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        for number, width in enumerate((170, 90, 90, 260)):
            words = metrics.horizontalAdvance(t(HEADS[number - 1])) + px(28) if number else 0
            head.resizeSection(number, max(px(width), words))
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self._show()
