"""Writing a plan: in the one step that is open, with statements over many rows at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coding.review import clocks
from coding.review.clocks import PAST, Heads
from coding.review.copies import Copy, Values
from coding.review.merging import Outcome, Plan
from coding.review.tables import Spec, specs
from coding.store import search_index
from coding.store.models import new_guid
from coding.store.sql import rows

_LEAVES = frozenset(
    {"memo", "done_mark", "assignment", "attribute_value", "code_link", "verdict", "judgement", "finding_segment",
     "recommendation_factor", "conclusion_finding"}
)  # fmt: skip
"""Nothing refers to these, and what they are unique by can't be changed: they go before others come."""


def apply(connection: sqlite3.Connection, plan: Plan, ours: Copy, theirs: Copy) -> None:
    """Write everything; the step that is open takes note of each row."""
    _people(connection, plan)
    _texts(connection, plan, ours, theirs)
    for spec in specs().values():
        if spec.name in _LEAVES:
            _delete(connection, spec, _gone(plan, spec))
    for spec in specs().values():
        if spec.rename:
            _park(connection, spec, plan, ours)
    for spec in specs().values():
        _insert(connection, spec, [o for o in _of(plan, spec) if o.values is not None and o.ours is None])
    for spec in specs().values():
        _update(connection, spec, [o for o in _of(plan, spec) if o.values is not None and o.ours is not None])
    for spec in reversed(specs().values()):
        if spec.name not in _LEAVES:
            _delete(connection, spec, _gone(plan, spec))
    _stamps(connection, plan, ours)


def _of(plan: Plan, spec: Spec) -> Iterator[Outcome]:
    return (outcome for (table, _), outcome in plan.rows.items() if table == spec.name)


def _gone(plan: Plan, spec: Spec) -> list[str]:
    return [o.guid for o in _of(plan, spec) if o.values is None and o.ours is not None]


def _people(connection: sqlite3.Connection, plan: Plan) -> None:
    connection.executemany(
        "INSERT INTO coder (guid, name, role, initials, color) VALUES (?, ?, ?, ?, ?)",
        [(p.guid, p.name, p.role, p.initials, p.color) for p in plan.identity.newcomers],
    )


def _texts(connection: sqlite3.Connection, plan: Plan, ours: Copy, theirs: Copy) -> None:
    """The texts and original files that rows from there name."""
    wanted = {v["text_id"] for o in plan.rows.values() if (v := o.values) is not None and v.get("text_id")}
    known = {digest for (digest,) in rows(connection, "SELECT hash FROM source_text")}
    for digest in sorted((wanted | set(plan.texts.values())) - known):
        body = theirs.body(digest)
        if body is None:
            raise LookupError(f"no text {digest}")
        made = connection.execute(
            "INSERT INTO source_text (hash, body, characters, words) VALUES (?, ?, ?, ?)",
            (digest, body, len(body), len(body.split())),
        )
        search_index.add(connection, int(made.lastrowid or 0), body)
    files = {v["file_hash"] for o in _of(plan, specs()["source"]) if (v := o.values) is not None and v["file_hash"]}
    files -= {digest for (digest,) in rows(connection, "SELECT hash FROM original")}
    for digest in sorted(files):
        for found in rows(theirs.connection, "SELECT hash, name, body FROM original WHERE hash = ?", digest):
            connection.execute("INSERT INTO original (hash, name, body) VALUES (?, ?, ?)", found)


def _park(connection: sqlite3.Connection, spec: Spec, plan: Plan, ours: Copy) -> None:
    """Names that are about to change hands are let go first: no two rows have one even for a moment."""
    at = [spec.columns.index(c) for c in spec.unique]
    holders = {tuple(row[n] for n in at): guid for guid, row in ours.tables[spec.name].items()}
    parked: set[str] = set()
    for outcome in _of(plan, spec):
        if outcome.values is not None:
            holder = holders.get(tuple(outcome.values[c] for c in spec.unique))
            if holder is not None and holder != outcome.guid:
                parked.add(holder)
    column = spec.rename[-1]
    connection.executemany(f'UPDATE "{spec.name}" SET "{column}" = guid WHERE guid = ?', [(g,) for g in sorted(parked)])
    for guid in parked:  # the update that follows sees that it has to write the name
        outcome = plan.rows[spec.name, guid]
        if outcome.ours is not None:
            outcome.ours = {**outcome.ours, column: guid}


def _target(spec: Spec, column: str) -> str:
    """The placeholder of a column: the row number of what the guid, or the hash of a text, names."""
    target = spec.refs.get(column)
    if target is None:
        return "?"
    return f'(SELECT id FROM "{target}" WHERE {"hash" if target == "source_text" else "guid"} = ?)'


def _insert(connection: sqlite3.Connection, spec: Spec, new: Sequence[Outcome]) -> None:
    if not new:
        return
    columns = ", ".join(f'"{c}"' for c in spec.columns)
    marks = ", ".join(_target(spec, c) for c in spec.columns)
    connection.executemany(
        f'INSERT INTO "{spec.name}" (guid, {columns}) VALUES (?, {marks})',
        [(o.guid, *(o.values[c] for c in spec.columns)) for o in _parents_first(spec, new) if o.values is not None],
    )


def _parents_first(spec: Spec, new: Sequence[Outcome]) -> Iterable[Outcome]:
    """Rows after those of the same table that they refer to."""
    column = next((c for c, table in spec.refs.items() if table == spec.name), None)
    if column is None:
        return new
    left, found = {o.guid: o for o in new}, []
    while left:
        ready = [o for o in left.values() if (o.values or {}).get(column) not in left] or list(left.values())
        found += ready
        for outcome in ready:
            del left[outcome.guid]
    return found


