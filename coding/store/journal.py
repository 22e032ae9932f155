"""The journal: every change of every operation, caught by triggers, so that bulk statements are caught too.

The triggers are TEMP: made for each writing connection from the table metadata, never in the file. An insert leaves the
row's key, an update the former values of the columns it changed, a delete the whole row. A write while no operation is
open is refused by the triggers themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Table

from coding.changes import TABLE_CHANGES, Changes
from coding.store.models import Base
from coding.store.sql import rows

UNDOABLE = 200
"""Images are kept for this many operations; who, what and when for good."""


def journal_tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.info.get("journal")]


def install(connection: sqlite3.Connection) -> None:
    """Make the triggers on `connection`; until `begin` names an operation, any write to content is refused."""
    script = ["CREATE TEMP TABLE current_operation (id INTEGER)"]
    for table in journal_tables():
        script += _triggers(table)
    connection.executescript(";\n".join(script) + ";")


def _triggers(table: Table) -> list[str]:
    name = table.name
    columns = [column.name for column in table.columns]
    current = "(SELECT id FROM temp.current_operation)"
    head = "INSERT INTO change (operation_id, table_name, row_id, row_guid, action, image)"
    guard = f"SELECT RAISE(ABORT, 'write outside an operation') WHERE {current} IS NULL"
    whole = ", ".join(f"'{c}', OLD.\"{c}\"" for c in columns)
    pairs = " UNION ALL ".join(f'SELECT \'{c}\' AS k, OLD."{c}" AS v WHERE OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    any_change = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    return [
        (
            f'CREATE TEMP TRIGGER journal_{name}_i AFTER INSERT ON main."{name}" BEGIN {guard}; '
            f"{head} VALUES ({current}, '{name}', NEW.id, NEW.guid, 'I', NULL); END"
        ),
        (
            f'CREATE TEMP TRIGGER journal_{name}_u AFTER UPDATE ON main."{name}" WHEN {any_change} BEGIN {guard}; '
            f"{head} SELECT {current}, '{name}', NEW.id, NEW.guid, 'U', json_group_object(k, v) FROM ({pairs}); END"
        ),
        (
            f'CREATE TEMP TRIGGER journal_{name}_d AFTER DELETE ON main."{name}" BEGIN {guard}; '
            f"{head} VALUES ({current}, '{name}', OLD.id, OLD.guid, 'D', json_object({whole})); END"
        ),
    ]


def begin(connection: sqlite3.Connection, operation_id: int) -> None:
    connection.execute("INSERT INTO temp.current_operation VALUES (?)", (operation_id,))


def end(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM temp.current_operation")


def changes_of(connection: sqlite3.Connection, operation_id: int) -> Changes:
    """The kinds of content that the operation touched; `NONE` when it changed nothing."""
    changes = Changes.NONE
    for (name,) in rows(connection, "SELECT DISTINCT table_name FROM change WHERE operation_id = ?", operation_id):
        changes |= TABLE_CHANGES[name]
    return changes


def forget_old_images(connection: sqlite3.Connection) -> None:
    """Drop the images of operations too old to be undone; a delete's row stays as its tombstone."""
    for (edge,) in rows(connection, "SELECT id FROM operation ORDER BY id DESC LIMIT 1 OFFSET ?", UNDOABLE):
        connection.execute("UPDATE change SET image = NULL WHERE operation_id = ? AND image IS NOT NULL", (edge,))


def apply_inverse(connection: sqlite3.Connection, operation_id: int) -> None:
    """Do the opposite of what the operation did, last change first, inside the operation now open.

    Raises Conflict when a row it needs was changed or removed by somebody since, or when going back
    would take away what belongs to others; the caller rolls back.
    """
    sql = "SELECT id, table_name, row_id, action, image FROM change WHERE operation_id = ? ORDER BY id DESC"
    undone = rows(connection, sql, operation_id)
    names = {table.name: [c.name for c in table.columns] for table in journal_tables()}
    for (table, action), group in groupby(undone, key=lambda row: (row[1], row[3])):
        for statement, values in _inverse_statements(table, names[table], action, list(group)):
            if connection.executemany(statement, values).rowcount != len(values):
                raise Conflict
    _refuse_side_effects(connection, undone)


class Conflict(Exception):
    """Undoing met a row that is not as the operation left it."""


def _inverse_statements(
    table: str, columns: list[str], action: str, undone: list[Any]
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    if action == "I":
        yield f'DELETE FROM "{table}" WHERE id = ?', [(row[2],) for row in undone]
        return
    images = [(row[2], json.loads(row[4])) for row in undone]
    if action == "D":
        quoted = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        values = [tuple(image.get(c) for c in columns) for _, image in images]
        yield f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', values
        return
    for changed, group in groupby(images, key=lambda pair: tuple(pair[1])):
        sets = ", ".join(f'"{c}" = ?' for c in changed)
        yield (
            f'UPDATE "{table}" SET {sets} WHERE id = ?',
            [(*(image[c] for c in changed), row_id) for row_id, image in group],
        )


def _refuse_side_effects(connection: sqlite3.Connection, undone: list[Any]) -> None:
    """A cascade may only take rows that the undone operation itself had brought."""
    brought = {(row[1], row[2]) for row in undone if row[3] == "I"}
    taken = rows(
        connection,
        "SELECT table_name, row_id FROM change WHERE action = 'D' "
        "AND operation_id = (SELECT id FROM temp.current_operation)",
    )
    if any((table, row_id) not in brought for table, row_id in taken):
        raise Conflict
