"""Reading frameworks and codes."""

from __future__ import annotations

import difflib
import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.codes.rows import CodeRow, FrameworkRow
from coding.errors import CodingError
from coding.project import Reader
from coding.store.models import Code, Framework, Segment
from coding.text import normalise


def frameworks(project: Reader) -> list[FrameworkRow]:
    """The adopted frameworks with their codes and how many coded segments each has, in order."""
    with project.read() as session:
        counts = _segment_counts(session)
        rows = []
        for framework in session.scalars(select(Framework).order_by(Framework.position)):
            codes = _ordered(session, framework)
            items = tuple(_row(code, framework, codes, counts) for code in codes)
            rows.append(
                FrameworkRow(
                    guid=framework.guid, key=framework.key, edition=framework.edition, label_id=framework.label_id,
                    label_en=framework.label_en, codes=items, segments=sum(row.segments for row in items),
                )
            )  # fmt: skip
        return rows


def open_codes(project: Reader) -> list[CodeRow]:
    """Codes under no framework, by name."""
    with project.read() as session:
        counts = _segment_counts(session)
        found = list(session.scalars(select(Code).where(Code.framework_id.is_(None)).order_by(Code.position)))
        return [_row(code, None, found, counts) for code in found]


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


def _segment_counts(session: Session) -> dict[int, int]:
    rows = session.execute(select(Segment.code_id, func.count()).group_by(Segment.code_id)).all()
    return dict(rows)


def _ordered(session: Session, framework: Framework) -> list[Code]:
    codes = list(session.scalars(select(Code).where(Code.framework_id == framework.id).order_by(Code.position)))
    below: dict[int | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code)
    return [code for top in below.get(None, []) for code in (top, *below.get(top.id, []))]


def _row(code: Code, framework: Framework | None, siblings: list[Code], counts: dict[int, int]) -> CodeRow:
    details: dict[str, Any] = json.loads(code.details)
    definition, look_for = details.get("definition", {}), details.get("look_for", {})
    cues = details.get("cues", {})
    level = [c for c in siblings if c.parent_id == code.parent_id]
    own = counts.get(code.id, 0)
    parent = next((c.guid for c in siblings if c.id == code.parent_id), None)
    return CodeRow(
        guid=code.guid,
        path=code.path,
        framework=framework.key if framework else None,
        parent=parent,
        level=code.level,  # type: ignore[arg-type]
        number=level.index(code) + 1,
        label_id=code.label_id,
        label_en=code.label_en,
        definition_id=definition.get("id", ""),
        definition_en=definition.get("en", definition.get("id", "")),
        look_for_id=look_for.get("id", ""),
        look_for_en=look_for.get("en", look_for.get("id", "")),
        cues=(*cues.get("id", ()), *cues.get("en", ())),
        color=code.color,
        segments=own,
        segments_below=own + sum(counts.get(c.id, 0) for c in siblings if c.parent_id == code.id),
    )
