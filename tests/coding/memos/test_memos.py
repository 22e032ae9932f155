"""Memos on everything and the research journal: written, listed, filtered, exported, undone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from coding.codes.queries import frameworks
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.memos.editing import add_page, change_page, remove_page, set_memo
from coding.memos.export import write_memos
from coding.memos.queries import memo_of, memos
from coding.memos.rows import MEMO_KINDS, MemoFilter, MemoKind
from coding.project import Project
from coding.segments.queries import segments
from coding.transcripts.queries import sources
from coding.words import Words
from tests.samples import open_sample


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The sample without the memos it comes with on segments, and one memo on each kind of thing."""
    project = open_sample(tmp_path / "study.telaah")
    targets: dict[MemoKind, str] = {
        "project": project.guid,
        "source": sources(project)[1].guid,
        "informant": informants(project)[0].guid,
        "code": frameworks(project)[0].codes[1].guid,
    }
    for kind, guid in targets.items():
        with project.operation("Write a memo") as op:
            set_memo(op, kind, guid, f"  Catatan tentang {kind} 📌\n")
    with project.operation("Write in the journal") as op:
        add_page(op, "Hari pertama", "Balai desa penuh.", "2025-05-06")
        add_page(op, "Hari kedua", "Hujan, sepi.", "2025-05-07")
    return project


def test_memos_on_everything_stand_in_one_list(study: Project) -> None:
    with study:
        found = memos(study)
        kinds = list(dict.fromkeys(row.kind for row in found))
        assert kinds == list(MEMO_KINDS)
        assert [(row.title_id, row.date) for row in found if row.kind == "journal"] == [
            ("Hari kedua", "2025-05-07"),
            ("Hari pertama", "2025-05-06"),
        ]
        code = next(row for row in found if row.kind == "code")
        assert (code.title("id"), code.title("en")) == ("Komunikasi › Transmisi", "Communication › Transmission")
        assert code.text == "Catatan tentang code 📌"
        with_memo = [row for row in segments(study) if row.memo]
        on_segments = [row for row in found if row.kind == "segment"]
        assert [(row.target, row.text) for row in on_segments] == [(row.guid, row.memo) for row in with_memo]
        assert all(row.quote for row in on_segments)


def test_the_list_is_filtered(study: Project) -> None:
    with study:
        everything = memos(study)
        for wanted in (
            MemoFilter(kinds=frozenset({"journal", "code"})),
            MemoFilter(coder=everything[-1].coder),
            MemoFilter(text="HUJAN sepi"),
            MemoFilter(text="no such words anywhere"),
        ):
            assert memos(study, wanted) == [row for row in everything if wanted.lets(row)]
        assert [row.title_id for row in memos(study, MemoFilter(text="HUJAN sepi"))] == ["Hari kedua"]


def test_an_empty_memo_is_none_and_undo_brings_it_back(study: Project) -> None:
    with study:
        guid = study.guid
        with study.operation("Write a memo") as op:
            set_memo(op, "project", guid, "   ")
        assert memo_of(study, guid) == ""
        study.undo()
        assert memo_of(study, guid) == "Catatan tentang project 📌"


def test_pages_are_changed_and_removed(study: Project) -> None:
    with study:
        page = memos(study)[0]
        with study.operation("Write in the journal") as op:
            change_page(op, page.target, title=" Hari  ketiga ", text="Kering.", day="2025-05-08")
        changed = memos(study)[0]
        assert (changed.title_id, changed.text, changed.date) == ("Hari ketiga", "Kering.", "2025-05-08")
        with study.operation("Remove a page") as op:
            remove_page(op, page.target)
        assert page.target not in {row.target for row in memos(study)}
        study.undo()
        study.undo()
        assert memos(study)[0] == page
        with pytest.raises(ValueError, match="no day"), study.operation("Write in the journal") as op:
            change_page(op, page.target, day="besok")


def test_what_is_gone_takes_no_memo(study: Project) -> None:
    with study, pytest.raises(CodingError, match="no longer exists"), study.operation("Write a memo") as op:
        set_memo(op, "code", "nobody", "x")


@pytest.mark.parametrize("language", ["id", "en"])
def test_memos_are_exported_whole(study: Project, tmp_path: Path, language: str) -> None:
    words = Words(language)
    with study:
        found = memos(study)
    for suffix in (".docx", ".md", ".xlsx", ".csv"):
        assert write_memos(tmp_path / f"memo{suffix}", found, words) == len(found)
    in_word = "\n".join(p.text for p in Document(str(tmp_path / "memo.docx")).paragraphs)
    in_markdown = (tmp_path / "memo.md").read_text(encoding="utf-8")
    for row in found:
        for line in filter(None, (line.strip() for line in row.text.split("\n"))):
            assert line in in_word
            assert line in in_markdown
    with (tmp_path / "memo.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [line[2] for line in csv.reader(file)][1:]
    assert texts == [row.text for row in found]
    sheet = load_workbook(tmp_path / "memo.xlsx").active
    assert sheet is not None
    assert [sheet.cell(n + 2, 3).value for n in range(len(found))] == texts
    with pytest.raises(CodingError, match=r"memo\.pdf"):
        write_memos(tmp_path / "memo.pdf", found, words)
