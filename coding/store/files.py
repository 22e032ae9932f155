"""Telling whether a file is a project that may be opened, and making a new one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from coding.errors import CodingError
from coding.reasons import NO_FORMAT, NO_TABLE, UNFIT, reason_of
from coding.store import search_index
from coding.store.engine import engine_for, wording
from coding.store.models import APPLICATION_ID, SCHEMA_VERSION, Base
from coding.store.sql import rows

SUFFIX = ".telaah"
_HEADER = b"SQLite format 3\x00"
_QUICK_CHECK_BYTES = 32 * 1024 * 1024


def inspect(path: Path) -> int:
    """The schema version of the project at `path`. Raises CodingError when it is missing, no project, damaged, newer
    than this program, or carries triggers or views."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise CodingError("file_missing", file=str(path)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    if not header.startswith(_HEADER) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        code = "project_hollow" if path.suffix.lower() == SUFFIX else "not_a_project"
        raise CodingError(code, file=path.name)
    version = int.from_bytes(header[60:64], "big")
    if version < 1:
        raise CodingError("project_damaged", file=path.name, reason=NO_FORMAT)
    if version > SCHEMA_VERSION:
        raise CodingError("project_newer", file=path.name, found=str(version), known=str(SCHEMA_VERSION))
    return version


def examine(connection: sqlite3.Connection, path: Path, schema: int = SCHEMA_VERSION) -> None:
    """Raises CodingError when the content of an opened file is damaged or holds what Telaah did not put there. That
    tables or columns are missing can be told only of a file with the `schema` of today."""
    try:
        refuse_foreign_parts(connection, path)
        if path.stat().st_size <= _QUICK_CHECK_BYTES:
            result = rows(connection, "PRAGMA quick_check(1)")[0][0]
            if result != "ok":
                raise CodingError("project_damaged", file=path.name, reason=UNFIT) from sqlite3.DatabaseError(result)
        if schema == SCHEMA_VERSION and (missing := _missing(connection)):
            told = sqlite3.DatabaseError(f"no {missing}")
            raise CodingError("project_damaged", file=path.name, reason=NO_TABLE) from told
        if rows(connection, "SELECT count(*) FROM project")[0][0] != 1:
            told = sqlite3.DatabaseError("not one row in table project")
            raise CodingError("project_damaged", file=path.name, reason=NO_TABLE) from told
    except sqlite3.DatabaseError as error:
        known = wording(error, path)
        raise known or CodingError("project_damaged", file=path.name, reason=reason_of(error)) from error


def refuse_foreign_parts(connection: sqlite3.Connection, path: Path) -> None:
    """Raises CodingError("project_foreign_parts") when the file brings triggers or views, which would run with ours."""
    if rows(connection, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"):
        raise CodingError("project_foreign_parts", file=path.name)


def _missing(connection: sqlite3.Connection) -> str | None:
    found: dict[str, set[str]] = {}
    sql = "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    for table, column in rows(connection, sql):
        found.setdefault(table, set()).add(column)
    for name, table in sorted(Base.metadata.tables.items()):
        if name not in found:
            return f"table {name}"
        if lost := sorted({column.name for column in table.columns} - found[name]):
            return f"column {lost[0]} in table {name}"
    return None if search_index.NAME in found else f"table {search_index.NAME}"


def check_place(path: Path) -> None:
    """Raises CodingError when no new file can be made at `path`."""
    if path.exists():
        raise CodingError("file_exists", file=str(path))
    if not path.parent.is_dir():
        raise CodingError("folder_missing", folder=str(path.parent))
    if not os.access(path.parent, os.W_OK):
        raise CodingError("folder_unwritable", folder=str(path.parent))


def create_schema(path: Path, first: Sequence[Base] = ()) -> None:
    """Make a project file with the schema of today and the rows `first`, all or nothing. An upgraded older file has the
    same schema (a test compares)."""
    from sqlalchemy.orm import Session

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        with Session(engine_for(connection, writable=True)) as session:
            opened = session.connection()
            for statement in (
                *_definitions(),
                search_index.CREATE,
                f"PRAGMA application_id = {APPLICATION_ID}",
                f"PRAGMA user_version = {SCHEMA_VERSION}",
            ):
                opened.exec_driver_sql(statement)
            session.add_all(first)
            session.commit()
    finally:
        connection.close()


@cache
def _definitions() -> tuple[str, ...]:
    """What makes the tables and indexes of today. Kept, as SQLAlchemy takes longer to word it than SQLite to do it."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

    made: list[ExecutableDDLElement] = []
    for table in Base.metadata.sorted_tables:
        made.append(CreateTable(table))
        made += [CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))]
    return tuple(str(one.compile(dialect=sqlite.dialect())) for one in made)
