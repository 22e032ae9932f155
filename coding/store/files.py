"""Telling whether a file is a project that may be opened, and making a new one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from coding.errors import CodingError
from coding.store import search_index
from coding.store.models import APPLICATION_ID, SCHEMA_VERSION, Base
from coding.store.sql import rows

_HEADER = b"SQLite format 3\x00"
_QUICK_CHECK_BYTES = 32 * 1024 * 1024


def inspect(path: Path) -> int:
    """The schema version of the project at `path`. Raises CodingError when it is missing, no project, damaged, newer
    than this program, or carries triggers or views."""
    if not path.exists():
        raise CodingError("file_missing", file=str(path))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    if not header.startswith(_HEADER) or len(header) < 100:
        raise CodingError("not_a_project", file=path.name)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise CodingError("not_a_project", file=path.name)
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise CodingError("project_newer", file=path.name, found=str(version), known=str(SCHEMA_VERSION))
    return version


def examine(connection: sqlite3.Connection, path: Path) -> None:
    """Raises CodingError when the content of an opened file is damaged or holds what Telaah did not put there."""
    try:
        if rows(connection, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"):
            raise CodingError("project_foreign_parts", file=path.name)
        if path.stat().st_size <= _QUICK_CHECK_BYTES:
            result = rows(connection, "PRAGMA quick_check(1)")[0][0]
            if result != "ok":
                raise CodingError("project_damaged", file=path.name, reason=result.splitlines()[-1])
        tables = {row[0] for row in rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if missing := sorted(set(Base.metadata.tables) - tables):
            raise CodingError("project_damaged", file=path.name, reason=f"no table {missing[0]}")
        if rows(connection, "SELECT count(*) FROM project")[0][0] != 1:
            raise CodingError("project_damaged", file=path.name, reason="no row in table project")
    except sqlite3.DatabaseError as error:
        raise CodingError("project_damaged", file=path.name, reason=str(error)) from error


def check_place(path: Path) -> None:
    """Raises CodingError when no new file can be made at `path`."""
    if path.exists():
        raise CodingError("file_exists", file=str(path))
    if not path.parent.is_dir():
        raise CodingError("folder_missing", folder=str(path.parent))
    if not os.access(path.parent, os.W_OK):
        raise CodingError("folder_unwritable", folder=str(path.parent))


def create_schema(path: Path) -> None:
    """Make an empty project file with the schema of today; an upgraded older one has the same (a test compares)."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        with engine.connect() as opened:
            opened.exec_driver_sql("BEGIN")
            Base.metadata.create_all(opened)
            opened.exec_driver_sql(search_index.CREATE)
            opened.commit()
    finally:
        connection.close()
