"""What the tests of the house look at: the tracked files, and the imports in them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "coding", "frameworks", "resources")


@dataclass(frozen=True)
class Import:
    """One import: the module named, and whether it runs as soon as the importing module is loaded."""

    file: str
    line: int
    module: str
    at_load: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[str]:
    """Every file that git tracks, as a path from the root with forward slashes."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="session")
def product(tracked: list[str]) -> dict[str, ast.Module]:
    """The parsed modules of the product: the rooms and the launcher."""
    names = [name for name in tracked if name.endswith(".py") and (name.split("/")[0] in ROOMS or name == "run.py")]
    return {name: ast.parse((ROOT / name).read_text("utf-8"), name) for name in names}


@pytest.fixture(scope="session")
def imports(product: dict[str, ast.Module]) -> list[Import]:
    """Every import of another module in the product; those for the type checker alone are left out."""
    return [found for name, tree in product.items() for found in _imports(name, tree, at_load=True)]


def _imports(file: str, node: ast.AST, at_load: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(file, child.lineno, alias.name, at_load)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield Import(file, child.lineno, child.module, at_load)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(file, child, at_load and not inside)
