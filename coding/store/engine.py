"""The one factory of database connections, with everything a connection to a project file must be set to.

Rollback journal, not WAL: then the file alone is the project at any moment between two operations, whoever copies it,
and a USB stick or a synchronised folder never misses a side file. `synchronous=FULL` makes each commit durable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from coding.errors import CodingError
from coding.store import journal
from coding.store.sql import rows

BUSY_SECONDS = 5.0


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A raw connection to an existing file, set up; a writable one carries the journal's triggers.

    A reading connection may still roll back what a crash left behind, so it is not opened `mode=ro` but `query_only`,
    unless the file or its folder forbids writing.
    """
    uri = "file:" + quote(str(path.resolve()).replace("\\", "/"), safe="/:") + "?mode="
    try:
        connection = _opened(uri + "rw")
    except sqlite3.OperationalError:
        if writable:
            raise
        connection = _opened(uri + "ro")
    run = connection.execute
    run("PRAGMA foreign_keys = ON")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA temp_store = MEMORY")
    run("PRAGMA cache_size = -32768")
    if writable:
        run("PRAGMA journal_mode = DELETE")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA cache_spill = OFF")  # a large step must not shut readers out before it commits
        journal.install(connection)
    else:
        run("PRAGMA query_only = ON")
    return connection


def _opened(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        rows(connection, "SELECT count(*) FROM sqlite_schema")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def engine_for(connection: sqlite3.Connection, *, writable: bool) -> Engine:
    """An SQLAlchemy engine over exactly this connection; its transactions begin as the journal needs them."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    begin = "BEGIN IMMEDIATE" if writable else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(opened: Any) -> None:
        opened.exec_driver_sql(begin)

    return engine


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the disk and the file into a CodingError; everything else passes."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        wording = _wording(cause, path)
        if wording is None:
            raise
        raise wording from error


def _wording(error: BaseException | None, path: Path) -> CodingError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return CodingError("disk_full", file=path.name)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return CodingError("file_unwritable", file=path.name, reason=str(error))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")):
        return CodingError("project_damaged", file=path.name, reason=str(error))
    if name.startswith("SQLITE_BUSY"):
        return CodingError("project_locked", file=path.name, owner="?")
    return None
