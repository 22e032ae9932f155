"""Coded segments of the whole project that lie wholly in the researcher's turns, and the notice that says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from coding.analysis.evidence import SEGMENT, Evidence, evidence
from coding.codes.queries import framework_by_key
from coding.project import Reader
from coding.transcripts.researcher import wholly_within
from coding.words import Notice

RESEARCHER = "{count} coded segment lies in the researcher's turns and counts nowhere"
_MANY = "{count} coded segments lie in the researcher's turns and count nowhere"


def researcher_segments(project: Reader, framework: str) -> tuple[str, ...]:
    """The guids of the segments with codes of `framework` that lie wholly in turns of the researcher, in the order of
    sources and of the text; not in sources that are left out. Raises CodingError for an unknown framework."""
    with project.read() as session:
        return tuple(_of(session, evidence(project, session), framework_by_key(session, framework).id))


def researcher_notice(session: Session, found: Evidence, framework: int) -> tuple[Notice, ...]:
    """“3 coded segments lie in the researcher's turns and count nowhere”, over the framework with this id."""
    return notice(len(_of(session, found, framework)))


def notice(count: int) -> tuple[Notice, ...]:
    """The notice for `count` segments; none for none."""
    return (Notice(RESEARCHER, (("count", count),), _MANY),) if count else ()


def _of(session: Session, found: Evidence, framework: int) -> list[str]:
    unheard = _unheard(session, found)
    if not unheard:
        return []
    codes = {code for (code,) in _all(session, "SELECT id FROM code WHERE framework_id = ?", framework)}
    return [guid for guid, code in unheard if code in codes]


def _unheard(session: Session, found: Evidence) -> list[tuple[str, int]]:
    """Guid and code of the segments no voice of which is counted and that the researcher alone speaks."""
    import numpy as np

    heard = np.unique(found.claims[:, SEGMENT])
    # most of the time every segment is heard, and nothing has to be looked at
    if _all(session, "SELECT count(*) FROM segment")[0][0] == len(heard):
        return []
    known = {source.id: source for source in found.sources if source.counted}
    ids = np.array([row[0] for row in _all(session, "SELECT id FROM segment")], np.int64)
    rest = np.setdiff1d(ids, heard).tolist()
    rows = [row for first in range(0, len(rest), 500) for row in _segments(session, rest[first : first + 500])]
    turns: dict[int, list[tuple[int, int]]] = {}
    result: list[tuple[int, int, int, str, int]] = []
    for guid, code, source, start, end in rows:
        if source not in known:
            continue
        if source not in turns:
            turns[source] = _turns(session, source)
        if wholly_within(known[source].text, start, end, turns[source]):
            result.append((source, start, end, guid, code))
    order = {source.id: place for place, source in enumerate(found.sources)}
    result.sort(key=lambda one: (order[one[0]], *one[1:3]))
    return [(guid, code) for *_, guid, code in result]


def _segments(session: Session, ids: list[int]) -> list[Any]:
    marks = ", ".join(map(str, ids))
    return _all(session, f'SELECT guid, code_id, source_id, start, "end" FROM segment WHERE id IN ({marks})')


def _turns(session: Session, source: int) -> list[tuple[int, int]]:
    sql = "SELECT min(label_start, start), \"end\" FROM turn WHERE source_id = ? AND kind = 'researcher' ORDER BY start"
    return [(start, end) for start, end in _all(session, sql, source)]


def _all(session: Session, sql: str, *params: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, params).fetchall())
