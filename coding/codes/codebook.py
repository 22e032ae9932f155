"""A framework to be read: everything its edition says of each dimension and indicator, as the project adopted it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.codes.queries import framework_by_key
from coding.project import Reader
from coding.store.models import Code, Framework, Segment, Source

_TEXTS = ("definition", "look_for", "not_this")
_LISTS = ("questions", "cues", "cues_supporting", "cues_inhibiting")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the codebook. `texts` and `lists` are by name and language; `exemplars` are guids of the segments
    starred on this very code, in the order of the text; `segments` counts those on the code alone."""

    guid: str
    path: str
    number: str
    level: str
    parent: str | None
    label_id: str
    label_en: str
    color: int
    texts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    literature: tuple[str, ...]
    segments: int
    exemplars: tuple[str, ...]

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en

    def text(self, name: str, language: str) -> str:
        """`definition`, `look_for` or `not_this` in `language`, in the other where that has none."""
        found = self.texts.get(name, {})
        return found.get(language) or next(iter(found.values()), "")

    def items(self, name: str, language: str) -> tuple[str, ...]:
        """`questions`, `cues`, `cues_supporting` or `cues_inhibiting` in `language` alone."""
        return self.lists.get(name, {}).get(language, ())


@dataclass(frozen=True, slots=True)
class Codebook:
    """A framework's entries: each dimension followed by its indicators."""

    guid: str
    key: str
    edition: int
    label_id: str
    label_en: str
    literature: tuple[str, ...]
    entries: tuple[Entry, ...]

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en

    def find(self, query: str, language: str) -> tuple[Entry, ...]:
        """The entries in which every word of `query` stands somewhere, whatever its case; all for an empty query."""
        words = query.casefold().split()
        return tuple(entry for entry in self.entries if all(word in _searched(entry, language) for word in words))


def codebook(project: Reader, framework: str) -> Codebook:
    """The codebook of the adopted framework. Raises CodingError("framework_not_adopted")."""
    with project.read() as session:
        row = framework_by_key(session, framework)
        codes = list(session.scalars(select(Code).where(Code.framework_id == row.id).order_by(Code.position, Code.id)))
        counts, stars = _counts(session, row), _exemplars(session, row)
        entries: list[Entry] = []
        for number, dimension in enumerate((code for code in codes if code.parent_id is None), 1):
            entries.append(_entry(dimension, f"{number}", None, counts, stars))
            below = [code for code in codes if code.parent_id == dimension.id]
            entries += [_entry(code, f"{number}.{i}", dimension, counts, stars) for i, code in enumerate(below, 1)]
        literature = tuple(json.loads(row.literature))
        return Codebook(row.guid, row.key, row.edition, row.label_id, row.label_en, literature, tuple(entries))


def _entry(
    code: Code, number: str, parent: Code | None, counts: Mapping[int, int], stars: Mapping[int, list[str]]
) -> Entry:
    details: dict[str, Any] = json.loads(code.details)
    return Entry(
        guid=code.guid,
        path=code.path,
        number=number,
        level=code.level,
        parent=parent.guid if parent else None,
        label_id=code.label_id,
        label_en=code.label_en,
        color=code.color,
        texts={name: details.get(name, {}) for name in _TEXTS},
        lists={name: {k: tuple(v) for k, v in details.get(name, {}).items()} for name in _LISTS},
        literature=tuple(details.get("literature", ())),
        segments=counts.get(code.id, 0),
        exemplars=tuple(stars.get(code.id, ())),
    )


def _counts(session: Session, framework: Framework) -> dict[int, int]:
    query = select(Segment.code_id, func.count()).join(Code).where(Code.framework_id == framework.id)
    return dict(session.execute(query.group_by(Segment.code_id)).all())


def _exemplars(session: Session, framework: Framework) -> dict[int, list[str]]:
    starred: dict[int, list[str]] = {}
    query = (
        select(Segment.code_id, Segment.guid)
        .join(Code)
        .join(Source, Source.id == Segment.source_id)
        .where(Code.framework_id == framework.id, Segment.exemplar == 1)
        .order_by(Source.position, Segment.start, Segment.id)
    )
    for code, guid in session.execute(query):
        starred.setdefault(code, []).append(guid)
    return starred


def _searched(entry: Entry, language: str) -> str:
    texts = [entry.label_id, entry.label_en, *(entry.text(name, language) for name in _TEXTS)]
    lists = [item for name in _LISTS for items in entry.lists.get(name, {}).values() for item in items]
    return "\n".join([*texts, *lists]).casefold()
