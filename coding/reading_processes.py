"""Files read in processes of their own: one that hangs, crashes or swells costs that file and one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from coding.errors import CodingError
from coding.transcripts.drafts import Draft
from coding.transcripts.drafts_json import draft_from_json

SECONDS = 60.0
"""How long one file may take to be read."""
MEGABYTES = 1536
"""How much memory a process that reads may take, code included."""
_ROOT = Path(__file__).resolve().parent.parent
_AHEAD = 3


class ReadingFault(RuntimeError):
    """A fault of the program in a reading process; its traceback is the text."""


def processes_for(files: int) -> int:
    """How many processes read that many files: one for each processor, two at most."""
    return max(1, min(2, os.cpu_count() or 1, files))


def command(module: str = "coding.worker") -> list[str]:
    """How a reading process is started."""
    # -P: a folder of the user's must not be able to shadow a module
    return [sys.executable, "-P", "-m", module, "--memory", str(MEGABYTES)]


def environment() -> dict[str, str]:
    """What a reading process finds in its environment that this one does not."""
    search = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(part for part in search if part)}


def error_of(answer: Mapping[str, Any]) -> Exception:
    """The error in an answer of a reading process: a CodingError, or a ReadingFault, which is a fault of ours."""
    if answer["code"] == "fault":
        return ReadingFault(answer["text"])
    return CodingError(answer["code"], **answer["params"])


class ReadingProcesses:
    """`count` processes that read files, started with the first file and again after one has died."""

    def __init__(self, count: int, *, seconds: float = SECONDS, module: str = "coding.worker") -> None:
        self._count, self._seconds = count, seconds
        self._free: SimpleQueue[_Process] = SimpleQueue()
        self._all = [_Process(module) for _ in range(count)]
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for process in self._all:
            process.kill()
        for process in self._all:
            process.close()

    def drafts(self, paths: Sequence[Path], **fields: Any) -> Iterator[tuple[Path, Draft | CodingError]]:
        """For each file, in order, the draft or why there is none; only a few are held at a time. `fields` are those of
        the request `draft` of `coding.worker`. Raises ReadingFault for a fault of the program."""
        pool = ThreadPoolExecutor(self._count, thread_name_prefix="reading")
        waiting: deque[tuple[Path, Future[Draft | CodingError]]] = deque()
        complete = False
        try:
            for path in paths:
                waiting.append((path, pool.submit(self._draft, path, fields)))
                if len(waiting) > self._count * _AHEAD:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
            complete = True
        finally:
            if not complete:  # left early: nobody waits for what is still being read
                for process in self._all:
                    process.kill()
            pool.shutdown(cancel_futures=True)

    def _draft(self, path: Path, fields: Mapping[str, Any]) -> Draft | CodingError:
        process = self._free.get()
        try:
            return draft_from_json(process.ask(self._seconds, path.name, op="draft", path=str(path), **fields))
        except CodingError as error:
            return error
        finally:
            self._free.put(process)


class _Process:
    """One process and the request it is at."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._last = 0
        self._busy = threading.Lock()

    def kill(self) -> None:
        """Stop it for good, from any thread; a request under way comes to nothing."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Let go of it, once no request is under way any more."""
        with self._busy:
            self._end()

    def ask(self, seconds: float, file: str, **request: Any) -> Any:
        """A request's result. Raises CodingError, also when it takes too long or the process dies, ReadingFault."""
        with self._busy:
            late = threading.Event()
            answer = self._answer(seconds, late, {"id": self._last + 1, **request})
            if answer is None:
                self._end()
        if answer is None and late.is_set():
            raise CodingError("source_took_too_long", file=file, seconds=round(seconds))
        if answer is None:
            raise CodingError("source_broke_off", file=file)
        if not answer["ok"]:
            raise error_of(answer["error"])
        return answer["result"]

    def _answer(self, seconds: float, late: threading.Event, request: dict[str, Any]) -> dict[str, Any] | None:
        """What the process answers; None when it ends without an answer, `late` set when it was ended for its time."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        self._last += 1

        def expire() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                answer: dict[str, Any] = json.loads(line)
                if "progress" not in answer:
                    return answer
        except (OSError, json.JSONDecodeError):  # it ended, in the middle of a line perhaps
            return None
        finally:
            timer.cancel()
        return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise CodingError("cancelled")
        if self._process is None:
            self._process = subprocess.Popen(
                command(self._module),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **environment()},
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except OSError:  # what was still to be written to a process that is gone
                        continue
