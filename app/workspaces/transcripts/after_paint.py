"""What may wait until the text has been painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

_ASKED = QEvent.Type(QEvent.registerEventType())


class AfterPaint(QObject):
    """Does something once, however often it was asked for, as soon as what is to be painted now has been painted."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._asked = False

    def ask(self) -> None:
        """Do it after the next painting."""
        if not self._asked:
            self._asked = True
            # Qt posts a request to paint with low priority; what is below that comes after it in the same turn
            QCoreApplication.postEvent(self, QEvent(_ASKED), Qt.EventPriority.LowEventPriority.value - 1)

    def now(self) -> None:
        """Do it at once if it was asked for."""
        if self._asked:
            self._asked = False
            self._work()

    def event(self, event: QEvent) -> bool:
        if event.type() == _ASKED:
            self.now()
            return True
        return super().event(event)
