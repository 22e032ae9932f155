"""Bringing a project file of an earlier schema up to date, with Alembic's operations.

`PRAGMA user_version` alone says which schema a file has; revision `0002` brings a file from 1 to 2. Alembic is imported
here and nowhere else, and only when there is something to do. A backup is made first; the steps run in one transaction
with foreign keys off and no triggers, and whatever fails leaves the file as it was.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.reasons import reason_of
from coding.store import backup, files
from coding.store import engine as engines
from coding.store.models import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).resolve().parent / "migrations"


def upgrade(path: Path, found: int, *, scripts: Path = SCRIPTS, target: int = SCHEMA_VERSION) -> Path:
    """Bring the file at `path` from schema `found` to `target`; returns the backup made before.

    Raises CodingError: "upgrade_failed" with the file unchanged, what `files.examine` says of a file that is damaged or
    not ours, or what `backup_now` raises.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        with engines.worded(path):
            files.examine(connection, path, found)
        kept = backup.backup_now(path, reason="before-upgrade")
        connection.execute("PRAGMA foreign_keys = OFF")  # has no effect once a transaction has begun
        try:
            with engines.engine_for(connection, writable=True).begin() as opened:
                before = _counts(connection)
                run_revisions(opened, found, target, scripts)
                _check(connection, before)
                connection.execute(f"PRAGMA user_version = {target}")
        except Exception as error:
            cause = getattr(error, "orig", None) or error
            raise CodingError("upgrade_failed", file=path.name, reason=reason_of(cause), backup=str(kept)) from error
    finally:
        connection.close()
    return kept


def run_revisions(opened: Connection, found: int, target: int, scripts: Path = SCRIPTS) -> None:
    """Run revisions `found`+1 … `target` inside the transaction of `opened`."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory(str(scripts))
    context = MigrationContext.configure(opened)
    for number in range(found + 1, target + 1):
        revision = directory.get_revision(f"{number:04d}")
        if revision is None:
            raise LookupError(f"no revision {number:04d}")
        with Operations.context(context):
            revision.module.upgrade()


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE 'text_index%'"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _check(connection: sqlite3.Connection, before: dict[str, int]) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise ValueError(f"a row of {broken[0]} refers to a missing row of {broken[2]}")
    after = _counts(connection)
    for name, count in before.items():
        if name in after and after[name] < count:
            raise ValueError(f"table {name} had {count} rows and would have {after[name]}")
