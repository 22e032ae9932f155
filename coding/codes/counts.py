"""How many coded segments each code has. Counted once, then only where the journal says that something changed."""

from __future__ import annotations

import json
import sqlite3

from sqlalchemy.orm import Session

from coding.project import Reader
from coding.store.sql import rows

_KEPT = "segment_counts"
_CHANGED = 500
"""Changes of segments beyond which all are counted anew."""


def segment_counts(project: Reader, session: Session) -> dict[int, int]:
    """The number of coded segments by the id of their code; codes without any are left out.

    `session` is one of `project`'s own. What is counted is kept in the reader's cache, with the last entry of the
    journal that it takes in.
    """
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    ((stamp,),) = rows(connection, "SELECT coalesce(max(id), 0) FROM change")
    kept: tuple[int, dict[int, int]] | None = project.cache.get(_KEPT)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    touched = _touched(connection, kept[0]) if kept is not None else None
    if kept is None or touched is None:
        counts = dict(rows(connection, "SELECT code_id, count(*) FROM segment GROUP BY code_id"))
    else:
        marks = ", ".join("?" * len(touched))
        sql = f"SELECT code_id, count(*) FROM segment WHERE code_id IN ({marks}) GROUP BY code_id"
        counts = {code: count for code, count in kept[1].items() if code not in touched}
        counts.update(rows(connection, sql, *touched))
    project.cache[_KEPT] = (stamp, counts)
    return counts


def counts_by_guid(project: Reader, only: str | None = None) -> dict[str, int]:
    """The number of coded segments by the guid of their code, of all codes; those of the coder named `only`, if one
    is named."""
    with project.read() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        if only is None:
            counts = segment_counts(project, session)
        else:
            mine = "SELECT code_id, count(*) FROM segment JOIN coder c ON c.id = coder_id WHERE c.name = ? GROUP BY 1"
            counts = dict(rows(connection, mine, only))
        return {guid: counts.get(number, 0) for number, guid in rows(connection, "SELECT id, guid FROM code")}


def _touched(connection: sqlite3.Connection, since: int) -> set[int] | None:
    """The ids of the codes whose counts may have changed after `since`; None when that can't be said."""
    changed = rows(
        connection,
        "SELECT c.table_name, c.action, c.image, s.code_id FROM change c "
        "LEFT JOIN segment s ON c.table_name = 'segment' AND s.id = c.row_id "
        "WHERE c.id > ? AND c.table_name IN ('segment', 'code') LIMIT ?",
        since,
        _CHANGED + 1,
    )
    if len(changed) > _CHANGED:
        return None
    touched: set[int] = set()
    for table, action, image, code in changed:
        if table == "code":
            return None
        if code is not None:
            touched.add(code)
        if action != "I":
            before = json.loads(image) if image is not None else None
            if before is None or (isinstance(before, list) and "code_id" in before):
                return None  # too old to say which code it was
            former = before.get("code_id") if isinstance(before, dict) else None
            if former is not None:
                touched.add(former)
    return touched
