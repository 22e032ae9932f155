"""A window of its own beside the main one: it stays open while one works, and comes back where it was."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.context import Context


class SideWindow(QDialog):
    """Closing hides it. Its size and place are kept under `name`; it hides itself when the project is closed."""

    def __init__(self, ctx: Context, parent: QWidget, name: str, width: int, height: int) -> None:
        super().__init__(parent)
        self.ctx, self._name = ctx, name
        self.setObjectName(name)
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowMaximizeButtonHint
        )
        self.resize(ctx.theme.px(width), ctx.theme.px(height))
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.resize(self.size().boundedTo(screen.availableSize()))
        if kept := ctx.settings.get("side_windows").get(name):
            self.restoreGeometry(QByteArray(base64.b64decode(kept)))
        ctx.project_closed.connect(self.hide)

    def bring_up(self) -> None:
        """Show it before the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self.ctx.settings.set("side_windows", {**self.ctx.settings.get("side_windows"), self._name: geometry})
