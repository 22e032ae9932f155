"""What is installed is what was locked, and what is packed is everything."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "tests/requirements.lock")


def pins(lock: Path) -> dict[str, list[Requirement]]:
    """The pinned requirements of `lock` by name."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-zA-Z0-9][^#\n]*?(?= *\\$)", lock.read_text("utf-8"), re.MULTILINE):
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def pinned_here(requirements: list[Requirement]) -> list[str]:
    """The versions that `requirements` pin on this system."""
    return [
        str(requirement.specifier).removeprefix("==")
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate()
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes(name: str, root: Path) -> None:
    text = (root / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-zA-Z0-9])", text)[1:]
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str, root: Path) -> None:
    text = (root / name).read_text("utf-8")
    assert not re.search(r"https?://|file://|index-url|find-links| /", text)


def test_the_test_lock_holds_the_other_one(root: Path) -> None:
    product, tests = (pins(root / name) for name in LOCKS)
    assert {name: list(map(str, found)) for name, found in product.items()}.items() <= {
        name: list(map(str, found)) for name, found in tests.items()
    }.items()


def test_the_locks_satisfy_what_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    asked = [
        (LOCKS[0], project["project"]["dependencies"]),
        (LOCKS[0], project["build-system"]["requires"]),
        (LOCKS[1], project["project"]["optional-dependencies"]["test"]),
    ]
    for lock, requirements in asked:
        locked = pins(root / lock)
        for requirement in map(Requirement, requirements):
            for pin in locked[canonicalize_name(requirement.name)]:
                if pin.marker == requirement.marker or requirement.marker is None or requirement.marker.evaluate():
                    assert requirement.specifier.contains(str(pin.specifier).removeprefix("==")), requirement


def test_what_is_installed_here_is_what_was_locked(root: Path) -> None:
    wrong = {}
    for name, requirements in pins(root / LOCKS[1]).items():
        for wanted in pinned_here(requirements):
            if version(name) != wanted:
                wrong[name] = (version(name), wanted)
    assert wrong == {}


def test_the_command_telaah_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="telaah")
    assert callable(command.load())


def test_a_wheel_holds_every_file_of_the_rooms(root: Path, tracked: list[str], tmp_path: Path) -> None:
    rooms = ("app/", "coding/", "frameworks/", "resources/")
    expected = {name for name in tracked if name.startswith(rooms) and "/." not in name}
    for name in {*expected, "pyproject.toml", "README.md", "LICENSE"}:
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, tmp_path / "tree" / name)
    build = "import sys, setuptools.build_meta as b; b.build_wheel(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=tmp_path / "tree", capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    assert expected - packed == set()
    assert {name for name in packed if not name.startswith(rooms) and ".dist-info/" not in name} == set()
