"""Kept files of imports that were taken back: the journal does not hold them, so they go when redo can't need them."""

from __future__ import annotations

import contextlib
import sqlite3

_UNDONE = (
    "DELETE FROM original WHERE hash NOT IN (SELECT file_hash FROM source) "
    "AND hash NOT IN (SELECT json_extract(c.image, '$.file_hash') FROM change c "
    "JOIN operation o ON o.id = c.operation_id WHERE c.table_name = 'source' AND c.image IS NOT NULL "
    "AND json_type(c.image) = 'object' AND json_extract(c.image, '$.file_hash') IS NOT NULL "
    "AND NOT (c.action = 'D' AND o.kind = 'undo'))"
)


def drop_files(connection: sqlite3.Connection) -> int:
    """Drop the kept files that only an import which was taken back had, overwriting them; returns how many. What undo
    could bring back keeps its file."""
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    return connection.execute(_UNDONE).rowcount


def tidy(connection: sqlite3.Connection) -> None:
    """Do so before the project is closed; a file that is gone or full is closed all the same."""
    with contextlib.suppress(sqlite3.Error):
        if not connection.in_transaction:
            drop_files(connection)
