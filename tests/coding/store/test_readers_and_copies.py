"""The file alone is the project at any moment, and whoever reads makes no tag fail."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from coding.codes.queries import code_guid
from coding.project import Project, Reader
from coding.search.find import search
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store import backup
from coding.store.checking import check
from coding.store.engine import BUSY_SECONDS

Add = Callable[..., str]
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n, project"


@pytest.fixture
def source(add: Add) -> str:
    return add("Wawancara RS", [("P", "Bagaimana?"), ("RS", "Syaratnya berubah dua kali.")])


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    made = project.reader()
    yield made
    made.close()


def tag_one(project: Project, source: str, start: int = 17) -> str:
    with project.operation("Tag a passage") as op:
        return tag(op, source, start, 27, code_guid(op.session, "edward3.communication.clarity"))


def test_the_file_alone_is_everything_right_after_each_commit(project: Project, source: str, tmp_path: Path) -> None:
    guids = []
    for start in range(14, 24):
        guids.append(tag_one(project, source, start))
        copy = tmp_path / "copies" / f"{start}.telaah"
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(project.path, copy)
        with Project.open(copy) as opened:
            assert [row.guid for row in segments(opened)] == guids
            assert opened.next_undo is not None
        assert check(copy).problems == ()
    beside = {path.name for path in project.path.parent.iterdir() if path.name.startswith(project.path.name)}
    assert beside == {project.path.name}


def test_a_copy_taken_inside_an_operation_is_the_state_before_it(project: Project, source: str, tmp_path: Path) -> None:
    tag_one(project, source)
    copy = tmp_path / "copy.telaah"
    with project.operation("Large") as op:
        many = ((f"kode {number}", f"g{number}") for number in range(20_000))
        op.raw().executemany("INSERT INTO attribute (name, position, guid) VALUES (?, 1, ?)", many)
        shutil.copy(project.path, copy)
    with Project.open(copy) as opened:
        assert len(segments(opened)) == 1
    assert check(copy).problems == ()


def test_a_backup_made_while_the_project_is_open_is_whole(project: Project, source: str) -> None:
    tag_one(project, source)
    kept = backup.backup_now(project.path)
    with Project.open(kept) as opened:
        assert len(segments(opened)) == 1
    assert backup.backups(project.path) == [kept]
    assert backup.last_backup(project.path) is not None


def test_only_the_oldest_backups_go_and_nothing_of_the_user(project: Project) -> None:
    folder = backup.folder_for(project.path)
    folder.mkdir()
    own = [folder / name for name in ("A naskah akhir.telaah", "study cadangan.telaah", "catatan.txt")]
    upgrade = folder / "study 2020-01-01 08.00.00 before-upgrade.telaah"
    made = [folder / f"study 2024-01-{day:02d} 08.00.00.telaah" for day in range(1, 15)]
    for path in (*own, upgrade, *made):
        path.write_bytes(b"")
    newest = backup.backup_now(project.path)
    assert set(folder.iterdir()) == {*own, upgrade, *made[-9:], newest}


def test_a_commit_waits_for_a_read_instead_of_failing(project: Project, source: str, reader: Reader) -> None:
    begun, end = threading.Event(), threading.Event()

    def read_long() -> None:
        with reader.read():
            assert segments(reader) == []
            begun.set()
            end.wait(10)
            assert segments(reader) == []

    thread = threading.Thread(target=read_long)
    thread.start()
    begun.wait(10)
    threading.Timer(0.4, end.set).start()
    guid = tag_one(project, source)
    assert end.is_set(), "the commit came in while the read was under way"
    thread.join()
    assert [row.guid for row in segments(reader)] == [guid]
    assert BUSY_SECONDS >= 30
    for connection in (project._writing, project._reading, reader._reading):
        assert connection is not None
        assert connection.execute("PRAGMA busy_timeout").fetchall() == [(BUSY_SECONDS * 1000,)]


def test_a_read_that_is_interrupted_lets_the_commit_in(project: Project, source: str, reader: Reader) -> None:
    stopped: list[str] = []
    begun = threading.Event()

    def read_for_ever() -> None:
        try:
            with reader.read() as session:
                begun.set()
                session.connection().exec_driver_sql(ENDLESS)
        except OperationalError as error:
            stopped.append(str(error.orig))

    thread = threading.Thread(target=read_for_ever)
    thread.start()
    begun.wait(10)
    timer = threading.Timer(0.3, reader.interrupt)
    timer.start()
    guid = tag_one(project, source)
    thread.join(10)
    assert stopped == ["interrupted"]
    assert [row.guid for row in segments(reader)] == [guid], "the reader can be used again"


def test_a_large_step_does_not_shut_readers_out_before_it_commits(
    project: Project, source: str, reader: Reader
) -> None:
    with project.operation("Large") as op:
        many = ((f"kode {number}", f"g{number}") for number in range(20_000))
        op.raw().executemany("INSERT INTO attribute (name, position, guid) VALUES (?, 1, ?)", many)
        reader._reading.execute("PRAGMA busy_timeout = 0").fetchall()
        assert len(search(reader, "dua kali")) == 1


def test_a_search_holds_nothing_up_while_it_matches(
    project: Project, source: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[object] = []
    matching, go_on = threading.Event(), threading.Event()

    class Pattern:
        def finditer(self, body: str, *piece: int) -> Iterator[re.Match[str]]:
            matching.set()
            go_on.wait(10)
            return re.compile("dua").finditer(body, *piece)

    monkeypatch.setattr("coding.search.find.pattern", lambda query, forms: Pattern())
    thread = threading.Thread(target=lambda: found.extend(search(reader, "dua")))
    thread.start()
    matching.wait(10)
    assert project._writing is not None
    project._writing.execute("PRAGMA busy_timeout = 0").fetchall()
    tag_one(project, source)
    go_on.set()
    thread.join()
    assert len(found) == 1


def test_a_file_that_was_switched_to_a_write_ahead_log_is_switched_back(project: Project, source: str) -> None:
    tag_one(project, source)
    path = project.path
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        connection.execute("CREATE TABLE other (x)")
        connection.execute("DROP TABLE other")
    with Project.open(path) as opened:
        tag_one(opened, source, 18)
        assert len(segments(opened)) == 2
        assert not path.with_name(path.name + "-wal").exists()
    assert path.read_bytes()[18:20] == b"\x01\x01"
