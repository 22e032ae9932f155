"""Garbage is collected in the window's thread alone.

Python collects wherever the count of new objects happens to run over, also in a worker. If it finds a forgotten widget
or timer there, that is destroyed in the wrong thread, which Qt answers with a crash or a deadlock.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 1000
_ALL = 2
_NEW = 0.25


class Collector(QObject):
    """Takes Python's collecting over until `stop`: looks every second whether a generation is due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()
        self._survived = 0
        gc.disable()

    def collect_due(self) -> None:
        """Collect the oldest generation whose threshold has been passed.

        Going through everything there is takes a tenth of a second, which is felt. As Python does, that waits until
        what is new is a quarter of what outlived the last time.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [number for number in range(_ALL + 1) if thresholds[number] and counts[number] > thresholds[number]]
        if not due:
            return
        oldest = max(due)
        if oldest == _ALL and len(gc.get_objects(_ALL)) < self._survived * (1 + _NEW):
            oldest -= 1
        gc.collect(oldest)
        if oldest == _ALL:
            self._survived = len(gc.get_objects(_ALL))

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
