"""What is going on at the moment, how far it is, and how it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from coding.errors import CodingError

SHOWN_AFTER = 0.3
"""Seconds after which work is shown in the status bar."""
CANCELLABLE_AFTER = 2.0
"""Seconds after which it can be cancelled there."""


class Task:
    """One piece of work as a `coding.progress.Progress`: the work calls `step`, the window reads the rest.

    `step` may be called in any thread; it raises `CodingError("cancelled")` once somebody has called `cancel`.
    """

    def __init__(self, text: str, cancellable: bool = False) -> None:
        self.text = text
        self.detail = ""
        self.done = 0
        self.total = 0
        self.cancelled = False
        self.cancellable = cancellable
        self.on_cancel: Callable[[], None] | None = None
        self.started = time.monotonic()

    def step(self, done: int, total: int, text: str = "") -> None:
        """`done` of `total` units are finished; `text` names the one at hand."""
        self.done, self.total, self.detail = done, total, text
        if self.cancelled:
            raise CodingError("cancelled")

    def stop(self) -> None:
        """Let the work end at its next step."""
        self.cancelled = True

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step, or at once where it knows how."""
        self.stop()
        if self.on_cancel is not None:
            self.on_cancel()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.started


class TaskBoard(QObject):
    """The tasks going on. Lives in the window's thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: list[Task] = []
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self.changed)

    def begin(self, task: Task) -> None:
        """Show `task` from now on (from 0.3 seconds on)."""
        task.started = time.monotonic()
        self._tasks.append(task)
        self._timer.start()

    def end(self, task: Task) -> None:
        """`task` is over, well or not."""
        if task in self._tasks:
            self._tasks.remove(task)
        if not self._tasks:
            self._timer.stop()
        self.changed.emit()

    def shown(self) -> Task | None:
        """The task to show: the oldest that has lasted long enough."""
        return next((task for task in self._tasks if task.seconds >= SHOWN_AFTER), None)

    def __len__(self) -> int:
        return len(self._tasks)
