"""The strip over a project that can only be read, because another Telaah has it open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import button, label


class ReadOnlyBar(QWidget):
    """Says so, and offers to open the project for writing; hidden while the project can be written."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName("read_only_bar")
        self.setProperty("surface", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        self.text = label("")
        self.again = button("", "small", name="open_for_writing")
        self.again.clicked.connect(self._on_again)
        row.addWidget(self.text, 1)
        row.addWidget(self.again)
        for signal in (ctx.project_opened, ctx.project_closed, ctx.language_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, in the language of the interface."""
        project, t = self._ctx.project, self._ctx.t
        self.text.setText(
            t("Open for reading only: what another Telaah changes shows here, nothing can be changed here")
        )
        self.again.setText(t("Open for writing"))
        self.setVisible(project is not None and project.read_only)

    def _on_again(self) -> None:
        if self._ctx.project is not None:
            self._ctx.open_project(self._ctx.project.path)
