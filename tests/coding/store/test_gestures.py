"""Operations of one gesture: one step of the history, whatever undo, redo and a new start do with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.segments.editing import remove, set_code, set_exemplar, set_valence, tag
from coding.segments.queries import segments
from coding.store.models import OperationRow, new_guid

Add = Callable[..., str]
DIMENSION, INDICATOR = "edward3.communication", "edward3.communication.clarity"
TITLE = "Tag with “{code}”"


@pytest.fixture
def source(add: Add) -> str:
    return add("Wawancara", [("P", "Bagaimana?"), ("RS", "Syaratnya berubah dua kali.")])


def gesture(project: Project, source: str, name: str = "g1", start: int = 18) -> str:
    """What `1 2 +` stores: a dimension, narrowed to an indicator, with a direction."""
    guid = new_guid()
    with project.operation(TITLE, gesture=name, code="Communication") as op:
        tag(op, source, start, start + 9, code_guid(op.session, DIMENSION), guid=guid)
    with project.operation(TITLE, gesture=name, code="Clarity") as op:
        set_code(op, guid, code_guid(op.session, INDICATOR))
    with project.operation(TITLE, gesture=name, code="Clarity") as op:
        set_valence(op, [guid], "supporting")
    return guid


def shown(project: Project) -> list[tuple[str, str | None]]:
    return [(row.code, row.valence) for row in segments(project)]


DONE = [(INDICATOR, "supporting")]


def test_a_gesture_is_one_step_named_by_its_last_operation(project: Project, source: str) -> None:
    before = len(project.done_steps)
    gesture(project, source)
    assert shown(project) == DONE
    assert len(project.done_steps) == before + 1
    step = project.next_undo
    assert step is not None
    assert (step.title, step.params) == (TITLE, {"code": "Clarity"})


def test_undo_and_redo_take_all_of_it(project: Project, source: str) -> None:
    guid = gesture(project, source)
    for _ in range(3):
        project.undo()
        assert shown(project) == []
        project.redo()
        assert shown(project) == DONE
    assert [row.guid for row in segments(project)] == [guid]


def test_it_stays_one_step_after_a_new_start(project: Project, source: str) -> None:
    guid = gesture(project, source)
    path = project.path
    project.close()
    with Project.open(path, coder="Ani") as again:
        again.undo()
        assert shown(again) == []
    with Project.open(path, coder="Ani") as again:
        assert again.next_redo is not None
        again.redo()
        assert shown(again) == DONE
        with again.operation("Set direction", gesture="g1") as op:
            set_valence(op, [guid], "neutral")
        # a gesture does not go on over a new start
        again.undo()
        assert shown(again) == DONE


@pytest.mark.parametrize("between", ["another", "undo", "coder"])
def test_whatever_comes_between_ends_the_gesture(project: Project, source: str, between: str) -> None:
    guid = gesture(project, source)
    if between == "another":
        with project.operation("Star as exemplar") as op:
            set_exemplar(op, guid, True)
    elif between == "undo":
        project.undo()
        project.redo()
    else:
        project.coder = "Budi"
    steps = len(project.done_steps)
    with project.operation(TITLE, gesture="g1", code="Clarity") as op:
        set_valence(op, [guid], "inhibiting")
    assert len(project.done_steps) == steps + 1
    project.undo()
    assert shown(project) == DONE


def test_two_gestures_are_two_steps(project: Project, source: str) -> None:
    gesture(project, source, "g1")
    gesture(project, source, "g2", 28)
    project.undo()
    assert shown(project) == DONE


def test_a_refused_part_leaves_the_rest_and_the_step(project: Project, source: str) -> None:
    guid = gesture(project, source)
    steps = project.done_steps
    with pytest.raises(CodingError), project.operation(TITLE, gesture="g1", code="Clarity") as op:
        set_valence(op, [guid], "good")  # type: ignore[arg-type]
    assert (shown(project), project.done_steps) == (DONE, steps)
    project.undo()
    assert shown(project) == []


def test_a_gesture_that_took_itself_back_is_no_step(project: Project, source: str) -> None:
    first = gesture(project, source)
    steps = [step.id for step in project.done_steps]
    project.undo()
    guid = new_guid()
    with project.operation(TITLE, gesture="g2", code="Communication") as op:
        tag(op, source, 18, 27, code_guid(op.session, DIMENSION), guid=guid)
    with project.operation(TITLE, gesture="g2", code="Clarity") as op:
        remove(op, [guid])
    # not even what could be done again is lost by it
    assert [step.id for step in project.done_steps] == steps[:-1]
    project.redo()
    assert [step.id for step in project.done_steps] == steps
    project.undo()
    assert segments(project) == []
    project.redo()
    assert [row.guid for row in segments(project)] == [first]
    path = project.path
    project.close()
    with Project.open(path, coder="Ani") as again:
        assert again.next_undo is not None
        assert again.next_undo.id == steps[-1]


def test_readers_that_count_operations_see_each_part(project: Project, source: str) -> None:
    """What is kept warm is known by the number of the last operation: that rises with each part of a gesture."""

    def last() -> int:
        with project.read() as session:
            return max(number for (number,) in session.query(OperationRow.id))

    before = last()
    guid = gesture(project, source)
    between = last()
    with project.operation(TITLE, gesture="g1", code="Clarity") as op:
        set_valence(op, [guid], "neutral")
    assert before < between < last()
