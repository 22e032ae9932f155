"""The way in: which words open the window, which are commands, and what is said without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import screen
from app.startup import main, wants_window
from coding.project import Project

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m app` with `words`, in a process and settings of its own."""
    around = {**os.environ, "TELAAH_HOME": str(home), **environment}
    for name, value in environment.items():
        if not value:
            del around[name]
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        env=around,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=ROOT,
        check=False,
    )


@pytest.mark.parametrize("words", [[], ["study.telaah"], ["/a folder/STUDY.TELAAH"]])
def test_these_words_open_the_window(words: list[str]) -> None:
    assert wants_window(words)


@pytest.mark.parametrize("words", [["--version"], ["-h"], ["demo", "x.telaah"], ["nonsense"], ["a.telaah", "b.telaah"]])
def test_these_words_are_commands(words: list[str]) -> None:
    assert not wants_window(words)


def test_a_command_is_handed_on_with_its_status(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["sources", str(tmp_path / "gone.telaah")]) == 1
    assert capsys.readouterr().err.startswith("telaah: ")
    assert main(["no-such-command"]) == 2


def test_the_version_is_told_without_a_screen(home: Path) -> None:
    done = run(home, "--version", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 0
    assert any(character.isdigit() for character in done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
@pytest.mark.parametrize("display", ["", ":4711"])
def test_no_screen_is_one_sentence(home: Path, display: str) -> None:
    done = run(home, QT_QPA_PLATFORM="", DISPLAY=display, WAYLAND_DISPLAY="", LC_ALL="C")
    assert done.returncode == 1
    assert done.stderr.startswith("telaah: there is no screen")
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_screen_in_memory_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert screen.missing() is None


SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import main_window, startup

main_window.present_places = lambda: ()

def look():
    windows = [w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window"]
    if windows and windows[0].ctx.project is not None and windows[0].ctx.jobs.writer.pending == 0:
        print(windows[0].windowTitle(), flush=True)
        windows[0].close()
    else:
        QTimer.singleShot(20, look)

make = startup.make_window
def make_window():
    made = make()
    QTimer.singleShot(0, look)
    return made
startup.make_window = make_window
sys.exit(startup.main([sys.argv[1]]))
"""


def test_the_window_opens_on_the_project_that_is_named_and_ends_well(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "Studi é.telaah"
    Project.create(path, "Studi é", "id", ["jones"], "Ani").close()
    around = {**os.environ, "TELAAH_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)],
        env=around,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "Studi é – Telaah"
    assert done.returncode == 0
    Project.open(path).close()
