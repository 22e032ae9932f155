"""Beside the table: the current passage in its context, its memo, and who says it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.models.evidence_words import attribute_name, attribute_value, one_line
from app.models.matrix_evidence import Stretch
from app.widgets.evidence_card import EvidenceCard
from app.widgets.parts import EmptyState, SectionHeader, clear_layout, label
from coding.segments.evidence_rows import EvidenceRow
from coding.transcripts.rows import InformantRow


class Preview(QFrame):
    """Shows one coded segment. `opened` carries its guid when the person goes to its transcript, `stepped` +1 or −1."""

    opened = Signal(str)
    stepped = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._row: EvidenceRow | None = None
        self._people: Mapping[str, InformantRow] = {}
        self.card: EvidenceCard | None = None
        self.setObjectName("evidence_preview")
        self.setProperty("surface", "side")
        self.heading = SectionHeader()
        self._inside = QWidget()
        self._inside.setProperty("transparent", "true")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, 4, 14, 16)
        self._column.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self._empty = EmptyState(ctx, "evidence")
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 14, 8)
        head.addWidget(self.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        self.refresh()

    @property
    def row(self) -> EvidenceRow | None:
        """What is shown."""
        return self._row

    def show_row(self, row: EvidenceRow | None, people: Mapping[str, InformantRow]) -> None:
        """Show `row`, or what to do here."""
        if row != self._row or people is not self._people:
            self._row, self._people = row, people
            self.refresh()

    def refresh(self) -> None:
        """Make everything again, in the words and colours at hand."""
        ctx, row = self._ctx, self._row
        self.heading.set_text(ctx.t("In its context"))
        self.setAccessibleName(ctx.t("In its context"))
        self._empty.set(ctx.t("No passage chosen"), ctx.t("Choose a line: the passage and its context stand here."))
        self._scroll.setVisible(row is not None)
        self._empty.setVisible(row is None)
        clear_layout(self._column)
        self.card = None
        if row is None:
            return
        if row.before.strip():
            self._column.addWidget(self._around("… " + one_line(row.before)))
        self.card = EvidenceCard(
            ctx, Stretch(one_line(row.segment.text), (row.segment,), False), self._people, codes=True
        )
        self.card.opened.connect(self.opened)
        self.card.stepped.connect(self.stepped)
        self._column.addWidget(self.card)
        if row.after.strip():
            self._column.addWidget(self._around(one_line(row.after) + " …"))
        for heading, text in self._facts(row):
            self._column.addSpacing(4)
            self._column.addWidget(SectionHeader(heading))
            self._column.addWidget(label(text, wrap=True, select=True))
        self._column.addStretch(1)

    def _around(self, text: str) -> QWidget:
        made = label(text, "dim", wrap=True, select=True)
        theme = self._ctx.theme
        made.setStyleSheet(f"font: {theme.px(12.5)}px '{theme.text_font().family()}';")
        made.setContentsMargins(13, 0, 13, 0)
        return made

    def _facts(self, row: EvidenceRow) -> list[tuple[str, str]]:
        ctx, segment = self._ctx, row.segment
        facts = []
        if segment.memo:
            facts.append((ctx.t("Memo"), segment.memo))
        for code in segment.informants:
            person = self._people.get(code)
            if person is not None and (said := self._who(person)):
                facts.append((code, said))
        where = [segment.source, ctx.words.date(segment.source_date), row.place or ""]
        facts.append((ctx.t("Source"), " · ".join(part for part in where if part)))
        marks = [ctx.t("Reported speech")] if row.segment.reported else []
        marks += [ctx.t("Topic: {name}", name=row.segment.topic)] if row.segment.topic else []
        changed = ctx.words.date(segment.modified_at[:10])
        marks.append(ctx.t("{coder}, changed {date}", coder=segment.coder, date=changed))
        facts.append((ctx.t("Coded by"), " · ".join(marks)))
        return facts

    def _who(self, person: InformantRow) -> str:
        ctx = self._ctx
        values = [("role", person.role), ("category", person.category), ("group", person.group)]
        said = [attribute_value(ctx, name, value) for name, value in values if value]
        said += [f"{attribute_name(ctx, name)}: {value}" for name, value in person.attributes]
        return " · ".join(said)
