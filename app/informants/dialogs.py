"""Questions about informants: a new one, two who are one, one who is two, one who is to go; and about attributes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.informant import CONSENT_NAMES
from app.models.informants import CATEGORY_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import label, set_look
from coding.errors import mark
from coding.informants.attributes import ATTRIBUTE_KINDS, AttributeRow, add_attribute, rename_attribute, set_kind
from coding.informants.cells import COLUMN_NAMES
from coding.informants.editing import add_informant, check_code, remove_informant
from coding.informants.merging import Difference, SpokenSource, merge_informants, split_informant
from coding.project import Operation
from coding.transcripts.rows import InformantRow
from coding.words import Words

KIND_NAMES = {
    "text": mark("Text"),
    "number": mark("Number"),
    "date": mark("Date"),
    "choice": mark("Choice"),
}


def named(row: InformantRow) -> str:
    """The code, and the name behind it."""
    return f"{row.code} · {row.name}" if row.name and row.name != row.code else row.code


def field_name(words: Words, difference: Difference) -> str:
    """What the field of a difference is called."""
    known = COLUMN_NAMES.get(difference.field)
    if known is not None:
        return words.t(known)
    return words.t(mark("Initials")) if difference.field == "initials" else difference.name


def shown_value(words: Words, difference: Difference, value: Any) -> str:
    """A value of a difference in words."""
    if difference.field == "category":
        return words.t(CATEGORY_NAMES[value])
    if difference.field == "consent":
        return words.t(CONSENT_NAMES[value])
    return words.date(value) if difference.field == "keep_until" else str(value)


class CodeDialog(Dialog):
    """Asks for the code of a new informant."""

    def __init__(self, ctx: Context, parent: QWidget, taken: set[str], done: Callable[[str], None]) -> None:
        super().__init__(ctx, parent, ctx.t("New informant"))
        self.setObjectName("new_informant_dialog")
        self._taken, self._done = taken, done
        self.setMinimumWidth(ctx.theme.px(380))
        self.code = QLineEdit()
        self.code.setObjectName("new_informant_code")
        caption = label(ctx.t("Code or initials"))
        caption.setBuddy(self.code)
        self.code.setAccessibleName(caption.text())
        self.problem = label("", "error", wrap=True)
        for widget in (caption, self.code, self.problem):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.add_button(ctx.t("Cancel"), name="new_informant_cancel").clicked.connect(self.reject)
        self.save = self.add_button(ctx.t("Add"), "primary", name="new_informant_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.code.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        code = " ".join(self.code.text().split())
        taken = code.casefold() in self._taken
        self.problem.setText(self.ctx.t("Another informant has this code.") if taken else "")
        set_look(self.code, "invalid", taken)
        self.save.setEnabled(bool(code) and not taken)

    def _on_save(self) -> None:
        code = " ".join(self.code.text().split())

        def work(op: Operation) -> str:
            return add_informant(op, check_code(op, code), {})

        self.ctx.operate(mark("Add informant {code}"), work, self._done, code=code)
        self.accept()


class MergeDialog(Dialog):
    """Says what two informants have differently, and asks which value stays."""

    def __init__(
        self, ctx: Context, parent: QWidget, keep: InformantRow, other: InformantRow, found: Sequence[Difference]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Merge two informants"))
        self.setObjectName("merge_dialog")
        self.setMinimumWidth(ctx.theme.px(500))
        self._keep, self._other, self._found = keep, other, found
        t = ctx.t
        question = ctx.n(
            "{other} becomes {keep}: {count} turn and all values move",
            "{other} becomes {keep}: {count} turns and all values move",
            count=other.turns, other=named(other), keep=named(keep),
        )  # fmt: skip
        self.content.addWidget(label(question, "heading", wrap=True))
        self.choices: dict[str, QRadioButton] = {}
        if found:
            self.content.addWidget(label(t("Both have a value here. Choose the one that stays:"), "dim", wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setColumnStretch(1, 1)
            grid.setColumnStretch(2, 1)
            for number, difference in enumerate(found):
                grid.addWidget(label(field_name(ctx.words, difference)), number, 0)
                group = QButtonGroup(self)
                for side, value in ((1, difference.kept), (2, difference.other)):
                    choice = QRadioButton(shown_value(ctx.words, difference, value))
                    choice.setChecked(side == 1)
                    choice.setAccessibleName(f"{field_name(ctx.words, difference)}: {choice.text()}")
                    group.addButton(choice)
                    grid.addWidget(choice, number, side)
                self.choices[difference.field] = choice
            self.content.addLayout(grid)
        self.content.addWidget(label(t("What only one of them has is kept. Undo parts them again."), "dim", wrap=True))
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="merge_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Merge"), "primary", name="merge_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save(self) -> None:
        take = {field for field, other in self.choices.items() if other.isChecked()}
        keep, other = self._keep.guid, self._other.guid

        def work(op: Operation) -> None:
            merge_informants(op, keep, other, take)

        self.ctx.operate(
            mark("Merge informants {other} and {keep}"), work, keep=self._keep.code, other=self._other.code
        )
        self.accept()


class SplitDialog(Dialog):
    """Asks in which sources somebody else speaks under the same name."""

    def __init__(
        self, ctx: Context, parent: QWidget, row: InformantRow, spoken: Sequence[SpokenSource], taken: set[str]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Split an informant"))
        self.setObjectName("split_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        self._row, self._taken = row, taken
        t = ctx.t
        self.content.addWidget(
            label(t("In which sources is {code} somebody else?", code=named(row)), "heading", wrap=True)
        )
        self.sources: dict[str, QCheckBox] = {}
        for source in spoken:
            turns = ctx.n("{count} turn", "{count} turns", count=source.turns)
            box = QCheckBox(f"{source.name} · {turns}")
            box.toggled.connect(self._check)
            self.sources[source.guid] = box
            self.content.addWidget(box)
        if len(spoken) < 2:
            hint = t("All turns are in one source: change who speaks in single turns from the menu of the text there.")
            self.content.addWidget(label(hint, "dim", wrap=True))
        self.code = QLineEdit(free_code(row.code, taken))
        self.code.setObjectName("split_code")
        caption = label(t("Code of the new informant"))
        caption.setBuddy(self.code)
        self.code.setAccessibleName(caption.text())
        self.code.textChanged.connect(self._check)
        self.content.addSpacing(8)
        self.content.addWidget(caption)
        self.content.addWidget(self.code)
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="split_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Split"), "primary", name="split_save", default=True)
        self.save.clicked.connect(self._on_save)
        self._check()

    def _check(self) -> None:
        chosen = [box.isChecked() for box in self.sources.values()]
        code = " ".join(self.code.text().split())
        taken = code.casefold() in self._taken
        set_look(self.code, "invalid", taken or not code)
        self.save.setEnabled(any(chosen) and not all(chosen) and bool(code) and not taken)

    def _on_save(self) -> None:
        chosen = [guid for guid, box in self.sources.items() if box.isChecked()]
        guid, code = self._row.guid, " ".join(self.code.text().split())

        def work(op: Operation) -> None:
            split_informant(op, guid, code, sources=chosen)

        self.ctx.operate(mark("Split informant {code}"), work, code=self._row.code)
        self.accept()


def free_code(code: str, taken: set[str]) -> str:
    """`code` with the first number behind it that nobody has."""
    number = 2
    while f"{code} ({number})".casefold() in taken:
        number += 1
    return f"{code} ({number})"


class RemoveDialog(Dialog):
    """Says what goes with an informant, and asks whose the turns are then."""

    def __init__(self, ctx: Context, parent: QWidget, row: InformantRow, others: Sequence[InformantRow]) -> None:
        super().__init__(ctx, parent, ctx.t("Remove an informant"))
        self.setObjectName("remove_informant_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        self._row = row
        t = ctx.t
        if row.turns:
            words = ctx.n(
                "Remove {code}? {count} turn is theirs.", "Remove {code}? {count} turns are theirs.",
                count=row.turns, code=named(row),
            )  # fmt: skip
        else:
            words = t("Remove {code}, with all that is known of them?", code=named(row))
        self.content.addWidget(label(words, "heading", wrap=True))
        self.turns = ComboBox()
        self.turns.setObjectName("remove_turns")
        self.turns.addItem(t("of an unknown speaker"), "unknown")
        for other in others:
            if other.guid != row.guid:
                self.turns.addItem(named(other), other.guid)
        if row.turns:
            line = QHBoxLayout()
            caption = label(t("The turns are then"))
            caption.setBuddy(self.turns)
            self.turns.setAccessibleName(caption.text())
            line.addWidget(caption)
            line.addWidget(self.turns, 1)
            self.content.addLayout(line)
        else:
            self.turns.hide()
        self.content.addWidget(label(t("Undo brings everything back."), "dim", wrap=True))
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="remove_cancel").clicked.connect(self.reject)
        self.remove = self.add_button(t("Remove"), "danger", name="remove_save", default=True)
        self.remove.clicked.connect(self._on_remove)
        self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove(self) -> None:
        guid, turns = self._row.guid, self.turns.currentData() if self._row.turns else None

        def work(op: Operation) -> None:
            remove_informant(op, guid, turns)

        self.ctx.operate(mark("Remove informant {code}"), work, code=self._row.code)
        self.accept()


class AttributeDialog(Dialog):
    """Name and kind of an attribute of the study's own, and what it may be."""

    def __init__(self, ctx: Context, parent: QWidget, row: AttributeRow | None, taken: set[str]) -> None:
        super().__init__(ctx, parent, ctx.t("Change a column") if row else ctx.t("New column"))
        self.setObjectName("attribute_dialog")
        self.setMinimumWidth(ctx.theme.px(420))
        self._row, self._taken = row, taken
        t = ctx.t
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.name = QLineEdit(row.name if row else "")
        self.name.setObjectName("attribute_name")
        self.kind = ComboBox()
        self.kind.setObjectName("attribute_kind")
        for kind in ATTRIBUTE_KINDS:
            self.kind.addItem(t(KIND_NAMES[kind]), kind)
        self.kind.setCurrentIndex(ATTRIBUTE_KINDS.index(row.kind) if row else 0)
        self.choices = QPlainTextEdit("\n".join(row.choices) if row else "")
        self.choices.setObjectName("attribute_choices")
        self.choices.setTabChangesFocus(True)
        self.choices.setFixedHeight(ctx.theme.px(110))
        self.choices.setPlaceholderText(t("one choice a line"))
        self._choices_label = label(t("Choices"))
        for number, (text, widget) in enumerate(
            ((label(t("Name")), self.name), (label(t("Kind")), self.kind), (self._choices_label, self.choices))
        ):
            text.setBuddy(widget)
            widget.setAccessibleName(text.text())
            grid.addWidget(text, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        self.content.addLayout(grid)
        self.problem = label("", "error", wrap=True)
        self.content.addWidget(self.problem)
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="attribute_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Save"), "primary", name="attribute_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.name.textChanged.connect(self._check)
        self.kind.currentIndexChanged.connect(self._check)
        self.choices.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        name = " ".join(self.name.text().split())
        taken = name.casefold() in self._taken
        choice = self.kind.currentData() == "choice"
        self.choices.setVisible(choice)
        self._choices_label.setVisible(choice)
        set_look(self.name, "invalid", taken)
        self.problem.setText(self.ctx.t("There is a column of this name already.") if taken else "")
        self.problem.setVisible(taken)
        enough = not choice or bool(self.choices.toPlainText().strip())
        self.save.setEnabled(bool(name) and not taken and enough)

    def _on_save(self) -> None:
        row, name, kind = self._row, self.name.text(), self.kind.currentData()
        choices = self.choices.toPlainText().splitlines()

        def work(op: Operation) -> None:
            if row is None:
                add_attribute(op, name, kind, choices)
                return
            rename_attribute(op, row.guid, name)
            set_kind(op, row.guid, kind, choices)

        title = mark("Add the column “{name}”") if row is None else mark("Change the column “{name}”")
        self.ctx.operate(title, work, name=" ".join(name.split()))
        self.accept()
