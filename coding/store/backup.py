"""Copies of a project that are whole at any moment, made through SQLite's backup API."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from coding.errors import CodingError
from coding.reasons import UNFIT, reason_of
from coding.store.engine import file_uri, wording
from coding.store.models import APPLICATION_ID
from coding.store.sql import rows

KEPT = 10
_REPLACE_TRIES = 20
_STAMPED = r" \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d(?: before-[a-z]+)?\.telaah"


def replace(temporary: Path, target: Path) -> None:
    """`os.replace`, tried again for a second while a virus scanner holds the file on Windows."""
    for attempt in range(_REPLACE_TRIES):
        try:
            os.replace(temporary, target)  # noqa: PTH105 - Path.replace has no place for a retry message
            return
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(0.05)


def copy_to(project: Path, target: Path, opened: sqlite3.Connection | None = None) -> None:
    """A whole copy of `project` at `target`, which appears only when it is complete and sound: copies of a damaged file
    would in time push out the good ones. It is read through `opened` where that is given.

    Raises CodingError when the disk is full, the folder can't be written, or the project is damaged or gone.
    """
    temporary = target.with_name(target.name + ".part")
    if opened is None and not project.exists():
        raise CodingError("project_gone", file=project.name)
    try:
        temporary.unlink(missing_ok=True)
        with contextlib.ExitStack() as stack:
            source = opened or stack.enter_context(closing(sqlite3.connect(file_uri(project) + "rw", uri=True)))
            copy = stack.enter_context(closing(sqlite3.connect(temporary)))
            source.backup(copy)
            if rows(copy, "PRAGMA application_id")[0][0] != APPLICATION_ID:
                raise CodingError("project_gone", file=project.name)
            if (found := rows(copy, "PRAGMA quick_check(1)")[0][0]) != "ok":
                raise CodingError("project_damaged", file=project.name, reason=UNFIT) from sqlite3.DatabaseError(found)
        replace(temporary, target)
    except (CodingError, OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, CodingError):
            raise
        known = wording(error, project)
        if known is not None and known.code in ("project_damaged", "project_locked", "project_gone"):
            raise known from error
        if (known is not None and known.code == "disk_full") or getattr(error, "errno", 0) == errno.ENOSPC:
            raise CodingError("disk_full", file=str(target)) from error
        raise CodingError("file_unwritable", file=str(target), reason=reason_of(error)) from error


def folder_for(project: Path) -> Path:
    """Where the program keeps its own backups of `project`: a folder beside it."""
    return project.with_name(project.stem + " backups")


def backups(project: Path) -> list[Path]:
    """The program's own backups of `project`, newest first. What the user puts beside them is not among them."""
    folder, ours = folder_for(project), re.compile(re.escape(project.stem) + _STAMPED)
    return sorted((p for p in folder.iterdir() if ours.fullmatch(p.name)), reverse=True) if folder.is_dir() else []


def last_backup(project: Path) -> datetime | None:
    """When the newest backup was made, local time."""
    newest = backups(project)[:1]
    return datetime.fromtimestamp(newest[0].stat().st_mtime).astimezone() if newest else None


def backup_now(project: Path, *, reason: str = "") -> Path:
    """Make a backup beside the project and drop the oldest beyond `KEPT`; those made before an upgrade are all kept.

    Returns the copy's path. Raises CodingError when it can't be written.
    """
    folder = folder_for(project)
    if not project.exists():
        raise CodingError("project_gone", file=project.name)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CodingError("folder_unwritable", folder=str(project.parent)) from error
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    target = folder / f"{project.stem} {stamp}{' ' + reason if reason else ''}.telaah"
    copy_to(project, target)
    ordinary = [path for path in backups(project) if "before-upgrade" not in path.name]
    for old in ordinary[KEPT:]:
        with contextlib.suppress(PermissionError):  # held by a scanner on Windows; it goes the next time
            old.unlink(missing_ok=True)
    return target


def restored(project: Path, backup: Path) -> Path:
    """Copy `backup` beside `project` under a name that says when it was made, and return where; what is at `project` is
    left as it is. Raises CodingError as `copy_to`."""
    stem, number = backup.stem.removesuffix(" before-upgrade"), 2
    target = project.with_name(f"{stem}.telaah")
    while target.exists():
        target, number = project.with_name(f"{stem} ({number}).telaah"), number + 1
    copy_to(backup, target)
    return target
