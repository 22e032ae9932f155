"""What is to be reviewed, in which order, and what is open."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, overload

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.project import Reader
from coding.review.rows import TARGET_KINDS, Target, TargetKind, Verdict, worst
from coding.review.targets import TABLES, basis_of_row, segment_basis
from coding.store.sql import rows

Wanted = Literal["new", "changed", "questioned", "open", "all"]
WANTED: tuple[Wanted, ...] = ("new", "changed", "questioned", "open", "all")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue lists. `new`: this reviewer has not looked at it; `changed`: it changed since then; `questioned`:
    a reviewer's verdict is question or revise; `open`: questioned, or with an open proposal or thread.

    `code` is the guid of a dimension or indicator, with what is below it; `framework` a key. `sample` leaves that many
    percent of the things, always the same ones."""

    wanted: Wanted = "new"
    kinds: tuple[TargetKind, ...] = TARGET_KINDS
    framework: str | None = None
    code: str | None = None
    source: str | None = None
    coder: str | None = None
    sample: int = 100


class Targets(Sequence[Target]):
    """Things in order; each is made when it is asked for, because there may be a hundred thousand."""

    def __init__(self, parts: Iterable[tuple[TargetKind, list[str]]] = ()) -> None:
        self._parts = [(kind, guids) for kind, guids in parts if guids]
        self._starts = [0, *accumulate(len(guids) for _, guids in self._parts)]

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, at: int) -> Target: ...
    @overload
    def __getitem__(self, at: slice) -> list[Target]: ...
    def __getitem__(self, at: int | slice) -> Target | list[Target]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        part = bisect_right(self._starts, at) - 1
        kind, guids = self._parts[part]
        return Target(kind, guids[at - self._starts[part]])

    def place_of(self, target: Target | None) -> int:
        """The place of a thing; -1 when it is not among them."""
        for start, (kind, guids) in zip(self._starts, self._parts, strict=False):
            if target is not None and target.kind == kind and target.guid in guids:
                return start + guids.index(target.guid)
        return -1

    def __contains__(self, target: object) -> bool:
        return isinstance(target, Target) and self.place_of(target) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Targets) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(len(self))


@dataclass(frozen=True, slots=True)
class Queue:
    """The things in order, and of all that the filter's place (not `wanted`) leaves, how many are in which state, and
    how many any reviewer looked at."""

    targets: Targets
    counts: dict[Wanted, int] = field(default_factory=dict)
    reviewed: int = 0


@dataclass(slots=True)
class _Marks:
    """What reviewers said, by guid of the thing."""

    mine: dict[str, str]
    words: dict[str, list[Verdict | None]]
    proposals: Counter[str]
    threads: Counter[str]

    def questioned(self, guid: str) -> bool:
        return worst(self.words.get(guid, ())) in ("question", "revise")

    def open(self, guid: str) -> bool:
        return self.questioned(guid) or guid in self.proposals or guid in self.threads


def queue(reader: Reader, reviewer: str, wanted: QueueFilter) -> Queue:
    """The queue of the coder named `reviewer`: findings, judgements and conclusions before coded segments, each in the
    order of the study."""
    with reader.read() as session:
        connection = _driver(session)
        marks = _marks(connection, reviewer)
        listed = _things(connection, wanted)
        if wanted.sample < 100:
            listed = [(kind, [guid for guid in guids if _in_sample(guid, wanted.sample)]) for kind, guids in listed]
        changed = _changed(session, marks.mine)
    asked = {guid for guid in marks.words if marks.questioned(guid)}
    named = asked | marks.proposals.keys() | marks.threads.keys()
    counts: Counter[Wanted] = Counter(dict.fromkeys(WANTED, 0))
    kept: list[tuple[TargetKind, list[str]]] = []
    reviewed = 0
    for kind, guids in listed:
        here = set(guids)
        states: dict[Wanted, set[str]] = {
            "changed": changed & here, "questioned": asked & here, "open": named & here, "all": here,
        }  # fmt: skip
        counts.update({state: len(found) for state, found in states.items()})
        reviewed += len(marks.words.keys() & here)
        counts["new"] += len(here) - len(marks.mine.keys() & here)
        if wanted.wanted == "new":
            kept.append((kind, [guid for guid in guids if guid not in marks.mine]))
        else:
            wanted_here = states[wanted.wanted]
            kept.append((kind, [guid for guid in guids if guid in wanted_here]))
    return Queue(Targets(kept), dict(counts), reviewed)


def open_points(reader: Reader) -> int:
    """How many things have something open: the worst verdict is question or revise, a proposal waits for its answer,
    or a thread is not closed."""
    with reader.read() as session:
        marks = _marks(_driver(session), "")
        named = set(marks.words) | set(marks.proposals) | set(marks.threads)
        still = _there(session, named)
    return sum(1 for guid in named if marks.open(guid) and (guid in still or guid in marks.threads))


def under_question(reader: Reader) -> set[str]:
    """The guids of the coded segments that a verdict questions or wants revised."""
    with reader.read() as session:
        return {
            guid
            for (guid,) in rows(
                _driver(session),
                "SELECT DISTINCT target_guid FROM verdict WHERE target_table = 'segment' "
                "AND verdict IN ('question', 'revise')",
            )
        }


