"""Anything done in any order, closed and opened between: undo gives back exactly what was, redo exactly what came."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import history_machine as machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coding.errors import CodingError
from coding.project import Project
from coding.segments.queries import segments
from coding.store.checking import check
from coding.transcripts.queries import source_text

NUMBERS = st.integers(0, 60)
WHAT = st.sampled_from(machine.OPERATIONS)


class Study(RuleBasedStateMachine):
    """A project on disk that is worked on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="telaah-test-"))
        self.project = Project.open(machine.fresh(self.folder), coder="Ani")
        self.path = self.project.path

    def dump(self) -> machine.Dump:
        return machine.dump(self.path)

    def operations(self) -> int:
        with self.project.read() as session:
            return int(session.connection().exec_driver_sql("SELECT count(*) FROM operation").scalar() or 0)

    def teardown(self) -> None:
        self.project.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class OneCoder(Study):
    """`states[at]` is what the file holds now; those before can be had by undo, those behind by redo."""

    @initialize()
    def begin(self) -> None:
        self.states = [self.dump()]
        self.at = 0

    @rule(what=WHAT, n=NUMBERS, m=NUMBERS)
    def do(self, what: Any, n: int, m: int) -> None:
        before = self.operations()
        refused = False
        try:
            with self.project.operation(what.__name__) as op:
                what(op, n, m)
        except CodingError:
            refused = True
        now = self.dump()
        if refused or not op.changes:
            assert now == self.states[self.at]
            assert self.operations() == before
        else:
            self.states[self.at + 1 :] = [now]
            self.at += 1
            assert self.operations() == before + 1
            assert self.project.next_undo is not None
            assert self.project.next_undo.title == what.__name__
            assert self.project.next_redo is None

    @rule(parts=st.lists(st.tuples(WHAT, NUMBERS, NUMBERS), min_size=1, max_size=4))
    def gesture(self, parts: list[tuple[Any, int, int]]) -> None:
        """Several operations of one gesture are one step, or none where nothing is left of them."""
        self.gestures = getattr(self, "gestures", 0) + 1
        before, steps = self.operations(), [step.id for step in self.project.done_steps]
        changed = False
        for what, n, m in parts:
            try:
                with self.project.operation(what.__name__, gesture=f"g{self.gestures}") as op:
                    what(op, n, m)
            except CodingError:
                continue
            changed = changed or bool(op.changes)
        now = self.dump()
        if [step.id for step in self.project.done_steps] == steps:
            assert now == self.states[self.at]
        else:
            assert changed
            self.states[self.at + 1 :] = [now]
            self.at += 1
            assert self.project.next_redo is None
        assert self.operations() - before <= len(parts)

    @rule(what=WHAT, n=NUMBERS, m=NUMBERS)
    def fail(self, what: Any, n: int, m: int) -> None:
        before, steps = self.operations(), (self.project.next_undo, self.project.next_redo)
        try:
            with self.project.operation("Fails") as op:
                what(op, n, m)
                raise LookupError("on purpose")
        except (LookupError, CodingError):
            pass
        assert self.dump() == self.states[self.at]
        assert self.operations() == before
        assert (self.project.next_undo, self.project.next_redo) == steps

    @rule()
    def do_nothing(self) -> None:
        before = self.operations()
        with self.project.operation("Nothing"):
            pass
        assert self.operations() == before

    @precondition(lambda self: self.at > 0)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, self.at)):
            assert self.project.undo() is not None
            self.at -= 1
            assert machine.changed(self.dump(), self.states[self.at]) == {}

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            step = self.project.redo()
            assert (step is None) == (self.at + 1 == len(self.states))
            self.at += step is not None
            assert machine.changed(self.dump(), self.states[self.at]) == {}

    @rule()
    def reopen(self) -> None:
        steps = [step and (step.id, step.title) for step in (self.project.next_undo, self.project.next_redo)]
        self.project.close()
        self.project = Project.open(self.path, coder="Ani")
        assert [step and (step.id, step.title) for step in (self.project.next_undo, self.project.next_redo)] == steps
        assert self.dump() == self.states[self.at]

    @invariant()
    def every_passage_is_its_slice(self) -> None:
        texts = {}
        for row in segments(self.project):
            if row.source_guid not in texts:
                texts[row.source_guid] = source_text(self.project, row.source_guid).text
            assert row.text == texts[row.source_guid][row.start : row.end] != ""

    def teardown(self) -> None:
        try:
            while self.at:
                assert self.project.undo() is not None
                self.at -= 1
            assert self.project.undo() is None
            assert machine.changed(self.dump(), self.states[0]) == {}
            while self.project.redo():
                self.at += 1
            assert machine.changed(self.dump(), self.states[-1]) == {}
            assert self.at == len(self.states) - 1
            self.project.close()
            assert check(self.path).problems == ()
        finally:
            super().teardown()


