"""The journal: every change of every operation, caught by triggers, so that bulk statements are caught too.

The triggers are TEMP: made for each writing connection from the table metadata, never in the file. An insert leaves the
row's key, an update the former values of the columns it changed (later their names alone), a delete the whole row. A
write while no operation is open is refused by the triggers themselves. An edit of a text moves all its positions with
one line (`store.shifts`).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Table

from coding.changes import TABLE_CHANGES, Changes
from coding.store import shifts
from coding.store.models import Base
from coding.store.sql import rows

Conflict = shifts.Conflict
FORGOTTEN = "history_forgotten"
"""The preference that holds the last operation whose images were dropped because somebody asked for it."""
COLUMNS = (
    "CASE WHEN c.action <> 'U' OR c.image IS NULL THEN NULL WHEN json_type(c.image) = 'array' THEN c.image "
    "ELSE (SELECT json_group_array(key) FROM json_each(c.image)) END"
)
"""SQL: the columns that the change `c` was an update of, as a JSON list; null for what is none."""
UNDOABLE = 200
"""Images are kept for this many operations, undo and redo among them; who, what and when for good."""


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
    sql = "SELECT DISTINCT table_name, action FROM change WHERE operation_id = ?"
    for name, action in rows(connection, sql, operation_id):
        changes |= TABLE_CHANGES[name] | (Changes.SEGMENTS if action == "S" else Changes.NONE)
    return changes


def take_over(connection: sqlite3.Connection, earlier: int, later: int) -> str:
    """Make the changes of the operation `earlier`, the one directly before, part of `later`, and remove `earlier`.

    Returns the kind of what they are together: `do`, or `start`, which can't be undone, where nothing is left of it.
    """
    connection.execute("UPDATE change SET operation_id = ? WHERE operation_id = ?", (later, earlier))
    connection.execute("DELETE FROM operation WHERE id = ?", (earlier,))
    fates: dict[tuple[str, str], str] = {}
    sql = "SELECT table_name, row_guid, action FROM change WHERE operation_id = ? ORDER BY id"
    for table, guid, action in rows(connection, sql, later):
        fates[table, guid] = fates.get((table, guid), action)[0] + action
    return "start" if set(fates.values()) == {"ID"} else "do"


def forget_images(connection: sqlite3.Connection, last: int = 0) -> int:
    """Drop all images up to the operation `last`, or those too old to be undone; of an update the names of its columns
    stay. Returns the last operation whose images are gone, 0 when there is none."""
    if not last:
        return forget_old_images(connection)
    connection.execute(
        f"UPDATE change AS c SET image = {COLUMNS} WHERE operation_id <= ? AND image IS NOT NULL", (last,)
    )
    sql = "INSERT INTO preference (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    connection.execute(sql, (FORGOTTEN, str(last)))
    return last


def forget_old_images(connection: sqlite3.Connection) -> int:
    """Drop the images of operations too old to be undone; of an update the names of its columns stay, a delete's row
    stays as its tombstone. Returns the last operation whose images are gone, 0 when there is none."""
    for (edge,) in rows(connection, "SELECT id FROM operation ORDER BY id DESC LIMIT 1 OFFSET ?", UNDOABLE):
        connection.execute(
            f"UPDATE change AS c SET image = {COLUMNS} WHERE operation_id = ? AND image IS NOT NULL", (edge,)
        )
        return int(edge)
    return 0


def touches(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the operation now open has changed rows of that table."""
    sql = "SELECT 1 FROM change WHERE operation_id = (SELECT id FROM temp.current_operation) AND table_name = ? LIMIT 1"
    return bool(rows(connection, sql, table))


def shift(connection: sqlite3.Connection, source_id: int, image: shifts.Image) -> None:
    """Move every position of a source inside the operation now open, with one line for all of them. Raises Conflict."""
    tables = [table for table in journal_tables() if table.name in shifts.TABLES]
    for table in tables:
        connection.execute(f"DROP TRIGGER temp.journal_{table.name}_u")
    shifts.move(connection, source_id, image)
    for table in tables:
        connection.execute(_triggers(table)[1])
    connection.execute(
        "INSERT INTO change (operation_id, table_name, row_id, row_guid, action, image) "
        "SELECT (SELECT id FROM temp.current_operation), 'source', id, guid, 'S', ? FROM source WHERE id = ?",
        (json.dumps(image, separators=(",", ":")), source_id),
    )


