"""Merging two copies of a project: what becomes of every row, worked out before anything is written.

The result is the same whichever copy is merged into which, and in whatever order several are; doing it again changes
nothing. A row changed in one copy alone is as that copy has it. Where both went on by themselves, the later one (by
logical time, then by coder) is shown and written words of both stay, unless the user settles it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from coding.review import clocks, wholeness
from coding.review.clocks import Heads, Known, Version
from coding.review.copies import Copy, Values
from coding.review.erased import NAMED, Erased, forget_ours
from coding.review.identity import Identity, identify
from coding.review.placing import Places
from coding.review.shown import clashing, shown
from coding.review.tables import TEXT_COLUMNS, Spec, specs

Kind = Literal["new", "changed", "removed", "kept", "lost", "conflict", "quiet"]
"""New here; changed there; removed there; kept although removed on one side; its passage is gone from the text; changed
on both sides; nothing to be seen of it."""
Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user settled: rows by guid, and the names of coders who are the same person in both copies."""

    settled: Mapping[str, Side] = field(default_factory=dict)
    same_people: frozenset[str] = frozenset()


@dataclass(slots=True)
class Outcome:
    """What becomes of one row: `values` as it will be (None: gone), `ours` and `theirs` as it is in either copy."""

    table: str
    guid: str
    kind: Kind
    known: Known
    heads: Heads
    values: Values | None
    ours: Values | None
    theirs: Values | None
    both: frozenset[str] = frozenset()
    """Columns that both changed, each to something else."""


@dataclass(slots=True)
class Plan:
    """What a merge would do. `same` counts rows both copies agree on; `rows` are the others by table and guid; `texts`
    the sources that get another text, by the hash of it."""

    identity: Identity
    rows: dict[tuple[str, str], Outcome]
    same: int
    texts: dict[str, str]
    text_conflicts: dict[str, tuple[str, str]]
    text_known: dict[str, tuple[Known, Heads]]
    columns: Callable[[str, Version], frozenset[str] | None]
    """Which columns of a row a version changed."""
    erased: Erased


