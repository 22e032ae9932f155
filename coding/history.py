"""Which step undo would take back and which redo would bring again, for the coder who works now."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.changes import Changes
from coding.store.journal import FORGOTTEN, UNDOABLE
from coding.store.models import Coder, OperationRow, Preference

if TYPE_CHECKING:
    from coding.project import Project
    from coding.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the history; `changes` says what it (or its undo) touched, where that is known."""

    id: int
    title: str
    params: dict[str, Any] = field(default_factory=dict)
    changes: Changes = Changes.NONE

    def say(self, words: Words) -> str:
        """Its name for a person."""
        return words.t(self.title, **self.params)


class History:
    """The two stacks of one coder. Other coders' steps are in neither, so undo skips them."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._effective: dict[int, int] = {}

    @classmethod
    def of(cls, project: Project) -> History:
        """The stacks as the file has them, back to the last operation whose images are kept."""
        history = cls()
        with project.read() as session:
            edge = int(session.scalar(select(Preference.value).where(Preference.key == FORGOTTEN)) or 0)
            rows = session.execute(
                select(OperationRow.id, OperationRow.kind, OperationRow.title, OperationRow.params,
                       OperationRow.target_id, Coder.name)
                .join(Coder, Coder.guid == OperationRow.coder_guid)
                .where(OperationRow.id > edge)
                .order_by(OperationRow.id.desc())
                .limit(UNDOABLE)
            ).all()  # fmt: skip
            for row in reversed(rows):
                step = Step(row.id, row.title, json.loads(row.params))
                history.note(row.kind, step, row.target_id, row.name == project.coder)
        return history

    @property
    def next_undo(self) -> Step | None:
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        return self._undone[-1] if self._undone else None

    def done_steps(self) -> tuple[Step, ...]:
        """What undo would take back, the next one last."""
        return tuple(self._done)

    def undone_steps(self) -> tuple[Step, ...]:
        """What redo would bring again, the next one last."""
        return tuple(self._undone)

    def effective(self, step: Step) -> int:
        """The operation whose changes must be inverted to undo or redo `step`."""
        return self._effective.get(step.id, step.id)

    def note(self, kind: str, step: Step, target: int | None, mine: bool) -> None:
        """Take note of a step that was committed."""
        if not mine or kind == "start":
            return
        if kind == "do":
            self._done.append(step)
            self._undone.clear()
            return
        assert target is not None
        from_stack, to_stack = (self._done, self._undone) if kind == "undo" else (self._undone, self._done)
        moved = next((s for s in from_stack if s.id == target), None)
        if moved is None:  # the step itself is older than what is looked at; its undo says what it was
            moved = Step(target, step.title, step.params)
        else:
            from_stack.remove(moved)
        to_stack.append(moved)
        self._effective[moved.id] = step.id

    def drop(self, step: int) -> None:
        """Forget the step just done: it has become part of the one that follows."""
        if self._done and self._done[-1].id == step:
            self._done.pop()

    def forget(self, edge: int) -> None:
        """Drop the steps that can't be inverted any more, those of operation `edge` and before."""
        for stack in (self._done, self._undone):
            while stack and self.effective(stack[0]) <= edge:
                self._effective.pop(stack.pop(0).id, None)
