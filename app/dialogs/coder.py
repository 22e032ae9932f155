"""Who codes from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label


class CoderDialog(Dialog):
    """Asks for the coder's name."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("Change coder"))
        self.setObjectName("coder_dialog")
        self.setMinimumWidth(ctx.theme.px(380))
        self.name = QLineEdit(ctx.project.coder if ctx.project else "")
        self.name.setObjectName("coder_name")
        caption = label(ctx.t("Name of the coder"))
        caption.setBuddy(self.name)
        self.content.addWidget(caption)
        self.content.addWidget(self.name)
        self.content.addWidget(
            label(
                ctx.t("New coded segments carry this name, and undo takes back this coder's steps."), "dim", wrap=True
            )
        )
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(ctx.t("Change"), "primary", default=True)
        self._ok.clicked.connect(self._on_ok)
        self.name.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        self.name.selectAll()

    def _on_ok(self) -> None:
        self.ctx.set_coder(self.name.text().strip())
        self.accept()


def ask_coder(ctx: Context, parent: QWidget) -> CoderDialog:
    """Show the dialog."""
    dialog = CoderDialog(ctx, parent)
    dialog.open()
    return dialog
