"""All that works beside the event loop, in one place: writer, reader, reading process, and what they are at."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.jobs.helper_process import HelperProcess
from app.jobs.project_worker import ProjectWorker, ReaderThread
from app.jobs.tasks import TaskBoard

PATIENCE = 0.15
"""Seconds the writer waits before a read that may hold up its commit is asked to give way."""
LONG_REST = 1800.0
"""Seconds after which the process of the reports ends: somebody who writes a chapter comes back to the preview."""


class Jobs(QObject):
    """The workers of one window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = TaskBoard(self)
        self.writer = ProjectWorker(self)
        self.reader = ReaderThread(self.writer.idle, self)
        self.helper = HelperProcess(self)
        self.reports = HelperProcess(self, "app.jobs.report_process", 1, LONG_REST)
        self.tasks.changed.connect(self._on_tick)

    @property
    def busy(self) -> bool:
        """Whether something is queued that changes the project."""
        return self.writer.pending > 0

    def warm_reports(self) -> None:
        """Let the process of the reports start and get ready, so that the first preview is there the sooner."""
        if not (self.reports.running or self.reports.pending):
            # it is a kindness: what goes wrong comes up again where somebody wants something
            self.reports.request("warm", lambda _: None, lambda _: None)

    def _on_tick(self) -> None:
        if min(self.writer.writing_for, self.reader.running_for) > PATIENCE:
            self.reader.let_writer_in()

    def shutdown(self) -> None:
        """Stop reading, finish what is queued for the project, close it, end the threads and the process."""
        self.helper.close()
        self.reports.close()
        self.reader.drop_all()
        self.reader.close()
        self.writer.close()
