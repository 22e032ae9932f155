"""What was erased in one of two copies stays erased when they are merged, whatever the other copy went on to say of it.

A copy in which a person was erased remembers the guids of the rows that went and of the sources whose text was
cleared; guids tell nobody anything. A copy that does not know of it may hold the words still, newer or edited: they are
left out, and so is what was said of rows that are gone. Two copies that both know are merged like any others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.review import clocks
from coding.review.clocks import Heads, Known
from coding.review.copies import Values
from coding.review.tables import Spec, specs
from coding.store.models import Stamp

if TYPE_CHECKING:
    from coding.review.merging import Merging, Outcome, Side

ROW, TEXT = "erased", "erased text"
"""What stands in a stamp for the table: a row that went, or a source whose text was cleared."""
_COLUMNS = {"attribute_value": ("informant_id",), "finding_segment": ("finding_id", "segment_id")}
"""By table, the columns without whose row nothing is left of it; beside those that name a row of any table."""


def remember(session: Session, rows: Iterable[str], sources: Iterable[str]) -> None:
    """Take note, for every later merge, that these rows were erased and the texts of these sources cleared (guids)."""
    known = set(session.scalars(select(Stamp.row_guid).where(Stamp.table_name.in_((ROW, TEXT)))))
    for kind, guids in ((ROW, rows), (TEXT, sources)):
        for guid in dict.fromkeys(guids):
            if (name := f"{kind}:{guid}") not in known:
                session.add(Stamp(table_name=kind, row_guid=name, clock=0, coder_guid="", operation_guid=""))
    session.flush()


NAMED = ("name", "file_name", "file_hash", "place")
"""Columns of a source that may name a person: of one that was cleared they go with its text."""


@dataclass(slots=True)
class Erased:
    """Which side alone erased what, by guid here: `rows`, and the texts of sources. `new` are the stamps that ours
    lacks, by name with their kind; `left_out` counts by table what the other side had to say of it."""

    rows: dict[str, Side] = field(default_factory=dict)
    texts: dict[str, Side] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    sources: list[str] = field(default_factory=list)
    """Sources of which the other side has a text that was left out."""

    @classmethod
    def between(cls, merging: Merging) -> Erased:
        """What one of the two copies erased and the other knows nothing of."""
        mine = _noted(merging.ours.knowledge.stamps)
        here = merging.identity.here
        other = {(kind, here(guid)) for kind, guid in _noted(merging.theirs.knowledge.stamps)}
        found = cls(new={f"{kind}:{guid}": kind for kind, guid in sorted(other - mine)})
        for side, only in (("ours", mine - other), ("theirs", other - mine)):
            for kind, guid in only:
                (found.rows if kind == ROW else found.texts)[guid] = side  # type: ignore[assignment]
        return found

    def text(self, source: str, a: tuple[Known, Heads], b: tuple[Known, Heads]) -> tuple[Known, Heads] | None:
        """The versions of the source's text when one side cleared it: that side's alone; None when neither did."""
        side = self.texts.get(source)
        if side is None:
            return None
        if not (b[0] <= a[0] if side == "ours" else a[0] <= b[0]):
            self.sources.append(source)
        return a[0] | b[0], (a if side == "ours" else b)[1]

    def row(self, outcome: Outcome, sides: Mapping[Side, tuple[Values | None, Heads]]) -> Outcome | None:
        """The outcome of a row that one side erased: as it is there; None when neither did."""
        side = self.rows.get(outcome.guid)
        if side is None:
            return None
        values, heads = sides[side]
        mine = outcome.ours
        if side == "ours" and outcome.theirs is not None:
            self.left_out[outcome.table] += 1
        kind = "quiet" if values == mine else "removed" if values is None else "changed"
        return replace(outcome, kind=kind, heads=heads, values=values, both=frozenset())  # type: ignore[arg-type]

    def leans(self, spec: Spec, values: Values) -> bool:
        """Whether a row says something of one that one side erased, and of nothing else."""
        columns = (*spec.soft, *_COLUMNS.get(spec.name, ()))
        return bool(self.rows) and any(values.get(column) in self.rows for column in columns)

    def leave_out(self, outcome: Outcome) -> Outcome:
        """The row does not come in, or goes; nothing is kept of its values."""
        self.left_out[outcome.table] += 1
        return replace(outcome, kind="quiet", heads={clocks.latest(outcome.known): None}, values=None)


def forget_ours(merging: Merging) -> None:
    """What we say of rows that the other side erased goes with them."""
    from coding.review.merging import Outcome

    for spec in specs().values():
        if not (spec.soft or spec.name in _COLUMNS):
            continue
        for guid in merging.ours.tables[spec.name]:
            mine = merging.ours.values(spec, guid)
            if mine is None or (spec.name, guid) in merging.rows or not merging.erased.leans(spec, mine):
                continue
            known = merging.ours.knowledge.known(guid)
            heads = merging.ours.heads(spec, guid, mine)
            merging.put(Outcome(spec.name, guid, "quiet", known, heads, mine, mine, None))


def _noted(stamps: Mapping[str, clocks.StampRow]) -> set[tuple[str, str]]:
    return {(stamp.table, name.partition(":")[2]) for name, stamp in stamps.items() if stamp.table in (ROW, TEXT)}
