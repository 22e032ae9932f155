"""The thread that owns the project, and the one that reads beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.jobs.threads import Worker

if TYPE_CHECKING:
    from coding.changes import Changes
    from coding.history import Step
    from coding.project import Operation, Project, Reader


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the window shows of the project itself, taken in the project's thread."""

    path: Path
    title: str
    guid: str
    coder: str
    language: str
    undo: Step | None
    redo: Step | None
    backup: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation, an undo or a redo left behind."""

    snapshot: Snapshot
    changes: Changes
    result: Any = None
    step: Step | None = None


class ProjectWorker(Worker):
    """Owns the open project: everything that changes it is done in this thread, one after the other.

    The methods below are work for `queue`; they run in the thread and nowhere else.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__("project", parent)
        self._project: Project | None = None
        self._backup: datetime | None = None
        self._changed_since_backup = False

    def open(self, make: Callable[[], Project]) -> Snapshot:
        """Take over the project that `make` opens or creates; the one open until then is closed once it succeeded."""
        from coding.store.backup import last_backup

        project = make()
        self.close_project()
        self._project = project
        self._backup = last_backup(project.path)
        self._changed_since_backup = True
        return self.snapshot()

    def close_project(self) -> None:
        """Close the project, if one is open."""
        if self._project is not None:
            project, self._project = self._project, None
            project.close()

    def operate(self, title: str, params: dict[str, Any], work: Callable[[Operation], Any]) -> Outcome:
        """Run `work` as one operation."""
        project = self._open_project()
        with project.operation(title, **params) as op:
            result = work(op)
        self._changed_since_backup = self._changed_since_backup or bool(op.changes)
        return Outcome(self.snapshot(), op.changes, result)

    def undo(self) -> Outcome:
        """Take back the last step."""
        return self._after_step(self._open_project().undo())

    def redo(self) -> Outcome:
        """Do again what was taken back last."""
        return self._after_step(self._open_project().redo())

    def back_up(self) -> Snapshot:
        """Make a backup unless nothing changed since the last one."""
        from coding.store.backup import backup_now, last_backup

        if self._changed_since_backup:
            path = self._open_project().path
            backup_now(path)
            self._backup = last_backup(path)
            self._changed_since_backup = False
        return self.snapshot()

    def set_coder(self, name: str) -> Snapshot:
        """`name` is who codes from now on."""
        self._open_project().coder = name
        return self.snapshot()

    def snapshot(self) -> Snapshot:
        """What the window shows of the project as it is now."""
        p = self._open_project()
        return Snapshot(p.path, p.title, p.guid, p.coder, p.language, p.next_undo, p.next_redo, self._backup)

    def _after_step(self, step: Step | None) -> Outcome:
        from coding.changes import Changes

        if step is not None:
            self._changed_since_backup = True
        return Outcome(self.snapshot(), step.changes if step else Changes.NONE, step=step)

    def _open_project(self) -> Project:
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project

    def _end(self) -> None:
        self.close_project()


@dataclass(slots=True)
class _Open:
    path: Path | None = None
    reader: Reader | None = field(default=None)


class ReaderThread(Worker):
    """Reads on a connection of its own, so that a long read never holds up a tag and can be stopped."""

    skips = True

    def __init__(self, parent: Any = None) -> None:
        self._at = _Open()
        super().__init__("reader", parent)

    def read(self, path: Path, work: Callable[[Any], Any]) -> Any:
        """Run `work` with a reader of the project at `path`; opens it at the first read."""
        if self._at.path != path:
            self.close_reader()
            from coding.project import Reader

            self._at.reader = Reader(path)
            self._at.path = path
        return work(self._at.reader)

    def close_reader(self) -> None:
        """Let go of the file."""
        reader, self._at.reader, self._at.path = self._at.reader, None, None
        if reader is not None:
            reader.close()

    def interrupt(self) -> None:
        """Stop the read at hand."""
        if self._at.reader is not None:
            self._at.reader.interrupt()

    def _end(self) -> None:
        self.close_reader()