@dataclass
class Record:
    """One step of one coder, with every value it changed."""

    coder: str
    diff: dict[tuple[str, int, str], tuple[Any, Any]]


class TwoCoders(Study):
    """Two people work in turn in one file; nobody's undo may touch what the other one did since."""

    @initialize()
    def begin(self) -> None:
        self.log: list[Record] = []
        self.done: dict[str, list[int]] = {"Ani": [], "Budi": []}
        self.undone: dict[str, list[int]] = {"Ani": [], "Budi": []}

    @rule(coder=st.sampled_from(("Ani", "Budi")))
    def change_places(self, coder: str) -> None:
        self.project.coder = coder

    @rule(what=WHAT, n=NUMBERS, m=NUMBERS, coder=st.sampled_from((None, "Ani", "Budi")))
    def do(self, what: Any, n: int, m: int, coder: str | None) -> None:
        before = self.dump()
        try:
            with self.project.operation(what.__name__, coder=coder) as op:
                what(op, n, m)
        except CodingError:
            return
        if op.changes:
            who = coder or self.project.coder
            self.log.append(Record(who, machine.changed(before, self.dump())))
            self.done[who].append(len(self.log) - 1)
            self.undone[who].clear()

    @rule()
    def undo(self) -> None:
        self.invert(self.done, self.undone, self.project.undo)

    @rule()
    def redo(self) -> None:
        self.invert(self.undone, self.done, self.project.redo)

    def invert(self, stack: dict[str, list[int]], other: dict[str, list[int]], act: Callable[[], Any]) -> None:
        me = self.project.coder
        if not stack[me]:
            assert act() is None
            return
        number = stack[me][-1]
        record = self.log[number]
        before = self.dump()
        foreign = [later for later in self.log[number + 1 :] if later.coder != me]
        refused = None
        try:
            act()
        except CodingError as error:
            refused = error.code
        after = self.dump()
        if refused is not None:
            assert refused == "undo_conflict"
            assert foreign, "nobody else did anything since"
            assert after == before
            return
        diff = machine.changed(before, after)
        assert not self.taken_from_others(diff, foreign)
        assert all(after.get(place[:2], {}).get(place[2]) == old for place, (old, _) in record.diff.items())
        assert diff.keys() <= record.diff.keys()
        stack[me].pop()
        other[me].append(len(self.log))
        self.log.append(Record(me, diff))

    @staticmethod
    def taken_from_others(diff: dict[Any, Any], foreign: list[Record]) -> set[Any]:
        """Values that others set since, and have not set back, and that are now something else."""
        first: dict[Any, Any] = {}
        last: dict[Any, Any] = {}
        for record in foreign:
            for place, (old, new) in record.diff.items():
                first.setdefault(place, old)
                last[place] = new
        standing = {place: new for place, new in last.items() if place[2] != "modified_at" and first[place] != new}
        return {place for place in diff if place in standing and standing[place] == diff[place][0] is not None}

    def teardown(self) -> None:
        try:
            self.project.close()
            assert check(self.path).problems == ()
        finally:
            super().teardown()


TestOneCoder = OneCoder.TestCase
TestOneCoder.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestTwoCoders = TwoCoders.TestCase
TestTwoCoders.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
