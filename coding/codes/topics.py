"""Topics: labels inside a code that explain a contradiction (internal and external communication)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from coding.codes.naming import code_row, one_line
from coding.codes.rows import TopicRow
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.segments import bulk
from coding.store.models import Code, Segment, Topic, new_guid
from coding.store.sql import rows


def topics(project: Reader, code: str | None = None) -> list[TopicRow]:
    """The topics of the code with this guid, or of all codes, in order; one query."""
    counted = select(Segment.topic_id, func.count().label("n")).group_by(Segment.topic_id).subquery()
    query = (
        select(Topic.guid, Code.guid, Topic.label, func.coalesce(counted.c.n, 0))
        .join(Code, Code.id == Topic.code_id)
        .outerjoin(counted, counted.c.topic_id == Topic.id)
        .order_by(Topic.code_id, Topic.position, Topic.id)
    )
    if code is not None:
        query = query.where(Code.guid == code)
    with project.read() as session:
        return [TopicRow(*row) for row in session.execute(query).all()]


def add_topic(op: Operation, code: str, label: str, guid: str | None = None) -> str:
    """A new topic of the code, last in order; returns its guid, which the caller may choose beforehand.

    Raises CodingError("topic_no_name", "topic_twice", "code_gone").
    """
    row = code_row(op.session, code)
    label = _checked(op, row, label, None)
    last = op.session.scalar(select(func.max(Topic.position)).where(Topic.code_id == row.id))
    made = Topic(guid=guid or new_guid(), code_id=row.id, label=label, position=0 if last is None else last + 1)
    op.session.add(made)
    op.session.flush()
    return made.guid


def rename_topic(op: Operation, guid: str, label: str) -> None:
    """Raises CodingError as `add_topic` does, and "topic_gone"."""
    row = _topic(op, guid)
    row.label = _checked(op, op.session.get_one(Code, row.code_id), label, row)
    op.session.flush()


def shift_topic(op: Operation, guid: str, by: int) -> None:
    """Move the topic up (negative) or down among those of its code."""
    row = _topic(op, guid)
    beside = list(op.session.scalars(_beside(row.code_id)))
    at = beside.index(row)
    beside.insert(max(0, min(at + by, len(beside) - 1)), beside.pop(at))
    for place, topic in enumerate(beside):
        topic.position = place
    op.session.flush()


def remove_topic(op: Operation, guid: str) -> int:
    """Remove the topic; the segments under it keep their code. Returns how many there were."""
    row = _topic(op, guid)
    raw = op.raw()
    count = raw.execute("UPDATE segment SET topic_id = NULL WHERE topic_id = ?", (row.id,)).rowcount
    op.session.delete(row)
    op.session.flush()
    return count


def set_topic(op: Operation, segments: Iterable[str], topic: str | None) -> int:
    """Put the coded segments with these guids under a topic, or under none; returns how many changed. Those that do
    not have the topic's code are passed over. Raises CodingError("topic_gone")."""
    op.session.flush()
    return bulk.set_topic(op, [number for (number,) in rows(named(op, segments), _NAMED)], topic)


_NAMED = "SELECT s.id FROM segment s JOIN temp.named_segment n ON n.guid = s.guid"


def named(op: Operation, guids: Iterable[str]) -> sqlite3.Connection:
    """Put the guids of segments into `temp.named_segment`."""
    raw = op.raw()
    raw.execute("CREATE TEMP TABLE IF NOT EXISTS named_segment (guid TEXT PRIMARY KEY)")
    raw.execute("DELETE FROM temp.named_segment")
    raw.executemany("INSERT OR IGNORE INTO temp.named_segment VALUES (?)", ((guid,) for guid in guids))
    return raw


def _topic(op: Operation, guid: str) -> Topic:
    row = op.session.scalars(select(Topic).where(Topic.guid == guid)).first()
    if row is None:
        raise CodingError("topic_gone")
    return row


def _beside(code: int) -> Any:
    return select(Topic).where(Topic.code_id == code).order_by(Topic.position, Topic.id)


def _checked(op: Operation, code: Code, label: str, this: Topic | None) -> str:
    label = one_line(label)
    if not label:
        raise CodingError("topic_no_name")
    for other in op.session.scalars(select(Topic).where(Topic.code_id == code.id)):
        if other is not this and other.label.casefold() == label.casefold():
            raise CodingError("topic_twice", code=code.label_id, topic=other.label)
    return label
