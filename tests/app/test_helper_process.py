"""The reading process: answers, errors, a file that takes too long, a process that dies."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.helper_process import HelperProcess, ReadingFault
from app.jobs.tasks import Task

WORKER = """
import json, os, sys, time

for line in sys.stdin:
    ask = json.loads(line)
    def say(**answer):
        print(json.dumps({"id": ask["id"], **answer}), flush=True)
    if ask["op"] == "echo":
        say(ok=True, result={"text": ask["text"], "pid": os.getpid()})
    elif ask["op"] == "steps":
        say(progress=[1, 3], text="one")
        say(ok=True, result=None)
    elif ask["op"] == "refuse":
        say(ok=False, error={"code": "source_empty", "params": {"file": ask["path"]}})
    elif ask["op"] == "fault":
        say(ok=False, error={"code": "fault", "params": {}, "text": "Traceback of the process"})
    elif ask["op"] == "die":
        os._exit(3)
    elif ask["op"] == "hang":
        time.sleep(600)
"""


@pytest.fixture
def helper(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HelperProcess]:
    """A helper whose process is a small program that does what the test asks of it."""
    (tmp_path / "small_worker.py").write_text(textwrap.dedent(WORKER), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = HelperProcess(module="small_worker")
    yield made
    made.close()


class Answers:
    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Any] = []


@pytest.fixture
def answers() -> Answers:
    return Answers()


Ask = Callable[..., None]


@pytest.fixture
def ask(helper: HelperProcess, answers: Answers, qtbot: QtBot) -> Ask:
    """Sends a request and waits for its answer."""

    def send(op: str, **fields: object) -> None:
        helper.request(op, answers.results.append, answers.errors.append, **fields)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)

    return send


def test_an_answer_comes_back_whole_in_any_script(ask: Ask, answers: Answers) -> None:
    text = "“Kalau informasinya …” — sampai 🙂 ke warga" * 5_000
    ask("echo", text=text)
    assert [result["text"] for result in answers.results] == [text]  # type: ignore[index]


def test_two_processes_answer_many_requests_and_each_is_started_once(
    helper: HelperProcess, answers: Answers, qtbot: QtBot
) -> None:
    for number in range(20):
        helper.request("echo", answers.results.append, answers.errors.append, text=str(number))
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)
    assert {result["text"] for result in answers.results} == {str(n) for n in range(20)}  # type: ignore[index]
    assert len(answers.results) == 20
    assert 1 <= len({result["pid"] for result in answers.results}) <= 2  # type: ignore[index]


def test_one_process_alone_answers_in_order_but_for_what_is_urgent(
    helper: HelperProcess, answers: Answers, qtbot: QtBot
) -> None:
    one = HelperProcess(module="small_worker", count=1)
    for number in range(4):
        one.request("echo", answers.results.append, answers.errors.append, text=str(number))
    said: list[str] = []
    one.request(
        "echo",
        answers.results.append,
        answers.errors.append,
        urgent=True,
        lazy=lambda: {"text": "soon" + "".join(said)},
    )
    said.append(", as it is when it is sent")
    qtbot.waitUntil(lambda: one.pending == 0, timeout=20_000)
    expected = ["0", "soon, as it is when it is sent", "1", "2", "3"]
    assert [result["text"] for result in answers.results] == expected  # type: ignore[index]
    assert len({result["pid"] for result in answers.results}) == 1  # type: ignore[index]
    one.close()


def test_a_file_that_hangs_does_not_hold_up_the_others(helper: HelperProcess, answers: Answers, qtbot: QtBot) -> None:
    hanging = helper.request("hang", answers.results.append, answers.errors.append)
    for number in range(5):
        helper.request("echo", answers.results.append, answers.errors.append, text=str(number))
    qtbot.waitUntil(lambda: len(answers.results) == 5 or len(helper._lanes) == 1, timeout=20_000)
    helper.cancel(hanging)
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)
    assert len(answers.results) == 5


def test_an_error_of_the_reader_comes_back_as_itself(ask: Ask, answers: Answers) -> None:
    ask("refuse", path="a.txt")
    assert [(error.code, error.params) for error in answers.errors] == [("source_empty", {"file": "a.txt"})]


def test_a_fault_in_the_process_is_a_fault_here(ask: Ask, answers: Answers) -> None:
    ask("fault")
    assert [(type(error), str(error)) for error in answers.errors] == [(ReadingFault, "Traceback of the process")]


def test_progress_reaches_the_task(helper: HelperProcess, answers: Answers, qtbot: QtBot) -> None:
    task = Task("Reading…")
    helper.request("steps", answers.results.append, answers.errors.append, task=task)
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)
    assert (task.done, task.total, task.detail) == (1, 3, "one")


def test_a_process_that_dies_fails_its_file_and_the_next_is_read(ask: Ask, answers: Answers) -> None:
    ask("die", file="evil.docx")
    assert [(error.code, error.params["file"]) for error in answers.errors] == [("source_broke_off", "evil.docx")]
    ask("echo", text="on")
    assert [result["text"] for result in answers.results] == ["on"]  # type: ignore[index]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(ask: Ask, answers: Answers) -> None:
    ask("echo", text="up")
    ask("hang", file="slow.docx", timeout=0.3)
    assert [error.code for error in answers.errors] == ["source_took_too_long"]
    assert answers.errors[0].params["file"] == "slow.docx"
    ask("echo", text="on")
    assert [result["text"] for result in answers.results] == ["up", "on"]  # type: ignore[index]


def test_a_request_taken_back_calls_nobody(helper: HelperProcess, answers: Answers, qtbot: QtBot) -> None:
    hanging = helper.request("hang", answers.results.append, answers.errors.append)
    waiting = helper.request("echo", answers.results.append, answers.errors.append, text="never")
    last = helper.request("echo", answers.results.append, answers.errors.append, text="last")
    assert helper.pending == 3
    helper.cancel(waiting)
    helper.cancel(hanging)
    assert last is not None
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)
    assert [result["text"] for result in answers.results] == ["last"]  # type: ignore[index]
    assert answers.errors == []


def test_a_program_that_cannot_start_is_an_error_not_a_wait(
    qtbot: QtBot, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    helper = HelperProcess(module="small_worker")
    helper.request("echo", answers.results.append, answers.errors.append, file="a.txt", text="x")
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=20_000)
    assert [error.code for error in answers.errors] == ["file_unreadable"]
    helper.close()


def test_the_real_process_reads_a_transcript(qtbot: QtBot, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "Wawancara RS.txt"
    path.write_text("Peneliti: Bagaimana informasinya?\nRS: Kami sampaikan lewat rapat dusun.\n", encoding="utf-8")
    helper = HelperProcess()
    helper.request("draft", answers.results.append, answers.errors.append, file=path.name, path=str(path))
    helper.request("draft", answers.results.append, answers.errors.append, file="x", path=str(tmp_path / "gone.txt"))
    qtbot.waitUntil(lambda: helper.pending == 0, timeout=60_000)
    assert [result["name"] for result in answers.results] == ["Wawancara RS"]  # type: ignore[index]
    assert [error.code for error in answers.errors] == ["file_missing"]
    helper.close()


def test_a_process_that_nobody_needs_ends_and_another_one_answers_later(
    qtbot: QtBot, helper: HelperProcess, answers: Answers
) -> None:
    hurried = HelperProcess(helper, module="small_worker", count=1, rest=0.02)
    for number in range(2):
        hurried.request("echo", answers.results.append, answers.errors.append, text=str(number))
        qtbot.waitUntil(lambda number=number: len(answers.results) == number + 1, timeout=20_000)
        qtbot.waitUntil(lambda: hurried.running == 0, timeout=20_000)
    assert answers.errors == []
    first, second = answers.results
    assert first["pid"] != second["pid"]  # type: ignore[index]
