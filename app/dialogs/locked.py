"""What to do with a project that another Telaah has open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from coding.errors import CodingError


class LockedDialog(Dialog):
    """Offers to open it for reading only and, where a lock file of another computer stands, to take it over."""

    def __init__(self, ctx: Context, parent: QWidget | None, path: Path, error: CodingError) -> None:
        super().__init__(ctx, parent, ctx.t("The project is open elsewhere"))
        self.setObjectName("locked_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        self._path = path
        t = ctx.t
        said = label(error.say(ctx.words), wrap=True)
        self.content.addWidget(said)
        elsewhere = error.code == "project_locked_elsewhere"
        if elsewhere:
            hint = t(
                "If that computer crashed or the file was copied from it while it was open, take the project over. "
                "Never do so while somebody works on it there: one of the two would lose work."
            )
            self.content.addWidget(label(hint, "dim", wrap=True))
        self.add_button(t("Cancel"), name="leave_it").clicked.connect(self.reject)
        if elsewhere:
            self.add_button(t("Take it over"), name="take_over").clicked.connect(self._on_take_over)
        read = self.add_button(t("Open for reading only"), "primary", name="read_only", default=True)
        read.clicked.connect(self._on_read_only)

    def _on_read_only(self) -> None:
        self.accept()
        self.ctx.open_project(self._path, read_only=True)

    def _on_take_over(self) -> None:
        self.accept()
        self.ctx.open_project(self._path, take_over=True)


def ask_locked(ctx: Context, parent: QWidget, path: Path, error: CodingError) -> LockedDialog:
    """Show the dialog."""
    dialog = LockedDialog(ctx, parent, path, error)
    dialog.open()
    return dialog
