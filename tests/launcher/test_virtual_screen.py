"""The virtual screen that the tests run on where there is no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Xvfb is a screen for X11")

SCRIPT = Path(__file__).with_name("virtual_screen.py")
# Stands for Xvfb: announces a number as that does, and says in a file when it came and went.
FAKE = """#!{python}
import os, signal, sys
def leave(*_):
    with open({record!r}, "a") as file: file.write("left ")
    raise SystemExit
signal.signal(signal.SIGTERM, leave)
with open({record!r}, "a") as file: file.write("came ")
if {works}:
    os.write(int(sys.argv[sys.argv.index("-displayfd") + 1]), b"42\\n")
    signal.pause()
"""


def on_fake_screen(tmp_path: Path, code: str, works: bool = True) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run `code` on a virtual screen of a fake Xvfb; what became of it, and what the fake recorded."""
    record = tmp_path / "record"
    fake = tmp_path / "Xvfb"
    fake.write_text(FAKE.format(python=sys.executable, record=str(record), works=works), "utf-8")
    fake.chmod(0o755)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), sys.executable, "-c", code],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "DISPLAY": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return done, record.read_text("utf-8")


def test_the_command_has_the_screen_and_its_status_is_kept(tmp_path: Path) -> None:
    done, record = on_fake_screen(tmp_path, "import os; print(os.environ['DISPLAY']); raise SystemExit(3)")
    assert (done.returncode, done.stdout) == (3, ":42\n")
    assert record == "came left "


def test_a_screen_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    done, record = on_fake_screen(tmp_path, "print('started')", works=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert "Xvfb did not start" in done.stderr
    assert record == "came "
