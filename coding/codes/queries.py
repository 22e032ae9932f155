"""Reading frameworks and codes."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.codes.counts import segment_counts
from coding.codes.naming import is_own, own_framework
from coding.codes.rows import CodeRow, FrameworkRow
from coding.errors import CodingError
from coding.project import Reader
from coding.store.models import Code, Framework
from coding.text import normalise


def frameworks(project: Reader) -> list[FrameworkRow]:
    """The adopted frameworks with their codes and how many coded segments each has, in order."""
    with project.read() as session:
        rows = list(session.scalars(select(Framework).order_by(Framework.position, Framework.id)))
        codes = list(session.scalars(_codes().where(Code.framework_id.is_not(None))))
        counts = segment_counts(project, session)
        inside: dict[int | None, list[Code]] = {}
        for code in codes:
            inside.setdefault(code.framework_id, []).append(code)
        return [_framework(row, _rows(row, inside.get(row.id, []), counts)) for row in rows]


def open_codes(project: Reader) -> list[CodeRow]:
    """Codes under no framework in order, each followed by those below it."""
    with project.read() as session:
        found = list(session.scalars(_codes().where(Code.framework_id.is_(None))))
        return _rows(None, found, segment_counts(project, session))


def known_code(session: Session, path: str) -> str | None:
    """The guid of the code at `path` (`framework.dimension[.indicator]`, or an open code's name), whatever its case."""
    path = normalise(path)
    paths = dict(session.execute(select(Code.path, Code.guid)).all())
    return paths.get(path) or {known.casefold(): guid for known, guid in paths.items()}.get(path.casefold())


def code_guid(session: Session, path: str) -> str:
    """As `known_code`. Raises CodingError("code_unknown") naming the nearest."""
    guid = known_code(session, path)
    if guid is None:
        raise unknown_code(session, path)
    return guid


def unknown_code(session: Session, path: str) -> CodingError:
    """What to say when the project has no code `path`."""
    return CodingError("code_unknown", code=path, nearest=_nearest(path, list(session.scalars(select(Code.path)))))


def framework_by_key(session: Session, key: str) -> Framework:
    """The adopted framework `key`. Raises CodingError naming what the project has."""
    row = session.scalars(select(Framework).where(Framework.key == key)).first()
    if row is None:
        known = list(session.scalars(select(Framework.key).order_by(Framework.position)))
        raise CodingError("framework_not_adopted", key=key, known=", ".join(known) or "-")
    return row


def _nearest(path: str, known: list[str]) -> str:
    """The known path most like `path`, whatever its case: by the whole, then by the last part alone (`clarity`)."""
    wanted, by_path = path.casefold(), {p.casefold(): p for p in known}
    close = difflib.get_close_matches(wanted, list(by_path), 1, 0.75)
    if close:
        return by_path[close[0]]
    by_last = {folded.rpartition(".")[2]: p for folded, p in reversed(by_path.items())}
    close = difflib.get_close_matches(wanted.rpartition(".")[2], list(by_last), 1, 0.6)
    if close:
        return by_last[close[0]]
    close = difflib.get_close_matches(wanted, list(by_path), 1, 0)
    return by_path[close[0]] if close else "-"


def _codes() -> Any:
    return select(Code).order_by(Code.position, Code.id)


def _framework(row: Framework, codes: Sequence[CodeRow]) -> FrameworkRow:
    return FrameworkRow(
        guid=row.guid, key=row.key, edition=row.edition, label_id=row.label_id, label_en=row.label_en,
        codes=tuple(codes), segments=sum(code.segments for code in codes), own=own_framework(row),
        based_on=row.based_on, literature=tuple(json.loads(row.literature)),
    )  # fmt: skip


def _rows(framework: Framework | None, codes: Sequence[Code], counts: dict[int, int]) -> list[CodeRow]:
    """The codes of one framework (or the open ones), given in order of position: each before those below it."""
    below: dict[int | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code)
    rows: list[CodeRow] = []
    for number, top in enumerate(below.get(None, []), 1):
        inner = below.get(top.id, [])
        under = sum(counts.get(code.id, 0) for code in inner)
        rows.append(_row(top, framework, None, number, counts.get(top.id, 0), under))
        rows += [_row(code, framework, top.guid, i, counts.get(code.id, 0), 0) for i, code in enumerate(inner, 1)]
    return rows


def _row(code: Code, framework: Framework | None, parent: str | None, number: int, own: int, under: int) -> CodeRow:
    details: dict[str, Any] = json.loads(code.details)
    definition, look_for = details.get("definition", {}), details.get("look_for", {})
    cues = details.get("cues", {})
    return CodeRow(
        guid=code.guid,
        path=code.path,
        framework=framework.key if framework else None,
        parent=parent,
        level=code.level,  # type: ignore[arg-type]
        number=number,
        label_id=code.label_id,
        label_en=code.label_en,
        definition_id=definition.get("id", definition.get("en", "")),
        definition_en=definition.get("en", definition.get("id", "")),
        look_for_id=look_for.get("id", look_for.get("en", "")),
        look_for_en=look_for.get("en", look_for.get("id", "")),
        cues=(*cues.get("id", ()), *cues.get("en", ())),
        color=code.color,
        segments=own,
        segments_below=own + under,
        own=is_own(code.guid, code.path, framework),
    )
