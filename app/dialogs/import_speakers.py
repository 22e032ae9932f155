"""Who speaks in a draft: one line for each label, to be corrected."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.import_entries import speaker_key
from app.models.informants import CATEGORY_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import ElidedLabel, button, clear_layout, label, set_look
from coding.errors import mark
from coding.transcripts.drafts import CATEGORIES, Draft, LabelChoice, Speaker
from coding.transcripts.identity import resolve
from coding.transcripts.preview import Known

KINDS: dict[str, str] = {
    "researcher": mark("Researcher"),
    "informant": mark("Informant"),
    "unknown": mark("Somebody unknown"),
    "none": mark("Not a label"),
}


SILENT: dict[str, str] = {"informant": mark("Informant"), "none": mark("Leave out")}
"""What somebody can be whose words have no label."""


class SpeakerTable(QScrollArea):
    """`chosen` carries a label and what the user says of it, `edited` a speaker's key and what was written of it."""

    chosen = Signal(str, object)
    edited = Signal(str, dict)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._lines: dict[str, _Line] = {}
        self.setObjectName("speaker_table")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("transparent", "true")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(4, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(body)

    def show_draft(self, draft: Draft, known: Known) -> None:
        """Show the speakers of `draft`; lines that stay keep the focus."""
        speakers = rows_of(draft)
        if [speaker_key(s) for s, _ in speakers] != list(self._lines):
            clear_layout(self._grid)
            self._lines = {speaker_key(s): self._line(n, s) for n, (s, _) in enumerate(speakers)}
        found = resolve(draft, known.informants)
        people = {speaker_key(s): found[n] for n, s in enumerate(draft.speakers)}
        codes = {person.guid: person.code for person in known.informants}
        turns = Counter(draft.speakers[turn.speaker].label for turn in draft.turns)
        for speaker, kind in speakers:
            person = people.get(speaker_key(speaker))
            there = person is not None and person.guid is not None
            code = codes.get(person.guid or "", person.code) if person is not None else speaker.code or ""
            line = self._lines[speaker_key(speaker)]
            line.show(speaker, kind, turns[speaker.label], code, there, speaker.label in open_doubts(draft))

    def line(self, name: str) -> _Line:
        """The line of a label."""
        return self._lines[name]

    def labels(self) -> list[str]:
        """The labels that are shown."""
        return list(self._lines)

    def _line(self, number: int, speaker: Speaker) -> _Line:
        line = _Line(self._ctx, speaker)
        for column, widget in enumerate((line.name, line.turns, line.kind, line.code, line.about, line.more)):
            self._grid.addWidget(widget, number, column)
        line.kind.activated.connect(lambda _: self._on_kind(line))
        line.code.editingFinished.connect(lambda: self._on_code(line))
        line.more.clicked.connect(lambda: self._on_more(line))
        return line

    def _on_kind(self, line: _Line) -> None:
        if line.label:
            self.chosen.emit(line.label, line.choice())
        else:
            kind = "informant" if line.kind.currentData() == "informant" else "unknown"
            self.edited.emit(line.key, {"kind": kind})

    def _on_code(self, line: _Line) -> None:
        if not line.code.isModified() or not line.code.text().strip():
            return
        line.code.setModified(False)
        choice = line.choice()
        if line.label:
            self.chosen.emit(line.label, choice)
        else:
            self.edited.emit(line.key, {"code": choice.code})

    def _on_more(self, line: _Line) -> None:
        dialog = SpeakerDialog(self._ctx, self.window(), line.speaker)
        dialog.written.connect(lambda values: self.edited.emit(line.key, values))
        dialog.open()


class _Line:
    """The widgets of one label."""

    def __init__(self, ctx: Context, speaker: Speaker) -> None:
        self._ctx = ctx
        self.key = speaker_key(speaker)
        self.label = name = speaker.label
        self.speaker = speaker
        self.name = label(name or speaker.code or "–")
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.name.setMinimumWidth(ctx.theme.px(60))
        # a long label is whole in its tooltip and leaves room for what is chosen
        most = ctx.theme.px(170)
        if self.name.sizeHint().width() > most:
            self.name.setText(self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, most))
            self.name.setToolTip(name)
        self.turns = label("", "dim")
        self.kind = ComboBox()
        self.kind.setObjectName(f"kind_{name}")
        for kind, words in (KINDS if name else SILENT).items():
            self.kind.addItem(ctx.t(words), kind)
        self.kind.setAccessibleName(ctx.t("Who is {label}", label=name or self.name.text()))
        self.code = QLineEdit()
        self.code.setObjectName(f"code_{name}")
        self.code.textChanged.connect(self._fit_code)
        self._fit_code("")
        self.code.setAccessibleName(ctx.t("Code of the informant"))
        self.about = ElidedLabel("", "dim")
        self.more = button(ctx.t("Details…"), "link", name=f"more_{name}")

    def _fit_code(self, code: str) -> None:
        """Give the code the room it needs, within limits; a longer one is whole in its tooltip."""
        px = self._ctx.theme.px
        needed = QFontMetrics(self._ctx.theme.ui_font()).horizontalAdvance(code) + px(28)
        self.code.setFixedWidth(min(max(needed, px(96)), px(220)))
        self.code.setToolTip(code if needed > px(220) else "")

    def choice(self) -> LabelChoice:
        """What the line says of the label."""
        kind = self.kind.currentData()
        code = self.code.text().strip() if kind == "informant" else ""
        return LabelChoice(kind, code or None)

    def show(self, speaker: Speaker, kind: str, turns: int, code: str, there: bool, unsure: bool) -> None:
        """Show what is known."""
        ctx = self._ctx
        self.speaker = speaker
        self.kind.setCurrentIndex(max(self.kind.findData(kind), self.kind.findData("none") if not self.label else 0))
        self.turns.setText(ctx.n("{count} turn", "{count} turns", count=turns) if turns else ctx.t("does not speak"))
        informant = kind == "informant"
        if not self.code.hasFocus() or not self.code.isModified():
            self.code.setText(code if informant else "")
        self.code.setVisible(informant)
        self.more.setVisible(informant)
        facts = [ctx.t("already in the project") if there else ctx.t("new")] if informant else []
        if informant:
            facts += [part for part in (speaker.role, _age(ctx, speaker)) if part]
        elif unsure:
            facts = [ctx.t("in doubt")]
        self.about.setText(" · ".join(facts))
        set_look(self.about, "tone", "warning" if unsure else "dim")


