"""Review packages: writing what a supervisor is to see, reading what is in one, opening it to work in."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.errors import CodingError
from coding.project import Project, Reader
from coding.reasons import reason_of
from coding.review import extract, manifest, openings
from coding.review.extract import Chosen
from coding.store import backup, files
from coding.store.models import Coder, Package, now
from coding.words import Words

if TYPE_CHECKING:
    from coding.review.standing import Standing

SUFFIX = ".telaah-review"


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """What a package says of itself. `kind` is `project`, or `answers` from a reviewer; `counts` by kind of thing;
    `made_at` is UTC, ISO 8601; `hash` names the package."""

    path: Path
    kind: str
    project_guid: str
    title: str
    language: str
    coder: str
    made_at: str
    version: str
    schema: int
    anonymised: bool
    whole: bool
    counts: dict[str, int]
    hash: str


def write_package(project: Reader, path: Path, chosen: Chosen | None = None, *, coder: str = "") -> PackageSummary:
    """Write a package of the project, or of the part of it that is `chosen`; it appears only when it is complete and
    could be opened.

    Raises CodingError: "package_suffix", "package_empty", "package_unsound", "disk_full" and the like.
    """
    chosen = chosen or Chosen()
    if path.suffix != SUFFIX:
        raise CodingError("package_suffix", file=path.name)
    with tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder:
        body = Path(folder) / manifest.PROJECT
        before: dict[str, Standing] = {}
        if chosen.anonymised or not chosen.whole:
            from coding.review.standing import standing

            before = standing(project)
        about = _make(project.path, body, chosen, coder, before)
        try:
            put(path, about, manifest.PROJECT, body, lambda made: unpack(made, Path(folder) / "opened.telaah"))
        except CodingError as error:
            if error.code not in ("package_damaged", "package_changed"):
                raise
            raise CodingError("package_unsound", file=path.name) from error
    return peek(path)


def _make(project: Path, body: Path, chosen: Chosen, coder: str, before: dict[str, Standing]) -> dict[str, Any]:
    with extract.made(project, body, chosen) as connection:
        ((language,),) = connection.execute("SELECT language FROM project").fetchall()
        counts = extract.counted(connection)
        if not counts["source"] and not chosen.whole:
            raise CodingError("package_empty")
        if chosen.anonymised:
            from coding.review.anonymising import anonymise

            coder = anonymise(connection, Words(language)).apply(coder)
        if before:
            from coding.review.standing import stand_again

            stand_again(connection, body, before)
        ((guid, title),) = connection.execute("SELECT guid, title FROM project").fetchall()
        connection.execute("VACUUM")
        return {
            "kind": "project",
            "project": {"guid": guid, "title": title, "language": language},
            "coder": {"name": coder},
            "made_at": now(),
            "anonymised": chosen.anonymised,
            "chosen": {**asdict(chosen), "whole": chosen.whole},
            "counts": counts,
        }


def put(
    path: Path, about: dict[str, Any], part: str, body: Path, check: Callable[[Path], object] | None = None
) -> None:
    """Write the package at `path`, which appears only when it is complete and `check` found no fault with it. Raises
    CodingError."""
    temporary = path.with_name(path.name + ".part")
    try:
        if not path.parent.is_dir():
            raise CodingError("folder_missing", folder=str(path.parent))
        manifest.write(temporary, about, part, body)
        if check is not None:
            check(temporary)
        backup.replace(temporary, path)
    except CodingError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise CodingError("disk_full", file=str(path)) from error
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or str(error)) from error


def is_package(path: Path) -> bool:
    """Whether the file is a review package, by what it holds."""
    try:
        with manifest.opened(path):
            return True
    except CodingError as error:
        return error.code not in ("package_not", "file_missing", "file_unreadable")


def read_package(path: Path) -> PackageSummary:
    """What is in the package at `path`, which is checked whole. Raises CodingError."""
    with manifest.opened(path) as (package, found), tempfile.TemporaryDirectory(prefix="telaah-") as folder:
        manifest.extract(package, found, path, Path(folder) / "part")
    return _summary(path, found)


def _summary(path: Path, found: dict[str, Any]) -> PackageSummary:
    try:
        return PackageSummary(
            path=path,
            kind="answers" if manifest.part_of(found) == manifest.ANSWERS else "project",
            project_guid=str(found["project"]["guid"]),
            title=str(found["project"]["title"]),
            language="en" if found["project"].get("language") == "en" else "id",
            coder=str(found["coder"].get("name", "")),
            made_at=str(found["made_at"]),
            version=str(found["version"]),
            schema=int(found["schema"]),
            anonymised=bool(found.get("anonymised")),
            whole=bool((found.get("chosen") or {}).get("whole")),
            counts={str(key): int(value) for key, value in (found.get("counts") or {}).items()},
            hash=str(found["hash"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodingError("package_damaged", file=path.name, reason=manifest.MANIFEST) from error


def unpack(path: Path, target: Path) -> PackageSummary:
    """Write the project inside the package to the file `target`, checked through. Raises CodingError."""
    with manifest.opened(path) as (package, found):
        if manifest.part_of(found) != manifest.PROJECT:
            raise CodingError("package_answer", file=path.name)
        manifest.extract(package, found, path, target)
    try:
        _check(target)
    except CodingError as error:
        raise CodingError("package_damaged", file=path.name, reason=error) from error
    summary = _summary(path, found)
    with contextlib.closing(sqlite3.connect(target)) as connection:
        if connection.execute("SELECT guid FROM project").fetchone()[0] != summary.project_guid:
            raise CodingError("package_changed", file=path.name, part=manifest.MANIFEST)
    return summary


def _check(copy: Path) -> None:
    files.inspect(copy)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        try:
            openings.refuse_strange_tables(connection, copy)
            extract.rebuild_index(connection)
        except sqlite3.DatabaseError as error:
            raise CodingError("project_damaged", file=copy.name, reason=reason_of(error)) from error
    openings.examine(copy)


def open_package(path: Path, folder: Path, *, coder: str | None = None) -> Project:
    """The package as a project to work in: a working copy in `folder`, the one already there when the package was
    opened before, so that nothing said in it is lost. Who is none of the study's coders reviews it, as a supervisor.
    Raises CodingError."""
    with manifest.opened(path) as (_, found):
        name = f"{path.stem} {str(found['hash'])[:8]}.telaah"
    working = folder / name
    if not working.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="telaah-", dir=folder, ignore_cleanup_errors=True) as inner:
            fresh = Path(inner) / manifest.PROJECT
            summary = unpack(path, fresh)
            _note(fresh, "received", summary)
            backup.replace(fresh, working)
    project = Project.open(working, coder=coder)
    try:
        if coder:
            with project.read() as session:
                known = session.scalar(select(Coder.id).where(Coder.name == project.coder))
            if known is None:
                project.add_coder(project.coder, "supervisor")
        return project
    except BaseException:
        project.close()
        raise


def peek(path: Path) -> PackageSummary:
    """What the package says of itself, its parts not looked at. Raises CodingError."""
    with manifest.opened(path) as (_, found):
        return _summary(path, found)


def _note(path: Path, kind: str, summary: PackageSummary) -> None:
    with (
        Project.open(path, coder=summary.coder or None) as project,
        project.operation("Open a review package", undoable=False) as op,
    ):
        note(op.session, op.coder_id, kind, summary)


def note(session: Any, coder_id: int, kind: str, summary: PackageSummary) -> None:
    """Write down that a package was sent or received, once."""
    known = session.query(Package).filter_by(hash=summary.hash, kind=kind).first()
    if known is None:
        session.add(Package(kind=kind, name=summary.path.name, hash=summary.hash, coder_id=coder_id))
        session.flush()


@contextlib.contextmanager
def inside(path: Path) -> Iterator[tuple[sqlite3.Connection, PackageSummary]]:
    """A connection for reading to a checked copy of the project inside the package. Raises CodingError."""
    from coding.store import engine

    with tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / manifest.PROJECT
        summary = unpack(path, copy)
        connection = engine.connect(copy, writable=False)
        try:
            with engine.worded(path):
                yield connection, summary
        finally:
            connection.close()
