"""Making, opening and locking project files, whatever lies at the place."""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coding.coder_names import coder_name
from coding.codes import adopt
from coding.codes.editing import new_open_code
from coding.codes.queries import frameworks, open_codes
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.queries import segments
from coding.store import engine
from coding.store.backup import copy_to
from coding.store.checking import check
from coding.store.lock import ProjectLock, lock_path
from coding.store.models import SCHEMA_VERSION
from coding.transcripts.queries import source_text, sources

STORED = Path(__file__).resolve().parents[2] / "data" / "schemas" / f"schema-{SCHEMA_VERSION}.telaah"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.telaah"
    shutil.copy(STORED, path)
    return path


def refusal(path: Path, **how: Any) -> CodingError:
    """Why `path` is not opened, said in one sentence."""
    with pytest.raises(CodingError) as refused:
        Project.open(path, **how).close()
    assert path.name in str(refused.value)
    assert "\n" not in str(refused.value)
    return refused.value


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_project_has_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "Ujian akhir 𝔸 #1%20?.telaah"
    with Project.create(path, "  Judul\tpanjang ", "en", ["jones"], coder=" Ani\u202f ") as project:
        assert (project.title, project.language, project.coder) == ("Judul panjang", "en", "Ani")
        assert [row.key for row in frameworks(project)] == ["jones"]
        assert (project.next_undo, project.undo()) == (None, None)
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == [path.name]
    assert check(path).problems == ()


@pytest.mark.parametrize(("given", "kept"), [("Bu  Ani\n", "Bu Ani"), ("\udcff", None), ("  ", None)])
def test_a_coder_has_a_name_that_can_be_stored(given: str, kept: str | None, tmp_path: Path) -> None:
    assert coder_name(given)
    with Project.create(tmp_path / "study.telaah", "x", frameworks=[], coder=given) as project:
        assert project.coder == (kept or coder_name(""))
        project.coder = given
        assert project.coder == (kept or coder_name(""))


def test_an_existing_file_is_never_replaced(study: Path) -> None:
    before = study.read_bytes()
    with pytest.raises(CodingError, match="already exists"):
        Project.create(study, "x")
    assert study.read_bytes() == before


def test_a_file_that_another_made_in_the_meantime_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "study.telaah"
    acquire = ProjectLock.acquire

    def late(lock: ProjectLock) -> None:
        acquire(lock)
        shutil.copy(STORED, path)

    monkeypatch.setattr(ProjectLock, "acquire", late)
    with pytest.raises(CodingError, match="already exists"):
        Project.create(path, "x")
    assert path.read_bytes() == STORED.read_bytes()
    assert not lock_path(path).exists()


def test_nothing_is_left_of_a_project_that_could_not_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CodingError, match="did you mean “edward3”"):
        Project.create(tmp_path / "a.telaah", "x", frameworks=["edward"])
    with pytest.raises(CodingError, match="does not exist"):
        Project.create(tmp_path / "gone" / "a.telaah", "x")

    def fail(*_: object) -> None:
        raise LookupError("on purpose")

    monkeypatch.setattr(adopt, "adopt", fail)
    with pytest.raises(LookupError):
        Project.create(tmp_path / "a.telaah", "x")
    assert not list(tmp_path.glob("*a.telaah*"))


