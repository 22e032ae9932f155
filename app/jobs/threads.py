"""Threads that do one job after the other and hand results to the window's thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Work = Callable[[], Any]


class Job:
    """Work queued on a worker. The callbacks stay in the window's thread and are called there.

    `key` lets a newer job make an older one obsolete; `interrupt` stops the work at hand.
    """

    def __init__(
        self,
        work: Work,
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
        finished: Callable[[], None] | None = None,
        key: str | None = None,
    ) -> None:
        self.work: Work | None = work
        self.done = done
        self.failed = failed
        self.finished = finished
        self.key = key
        self.dropped = False
        self.on_drop: Callable[[], None] | None = None


class Worker(QObject):
    """A thread that runs jobs in the order in which they were queued.

    Everything but the work itself happens in the thread that made the worker. Results of dropped jobs are thrown away;
    `skips` says whether a dropped job that has not begun is left out altogether.
    """

    skips = False

    _returned = Signal(int, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._last = 0
        self._queue: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: int | None = None
        self._since = 0.0
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def queue(self, job: Job) -> Job:
        """Run `job` after all those before it. One with the same key that has not begun is dropped."""
        if job.key is not None:
            for number, older in list(self._jobs.items()):
                if older.key == job.key and not older.dropped:
                    self._drop(number, older)
        self._last += 1
        self._jobs[self._last] = job
        self._queue.put(self._last)
        return job

    def drop_all(self) -> None:
        """Drop every job queued or running: its result will not be handed over."""
        for number, job in list(self._jobs.items()):
            self._drop(number, job)

    def _drop(self, number: int, job: Job) -> None:
        job.dropped = True
        if job.on_drop is not None:
            job.on_drop()
        with self._lock:
            if self._running == number:
                self.interrupt()

    def interrupt(self) -> None:
        """Stop the work at hand, where that is possible. Called while the work at hand can't change."""

    def interrupt_job(self, job: Job) -> None:
        """Stop the work of `job` if it is at hand."""
        with self._lock:
            if self._running is not None and self._jobs.get(self._running) is job:
                self.interrupt()

    @property
    def pending(self) -> int:
        """How many jobs are queued or running or wait to be handed over."""
        return len(self._jobs)

    @property
    def running_for(self) -> float:
        """Seconds the work at hand has taken so far; 0 when there is none."""
        return time.monotonic() - self._since if self._running is not None else 0.0

    def close(self) -> None:
        """Run everything queued to its end, then end the thread. Results are not handed over any more."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        for job in self._jobs.values():
            job.dropped = True

    def _run(self) -> None:
        while (number := self._queue.get()) is not None:
            job = self._jobs.get(number)
            with self._lock:
                self._running, self._since = number, time.monotonic()
            result, error = self._do(job)
            with self._lock:
                self._running = None
            # The window's thread must be the one that lets go of what the job holds: widgets can't be freed here.
            del job
            if self._queue.empty():
                self._on_idle()
            self._returned.emit(number, result, error)
            del result, error
        self._end()

    def _on_idle(self) -> None:
        """Nothing is queued at the moment; called in the thread."""

    def _end(self) -> None:
        """Let go of what the thread owns; the last thing that runs in it."""

    def _do(self, job: Job | None) -> tuple[Any, Exception | None]:
        if job is None or job.work is None or (job.dropped and self.skips):
            return None, None
        try:
            return job.work(), None
        except Exception as error:
            return None, error

    @Slot(int, object, object)
    def _on_returned(self, number: int, result: Any, error: Exception | None) -> None:
        job = self._jobs.pop(number)
        if job.finished is not None:
            job.finished()
        if job.dropped:
            return
        if error is not None:
            job.failed(error)
        elif job.done is not None:
            job.done(result)
