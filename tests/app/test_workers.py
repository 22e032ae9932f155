"""Work beside the event loop: in order, in its own thread, late results dropped, nothing lost at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.tasks import CANCELLABLE_AFTER, SHOWN_AFTER, Task, TaskBoard
from app.jobs.threads import Job, Worker
from coding.errors import CodingError


class Skipping(Worker):
    skips = True


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.close()


@pytest.fixture
def skipping(qtbot: QtBot) -> Iterator[Skipping]:
    made = Skipping("test")
    yield made
    made.close()


def fail(error: Exception) -> None:
    raise AssertionError(error)


def test_jobs_run_in_order_in_another_thread_and_answer_in_this_one(worker: Worker, qtbot: QtBot) -> None:
    threads: set[int] = set()
    answers: list[tuple[int, int]] = []

    def work(number: int) -> int:
        threads.add(threading.get_ident())
        return number

    for number in range(20):
        worker.queue(Job(lambda n=number: work(n), lambda n: answers.append((n, threading.get_ident())), fail))
    qtbot.waitUntil(lambda: worker.pending == 0)
    here = threading.get_ident()
    assert answers == [(number, here) for number in range(20)]
    assert threads.isdisjoint({here})
    assert len(threads) == 1


def test_an_error_is_handed_over_and_the_next_job_runs(worker: Worker, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    answers: list[str] = []

    def broken() -> None:
        raise CodingError("undo_nothing")

    worker.queue(Job(broken, fail, errors.append))  # type: ignore[arg-type]
    worker.queue(Job(lambda: "well", answers.append, fail))
    qtbot.waitUntil(lambda: worker.pending == 0)
    assert [type(error) for error in errors] == [CodingError]
    assert answers == ["well"]


def test_a_newer_job_with_the_same_key_drops_the_older_one(skipping: Skipping, qtbot: QtBot) -> None:
    gate = threading.Event()
    ran: list[str] = []
    answers: list[str] = []

    def work(name: str) -> str:
        ran.append(name)
        return name

    skipping.queue(Job(gate.wait, None, fail))
    for name in ("first", "second", "third"):
        skipping.queue(Job(lambda n=name: work(n), answers.append, fail, key="list"))
    skipping.queue(Job(lambda: work("other"), answers.append, fail, key="other"))
    gate.set()
    qtbot.waitUntil(lambda: skipping.pending == 0)
    assert answers == ["third", "other"]
    assert ran == ["third", "other"]


def test_a_result_that_comes_too_late_is_dropped(skipping: Skipping, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    answers: list[str] = []

    def slow() -> str:
        begun.set()
        gate.wait()
        return "old"

    skipping.queue(Job(slow, answers.append, fail, key="list"))
    assert begun.wait(5)
    skipping.queue(Job(lambda: "new", answers.append, fail, key="list"))
    gate.set()
    qtbot.waitUntil(lambda: skipping.pending == 0)
    assert answers == ["new"]


def test_closing_runs_everything_that_is_queued(qtbot: QtBot) -> None:
    worker = Worker("test")
    ran: list[int] = []

    def work(number: int) -> None:
        time.sleep(0.01)
        ran.append(number)

    for number in range(10):
        worker.queue(Job(lambda n=number: work(n), fail, fail))  # type: ignore[arg-type]
    worker.close()
    assert ran == list(range(10))


def test_closing_twice_is_no_fault(qtbot: QtBot) -> None:
    worker = Worker("test")
    worker.close()
    worker.close()
    assert worker.pending == 0


def test_a_task_is_shown_after_a_moment_and_while_it_lasts(qtbot: QtBot) -> None:
    board = TaskBoard()
    task = Task("Reading…", cancellable=True)
    board.begin(task)
    assert board.shown() is None
    task.started -= SHOWN_AFTER
    assert board.shown() is task
    assert task.seconds < CANCELLABLE_AFTER
    board.end(task)
    assert board.shown() is None
    assert len(board) == 0


def test_a_cancelled_task_stops_at_its_next_step() -> None:
    asked: list[bool] = []
    task = Task("Reading…", cancellable=True)
    task.on_cancel = lambda: asked.append(True)
    task.step(1, 3, "one.docx")
    assert (task.done, task.total, task.detail) == (1, 3, "one.docx")
    task.cancel()
    assert asked == [True]
    with pytest.raises(CodingError, match="cancelled"):
        task.step(2, 3)
