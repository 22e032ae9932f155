"""Reading coded segments."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coding.project import Reader
from coding.segments.rows import SegmentRow
from coding.store.models import Code, Coder, Framework, Informant, Memo, Segment, Source, SourceText, Topic, Turn
from coding.store.sql import rows

_MANY = 800
_CHANGED = 400
"""Changes beyond which everything is read anew rather than one by one."""
_TOLD_BY = frozenset({"source", "turn", "informant", "framework", "code", "topic"})
"""Tables whose changes may show in any segment."""


@dataclass(frozen=True, slots=True)
class SegmentChanges:
    """What became of the coded segments of one source: `rows` as they are now, the guids of those `gone`; with `whole`
    all of them are in `rows`. `stamp` is what to ask from the next time."""

    stamp: int
    rows: list[SegmentRow]
    gone: tuple[str, ...] = ()
    whole: bool = False


def segments(
    project: Reader,
    *,
    source: str | None = None,
    code: str | None = None,
    below: bool = True,
    guids: Collection[str] | None = None,
) -> list[SegmentRow]:
    """Coded segments in the order of sources, then start, then end.

    `source` and `code` are guids; with `below`, a dimension brings its indicators' segments too. `guids` asks for just
    these, still in that order; those that no longer exist are left out.
    """
    if source is not None and code is None and guids is None:
        with project.read() as session:
            return _of_source(session, source)
    query = _query()
    if source is not None:
        query = query.where(Source.guid == source)
    if code is not None:
        parent = aliased(Code)
        wanted = Code.guid == code
        if below:
            wanted |= Code.parent_id.in_(select(parent.id).where(parent.guid == code))
        query = query.where(wanted)
    with project.read() as session:
        if guids is None:
            found = list(session.execute(query))
        else:
            parts = _parts(list(guids))
            found = [row for part in parts for row in session.execute(query.where(Segment.guid.in_(part)))]
            found.sort(key=lambda row: (row.position, row.start, row.end, row.segment_id))
        here = {row.source_id for row in found}
        speakers, bodies = _speakers(session, here, found), _bodies(session, here)
    return [_row(row, bodies[row.source_id][row.start : row.end], speakers.get(row.source_id, [])) for row in found]


def segments_since(
    project: Reader, source: str, since: int | None = None, also: Collection[str] = ()
) -> SegmentChanges:
    """What the journal says of the coded segments of the source with guid `source` after `since`, the `stamp` of an
    earlier reading; all of them when that is None, or when so much or what so much depends on has changed.

    Of the guids in `also` it is told in any case how they are now.
    """
    with project.read() as session:
        connection = _driver(session)
        ((stamp,),) = rows(connection, "SELECT coalesce(max(id), 0) FROM change")
        guids = _changed_guids(connection, since) if since is not None else None
        if guids is None:
            return SegmentChanges(stamp, _of_source(session, source), whole=True)
        guids.update(also)
        found = [row for row in segments(project, guids=guids) if row.source_guid == source] if guids else []
        return SegmentChanges(stamp, found, tuple(guids - {row.guid for row in found}))


def _changed_guids(connection: sqlite3.Connection, since: int) -> set[str] | None:
    """Segments that were changed, or whose memo was; None when it may be any."""
    changed = rows(
        connection,
        "SELECT c.table_name, CASE WHEN c.table_name = 'memo' "
        "THEN coalesce(m.target_guid, json_extract(c.image, '$.target_guid')) ELSE c.row_guid END "
        "FROM change c LEFT JOIN memo m ON c.table_name = 'memo' AND m.guid = c.row_guid WHERE c.id > ? LIMIT ?",
        since,
        _CHANGED + 1,
    )
    if len(changed) > _CHANGED or not _TOLD_BY.isdisjoint(table for table, _ in changed):
        return None
    guids = {guid for table, guid in changed if table in ("segment", "memo")}
    return None if None in guids else guids


def sources_coded_since(project: Reader, since: int | None) -> tuple[int, set[str] | None]:
    """The stamp to ask with the next time, and the guids of the sources whose coded segments were changed after
    `since`; None when it may be any of them."""
    with project.read() as session:
        connection = _driver(session)
        ((stamp,),) = rows(connection, "SELECT coalesce(max(id), 0) FROM change")
        if since is None:
            return stamp, None
        changed = rows(
            connection,
            "SELECT c.table_name, coalesce(s.source_id, json_extract(c.image, '$.source_id')), c.action, o.guid "
            "FROM change c LEFT JOIN segment s ON c.table_name = 'segment' AND s.id = c.row_id "
            "LEFT JOIN source o ON o.id = coalesce(s.source_id, json_extract(c.image, '$.source_id')) "
            "WHERE c.id > ? AND c.table_name IN ('segment', 'source', 'turn') LIMIT ?",
            since,
            _CHANGED + 1,
        )
        # what was made and is gone again comes with its removal, which names the source
        unknown = any(table != "segment" or (source is None and action == "D") for table, source, action, _ in changed)
        if unknown or len(changed) > _CHANGED:
            return stamp, None
        return stamp, {guid for *_, guid in changed if guid is not None}


def _driver(session: Session) -> sqlite3.Connection:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _of_source(session: Session, guid: str) -> list[SegmentRow]:
    """All coded segments of one source. Thousands of rows: what repeats is looked up once, not joined to each."""
    source = session.execute(
        select(Source.id, Source.name, Source.date, SourceText.body).join(SourceText).where(Source.guid == guid)
    ).one_or_none()
    if source is None:
        return []
    source_id, name, date, body = source
    connection = _driver(session)
    codes = {
        number: told
        for number, *told in rows(
            connection,
            "SELECT c.id, f.key, c.path, c.guid, c.label_id, c.label_en, c.color "
            "FROM code c LEFT JOIN framework f ON f.id = c.framework_id",
        )
    }
    coders = dict(rows(connection, "SELECT id, name FROM coder"))
    memos = dict(
        rows(
            connection,
            "SELECT s.guid, m.text FROM memo m JOIN segment s ON s.guid = m.target_guid WHERE s.source_id = ?",
            source_id,
        )
    )
    topics = {number: (label, told) for number, label, told in rows(connection, "SELECT id, label, guid FROM topic")}
    turns = _speakers(session, (source_id,)).get(source_id, [])
    found = rows(
        connection,
        'SELECT guid, start, "end", code_id, valence, coder_id, exemplar, created_at, modified_at, reported, '
        "topic_id "
        'FROM segment WHERE source_id = ? ORDER BY start, "end", id',
        source_id,
    )
    made: list[SegmentRow] = []
    for segment, start, end, code, valence, coder, exemplar, created, modified, reported, topic_id in found:
        framework, path, code_guid, label_id, label_en, color = codes[code]
        text = body[start:end]
        heard = _heard(start, end, text, turns)
        memo = memos.get(segment, "")
        topic, topic_guid = topics.get(topic_id, ("", None))
        made.append(
            SegmentRow(
                segment, name, guid, start, end, text, framework, path, code_guid, label_id, label_en, color, valence,
                coders[coder], heard, memo, exemplar == 1, created, modified, date, reported == 1,
                topic, topic_guid,
            )
        )  # fmt: skip
    return made


def _query() -> Any:
    return (
        select(
            Segment.id.label("segment_id"), Segment.guid, Segment.start, Segment.end, Segment.valence, Segment.exemplar,
            Segment.created_at, Segment.modified_at, Segment.reported, Source.id.label("source_id"),
            Source.guid.label("source_guid"), Source.name, Source.date, Source.position,
            Framework.key.label("framework"),
            Code.path, Code.guid.label("code_guid"), Code.label_id, Code.label_en, Code.color,
            Coder.name.label("coder"), func.coalesce(Memo.text, "").label("memo"),
            func.coalesce(Topic.label, "").label("topic"), Topic.guid.label("topic_guid"),
        )
        .join(Source, Source.id == Segment.source_id)
        .join(Code, Code.id == Segment.code_id)
        .join(Coder, Coder.id == Segment.coder_id)
        .outerjoin(Framework, Framework.id == Code.framework_id)
        .outerjoin(Memo, Memo.target_guid == Segment.guid)
        .outerjoin(Topic, Topic.id == Segment.topic_id)
        .order_by(Source.position, Segment.start, Segment.end, Segment.id)
    )  # fmt: skip


def _speakers(
    session: Session, sources: Collection[int], found: Collection[Any] = ()
) -> dict[int, list[tuple[int, int, str]]]:
    """Informants' turns (start, end, code) of these sources, in order; when `found`, segments of one source, are given,
    only those among which they lie."""
    spoken: dict[int, list[tuple[int, int, str]]] = {}
    query = select(Turn.source_id, Turn.start, Turn.end, Informant.code).join(Informant).order_by(Turn.start)
    if found and len(sources) == 1:
        query = query.where(Turn.start < max(row.end for row in found), Turn.end > min(row.start for row in found))
    for part in _parts(list(sources)):
        for source, start, end, code in session.execute(query.where(Turn.source_id.in_(part))):
            spoken.setdefault(source, []).append((start, end, code))
    return spoken


def _bodies(session: Session, sources: Collection[int]) -> dict[int, str]:
    """The texts of these sources; passages are cut out here, since SQLite would count code points anew each time."""
    query = select(Source.id, SourceText.body).join(SourceText)
    return {
        source: body
        for part in _parts(list(sources))
        for source, body in session.execute(query.where(Source.id.in_(part)))
    }


def _row(row: Any, text: str, turns: list[tuple[int, int, str]]) -> SegmentRow:
    return SegmentRow(
        guid=row.guid, source=row.name, source_guid=row.source_guid, start=row.start, end=row.end, text=text,
        framework=row.framework, code=row.path, code_guid=row.code_guid, label_id=row.label_id, label_en=row.label_en,
        color=row.color, valence=row.valence, coder=row.coder, informants=_heard(row.start, row.end, text, turns),
        memo=row.memo, exemplar=bool(row.exemplar), created_at=row.created_at, modified_at=row.modified_at,
        source_date=row.date,
        topic=row.topic, topic_guid=row.topic_guid,
        reported=bool(row.reported),
    )  # fmt: skip


def _heard(start: int, end: int, text: str, turns: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """The informants who have a non-space character of their turns inside `[start, end)`, in the order they speak."""
    heard: dict[str, None] = {}
    for number in range(max(bisect_right(turns, start, key=_start) - 1, 0), len(turns)):
        first, last, code = turns[number]
        if first >= end:
            break
        if last > start and text[max(first - start, 0) : last - start].strip():
            heard[code] = None
    return tuple(heard)


def _start(turn: tuple[int, int, str]) -> int:
    return turn[0]


def _parts(values: list[Any]) -> Iterable[list[Any]]:
    return (values[i : i + _MANY] for i in range(0, len(values), _MANY))
