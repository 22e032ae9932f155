"""The processes that read files: a hostile or huge file can stop one of them, but not the window."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

from app.jobs.tasks import Task
from coding.errors import CodingError
from coding.reading_processes import (
    SECONDS,
    ReadingFault,
    command,
    environment,
    error_of,
    processes_for,
)

__all__ = ["TIMEOUT", "HelperProcess", "ReadingFault", "Request"]

TIMEOUT = SECONDS
"""Seconds one file may take to be read."""
REST = 300.0
"""Seconds after which a process without a request is ended; it holds a hundred megabytes."""
_LINE_LIMIT = 256_000_000


@dataclass(slots=True)
class Request:
    """A request to a process; `cancel` on its helper takes it back."""

    number: int
    op: str
    fields: Callable[[], dict[str, Any]]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    task: Task | None
    timeout: float
    file: str
    sent: float = field(default=0.0)


class HelperProcess(QObject):
    """Runs `python -m coding.worker`, one for each processor but two at most, JSON lines both ways.

    Each is at one request at a time; started when there is one for it and again after it has died; killed when a
    request takes too long or is cancelled, and when there was none for a while (`rest`, seconds). Answers come in the
    order in which they are ready.
    """

    def __init__(
        self, parent: QObject | None = None, module: str = "coding.worker", count: int = 0, rest: float = REST
    ) -> None:
        super().__init__(parent)
        self._waiting: deque[Request] = deque()
        self._lanes = [_Lane(self, module, rest) for _ in range(count or processes_for(2))]
        self._last = 0

    def request(
        self,
        op: str,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        file: str = "",
        task: Task | None = None,
        timeout: float = TIMEOUT,
        urgent: bool = False,
        lazy: Callable[[], dict[str, Any]] | None = None,
        **fields: Any,
    ) -> Request:
        """Ask for `op` with `fields` (plain JSON values); `done(result)` or `failed(error)` follows in this thread. The
        error is a CodingError, or a ReadingFault, which is a fault of ours; `Context.say_error` tells either.

        `file` is the name that errors give; `timeout` in seconds counts from when the request is sent. An `urgent` one
        goes before all that wait. `lazy` gives further fields when it is sent.
        """
        self._last += 1

        def all_fields() -> dict[str, Any]:
            return {**fields, **(lazy() if lazy is not None else {})}

        request = Request(self._last, op, all_fields, done, failed, task, timeout, file)
        if urgent:
            self._waiting.appendleft(request)
        else:
            self._waiting.append(request)
        self.send_next()
        return request

    def cancel(self, *requests: Request) -> None:
        """Take requests back; none of their callbacks is called any more."""
        gone = {request.number for request in requests}
        self._waiting = deque(request for request in self._waiting if request.number not in gone)
        for lane in self._lanes:
            if lane.current is not None and lane.current.number in gone:
                lane.drop()
        self.send_next()

    def cancel_all(self) -> None:
        """Take every request back."""
        self._waiting.clear()
        for lane in self._lanes:
            if lane.current is not None:
                lane.drop()

    @property
    def running(self) -> int:
        """How many processes there are at the moment."""
        return sum(lane.runs for lane in self._lanes)

    @property
    def pending(self) -> int:
        """How many requests are not answered yet."""
        return len(self._waiting) + sum(lane.current is not None for lane in self._lanes)

    def close(self) -> None:
        """End the processes; requests not answered yet are forgotten."""
        self._waiting.clear()
        for lane in self._lanes:
            lane.drop()

    def send_next(self) -> None:
        """Give processes that have nothing to do what waits; one that runs already before one that does not."""
        for lane in sorted(self._lanes, key=lambda lane: not lane.runs):
            if lane.current is None and self._waiting:
                lane.send(self._waiting.popleft())


class _Lane(QObject):
    """One process and the request it is at."""

    def __init__(self, helper: HelperProcess, module: str, rest: float) -> None:
        super().__init__(helper)
        self._helper, self._module = helper, module
        self.current: Request | None = None
        self._process: QProcess | None = None
        self._pieces: list[bytes] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self._rest = QTimer(self, singleShot=True, interval=round(rest * 1000))
        self._rest.timeout.connect(self._kill)

    @property
    def runs(self) -> bool:
        """Whether the process is there already."""
        return self._process is not None

    def send(self, request: Request) -> None:
        """Send a request; nothing else is under way."""
        self._rest.stop()
        process = self._running()
        self.current = request
        line = json.dumps({"id": request.number, "op": request.op, **request.fields()})
        process.write(line.encode() + b"\n")
        request.sent = time.monotonic()
        self._timer.start(round(request.timeout * 1000))

    def drop(self) -> None:
        """Forget the request under way and end the process."""
        self.current = None
        self._kill()

    def _running(self) -> QProcess:
        if self._process is None:
            process = QProcess(self)
            variables = QProcessEnvironment.systemEnvironment()
            for name, value in environment().items():
                variables.insert(name, value)
            process.setProcessEnvironment(variables)
            process.readyReadStandardOutput.connect(self._on_output)
            process.readyReadStandardError.connect(process.readAllStandardError)
            process.errorOccurred.connect(self._on_error)
            process.finished.connect(self._on_finished)
            self._process, self._pieces = process, []
            program, *arguments = command(self._module)
            process.start(program, arguments)
        return self._process

    def _kill(self) -> None:
        self._timer.stop()
        self._rest.stop()
        if self._process is not None:
            process, self._process, self._pieces = self._process, None, []
            process.blockSignals(True)
            if process.state() != QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished(2000)
            process.deleteLater()

    def _on_output(self) -> None:
        if self._process is None:
            return
        first, *others = bytes(self._process.readAllStandardOutput().data()).split(b"\n")
        # a long line comes in many pieces: they are joined once, when it is whole
        self._pieces.append(first)
        for other in others:
            line, self._pieces = b"".join(self._pieces), [other]
            if line.strip():
                self._on_line(line)
        if sum(map(len, self._pieces)) > _LINE_LIMIT:
            self._fail_current(self._about("source_too_much_memory"))

    def _on_line(self, line: bytes) -> None:
        request = self.current
        answer = json.loads(line)
        if request is None or answer.get("id") != request.number:
            return
        if "progress" in answer:
            if request.task is not None:
                request.task.done, request.task.total = answer["progress"]
                request.task.detail = answer["text"]
            return
        self.current = None
        self._timer.stop()
        self._rest.start()
        # the next one is read while this one is shown
        self._helper.send_next()
        if answer["ok"]:
            request.done(answer["result"])
        else:
            request.failed(error_of(answer["error"]))

    def _on_timeout(self) -> None:
        request = self.current
        if request is not None:
            self._fail_current(CodingError("source_took_too_long", file=request.file, seconds=round(request.timeout)))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            reason = self._process.errorString() if self._process else ""
            self._fail_current(self._about("file_unreadable", reason=reason))

    def _on_finished(self) -> None:
        self._on_output()
        self._fail_current(self._about("source_broke_off"))

    def _about(self, code: str, **params: Any) -> CodingError:
        return CodingError(code, file=self.current.file if self.current else "", **params)

    def _fail_current(self, error: CodingError) -> None:
        request, self.current = self.current, None
        self._kill()
        if request is not None:
            request.failed(error)
        self._helper.send_next()
