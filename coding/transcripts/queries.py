"""Reading sources, their texts and their turns."""

from __future__ import annotations

import difflib
import json
import sqlite3
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.project import Reader
from coding.store.models import Informant, Original, Segment, Source, SourceText, Turn
from coding.store.sql import rows
from coding.transcripts.rows import SourceRow, TurnRow
from coding.transcripts.rows import SourceText as OpenText


def sources(project: Reader, only: str | None = None, coder: str | None = None) -> list[SourceRow]:
    """All sources in the order of the study, or just the one with guid `only`; with what is coded in them, by the
    coder of that name if one is given."""
    with project.read() as session:
        # the length of a stored file is known without reading it
        size = func.coalesce(func.length(Original.body), 0)
        query = (
            select(Source, SourceText.characters, SourceText.words, size)
            .join(SourceText)
            .outerjoin(Original, Original.hash == Source.file_hash)
            .order_by(Source.position)
        )
        where, params = "", tuple[str, ...]()
        if only is not None:
            query = query.where(Source.guid == only)
            where, params = "WHERE source_id = (SELECT id FROM source WHERE guid = ?)", (only,)
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        # straight from the driver: there may be a million
        by = f"{'AND' if where else 'WHERE'} coder_id = (SELECT id FROM coder WHERE name = ?)" if coder else ""
        listed = f'SELECT source_id, start, "end" FROM segment {where} {by} ORDER BY source_id, start'
        segments = rows(connection, listed, *params, *([coder] if coder else ()))
        turns = rows(
            connection,
            'SELECT source_id, start, "end", kind, code FROM turn LEFT JOIN informant ON informant.id = informant_id '
            f"{where} ORDER BY source_id, start",
            *params,
        )
        spans, spoken = _grouped(segments), _grouped(turns)
        return [
            replace(
                _source_row(source, characters, words, spans.get(source.id, []), spoken.get(source.id, [])),
                original=kept,
            )
            for source, characters, words, kept in session.execute(query)
        ]


def _grouped(found: list[Any]) -> dict[int, list[Any]]:
    """The rows by their first column, which stays in them."""
    return {source: list(group) for source, group in groupby(found, key=itemgetter(0))}


def _source_row(source: Source, characters: int, words: int, spans: list[Any], turns: list[Any]) -> SourceRow:
    heard = [(start, end) for _, start, end, kind, _ in turns if kind != "researcher"]
    countable = heard if turns else [(source.header_end, characters)]
    return SourceRow(
        guid=source.guid, name=source.name, method=source.method, date=source.date, place=source.place,  # type: ignore[arg-type]
        characters=characters, words=words, turns=len(turns),
        informants=tuple(dict.fromkeys(code for *_, code in turns if code)), segments=len(spans),
        coded=_share(countable, spans), left_out=bool(source.left_out), own_statements=bool(source.own_statements),
    )  # fmt: skip


def _share(countable: list[tuple[int, int]], spans: list[Any]) -> float:
    """The share of the code points of `countable` that lie in a coded segment; both are sorted by start."""
    total = sum(end - start for start, end in countable)
    covered: list[list[int]] = []
    for _, start, end in spans:
        if covered and start <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], end)
        else:
            covered.append([start, end])
    inside, first = 0, 0
    for start, end in countable:
        while first < len(covered) and covered[first][1] <= start:
            first += 1
        for c_start, c_end in covered[first:]:
            if c_start >= end:
                break
            inside += min(end, c_end) - max(start, c_start)
    return inside / total if total else 0.0


def find_source(project: Reader, name: str) -> str:
    """The guid of the source called `name`, whatever its case. Raises CodingError naming the nearest."""
    with project.read() as session:
        return source_guid(session, name)


def source_guid(session: Session, name: str) -> str:
    """As `find_source`, inside a session."""
    known = dict(session.execute(select(Source.name, Source.guid)).all())
    if name in known:
        return known[name]
    folded = {n.casefold(): g for n, g in known.items()}
    if name.casefold() in folded:
        return folded[name.casefold()]
    nearest = difflib.get_close_matches(name, list(known), 1, 0.3)
    if nearest:
        raise CodingError("source_unknown", source=name, nearest=nearest[0])
    raise CodingError("source_unknown_none", source=name)


def source_text(project: Reader, guid: str) -> OpenText:
    """The source with guid `guid`, with its text, turns and sentences. Raises CodingError when it is gone."""
    with project.read() as session:
        found = session.execute(
            select(Source, SourceText.body).join(SourceText).where(Source.guid == guid)
        ).one_or_none()
        if found is None:
            raise CodingError("source_unknown_none", source=guid)
        source, body = found
        turns = session.execute(
            select(
                Turn.guid,
                Turn.start,
                Turn.end,
                Turn.label_start,
                Turn.label_end,
                Turn.kind,
                Turn.label,
                Informant.code,
                Informant.guid,
            )
            .outerjoin(Informant)
            .where(Turn.source_id == source.id)
            .order_by(Turn.start)
        ).all()
        flat: list[int] = json.loads(source.sentences)
        return OpenText(
            guid=source.guid, name=source.name, method=source.method, date=source.date, place=source.place,  # type: ignore[arg-type]
            text=body, header_end=source.header_end, turns=tuple(TurnRow(*row) for row in turns),  # type: ignore[arg-type]
            sentences=tuple(zip(flat[::2], flat[1::2], strict=True)),
        )  # fmt: skip


def total_segments(project: Reader) -> int:
    """How many coded segments the project has."""
    with project.read() as session:
        return session.scalar(select(func.count()).select_from(Segment)) or 0
