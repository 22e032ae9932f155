"""The linter, the formatter and the type checker find nothing."""

import subprocess
import sys
from pathlib import Path

import pytest


def run(root: Path, *command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=root, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_nothing(root: Path) -> None:
    run(root, "ruff", "check", "--quiet", ".")


def test_every_module_is_formatted(root: Path) -> None:
    run(root, "ruff", "format", "--check", "--quiet", ".")


# Checked as if on each, so that a call which only one of them has does not slip in.
@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_the_types_fit_on(platform: str, root: Path) -> None:
    rooms = ["-p", "frameworks", "-p", "coding", "-p", "app"]
    run(root, "mypy", "--platform", platform, "--cache-dir", f".mypy_cache/{platform}", *rooms)


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_the_types_of_the_launcher_fit_on(platform: str, root: Path) -> None:
    cache = f".mypy_cache/launcher-{platform}"
    run(root, "mypy", "--platform", platform, "--cache-dir", cache, "run.py", "tests/launcher/virtual_screen.py")
