"""Many files at once: read in processes of their own, where one that hangs or dies costs itself alone."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.project import Project
from coding.reading_processes import ReadingFault, ReadingProcesses
from coding.store.checking import check
from coding.transcripts.drafts import Draft, LabelChoice
from coding.transcripts.drafts_json import labels_to_json
from coding.transcripts.import_summary import heads, lines_of, summary_text
from coding.transcripts.intake import import_paths
from coding.transcripts.reading import read_draft
from coding.words import Words
from coding.worker import limit_memory

TALK = """Narasumber: {who}
Tanggal: 12 Mei 2026

P: Bagaimana layanan di loket {number}?
{who}: Antre lama sekali, apalagi hari Senin.
P: Lalu?
{who}: Ya menunggu saja di kursi nomor {number}.
"""
DOUBTFUL = "X: Bagaimana layanan {0}?\nY: Antre lama.\nX: Berapa lama?\nY: Dua jam {0}.\nX: Lalu?\nY: Menunggu.\n"
WORKER = """
import json, os, sys, time

from coding.transcripts.drafts import Draft
from coding.transcripts.drafts_json import draft_to_json

for line in sys.stdin:
    ask = json.loads(line)
    name = os.path.basename(ask["path"])
    if name == "hang.txt":
        time.sleep(600)
    if name == "die.txt":
        os._exit(3)
    if name == "half.txt":
        print('{"id": 1, "ok": tr', end="", flush=True)
        os._exit(0)
    if name == "fault.txt":
        answer = {"ok": False, "error": {"code": "fault", "params": {}, "text": "Traceback of the process"}}
    else:
        print(json.dumps({"id": ask["id"], "progress": [0, 1], "text": name}), flush=True)
        answer = {"ok": True, "result": draft_to_json(Draft(name, "Isi " + name, "document"))}
    print(json.dumps({"id": ask["id"], **answer}), flush=True)
"""


def talks(folder: Path, count: int) -> Path:
    for number in range(count):
        inside = folder / ("dalam" if number % 3 == 0 else ".")
        inside.mkdir(parents=True, exist_ok=True)
        text = TALK.format(who=f"Ibu Sari{'abcdefgh'[number % 8]}", number=number)
        (inside / f"Wawancara {number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def odd_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a reading process that does what the names of files say."""
    (tmp_path / "odd_worker.py").write_text(textwrap.dedent(WORKER), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "odd_worker"


def test_one_file_that_hangs_and_two_that_kill_their_process_cost_themselves_alone(
    project: Project, tmp_path: Path, odd_worker: str
) -> None:
    names = ["a.txt", "hang.txt", "b.txt", "die.txt", "half.txt", "c.txt", "d.txt"]
    with ReadingProcesses(2, seconds=4, module=odd_worker) as processes:
        done = import_paths(project, [tmp_path / name for name in names], drafts=processes.drafts)
    assert done.imported == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [(r.path.name, r.error.code) for r in done.refused] == [
        ("hang.txt", "source_took_too_long"), ("die.txt", "source_broke_off"), ("half.txt", "source_broke_off"),
    ]  # fmt: skip
    assert done.refused[0].error.params["seconds"] == 4
    assert check(project.path).problems == ()


def test_a_fault_of_the_program_is_no_fault_of_the_file(tmp_path: Path, odd_worker: str) -> None:
    with ReadingProcesses(1, module=odd_worker) as processes, pytest.raises(ReadingFault, match="Traceback of the"):
        list(processes.drafts([tmp_path / "a.txt", tmp_path / "fault.txt"]))


def test_whoever_stops_in_the_middle_leaves_no_process_behind(tmp_path: Path, odd_worker: str) -> None:
    with ReadingProcesses(2, module=odd_worker) as processes:
        for path, draft in processes.drafts([tmp_path / f"{n}.txt" for n in range(50)]):
            assert isinstance(draft, Draft)
            assert path.name == draft.name
            if path.name == "3.txt":
                break
        pids = [p._process.pid for p in processes._all if p._process is not None]
    assert pids
    for pid in pids:
        if os.name == "posix":
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


def test_processes_read_what_this_process_reads_and_in_order(tmp_path: Path) -> None:
    folder = talks(tmp_path / "berkas", 9)
    paths = sorted(folder.rglob("*.txt"))
    with ReadingProcesses(2) as processes:
        found = list(processes.drafts(paths))
    assert found == [(path, read_draft(path)) for path in paths]


def test_the_memory_of_a_process_is_limited_where_the_system_can(tmp_path: Path) -> None:
    if os.name == "nt":
        assert not limit_memory(1024)
        return
    greedy = tmp_path / "greedy.py"
    greedy.write_text(
        "from coding.worker import limit_memory\n"
        "print('limited' if limit_memory(600) else 'free')\n"
        "try:\n    bytearray(2**30)\nexcept MemoryError:\n    print('refused')\n",
        encoding="utf-8",
    )
    import subprocess
    import sys

    root = str(Path(__file__).resolve().parents[3])
    said = subprocess.run(
        [sys.executable, str(greedy)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
        check=True,
    ).stdout.split()
    assert said in (["limited", "refused"], ["free"])
    if sys.platform == "linux":
        assert said == ["limited", "refused"]


def test_what_is_remembered_of_labels_goes_for_those_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DOUBTFUL.format(1), encoding="utf-8")
    assert set(read_draft(tmp_path / "a.txt").unsure_labels) == {"X", "Y"}
    told = {"x": LabelChoice("informant", "Xena"), "y": LabelChoice("researcher")}
    with ReadingProcesses(1) as processes:
        ((_, read),) = processes.drafts([tmp_path / "a.txt"], remembered_labels=labels_to_json(told.items()))
    assert isinstance(read, Draft)
    assert {(s.label, s.kind, s.code) for s in read.speakers} == {
        ("X", "informant", "Xena"), ("Y", "researcher", None),
    }  # fmt: skip


def test_a_summary_says_what_became_of_each_file_in_both_languages(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("P: Apa?\nRS: Itu saja.", encoding="utf-8")
    done = import_paths(project, [tmp_path / "a.txt", tmp_path / "b.txt"])
    done.passed_over.append(Path("Thumbs.db"))
    lines = lines_of(done)
    assert [line.fate for line in lines] == ["imported", "refused", "passed_over"]
    for language in ("id", "en"):
        words = Words(language)
        text = summary_text(lines, words)
        assert all(head in text for head in heads(lines, words))
        assert CodingError("file_missing", file=str(tmp_path / "b.txt")).say(words) in text
