"""Logical time: which version of each row a copy of a project has, and which versions it builds on.

Every step has a Lamport number, `operation.clock`: later than every step that was known then. A version of a
row is named by the step that made it; the journal, of which who, what and when stay for good, tells all versions that a
row went through in this file, and `stamp` rows those it went through elsewhere before a merge brought it. So two copies
can tell for each row whether one builds on the other, or both went on by themselves.

Source: Lamport (1978) for the clock; a register that keeps the versions side by side that do not know of each other,
after Shapiro and others (2011), for the rest.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from coding.errors import mark
from coding.review.tables import TEXT_COLUMNS
from coding.store.journal import COLUMNS
from coding.store.sql import rows

MERGE = mark("Merge {name}")
"""The title of the step that merges. Its changes are no versions of their own: the stamps say whose they are."""
Version = tuple[int, str, str]
"""Logical time, guid of the coder, guid of the step; in this order the later one is greater."""
Known = frozenset[Version]
Heads = dict[Version, dict[str, Any] | None]
"""The versions of a row that stand beside each other, with its values; None where it was removed. Under `PAST` the
values say which versions this one builds on, itself among them."""
PAST = "~"
Touched = dict[str, dict[Version, frozenset[str]]]
"""By guid of the row, of versions that changed some of its columns: which."""
NEVER: Version = (0, "", "")
NONE: Known = frozenset()
LATEST = 2**53
"""No study gets that old; what claims to be later was made to win."""
_WITH_TEXT = frozenset({*TEXT_COLUMNS, "modified_at"})
_NAMESPACE = uuid.UUID("0d6f6e60-53b4-4a53-8f5e-3f6f8a3d3c7e")


def derived(*parts: str) -> str:
    """The same guid for the same parts in every copy."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def follows(version: Version, why: str, guid: str) -> Version:
    """The version that a merge itself makes out of `version`, the same whoever merges."""
    return (version[0], version[1] + "~", derived(why, guid, version[2]))


def text_of(source: str) -> str:
    """The name under which the versions of a source's text are kept, apart from those of its details."""
    return f"text:{source}"


def latest(known: Iterable[Version]) -> Version:
    """The greatest version, `NEVER` when there is none."""
    return max(known, default=NEVER)


@dataclass(frozen=True, slots=True)
class StampRow:
    """A stamp as it is stored, its JSON read."""

    table: str
    version: Version
    known: Known
    heads: Heads
    same_as: str | None
    touched: dict[Version, frozenset[str]]


@dataclass(slots=True)
class Knowledge:
    """What one copy knows of the versions of its rows."""

    steps: dict[str, Known] = field(default_factory=dict)
    """By the guid of the row: the versions made in this file, and in those it was copied from."""
    removed: dict[str, str] = field(default_factory=dict)
    """The guid of each row that is gone, and its table."""
    stamps: dict[str, StampRow] = field(default_factory=dict)
    touched: Touched = field(default_factory=dict)
    clock: int = 0

    def known(self, guid: str) -> Known:
        """Every version that the row builds on, its own among them."""
        made, stamp = self.steps.get(guid, NONE), self.stamps.get(guid)
        return made if stamp is None else made | stamp.known if made else stamp.known

    def columns(self, guid: str, version: Version) -> frozenset[str] | None:
        """The columns of the row that the version changed; None for all, or when that is not known."""
        stamp = self.stamps.get(guid)
        return self.touched.get(guid, {}).get(version) or (stamp.touched.get(version) if stamp is not None else None)

    def heads(self, guid: str, values: dict[str, Any] | None) -> Heads:
        """The versions of the row beside each other; `values` are those it has in this file."""
        stamp = self.stamps.get(guid)
        if stamp is not None and stamp.heads and self.steps.get(guid, NONE) <= stamp.known:
            return dict(stamp.heads)
        return {latest(self.known(guid)): values}


