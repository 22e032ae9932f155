"""A study in its file: open, create, close, and `operation()`, the one way to change anything."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coding.changes import Changes
from coding.coder_names import coder_name, coder_row, default_coder
from coding.errors import CodingError
from coding.history import History, Step
from coding.reader import Reader
from coding.store import engine as engines
from coding.store import files, journal, undone
from coding.store.lock import ProjectLock
from coding.store.models import SCHEMA_VERSION, Base, Coder, OperationRow, Preference, ProjectRow
from coding.text import normalise

__all__ = ["Operation", "Project", "Reader"]


@dataclass(slots=True)
class Operation:
    """The open step: write through `session`; after the block, `changes` says what kind of content was touched."""

    session: Session
    coder_id: int
    coder: str
    changes: Changes = Changes.NONE
    forgets: bool = False
    """Whether this step and all before it can't be undone any more, and nothing is kept of what they changed."""

    def raw(self) -> sqlite3.Connection:
        """The driver's connection inside this step, for bulk statements; the journal sees those too."""
        connection = self.session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        return connection


class Project(Reader):
    """An open project. Not shared between threads, but for `reader()`, which is made for that."""

    def __init__(self, path: Path, lock: ProjectLock | None, *, coder: str | None = None) -> None:
        self._lock: ProjectLock | None = None
        self._writing: sqlite3.Connection | None = None
        if lock is not None:
            with engines.worded(path):
                self._writing = engines.connect(path, writable=True)
            self._write_engine = engines.engine_for(self._writing, writable=True)
        try:
            super().__init__(path)
        except BaseException:
            self._close_writing()
            raise
        try:
            files.examine(self._reading, path)
            if self._writing is not None:
                journal.install(self._writing)
            with self.read() as session:
                self.guid = session.scalars(select(ProjectRow.guid)).one()
                self._coder, self._role = self._first_coder(session, coder), ""
            self._history = History.of(self)
        except BaseException:
            self.close()
            raise
        found = path.stat()
        self._file = (found.st_dev, found.st_ino)
        self._gesture: tuple[str, str, int] = ("", "", 0)
        self._preferences: dict[str, Any] = {}
        self._lock = lock

    @classmethod
    def create(
        cls,
        path: Path | str,
        title: str,
        language: str = "id",
        frameworks: Sequence[str] | None = None,
        coder: str | None = None,
    ) -> Project:
        """A new project with the frameworks named (all built-in ones if None), open for writing.

        Raises CodingError when the file exists, the place can't be written, or a framework is unknown.
        """
        from coding.codes.adopt import adopt_builtin, check_keys

        path = Path(path)
        keys = check_keys(frameworks)
        files.check_place(path)
        lock = ProjectLock(path)
        lock.acquire()
        try:
            files.check_place(path)  # another may have made it while the lock was not ours
        except CodingError:
            lock.release()
            raise
        project = None
        try:
            with engines.worded(path):
                files.create_schema(path, _first_rows(title, language, coder))
            project = cls(path, lock)
            with project.operation("New project", undoable=False) as op:
                for key in keys:
                    adopt_builtin(op, key)
            return project
        except BaseException:
            if project is not None:
                project.close()
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            lock.release()
            raise

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = False, coder: str | None = None, take_over: bool = False
    ) -> Project:
        """Open a project, bringing an older file up to date first. A read-only one needs no lock and can be had while
        another Telaah writes; `take_over` writes although a lock file names another computer.

        Raises CodingError in one sentence for whatever is wrong with the file or its place.
        """
        path = Path(path)
        version = files.inspect(path)
        if read_only and version == SCHEMA_VERSION:
            return cls(path, None, coder=coder)
        lock = ProjectLock(path)
        lock.acquire(take_over=take_over)
        try:
            if version < SCHEMA_VERSION:
                from coding.store.upgrade import upgrade

                upgrade(path, version)
            return cls(path, lock, coder=coder)
        except BaseException:
            lock.release()
            raise

    @property
    def gone(self) -> bool:
        """Whether another file, or none, is now where the project was opened."""
        try:
            found = self.path.stat()
        except OSError:
            return True
        return (found.st_dev, found.st_ino) != self._file

    def save_copy(self, target: Path) -> None:
        """Save a whole copy at `target`, even when the file of the project is `gone`, as long as it is open here.

        Raises CodingError as `backup.copy_to` does.
        """
        from coding.store.backup import copy_to

        copy_to(self.path, target, self._reading if self.gone else None)

    def close(self) -> None:
        """Close the file and free it for others. Everything was saved when it happened; kept files of imports that were
        taken back go."""
        if self._writing is not None:
            undone.tidy(self._writing)
        self._close_writing()
        super().close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _close_writing(self) -> None:
        if self._writing is not None:
            self._write_engine.dispose()
            self._writing.close()
            self._writing = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reader(self) -> Reader:
        """A reader on a second connection, for another thread."""
        return Reader(self.path)

    @property
    def title(self) -> str:
        return self._project_row().title

    @property
    def language(self) -> str:
        """`id` or `en`: the language of the study, used for labels and reports where no other is asked for."""
        return self._project_row().language

    @property
    def read_only(self) -> bool:
        """Whether the project was opened for reading only."""
        return self._writing is None

    @property
    def coder(self) -> str:
        """Who tags now."""
        return self._coder

    @coder.setter
    def coder(self, name: str) -> None:
        self._coder, self._role = coder_name(name), ""
        self._history = History.of(self)

    @property
    def coder_role(self) -> str:
        """`researcher` or `supervisor`: what the coder who works now is known as."""
        if not self._role:
            with self.read() as session:
                self._role = session.scalar(select(Coder.role).where(Coder.name == self._coder)) or "researcher"
        return self._role

    def add_coder(self, name: str, role: str = "researcher", initials: str = "", color: int | None = None) -> None:
        """Make the coder known, or change what is known of one who is: the role, initials (empty: from the name) and
        colour. Not a step of the history: coders stay."""
        with self._writing_session() as session:
            row = coder_row(session, coder_name(name))
            row.role, row.initials = role, initials.strip() or row.initials
            row.color = row.color if color is None else color
            session.commit()
        self._role = ""

    def name_coder(self, name: str, before: str | None = None) -> None:
        """Make a researcher known who is not yet, or call the coder who was called `before` so, here as in all that is
        theirs. Not a step of the history. Raises CodingError: "coder_taken", "coder_unknown"."""
        name = coder_name(name)
        with self._writing_session() as session:
            known = {row.name: row for row in session.scalars(select(Coder))}
            if before is not None and before not in known:
                raise CodingError("coder_unknown", coder=before)
            if name in known and name != before:
                raise CodingError("coder_taken", coder=name)
            coder_row(session, before or name).name = name
            session.commit()
        if before is not None and before == self._coder:
            self._coder = name

    def preference(self, key: str) -> Any:
        """As `Reader.preference`, without reading again what nobody else can have changed."""
        if key not in self._preferences:
            self._preferences[key] = super().preference(key)
        return self._preferences[key]

    def prefer(self, key: str, value: Any) -> None:
        """Keep how the study is looked at, as JSON; no step of the history."""
        with self._writing_session() as session:
            row = session.scalars(select(Preference).where(Preference.key == key)).first() or Preference(key=key)
            row.value = json.dumps(value, ensure_ascii=False)
            session.add(row)
            session.commit()
        self._preferences[key] = value

    @property
    def next_undo(self) -> Step | None:
        return self._history.next_undo

    @property
    def next_redo(self) -> Step | None:
        return self._history.next_redo

    @property
    def done_steps(self) -> tuple[Step, ...]:
        """This coder's steps that undo can take back, the next one last."""
        return self._history.done_steps()

    @property
    def undone_steps(self) -> tuple[Step, ...]:
        """This coder's steps that redo can bring again, the next one last."""
        return self._history.undone_steps()

    @contextlib.contextmanager
    def operation(
        self,
        title: str,
        coder: str | None = None,
        *,
        undoable: bool = True,
        gesture: str = "",
        of_others: bool = False,
        **params: Any,
    ) -> Iterator[Operation]:
        """The only way to change anything: one transaction, one step of the history, named by `title` (an English
        msgid with placeholders for `params`). Nothing is kept when the block raises or changes nothing. What a project
        comes with is not `undoable`: nobody here did it. Operations of one `gesture` (any text) that follow each other
        directly are one step, named by the last of them.

        A supervisor changes no codings, but may bring in what others coded (`of_others`).

        Raises CodingError("project_read_only") on a read-only project, "disk_full" and the like from the disk,
        "supervisor_codes".
        """
        who = coder_name(coder) if coder else self._coder
        with self._step("do" if undoable else "start", title, params, None, who, gesture) as op:
            yield op
            if undoable and not of_others:
                _refuse_coding_supervisor(op)

    @contextlib.contextmanager
    def _step(
        self, kind: str, title: str, params: dict[str, Any], target: int | None, coder: str, gesture: str = ""
    ) -> Iterator[Operation]:
        floor = 0
        begun = self._gesture[2] if gesture and self._gesture[:2] == (coder, gesture) else 0
        with self._writing_session() as session:
            connection = self._writing
            assert connection is not None
            row = OperationRow(kind=kind, title=title, params=json.dumps(params), coder_guid="", target_id=target)
            row.clock = 1 + (session.scalar(select(OperationRow.clock).order_by(OperationRow.id.desc()).limit(1)) or 0)
            session.add(row)
            session.flush()
            journal.begin(connection, row.id)
            try:
                who = coder_row(session, coder)
                op = Operation(session, who.id, who.name)
                yield op
                row.coder_guid = who.guid
                session.flush()
                op.changes = journal.changes_of(connection, row.id)
                if op.changes:
                    if begun:
                        row.kind = kind = journal.take_over(connection, begun, row.id)
                        session.flush()
                    if kind == "do" and self._history.next_redo is not None:
                        undone.drop_files(connection)
                    floor = journal.forget_images(connection, row.id if op.forgets else 0)
            except BaseException:
                session.rollback()
                raise
            finally:
                # the rollback above has emptied the table already; after success it is emptied before the commit
                journal.end(connection)
            if not op.changes:
                session.rollback()
                return
            session.commit()
        step = Step(row.id, title, params, op.changes)
        self._gesture = (coder, gesture, row.id if kind == "do" else 0)
        if begun and kind == "start":
            self._history = History.of(self)  # as if it had not been: what it kept from being redone can be again
            return
        if begun:
            self._history.drop(begun)
        self._history.note(kind, step, target, who.name == self._coder)
        self._history.forget(floor)

    @contextlib.contextmanager
    def _writing_session(self) -> Iterator[Session]:
        if self._writing is None:
            raise CodingError("project_read_only", file=self.path.name)
        if self._session is not None:
            raise RuntimeError("an operation inside a read of the same project would wait for itself")
        if self._writing.in_transaction:
            raise RuntimeError("an operation inside another one")
        with engines.worded(self.path):
            try:
                with Session(self._write_engine, expire_on_commit=False) as session:
                    yield session
            finally:
                if self._writing.in_transaction:  # a commit that is refused leaves its transaction open
                    self._writing.rollback()

    def undo(self) -> Step | None:
        """Take back this coder's last step; returns it, or None when there is none.

        Raises CodingError("undo_conflict") when somebody else changed since what it had changed, or built on it.
        """
        return self._invert("undo", self._history.next_undo)

    def redo(self) -> Step | None:
        """Do again what was undone last; returns it, or None when there is nothing."""
        return self._invert("redo", self._history.next_redo)

    def _invert(self, kind: str, step: Step | None) -> Step | None:
        if step is None:
            return None
        effective = self._history.effective(step)
        try:
            with self._step(kind, step.title, step.params, step.id, self._coder) as op:
                journal.apply_inverse(op.raw(), effective)
        except (journal.Conflict, IntegrityError) as error:  # a row that is referred to shows only at the commit
            raise CodingError("undo_conflict", title=step) from error
        return Step(step.id, step.title, step.params, op.changes)

    def _project_row(self) -> ProjectRow:
        with self.read() as session:
            return session.scalars(select(ProjectRow)).one()

    def _first_coder(self, session: Session, wanted: str | None) -> str:
        if wanted:
            return coder_name(wanted)
        first = session.scalars(select(Coder).order_by(Coder.id)).first()
        return first.name if first else default_coder()


def _refuse_coding_supervisor(op: Operation) -> None:
    """A supervisor proposes; codings are the researchers'."""
    if op.session.scalar(select(Coder.role).where(Coder.id == op.coder_id)) != "supervisor":
        return
    op.session.flush()
    if journal.touches(op.raw(), "segment"):
        raise CodingError("supervisor_codes", coder=op.coder)


def _first_rows(title: str, language: str, coder: str | None) -> list[Base]:
    """The study and its first coder exist before there is a history."""
    name = coder_name(coder) if coder else default_coder()
    return [ProjectRow(title=" ".join(normalise(title).split()), language=language), Coder(name=name)]
