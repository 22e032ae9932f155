"""What the launcher takes for set up, and what it does again."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


def test_a_part_is_ready_once_it_was_marked(run: ModuleType, environment: Path) -> None:
    assert not run.is_ready("packages")
    run.mark_ready("packages")
    assert run.is_ready("packages")
    assert not run.is_ready("tests")


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_a_changed_file_makes_every_part_stale(name: str, run: ModuleType, environment: Path, root: Path) -> None:
    run.mark_ready("packages")
    run.mark_ready("tests")
    (root / name).write_text((root / name).read_text("utf-8") + "\n", "utf-8")
    assert not run.is_ready("packages")
    assert not run.is_ready("tests")


def test_the_test_lock_concerns_the_tests_alone(run: ModuleType, environment: Path, root: Path) -> None:
    run.mark_ready("packages")
    run.mark_ready("tests")
    (root / "tests" / "requirements.lock").write_text("", "utf-8")
    assert run.is_ready("packages")
    assert not run.is_ready("tests")


def test_another_python_or_another_place_makes_a_part_stale(
    run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.mark_ready("packages")
    with monkeypatch.context() as context:
        context.setattr(sys, "version", "3.99.0 (made up)")
        assert not run.is_ready("packages")
    with monkeypatch.context() as context:
        context.setattr(sys, "base_prefix", "/somewhere/else")
        assert not run.is_ready("packages")
    assert run.is_ready("packages")


def test_a_library_that_has_gone_makes_a_part_stale(run: ModuleType, environment: Path) -> None:
    run.mark_ready("packages")
    (environment / "something_more").mkdir()
    assert run.is_ready("packages")
    (environment / "sqlalchemy").rmdir()
    assert not run.is_ready("packages")


def test_an_environment_without_python_is_not_ready(run: ModuleType, environment: Path) -> None:
    run.mark_ready("packages")
    run.PYTHON.unlink()
    assert not run.is_ready("packages")


def test_a_set_up_that_was_broken_off_is_not_ready(run: ModuleType, environment: Path) -> None:
    run.mark_ready("packages")
    run.UNFINISHED.touch()
    assert not run.is_ready("packages")


def test_a_damaged_mark_is_no_mark(run: ModuleType, environment: Path) -> None:
    (run.VENV / "ready-packages").write_bytes(b"\xff\xfe\x00")
    assert not run.is_ready("packages")


def test_what_is_ready_is_not_set_up_again(run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("packages", "qt"):
        run.mark_ready(part)
    monkeypatch.setattr(run, "set_up_packages", pytest.fail)
    monkeypatch.setattr(run, "set_up_system", pytest.fail)
    run.set_up("packages", "qt")
    assert not run.LOCK.exists()


def test_parts_are_set_up_in_order_and_remembered(
    run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(run, "require", lambda wanted: None)
    monkeypatch.setattr(run, "set_up_packages", done.append)
    monkeypatch.setattr(run, "set_up_system", done.append)
    run.set_up("packages", "qt", wished=("screen",))
    assert done == ["packages", "qt", "screen"]
    run.set_up("packages", "qt", wished=("screen",))
    assert done == ["packages", "qt", "screen"]


def test_elsewhere_than_on_linux_nothing_of_the_system_is_set_up(
    run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(run, "LINUX", False)
    monkeypatch.setattr(run, "set_up_packages", done.append)
    monkeypatch.setattr(run, "set_up_system", done.append)
    run.set_up("packages", "qt", "window")
    assert done == ["packages"]


def test_all_that_the_system_lacks_is_named_before_anything_is_downloaded(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []

    def refuse(wanted: dict[str, str]) -> None:
        asked.append(wanted)
        raise run.SetUpError("install them by hand")

    monkeypatch.setattr(run, "require", refuse)
    monkeypatch.setattr(run, "set_up_packages", pytest.fail)
    with pytest.raises(run.SetUpError, match="by hand"):
        run.set_up("packages", "qt", "window", wished=("screen",))
    assert asked == [{**run.table("qt"), **run.table("window")}]


def test_what_is_only_wished_for_may_fail_and_is_tried_again(
    run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(part: str) -> None:
        raise run.SetUpError(f"no {part} here")

    monkeypatch.setattr(run, "require", lambda wanted: None)
    monkeypatch.setattr(run, "set_up_packages", lambda part: None)
    monkeypatch.setattr(run, "set_up_system", refuse)
    run.set_up("packages", wished=("screen",))
    assert "no screen here" in capsys.readouterr().err
    assert run.is_ready("packages")
    assert not run.is_ready("screen")
    with pytest.raises(run.SetUpError, match="no window here"):
        run.set_up("window")


def test_a_broken_off_environment_is_emptied_but_for_lock_and_log(run: ModuleType, environment: Path) -> None:
    run.mark_ready("packages")
    for path in (run.LOCK, run.LOG):
        path.touch()
    (run.VENV / "pyvenv.cfg").touch()
    run.clear_environment()
    assert sorted(path.name for path in run.VENV.iterdir()) == ["setup.lock", "setup.log"]


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(run: ModuleType, root: Path) -> None:
    run.VENV.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(run.SetUpError, match="cannot be written to"), run.one_at_a_time():
        pytest.fail("the lock was had")


HOLDER = """
import importlib.util, sys
specification = importlib.util.spec_from_file_location("run", sys.argv[1])
run = importlib.util.module_from_spec(specification)
specification.loader.exec_module(run)
with run.one_at_a_time():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_start_waits_for_the_first(
    run: ModuleType, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root / "run.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        naps: list[float] = []

        def nap(seconds: float) -> None:
            # The first start goes on until the second has been seen to wait; then it dies, and the lock must be free.
            naps.append(seconds)
            holder.kill()
            holder.wait()

        monkeypatch.setattr("time.sleep", nap)
        with run.one_at_a_time():
            assert naps
    assert capsys.readouterr().err.count("waiting for it") == 1