def _update(connection: sqlite3.Connection, spec: Spec, kept: Iterable[Outcome]) -> None:
    batches: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for outcome in kept:
        values, was = outcome.values, outcome.ours
        assert values is not None
        assert was is not None
        changed = tuple(c for c in spec.columns if values[c] != was[c])
        if changed:
            batches.setdefault(changed, []).append((*(values[c] for c in changed), outcome.guid))
    for columns, found in batches.items():
        sets = ", ".join(f'"{c}" = {_target(spec, c)}' for c in columns)
        connection.executemany(f'UPDATE "{spec.name}" SET {sets} WHERE guid = ?', found)


def _delete(connection: sqlite3.Connection, spec: Spec, guids: Iterable[str]) -> None:
    connection.executemany(f'DELETE FROM "{spec.name}" WHERE guid = ?', [(guid,) for guid in guids])


# stamps


def _stamps(connection: sqlite3.Connection, plan: Plan, ours: Copy) -> None:
    table_of = {guid: name for name, table in ours.tables.items() for guid in table}
    stamped: dict[str, tuple[Any, ...]] = {}
    for outcome in plan.rows.values():
        if not _as_it_was(ours, outcome):
            stamped[outcome.guid] = _stamp(plan, outcome)
    for source, (known, heads) in plan.text_known.items():
        shown = next(iter(heads.values())) if len(heads) == 1 else None
        name = clocks.text_of(source)
        stamped[name] = _stamp(plan, Outcome("text", name, "quiet", known, heads, shown, None, None))
    for guid, here in plan.identity.names.items():
        stamp = ours.knowledge.stamps.get(guid)
        if guid in stamped:
            stamped[guid] = (*stamped[guid][:-1], here)
        elif stamp is None or stamp.same_as != here:
            table = table_of.get(here) or plan_table(plan, here)
            stamped[guid] = (table, guid, *(stamp.version if stamp else clocks.NEVER), "", "", here)
    for name, kind in plan.erased.new.items():
        stamped[name] = (kind, name, *clocks.NEVER, "", "", None)
    found = list(stamped.values())
    old = [row for row in found if row[1] in ours.knowledge.stamps]
    new = [row for row in found if row[1] not in ours.knowledge.stamps]
    columns = "table_name, row_guid, clock, coder_guid, operation_guid, known, heads, same_as"
    connection.executemany(
        "UPDATE stamp SET clock = ?, coder_guid = ?, operation_guid = ?, known = ?, heads = ?, same_as = ? "
        "WHERE row_guid = ?",
        [(*row[2:], row[1]) for row in old],
    )
    connection.executemany(
        f"INSERT INTO stamp ({columns}, guid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [(*row, new_guid()) for row in new]
    )


def plan_table(plan: Plan, guid: str) -> str:
    """The table of a row that comes with the plan; `coder` when it is none of its rows."""
    return next((table for table, name in plan.rows if name == guid), "coder")


def _as_it_was(ours: Copy, outcome: Outcome) -> bool:
    """Whether the copy knows as much without a stamp, or with the one it has."""
    knowledge = ours.knowledge
    if outcome.known != knowledge.known(outcome.guid):
        return False
    if outcome.ours is None and outcome.values is None:
        return True
    if outcome.heads != ours.heads(specs()[outcome.table], outcome.guid, outcome.ours):
        return False
    stamp = knowledge.stamps.get(outcome.guid)
    return not _differs(outcome.table, outcome.heads, outcome.values) or bool(stamp and stamp.heads)


def _differs(table: str, heads: Heads, values: Values | None) -> bool:
    """Whether what is shown is not simply the one version there is."""
    if len(heads) > 1:
        return True
    (only,) = heads.values()
    if only is None or values is None:
        return only is not values
    spec = specs().get(table)
    left = {PAST} | ({*spec.positions, "@", "label" if table == "turn" else "@"} if spec else set())
    if table == "source":
        left |= {"text_id", "header_end", "sentences", "segmenter", "anchors"}
    return any(only[c] != values.get(c) for c in only if c not in left)


def _stamp(plan: Plan, outcome: Outcome) -> tuple[Any, ...]:
    known, heads = outcome.known, outcome.heads
    version, order = clocks.latest(known), sorted(known)
    columns = {v: found for v in order if (found := plan.columns(outcome.guid, v)) is not None}
    builds_on = ""
    if known != {version} or columns:
        listed = [[*v, sorted(columns[v])] if v in columns else v for v in order]
        builds_on = json.dumps(listed, separators=(",", ":"))
    beside = ""
    if version not in heads or _differs(outcome.table, heads, outcome.values):
        place = {v: number for number, v in enumerate(order)}
        listed = [_head(v, values, place) for v, values in sorted(heads.items(), key=lambda pair: pair[0])]
        beside = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return (outcome.table, outcome.guid, *version, builds_on, beside, None)


def _head(version: clocks.Version, values: Values | None, place: dict[clocks.Version, int]) -> list[Any]:
    """A version that stands beside others, and the numbers of those it builds on in the list of all."""
    if values is None or PAST not in values:
        return [*version, values]
    past = sorted(place[v] for v in values[PAST] if v in place)
    return [*version, {column: value for column, value in values.items() if column != PAST}, past]
