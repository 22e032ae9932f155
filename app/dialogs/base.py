"""What all dialogs have in common: they do not stop the program, and their buttons speak our words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import button, line


class Dialog(QDialog):
    """A dialog with room for content and a row of buttons. Show it with `open()`; it deletes itself when closed."""

    def __init__(self, ctx: Context, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(24, 20, 24, 20)
        self.content.setSpacing(8)
        outer.addLayout(self.content, 1)
        outer.addWidget(line())
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(24, 12, 24, 12)
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        outer.addLayout(self.buttons)

    def add_button(self, text: str, kind: str = "", *, name: str = "", default: bool = False) -> QPushButton:
        """A button at the end of the row; the default one answers to Enter."""
        made = button(text, kind, name=name)
        made.setDefault(default)
        made.setAutoDefault(default)
        self.buttons.addWidget(made)
        return made
