"""Files of earlier schemas: brought up to date, or left as they were."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.queries import segments
from coding.store import backup, files, upgrade
from coding.store.engine import engine_for
from coding.store.models import APPLICATION_ID, SCHEMA_VERSION

PAST = Path(__file__).resolve().parents[2] / "data" / "schemas"


def schema_of(connection: sqlite3.Connection) -> dict[str, object]:
    """What the file declares; columns and constraints of a table in no order, because later columns are added last."""
    declared: dict[str, object] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        words = re.sub(r"\s+", " ", sql).strip()
        declared[name] = words
        if kind == "table" and not words.startswith("CREATE VIRTUAL"):
            columns = {tuple(row[1:]) for row in connection.execute(f'PRAGMA table_xinfo("{name}")')}
            references = {tuple(row[2:]) for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')}
            checks = sorted(re.findall(r"CONSTRAINT \w+ (?:CHECK|UNIQUE) .*?(?=, CONSTRAINT|\) STRICT)", words))
            declared[name] = (columns, references, checks, words.rsplit(")", 1)[1])
    return declared


def test_revisions_make_the_schema_that_a_new_project_has(tmp_path: Path) -> None:
    files.create_schema(tmp_path / "new.telaah")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as upgraded:
        with engine_for(upgraded, writable=True).begin() as opened:
            upgrade.run_revisions(opened, 0, SCHEMA_VERSION)
        with closing(sqlite3.connect(tmp_path / "new.telaah")) as new:
            assert schema_of(upgraded) == schema_of(new)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_file_of_every_past_schema_opens_with_all_it_held(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.telaah"
    shutil.copy(PAST / f"schema-{version}.telaah", path)
    with Project.open(path) as project:
        assert [row.code for row in informants(project)] == ["RS", "WT"]
        found = segments(project)
        assert [(row.code, row.valence, row.text) for row in found] == [
            ("edward3.communication.clarity", "inhibiting", "syaratnya berubah dua kali"),
            ("pasar pagi", None, "pasar"),
        ]
        assert project.next_undo is not None
        project.undo()
    assert files.inspect(path) == SCHEMA_VERSION


REVISION = """
from alembic import op
revision = "{number:04d}"
down_revision = "{before:04d}"
def upgrade():
    {what}
"""


def scripts_with(tmp_path: Path, what: str) -> Path:
    scripts = tmp_path / "migrations"
    shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    number = SCHEMA_VERSION + 1
    text = REVISION.format(number=number, before=number - 1, what=what)
    (scripts / "versions" / f"{number:04d}_next.py").write_text(text, encoding="utf-8")
    return scripts


def test_an_upgrade_backs_up_first_and_keeps_every_row(tmp_path: Path) -> None:
    path = tmp_path / "study.telaah"
    shutil.copy(PAST / f"schema-{SCHEMA_VERSION}.telaah", path)
    before = path.read_bytes()
    scripts = scripts_with(
        tmp_path, "op.add_column('source', __import__('sqlalchemy').Column('remark', __import__('sqlalchemy').Text()))"
    )
    kept = upgrade.upgrade(path, SCHEMA_VERSION, scripts=scripts, target=SCHEMA_VERSION + 1)
    assert "before-upgrade" in kept.name
    with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(path)) as new:
        assert list(old.execute("SELECT guid FROM segment")) == list(new.execute("SELECT guid FROM segment"))
        assert new.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION + 1
        assert new.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert "remark" in {row[1] for row in new.execute("PRAGMA table_xinfo(source)")}
    assert before[:16] == path.read_bytes()[:16]


@pytest.mark.parametrize(
    "what",
    [
        "op.execute('DELETE FROM turn')",
        "op.execute('UPDATE segment SET code_id = 99999')",
        "op.execute('nonsense')",
    ],
)
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(what: str, tmp_path: Path) -> None:
    path = tmp_path / "study.telaah"
    shutil.copy(PAST / f"schema-{SCHEMA_VERSION}.telaah", path)
    before = path.read_bytes()
    with pytest.raises(CodingError, match="could not be brought up to date"):
        upgrade.upgrade(path, SCHEMA_VERSION, scripts=scripts_with(tmp_path, what), target=SCHEMA_VERSION + 1)
    assert path.read_bytes() == before
    assert len(backup.backups(path)) == 1


def test_a_newer_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "study.telaah"
    shutil.copy(PAST / f"schema-{SCHEMA_VERSION}.telaah", path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(CodingError, match="newer Telaah"):
        Project.open(path)
