"""The one factory of database connections, with everything a connection to a project file must be set to.

Rollback journal, not WAL: then the file alone is the project at any moment between two operations, whoever copies it,
and a USB stick or a synchronised folder never misses a side file. `synchronous=FULL` makes each commit durable.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from coding.errors import CodingError
from coding.reasons import reason_of
from coding.store.lock import locked
from coding.store.sql import UNDECODABLE, rows

OPENING_SECONDS = 5.0
BUSY_SECONDS = 60.0
"""A commit waits for reads that have begun, and a read for a commit: a long one makes the other late, never fail."""


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A raw connection to an existing file, set up; a writable one still needs the journal's triggers.

    A reading connection may still roll back what a crash left behind, so it is not opened `mode=ro` but `query_only`,
    unless the file or its folder forbids writing.
    """
    uri = file_uri(path)
    try:
        connection = _opened(uri + "rw")
    except sqlite3.OperationalError as error:
        if writable or error.sqlite_errorname == "SQLITE_BUSY":
            raise
        connection = _opened(uri + "ro")
    try:
        _set_up(connection, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, writable: bool) -> None:
    run = connection.execute
    run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}").fetchall()
    run("PRAGMA foreign_keys = ON")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA temp_store = MEMORY")
    run("PRAGMA cache_size = -32768")
    if writable:
        run("PRAGMA journal_mode = DELETE").fetchall()
        run("PRAGMA synchronous = FULL")
        run("PRAGMA cache_spill = OFF")  # a large step must not shut readers out before it commits
        run("BEGIN IMMEDIATE")  # a file that may not be written opens all the same: better said now than at a tag
        run("ROLLBACK")
    else:
        run("PRAGMA query_only = ON")


def file_uri(path: Path) -> str:
    """The file as SQLite's URI up to and with `?mode=`; three slashes, so that a network share (`//server/…`) is a path
    and not a host, and bytes as they are in a name that is not UTF-8."""
    name = path.resolve().as_posix()
    return "file://" + quote(os.fsencode(name if name.startswith("/") else f"/{name}"), safe="/:") + "?mode="


def _opened(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=OPENING_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
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
    """Turn what SQLite says of disk and file into a CodingError, and a stored value that is no longer the JSON it
    was; everything else passes."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except json.JSONDecodeError as error:
        raise CodingError("project_damaged", file=path.name, reason=reason_of(error)) from error
    except (sqlite3.DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        known = wording(cause, path)
        if known is None:
            raise
        raise known from error


def wording(error: BaseException | None, path: Path) -> CodingError | None:
    """What to say when SQLite says `error` of the file at `path`; None when it is not the world's fault."""
    if error is None:
        return None
    name, reason = getattr(error, "sqlite_errorname", "") or "", reason_of(error)
    if name == "SQLITE_FULL":
        return CodingError("disk_full", file=path.name)
    if name == "SQLITE_READONLY_DBMOVED" or (name.startswith("SQLITE_CANTOPEN") and not path.exists()):
        return CodingError("project_gone", file=path.name)
    if name.startswith(("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ")):
        return CodingError("file_unreadable", file=path.name, reason=reason)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")):
        return CodingError("file_unwritable", file=path.name, reason=reason)
    # a text whose bytes are no longer UTF-8 is met by the driver, which gives it no name
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or str(error).startswith(UNDECODABLE):
        return CodingError("project_damaged", file=path.name, reason=reason)
    if name.startswith("SQLITE_BUSY"):
        return locked(path)
    return None
