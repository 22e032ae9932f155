"""The process that reads files: a hostile or huge file can stop it, but not the window."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

from app.jobs.tasks import Task
from coding.errors import CodingError

TIMEOUT = 60.0
"""Seconds one file may take to be read."""
_LINE_LIMIT = 256_000_000
_ROOT = Path(__file__).resolve().parent.parent.parent


class ReadingFault(RuntimeError):
    """A fault of the program in the reading process; its traceback is the text."""


@dataclass(slots=True)
class Request:
    """A request to the process; `cancel` on its helper takes it back."""

    number: int
    op: str
    fields: dict[str, Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    task: Task | None
    timeout: float
    file: str
    sent: float = field(default=0.0)


class HelperProcess(QObject):
    """Runs `python -m coding.worker`, one request at a time, JSON lines both ways.

    Started with the first request and again after it has died; killed when a request takes too long or is cancelled.
    """

    def __init__(self, parent: QObject | None = None, module: str = "coding.worker") -> None:
        super().__init__(parent)
        self._module = module
        self._waiting: deque[Request] = deque()
        self._current: Request | None = None
        self._process: QProcess | None = None
        self._buffer = b""
        self._last = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def request(
        self,
        op: str,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        file: str = "",
        task: Task | None = None,
        timeout: float = TIMEOUT,
        **fields: Any,
    ) -> Request:
        """Ask for `op` with `fields` (plain JSON values); `done(result)` or `failed(error)` follows in this thread. The
        error is a CodingError, or a ReadingFault, which is a fault of ours; `Context.say_error` tells either.

        `file` is the name that errors give; `timeout` in seconds counts from when the request is sent.
        """
        self._last += 1
        request = Request(self._last, op, fields, done, failed, task, timeout, file)
        self._waiting.append(request)
        self._next()
        return request

    def cancel(self, request: Request) -> None:
        """Take `request` back; neither of its callbacks is called any more."""
        if request in self._waiting:
            self._waiting.remove(request)
        elif request is self._current:
            self._current = None
            self._kill()
            self._next()

    def cancel_all(self) -> None:
        """Take every request back."""
        self._waiting.clear()
        if self._current is not None:
            self.cancel(self._current)

    @property
    def pending(self) -> int:
        """How many requests are not answered yet."""
        return len(self._waiting) + (self._current is not None)

    def close(self) -> None:
        """End the process; requests not answered yet are forgotten."""
        self._waiting.clear()
        self._current = None
        self._kill()

    def _next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        process = self._running()
        request = self._current = self._waiting.popleft()
        line = json.dumps({"id": request.number, "op": request.op, **request.fields})
        process.write(line.encode() + b"\n")
        request.sent = time.monotonic()
        self._timer.start(round(request.timeout * 1000))

    def _running(self) -> QProcess:
        if self._process is None:
            process = QProcess(self)
            environment = QProcessEnvironment.systemEnvironment()
            environment.insert("PYTHONUTF8", "1")
            # a folder of the user's must not be able to shadow a module
            search = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
            environment.insert("PYTHONPATH", os.pathsep.join(part for part in search if part))
            process.setProcessEnvironment(environment)
            process.setWorkingDirectory(str(_ROOT))
            process.readyReadStandardOutput.connect(self._on_output)
            process.readyReadStandardError.connect(process.readAllStandardError)
            process.errorOccurred.connect(self._on_error)
            process.finished.connect(self._on_finished)
            self._process, self._buffer = process, b""
            process.start(sys.executable, ["-m", self._module])
        return self._process

    def _kill(self) -> None:
        self._timer.stop()
        if self._process is not None:
            process, self._process, self._buffer = self._process, None, b""
            process.blockSignals(True)
            if process.state() != QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished(2000)
            process.deleteLater()

    def _on_output(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            if line.strip():
                self._on_line(line)
        if len(self._buffer) > _LINE_LIMIT:
            self._fail_current(self._broken("too much was found in it"))

    def _on_line(self, line: bytes) -> None:
        request = self._current
        answer = json.loads(line)
        if request is None or answer.get("id") != request.number:
            return
        if "progress" in answer:
            if request.task is not None:
                request.task.done, request.task.total = answer["progress"]
                request.task.detail = answer["text"]
            return
        self._current = None
        self._timer.stop()
        if answer["ok"]:
            request.done(answer["result"])
        else:
            request.failed(_error(answer["error"]))
        self._next()

    def _on_timeout(self) -> None:
        request = self._current
        if request is not None:
            self._fail_current(CodingError("source_took_too_long", file=request.file, seconds=round(request.timeout)))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._fail_current(self._broken(self._process.errorString() if self._process else ""))

    def _on_finished(self) -> None:
        self._on_output()
        self._fail_current(self._broken("the reading process stopped"))

    def _broken(self, reason: str) -> CodingError:
        file = self._current.file if self._current else ""
        return CodingError("file_unreadable", file=file, reason=reason)

    def _fail_current(self, error: CodingError) -> None:
        request, self._current = self._current, None
        self._kill()
        if request is not None:
            request.failed(error)
        self._next()


def _error(error: dict[str, Any]) -> Exception:
    if error["code"] == "fault":
        return ReadingFault(error["text"])
    return CodingError(error["code"], **error["params"])
