"""run.py, loaded as a module, with everything it keeps in a folder of its own."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with all that the launcher reads, where it stands for itself."""
    checkout = tmp_path / "checkout"
    for name in ("run.py", "pyproject.toml", "requirements.lock", "tests/requirements.lock", "resources/launcher.toml"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / name, checkout / name)
    return checkout


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The launcher of `root`, speaking English, on a system that it takes for Linux without a screen."""
    for name in ("LC_ALL", "LC_MESSAGES", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    specification = importlib.util.spec_from_file_location("run_under_test", root / "run.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "run_under_test", module)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "LINUX", True)
    return module


@pytest.fixture
def environment(run: ModuleType) -> Path:
    """An environment that looks as if it had been set up: its site-packages."""
    run.SITE.mkdir(parents=True)
    run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    run.PYTHON.touch()
    for name in ("PySide6", "sqlalchemy", "__pycache__"):
        (run.SITE / name).mkdir()
    site: Path = run.SITE
    return site