def test_what_is_no_project_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "study.telaah"
    assert refusal(path).code == "file_missing"
    for content in (b"", b"SQLite format 3\x00", b"Kami menunggu.\n" * 50):
        path.write_bytes(content)
        assert refusal(path).code == "project_hollow"
        assert path.read_bytes() == content
    assert refusal(path.rename(tmp_path / "notes.txt")).code == "not_a_project"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
    assert refusal(path).code == "project_hollow"
    (tmp_path / "folder.telaah").mkdir()
    assert refusal(tmp_path / "folder.telaah").code == "file_unreadable"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "project_newer"),
        ("PRAGMA user_version = 0", "project_damaged"),
        ("CREATE TRIGGER t AFTER INSERT ON segment BEGIN DELETE FROM source; END", "project_foreign_parts"),
        ("CREATE VIEW v AS SELECT * FROM segment", "project_foreign_parts"),
        ("DROP TABLE turn", "project_damaged"),
        ("DROP TABLE text_index", "project_damaged"),
        ("ALTER TABLE informant RENAME COLUMN age TO years", "project_damaged"),
        ("DELETE FROM project", "project_damaged"),
        ("INSERT INTO project SELECT title, language, created_at, memo, 2, 'x' FROM project", "project_damaged"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_not_as_it_was_left_is_not_opened(
    study: Path, statement: str, code: str, read_only: bool
) -> None:
    alter(study, statement)
    before = study.read_bytes()
    assert refusal(study, read_only=read_only).code == code
    assert study.read_bytes() == before
    assert {path.name for path in study.parent.iterdir()} - {"home"} == {study.name}


def test_a_file_of_an_earlier_schema_with_foreign_triggers_is_not_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "old.telaah"
    shutil.copy(STORED.with_name("schema-1.telaah"), path)
    alter(path, "CREATE TRIGGER t AFTER INSERT ON segment BEGIN DELETE FROM source; END")
    assert refusal(path).code == "project_foreign_parts"
    assert {path.name for path in tmp_path.iterdir()} - {"home"} == {path.name}


def use(path: Path) -> None:
    """Everything a damaged file could stumble over."""
    check(path)
    copy_to(path, path.with_name("copy.telaah"))
    with Project.open(path) as project:
        for row in sources(project):
            source_text(project, row.guid)
        segments(project)
        frameworks(project)
        open_codes(project)
        informants(project)
        while project.undo():
            pass


def test_damage_is_said_in_a_sentence_wherever_it_is(study: Path) -> None:
    whole, chance = study.read_bytes(), random.Random(11)
    codes, said = set(), set()
    for number in range(60):
        raw, at = bytearray(whole), chance.randrange(len(whole))
        if number % 4 == 0:
            raw = raw[:at]
        elif number % 4 == 1:
            length = min(chance.choice((10, 4096, 65536)), len(raw) - at)
            raw[at : at + length] = bytes(length)
        elif number % 4 == 2:
            length = min(chance.choice((4, 100, 4096)), len(raw) - at)
            raw[at : at + length] = chance.randbytes(length)
        else:
            for place in (at, chance.randrange(len(raw)), chance.randrange(len(raw))):
                raw[place] = 0xFF
        study.write_bytes(raw)
        try:
            use(study)
        except CodingError as error:
            said.add(str(error))
            codes.add(error.code)
    assert not [sentence for sentence in said if "\n" in sentence]
    assert "project_damaged" in codes
    assert codes <= {"project_damaged", "not_a_project", "project_newer", "undo_conflict", "source_unknown_none"}


def test_a_text_that_was_changed_behind_our_back_shows_in_the_check(study: Path) -> None:
    assert check(study).problems == ()
    alter(study, "UPDATE source_text SET body = replace(body, 'tetangga', 'Tetangga')")
    problems = check(study).problems
    assert len(problems) == 1
    assert "not the one that was stored" in problems[0]


def test_a_check_changes_nothing(study: Path) -> None:
    before = study.read_bytes()
    found = check(study)
    assert (found.schema, found.sources, found.segments) == (SCHEMA_VERSION, 2, 2)
    assert study.read_bytes() == before


def test_who_has_the_project_is_said(study: Path) -> None:
    with Project.open(study) as project:
        error = refusal(study)
        assert error.code == "project_locked"
        assert str(os.getpid()) in str(error)
        with Project.open(study, read_only=True) as reading:
            assert reading.title == project.title
    with Project.open(study):
        pass


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_to_the_project_is_the_same_project(study: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.telaah"
    link.symlink_to(study)
    with Project.open(study):
        assert refusal(link).code == "project_locked"
    with Project.open(link):
        assert refusal(study).code == "project_locked"


@pytest.mark.parametrize(
    ("owner", "opens"),
    [
        ('{"host": "laptop-budi", "machine": 12, "process": 400}', False),
        ('{"host": "laptop-budi", "process": 400}', False),
        ('{"host": "a network gave it another name", "machine": MACHINE, "process": 400}', True),
        ('{"host": "HOST", "machine": 12, "process": 400}', True),
        ("", True),
        ("[]", True),
        ("\x00\x01", True),
    ],
)
def test_what_a_dead_owner_left_is_taken_over_on_the_same_computer_only(study: Path, owner: str, opens: bool) -> None:
    written = owner.replace("MACHINE", str(uuid.getnode())).replace("HOST", platform.node())
    lock_path(study).write_text(written, encoding="utf-8")
    if opens:
        with Project.open(study):
            assert json.loads(lock_path(study).read_text(encoding="utf-8"))["process"] == os.getpid()
        assert not lock_path(study).exists()
    else:
        error = refusal(study)
        assert error.code == "project_locked_elsewhere"
        assert "laptop-budi" in str(error)
        assert lock_path(study).read_text(encoding="utf-8") == written
        with Project.open(study, take_over=True):
            assert json.loads(lock_path(study).read_text(encoding="utf-8"))["process"] == os.getpid()
            with pytest.raises(CodingError, match="another Telaah"):
                Project.open(study, take_over=True)


def test_of_many_who_want_the_project_one_has_it(study: Path) -> None:
    script = (
        "import sys, time\n"
        "from coding.store.lock import ProjectLock\n"
        "from coding.errors import CodingError\n"
        "from pathlib import Path\n"
        "path = Path(sys.argv[1]); inside = path.with_name('inside')\n"
        "for _ in range(60):\n"
        "    lock = ProjectLock(path)\n"
        "    try:\n"
        "        lock.acquire()\n"
        "    except CodingError:\n"
        "        continue\n"
        "    inside.mkdir(); inside.rmdir()\n"
        "    lock.release()\n"
        "    print('had it')\n"
    )
    command = [sys.executable, "-c", script, str(study)]
    root = Path(__file__).resolve().parents[3]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root) for _ in range(3)]
    ended = [process.communicate() for process in running]
    assert [faults.decode() for _, faults in ended] == ["", "", ""]
    assert any(b"had it" in out for out, _ in ended)
    assert {path.name for path in study.parent.iterdir()} - {"home"} == {study.name}


