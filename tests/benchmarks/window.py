"""The window under the stopwatch: real widgets, real keys, until the picture is painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.startup import let_go, make_application, make_window
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.transcripts import TranscriptsWorkspace
from coding.text import Span

PATIENCE = 120.0


class Paints(QObject):
    """Counts the paints of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class WindowBench:
    """One window on one project."""

    def __init__(self, path: Path) -> None:
        make_application()
        self.path = path
        self.ctx, self.window = make_window()
        self.window.resize(1366, 768)

    def __enter__(self) -> Self:
        self.window.show()
        return self

    def __exit__(self, *_: object) -> None:
        self.window.close()
        let_go(self.ctx, self.window)

    @property
    def transcripts(self) -> TranscriptsWorkspace:
        workspace = self.window.workspaces["transcripts"]
        assert isinstance(workspace, TranscriptsWorkspace)
        return workspace

    def until(self, ready: Callable[[], object]) -> None:
        """Run the event loop until `ready()`; raises TimeoutError."""
        deadline = time.perf_counter() + PATIENCE
        while not ready():
            if time.perf_counter() > deadline:
                raise TimeoutError
            QApplication.processEvents()

    def settle(self) -> None:
        """Let everything queued end."""
        jobs = self.ctx.jobs
        quiet = time.perf_counter()
        while time.perf_counter() - quiet < 0.2:
            QApplication.processEvents()
            if jobs.writer.pending or jobs.reader.pending or jobs.helper.pending:
                quiet = time.perf_counter()

    def open_project(self, runs: int) -> list[float]:
        """From the click on a project to its first transcript painted with its segments."""
        taken = []
        for _ in range(runs):
            if self.ctx.project is not None:
                self.ctx.close_project()
                self.until(lambda: self.ctx.project is None)
                self.settle()
            began = time.perf_counter()
            self.ctx.open_project(self.path)
            self.until(lambda: "transcripts" in self.window.workspaces and self._shown())
            taken.append(time.perf_counter() - began)
            self.settle()
        return taken

    def _shown(self) -> bool:
        desk = self.transcripts.desk
        return desk.source is not None and bool(self.transcripts.tagging.rows) and self.transcripts.view.isVisible()

    def open_transcripts(self, runs: int) -> list[float]:
        """From asking for another transcript to its picture painted."""
        guids = [row.guid for row in self.transcripts.sources.sources.sources()]
        paints = Paints(self.transcripts.view.area.viewport())
        taken = []
        for number in range(runs):
            wanted = guids[(number + 1) % len(guids)]
            before = paints.count
            began = time.perf_counter()
            self.ctx.go_to_source(wanted)
            self.until(lambda wanted=wanted: self._is_open(wanted))
            before = max(before, paints.count)
            self.transcripts.view.area.viewport().update()
            self.until(lambda before=before: paints.count > before)
            taken.append(time.perf_counter() - began)
            self.settle()
        return taken

    def _is_open(self, guid: str) -> bool:
        source = self.transcripts.desk.source
        return source is not None and source.guid == guid and self._shown()

    def tag(self, runs: int) -> list[float]:
        """From the key that tags to the picture with the new segment painted."""
        view, tagging = self.transcripts.view, self.transcripts.tagging
        source = self.transcripts.desk.source
        assert source is not None
        area = view.area
        area.setFocus()
        paints = Paints(area.viewport())
        usable = self._untagged(runs)
        taken = []
        for span in usable:
            view.select_span(span, reveal=True)
            self.settle()
            known = len(tagging.rows)
            began = time.perf_counter()
            QTest.keyClick(area, Qt.Key.Key_1)
            self.until(lambda known=known: len(tagging.rows) > known)
            painted = paints.count
            self.until(lambda painted=painted: paints.count > painted)
            taken.append(time.perf_counter() - began)
            self.settle()
        return taken

    def _untagged(self, count: int) -> list[Span]:
        """Up to `count` passages of the open source, sentences with or without their first words, that no segment
        stands on and that a key tags just as they are selected. Raises LookupError when there is none."""
        source = self.transcripts.desk.source
        assert source is not None
        tagged = {(row.start, row.end) for row in self.transcripts.tagging.rows.values()}
        found: list[Span] = []
        for left_out in range(4):
            for start, end in source.sentences:
                words = source.text[start:end].split(" ", left_out)
                span = Span(end - len(words[-1]), end)
                if len(words) == left_out + 1 and (span.start, span.end) not in tagged and self._target_is(span):
                    found.append(span)
                    if len(found) == count:
                        return found
        if not found:
            raise LookupError(f"nothing is left to tag in {source.name}")
        return found

    def _target_is(self, span: Span) -> bool:
        """Whether selecting the span makes it what a key tags: no white space at its ends, no grapheme cut."""
        view, source = self.transcripts.view, self.transcripts.desk.source
        if source is None or span.end > len(source.text):
            return False
        view.select_span(span)
        return bool(view.target() == span)

    def matrix(self, runs: int) -> list[float]:
        """From opening the Matrices workspace after a tag to the new numbers painted."""
        taken = []
        for _ in range(runs):
            self.window.show_workspace("transcripts")
            self.settle()
            self.tag(1)
            began = time.perf_counter()
            self.window.show_workspace("matrices")
            workspace = self.window.workspaces["matrices"]
            assert isinstance(workspace, MatricesWorkspace)
            self.until(lambda: not self.ctx.jobs.reader.pending)
            taken.append(time.perf_counter() - began)
            self.settle()
        return taken
