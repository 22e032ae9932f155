"""A process that dies at any moment loses nothing that it was told is saved, and blocks nobody."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.project import Project
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.lock import lock_path
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft

SCRIPT = Path(__file__).with_name("tagging_process.py")
ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
TEXT = "Syaratnya📢berubah,dua_kali." * 40


class Tagger:
    """Starts processes that tag, one after the other, and kills them."""

    def __init__(self, study: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(study), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.pid = 0

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        word, _, pid = self.line().partition(" ")
        assert word == "open"
        self.pid = int(pid)

    def rest(self) -> list[str]:
        """What is still printed until the process is gone."""
        lines = list(iter(self.line, "dead"))
        self.pid = 0
        return lines

    def kill(self, after: int, wait: float) -> list[str]:
        """The guids that were printed before the process was killed, at least `after` of them."""
        lines = [self.line() for _ in range(after)]
        time.sleep(wait)
        os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        return lines + self.rest()

    def close(self) -> None:
        if self.pid:
            self.kill(0, 0)
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.telaah"
    with Project.create(path, "Uji", frameworks=["edward3"], coder="Ani") as project, project.operation("Import") as op:
        store_draft(op, Draft("Catatan", TEXT, "document", file_name="a.txt"))
    return path


@pytest.fixture
def tagger(study: Path) -> Iterator[Callable[..., Tagger]]:
    """`tagger(*words)` with a process that has the project open."""
    made: list[Tagger] = []

    def make(*words: str) -> Tagger:
        made.append(Tagger(study, *words))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_fifty_kills_lose_no_tag_that_was_confirmed(study: Path, tagger: Callable[..., Tagger]) -> None:
    chance = random.Random(20260507)
    one = tagger()
    printed = one.kill(3, 0)
    for _ in range(KILLS - 1):
        one.start()
        printed += one.kill(chance.randrange(6), chance.random() * 0.02)
    assert len(printed) > KILLS
    with Project.open(study) as project:
        found = [row.guid for row in segments(project)]
        assert set(printed) <= set(found)
        # one more may have been saved each time without a word
        assert len(found) <= len(printed) + KILLS
        assert project.undo() is not None
        assert len(segments(project)) == len(found) - 1
        assert project.redo() is not None
        assert {row.guid for row in segments(project)} == set(found)
    assert check(study).problems == ()
    assert not lock_path(study).exists()
    assert not study.with_name(study.name + "-journal").exists()


def test_a_commit_cut_off_in_the_middle_is_taken_back(study: Path, tagger: Callable[..., Tagger]) -> None:
    before = study.read_bytes()
    assert tagger("die").rest() == []
    journal = study.with_name(study.name + "-journal")
    assert journal.stat().st_size > 0
    assert study.read_bytes() != before
    with Project.open(study, read_only=True) as project:
        assert project.next_undo is not None
        assert project.next_undo.title == "Import"
    assert study.read_bytes() == before
    assert not journal.exists()
    assert check(study).problems == ()


def test_a_live_process_keeps_others_from_writing_and_a_dead_one_does_not(
    study: Path, tagger: Callable[..., Tagger]
) -> None:
    one = tagger()
    with pytest.raises(CodingError) as refused:
        Project.open(study)
    assert refused.value.code == "project_locked"
    assert str(one.pid) in str(refused.value)
    with Project.open(study, read_only=True) as project:
        assert project.title == "Uji"
    assert one.kill(1, 0)
    assert lock_path(study).exists()
    with Project.open(study) as project:
        assert segments(project)
        assert project.undo() is not None
    assert not [path.name for path in study.parent.iterdir() if "lock" in path.name]
