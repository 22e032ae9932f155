"""A page of the table of coded segments: everything a row shows, read for those in sight alone."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.project import Reader
from coding.segments.rows import SegmentRow
from coding.transcripts.drafts import Method

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AROUND = 400
"""Code points of context at most, on either side."""
KEPT = 16_000_000
"""Code points of texts kept for the next page."""
_MANY = 800
_ROWS = (
    'SELECT g.id, g.guid, g.start, g."end", g.valence, g.exemplar, g.reported, g.created_at, g.modified_at, '
    "s.id AS source_id, s.guid AS source_guid, s.name, s.date, s.method, s.place, s.text_id, s.sentences, "
    "f.key AS framework, c.path, c.guid AS code_guid, c.label_id, c.label_en, c.color, k.name AS coder, "
    "coalesce(m.text, '') AS memo, coalesce(t.label, '') AS topic, t.guid AS topic_guid "
    "FROM segment g JOIN source s ON s.id = g.source_id JOIN code c ON c.id = g.code_id "
    "JOIN coder k ON k.id = g.coder_id LEFT JOIN framework f ON f.id = c.framework_id "
    "LEFT JOIN memo m ON m.target_guid = g.guid LEFT JOIN topic t ON t.id = g.topic_id WHERE g.id IN ({marks})"
)
_HEARD = (
    'SELECT t.start, t."end", i.code FROM turn t JOIN informant i ON i.id = t.informant_id '
    "WHERE t.source_id = ?1 AND t.start < ?3 AND t.start >= coalesce((SELECT max(b.start) FROM turn b "
    "WHERE b.source_id = ?1 AND b.start <= ?2), 0) ORDER BY t.start"
)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One coded segment as the table shows it. `id` asks for it again. `before` and `after` are the sentences around
    it, at most `AROUND` code points."""

    id: int
    segment: SegmentRow
    method: Method
    place: str | None
    before: str
    after: str


def evidence_rows(reader: Reader, ids: Sequence[int], sentences: int = 1) -> list[EvidenceRow]:
    """The coded segments with these ids, in this order, with so many `sentences` of context on either side (what is
    left of a sentence that is cut counts as one). Those that no longer exist are left out."""
    found: dict[int, EvidenceRow] = {}
    kept: OrderedDict[int, str] = reader.cache.setdefault("evidence_bodies", OrderedDict())
    with reader.read() as session:
        for i in range(0, len(ids), _MANY):
            part = [int(number) for number in ids[i : i + _MANY]]
            result = session.connection().exec_driver_sql(_ROWS.format(marks=", ".join("?" * len(part))), tuple(part))
            edges: dict[int, list[int]] = {}
            for row in result.fetchall():
                if row.source_id not in edges:
                    edges[row.source_id] = json.loads(row.sentences)
                body = _body(session, kept, row.text_id)
                found[row.id] = _row(session, row, body, edges[row.source_id], sentences)
    return [found[number] for number in ids if number in found]


def guids_of(reader: Reader, ids: Sequence[int]) -> list[str]:
    """The guids of the coded segments with these ids, in this order; those that no longer exist are left out."""
    found: dict[int, str] = {}
    with reader.read() as session:
        for i in range(0, len(ids), _MANY):
            part = tuple(int(number) for number in ids[i : i + _MANY])
            sql = f"SELECT id, guid FROM segment WHERE id IN ({', '.join('?' * len(part))})"
            found |= {row[0]: row[1] for row in session.connection().exec_driver_sql(sql, part).fetchall()}
    return [found[int(number)] for number in ids if int(number) in found]


def id_of(reader: Reader, guid: str) -> int | None:
    """The id of the coded segment with this guid."""
    with reader.read() as session:
        rows = session.connection().exec_driver_sql("SELECT id FROM segment WHERE guid = ?", (guid,)).fetchall()
    return int(rows[0][0]) if rows else None


def _body(session: Session, kept: OrderedDict[int, str], number: int) -> str:
    """The text with this id; texts never change, so that the last ones are kept."""
    if number not in kept:
        sql = "SELECT body FROM source_text WHERE id = ?"
        ((kept[number],),) = session.connection().exec_driver_sql(sql, (number,)).fetchall()
        while len(kept) > 1 and sum(map(len, kept.values())) > KEPT:
            kept.popitem(last=False)
    kept.move_to_end(number)
    return kept[number]


def _row(session: Session, row: Any, body: str, edges: list[int], sentences: int) -> EvidenceRow:
    text = body[row.start : row.end]
    segment = SegmentRow(
        guid=row.guid, source=row.name, source_guid=row.source_guid, start=row.start, end=row.end, text=text,
        framework=row.framework, code=row.path, code_guid=row.code_guid, label_id=row.label_id, label_en=row.label_en,
        color=row.color, valence=row.valence, coder=row.coder, informants=_heard(session, row, text), memo=row.memo,
        exemplar=bool(row.exemplar), created_at=row.created_at, modified_at=row.modified_at, source_date=row.date,
        reported=bool(row.reported), topic=row.topic, topic_guid=row.topic_guid,
    )  # fmt: skip
    before, after = context(body, edges, row.start, row.end, sentences)
    return EvidenceRow(row.id, segment, row.method, row.place, before, after)


def context(body: str, edges: list[int], start: int, end: int, sentences: int) -> tuple[str, str]:
    """The text around `[start, end)`: back to the start of the sentence that is cut, or of the one before, and on to
    the end in the same way, `sentences` of them; what is left of a sentence counts when it has a word. `edges` are
    s0, e0, s1, e1, …"""
    if sentences < 1:
        return "", ""
    starts, ends = edges[::2], edges[1::2]
    begin, stop, left, right = start, end, sentences, sentences
    for s in reversed(starts[: bisect_left(starts, start)]):
        left -= _has_word(body[s:begin])
        begin = s
        if not left or start - begin > AROUND:
            break
    for e in ends[bisect_right(ends, end) :]:
        right -= _has_word(body[stop:e])
        stop = e
        if not right or stop - end > AROUND:
            break
    return body[max(begin, start - AROUND) : start], body[end : min(stop, end + AROUND)]


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _heard(session: Session, row: Any, text: str) -> tuple[str, ...]:
    """The informants who have a non-space character of their turns inside the segment, in the order they speak."""
    turns = session.connection().exec_driver_sql(_HEARD, (row.source_id, row.start, row.end)).fetchall()
    heard: dict[str, None] = {}
    for start, end, code in turns:
        if end > row.start and text[max(start - row.start, 0) : end - row.start].strip():
            heard[code] = None
    return tuple(heard)
