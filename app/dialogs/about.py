"""What this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.icons import pixmap
from app.settings import config_folder, log_folder
from app.widgets.parts import label


class AboutDialog(Dialog):
    """Name, version, licence, and where settings and log are."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("About Telaah"))
        self.setObjectName("about_dialog")
        self.setMinimumWidth(ctx.theme.px(460))
        t = ctx.t
        picture = label()
        picture.setPixmap(pixmap("telaah", ctx.theme.color("accent"), ctx.theme.px(48), self.devicePixelRatioF()))
        name = label("Telaah")
        name.setFont(ctx.theme.text_font(28))
        self.content.addWidget(picture)
        self.content.addWidget(name)
        self.content.addWidget(label(t("Version {version} · Qt {qt}", version=version(), qt=qVersion()), "dim"))
        self.content.addSpacing(8)
        about = t("A workbench for qualitative studies of how a public programme is implemented.")
        self.content.addWidget(label(about, wrap=True))
        self.content.addWidget(
            label(t("Free software under the MIT licence. Everything stays on this computer."), wrap=True)
        )
        self.content.addSpacing(8)
        for words in (
            t("Settings: {folder}", folder=str(config_folder())),
            t("Log file: {folder}", folder=str(log_folder())),
        ):
            self.content.addWidget(label(words, "small", wrap=True, select=True))
        close = self.add_button(t("Close"), default=True)
        close.clicked.connect(self.accept)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


def version() -> str:
    """The version of the program that runs."""
    from importlib import metadata

    try:
        return metadata.version("telaah")
    except metadata.PackageNotFoundError:
        return "0"


def show_about(ctx: Context, parent: QWidget) -> AboutDialog:
    """Show the dialog."""
    dialog = AboutDialog(ctx, parent)
    dialog.open()
    return dialog
