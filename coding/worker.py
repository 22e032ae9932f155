"""A process that reads files for the window: one JSON object a line in, one or more a line out.

Requests: `{"id", "op": "draft", "path", "method"?, "informant"?, "researcher_labels"?, "known_labels"?,
"remembered_labels"?, "columns"?, "choices"?}`, `{"id", "op": "files", "paths"}` (the files in folders),
`{"id", "op": "redraft", "draft", "overrides"}` (a draft of this process may be named by `"path"` instead of sent),
`{"id", "op": "sentences", "pieces": [{"text", "wraps"}]}`, `{"id", "op": "chart", "spec", "form"}` (a picture),
`{"id", "op": "warm"}`, `{"id", "op": "quit"}`.
Answers: `{"id", "progress": [done, total], "text"}` any number of times, then `{"id", "ok": true, "result"}` or
`{"id", "ok": false, "error": {"code", "params", "text"}}`; the code `fault` stands for a fault of the program, with its
traceback as `text`. The end of the input ends the process.

The process holds no project and can be killed at any time. With `--memory MEGABYTES` it takes no more than that where
the system can hold it to it (Linux does; macOS takes it as a wish, Windows knows no such limit).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from coding.errors import CodingError
from coding.transcripts.drafts import Draft
from coding.transcripts.drafts_json import choices_from_json, draft_from_json, draft_to_json, labels_from_json

Say = Callable[[dict[str, Any]], None]


class Worker:
    """Answers requests; keeps the last draft, so that a preview that changes does not send the text back each time."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._last: tuple[str, Draft] | None = None

    def answer(self, line: str) -> bool:
        """Answer one request; False when it was the last. Nothing a request holds makes this raise."""
        number: Any = None
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise TypeError("a request is an object")
            number = request.get("id")
            if request.get("op") == "quit":
                self._say({"id": number, "ok": True, "result": None})
                return False
            result = self._result(number, request)
        except CodingError as error:
            params = {name: _plain(value) for name, value in error.params.items()}
            self._fail(number, error.code, params, error.say())
        except MemoryError:
            self._last = None
            swollen = CodingError("source_too_much_memory", file=Path(str(request.get("path", ""))).name)
            self._fail(number, swollen.code, dict(swollen.params), swollen.say())
        except Exception:  # the process lives on; the window shows the traceback as it shows any fault
            self._fail(number, "fault", {}, traceback.format_exc())
        else:
            self._say({"id": number, "ok": True, "result": result})
        return True

    def _fail(self, number: Any, code: str, params: dict[str, Any], text: str) -> None:
        self._say({"id": number, "ok": False, "error": {"code": code, "params": params, "text": text}})

    def _result(self, number: Any, request: dict[str, Any]) -> Any:
        operation = request.get("op")
        if operation == "draft":
            return self._draft(number, request)
        if operation == "redraft":
            return self._redraft(request)
        if operation == "files":
            return _files(request["paths"])
        if operation == "sentences":
            from coding.language.sentences import find_sentences

            return find_sentences(request["pieces"])
        if operation == "warm":
            from coding.language.pipeline import pipeline

            pipeline()
            return None
        if operation == "chart":
            return _chart(request["spec"], request["form"])
        raise ValueError(f"unknown operation {operation!r}")

    def _draft(self, number: Any, request: dict[str, Any]) -> dict[str, Any]:
        from coding.transcripts.reading import read_draft, redraft, with_remembered

        path = Path(request["path"])
        self._say({"id": number, "progress": [0, 1], "text": path.name})
        draft = read_draft(
            path,
            method=request.get("method"),
            informant=request.get("informant"),
            researcher_labels=request.get("researcher_labels", ()),
            known_labels=labels_from_json(request.get("known_labels", ())),
            columns=request.get("columns"),
        )
        if "choices" in request:
            draft = redraft(draft, choices_from_json(request["choices"]))
        draft = with_remembered(draft, labels_from_json(request.get("remembered_labels", ())))
        self._last = (request["path"], draft)
        return draft_to_json(draft)

    def _redraft(self, request: dict[str, Any]) -> dict[str, Any]:
        from coding.transcripts.reading import redraft

        if "draft" in request:
            old = draft_from_json(request["draft"])
        elif self._last is not None and self._last[0] == request["path"]:
            old = self._last[1]
        else:
            raise KeyError(request["path"])
        draft = redraft(old, choices_from_json(request["overrides"]))
        self._last = (request.get("path", ""), draft)
        return draft_to_json(draft)


def _chart(spec: dict[str, Any], form: str) -> dict[str, Any]:
    """A chart as base64, with its size in centimetres."""
    from base64 import b64encode

    from coding.reports.drawing import FORMS, ChartSpec, drawn

    made = drawn(ChartSpec.from_json(spec), FORMS[FORMS.index(form)])
    return {"data": b64encode(made.data).decode(), "width": made.width, "height": made.height}


def run(lines: IO[str], out: IO[str], kind: type[Worker] = Worker) -> None:
    """Answer every line of `lines` on `out` until they end or one says to quit."""

    def say(value: dict[str, Any]) -> None:
        # ASCII, so that no line end inside a text and no console's encoding can break a line.
        out.write(json.dumps(value, ensure_ascii=True) + "\n")
        out.flush()

    worker = kind(say)
    for line in lines:
        if line.strip() and not worker.answer(line):
            break


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


def _files(paths: list[str]) -> dict[str, list[str]]:
    from coding.transcripts.folders import clutter_in, files_in

    named = [Path(path) for path in paths]
    return {"files": [str(path) for path in files_in(named)], "passed_over": [str(path) for path in clutter_in(named)]}


def limit_memory(megabytes: int) -> bool:
    """Let this process have no more memory than that; whether the system does so."""
    if sys.platform == "win32":
        return False
    import resource

    most = megabytes * 2**20
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ValueError, OSError):
        return False
    return True


def main(arguments: list[str] | None = None, kind: type[Worker] = Worker) -> int:
    """Serve on the standard streams, as UTF-8 on every system; what libraries print goes to standard error."""
    parser = argparse.ArgumentParser(prog="coding.worker")
    parser.add_argument("--memory", type=int, default=0)
    megabytes = parser.parse_args(arguments).memory
    if megabytes:
        limit_memory(megabytes)
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    out, sys.stdout = sys.stdout, sys.stderr
    run(sys.stdin, out, kind)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
