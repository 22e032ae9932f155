"""A study with two coders whose codings lie where changes of codes are hardest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coding.codes.queries import code_guid, frameworks, open_codes
from coding.codes.rows import CodeRow
from coding.project import Project
from coding.store.journal import journal_tables

Dump = dict[tuple[str, int], dict[str, Any]]


def dump_of(path: Path) -> Dump:
    """Every row of every content table, read past the program."""
    found: Dump = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table in journal_tables():
            for row in connection.execute(f'SELECT * FROM "{table.name}"'):
                found[table.name, row["id"]] = dict(row)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return found


@pytest.fixture
def dump() -> Callable[[Path], Dump]:
    return dump_of


@pytest.fixture
def guid(project: Project) -> Callable[[str], str]:
    """The guid of the code at a path."""

    def find(path: str) -> str:
        with project.read() as session:
            return code_guid(session, path)

    return find


@pytest.fixture
def rows(project: Project) -> Callable[[], dict[str, CodeRow]]:
    """All codes by path."""

    def read() -> dict[str, CodeRow]:
        every = [code for framework in frameworks(project) for code in framework.codes] + open_codes(project)
        return {code.path: code for code in every}

    return read
