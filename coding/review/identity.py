"""Which rows of another copy are rows of ours: by guid, else by what makes two of their kind one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from coding.review.copies import Copy, Person, Row, Values
from coding.review.tables import Spec, specs


@dataclass(slots=True)
class Identity:
    """`names` gives what is known there by one guid and here by another; `newcomers` are coders not known here, by the
    name they get; `namesakes` the names that somebody else has here."""

    names: dict[str, str] = field(default_factory=dict)
    newcomers: list[Person] = field(default_factory=list)
    namesakes: list[str] = field(default_factory=list)

    def here(self, guid: Any) -> Any:
        """What a row of the other copy is called here."""
        return self.names.get(guid, guid)

    def row(self, spec: Spec, row: Row) -> Row:
        """A row of the other copy as it would be here."""
        if not self.names or not (spec.refs or spec.soft):
            return row
        return tuple(
            self.names.get(value, value) if column in spec.refs or column in spec.soft else value
            for column, value in zip(spec.columns, row, strict=True)
        )

    def values(self, spec: Spec, values: Values | None) -> Values | None:
        """The same for values by column."""
        if values is None or not self.names:
            return values
        return {c: self.here(v) if c in spec.refs or c in spec.soft else v for c, v in values.items()}


def identify(ours: Copy, theirs: Copy, same_people: Collection[str] = ()) -> Identity:
    """Match the rows of `theirs` with those of `ours`. Who has a name that somebody else has here is somebody else,
    but for those named in `same_people`."""
    found = Identity()
    _remembered(ours, theirs, found)
    if theirs.guid != ours.guid:
        found.names[theirs.guid] = ours.guid
    _people(ours, theirs, same_people, found)
    for spec in specs().values():
        if spec.same:
            _rows(ours, theirs, spec, found)
    return found


def _remembered(ours: Copy, theirs: Copy, found: Identity) -> None:
    here: set[str] = {*ours.people, *(guid for table in ours.tables.values() for guid in table)}
    for guid, stamp in ours.knowledge.stamps.items():
        if stamp.same_as is not None:
            found.names[guid] = stamp.same_as
    for guid, stamp in theirs.knowledge.stamps.items():
        # there our row has become part of another, which is not known here by its name there
        if stamp.same_as is not None and guid in here and stamp.same_as not in here:
            found.names.setdefault(stamp.same_as, found.here(guid))


def _people(ours: Copy, theirs: Copy, same_people: Collection[str], found: Identity) -> None:
    by_name = {person.name: person.guid for person in ours.people.values()}
    for person in theirs.people.values():
        if found.here(person.guid) in ours.people:
            continue
        if person.name not in by_name:
            name = person.name
        elif person.name in same_people:
            found.names[person.guid] = by_name[person.name]
            continue
        else:
            found.namesakes.append(person.name)
            name = numbered(person.name, by_name)
        by_name[name] = person.guid
        found.newcomers.append(Person(person.guid, name, person.role, person.initials, person.color))


def _rows(ours: Copy, theirs: Copy, spec: Spec, found: Identity) -> None:
    mine, others, knowledge, there = ours.tables[spec.name], theirs.tables[spec.name], ours.knowledge, theirs.knowledge
    strange = [
        guid for guid in others
        if guid not in mine and guid not in found.names and guid not in knowledge.steps and guid not in knowledge.stamps
    ]  # fmt: skip
    if not strange:
        return
    at = [spec.columns.index(column) for column in spec.same]
    taken = {here for guid, here in found.names.items() if guid in others}
    places: dict[tuple[Any, ...], str] = {}
    for guid, row in mine.items():
        if guid not in others and guid not in taken and guid not in there.steps and guid not in there.stamps:
            places.setdefault(tuple(row[n] for n in at), guid)
    for guid in strange:
        row = found.row(spec, others[guid])
        match = places.pop(tuple(row[n] for n in at), None)
        if match is not None:
            found.names[guid] = match


def numbered(name: str, taken: Collection[str]) -> str:
    """`name` with ` (2)` and so on behind it, so that nobody has it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
