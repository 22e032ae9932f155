"""What is to be reviewed, in which order, and what is open."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Queue:
    """The things in order, and of all that the filter's place (not `wanted`) leaves, how many are in which state."""

    targets: tuple[Target, ...]
    counts: dict[Wanted, int] = field(default_factory=dict)


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
        listed = list(_things(connection, wanted))
        if wanted.sample < 100:
            listed = [target for target in listed if _in_sample(target.guid, wanted.sample)]
        changed = _changed(session, marks.mine)
    counts: Counter[Wanted] = Counter(dict.fromkeys(WANTED, 0))
    kept: list[Target] = []
    for target in listed:
        guid = target.guid
        states: list[Wanted] = ["all"]
        if guid not in marks.mine:
            states.append("new")
        elif guid in changed:
            states.append("changed")
        if marks.questioned(guid):
            states.append("questioned")
        if marks.open(guid):
            states.append("open")
        counts.update(states)
        if wanted.wanted in states:
            kept.append(target)
    return Queue(tuple(kept), dict(counts))


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


def _things(connection: sqlite3.Connection, wanted: QueueFilter) -> Iterator[Target]:
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
    for kind in ("finding", "judgement"):
        if kind in wanted.kinds and written:
            who, more = _by_coder(wanted)
            found = rows(connection, f"SELECT t.guid FROM {kind} t {placed}{below}{who}{order}", *values, *more)
            yield from (Target(kind, guid) for (guid,) in found)
    if "conclusion" in wanted.kinds and written and not values:
        who, more = _by_coder(wanted)
        found = rows(connection, f"SELECT t.guid FROM conclusion t WHERE 1 = 1{who} ORDER BY t.position, t.id", *more)
        yield from (Target("conclusion", guid) for (guid,) in found)
    if "segment" in wanted.kinds:
        who, more = _by_coder(wanted)
        where = ""
        if wanted.source is not None:
            where, more = " AND s.guid = ?", [*more, wanted.source]
        joined = "JOIN code c ON c.id = t.code_id " if below else ""
        found = rows(
            connection,
            f"SELECT t.guid FROM segment t JOIN source s ON s.id = t.source_id {joined}WHERE 1 = 1{below}{who}{where} "
            'ORDER BY s.position, s.id, t.start, t."end", t.id',
            *values,
            *more,
        )
        yield from (Target("segment", guid) for (guid,) in found)


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
    bodies: dict[int, str] = {}
    for guid, code, valence, start, end, text_id, basis in rows(
        connection,
        'SELECT t.guid, c.guid, t.valence, t.start, t."end", s.text_id, v.basis FROM verdict v '
        "JOIN segment t ON t.guid = v.target_guid JOIN code c ON c.id = t.code_id "
        "JOIN source s ON s.id = t.source_id WHERE v.target_table = 'segment' ORDER BY s.text_id",
    ):
        if mine.get(guid) != basis:
            continue
        if text_id not in bodies:
            bodies.clear()
            ((bodies[text_id],),) = rows(connection, "SELECT body FROM source_text WHERE id = ?", text_id)
        if segment_basis(code, valence, bodies[text_id][start:end]) != basis:
            changed.add(guid)
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
