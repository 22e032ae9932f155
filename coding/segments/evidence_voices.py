"""Who is heard in which coded segment, for all segments of a study at once (DOMAIN.md §3, "What counts"): the same as
`coding.analysis.evidence` says for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.project import Reader
from coding.segments.evidence_table import EvidenceTable, table

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Numbers = np.ndarray[Any, np.dtype[Any]]

SOURCES = 100
"""Sources whose turns are read at a time."""
_MANY = 500
_FAR = 1 << 32
"""More than any position in a text."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`segment` (a place in the table) and `informant` (an id) are pairs, in the order of the table and then of speech;
    `counted` says of each segment whether a voice that counts is heard in it."""

    segment: Numbers
    informant: Numbers
    counted: Numbers


def heard(session: Session, made: EvidenceTable) -> Heard:
    """Who is heard, worked out once for a state of the table."""
    found = made.extra.get("heard")
    if not isinstance(found, Heard):
        _read_spans(session, made, len(made.text_of))
        made.extra["heard"] = found = _work_out(made)
    return found


def prepare_voices(reader: Reader) -> Iterator[float]:
    """Work out who is heard beforehand, in small reads; gives the share (0–1) that is done."""
    while True:
        with reader.read() as session:
            made = table(reader, session)
            rest = _read_spans(session, made, SOURCES)
        if not rest:
            made.extra.setdefault("heard", None)
            if made.extra["heard"] is None:
                made.extra["heard"] = _work_out(made)
            return
        yield 1 - rest / len(made.text_of)


def _read_spans(session: Session, made: EvidenceTable, most: int) -> int:
    """For up to `most` further sources: the turns of informants, and the stretches of voices that count, as rows
    (start, end, informant), without white space at their ends: what begins and ends with a letter is heard wherever it
    is cut. Gives how many sources are left."""
    import numpy as np

    spans: dict[int, tuple[Numbers, Numbers]] = made.extra.setdefault("spans", {})
    missing = [source for source in made.sources() if source not in spans]
    left_out = {row[0] for row in _rows(session, "SELECT id FROM informant WHERE left_out")}
    for i in range(0, min(most, len(missing)), _MANY):
        part = missing[i : min(i + _MANY, most)]
        marks = ", ".join("?" * len(part))
        turns: dict[int, list[Any]] = {source: [] for source in part}
        sql = f'SELECT source_id, start, "end", kind, informant_id FROM turn WHERE source_id IN ({marks}) '
        for source, *turn in _rows(session, sql + "ORDER BY source_id, start", *part):
            turns[source].append(turn)
        sql = f"SELECT id, method, left_out OR own_statements FROM source WHERE id IN ({marks})"
        for source, method, out in _rows(session, sql, *part):
            text, here = made.text(session, source), turns[source]
            own = [(start, end, who) for start, end, _, who in here if who is not None]
            counted = [] if out else _counted_spans(source, method, text, here, left_out)
            spans[source] = tuple(  # type: ignore[assignment]
                np.array(_trimmed(text, rows), np.int64).reshape(-1, 3) for rows in (own, counted)
            )
    return max(len(missing) - most, 0)


def _work_out(made: EvidenceTable) -> Heard:
    import numpy as np

    spans = made.extra["spans"]
    spoken, counted = (
        np.concatenate(
            [
                np.column_stack([np.full(len(spans[source][kind]), place), spans[source][kind]])
                for place, source in enumerate(made.sources())
            ]
            or [np.empty((0, 4), np.int64)]
        )
        for kind in (0, 1)
    )
    segment, span = _overlaps(made, spoken)
    marks = np.zeros(len(made), bool)
    marks[_overlaps(made, counted)[0]] = True
    return Heard(segment.astype(np.int32), spoken[span, 3].astype(np.int32), marks)


def _counted_spans(source: int, method: str, text: str, turns: list[Any], left_out: set[int]) -> list[Any]:
    from coding.analysis.evidence import SourceInfo, _voice_spans

    info = SourceInfo(source, "", method, None, None, text, True)
    heard = [(start, end, kind, None if who in left_out else who) for start, end, kind, who in turns]
    return _voice_spans(info, heard, [])


def _trimmed(text: str, spans: list[Any]) -> list[tuple[int, int, int]]:
    made = []
    for start, end, who in spans:
        while start < end and text[end - 1] == " ":
            end -= 1
        while start < end and text[start] == " ":
            start += 1
        if start < end:
            made.append((start, end, who))
    return made


def _overlaps(made: EvidenceTable, spans: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs (place of a segment in the table, place of a span) that share a code point, in that order."""
    import numpy as np

    assert made.rank is not None
    base = made.rank[made["source"]] * _FAR
    starts, ends = base + made["start"], base + made["end"]
    opened, closed = spans[:, 0] * _FAR + spans[:, 1], spans[:, 0] * _FAR + spans[:, 2]
    first = np.searchsorted(np.maximum.accumulate(closed) if len(closed) else closed, starts, "right")
    counts = np.maximum(np.searchsorted(opened, ends, "left") - first, 0)
    segment = np.repeat(np.arange(len(made)), counts)
    offset = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    span = first[segment] + offset
    real = closed[span] > starts[segment]
    return segment[real], span[real]


def _rows(session: Session, sql: str, *params: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, params).fetchall())
