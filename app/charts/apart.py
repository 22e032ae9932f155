"""Drawing for a report: in a process of its own, so that the window never waits for the drawing library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from base64 import b64decode
from pathlib import Path
from typing import Any

from coding.reports.drawing import ChartSpec, Drawn, Form

_ROOT = Path(__file__).resolve().parent.parent.parent


class DrawingFault(RuntimeError):
    """A fault of the program in the drawing process; its traceback is the text."""


class DrawingProcess:
    """Runs `python -m coding.worker` from the first chart on; made for the thread that waits for the picture."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def draw(self, spec: ChartSpec, form: Form) -> Drawn:
        """The picture of `spec`. Raises DrawingFault."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps({"id": 1, "op": "chart", "spec": spec.to_json(), "form": form}) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except OSError:
                line = ""
            if not line:
                self._end()
                raise DrawingFault("the drawing process has ended")
        answer: dict[str, Any] = json.loads(line)
        if not answer["ok"]:
            raise DrawingFault(answer["error"]["text"])
        result = answer["result"]
        return Drawn(b64decode(result["data"]), result["width"], result["height"])

    def close(self) -> None:
        """End the process; the next chart starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            search = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
            environment = {
                **os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(part for part in search if part),
            }  # fmt: skip
            self._process = subprocess.Popen(
                [sys.executable, "-m", "coding.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, encoding="utf-8", cwd=_ROOT, env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        return self._process
