"""Making a report in a process of its own: the preview, the file, and what a Word template has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.context import Context
from app.jobs.helper_process import Request
from app.jobs.tasks import Task
from coding.privacy.exporting import Held
from coding.reports.options import ReportOptions, ReportResult
from coding.reports.preview import Sheet
from coding.reports.saved import to_params
from coding.reports.word_template import StyleFact, TemplateFacts

Previewed = Callable[[tuple[Sheet, ...], list[Held]], None]
MOST = 1800.0
"""Seconds a report may take."""
_PREVIEW = 240.0


class ReportMaker(QObject):
    """Asks the process for previews and files. A newer preview takes the place of one that is being made.

    `preview_changed` when a preview is begun and when it has come to its end, whichever.
    """

    preview_changed = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._helper = ctx.jobs.reports
        self._preview: tuple[Request, Task] | None = None
        self._writing: tuple[Request, Task] | None = None
        self._next: tuple[ReportOptions, Previewed] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._helper.pending > 0

    @property
    def previewing(self) -> bool:
        """Whether a preview is being made."""
        return self._preview is not None

    def preview(self, options: ReportOptions, done: Previewed) -> None:
        """Make the sheets of a report and give them to `done` with the personal data in it; a CodingError is said."""
        if self._preview is not None:  # starting the process anew takes longer than most previews
            self._next = (options, done)
            return
        project = self._ctx.project
        if project is None:
            return
        task = Task(self._ctx.t("Making the preview…"), cancellable=True)

        def finished(made: dict[str, list[dict[str, Any]]]) -> None:
            self._end_preview()
            if not isValid(self) or self._make_next():
                return
            sheets = tuple(Sheet(one["landscape"], one["width"], one["html"]) for one in made["sheets"])
            done(sheets, [Held(**one) for one in made["held"]])

        def failed(error: Exception) -> None:
            self._end_preview()
            if not self._make_next():
                self._ctx.say_error(error)

        request = self._helper.request(
            "preview", finished, failed, file=project.path.name, task=task, timeout=_PREVIEW,
            project=str(project.path), options=to_params(options),
        )  # fmt: skip
        self._preview = (request, task)
        task.on_cancel = self._drop_preview
        self._ctx.jobs.tasks.begin(task)
        self.preview_changed.emit()

    def write(
        self, path: Path, options: ReportOptions, done: Callable[[ReportResult], None], failed: Callable[[], None]
    ) -> None:
        """Write a report; `done` or `failed` follows. Cancelled, the file is as it was."""
        project = self._ctx.project
        if project is None or self._writing is not None:
            return
        task = self._ctx.task("Writing the report…")

        def finished(result: dict[str, Any]) -> None:
            self._end_writing()
            if isValid(self):
                done(ReportResult(Path(result["path"]), tuple(result["tables"]), digest=result["digest"]))

        def broke(error: Exception) -> None:
            self._end_writing()
            if isValid(self):
                failed()
            self._ctx.say_error(error)

        def stop() -> None:
            if self._writing is not None:
                self._helper.cancel(self._writing[0])
                self._end_writing()
                failed()

        # a preview under way would keep the file waiting
        self._drop_preview()
        request = self._helper.request(
            "write", finished, broke, file=str(path), task=task, timeout=MOST,
            project=str(project.path), path=str(path), options=to_params(options),
        )  # fmt: skip
        self._writing = (request, task)
        task.on_cancel = stop
        self._ctx.jobs.tasks.begin(task)

    def template(self, path: Path, done: Callable[[TemplateFacts], None]) -> None:
        """Read what the Word template at `path` has and give it to `done`; a CodingError is said."""

        def finished(found: dict[str, Any]) -> None:
            styles = tuple(StyleFact(*one) for one in found["styles"])
            done(TemplateFacts(path, styles, found["chosen"], tuple(found["unsure"])))

        self._helper.request("template", finished, self._ctx.say_error, file=path.name, path=str(path))

    def drop(self) -> None:
        """Make nothing more of what was asked for."""
        self._drop_preview()
        if self._writing is not None:
            self._helper.cancel(self._writing[0])
            self._end_writing()

    def _make_next(self) -> bool:
        """Begin with what was asked for meanwhile; whether something was."""
        following, self._next = self._next, None
        if following is not None:
            self.preview(*following)
        return following is not None

    def _drop_preview(self) -> None:
        self._next = None
        if self._preview is not None:
            self._helper.cancel(self._preview[0])
            self._end_preview()

    def _end_preview(self) -> None:
        if self._preview is not None:
            self._ctx.jobs.tasks.end(self._preview[1])
            self._preview = None
            if isValid(self):
                self.preview_changed.emit()

    def _end_writing(self) -> None:
        if self._writing is not None:
            self._ctx.jobs.tasks.end(self._writing[1])
            self._writing = None
