"""Drafts become sources, turns and informants in one step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coding.changes import Changes
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.store.checking import check
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.folders import files_in
from coding.transcripts.intake import import_paths, store_draft
from coding.transcripts.preview import known
from coding.transcripts.queries import source_text, sources
from coding.transcripts.reading import read_draft

Add = Callable[..., str]
TALK = [("P", "Bagaimana?"), ("RS", "Lancar 😀."), ("?", "…"), ("WT", "Belum.")]


def two_speakers(text: str, first: Speaker, second: Speaker) -> Draft:
    half = len(text) // 2
    turns = (DraftTurn(0, half, 0, 0, 0), DraftTurn(half, len(text), half, half, 1))
    return Draft("Wawancara", text, "interview", speakers=(first, second), turns=turns)


def test_a_draft_is_stored_whole_and_as_one_step(project: Project, add: Add) -> None:
    guid = add("Wawancara 1", TALK, date="2022-08", place="Karangsari", sentences=((3, 13), (18, 27)), segmenter="x")
    (row,) = sources(project)
    assert (row.guid, row.name, row.date, row.place) == (guid, "Wawancara 1", "2022-08", "Karangsari")
    assert (row.turns, row.informants, row.segments) == (4, ("RS", "WT"), 0)
    opened = source_text(project, guid)
    assert [opened.text[turn.start : turn.end] for turn in opened.turns] == [words for _, words in TALK]
    assert [turn.informant for turn in opened.turns] == [None, "RS", None, "WT"]
    assert opened.sentences == ((3, 13), (18, 27))
    assert project.next_undo is not None
    assert project.next_undo.changes == Changes.SOURCES | Changes.INFORMANTS
    project.undo()
    assert (sources(project), informants(project)) == ([], [])
    project.redo()
    assert source_text(project, guid) == opened
    assert check(project.path).problems == ()


def test_the_same_text_comes_in_once_and_again_after_it_is_gone(project: Project, add: Add) -> None:
    add("Satu", TALK)
    with pytest.raises(CodingError, match="same text as “Satu”"):
        add("Dua", TALK)
    assert len(sources(project)) == 1
    project.undo()
    add("Dua", TALK)
    assert [row.name for row in sources(project)] == ["Dua"]
    assert check(project.path).problems == ()


HEADER = "Nama Informan: Siti Nurhaliza Rahmawati\nUsia: 41\nJabatan: Kader\n\n"
SAID = "P: Apa?\nSN: {}.\nP: Lalu?\nSN: Itu.\n"


def test_one_person_in_several_files_is_one_informant_and_only_gaps_are_filled(
    project: Project, tmp_path: Path
) -> None:
    files = {
        "a.txt": SAID.format("Satu"), "b.txt": HEADER + SAID.format("Dua"),
        "c.txt": HEADER.replace("Kader", "Ketua").replace("Nama Informan: Siti", "Nama Informan: Hj. Siti")
        + "P: Apa?\nBu Siti: Tiga.\nP: Lalu?\nBu Siti: Itu.\n",
        "d.txt": HEADER.replace("Rahmawati", "Rahmawati; Rudi Hartono") + SAID.format("Empat"),
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = import_paths(project, [tmp_path / name for name in files], method="interview")
    assert len(done.imported) == 4
    (row,) = informants(project)
    assert (row.code, row.name, row.age, row.role) == ("SN", "Siti Nurhaliza Rahmawati", 41, "Kader")
    assert len(row.sources) == 4


def test_a_file_that_is_there_is_known_by_itself_after_its_text_was_changed(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEADER + SAID.format("Satu"), encoding="utf-8")
    assert import_paths(project, [path]).imported == ["a"]
    guid = sources(project)[0].guid
    text = source_text(project, guid).text
    with project.operation("Edit") as op:
        apply_edit(op, guid, text.replace("Satu", "Dua"))
    (refused,) = import_paths(project, [path]).refused
    assert refused.error.code == "source_there"
    assert known(project).twin(read_draft(path)) == "a"
    assert known(project).changed(read_draft(path))
    assert len(sources(project)) == 1


def test_names_are_made_unique_whatever_their_case(project: Project, add: Add) -> None:
    for number, name in enumerate(("Wawancara", "wawancara", "WAWANCARA", "Wawancara (2)")):
        add(name, [("RS", f"Jawaban {number}.")])
    names = [row.name for row in sources(project)]
    assert names == ["Wawancara", "wawancara (2)", "WAWANCARA (3)", "Wawancara (2) (2)"]


def test_what_is_known_of_an_informant_stays_and_gaps_are_filled(project: Project) -> None:
    for text, more in (
        ("satu dua", {"role": "Kader", "age": 31}),
        ("tiga empat", {"role": "Camat", "gender": "female", "category": "key"}),
    ):
        with project.operation("Import") as op:
            store_draft(op, two_speakers(text, Speaker("P", "researcher"), Speaker("RS", "informant", "RS", **more)))  # type: ignore[arg-type]
    (row,) = informants(project)
    assert (row.role, row.age, row.gender, row.category) == ("Kader", 31, "female", "key")
    assert row.sources == ("Wawancara", "Wawancara (2)")
    project.undo()
    (row,) = informants(project)
    assert (row.role, row.age, row.gender, row.category) == ("Kader", 31, None, None)


def test_two_labels_of_one_new_person_are_one_informant(project: Project) -> None:
    labels = (Speaker("RS", "informant", "RS"), Speaker("Rs.", "informant", "rs", role="Kader", age=40))
    with project.operation("Import") as op:
        guid = store_draft(op, two_speakers("satu dua", *labels))
    (row,) = informants(project)
    assert (row.code, row.role, row.age) == ("RS", "Kader", 40)
    assert {turn.informant_guid for turn in source_text(project, guid).turns} == {row.guid}


def test_another_age_is_another_person(project: Project) -> None:
    labels = (Speaker("RS (30)", "informant", "RS", age=30), Speaker("RS (60)", "informant", "RS", age=60))
    with project.operation("Import") as op:
        store_draft(op, two_speakers("satu dua", *labels))
    assert [(row.code, row.age) for row in informants(project)] == [("RS", 30), ("RS-60", 60)]


class Watch:
    """Notes the progress it is told."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total, text))