class SpeakerDialog(Dialog):
    """What the header says of an informant, to be corrected before it is stored."""

    written = Signal(dict)

    def __init__(self, ctx: Context, parent: QWidget | None, speaker: Speaker) -> None:
        super().__init__(ctx, parent, ctx.t("Informant {code}", code=speaker.code or speaker.label))
        self.setObjectName("speaker_dialog")
        self.setMinimumWidth(ctx.theme.px(420))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        t = ctx.t
        captions = {
            "name": t("Name"),
            "role": t("Role"),
            "group": t("Group"),
            "age": t("Age"),
            "gender": t("Gender"),
            "place": t("Place"),
        }
        self.fields: dict[str, QLineEdit] = {}
        for number, (name, caption) in enumerate(captions.items()):
            value = getattr(speaker, name)
            edit = QLineEdit("" if value is None else str(value))
            edit.setObjectName(f"speaker_{name}")
            edit.setAccessibleName(caption)
            self._grid.addWidget(label(caption), number, 0)
            self._grid.addWidget(edit, number, 1)
            self.fields[name] = edit
        self.category = ComboBox()
        self.category.setObjectName("speaker_category")
        self.category.setAccessibleName(t("Category"))
        self.category.addItem(t("not said"), None)
        for category in CATEGORIES:
            self.category.addItem(t(CATEGORY_NAMES[category]), category)
        self.category.setCurrentIndex(CATEGORIES.index(speaker.category) + 1 if speaker.category else 0)
        self._grid.addWidget(label(t("Category")), len(captions), 0)
        self._grid.addWidget(self.category, len(captions), 1)
        self.content.addLayout(self._grid)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(t("Take over"), "primary", name="speaker_ok", default=True)
        self._ok.clicked.connect(self._on_ok)
        self.fields["age"].textChanged.connect(self._check)

    def _check(self, text: str) -> None:
        fine = not text.strip() or (text.strip().isdecimal() and int(text) < 130)
        set_look(self.fields["age"], "invalid", not fine)
        self._ok.setEnabled(fine)

    def _on_ok(self) -> None:
        values: dict[str, Any] = {name: " ".join(edit.text().split()) or None for name, edit in self.fields.items()}
        values["age"] = int(values["age"]) if values["age"] else None
        values["category"] = self.category.currentData()
        self.written.emit(values)
        self.accept()


def open_doubts(draft: Draft) -> list[str]:
    """The labels in doubt of which the user has said nothing."""
    answered = {name.casefold() for name, _ in draft.choices.labels}
    return [name for name in draft.unsure_labels if name.casefold() not in answered]


def rows_of(draft: Draft) -> list[tuple[Speaker, str]]:
    """Who speaks in a draft, then labels that were taken for none, each with its kind."""
    spoken = {turn.speaker for turn in draft.turns}
    rows = [(speaker, str(speaker.kind)) for number, speaker in enumerate(draft.speakers) if number in spoken]
    shown = {speaker.label.casefold() for speaker in draft.speakers}
    none = [name for name in draft.unsure_labels if name.casefold() not in shown]
    none += [name for name, choice in draft.choices.labels if choice.kind == "none" and name.casefold() not in shown]
    rows += [(Speaker(name, "unknown"), "none") for name in dict.fromkeys(none) if name in draft.text]
    return rows


def _age(ctx: Context, speaker: Speaker) -> str:
    return ctx.t("{age} years", age=speaker.age) if speaker.age is not None else ""
