"""When the program itself is at fault: what happened, that the project is safe, and a text to send to the makers."""

from __future__ import annotations

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.about import version
from app.dialogs.base import Dialog
from app.settings import log_folder
from app.widgets.parts import label


class CrashDialog(Dialog):
    """Shows one fault, and adds those that follow while it is open."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("Something went wrong in Telaah"))
        self.setObjectName("crash_dialog")
        self.resize(ctx.theme.px(640), ctx.theme.px(420))
        t = ctx.t
        self.content.addWidget(label(t("Something went wrong in Telaah"), "heading"))
        self.content.addWidget(
            label(t("Your project is safe: everything up to this step was saved when it happened."), wrap=True)
        )
        self.content.addWidget(
            label(t("Please send the text below to the makers; it is in the log file too."), "dim", wrap=True)
        )
        self.details = QPlainTextEdit()
        self.details.setObjectName("crash_details")
        self.details.setReadOnly(True)
        self.details.setAccessibleName(t("Details"))
        self.content.addWidget(self.details, 1)
        self.content.addWidget(
            label(t("Log file: {folder}", folder=str(log_folder())), "small", wrap=True, select=True)
        )
        self.copy = self.add_button(t("Copy"), name="crash_copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        self.add_button(t("Quit"), name="crash_quit").clicked.connect(QApplication.closeAllWindows)
        go_on = self.add_button(t("Go on"), "primary", name="crash_go_on", default=True)
        go_on.clicked.connect(self.accept)

    def add(self, report: str) -> None:
        """Show `report` under what is shown already."""
        before = self.details.toPlainText()
        self.details.setPlainText(f"{before}\n\n{report}" if before else report)


def fault_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The text to send: versions, system, and the traceback. Contains nothing of the project but file paths."""
    head = f"Telaah {version()} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    return head + "\n\n" + "".join(traceback.format_exception(kind, error, trace))
