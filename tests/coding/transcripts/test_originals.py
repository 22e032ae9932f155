"""The files sources were read from, kept in the project; and comments of a file as the source's memo."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from coding.cli import main
from coding.errors import CodingError
from coding.memos.editing import set_memo
from coding.memos.queries import memos
from coding.privacy.keys import key_state
from coding.project import Project
from coding.store.checking import check
from coding.store.models import Source
from coding.transcripts import originals
from coding.transcripts.editing import remove_source
from coding.transcripts.intake import import_paths, store_draft
from coding.transcripts.queries import find_source
from coding.transcripts.reading import read_draft

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return Path(shutil.copy(FORMATS / "Catatan SL.docx", tmp_path))


def kept(project: Project) -> int:
    with project.read() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM original").scalar() or 0


def test_a_kept_file_comes_out_as_it_went_in(project: Project, document: Path, tmp_path: Path) -> None:
    done = import_paths(project, [document], keep_files=True)
    guid = find_source(project, done.imported[0])
    found = originals.original_of(project, guid)
    assert found == originals.OriginalFile(document.name, document.stat().st_size)
    assert originals.kept_size(project) == document.stat().st_size
    assert originals.save_original(project, guid, tmp_path / "lagi.docx") == document.stat().st_size
    assert (tmp_path / "lagi.docx").read_bytes() == document.read_bytes()
    assert check(project.path).problems == ()


def test_a_file_that_is_not_wanted_is_not_kept(project: Project, document: Path, tmp_path: Path) -> None:
    guid = find_source(project, import_paths(project, [document]).imported[0])
    assert originals.original_of(project, guid) is None
    with pytest.raises(CodingError) as refused:
        originals.save_original(project, guid, tmp_path / "x.docx")
    assert refused.value.code == "original_missing"
    assert not (tmp_path / "x.docx").exists()


def test_a_file_that_changed_or_is_too_large_is_not_kept_and_that_is_said(
    project: Project, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = replace(read_draft(document), original=str(document))
    document.write_bytes(b"other")
    said: list[object] = []
    with project.operation("Import") as op:
        store_draft(op, draft, said)  # type: ignore[arg-type]
    assert originals.CHANGED in {notice.msgid for notice in said}  # type: ignore[attr-defined]
    monkeypatch.setattr(originals, "LARGEST", 100)
    shutil.copy(FORMATS / "Wawancara SL.odt", document.with_suffix(".odt"))
    done = import_paths(project, [document.with_suffix(".odt")], keep_files=True)
    assert originals.TOO_LARGE in {notice.msgid for _, notice in done.notices}
    assert kept(project) == 0


def test_undo_brings_source_and_file_back_and_what_nothing_brings_back_goes(project: Project, document: Path) -> None:
    guid = find_source(project, import_paths(project, [document], keep_files=True).imported[0])
    with project.operation("Remove") as op:
        remove_source(op, guid)
    assert originals.original_of(project, guid) is None
    assert kept(project) == 1
    project.undo()
    assert originals.original_of(project, guid) is not None
    with project.operation("Remove") as op:
        remove_source(op, guid)
        assert originals.drop_unused(op, undoable=False) == 1
    assert kept(project) == 0


def test_one_file_of_two_sources_is_kept_once_and_stays_for_the_other(project: Project, document: Path) -> None:
    draft = replace(read_draft(document), original=str(document))
    with project.operation("Import") as op:
        first = store_draft(op, draft)
        second = store_draft(op, replace(draft, text=draft.text + "\n", name="lain", file_hash="", original=""))
        # as in projects of the time when a file could come in twice
        op.session.execute(update(Source).where(Source.guid == second).values(file_hash=draft.file_hash))
    assert kept(project) == 1
    with project.operation("Remove") as op:
        remove_source(op, first)
        assert originals.drop_unused(op, undoable=False) == 0
    assert originals.original_of(project, second) is not None


def test_the_file_of_an_import_that_was_taken_back_goes_when_it_cannot_be_redone(
    project: Project, document: Path
) -> None:
    import_paths(project, [document], keep_files=True)
    project.undo()
    assert kept(project) == 1
    assert key_state(project).originals == 0
    project.redo()
    assert key_state(project).originals == 1
    project.undo()
    with project.operation("Something else") as op:
        set_memo(op, "project", project.guid, "x")
    assert kept(project) == 0
    import_paths(project, [document], keep_files=True)
    project.undo()
    project.close()
    with Project.open(project.path) as again:
        assert kept(again) == 0
        guid = find_source(again, import_paths(again, [document], keep_files=True).imported[0])
        with again.operation("Remove") as op:
            remove_source(op, guid)
    with Project.open(project.path) as again:
        again.undo()
        assert originals.original_of(again, guid) is not None


def test_a_damaged_kept_file_is_found_and_not_handed_out(project: Project, document: Path, tmp_path: Path) -> None:
    guid = find_source(project, import_paths(project, [document], keep_files=True).imported[0])
    project.close()
    with sqlite3.connect(project.path) as connection:
        connection.execute("UPDATE original SET body = x'00'")
    connection.close()
    assert check(project.path).problems == (f"original {document.name}: the file is not the one that was kept",)
    with Project.open(project.path) as again, pytest.raises(CodingError) as refused:
        originals.save_original(again, guid, tmp_path / "x.docx")
    assert refused.value.code == "original_damaged"


@pytest.mark.parametrize("more", [[], ["--no-originals"]])
def test_the_command_line_keeps_files_unless_told_not_to(
    project: Project, document: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    project.close()
    assert main(["import", str(project.path), str(document), *more]) == 0
    said = capsys.readouterr().err
    with Project.open(project.path, read_only=True) as again:
        assert kept(again) == (0 if more else 1)
        (memo,) = memos(again)
    assert "1 " in said
    head, quoted, *answered = [line for line in memo.text.split("\n") if line]
    assert document.name in head
    assert quoted.startswith("Bima Pembimbing · 20 ")
    assert quoted.endswith(": “Antre dari subuh 📮”")
    assert answered == ["Sejak kapan?", "Tanyakan lagi."]
