"""A plain text that is kept while it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.evidence_finding import FindingEdit

PAUSE = 2000
"""Milliseconds after the last key when a draft is kept."""


class DraftEdit(FindingEdit):
    """The text of the thing `owner`. `written` carries owner and text two seconds after the last key, and at once when
    the person turns to something else; `next_asked` on Ctrl+Enter."""

    written = Signal(str, str)
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owner = ""
        self._kept = ""
        self.setTabChangesFocus(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._timer.start)
        self.finished.connect(self.flush)

    @property
    def unkept(self) -> bool:
        """Whether something was written that is not kept yet."""
        return self.toPlainText().strip() != self._kept

    def show_text(self, owner: str, text: str) -> None:
        """Show the text of `owner`; what is being written on it stays."""
        if owner != self.owner:
            self.flush()
        elif self.unkept:
            return
        self.owner, self._kept = owner, text
        if self.toPlainText().strip() != text:
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)

    def flush(self) -> None:
        """Keep what was written, now."""
        self._timer.stop()
        if self.unkept:
            self._kept = self.toPlainText().strip()
            self.written.emit(self.owner, self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.flush()
            self.next_asked.emit()
        else:
            super().keyPressEvent(event)
