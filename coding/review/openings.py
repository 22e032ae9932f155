"""Opening a project file that comes from somebody else: in a copy of its own, checked through before it is read."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coding.errors import CodingError
from coding.reasons import BAD_STAMPS, UNFIT
from coding.review.clocks import LATEST
from coding.store import backup, engine, files
from coding.store.checking import check
from coding.store.models import SCHEMA_VERSION, Base
from coding.store.search_index import NAME
from coding.store.sql import rows
from coding.store.upgrade import upgrade


@contextlib.contextmanager
def working_copy(path: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """A connection for reading to a checked copy of the project at `path`, with the schema of today, and where the copy
    is. The file itself is not touched, and the copy is gone afterwards.

    Raises CodingError when it is no project, damaged, newer than the program, or holds what Telaah did not put there.
    """
    files.inspect(path)
    with tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.with_suffix(".telaah").name
        backup.copy_to(path, copy)
        examine(copy)
        connection = engine.connect(copy, writable=False)
        try:
            with engine.worded(path):
                yield connection, copy
        finally:
            connection.close()


def examine(copy: Path) -> None:
    """Bring a copy of ours up to date and look through all of it. Raises CodingError as `working_copy`."""
    version = files.inspect(copy)
    with contextlib.closing(sqlite3.connect(copy)) as connection, engine.worded(copy):
        refuse_strange_tables(connection, copy)
    if version < SCHEMA_VERSION:
        upgrade(copy, version)
    if problems := check(copy).problems:
        raise CodingError("project_damaged", file=copy.name, reason=UNFIT) from ValueError(problems[0])
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        for table in ("operation", "stamp"):
            if rows(connection, f"SELECT 1 FROM {table} WHERE clock NOT BETWEEN 0 AND {LATEST} LIMIT 1"):
                raise CodingError("project_damaged", file=copy.name, reason=BAD_STAMPS)


def refuse_strange_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Raises CodingError("project_foreign_parts") for triggers, views and tables that no project has."""
    files.refuse_foreign_parts(connection, path)
    known = {*Base.metadata.tables, NAME}
    for name, sql in rows(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"):
        ours = name in known or name.startswith(("sqlite_", f"{NAME}_"))
        virtual = (sql or "").upper().startswith("CREATE VIRTUAL")
        # only a strict table holds what its columns say
        loose = name in Base.metadata.tables and not (sql or "").rstrip().upper().endswith("STRICT")
        if not ours or loose or virtual != (name == NAME):
            raise CodingError("project_foreign_parts", file=path.name)
