"""What lies where, how long it is, and that it is text as agreed."""

import ast
import re
from pathlib import Path

TOP = {
    *("app", "coding", "frameworks", "resources", "tests", "pyproject.toml", "README.md"),
    *("run.py", "requirements.lock", "LICENSE", "CHANGELOG.md"),
}
LONGEST_MODULE = 500
LONGEST_FUNCTION = 80
# Everything else is compared byte by byte by tests, or is a picture.
TEXT = {".py", ".toml", ".md", ".po", ".pot", ".svg", ".ini", ".mako", ".lock", ""}
KILOBYTES = 4096


def test_only_what_was_agreed_lies_at_the_top(tracked: list[str]) -> None:
    top = {name.split("/")[0] for name in tracked}
    assert {name for name in top if not name.startswith(".")} - TOP == set()
    assert top >= TOP
    assert {name for name in top if name.startswith(".")} == {".ci", ".gitattributes", ".gitignore"}


def test_tests_are_in_rooms_without_init(tracked: list[str]) -> None:
    tests = [name for name in tracked if name.startswith("tests/")]
    assert [name for name in tests if name.endswith("__init__.py")] == []
    beside = [name for name in tests if name.count("/") == 1]
    assert set(beside) <= {"tests/conftest.py", "tests/pictures.py", "tests/requirements.lock", "tests/samples.py"}


def test_test_modules_have_names_of_their_own(tracked: list[str]) -> None:
    names = [name.rsplit("/", 1)[-1] for name in tracked if re.search(r"(^|/)test_\w+\.py$", name)]
    assert sorted(names) == sorted(set(names))


def test_modules_and_functions_are_short(product: dict[str, ast.Module], root: Path) -> None:
    long = [
        f"{name} has {lines} lines"
        for name in product
        if (lines := (root / name).read_text("utf-8").count("\n")) > LONGEST_MODULE
    ]
    long += [
        f"{name}:{node.lineno} {node.name} has {lines} lines"
        for name, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_room_says_what_it_is_for(product: dict[str, ast.Module]) -> None:
    silent = [name for name, tree in product.items() if not ast.get_docstring(tree)]
    assert silent == []


def test_text_files_are_utf8_with_plain_line_ends(tracked: list[str], root: Path) -> None:
    wrong = []
    for name in tracked:
        if name.startswith("tests/data/") or Path(name).suffix not in TEXT:
            continue
        raw = (root / name).read_bytes()
        text = raw.decode("utf-8")
        if "\r" in text or text.startswith("\ufeff") or (text and not text.endswith("\n")):
            wrong.append(name)
    assert wrong == []


def test_nothing_large_is_tracked(tracked: list[str], root: Path) -> None:
    assert [name for name in tracked if (root / name).stat().st_size > KILOBYTES * 1024] == []


def test_nothing_is_left_for_later(product: dict[str, ast.Module], root: Path) -> None:
    marker = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    left = [
        f"{name}:{number}"
        for name in product
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), 1)
        if marker.search(line)
    ]
    assert left == []
