"""One copy of a project as a merge sees it: every row by its guid, with the guids of what it refers to."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from coding.errors import CodingError
from coding.reasons import BAD_STAMPS
from coding.review import clocks
from coding.review.tables import Spec, specs
from coding.store.sql import rows

Row = tuple[Any, ...]
Values = dict[str, Any]
_TARGET_KEY = {"source_text": "hash"}


@dataclass(frozen=True, slots=True)
class Person:
    """A coder."""

    guid: str
    name: str
    role: str
    initials: str
    color: int


@dataclass(slots=True)
class Copy:
    """All of one file that a merge looks at. `tables` hold the values in the order of `Spec.columns`."""

    connection: sqlite3.Connection
    guid: str
    title: str
    knowledge: clocks.Knowledge
    tables: dict[str, dict[str, Row]]
    people: dict[str, Person]
    _bodies: dict[str, str] = field(default_factory=dict)

    def values(self, spec: Spec, guid: str) -> Values | None:
        """The row as a dict; with positions also `@`, the hash of the text they are in."""
        row = self.tables[spec.name].get(guid)
        if row is None:
            return None
        found = dict(zip(spec.columns, row, strict=True))
        if spec.positions:
            found["@"] = self.text_hash(found["source_id"])
        return found

    def heads(self, spec: Spec, guid: str, values: Values | None) -> clocks.Heads:
        """The versions of the row beside each other. One written before a column came has what the row has there."""
        known, found = self.knowledge.known(guid), self.knowledge.heads(guid, values)
        for version, was in found.items():
            if was is None:
                continue
            if not was.keys() >= {*spec.columns}:
                if values is None:
                    return {clocks.latest(known): None}
                was = {**values, **was}
            if clocks.PAST not in was:
                was = {**was, clocks.PAST: known - (found.keys() - {version})}
            found[version] = was
        return found

    def text_hash(self, source: str) -> str | None:
        """The hash of the text that the source has in this copy."""
        row = self.tables["source"].get(source)
        return None if row is None else row[_TEXT]

    def body(self, digest: str) -> str | None:
        """The text with this hash, None when this copy has no such text."""
        if digest not in self._bodies:
            for (body,) in rows(self.connection, "SELECT body FROM source_text WHERE hash = ?", digest):
                self._bodies[digest] = body
        return self._bodies.get(digest)


_TEXT = specs()["source"].columns.index("text_id")


def load(connection: sqlite3.Connection) -> Copy:
    """Read a whole copy; nothing is written. Raises CodingError when what it says of versions can't be understood."""
    try:
        knowledge = clocks.read(connection)
        for stamp in knowledge.stamps.values():
            if (spec := specs().get(stamp.table)) is not None:
                for values in stamp.heads.values():
                    _refuse_strange(spec, values or {})
    except (ValueError, TypeError, IndexError) as error:
        raise CodingError("merge_unfit", reason=BAD_STAMPS) from error
    ((guid, title),) = rows(connection, "SELECT guid, title FROM project")
    people = rows(connection, "SELECT guid, name, role, initials, color FROM coder")
    return Copy(
        connection=connection,
        guid=guid,
        title=title,
        knowledge=knowledge,
        tables={name: {row[0]: row[1:] for row in rows(connection, _select(spec))} for name, spec in specs().items()},
        people={person[0]: Person(*person) for person in people},
    )


def _refuse_strange(spec: Spec, values: Values) -> None:
    """Raises TypeError for values that such a row can't have; the columns of the database refuse others."""
    for column in spec.columns:
        value = values.get(column)
        wanted = str if column in spec.words or column in spec.refs else int
        written = column in spec.texts and column in values
        if not isinstance(value, wanted) and (value is not None or written):
            raise TypeError(column)
    if not isinstance(values.get("@", ""), str | None):
        raise TypeError("@")


def _select(spec: Spec) -> str:
    columns, joins = ["t.guid"], []
    for number, column in enumerate(spec.columns):
        if target := spec.refs.get(column):
            columns.append(f"r{number}.{_TARGET_KEY.get(target, 'guid')}")
            joins.append(f'LEFT JOIN "{target}" r{number} ON r{number}.id = t."{column}"')
        else:
            columns.append(f't."{column}"')
    return f'SELECT {", ".join(columns)} FROM "{spec.name}" t {" ".join(joins)} ORDER BY t.id'