class Merging:
    """The work of making a plan."""

    def __init__(self, ours: Copy, theirs: Copy, choices: Choices, moment: Version) -> None:
        self.ours, self.theirs, self.choices, self.moment = ours, theirs, choices, moment
        self.identity = identify(ours, theirs, choices.same_people)
        self.erased = Erased.between(self)
        self.places = Places(ours, theirs)
        self.rows: dict[tuple[str, str], Outcome] = {}
        self.same = 0
        self.there = {here: guid for guid, here in self.identity.names.items()}
        """The guid over there of what is known here by another."""
        self.text: dict[str, str] = {}
        """By source: the hash of the text it will have, where the copies have two."""
        self.text_conflicts: dict[str, tuple[str, str]] = {}
        self.text_known: dict[str, tuple[Known, Heads]] = {}
        self.lost: dict[str, Outcome] = {}
        """Segments whose passage is gone from the text."""
        self.united: dict[str, set[str]] = {}
        """Rows that became part of others, by the guid of those."""

    def plan(self) -> Plan:
        """Work it out."""
        self._settle_texts()
        for spec in specs().values():
            self._table(spec)
        self._look_again()
        self._place_ours()
        if self.erased.rows:
            forget_ours(self)
        wholeness.keep_words_of_lost(self)
        wholeness.keep_what_is_needed(self)
        wholeness.keep_apart(self)
        switched = {s: h for s, h in self.text.items() if h != self.ours.text_hash(s)}
        return Plan(self.identity, self.rows, self.same, switched, self.text_conflicts, self.text_known, self.columns,
                    self.erased)  # fmt: skip

    # texts

    def _settle_texts(self) -> None:
        for there in self.theirs.tables["source"]:
            source = self.identity.here(there)
            mine, other = self.ours.text_hash(source), self.theirs.text_hash(there)
            if mine is None or other is None or mine == other:
                continue
            a, b = (self._text_state(copy, guid, digest)
                    for copy, guid, digest in ((self.ours, source, mine), (self.theirs, there, other)))  # fmt: skip
            if (cleared := self.erased.text(source, a, b)) is not None:
                self._text_is(source, *cleared)
                continue
            known, heads = clocks.join(a, b) if a[0] != b[0] else a
            chosen = self.choices.settled.get(clocks.text_of(source))
            if len(heads) > 1:
                apart = not (a[0] <= b[0] or b[0] <= a[0])
                if apart:
                    self.text_conflicts[source] = (mine, other)
                beside = heads
                if chosen and apart:
                    heads = {self.moment: {"hash": mine if chosen == "ours" else other}}
                    known |= {self.moment}
                wholeness.keep_former_text(self, source, beside, shown_text(heads))
            self._text_is(source, known, heads)

    def _text_is(self, source: str, known: Known, heads: Heads) -> None:
        final = self.text[source] = shown_text(heads)
        if known != self.ours.knowledge.known(clocks.text_of(source)) or final != self.ours.text_hash(source):
            self.text_known[source] = (known, heads)

    @staticmethod
    def _text_state(copy: Copy, source: str, digest: str) -> tuple[Known, Heads]:
        name = clocks.text_of(source)
        return copy.knowledge.known(name), copy.knowledge.heads(name, {"hash": digest})

    def final_text(self, source: str) -> str | None:
        """The hash of the text that the source will have."""
        if (settled := self.text.get(source)) is not None:
            return settled
        mine = self.ours.text_hash(source)
        return mine if mine is not None else self.theirs.text_hash(self.there.get(source, source))

    # rows

    def _table(self, spec: Spec) -> None:
        if spec.name == "project" and self.ours.guid != self.theirs.guid:
            return
        mine, others = self.ours.tables[spec.name], self.theirs.tables[spec.name]
        ours, theirs = self.ours.knowledge, self.theirs.knowledge
        for there in others:
            guid = self.identity.here(there)
            known, other = ours.known(guid), theirs.known(there)
            if other <= known and (guid in mine or guid in ours.removed or guid in ours.stamps):
                self.same += guid in mine and other == known
                if known == other:
                    self._better_placed(spec, guid, there)
                continue
            self._row(spec, guid, there)
        gone = {g for g, table in theirs.removed.items() if table == spec.name}
        gone |= {g for g, stamp in theirs.stamps.items() if stamp.table == spec.name and stamp.same_as is None}
        for there in gone:
            guid = self.identity.here(there)
            if there not in others and not theirs.known(there) <= ours.known(guid):
                self._row(spec, guid, there)

    def _better_placed(self, spec: Spec, guid: str, there: str) -> None:
        """The same row, in a text that ours lacks: as it stands there."""
        if not spec.positions or not self.text:
            return
        mine = self.ours.values(spec, guid)
        if mine is None:
            return
        final = self.text.get(mine["source_id"])
        other = self.identity.values(spec, self.theirs.values(spec, there))
        if final is None or other is None or other["@"] != final or mine["@"] == final:
            return
        known, heads = self.ours.knowledge.known(guid), self.ours.heads(spec, guid, mine)
        self.put(Outcome(spec.name, guid, "quiet", known, heads, other, mine, other))

    def _row(self, spec: Spec, guid: str, there: str) -> None:
        mine = self.ours.values(spec, guid)
        other = self.identity.values(spec, self.theirs.values(spec, there))
        a = self._state(self.ours, spec, guid, mine)
        b = self._state(self.theirs, spec, there, other)
        b = (b[0], {v: self.identity.values(spec, values) for v, values in b[1].items()})
        if not a[0] and mine is None:
            values = shown(spec, guid, b[1], self)
            self.put(Outcome(spec.name, guid, "new" if other else "quiet", *b, values, None, other))
            return
        known, heads = clocks.join(a, b)
        plain = Outcome(spec.name, guid, "quiet", known, heads, None, mine, other)
        if (gone := self.erased.row(plain, {"ours": (mine, a[1]), "theirs": (other, b[1])})) is not None:
            self.put(gone)
            return
        concurrent = not (a[0] <= b[0] or b[0] <= a[0])
        values = shown(spec, guid, heads, self)
        both = clashing(spec, guid, heads, self) if concurrent and mine and other else []
        chosen = self.choices.settled.get(guid)
        if chosen and concurrent:
            values = self._settled(values, mine if chosen == "ours" else other, both)
            heads = {self.moment: values}
            known |= {self.moment}
        concurrent = concurrent and (bool(both) or mine is None or other is None)
        kind = self._kind(spec, mine, other, values, concurrent)
        changed = frozenset(column for unit in both for column in unit)
        self.put(Outcome(spec.name, guid, kind, known, heads, values, mine, other, changed))

    @staticmethod
    def _settled(values: Values | None, side: Values | None, both: list[tuple[str, ...]]) -> Values | None:
        """Where both changed the same, as that side has it; what only one of them changed stays."""
        if values is None or side is None or not both:
            return side
        found = {**values, **{column: side[column] for unit in both for column in unit}}
        return {**found, "@": side["@"]} if "@" in side and any("start" in unit for unit in both) else found

    def columns(self, guid: str, version: Version) -> frozenset[str] | None:
        """The columns of the row that the version changed; None for all, or when neither copy knows."""
        for name in (guid, self.there.get(guid, guid), *self.united.get(guid, ())):
            for copy in (self.ours, self.theirs):
                if (found := copy.knowledge.columns(name, version)) is not None:
                    return found
        return None

    def _look_again(self) -> None:
        """What an earlier merge kept only because it was needed, could not show, or had to rename, is judged anew."""
        knowledge = self.ours.knowledge
        for guid, stamp in knowledge.stamps.items():
            spec = specs().get(stamp.table)
            if spec is None or not stamp.heads or (spec.name, guid) in self.rows or stamp.same_as is not None:
                continue
            mine = self.ours.values(spec, guid)
            heads = self.ours.heads(spec, guid, mine)
            dead = heads[clocks.latest(heads)] is None
            if dead == (mine is not None) or (mine is not None and spec.rename):
                values = shown(spec, guid, heads, self)
                self.put(Outcome(spec.name, guid, "quiet", knowledge.known(guid), heads, values, mine, None))

    @staticmethod
    def _state(copy: Copy, spec: Spec, guid: str, values: Values | None) -> tuple[Known, Heads]:
        known = copy.knowledge.known(guid)
        if values is None and not (guid in copy.knowledge.removed or guid in copy.knowledge.stamps):
            return frozenset(), {}
        return known, copy.heads(spec, guid, values)

    @staticmethod
    def _kind(spec: Spec, mine: Values | None, other: Values | None, values: Values | None, both: bool) -> Kind:
        if mine is None and other is None:
            return "quiet"
        if mine is None or other is None:
            if both:
                return "conflict"
            return "removed" if values is None else "kept" if mine is not None else "new"
        if alike(spec, mine, other):
            return "quiet"
        if both:
            return "conflict"
        return "quiet" if values is not None and alike(spec, mine, values) else "changed"

    def put(self, outcome: Outcome) -> None:
        """Take the outcome, with its positions in the text its source will have."""
        self.rows[outcome.table, outcome.guid] = self._placed(outcome)

    # what others ask

    def outcome(self, spec: Spec, guid: str) -> Outcome:
        """What becomes of the row; one that is left alone is as it is."""
        if (found := self.rows.get((spec.name, guid))) is not None:
            return found
        there = self.there.get(guid, guid)
        mine = self.ours.values(spec, guid)
        other = self.identity.values(spec, self.theirs.values(spec, there))
        known = self.ours.knowledge.known(guid) | self.theirs.knowledge.known(there)
        heads = self.ours.heads(spec, guid, mine)
        return Outcome(spec.name, guid, "quiet", known, heads, mine, mine, other)

    def values_here(self, spec: Spec, guid: str) -> Values | None:
        """The row as it will be."""
        return self.outcome(spec, guid).values

    def is_here(self, table: str, guid: str) -> bool:
        """Whether the row will be there."""
        outcome = self.rows.get((table, guid))
        return guid in self.ours.tables[table] if outcome is None else outcome.values is not None

    def person(self, version: Version) -> str:
        """The guid, here, of who made the version; of anybody when that is not known."""
        guid = self.identity.here(version[1].rstrip("~"))
        known = guid in self.ours.people or any(p.guid == guid for p in self.identity.newcomers)
        return guid if known else next(iter(self.ours.people))

    def name_of(self, version: Version) -> str:
        """The name of who made the version, as the copy says that it comes from."""
        guid = version[1].rstrip("~")
        person = self.theirs.people.get(guid) or self.ours.people.get(guid)
        return person.name if person is not None else "?"

    # places

    def _placed(self, outcome: Outcome) -> Outcome:
        """The row in the text its source will have; what has no place there any more is lost, its words are kept."""
        spec, values = specs()[outcome.table], outcome.values
        if values is not None and self.erased.leans(spec, values):
            return self.erased.leave_out(outcome)
        if values is not None and spec.name == "source":
            return self._with_text(outcome)
        if values is None or not spec.positions:
            return outcome
        source = values["source_id"]
        final = self.final_text(source)
        if spec.name != "segment":
            return self._with_the_text(spec, outcome, final)
        place = self.places.passage(values["start"], values["end"], values["@"], final)
        if place is None and spec.name == "segment" and final is not None:
            return wholeness.lost(self, outcome)
        if place is not None and (place != (values["start"], values["end"]) or values["@"] != final):
            values = {**values, "start": place[0], "end": place[1], "@": final}
            return replace(outcome, values=values)
        return outcome

    def _with_text(self, outcome: Outcome) -> Outcome:
        """A source's details with the text settled for it, or the one it has."""
        assert outcome.values is not None
        holder = self._holder(outcome.guid, self.final_text(outcome.guid))
        if holder is None:
            return outcome
        columns = (*TEXT_COLUMNS, *NAMED) if outcome.guid in self.erased.texts else TEXT_COLUMNS
        return replace(outcome, values={**outcome.values, **{c: holder[c] for c in columns}})

    def _holder(self, source: str, digest: str | None) -> Values | None:
        """The source as the copy has it that has this text."""
        spec = specs()["source"]
        mine, other = self.ours.values(spec, source), self.theirs.values(spec, self.there.get(source, source))
        return next((v for v in (mine, other) if v is not None and v["text_id"] == digest), None)

    def _with_the_text(self, spec: Spec, outcome: Outcome, final: str | None) -> Outcome:
        """Turns and headings go with the text: they are where the copy has them whose text it is."""
        assert outcome.values is not None
        sides = (outcome.ours, outcome.theirs)
        holder = next((values for values in sides if values is not None and values["@"] == final), None)
        if holder is None:
            return replace(outcome, kind="quiet", values=None)
        columns = (*spec.positions, "@", *(["label"] if spec.name == "turn" else []))
        return replace(outcome, values={**outcome.values, **{c: holder[c] for c in columns}})

    def _place_ours(self) -> None:
        """What only we have, in sources that get their text from there."""
        switched = {s for s, digest in self.text.items() if digest != self.ours.text_hash(s)}
        if not switched:
            return
        for spec in specs().values():
            if spec.name == "source":
                wanted = [g for g in switched if ("source", g) not in self.rows]
            elif spec.positions:
                at = spec.columns.index("source_id")
                rows = self.ours.tables[spec.name]
                wanted = [g for g, row in rows.items() if row[at] in switched and (spec.name, g) not in self.rows]
            else:
                continue
            for guid in wanted:
                mine = self.ours.values(spec, guid)
                other = self.identity.values(spec, self.theirs.values(spec, self.there.get(guid, guid)))
                heads = self.ours.heads(spec, guid, mine)
                self.put(Outcome(spec.name, guid, "quiet", self.ours.knowledge.known(guid), heads, mine, mine, other))


_UNSEEN = frozenset({"modified_at", "position", "@", "imported_at", "replaced_at"})


def alike(spec: Spec, one: Values, other: Values) -> bool:
    """Whether two states of a row look the same to a person."""
    left = _UNSEEN | (set(spec.positions) if one.get("@") != other.get("@") else set())
    if spec.name == "source":
        left = left | set(TEXT_COLUMNS)
    return all(one.get(column) == other.get(column) for column in spec.columns if column not in left)


def shown_text(heads: Heads) -> str:
    """The hash of the text to be shown: the later one's; the greater of two of one moment."""
    version = clocks.latest(heads)
    return str((heads[version] or {}).get("hash", ""))


def plan_of(ours: Copy, theirs: Copy, choices: Choices, moment: Any = clocks.NEVER) -> Plan:
    """What merging `theirs` into `ours` would do. `moment` is the version that what the user settles gets."""
    return Merging(ours, theirs, choices, moment).plan()
