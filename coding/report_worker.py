"""A process that makes reports for the window, so that no chart and no long table ever holds it up.

The same lines as `coding.worker`, with these requests: `{"id", "op": "preview", "project", "options"}` gives
`{"sheets": [{"landscape", "width", "html"}], "held": [{"kind", "text", "count", "certain"}]}`, held being the personal
data in it; `{"id", "op": "write", "project", "path", "options"}` writes a file and gives `{"path", "tables",
"digest"}`, `{"id", "op": "template", "path"}` gives what a Word template has, `{"id", "op": "warm"}` gets ready for
all of it. `options` are those of `coding.reports.saved.to_params`. A process that is killed leaves the file that was
at `path` as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from coding.worker import Worker, main

if TYPE_CHECKING:
    from coding.reports.document import Writer


_TOGETHER = 40
"""Rows of a table that the preview shows at once."""


class _Progress:
    """Sends how far the work is."""

    def __init__(self, worker: ReportWorker, number: Any) -> None:
        self._worker, self._number = worker, number

    def step(self, done: int, total: int, text: str = "") -> None:
        self._worker.say({"id": self._number, "progress": [done, total], "text": text})


class ReportWorker(Worker):
    """Answers requests for reports; each opens the project for reading and closes it again.

    `writers` are formats of reports that this room can't write itself, by their ending.
    """

    writers: ClassVar[Mapping[str, Writer]] = {}

    def say(self, answer: dict[str, Any]) -> None:
        """Send one line."""
        self._say(answer)

    def _result(self, number: Any, request: dict[str, Any]) -> Any:
        operation = request.get("op")
        if operation == "preview":
            return self._preview(number, request)
        if operation == "write":
            return self._write(number, request)
        if operation == "template":
            return _template(Path(request["path"]))
        if operation == "warm":
            return _warm()
        return super()._result(number, request)

    def _preview(self, number: Any, request: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        from coding.privacy.leaving import in_report
        from coding.project import Project
        from coding.reports.build import project_language, report_tables
        from coding.reports.document import ReportDocument
        from coding.reports.preview import sheets
        from coding.reports.saved import from_params
        from coding.words import Words

        options = from_params(request["options"])
        with Project.open(Path(request["project"]), read_only=True) as project:
            words = Words(options.language or project_language(project))
            blocks = report_tables(project, words, options, _Progress(self, number))
            held = in_report(project, ReportDocument(project, blocks, words, options), "")
        made = [asdict(sheet) for sheet in sheets(blocks, words, options, together=_TOGETHER)]
        return {"sheets": made, "held": [asdict(one) for one in held]}

    def _write(self, number: Any, request: dict[str, Any]) -> dict[str, Any]:
        from coding.project import Project
        from coding.reports import report
        from coding.reports.saved import from_params

        with Project.open(Path(request["project"]), read_only=True) as project:
            path, options = Path(request["path"]), from_params(request["options"])
            written = report(project, path, options, _Progress(self, number), self.writers)
        return {"path": str(written.path), "tables": list(written.tables), "digest": written.digest}


def _warm() -> None:
    """Load what previews need, most of all what draws charts."""
    for name in (
        "matplotlib.backends.backend_agg", "matplotlib.figure", "coding.analysis.triangulation",
        "coding.privacy.leaving", "coding.reports.build", "coding.reports.preview",
    ):  # fmt: skip
        import_module(name)


def _template(path: Path) -> dict[str, Any]:
    from coding.reports.word_template import read_template

    facts = read_template(path)
    return {
        "styles": [[style.id, style.name, style.kind] for style in facts.styles],
        "chosen": dict(facts.chosen),
        "unsure": list(facts.unsure),
    }


if __name__ == "__main__":
    raise SystemExit(main(kind=ReportWorker))
