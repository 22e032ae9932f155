"""What is known of an informant, to be written down or corrected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.models.informants import CATEGORY_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import label, set_look
from coding.errors import CodingError, mark
from coding.informants.attributes import AttributeRow, attributes
from coding.informants.cells import Column, columns_of, read_cell, set_cell
from coding.project import Operation
from coding.transcripts.rows import InformantRow
from coding.words import Notice

CONSENT_NAMES = {"written": mark("written consent"), "oral": mark("oral consent"), "refused": mark("refused")}
Editor = QLineEdit | QComboBox | QCheckBox | QPlainTextEdit


class InformantDialog(Dialog):
    """Every field and attribute in two columns; a role may stay empty, with a remark."""

    def __init__(self, ctx: Context, parent: QWidget | None, row: InformantRow, own: Sequence[AttributeRow]) -> None:
        super().__init__(ctx, parent, ctx.t("Informant {code}", code=row.code))
        self.setObjectName("informant_dialog")
        self.setMinimumWidth(ctx.theme.px(640))
        self._row = row
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for side in (1, 3):
            self._grid.setColumnStretch(side, 1)
        self.columns = {column.key: column for column in columns_of(own) if column.key != "code"}
        self.editors: dict[str, Editor] = {key: self._editor(column) for key, column in self.columns.items()}
        shown = [key for key, column in self.columns.items() if column.kind != "switch" and key != "remark"]
        half = (len(shown) + 1) // 2
        for number, key in enumerate(shown):
            self._place(key, number % half, 2 * (number // half))
        self._place("remark", half, 0, span=3)
        self.content.addLayout(self._grid)
        for key in ("planned", "left_out"):
            self.content.addWidget(self.editors[key])
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.content.addWidget(self.problem)
        self.content.addStretch(1)
        self.add_button(ctx.t("Cancel"), name="informant_cancel").clicked.connect(self.reject)
        self.save = self.add_button(ctx.t("Save"), "primary", name="informant_save", default=True)
        self.save.clicked.connect(self._on_save)
        self._check()

    def _name(self, column: Column) -> str:
        name = column.name
        return name.say(self.ctx.words) if isinstance(name, Notice) else name

    def _value(self, column: Column) -> str:
        if column.attribute is not None:
            return dict(self._row.attributes).get(column.attribute.name, "")
        value = getattr(self._row, column.key)
        return "" if value is None else str(value)

    def _editor(self, column: Column) -> Editor:
        made = self._made(column)
        made.setObjectName(f"informant_{column.attribute.name if column.attribute else column.key}")
        made.setAccessibleName(self._name(column))
        return made

    def _made(self, column: Column) -> Editor:
        t, value = self.ctx.t, self._value(column)
        if column.kind == "switch":
            words = {"planned": t("Planned to be heard"), "left_out": t("Leave out of the analysis")}[column.key]
            switch = QCheckBox(words)
            switch.setChecked(bool(getattr(self._row, column.key)))
            return switch
        if column.kind == "choice":
            return self._box(column, value)
        if column.key == "remark":
            remark = QPlainTextEdit(value)
            remark.setTabChangesFocus(True)
            remark.setFixedHeight(self.ctx.theme.px(60))
            return remark
        edit = QLineEdit(value)
        edit.setCursorPosition(0)
        if column.key == "group":
            edit.setPlaceholderText(t("whose voice it is in triangulation"))
        elif column.kind == "date":
            edit.setText(self.ctx.words.date(value))
            edit.setPlaceholderText(t("for example {date}", date=self.ctx.words.date("2030-12-31")))
        edit.textChanged.connect(self._check)
        return edit

    def _box(self, column: Column, value: str) -> QComboBox:
        t = self.ctx.t
        names = {"category": CATEGORY_NAMES, "consent": CONSENT_NAMES}.get(column.key)
        box = ComboBox()
        box.addItem(t("not said"), "")
        for choice in column.choices:
            box.addItem(t(names[choice]) if names else choice, choice)
        box.setCurrentIndex(max(0, box.findData(value)))
        return box

    def _place(self, key: str, row: int, column: int, span: int = 1) -> None:
        caption = label(self._name(self.columns[key]))
        caption.setBuddy(self.editors[key])
        self._grid.addWidget(caption, row, column)
        self._grid.addWidget(self.editors[key], row, column + 1, 1, span)

    def written(self, key: str) -> str:
        """What stands in a field, as a cell of the table takes it."""
        editor = self.editors[key]
        if isinstance(editor, QCheckBox):
            return "yes" if editor.isChecked() else "no"
        if isinstance(editor, QComboBox):
            return str(editor.currentData())
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def _check(self) -> None:
        problem = ""
        for key, editor in self.editors.items():
            try:
                read_cell(self.columns[key], self.written(key))
            except CodingError as error:
                problem = problem or error.say(self.ctx.words)
                set_look(editor, "invalid", True)
            else:
                set_look(editor, "invalid", False)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.save.setEnabled(not problem)

    def _on_save(self) -> None:
        guid = self._row.guid
        cells = [(column, self.written(key)) for key, column in self.columns.items()]

        def work(op: Operation) -> None:
            for column, text in cells:
                set_cell(op, guid, column, text)

        self.ctx.operate(mark("Change informant {code}"), work, code=self._row.code)
        self.accept()


def edit_informant(ctx: Context, parent: QWidget, row: InformantRow) -> None:
    """Read the study's own attributes and show the dialog."""
    ctx.read(attributes, lambda own: InformantDialog(ctx, parent, row, own).open(), key="informant.attributes")