def read(connection: sqlite3.Connection) -> Knowledge:
    """What the file of `connection` knows. Steps of merging, and of undoing and redoing one, count for nothing."""
    found = Knowledge()
    merges = {n for (n,) in rows(connection, "SELECT id FROM operation WHERE title = ? AND kind = 'do'", MERGE)}
    versions: dict[int, Known] = {}
    sql = "SELECT id, clock, coder_guid, guid, target_id FROM operation"
    for number, clock, coder, guid, target in rows(connection, sql):
        found.clock = max(found.clock, clock)
        if number not in merges and target not in merges:
            versions[number] = frozenset({(clock, coder, guid)})
    _from_journal(connection, versions, found)
    _from_stamps(connection, found)
    return found


def _from_journal(connection: sqlite3.Connection, versions: dict[int, Known], found: Knowledge) -> None:
    shifted = set(rows(connection, "SELECT operation_id, row_guid FROM change WHERE action = 'S'"))
    columns: dict[str | None, frozenset[str]] = {}
    steps, removed = found.steps, found.removed
    unions: dict[tuple[Known, Known], Known] = {}  # most rows share their history with many others

    def add(guid: str, version: Known) -> None:
        before = steps.get(guid)
        if before is None:
            steps[guid] = version
        elif not version <= before:
            both = (before, version)
            steps[guid] = unions[both] = unions.get(both) or before | version

    sql = f"SELECT row_guid, operation_id, action, table_name, {COLUMNS} FROM change c WHERE table_name <> 'stamp' "
    for guid, number, action, table, listed in rows(connection, sql + "ORDER BY id"):
        version = versions.get(number)
        if version is None:
            continue
        if table == "source" and action in "SI":
            add(text_of(guid), version)
        if listed not in columns:
            columns[listed] = frozenset(json.loads(listed or "[]"))
        # the details of a source are not what an edit of its text changed, unless the step changed them, too
        of_text = action == "U" and (number, guid) in shifted and columns[listed] <= _WITH_TEXT
        if action != "S" and not of_text:
            _touch(found, guid, version, columns[listed])
            add(guid, version)
        if action == "D":
            removed[guid] = table
        elif action == "I":
            removed.pop(guid, None)


def _touch(found: Knowledge, guid: str, made: Known, columns: frozenset[str]) -> None:
    """Take note of the columns that a step changed; of all where it made or removed the row."""
    (version,) = made
    first = version not in found.steps.get(guid, NONE)
    held = found.touched.get(guid)
    if not columns:
        if held is not None:
            held.pop(version, None)
    elif first:
        found.touched.setdefault(guid, {})[version] = columns
    elif held is not None and version in held:
        held[version] |= columns


def _from_stamps(connection: sqlite3.Connection, found: Knowledge) -> None:
    sql = "SELECT table_name, row_guid, clock, coder_guid, operation_guid, known, heads, same_as FROM stamp"
    for table, guid, clock, coder, step, known, heads, same_as in rows(connection, sql):
        version = (clock, coder, step)
        listed = json.loads(known) if known else [version]
        order = [(n, who, what) for n, who, what, *_ in listed]
        builds_on = frozenset(order)
        beside = _beside(json.loads(heads), order) if heads else {}
        if not all(isinstance(n, int) and 0 <= n <= LATEST for n, _, _ in (*builds_on, *beside)):
            raise ValueError(guid)
        touched = {(n, who, what): frozenset(map(str, more[0])) for n, who, what, *more in listed if more}
        found.stamps[guid] = StampRow(table, version, builds_on, beside, same_as, touched)
        found.clock = max(found.clock, clock)


def _beside(written: list[Any], order: list[Version]) -> Heads:
    found: Heads = {}
    for n, who, what, values, *past in written:
        if not (values is None or isinstance(values, dict)):
            raise ValueError(what)
        if values is not None:
            values.pop(PAST, None)
            if past:
                values[PAST] = frozenset(order[number] for number in past[0])
        found[n, who, what] = values
    return found


def join(ours: tuple[Known, Heads], theirs: tuple[Known, Heads]) -> tuple[Known, Heads]:
    """What is known to both together. A version that the other knows, and has left behind, is left behind."""
    known, other_known = ours[0], theirs[0]
    heads = {v: values for v, values in ours[1].items() if v in theirs[1] or v not in other_known}
    heads |= {v: values for v, values in theirs[1].items() if v not in heads and (v in ours[1] or v not in known)}
    return known | other_known, heads or dict(theirs[1])
