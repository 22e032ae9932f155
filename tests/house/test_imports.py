"""Imports run one way, heavy libraries come late, and what is imported is declared."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from importlinter.cli import lint_imports

# What each costs is in the hundreds of milliseconds; a start that does not need it must not pay.
HEAVY = {"alembic", "docx", "lxml", "matplotlib", "numpy", "openpyxl", "pypdfium2", "spacy"}
# Loaded for an upgrade alone, by the library itself.
MIGRATIONS = "coding/store/migrations/"
# The program opens no connection, and reads nothing that can run code.
NEVER = {
    *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "urllib3", "aiohttp"),
    *("pickle", "shelve", "marshal"),
}
# A local socket, to ask whether a screen is there before Qt ends the program for want of one.
EXCEPTED = {("app/screen.py", "socket")}


def test_imports_between_the_rooms_run_one_way(root: Path) -> None:
    assert lint_imports(str(root / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_frameworks_needs_the_standard_library_alone(imports: list) -> None:
    foreign = [
        str(found)
        for found in imports
        if found.file.startswith("frameworks/")
        and found.module.split(".")[0] not in sys.stdlib_module_names | {"frameworks"}
    ]
    assert foreign == []


def test_the_launcher_needs_the_standard_library_alone(imports: list) -> None:
    launcher = [found for found in imports if found.file == "run.py"]
    assert launcher
    assert [str(found) for found in launcher if found.module.split(".")[0] not in sys.stdlib_module_names] == []


def test_heavy_libraries_are_imported_where_they_are_used(imports: list) -> None:
    early = [
        str(found)
        for found in imports
        if found.at_load and found.module.split(".")[0] in HEAVY and not found.file.startswith(MIGRATIONS)
    ]
    assert early == []


def test_the_database_library_stays_out_of_the_window(imports: list) -> None:
    leaks = [
        str(found)
        for found in imports
        if found.file.startswith(("app/", "frameworks/")) and found.module.split(".")[0] in {"sqlalchemy", "sqlite3"}
    ]
    assert leaks == []


def test_nothing_opens_a_connection_or_unpickles(imports: list) -> None:
    banned = [
        str(found)
        for found in imports
        if any(found.module == name or found.module.startswith(name + ".") for name in NEVER)
        and (found.file, found.module) not in EXCEPTED
    ]
    assert banned == []


def test_the_declared_dependencies_are_just_those_imported(imports: list, root: Path) -> None:
    declared = {
        re.split(r"[<>=!;\[ ]", line)[0].lower()
        for line in tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    }
    distributions = packages_distributions()
    used = {
        name.lower().replace("_", "-")
        for found in imports
        if (top := found.module.split(".")[0]) not in sys.stdlib_module_names
        for name in distributions.get(top, [top])
    }
    ours = {"telaah"}
    assert used - declared - ours - {"shiboken6"} == set()
    assert declared - used == set()
