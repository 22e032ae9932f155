"""Deleting codes and frameworks with everything that hangs on them, and saying beforehand what that is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from coding.codes.naming import siblings
from coding.codes.queries import framework_by_key
from coding.codes.rows import Going
from coding.project import Operation, Reader
from coding.store.models import Framework
from coding.store.sql import rows

_THESE = "SELECT id FROM temp.chosen_code"
_HANGING = "SELECT guid FROM segment WHERE code_id IN ({codes}) UNION ALL SELECT guid FROM code WHERE id IN ({codes})"
_BELOW = "SELECT id FROM code WHERE guid IN ({marks}) OR parent_id IN (SELECT id FROM code WHERE guid IN ({marks}))"


def what_goes(project: Reader, guids: Iterable[str]) -> Going:
    """What `delete_codes` of these would delete, the codes below them included."""
    wanted = tuple(guids)
    marks = ", ".join(f"?{number}" for number in range(1, len(wanted) + 1))
    return _going(project, _BELOW.format(marks=marks), wanted)


def what_goes_with(project: Reader, framework: str) -> Going:
    """What `remove_framework` would delete. Raises CodingError("framework_not_adopted")."""
    with project.read() as session:
        number = framework_by_key(session, framework).id
    return _going(project, "SELECT id FROM code WHERE framework_id = ?1", (number,))


def _going(project: Reader, codes: str, params: tuple[str | int, ...]) -> Going:
    hanging = _HANGING.format(codes=codes)
    counts = (
        f"SELECT count(*) FROM code WHERE id IN ({codes})",
        f"SELECT count(*) FROM segment WHERE code_id IN ({codes})",
        f"SELECT count(*) FROM memo WHERE target_guid IN ({hanging})",
        f"SELECT count(*) FROM topic WHERE code_id IN ({codes})",
        f"SELECT count(*) FROM code_link WHERE code_id IN ({codes}) OR other_id IN ({codes})",
        f"SELECT (SELECT count(*) FROM finding WHERE code_id IN ({codes})) "
        f"+ (SELECT count(*) FROM judgement WHERE code_id IN ({codes}))",
    )
    with project.read() as session:
        connection = session.connection()
        found = [connection.exec_driver_sql(sql, params).fetchall()[0][0] for sql in counts]
    return Going(*found)


def delete_codes(op: Operation, guids: Iterable[str]) -> int:
    """Delete the codes, those below them, their coded segments, and what was written on either; returns how many coded
    segments went. Codes that no longer exist are passed over; their siblings close up."""
    raw = _chosen(op)
    for guid in guids:
        raw.execute(
            "INSERT OR IGNORE INTO temp.chosen_code SELECT id FROM code WHERE guid = ?1 "
            "OR parent_id = (SELECT id FROM code WHERE guid = ?1)",
            (guid,),
        )
    places = rows(raw, f"SELECT DISTINCT framework_id, parent_id FROM code WHERE id IN ({_THESE})")
    segments = clear_codes(op, raw)
    for framework, parent in places:
        for place, code in enumerate(siblings(op.session, framework, parent)):
            code.position = place
    op.session.flush()
    return segments


def remove_framework(op: Operation, key: str) -> int:
    """Delete a framework with all of its codes; returns how many coded segments went.

    Raises CodingError("framework_not_adopted").
    """
    number = framework_by_key(op.session, key).id
    raw = _chosen(op)
    raw.execute("INSERT INTO temp.chosen_code SELECT id FROM code WHERE framework_id = ?", (number,))
    segments = clear_codes(op, raw)
    op.session.delete(op.session.get_one(Framework, number))
    op.session.flush()
    return segments


def clear_codes(op: Operation, raw: sqlite3.Connection) -> int:
    """Delete the codes that `temp.chosen_code` names; what refers to them goes first, or forgets them."""
    raw.execute(f"DELETE FROM memo WHERE target_guid IN ({_HANGING.format(codes=_THESE)})")
    raw.execute(f"UPDATE heading SET code_id = NULL WHERE code_id IN ({_THESE})")
    count = raw.execute(f"DELETE FROM segment WHERE code_id IN ({_THESE})").rowcount
    for table in ("topic", "finding", "judgement", "recommendation_factor"):
        raw.execute(f"DELETE FROM {table} WHERE code_id IN ({_THESE})")
    raw.execute(f"DELETE FROM code_link WHERE code_id IN ({_THESE}) OR other_id IN ({_THESE})")
    raw.execute(f"DELETE FROM code WHERE id IN ({_THESE}) AND parent_id IS NOT NULL")
    raw.execute(f"DELETE FROM code WHERE id IN ({_THESE})")
    op.session.expire_all()
    return count


def _chosen(op: Operation) -> sqlite3.Connection:
    op.session.flush()
    raw = op.raw()
    raw.execute("CREATE TEMP TABLE IF NOT EXISTS chosen_code (id INTEGER PRIMARY KEY)")
    raw.execute("DELETE FROM temp.chosen_code")
    return raw
