"""A folder of files that no reader likes: each costs one clear sentence, or comes in; nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.project import Project
from coding.reading_processes import ReadingProcesses
from coding.store.checking import check
from coding.transcripts.intake import Imported, import_paths
from coding.transcripts.queries import source_text, sources
from coding.words import Words
from tests.data.hostile.make import HOSTILE, QUOTED, TALK, write


def brought_in(project: Project, folder: Path) -> tuple[Imported, dict[str, str]]:
    """What became of the whole folder, and the text of each source by its name."""
    with ReadingProcesses(2) as processes:
        done = import_paths(project, write(folder), drafts=processes.drafts)
    return done, {row.name: source_text(project, row.guid).text for row in sources(project)}


def test_each_hostile_file_is_refused_in_a_sentence_or_comes_in_whole(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "dalam" / "lagi" / "berkas"
    done, texts = brought_in(project, folder)
    codes = {one.path.name: one.error.code for one in done.refused}
    duplicates = {name for name, code in codes.items() if code == "source_duplicate"}
    for name, (_, expected) in HOSTILE.items():
        if expected is None:
            assert name not in codes or name in duplicates, f"{name}: {codes.get(name)}"
        else:
            assert codes.get(name) in expected.split("|"), f"{name}: {codes.get(name)}, not {expected}"
    assert len(texts) == len(done.imported) == len(HOSTILE) - len(codes)
    for one in done.refused:
        for language in ("id", "en"):
            words = one.error.say(Words(language))
            assert one.path.name in words
            assert "{" not in words
    assert duplicates, "some of the odd encodings hold the same text"
    assert sorted(path.name for path in folder.iterdir()) == sorted(HOSTILE), "nothing was written beside the files"
    assert not list(tmp_path.rglob("keluar.txt"))
    assert check(project.path).problems == ()


def test_odd_letters_are_read_as_what_they_stand_for(tmp_path: Path) -> None:
    from coding.transcripts.readers import read_file

    for path in write(tmp_path / "berkas"):
        if path.name.startswith(("utf16", "utf32", "windows-1252")):
            assert read_file(path).text.rstrip("\ufffd") == QUOTED, path.name
    read = {name: read_file(tmp_path / "berkas" / f"{name}.txt").text for name in ("nul", "campuran", "kendali")}
    assert read == {"nul": TALK, "campuran": QUOTED * 21, "kendali": TALK * 20}
    halves = [read_file(tmp_path / "berkas" / f"separuh-pengganti{n}.txt").text for n in ("", "-16")]
    assert halves == [f"{TALK}RS: 😀 dan  saja.\n", f"{TALK}RS:  saja.\n"]


@pytest.mark.slow
def test_a_long_line_and_a_hundred_thousand_short_ones_come_in_whole(tmp_path: Path) -> None:
    with ReadingProcesses(2) as processes:
        folder = tmp_path / "berkas"
        write(folder)
        names = ("satu-baris.txt", "satu-kata.txt", "seratus-ribu.txt", "dalam.html", "tanpa-akhir.csv")
        drafts = {path.name: draft for path, draft in processes.drafts([folder / name for name in names])}
    lengths = {name: len(getattr(draft, "text", "")) for name, draft in drafts.items()}
    assert lengths["satu-baris.txt"] == 4 + 32 * 330_000
    assert lengths["satu-kata.txt"] == 2_000_000
    assert lengths["seratus-ribu.txt"] == sum(len(f"Ya {n}.\n") for n in range(100_000))
    assert lengths["dalam.html"] > 100
    assert lengths["tanpa-akhir.csv"] > 1_000_000
