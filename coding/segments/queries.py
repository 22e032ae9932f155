"""Reading coded segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coding.project import Reader
from coding.segments.rows import SegmentRow
from coding.store.models import Code, Coder, Framework, Informant, Memo, Segment, Source, SourceText, Turn

_MANY = 800


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
        speakers, bodies = _speakers(session, here), _bodies(session, here)
    return [_row(row, bodies[row.source_id][row.start : row.end], speakers.get(row.source_id, [])) for row in found]


def _query() -> Any:
    return (
        select(
            Segment.id.label("segment_id"), Segment.guid, Segment.start, Segment.end, Segment.valence, Segment.exemplar,
            Segment.created_at, Segment.modified_at, Source.id.label("source_id"), Source.guid.label("source_guid"),
            Source.name, Source.date, Source.position, Framework.key.label("framework"),
            Code.path, Code.guid.label("code_guid"), Code.label_id, Code.label_en, Code.color,
            Coder.name.label("coder"), func.coalesce(Memo.text, "").label("memo"),
        )
        .join(Source, Source.id == Segment.source_id)
        .join(Code, Code.id == Segment.code_id)
        .join(Coder, Coder.id == Segment.coder_id)
        .outerjoin(Framework, Framework.id == Code.framework_id)
        .outerjoin(Memo, Memo.target_guid == Segment.guid)
        .order_by(Source.position, Segment.start, Segment.end, Segment.id)
    )  # fmt: skip


def _speakers(session: Session, sources: Collection[int]) -> dict[int, list[tuple[int, int, str]]]:
    """Informants' turns (start, end, code) of these sources, in order."""
    spoken: dict[int, list[tuple[int, int, str]]] = {}
    query = select(Turn.source_id, Turn.start, Turn.end, Informant.code).join(Informant).order_by(Turn.start)
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
        color=row.color, valence=row.valence, coder=row.coder, informants=_heard(row, text, turns), memo=row.memo,
        exemplar=bool(row.exemplar), created_at=row.created_at, modified_at=row.modified_at, source_date=row.date,
    )  # fmt: skip


def _heard(row: Any, text: str, turns: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """The informants who have a non-space character of their turns inside the segment, in the order they speak."""
    heard: dict[str, None] = {}
    for start, end, code in turns[max(bisect_right(turns, row.start, key=_start) - 1, 0) :]:
        if start >= row.end:
            break
        if end > row.start and text[max(start - row.start, 0) : end - row.start].strip():
            heard[code] = None
    return tuple(heard)


def _start(turn: tuple[int, int, str]) -> int:
    return turn[0]


def _parts(values: list[Any]) -> Iterable[list[Any]]:
    return (values[i : i + _MANY] for i in range(0, len(values), _MANY))
