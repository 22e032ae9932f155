"""Who speaks under which label of one source, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.fields import ComboBox
from app.widgets.parts import label
from coding.errors import mark
from coding.project import Operation
from coding.transcripts.rows import InformantRow, SourceText, TurnRow
from coding.transcripts.turn_editing import Voice, reassign_turns


@dataclass(frozen=True, slots=True)
class _Label:
    """Turns that read the same and are of the same speaker: the first of them, and how many there are."""

    first: TurnRow
    turns: int


class SpeakersDialog(Dialog):
    """One line a label: what stands in the text, how many turns, whose they are."""

    def __init__(self, ctx: Context, parent: QWidget, source: SourceText, people: Sequence[InformantRow]) -> None:
        super().__init__(ctx, parent, ctx.t("Who speaks in “{source}”", source=source.name))
        self.setObjectName("speakers_dialog")
        self.setMinimumWidth(ctx.theme.px(520))
        self._source = source
        t, n = ctx.t, ctx.n
        self.boxes: list[tuple[TurnRow, QComboBox]] = []
        inner = QWidget()
        inner.setProperty("transparent", "true")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(2, 1)
        for number, found in enumerate(_labels(source)):
            name = found.first.label or t("without a label")
            grid.addWidget(label(name), number, 0)
            grid.addWidget(label(n("{count} turn", "{count} turns", count=found.turns), "dim"), number, 1)
            box = self._box(found.first, people)
            box.setAccessibleName(t("Who speaks under “{label}”", label=name))
            grid.addWidget(box, number, 2)
            self.boxes.append((found.first, box))
        grid.setRowStretch(len(self.boxes), 1)
        if self.boxes:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(inner)
            area.setMinimumHeight(min(ctx.theme.px(340), inner.sizeHint().height() + 8))
            self.content.addWidget(area, 1)
        else:
            inner.setParent(None)
            self.content.addWidget(label(t("Nobody's turns are marked in this source."), "dim", wrap=True))
        self.add_button(t("Cancel"), name="speakers_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Save"), "primary", name="speakers_save", default=True)
        self.save.setEnabled(bool(self.boxes))
        self.save.clicked.connect(self._on_save)

    def _box(self, turn: TurnRow, people: Sequence[InformantRow]) -> QComboBox:
        t = self.ctx.t
        box = ComboBox()
        box.addItem(t("The researcher"), ("researcher", None))
        box.addItem(t("Unknown"), ("unknown", None))
        for person in people:
            role = f" · {person.role}" if person.role else ""
            box.addItem(f"{person.code}{role}", ("informant", person.guid))
        kinds = [box.itemData(i) for i in range(box.count())]
        box.setCurrentIndex(next((i for i, data in enumerate(kinds) if tuple(data) == _voice(turn)), 1))
        return box

    def _on_save(self) -> None:
        changes = [
            (turn.guid, Voice(*box.currentData()))
            for turn, box in self.boxes
            if tuple(box.currentData()) != _voice(turn)
        ]

        def work(op: Operation) -> None:
            for guid, voice in changes:
                reassign_turns(op, guid, voice, "label")

        if changes:
            self.ctx.operate(mark("Change who speaks in “{source}”"), work, source=self._source.name)
        self.accept()


def _voice(turn: TurnRow) -> tuple[str, str | None]:
    return turn.kind, turn.informant_guid


def _labels(source: SourceText) -> list[_Label]:
    found: dict[tuple[str, str, str | None], list[TurnRow]] = {}
    for turn in source.turns:
        found.setdefault((turn.label, *_voice(turn)), []).append(turn)
    return [_Label(turns[0], len(turns)) for turns in found.values()]