def test_paths_are_given_to_the_database_as_they_are(tmp_path: Path) -> None:
    assert engine.file_uri(tmp_path / "a b#?%.telaah").endswith("a%20b%23%3F%25.telaah?mode=")
    assert engine.file_uri(tmp_path).startswith("file:///")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of Unicode only")
def test_a_name_that_is_no_text_opens(study: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(study.parent) + b"/st\xff\xfedy.telaah"))
    study.rename(odd)
    with Project.open(odd) as project, project.operation("New code") as op:
        new_open_code(op, "kode")
    assert check(odd).problems == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR_WRITE", "file_unwritable"),
        ("SQLITE_IOERR_READ", "file_unreadable"),
        ("SQLITE_READONLY_DBMOVED", "project_gone"),
        ("SQLITE_CANTOPEN", "project_gone"),
        ("SQLITE_READONLY", "file_unwritable"),
        ("SQLITE_CORRUPT_VTAB", "project_damaged"),
        ("SQLITE_NOTADB", "project_damaged"),
        ("SQLITE_BUSY", "project_locked"),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
        ("SQLITE_ERROR", None),
    ],
)
def test_what_the_database_says_of_the_disk_is_worded_and_a_fault_is_not(name: str, code: str | None) -> None:
    error = sqlite3.OperationalError("reason")
    error.sqlite_errorname = name
    found = engine.wording(error, Path("study.telaah"))
    assert (found.code if found else None) == code


def test_a_full_disk_is_said_and_nothing_is_half_done(study: Path) -> None:
    with Project.open(study) as project:
        before = segments(project)
        assert project._writing is not None
        pages = project._writing.execute("PRAGMA page_count").fetchall()[0][0]
        project._writing.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        many = [(f"kode {number}", f"g{number}") for number in range(5000)]
        with pytest.raises(CodingError) as refused, project.operation("Large") as op:
            op.raw().executemany("INSERT INTO attribute (name, position, guid) VALUES (?, 1, ?)", many)
        assert refused.value.code == "disk_full"
        project._writing.execute("PRAGMA max_page_count = 1000000").fetchall()
        assert segments(project) == before
        assert project.undo() is not None
    assert check(study).problems == ()
