"""Coded segments of the whole project that lie wholly in the researcher's turns, and the notice that says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from coding.analysis.evidence import Evidence, evidence
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
    if not found.unheard:
        return []
    if framework not in found.researchers:
        found.researchers[framework] = _look(session, found, framework)
    return found.researchers[framework]


def _look(session: Session, found: Evidence, framework: int) -> list[str]:
    codes = {code for (code,) in _all(session, "SELECT id FROM code WHERE framework_id = ?", framework)}
    turns: dict[int, list[tuple[int, int]]] = {}
    result: list[tuple[int, int, int, int]] = []
    for segment, (place, start, end, code) in found.unheard.items():
        if code not in codes:
            continue
        if segment not in found.researcher:
            if place not in turns:
                turns[place] = _turns(session, found.sources[place].id)
            found.researcher[segment] = wholly_within(found.sources[place].text, start, end, turns[place])
        if found.researcher[segment]:
            result.append((place, start, end, segment))
    result.sort()
    return [found.guids[segment] for *_, segment in result]


def _turns(session: Session, source: int) -> list[tuple[int, int]]:
    sql = "SELECT min(label_start, start), \"end\" FROM turn WHERE source_id = ? AND kind = 'researcher' ORDER BY start"
    return [(start, end) for start, end in _all(session, sql, source)]


def _all(session: Session, sql: str, *params: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, params).fetchall())
