"""Reports made in the process of the tests, by the same worker and through the same lines as in a process of its own.

Starting that process, and drawing every chart in it anew, would take most of a test's time; what only a process can
show (that it starts, that it can be stopped) is tested with a real one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.jobs.helper_process import HelperProcess, Request
from app.jobs.report_process import WindowReportWorker
from app.jobs.tasks import Task
from coding.reading_processes import error_of


class ReportsHere(HelperProcess):
    """Answers each request when the window comes round to it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, "app.jobs.report_process", 1)
        self._worker = WindowReportWorker(self._take)
        self._answer: dict[str, Any] = {}

    def request(
        self, op: str, done: Callable[[Any], None], failed: Callable[[Exception], None], *, file: str = "",
        task: Task | None = None, timeout: float = 0.0, urgent: bool = False,
        lazy: Callable[[], dict[str, Any]] | None = None, **fields: Any,
    ) -> Request:  # fmt: skip
        made = super().request(
            op, done, failed, file=file, task=task, timeout=timeout, urgent=urgent, lazy=lazy, **fields
        )
        QTimer.singleShot(0, self, self._work)
        return made

    def send_next(self) -> None:
        """Nothing is sent anywhere."""

    def _take(self, answer: dict[str, Any]) -> None:
        if "progress" not in answer:
            self._answer = json.loads(json.dumps(answer))

    def _work(self) -> None:
        if not self._waiting:
            return
        request = self._waiting[0]
        self._worker.answer(json.dumps({"id": request.number, "op": request.op, **request.fields()}))
        if request not in self._waiting:
            return
        self._waiting.remove(request)
        if self._answer["ok"]:
            request.done(self._answer["result"])
        else:
            request.failed(error_of(self._answer["error"]))
