"""What every panel is handed: the project as it stands, the way to change and to read it, words, colours, settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.registry import ActionRegistry
from app.jobs.board import Jobs
from app.jobs.collector import Collector
from app.jobs.project_worker import Gone, Outcome, Snapshot
from app.jobs.tasks import Task
from app.jobs.threads import Job
from app.navigation import Navigation
from app.project_info import ProjectInfo, free_path
from app.settings import Settings, documents_folder
from coding.changes import Changes
from coding.errors import CodingError

if TYPE_CHECKING:
    from coding.history import Step
    from coding.project import Operation, Project, Reader

LOCKED = ("project_locked", "project_locked_elsewhere")
LOST = ("project_damaged", "project_hollow", "file_missing")
BACKUP_MINUTES = 30
LOOK_SECONDS = 3
"""How often a project open for reading only is asked whether the one who writes has changed it."""


class Context(Navigation):
    """Everything the parts of the window have in common. Lives in the window's thread; all callbacks run there.

    `changed` comes after every committed operation, undo and redo, with the kinds of content that were touched. The
    `done` of an operation runs just before it. `leaving` comes before the project is closed: what is being written
    somewhere is stored only if it is asked for now. `project_refused` comes instead of `project_opened` when another
    Telaah has the file, or there is no sound project in it but there are backups of it.
    """

    project_opened = Signal()
    project_refused = Signal(Path, CodingError)
    leaving = Signal()
    project_closed = Signal()
    changed = Signal(object)
    history_changed = Signal()
    files_dropped = Signal(list)
    quiet_requested = Signal(bool)
    """Whether everything around the workspace is to be out of sight."""

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(settings or Settings(), parent)
        self._collector = Collector(self)
        self.jobs = Jobs(self)
        self.actions = ActionRegistry(self)
        self.project: ProjectInfo | None = None
        self._steps: tuple[Step | None, Step | None] = (None, None)
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_MINUTES * 60 * 1000)
        self._backups.timeout.connect(self.back_up)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_SECONDS * 1000)
        self._looks.timeout.connect(self._look_for_changes)
        self._seen: int | None = None

    # work

    def task(self, msgid: str, **params: Any) -> Task:
        """Progress to hand to work and to `operate` or `read`, named by `msgid`; it can be cancelled."""
        return Task(self.t(msgid, **params), cancellable=True)

    def operate(
        self,
        title: str,
        fn: Callable[[Operation], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        task: Task | None = None,
        gesture: str = "",
        **params: Any,
    ) -> None:
        """Queue `fn(op)` as one operation named `title` (an English msgid with `params`), after those queued before.

        Operations of one `gesture` that follow each other directly are one step of the history.
        `done(result)` runs after the commit. A CodingError becomes a notice, after `failed(error)` if that is given.
        """
        path = self._path()

        def work() -> Outcome:
            return self.jobs.writer.operate(path, title, params, fn, gesture)

        def finished(outcome: Outcome) -> None:
            self._take(outcome.snapshot)
            if done is not None:
                done(outcome.result)
            self._tell_changes(outcome)

        def broke(error: Exception) -> None:
            if failed is not None:
                failed(error)
            self.say_error(error)

        self._queue(work, finished, broke, task or Task(self.t(title, **params)))

    def read(
        self,
        fn: Callable[[Reader], Any],
        done: Callable[[Any], None],
        *,
        key: str | None = None,
        failed: Callable[[Exception], None] | None = None,
        task: Task | None = None,
    ) -> None:
        """Run `fn(reader)` beside the writer and give the result to `done`.

        `done` is not called when a newer read with the same `key` was asked for, or the project was closed, meanwhile.
        """
        path = self._path()
        task = task or Task(self.t("Reading…"), cancellable=True)

        def broke(error: Exception) -> None:
            if task.cancelled:
                error = CodingError("cancelled")
            if failed is not None:
                failed(error)
            self.say_error(error)

        job = Job(lambda: self.jobs.reader.read(path, fn), done, broke, lambda: self.jobs.tasks.end(task), key)
        task.on_cancel = lambda: self.jobs.reader.interrupt_job(job)
        job.on_drop = task.stop
        self.jobs.tasks.begin(task)
        self.jobs.reader.queue(job)

    def undo(self) -> None:
        """Take back the last step."""
        path = self._path()
        self._queue(lambda: self.jobs.writer.undo(path), self._on_step, self.say_error, Task(self.t("Undoing…")))

    def redo(self) -> None:
        """Do again what was taken back last."""
        path = self._path()
        self._queue(lambda: self.jobs.writer.redo(path), self._on_step, self.say_error, Task(self.t("Redoing…")))

    def go_to_step(self, step: int, *, back: bool) -> None:
        """Undo or redo one step after the other, up to and with the step of this number."""
        path, text = self._path(), self.t("Undoing…") if back else self.t("Redoing…")

        def went(outcome: Outcome) -> None:
            self._on_step(outcome)
            if outcome.result is not None:
                self.say_error(outcome.result)

        self._queue(lambda: self.jobs.writer.go_to_step(path, step, back=back), went, self.say_error, Task(text))

    def back_up(self) -> None:
        """Make a backup in the background, unless nothing changed since the last one."""
        if self.project is not None:
            path, task = self.project.path, Task(self.t("Making a backup…"))
            self._queue(lambda: self.jobs.writer.back_up(path), self._take_and_tell, self.say_error, task)

    def save_copy(self, target: Path) -> None:
        """Save a whole copy of the project as it is now at `target`; it is opened where the project itself is gone."""
        path = self._path()

        def copied(gone: bool) -> None:
            if gone:
                self.open_project(target)
            else:
                self.say(self.t("A copy was saved as {file}", file=str(target)))

        self._queue(
            lambda: self.jobs.writer.save_copy(path, target), copied, self.say_error, Task(self.t("Saving a copy…"))
        )

    def set_coder(self, name: str, role: str | None = None, initials: str = "", color: int | None = None) -> None:
        """`name` codes from now on, here and in new projects; a `role` changes what the project knows of them."""
        self.settings.set("coder", name)
        if self.project is not None:
            path = self.project.path

            def change() -> Snapshot:
                return self.jobs.writer.set_coder(path, name, role, initials, color)

            self._queue(change, self._take_coder, self.say_error, Task(""))

    def name_coder(self, name: str, before: str | None = None) -> None:
        """Make a coder known, or call the one who was called `before` otherwise, everywhere."""
        path = self._path()

        def named(snapshot: Snapshot) -> None:
            from coding.changes import Changes

            if before is not None and self.settings.get("coder") == before:
                self.settings.set("coder", snapshot.coder)
            self._take_coder(snapshot)
            self.changed.emit(Changes.SEGMENTS | Changes.SOURCES | Changes.REVIEW)

        self._queue(lambda: self.jobs.writer.name_coder(path, name, before), named, self.say_error, Task(""))

    def set_blind(self, blind: bool) -> None:
        """Have coders see only their own codings, or all."""
        path = self._path()
        self._queue(lambda: self.jobs.writer.set_blind(path, blind), self._take_coder, self.say_error, Task(""))

    def prefer(self, key: str, value: Any) -> None:
        """Keep in the project, under `key`, how it is looked at (`Reader.preference`); no step of the history."""
        path = self._path()
        self._queue(lambda: self.jobs.writer.prefer(path, key, value), self._take, self.say_error, Task(""))

    def _take_coder(self, snapshot: Snapshot) -> None:
        """Somebody else works, or in another way; what is shown of the codings may be other ones."""
        before = self.project.only_coder if self.project is not None else None
        self._take(snapshot)
        assert self.project is not None
        if self.project.only_coder != before:
            from coding.changes import Changes

            self.changed.emit(Changes.SEGMENTS | Changes.SOURCES)
        self.history_changed.emit()

    def _path(self) -> Path:
        if self.project is None:
            raise RuntimeError("no project is open")
        return self.project.path

    def _queue(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        task: Task,
    ) -> None:
        def broke(error: Exception) -> None:
            if not isinstance(error, Gone):
                failed(error)

        self.jobs.tasks.begin(task)
        self.jobs.writer.queue(Job(work, done, broke, lambda: self.jobs.tasks.end(task)))

    def _on_step(self, outcome: Outcome) -> None:
        self._take(outcome.snapshot)
        self._tell_changes(outcome)

    def _tell_changes(self, outcome: Outcome) -> None:
        if outcome.changes:
            self.changed.emit(outcome.changes)
        self.history_changed.emit()

    def _take_and_tell(self, snapshot: Snapshot) -> None:
        self._take(snapshot)
        self.history_changed.emit()

    # opening and closing

    def open_project(self, path: Path, *, read_only: bool = False, take_over: bool = False) -> None:
        """Open the project at `path`; the one open until then is closed once that succeeded. `take_over`: although
        another computer seems to have it open."""
        path = path.absolute()
        if self.project is not None and self.project.path == path and self.project.read_only == read_only:
            self.say(self.t("{file} is open already", file=path.name))
            return

        def make() -> Project:
            from coding.project import Project

            return Project.open(path, read_only=read_only, take_over=take_over)

        def failed(error: Exception) -> None:
            from coding.store.backup import backups

            code = error.code if isinstance(error, CodingError) else ""
            if code in LOCKED or (code in LOST and backups(path)):
                self.project_refused.emit(path, error)
            else:
                self.say_error(error)

        self._open(make, self.t("Opening {file}…", file=path.name), failed)

    def create_project(
        self,
        path: Path,
        title: str,
        language: str,
        frameworks: Sequence[str] | None,
        coder: str | None,
        failed: Callable[[Exception], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Make a new project at `path` and open it; `then` is called when it is open, else `failed(error)`."""

        def make() -> Project:
            from coding.project import Project

            return Project.create(path, title, language, frameworks, coder)

        def made() -> None:
            # from now on the start page keeps the five steps to itself
            self.settings.set("first_project_made", True)
            if then is not None:
                then()

        self._open(make, self.t("Making {file}…", file=path.name), failed, made)

    def open_sample(self, language: str | None = None) -> None:
        """Make the sample project under a free name among the person's documents, open it, and say where it is.

        `language` is that of the study, `id` (of full size) or `en`; None: that of the interface.
        """
        folder = documents_folder() / "Telaah"
        stem = self.t("Sample project")
        study = language or self.words.language

        def make() -> Project:
            from coding.sample import FOLDERS, build

            folder.mkdir(parents=True, exist_ok=True)
            return build(free_path(folder, stem), FOLDERS[study])

        def opened() -> None:
            assert self.project is not None
            path = self.project.path
            self.say(self.t("The sample project is in {folder}, as {file}", folder=str(path.parent), file=path.name))

        self._open(make, self.t("Making the sample project…"), then=opened)

    def open_made(self, make: Callable[[], Project], text: str, then: Callable[[], None] | None = None) -> None:
        """Open the project that `make` opens, on the writer's thread; `text` says meanwhile what is done, and `then` is
        called when it is open."""
        self._open(make, text, then=then)

    def close_project(self) -> None:
        """Close the project after everything queued for it."""
        if self.project is not None:
            self.leaving.emit()
            self.jobs.reader.drop_all()
            self._queue(self.jobs.writer.close_project, self._on_closed, self.say_error, Task(""))

    def _open(
        self,
        make: Callable[[], Project],
        text: str,
        failed: Callable[[Exception], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        if self.project is not None:
            self.leaving.emit()

        def opened(snapshot: Snapshot) -> None:
            if self.project is not None:
                self._on_closed(None)
            self._take(snapshot)
            self.settings.add_recent(snapshot.path, snapshot.title, now())
            self._backups.start()
            if snapshot.read_only:
                self._looks.start()
            self.project_opened.emit()
            self.history_changed.emit()
            if then is not None:
                then()
            self.back_up()

        self._queue(lambda: self.jobs.writer.open(make), opened, failed or self.say_error, Task(text))

    def _look_for_changes(self) -> None:
        self.read(lambda reader: reader.data_version(), self._on_looked, key="context.look", task=Task(""))

    def _on_looked(self, version: int) -> None:
        if self._seen not in (None, version):
            self.changed.emit(~Changes.NONE)
        self._seen = version

    def _on_closed(self, _: object) -> None:
        self._backups.stop()
        self._looks.stop()
        self._seen = None
        self.jobs.reader.drop_all()
        self.jobs.reader.queue(Job(self.jobs.reader.close_reader, None, self.say_error))
        self.project = None
        self._steps = (None, None)
        self.project_closed.emit()
        self.history_changed.emit()

    def _take(self, snapshot: Snapshot) -> None:
        self._steps = (snapshot.undo, snapshot.redo)
        self.project = ProjectInfo.of(snapshot, self.words)

    def _worded(self, step: Step | None) -> str | None:
        return step.say(self.words) if step is not None else None

    def _on_new_words(self) -> None:
        if self.project is not None:
            undo, redo = self._steps
            self.project = replace(self.project, next_undo=self._worded(undo), next_redo=self._worded(redo))
            self.history_changed.emit()

    def shutdown(self) -> None:
        """Finish what is queued, close the project, end all threads. Nothing can be asked for afterwards."""
        self._backups.stop()
        self.jobs.shutdown()
        self._collector.stop()


def now() -> str:
    """The local date and time, as ISO with the offset."""
    return datetime.now().astimezone().isoformat("T", "minutes")
