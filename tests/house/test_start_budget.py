"""A start loads what the start page needs and no more."""

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = {"alembic", "docx", "lxml", "matplotlib", "numpy", "openpyxl", "pypdfium2", "spacy", "sqlalchemy"}

LOADED = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"

# The real start, left as soon as its window has been painted: nothing but the event loop's first call is wrapped.
START_PAGE = f"""
import sys
from PySide6 import QtCore, QtGui, QtWidgets

run = QtWidgets.QApplication.exec

def exec_until_painted(*_):
    def look():
        windows = [w for w in QtWidgets.QApplication.topLevelWidgets() if w.isVisible() and w.width() > 300]
        if windows:
            windows[0].grab()
            {LOADED}
            sys.stdout.flush()
            QtWidgets.QApplication.closeAllWindows()
            QtWidgets.QApplication.quit()
    timer = QtCore.QTimer()
    timer.timeout.connect(look)
    timer.start(0)
    return run()

for kind in (QtCore.QCoreApplication, QtGui.QGuiApplication, QtWidgets.QApplication):
    kind.exec = exec_until_painted
from app.startup import main
sys.argv = ["telaah"]
main()
"""


def loaded_by(code: str, home: Path) -> set[str]:
    """The top-level modules that `code` says it has loaded, run with settings of its own."""
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME")}
    environment = {**os.environ, **places, "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", timeout=120, cwd=home
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[0]))


def test_importing_the_start_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by(f"import app.startup\n{LOADED}", tmp_path)
    assert "app" in loaded
    assert loaded & HEAVY == set()


def test_the_start_page_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by(START_PAGE, tmp_path)
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()


def test_importing_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by(f"import coding.cli\n{LOADED}", tmp_path)
    assert "coding" in loaded
    assert loaded & (HEAVY - {"sqlalchemy"} | {"PySide6"}) == set()
