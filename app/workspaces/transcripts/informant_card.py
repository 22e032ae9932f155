"""What is known of one informant, on a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.context import Context
from app.models.informants import CATEGORY_NAMES
from app.widgets.parts import ElidedLabel, button, clear_layout, label, line
from app.widgets.row_view import SIDE
from coding.transcripts.rows import InformantRow

SOURCES_SHOWN = 3


class InformantCard(QFrame):
    """Name, role, category, group, age, place, and a way to each source in which the informant speaks."""

    source_asked = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._row: InformantRow | None = None
        self.setObjectName("informant_card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(line())
        self._column = QVBoxLayout()
        self._column.setContentsMargins(SIDE, 8, SIDE, 8)
        self._column.setSpacing(2)
        outer.addLayout(self._column)

    def show_informant(self, row: InformantRow | None) -> None:
        """Show what is known of `row`."""
        self._row = row
        clear_layout(self._column)
        if row is None:
            return
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(_bold(row.name or row.code), 1)
        edit = button(self._ctx.t("Edit…"), "link", name="edit_informant")
        edit.clicked.connect(lambda: self.edit_asked.emit(row.guid))
        head.addWidget(edit)
        self._column.addLayout(head)
        for text in self.facts(row):
            self._column.addWidget(ElidedLabel(text, "dim"))
        for name in row.sources[:SOURCES_SHOWN]:
            self._column.addLayout(self._source(name))
        if len(row.sources) > SOURCES_SHOWN:
            more = len(row.sources) - SOURCES_SHOWN
            self._column.addWidget(
                label(self._ctx.n("and {count} more source", "and {count} more sources", count=more), "small")
            )

    def facts(self, row: InformantRow) -> list[str]:
        """The lines about the informant, those that are known."""
        t = self._ctx.t
        age = t("{age} years", age=row.age) if row.age is not None else ""
        category = t(CATEGORY_NAMES[row.category]) if row.category else ""
        group = t("group: {group}", group=row.group) if row.group else ""
        lines = [
            row.role or "",
            " · ".join(part for part in (category, age, row.gender or "") if part),
            group,
            row.place or "",
            *(f"{name}: {value}" for name, value in row.attributes),
            row.remark or "",
            t("left out of the analysis") if row.left_out else "",
        ]
        return [text for text in lines if text]

    def _source(self, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        go = button("", "link")
        go.setAccessibleName(name)
        go.setToolTip(name)
        metrics = go.fontMetrics()
        go.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._ctx.theme.px(170)))
        go.clicked.connect(lambda: self.source_asked.emit(name))
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(go)
        row.addStretch(1)
        return row


def _bold(text: str) -> ElidedLabel:
    made = ElidedLabel(text)
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    return made