def _driver(session: Session) -> sqlite3.Connection:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _marks(connection: sqlite3.Connection, reviewer: str) -> _Marks:
    words: dict[str, list[Verdict | None]] = {}
    mine: dict[str, str] = {}
    for guid, name, verdict, basis in rows(
        connection, "SELECT target_guid, name, verdict, basis FROM verdict JOIN coder ON coder.id = coder_id"
    ):
        words.setdefault(guid, []).append(verdict)
        if name == reviewer:
            mine[guid] = basis
    proposals = Counter(guid for (guid,) in rows(connection, "SELECT segment_guid FROM proposal WHERE state = 'open'"))
    threads = Counter(
        guid for (guid,) in rows(connection, "SELECT target_guid FROM comment WHERE reply_to IS NULL AND closed = 0")
    )
    return _Marks(mine, words, proposals, threads)


def _things(connection: sqlite3.Connection, wanted: QueueFilter) -> list[tuple[TargetKind, list[str]]]:
    below, values = "", list[str]()
    if wanted.framework is not None:
        below += " AND c.framework_id = (SELECT id FROM framework WHERE key = ?)"
        values.append(wanted.framework)
    if wanted.code is not None:
        below += " AND (c.guid = ? OR c.parent_id = (SELECT id FROM code WHERE guid = ?))"
        values += [wanted.code, wanted.code]
    placed = (
        "JOIN code c ON c.id = t.code_id LEFT JOIN framework f ON f.id = c.framework_id "
        "LEFT JOIN code p ON p.id = c.parent_id WHERE 1 = 1"
    )
    order = " ORDER BY f.position, coalesce(p.position, c.position), c.parent_id IS NOT NULL, c.position, t.id"
    written = wanted.source is None
    who, more = _by_coder(wanted)
    found: list[tuple[TargetKind, list[str]]] = []
    kinds: tuple[TargetKind, ...] = ("finding", "judgement")
    for kind in kinds:
        if kind in wanted.kinds and written:
            sql = f"SELECT t.guid FROM {kind} t {placed}{below}{who}{order}"
            found.append((kind, _guids(connection, sql, *values, *more)))
    if "conclusion" in wanted.kinds and written and not values:
        sql = f"SELECT t.guid FROM conclusion t WHERE 1 = 1{who} ORDER BY t.position, t.id"
        found.append(("conclusion", _guids(connection, sql, *more)))
    if "segment" in wanted.kinds:
        where = ""
        if wanted.source is not None:
            where, more = " AND s.guid = ?", [*more, wanted.source]
        joined = "JOIN code c ON c.id = t.code_id " if below else ""
        # source by source, so that the index of places gives the order and nothing has to be sorted
        sql = (
            f"SELECT t.guid FROM source s CROSS JOIN segment t ON s.id = t.source_id {joined}"
            f'WHERE 1 = 1{below}{who}{where} ORDER BY s.position, s.id, t.start, t."end"'
        )
        found.append(("segment", _guids(connection, sql, *values, *more)))
    return found


def _guids(connection: sqlite3.Connection, sql: str, *values: str) -> list[str]:
    return [guid for (guid,) in rows(connection, sql, *values)]


def _by_coder(wanted: QueueFilter) -> tuple[str, list[str]]:
    if wanted.coder is None:
        return "", []
    return " AND t.coder_id = (SELECT id FROM coder WHERE name = ?)", [wanted.coder]


def _in_sample(guid: str, percent: int) -> bool:
    # the guids of coded segments are drawn by chance, so a part of their digits is a sample
    return int(guid.replace("-", "")[-6:], 16) % 100 < percent


def _changed(session: Session, mine: dict[str, str]) -> set[str]:
    """Of the things the reviewer looked at, those that are not what they were."""
    if not mine:
        return set()
    connection = _driver(session)
    changed: set[str] = set()
    codes = dict(rows(connection, "SELECT id, guid FROM code"))
    by_source: dict[int, list[tuple[str, int, str | None, int, int]]] = {}
    for guid, source, *rest in rows(
        connection,
        'SELECT guid, source_id, code_id, valence, start, "end" FROM segment '
        "WHERE guid IN (SELECT target_guid FROM verdict WHERE target_table = 'segment')",
    ):
        if guid in mine:
            by_source.setdefault(source, []).append((guid, *rest))
    for source, found in by_source.items():
        body_of = "SELECT body FROM source_text WHERE id = (SELECT text_id FROM source WHERE id = ?)"
        ((body,),) = rows(connection, body_of, source)
        changed.update(
            guid
            for guid, code, valence, start, end in found
            if segment_basis(codes[code], valence, body[start:end]) != mine[guid]
        )
    for kind, table in TABLES.items():
        if kind != "segment":
            for row in session.scalars(select(table)):
                if row.guid in mine and basis_of_row(kind, row) != mine[row.guid]:
                    changed.add(row.guid)
    return changed


def _there(session: Session, guids: set[str]) -> set[str]:
    there: set[str] = set()
    listed = list(guids)
    for table in (*TABLES.values(),):
        for i in range(0, len(listed), 500):
            there.update(session.scalars(select(table.guid).where(table.guid.in_(listed[i : i + 500]))))
    return there
