"""What is known of an informant, to be written down or corrected."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.models.informants import CATEGORY_NAMES
from app.widgets.parts import label, set_look
from coding.errors import mark
from coding.informants.editing import change_informant, set_attribute
from coding.project import Operation
from coding.transcripts.drafts import CATEGORIES
from coding.transcripts.rows import InformantRow


class InformantDialog(Dialog):
    """Everything an informant has a field for; a role may stay empty, with a remark."""

    def __init__(self, ctx: Context, parent: QWidget | None, row: InformantRow) -> None:
        super().__init__(ctx, parent, ctx.t("Informant {code}", code=row.code))
        self.setObjectName("informant_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        self._row = row
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        t = ctx.t
        self.fields = {
            "name": self._field(t("Name"), "name", row.name),
            "role": self._field(t("Role"), "role", row.role),
            "group": self._field(t("Group"), "group", row.group),
        }
        self.fields["group"].setPlaceholderText(t("whose voice it is in triangulation"))
        self.category = QComboBox()
        self.category.setObjectName("informant_category")
        self.category.addItem(t("not said"), None)
        for category in CATEGORIES:
            self.category.addItem(t(CATEGORY_NAMES[category]), category)
        self.category.setCurrentIndex(CATEGORIES.index(row.category) + 1 if row.category else 0)
        self._add(t("Category"), self.category)
        self.age = self._field(t("Age"), "age", str(row.age) if row.age is not None else "")
        self.fields["gender"] = self._field(t("Gender"), "gender", row.gender)
        self.fields["place"] = self._field(t("Place"), "place", row.place)
        self.attributes = {name: self._field(name, f"attribute_{name}", value) for name, value in row.attributes}
        self.remark = QPlainTextEdit(row.remark or "")
        self.remark.setObjectName("informant_remark")
        self.remark.setTabChangesFocus(True)
        self.remark.setFixedHeight(ctx.theme.px(60))
        self._add(t("Remark"), self.remark)
        self.content.addLayout(self._grid)
        self.left_out = QCheckBox(t("Leave out of the analysis"))
        self.left_out.setObjectName("informant_left_out")
        self.left_out.setChecked(row.left_out)
        self.content.addWidget(self.left_out)
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="informant_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Save"), "primary", name="informant_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.age.textChanged.connect(self._check)
        self._check(self.age.text())

    def _field(self, caption: str, name: str, text: str | None) -> QLineEdit:
        edit = QLineEdit(text or "")
        edit.setObjectName(f"informant_{name}")
        edit.setCursorPosition(0)
        self._add(caption, edit)
        return edit

    def _add(self, caption: str, widget: QWidget) -> None:
        shown = label(caption)
        shown.setBuddy(widget)
        widget.setAccessibleName(caption)
        number = self._grid.rowCount()
        self._grid.addWidget(shown, number, 0)
        self._grid.addWidget(widget, number, 1)

    def _check(self, text: str) -> None:
        fine = not text.strip() or (text.strip().isdecimal() and int(text) < 130)
        set_look(self.age, "invalid", not fine)
        self.save.setEnabled(fine)

    def values(self) -> dict[str, Any]:
        """What was written; None for what was left empty."""
        written: dict[str, Any] = {name: " ".join(edit.text().split()) or None for name, edit in self.fields.items()}
        age = self.age.text().strip()
        return {
            **written,
            "category": self.category.currentData(),
            "age": int(age) if age else None,
            "remark": self.remark.toPlainText().strip() or None,
            "left_out": int(self.left_out.isChecked()),
        }

    def _on_save(self) -> None:
        guid, values = self._row.guid, self.values()
        attributes = {name: " ".join(edit.text().split()) for name, edit in self.attributes.items()}

        def work(op: Operation) -> None:
            change_informant(op, guid, values)
            for name, value in attributes.items():
                set_attribute(op, guid, name, value)

        self.ctx.operate(mark("Change informant {code}"), work, code=self._row.code)
        self.accept()


def edit_informant(ctx: Context, parent: QWidget, row: InformantRow) -> InformantDialog:
    """Show the dialog."""
    dialog = InformantDialog(ctx, parent, row)
    dialog.open()
    return dialog
