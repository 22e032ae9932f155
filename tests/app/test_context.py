"""The context: every change is an operation in the project's thread, and the window hears of it."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.context import Context
from app.project_info import free_path
from coding.changes import Changes
from coding.codes.editing import new_open_code
from coding.codes.queries import frameworks, open_codes
from coding.errors import CodingError
from coding.project import Operation, Project
from coding.words import Words

Idle = Callable[[Context], None]
Notices = list[tuple[str, str, str]]


def add_code(name: str) -> Callable[[Operation], str]:
    return lambda op: new_open_code(op, name)


def code_names(ctx: Context, idle: Idle) -> list[str]:
    found: list[str] = []
    ctx.read(open_codes, lambda rows: found.extend(row.path for row in rows))
    idle(ctx)
    return found


def test_a_new_project_is_open_with_its_facts(project_ctx: Context) -> None:
    project = project_ctx.project
    assert project is not None
    assert (project.title, project.coder, project.language) == ("Study", "Ani", "id")
    assert project.next_undo is None
    assert project.backup is not None
    assert [one.title for one in project_ctx.settings.recent()] == ["Study"]


def test_an_operation_tells_its_result_then_what_changed(project_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    heard: list[Any] = []
    project_ctx.changed.connect(heard.append)
    with qtbot.waitSignal(project_ctx.changed):
        project_ctx.operate("Make the code “{code}”", add_code("harapan"), heard.append, code="harapan")
    assert isinstance(heard[0], str)
    assert heard[1] == Changes.CODES
    assert project_ctx.project is not None
    assert project_ctx.project.next_undo == "Make the code “harapan”"
    assert code_names(project_ctx, idle) == ["harapan"]


def test_undo_and_redo_say_what_they_would_do(project_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    ctx = project_ctx
    ctx.operate("Make the code “{code}”", add_code("harapan"), code="harapan")
    ctx.undo()
    with qtbot.waitSignal(ctx.changed):
        idle(ctx)
    assert ctx.project is not None
    assert (ctx.project.next_undo, ctx.project.next_redo) == (None, "Make the code “harapan”")
    assert code_names(ctx, idle) == []
    ctx.redo()
    idle(ctx)
    assert (ctx.project.next_undo, ctx.project.next_redo) == ("Make the code “harapan”", None)
    assert code_names(ctx, idle) == ["harapan"]


def test_operations_queued_at_once_run_one_after_the_other(project_ctx: Context, idle: Idle) -> None:
    done: list[str] = []
    for name in "abcde":
        project_ctx.operate("Make a code", add_code(name), lambda _, n=name: done.append(n))
    idle(project_ctx)
    assert done == list("abcde")
    assert code_names(project_ctx, idle) == list("abcde")


def test_what_the_world_did_wrong_becomes_a_notice_and_nothing_is_kept(
    project_ctx: Context, idle: Idle, notices: Notices
) -> None:
    failed: list[Exception] = []

    def work(op: Operation) -> None:
        new_open_code(op, "half")
        raise CodingError("segment_gone")

    project_ctx.operate("Make a code", work, lambda _: pytest.fail("it was done"), failed.append)
    idle(project_ctx)
    assert [(text, kind) for text, kind, _ in notices] == [("This coded segment no longer exists", "error")]
    assert len(failed) == 1
    assert code_names(project_ctx, idle) == []


def test_a_fault_of_ours_goes_to_the_fault_catcher(project_ctx: Context, idle: Idle, notices: Notices) -> None:
    def broken(op: Operation) -> None:
        raise ZeroDivisionError("ours")

    with capture_exceptions() as caught:
        project_ctx.operate("Make a code", broken)
        idle(project_ctx)
    assert [str(error) for _, error, _ in caught] == ["ours"]
    assert notices == []


def test_a_read_that_was_asked_again_answers_once(project_ctx: Context, idle: Idle) -> None:
    answers: list[int] = []
    for number in range(30):
        project_ctx.read(lambda reader, n=number: n, answers.append, key="list")
    idle(project_ctx)
    assert answers[-1] == 29
    assert len(answers) < 30


def test_a_read_does_not_answer_after_the_project_was_closed(project_ctx: Context, idle: Idle) -> None:
    def slow(reader: object) -> str:
        time.sleep(0.2)
        return "late"

    project_ctx.read(slow, lambda _: pytest.fail("too late"))
    project_ctx.close_project()
    idle(project_ctx)
    assert project_ctx.project is None


def test_a_long_read_does_not_hold_up_a_commit(project_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    ctx = project_ctx
    starts: list[float] = []
    committed: list[float] = []
    answers: list[int] = []

    def count_long(reader: Any) -> int:
        starts.append(time.monotonic())
        limit = 10_000_000_000 if len(starts) == 1 else 10
        counting = (
            f"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {limit}) SELECT max(x) FROM n"
        )
        with reader.read() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM project").scalar()
            return int(session.connection().exec_driver_sql(counting).scalar())

    ctx.read(count_long, answers.append)
    qtbot.waitUntil(lambda: len(starts) == 1)
    ctx.operate("Make a code", add_code("harapan"), lambda _: committed.append(time.monotonic()))
    qtbot.waitUntil(lambda: bool(committed), timeout=4_000)
    idle(ctx)
    assert answers == [10]
    assert len(starts) == 2


def test_cancelling_a_read_says_so_and_goes_on(
    project_ctx: Context, qtbot: QtBot, idle: Idle, notices: Notices
) -> None:
    begun: list[bool] = []

    def endless(reader: Any) -> int:
        counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        with reader.read() as session:
            begun.append(True)
            return int(session.connection().exec_driver_sql(counting).scalar())

    task = project_ctx.task("Counting…")
    project_ctx.read(endless, lambda _: pytest.fail("it has no end"), task=task)
    qtbot.waitUntil(lambda: bool(begun))
    qtbot.wait(50)
    task.cancel()
    idle(project_ctx)
    assert [text for text, *_ in notices] == ["Cancelled; nothing was changed"]
    assert code_names(project_ctx, idle) == []


def test_cancelling_an_operation_leaves_the_project_as_it_was(
    project_ctx: Context, qtbot: QtBot, idle: Idle, notices: Notices
) -> None:
    task = project_ctx.task("Making codes…")
    done = 0

    def many(op: Operation) -> None:
        nonlocal done
        for done in range(10_000):
            new_open_code(op, f"code {done}")
            task.step(done, 10_000)
            time.sleep(0.001)

    project_ctx.operate("Make codes", many, task=task)
    qtbot.waitUntil(lambda: done > 5)
    task.cancel()
    idle(project_ctx)
    assert [kind for _, kind, _ in notices] == ["info"]
    assert code_names(project_ctx, idle) == []


def test_work_meant_for_a_closed_project_does_not_reach_the_next_one(
    project_ctx: Context, tmp_path: Path, idle: Idle, notices: Notices
) -> None:
    ctx = project_ctx
    Project.create(tmp_path / "other.telaah", "Other", "en", ["jones"], "Budi").close()
    ctx.open_project(tmp_path / "other.telaah")
    ctx.operate("Make a code", add_code("stray"))
    idle(ctx)
    assert ctx.project is not None
    assert ctx.project.title == "Other"
    assert code_names(ctx, idle) == []
    assert notices == []


def test_opening_another_project_closes_the_first(project_ctx: Context, tmp_path: Path, idle: Idle) -> None:
    ctx = project_ctx
    first = ctx.project
    assert first is not None
    order: list[str] = []
    ctx.project_closed.connect(lambda: order.append("closed"))
    ctx.project_opened.connect(lambda: order.append("opened"))
    Project.create(tmp_path / "other.telaah", "Other", "en", ["jones"], "Budi").close()
    ctx.open_project(tmp_path / "other.telaah")
    idle(ctx)
    assert order == ["closed", "opened"]
    found: list[str] = []
    ctx.read(frameworks, lambda rows: found.extend(row.key for row in rows))
    idle(ctx)
    assert found == ["jones"]
    Project.open(first.path).close()


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[str, Path]:
    """Files that are no project that can be opened, by what is wrong with them."""
    whole = tmp_path / "whole.telaah"
    Project.create(whole, "Whole", "id", ["edward3"], "Ani").close()
    notes = tmp_path / "notes.telaah"
    notes.write_text("only words, many of them " * 50, encoding="utf-8")
    damaged = tmp_path / "damaged.telaah"
    content = bytearray(whole.read_bytes())
    content[4096:] = b"\xab" * (len(content) - 4096)
    damaged.write_bytes(content)
    newer = tmp_path / "newer.telaah"
    shutil.copyfile(whole, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    return {"missing": tmp_path / "gone.telaah", "foreign": notes, "damaged": damaged, "newer": newer}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "gone.telaah does not exist"),
        ("foreign", "notes.telaah is not a Telaah project"),
        ("damaged", "damaged.telaah is damaged"),
        ("newer", "newer.telaah was made by a newer Telaah"),
    ],
)
def test_a_file_that_cannot_be_opened_is_one_sentence_where_the_person_is(
    project_ctx: Context, idle: Idle, notices: Notices, bad_files: dict[str, Path], kind: str, words: str
) -> None:
    before = project_ctx.project
    project_ctx.open_project(bad_files[kind])
    idle(project_ctx)
    assert len(notices) == 1
    text, tone, _ = notices[0]
    assert words in text
    assert tone == "error"
    assert project_ctx.project is not None
    assert before is not None
    assert project_ctx.project.guid == before.guid
    project_ctx.operate("Make a code", add_code("still here"))
    idle(project_ctx)
    assert code_names(project_ctx, idle) == ["still here"]


def test_a_project_open_elsewhere_is_told_by_name(ctx: Context, idle: Idle, notices: Notices, tmp_path: Path) -> None:
    told: list[tuple[Path, CodingError]] = []
    ctx.project_refused.connect(lambda path, error: told.append((path, error)))
    with Project.create(tmp_path / "busy.telaah", "Busy", "id", ["edward3"], "Ani"):
        ctx.open_project(tmp_path / "busy.telaah")
        idle(ctx)
    ((path, error),) = told
    assert path == tmp_path / "busy.telaah"
    assert "busy.telaah is open in another Telaah" in error.say(ctx.words)
    assert notices == []
    assert ctx.project is None


def test_a_refusal_is_said_in_the_language_of_the_window(
    indonesian: Words, ctx: Context, idle: Idle, notices: Notices, tmp_path: Path
) -> None:
    ctx.set_language("id")
    ctx.open_project(tmp_path / "gone.telaah")
    idle(ctx)
    assert notices[0][0] == f"{tmp_path / 'gone.telaah'} tidak ada; periksa nama dan foldernya"


def test_a_project_that_is_open_already_is_not_opened_again(project_ctx: Context, notices: Notices) -> None:
    assert project_ctx.project is not None
    project_ctx.open_project(project_ctx.project.path)
    assert [kind for _, kind, _ in notices] == ["info"]


def test_a_backup_is_made_only_after_a_change(project_ctx: Context, idle: Idle, tmp_path: Path) -> None:
    folder = tmp_path / "study backups"
    assert len(list(folder.glob("*.telaah"))) == 1
    project_ctx.back_up()
    idle(project_ctx)
    assert len(list(folder.glob("*.telaah"))) == 1


def test_a_copy_is_a_whole_project(project_ctx: Context, idle: Idle, tmp_path: Path, notices: Notices) -> None:
    project_ctx.operate("Make a code", add_code("harapan"))
    project_ctx.save_copy(tmp_path / "copy.telaah")
    idle(project_ctx)
    with Project.open(tmp_path / "copy.telaah") as copy:
        assert [row.path for row in open_codes(copy)] == ["harapan"]
    assert notices[0][0].startswith("A copy was saved as")


def test_the_coder_can_change(project_ctx: Context, idle: Idle) -> None:
    project_ctx.set_coder("Budi")
    idle(project_ctx)
    assert project_ctx.project is not None
    assert project_ctx.project.coder == "Budi"
    assert project_ctx.settings.get("coder") == "Budi"


def test_everything_queued_is_in_the_file_after_the_end(project_ctx: Context, idle: Idle) -> None:
    assert project_ctx.project is not None
    path = project_ctx.project.path
    for number in range(20):
        project_ctx.operate("Make a code", add_code(f"code {number}"))
    project_ctx.shutdown()
    with Project.open(path) as project:
        assert len(open_codes(project)) == 20


def test_garbage_is_collected_in_the_thread_of_the_window_alone(project_ctx: Context, qtbot: QtBot, idle: Idle) -> None:
    places: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            places.append(threading.get_ident())

    def litter(_: object) -> None:
        for _number in range(20_000):
            Knot()

    project_ctx.read(litter, lambda _: None)
    idle(project_ctx)
    assert places == []
    project_ctx._collector.collect_due()
    assert set(places) == {threading.get_ident()}
    project_ctx.shutdown()
    assert gc.isenabled()


def test_asking_without_a_project_is_a_fault(ctx: Context) -> None:
    with pytest.raises(RuntimeError):
        ctx.operate("Make a code", add_code("nowhere"))
    with pytest.raises(RuntimeError):
        ctx.read(open_codes, print)


def test_going_to_a_segment_asks_for_the_transcripts_first(ctx: Context) -> None:
    order: list[str] = []
    ctx.workspace_requested.connect(order.append)
    ctx.segment_requested.connect(order.append)
    ctx.source_requested.connect(order.append)
    ctx.go_to_segment("s1")
    ctx.go_to_source("d1")
    assert order == ["transcripts", "s1", "transcripts", "d1"]


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "Sample.telaah").touch()
    (tmp_path / "Sample (2).telaah").touch()
    assert free_path(tmp_path, "Sample") == tmp_path / "Sample (3).telaah"
    assert free_path(tmp_path, "New") == tmp_path / "New.telaah"