def test_folders_come_in_file_by_file_and_the_refused_are_named(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "berkas"
    (folder / "dalam").mkdir(parents=True)
    for name, text in (
        ("b.txt", "P: Apa?\nRS: Itu."), ("a.txt", "P: Apa?\nWT: Ini."), ("dalam/c.txt", ""), ("Thumbs.db", "x"),
        ("~$a.docx", "x"), (".DS_Store", "x"), ("gambar.xyz", "x"),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    assert [path.name for path in files_in([folder])] == ["a.txt", "b.txt", "c.txt", "gambar.xyz"]
    watch = Watch()
    done = import_paths(project, [folder, tmp_path / "gone.txt"], progress=watch)
    assert done.imported == ["a", "b"]
    assert [(one.path.name, one.error.code) for one in done.refused] == [
        ("c.txt", "source_empty"), ("gambar.xyz", "source_format"), ("gone.txt", "file_missing"),
    ]  # fmt: skip
    assert watch.steps[0] == (0, 5, "a.txt")
    assert watch.steps[-1][:2] == (5, 5)
    project.undo()
    assert [row.name for row in sources(project)] == ["a"], "each file is a step of its own"


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are Unicode")
def test_a_file_name_that_is_no_text_is_stored_as_far_as_it_is(project: Project) -> None:
    draft = two_speakers("satu dua", Speaker("P", "researcher"), Speaker("?", "unknown"))
    with project.operation("Import") as op:
        store_draft(op, Draft(draft.name, draft.text, "document", file_name="wawa\udcffncara.txt"))
    assert len(sources(project)) == 1