def apply_inverse(connection: sqlite3.Connection, operation_id: int) -> None:
    """Do the opposite of what the operation did, last change first, inside the operation now open.

    Raises Conflict when a row it needs was changed or removed by somebody else since, or when going back would take
    away what belongs to others; the caller rolls back. References that would lead nowhere show at the commit.
    """
    sql = "SELECT table_name, row_id, action, image FROM change WHERE operation_id = ? ORDER BY id DESC"
    undone = rows(connection, sql, operation_id)
    since = shifts.Since(connection, _refuse_if_others_built_on(connection, operation_id, undone))
    names = {table.name: [c.name for c in table.columns] for table in journal_tables()}
    try:
        for table, action, group in shifts.batches(undone):
            if action == "S":
                shift(connection, group[0][1], shifts.inverse(json.loads(group[0][3])))
                continue
            for statement, values in _inverse_statements(table, names[table], action, group, since):
                if connection.executemany(statement, values).rowcount != len(values):
                    raise Conflict
    except sqlite3.IntegrityError as error:
        raise Conflict from error
    _refuse_side_effects(connection, undone)
    _refuse_lost_memos(connection)


def _inverse_statements(
    table: str, columns: list[str], action: str, undone: list[Any], since: shifts.Since
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    if action == "I":
        yield f'DELETE FROM "{table}" WHERE id = ?', [(row[1],) for row in undone]
        return
    images = [(row[1], since.image(table, row[1], json.loads(row[3]))) for row in undone]
    if action == "D":
        # an image taken before a later schema lacks its columns: they get their defaults
        for known, group in groupby(images, key=lambda pair: tuple(c for c in columns if c in pair[1])):
            quoted = ", ".join(f'"{c}"' for c in known)
            marks = ", ".join("?" * len(known))
            values = [tuple(image[c] for c in known) for _, image in group]
            yield f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', values
        return
    for changed, group in groupby(images, key=lambda pair: tuple(c for c in columns if c in pair[1])):
        sets = ", ".join(f'"{c}" = ?' for c in changed)
        yield (
            f'UPDATE "{table}" SET {sets} WHERE id = ?',
            [(*(image[c] for c in changed), row_id) for row_id, image in group],
        )


def _refuse_if_others_built_on(connection: sqlite3.Connection, operation_id: int, undone: list[Any]) -> list[int]:
    """What other coders changed since, and did not take back, must not be undone with it. Returns those operations."""
    later = rows(
        connection,
        "SELECT id, coalesce(target_id, id) FROM operation WHERE id > ?1 "
        "AND coder_guid NOT IN ('', (SELECT coder_guid FROM operation WHERE id = ?1)) ORDER BY id",
        operation_id,
    )
    times = Counter(step for _, step in later)
    standing = [number for number, step in later if times[step] % 2]  # done and undone again leaves nothing
    if not standing:
        return []
    mine: dict[tuple[str, int], set[str]] = {}
    for table, row_id, action, image in undone:
        mine.setdefault((table, row_id), set()).update(_columns_of(action, image))
    marks = ", ".join("?" * len(standing))
    sql = f"SELECT table_name, row_id, action, image FROM change WHERE operation_id IN ({marks})"
    for table, row_id, action, image in rows(connection, sql, *standing):
        if own := mine.get((table, row_id)):
            theirs = _columns_of(action, image)
            if _WHOLE_ROW in own or _WHOLE_ROW in theirs or (own & theirs) - {"modified_at"}:
                raise Conflict
    return standing


def _columns_of(action: str, image: str) -> set[str]:
    if action == "S":
        return {"text_id", "sentences"}
    return set(json.loads(image)) if action == "U" else {_WHOLE_ROW}


_WHOLE_ROW = "*"


def _refuse_side_effects(connection: sqlite3.Connection, undone: list[Any]) -> None:
    """A cascade may only take rows that the undone operation itself had brought."""
    brought = {(row[0], row[1]) for row in undone if row[2] == "I"}
    taken = rows(connection, f"SELECT table_name, row_id FROM {_NOW} AND action = 'D'")
    if any((table, row_id) not in brought for table, row_id in taken):
        raise Conflict


_NOW = "change WHERE operation_id = (SELECT id FROM temp.current_operation)"


def _refuse_lost_memos(connection: sqlite3.Connection) -> None:
    """A memo names what it belongs to by guid alone, so no reference of the database keeps the two together."""
    orphaned = (
        "SELECT 1 FROM memo WHERE target_guid IN (SELECT row_guid FROM "
        f"{_NOW} AND action = 'D' AND table_name <> 'memo') LIMIT 1"
    )
    if rows(connection, orphaned):
        raise Conflict
    for table in (table.name for table in journal_tables() if table.name != "memo"):
        strayed = (
            f"SELECT 1 FROM memo WHERE guid IN (SELECT row_guid FROM {_NOW} AND action = 'I' AND table_name = 'memo') "
            f"AND target_table = '{table}' AND NOT EXISTS (SELECT 1 FROM \"{table}\" AS t WHERE t.guid = target_guid) "
            "LIMIT 1"
        )
        if rows(connection, strayed):
            raise Conflict
