"""A memo that is stored while one writes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from app.context import Context

PAUSE = 1200
"""Milliseconds without a key after which what was written is stored."""
KEPT_EVERY = 2000
"""Milliseconds after which a draft is kept while writing goes on."""


class MemoEditor(QPlainTextEdit):
    """Belongs to one thing at a time, named by its guid.

    `stored` asks for the memo to be stored: after a pause, when the focus leaves, and before something else is shown.
    `draft_changed` comes every two seconds while somebody writes, and empty when the draft is stored.
    """

    stored = Signal(str, str)
    draft_changed = Signal(str, str)
    left = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._guid = ""
        self._known = ""
        self.setObjectName("memo")
        self.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.store)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEPT_EVERY)
        self._keep.timeout.connect(lambda: self.draft_changed.emit(self._guid, self.toPlainText()))
        self.textChanged.connect(self._on_text)

    @property
    def guid(self) -> str:
        """Whose memo it is; empty for nobody's."""
        return self._guid

    @property
    def unstored(self) -> bool:
        """Whether something was written that is not stored yet."""
        return bool(self._guid) and self.toPlainText() != self._known

    def show_memo(self, guid: str, text: str) -> None:
        """Show the memo of `guid` as it is stored. What is being written there is not overwritten."""
        if guid == self._guid and (self.unstored or text == self._known):
            return
        if guid != self._guid:
            self.store()
        self._guid, self._known = guid, text
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self.viewport().update()
        self._stop()

    def store(self) -> None:
        """Ask for what was written to be stored, if it differs."""
        self._stop()
        if self.unstored:
            self._known = self.toPlainText()
            self.stored.emit(self._guid, self._known)
            self.draft_changed.emit(self._guid, "")

    def forget(self) -> None:
        """Show nobody's memo, and store nothing."""
        self._stop()
        self._guid = self._known = ""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def _on_text(self) -> None:
        if self.unstored:
            self._pause.start()
            if not self._keep.isActive():
                self._keep.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._keep.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.store()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.store()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, self._ctx.theme.px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._ctx.theme.px(44))
