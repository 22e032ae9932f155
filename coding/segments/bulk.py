"""Changing many coded segments at once: each function is one statement or two inside `project.operation(...)`, whatever
their number, and the journal sees every row.

Segments are named by the ids that `coding.segments.evidence` gives. Those that no longer exist are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from coding.codes.queries import unknown_code
from coding.errors import CodingError
from coding.project import Operation
from coding.segments.rows import VALENCES, Valence
from coding.store.models import Code, Topic, new_guid, now
from coding.store.sql import rows
from coding.text import normalise

_CHOSEN = "SELECT id FROM temp.chosen_segment"


@dataclass(frozen=True, slots=True)
class Recoded:
    """How many segments have the code now that had another before, and how many keep theirs, because their coder has
    put the code on the very same span already (or would have, by another of them)."""

    changed: int
    kept: int


def recode(op: Operation, ids: Iterable[int], code: str) -> Recoded:
    """Give the segments the code with guid `code`; a topic of the former code goes with it.

    Raises CodingError("code_unknown") when the code is gone.
    """
    code_id = op.session.scalar(select(Code.id).where(Code.guid == code))
    if code_id is None:
        raise unknown_code(op.session, code)
    _choose(op, ids)
    raw = op.raw()
    raw.execute(f"DELETE FROM temp.chosen_segment WHERE id IN (SELECT id FROM segment WHERE id IN ({_CHOSEN}) "
                "AND code_id = ?)", (code_id,))  # fmt: skip
    wanted = _count(op)
    raw.execute(
        "DELETE FROM temp.chosen_segment WHERE id IN ("
        "SELECT g.id FROM temp.chosen_segment c JOIN segment g ON g.id = c.id WHERE EXISTS ("
        'SELECT 1 FROM segment o WHERE o.source_id = g.source_id AND o.start = g.start AND o."end" = g."end" '
        "AND o.coder_id = g.coder_id AND o.code_id = ?))",
        (code_id,),
    )
    raw.execute(
        "DELETE FROM temp.chosen_segment WHERE id NOT IN (SELECT min(g.id) FROM temp.chosen_segment c "
        'JOIN segment g ON g.id = c.id GROUP BY g.source_id, g.start, g."end", g.coder_id)'
    )
    changed = _count(op)
    raw.execute(
        f"UPDATE segment SET code_id = ?, topic_id = NULL, modified_at = ? WHERE id IN ({_CHOSEN})", (code_id, now())
    )
    return Recoded(changed, wanted - changed)


def set_valence(op: Operation, ids: Iterable[int], valence: Valence | None) -> int:
    """Give the segments this valence, or none; returns how many had another. Raises CodingError("valence_unknown")."""
    if valence is not None and valence not in VALENCES:
        raise CodingError("valence_unknown", valence=valence)
    return _set(op, ids, "valence", valence)


def set_exemplar(op: Operation, ids: Iterable[int], exemplar: bool) -> int:
    """Star the segments as quotable, or take the stars away; returns how many changed."""
    return _set(op, ids, "exemplar", int(exemplar))


def set_reported(op: Operation, ids: Iterable[int], reported: bool) -> int:
    """Mark the segments as paraphrase, or as verbatim; returns how many changed."""
    return _set(op, ids, "reported", int(reported))


def set_topic(op: Operation, ids: Iterable[int], topic: str | None) -> int:
    """Put the segments under the topic with this guid, or under none; returns how many changed. Segments with another
    code than the topic's are passed over. Raises CodingError("topic_gone")."""
    if topic is None:
        return _set(op, ids, "topic_id", None)
    found = op.session.execute(select(Topic.id, Topic.code_id).where(Topic.guid == topic)).one_or_none()
    if found is None:
        raise CodingError("topic_gone")
    return _set(op, ids, "topic_id", found.id, only_code=found.code_id)


def remove(op: Operation, ids: Iterable[int]) -> int:
    """Remove the segments and their memos; returns how many there were."""
    _choose(op, ids)
    op.raw().execute(f"DELETE FROM memo WHERE target_guid IN (SELECT guid FROM segment WHERE id IN ({_CHOSEN}))")
    return op.raw().execute(f"DELETE FROM segment WHERE id IN ({_CHOSEN})").rowcount


def append_memo(op: Operation, ids: Iterable[int], text: str) -> int:
    """Add `text` as a paragraph to each segment's memo, which is made where there is none; returns how many segments
    there were. An empty text changes nothing."""
    text = normalise(text).strip()
    if not text:
        return 0
    _choose(op, ids)
    raw, moment = op.raw(), now()
    without = rows(raw, f"SELECT guid FROM segment WHERE id IN ({_CHOSEN}) "
                        "AND guid NOT IN (SELECT target_guid FROM memo)")  # fmt: skip
    with_one = raw.execute(
        "UPDATE memo SET text = text || char(10) || char(10) || ?, modified_at = ? "
        f"WHERE target_guid IN (SELECT guid FROM segment WHERE id IN ({_CHOSEN}))",
        (text, moment),
    ).rowcount
    raw.executemany(
        "INSERT INTO memo (guid, target_table, target_guid, text, coder_id, created_at, modified_at) "
        "VALUES (?, 'segment', ?, ?, ?, ?, ?)",
        ((new_guid(), guid, text, op.coder_id, moment, moment) for (guid,) in without),
    )
    return with_one + len(without)


def _set(op: Operation, ids: Iterable[int], column: str, value: object, only_code: int | None = None) -> int:
    _choose(op, ids)
    sql = f'UPDATE segment SET "{column}" = ?1, modified_at = ?2 WHERE id IN ({_CHOSEN}) AND "{column}" IS NOT ?1'
    if only_code is not None:
        sql += f" AND code_id = {only_code}"
    return op.raw().execute(sql, (value, now())).rowcount


def _choose(op: Operation, ids: Iterable[int]) -> None:
    """Put the ids into a table beside the project, so that one statement reaches all of them."""
    op.session.flush()
    raw = op.raw()
    raw.execute("CREATE TEMP TABLE IF NOT EXISTS chosen_segment (id INTEGER PRIMARY KEY)")
    raw.execute("DELETE FROM temp.chosen_segment")
    raw.executemany("INSERT OR IGNORE INTO temp.chosen_segment VALUES (?)", ((int(number),) for number in ids))


def _count(op: Operation) -> int:
    return int(rows(op.raw(), "SELECT count(*) FROM temp.chosen_segment")[0][0])
