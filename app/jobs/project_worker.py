"""The thread that owns the project, and the one that reads beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.jobs.threads import Job, Worker

if TYPE_CHECKING:
    from coding.changes import Changes
    from coding.history import Step
    from coding.project import Operation, Project, Reader


GIVE_WAY_SECONDS = 60.0
"""How long a read that gave way waits at most for the writer."""


class Gone(Exception):
    """The project that work was meant for has been closed in the meantime; the work was not done."""


BLIND = "blind"
"""The preference of a study whose coders are not to see each other's codings."""


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
    read_only: bool = False
    role: str = "researcher"
    blind: bool = False


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

    def __init__(self, parent: QObject | None = None) -> None:
        self.idle = threading.Event()
        self.idle.set()
        super().__init__("project", parent)
        self._project: Project | None = None
        self._backup: datetime | None = None
        self._changed_since_backup = False
        self._only_reads = False

    @property
    def writing_for(self) -> float:
        """Seconds that work which may have to write has taken so far; 0 for a backup, which holds up no read."""
        return 0.0 if self._only_reads else self.running_for

    def queue(self, job: Job) -> Job:
        """Queue `job`; the project is not idle until it is done."""
        self.idle.clear()
        return super().queue(job)

    def _on_idle(self) -> None:
        self.idle.set()

    def open(self, make: Callable[[], Project]) -> Snapshot:
        """Take over the project that `make` opens or creates; the one open until then is closed once it succeeded."""
        from coding.store.backup import last_backup

        project = make()
        self.close_project()
        self._project = project
        self._backup = last_backup(project.path)
        self._changed_since_backup = not project.read_only
        return self.snapshot()

    def close_project(self) -> None:
        """Close the project, if one is open."""
        if self._project is not None:
            project, self._project = self._project, None
            project.close()

    def operate(
        self, path: Path, title: str, params: dict[str, Any], work: Callable[[Operation], Any], gesture: str = ""
    ) -> Outcome:
        """Run `work` as one operation on the project at `path`."""
        project = self._at(path)
        with project.operation(title, gesture=gesture, **params) as op:
            result = work(op)
        self._changed_since_backup = self._changed_since_backup or bool(op.changes)
        return Outcome(self.snapshot(), op.changes, result)

    def undo(self, path: Path) -> Outcome:
        """Take back the last step."""
        return self._after_step(self._at(path).undo())

    def redo(self, path: Path) -> Outcome:
        """Do again what was taken back last."""
        return self._after_step(self._at(path).redo())

    def go_to_step(self, path: Path, step: int, *, back: bool) -> Outcome:
        """Undo (`back`) or redo this coder's steps one after the other, up to and with the step of this number.

        What stops on the way, a change of somebody else for one, leaves the steps before it as they were brought.
        Raises CodingError("step_gone") when the step is not among them.
        """
        from coding.changes import Changes
        from coding.errors import CodingError

        project = self._at(path)
        waiting = project.done_steps if back else project.undone_steps
        if step not in {one.id for one in waiting}:
            raise CodingError("step_gone")
        changes, stopped, last = Changes.NONE, None, None
        while last is None or last.id != step:
            try:
                last = project.undo() if back else project.redo()
            except CodingError as error:
                stopped = error
                break
            assert last is not None
            changes |= last.changes
            self._changed_since_backup = True
        return Outcome(self.snapshot(), changes, result=stopped, step=last)

    def back_up(self, path: Path) -> Snapshot:
        """Make a backup unless nothing changed since the last one."""
        from coding.errors import CodingError
        from coding.store.backup import backup_now, last_backup

        if self._at(path).gone:
            raise CodingError("project_gone", file=path.name)
        if self._changed_since_backup:
            self._only_reads = True
            self.idle.set()
            try:
                backup_now(path)
            finally:
                self._only_reads = False
                self.idle.clear()
            self._backup = last_backup(path)
            self._changed_since_backup = False
        return self.snapshot()

    def save_copy(self, path: Path, target: Path) -> bool:
        """Save a copy; whether the project itself is gone, so that the copy is what there is."""
        project = self._at(path)
        project.save_copy(target)
        return project.gone

    def set_coder(
        self, path: Path, name: str, role: str | None = None, initials: str = "", color: int | None = None
    ) -> Snapshot:
        """`name` is who codes from now on; with a `role`, what is known of them is changed, too."""
        project = self._at(path)
        if role is not None:
            project.add_coder(name, role, initials, color)
        project.coder = name
        return self.snapshot()

    def prefer(self, path: Path, key: str, value: Any) -> Snapshot:
        """Keep something that is no step of the history."""
        self._at(path).prefer(key, value)
        self._changed_since_backup = True
        return self.snapshot()

    def name_coder(self, path: Path, name: str, before: str | None) -> Snapshot:
        """Make a coder known, or call the one who was called `before` otherwise."""
        self._at(path).name_coder(name, before)
        self._changed_since_backup = True
        return self.snapshot()

    def set_blind(self, path: Path, blind: bool) -> Snapshot:
        """Have coders see only their own codings, or all."""
        self._at(path).prefer(BLIND, blind)
        return self.snapshot()

    def snapshot(self) -> Snapshot:
        """What the window shows of the project as it is now."""
        p = self._project
        assert p is not None
        return Snapshot(
            p.path,
            p.title,
            p.guid,
            p.coder,
            p.language,
            p.next_undo,
            p.next_redo,
            self._backup,
            p.read_only,
            p.coder_role,
            bool(p.preference(BLIND)),
        )

    def _after_step(self, step: Step | None) -> Outcome:
        from coding.changes import Changes

        if step is not None:
            self._changed_since_backup = True
        return Outcome(self.snapshot(), step.changes if step else Changes.NONE, step=step)

    def _at(self, path: Path) -> Project:
        if self._project is None or self._project.path != path:
            raise Gone(path)
        return self._project

    def _end(self) -> None:
        self.close_project()


class ReaderThread(Worker):
    """Reads on a connection of its own, so that a long read can be stopped.

    A commit has to wait for reads that have begun; `let_writer_in` makes a long one begin again after the commit.
    """

    skips = True

    def __init__(self, writer_idle: threading.Event, parent: QObject | None = None) -> None:
        self._path: Path | None = None
        self._reader: Reader | None = None
        self._writer_idle = writer_idle
        self._giving_way = False
        super().__init__("reader", parent)

    def read(self, path: Path, work: Callable[[Any], Any]) -> Any:
        """Run `work` with a reader of the project at `path`; opens it at the first read."""
        if self._path != path:
            self.close_reader()
            from coding.project import Reader

            self._reader, self._path = Reader(path), path
        while True:
            self._giving_way = False
            try:
                return work(self._reader)
            except Exception as error:
                if not (self._giving_way and "interrupted" in str(error)):
                    raise
            self._writer_idle.wait(GIVE_WAY_SECONDS)

    def let_writer_in(self) -> None:
        """Stop the read at hand; it begins again when the writer has finished. Called in the window's thread."""
        with self._lock:
            if self._running is not None:
                self._giving_way = True
                self.interrupt()

    def close_reader(self) -> None:
        """Let go of the file."""
        reader, self._reader, self._path = self._reader, None, None
        if reader is not None:
            reader.close()

    def interrupt(self) -> None:
        """Stop the read at hand."""
        reader = self._reader
        if reader is not None:
            reader.interrupt()

    def _end(self) -> None:
        self.close_reader()
