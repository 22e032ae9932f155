"""A question that a few words answer: the name of something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label


class NameDialog(Dialog):
    """Asks for a name; `named` is called with it, its spaces single, when it is not empty and is saved."""

    def __init__(
        self, ctx: Context, parent: QWidget, title: str, question: str, named: Callable[[str], None], text: str = ""
    ) -> None:
        super().__init__(ctx, parent, title)
        self._named = named
        self.field = QLineEdit(text)
        self.field.setObjectName("name_field")
        self.field.setMinimumWidth(ctx.theme.px(320))
        self.field.setAccessibleName(question)
        self.field.selectAll()
        self.content.addWidget(label(question, wrap=True))
        self.content.addWidget(self.field)
        self.add_button(ctx.t("Cancel"), name="name_cancel").clicked.connect(self.reject)
        self.save = self.add_button(ctx.t("Save"), "primary", name="name_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.field.textChanged.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        self.save.setEnabled(bool(self.field.text().strip()))

    def _on_save(self) -> None:
        name = " ".join(self.field.text().split())
        self.accept()
        self._named(name)
