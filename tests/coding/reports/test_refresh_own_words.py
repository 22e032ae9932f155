"""What a user wrote into a table that was copied from a report stays when the table is brought up to date."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.options import ReportItem
from coding.reports.refresh import TableChange, plan_refresh, refresh
from coding.reports.refresh_wording import said_of
from coding.words import Words

ENGLISH = Words("en")
FINDINGS = ReportOptions(
    language="en", items=(ReportItem("triangulation", {"framework": "edward3"}), ReportItem("informants"))
)
Add = Callable[..., str]


@pytest.fixture
def study(project: Project, add: Add, code_words: Add) -> Project:
    """Two informants, one of whom speaks of communication."""
    add("Wawancara AS", [("AS", "Kami sosialisasi di balai desa setiap bulan.")])
    add("Wawancara DT", [("DT", "Petugas loket hanya dua orang saja di sini.")])
    code_words("Wawancara AS", "sosialisasi di balai desa", "edward3.communication.clarity", "supporting")
    return project


@pytest.fixture
def thesis(study: Project, tmp_path: Path) -> Path:
    """A document with both tables of the report."""
    path = tmp_path / "skripsi.docx"
    report(study, path, FINDINGS)
    return path


def changed(path: Path, change: Callable[[list[Any]], None]) -> None:
    """Open the document as the user does, change its tables, and save it."""
    document = Document(str(path))
    change(document.tables)
    document.save(str(path))


def rows(path: Path, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[table].rows]


def brought(study: Project, path: Path, chosen: Any = None) -> tuple[TableChange, ...]:
    """Bring the document up to date; what was planned."""
    plan = plan_refresh(study, path)
    refresh(study, plan, ENGLISH, chosen)
    return plan.tables


def test_a_note_of_the_users_stays_while_the_numbers_follow(study: Project, thesis: Path, code_words: Add) -> None:
    def note(tables: list[Any]) -> None:
        tables[0].rows[2].cells[1].paragraphs[0].add_run(" CATATAN SAYA")

    changed(thesis, note)
    (matrix, _) = plan_refresh(study, thesis).tables
    assert matrix.state == "own"
    assert [one.by for one in matrix.cells] == ["own"]
    assert said_of(matrix, ENGLISH) == "differs only by what you changed; stays as it is"
    assert brought(study, thesis)[0].usual == frozenset()
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    matrix = brought(study, thesis)[0]
    assert {one.by for one in matrix.cells} == {"own", "project"}
    assert said_of(matrix, ENGLISH).endswith("1 change of yours stays")
    shown = rows(thesis, 0)[2]
    assert shown[1].endswith("CATATAN SAYA")
    assert shown[3].startswith("− 1")
    # still known as theirs afterwards, and given up when they say so
    again = plan_refresh(study, thesis).tables[0]
    assert [one.by for one in again.changes] == ["own"]
    brought(study, thesis, {0: [again.changes[0].number]})
    assert not rows(thesis, 0)[2][1].endswith("CATATAN SAYA")
    assert plan_refresh(study, thesis).tables[0].state == "same"


def test_a_cell_that_both_changed_waits_for_a_decision(study: Project, thesis: Path, code_words: Add) -> None:
    def note(tables: list[Any]) -> None:
        tables[0].rows[2].cells[3].paragraphs[0].runs[0].text = "belum ditanya"

    changed(thesis, note)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    for _ in range(2):  # as long as it was not taken, it is not forgotten
        both = [one for one in brought(study, thesis)[0].cells if one.by == "both"]
        assert [(one.row, one.old) for one in both] == [("Communication", "belum ditanya")]
    assert rows(thesis, 0)[2][3] == "belum ditanya"
    brought(study, thesis, {0: [both[0].number]})
    assert rows(thesis, 0)[2][3].startswith("− 1")


def test_rows_of_the_users_own_stay_where_they_stand(study: Project, thesis: Path, add: Add) -> None:
    def put_in(tables: list[Any]) -> None:
        people = tables[1]
        own = deepcopy(people.rows[1]._tr)
        people.rows[1]._tr.addnext(own)
        for cell, text in zip(people.rows[2].cells, ("", "Ibu Sri", "tetangga"), strict=False):
            cell.paragraphs[0].runs[0].text = text if cell.paragraphs[0].runs else ""

    changed(thesis, put_in)
    add("Wawancara AB", [("AB", "Kartunya sudah saya terima bulan lalu.")])
    people = brought(study, thesis)[1]
    assert {(one.kind, one.by) for one in people.rows} == {("added", "project"), ("removed", "own")}
    after = rows(thesis, 1)
    assert "Ibu Sri" in after[2]
    assert any("AB" in row for row in after)
    assert [one.by for one in plan_refresh(study, thesis).tables[1].changes] == ["own"]


def test_a_row_the_user_took_out_stays_out_and_a_new_heading_stays(study: Project, thesis: Path, add: Add) -> None:
    def take_out(tables: list[Any]) -> None:
        people = tables[1]
        people._tbl.remove(people.rows[1]._tr)
        people.rows[0].cells[1].paragraphs[0].runs[0].text = "Narasumber"

    changed(thesis, take_out)
    add("Wawancara ZZ", [("ZZ", "Kartunya sudah saya terima bulan lalu.")])
    people = brought(study, thesis)[1]
    assert ("added", "own") in {(one.kind, one.by) for one in people.rows}
    after = rows(thesis, 1)
    assert after[0][1] == "Narasumber"
    assert not any("AS" in row for row in after)
    assert any("ZZ" in row for row in after)


def test_columns_of_the_users_own_stay(study: Project, thesis: Path, add: Add) -> None:
    def column(tables: list[Any]) -> None:
        people = tables[1]
        for number, row in enumerate(people.rows):
            own = deepcopy(row.cells[-1]._tc)
            row.cells[-1]._tc.addnext(own)
            for old in own.iter(qn("w:t")):
                old.text = "Catatan" if not number else f"catatan {number}"
        people._tbl.tblGrid.append(deepcopy(people._tbl.tblGrid[-1]))

    changed(thesis, column)
    width = len(rows(thesis, 1)[0])
    assert plan_refresh(study, thesis).tables[1].state == "same"
    add("Wawancara ZZ", [("ZZ", "Kartunya sudah saya terima bulan lalu.")])
    assert not brought(study, thesis)[1].columns
    after = rows(thesis, 1)
    assert {len(row) for row in after} == {width}
    assert [row[-1] for row in after] == ["Catatan", "catatan 1", "catatan 2", ""]
    assert "ZZ" in after[3]


def test_other_content_gets_the_look_of_its_kind(study: Project, thesis: Path, code_words: Add) -> None:
    """A cell that was empty and has a quotation now looks as the quotations of this document do, and back."""

    def dress(tables: list[Any]) -> None:
        for row in tables[0].rows[2:]:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    quoted = "“" in paragraph.text
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if quoted else WD_ALIGN_PARAGRAPH.CENTER
                    for run in paragraph.runs:
                        run.font.size = Pt(8 if quoted else 12)

    changed(thesis, dress)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    brought(study, thesis)
    matrix = Document(str(thesis)).tables[0]
    cell = matrix.rows[2].cells[3]
    assert cell.text.startswith("− 1")
    looks = {("“" in one.text, one.alignment, one.runs[0].font.size) for one in cell.paragraphs}
    assert looks == {(True, WD_ALIGN_PARAGRAPH.RIGHT, Pt(8)), (False, WD_ALIGN_PARAGRAPH.CENTER, Pt(12))}


def test_a_factor_that_is_contested_now_is_the_same_row(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = tmp_path / "skripsi.docx"
    report(study, path, ReportOptions(language="en", items=(ReportItem("factors", {"level": "dimension"}),)))

    def note(tables: list[Any]) -> None:
        tables[0].rows[2].cells[5].paragraphs[-1].add_run(" CATATAN SAYA")

    changed(path, note)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    (factors,) = brought(study, path)
    assert factors.rows == ()
    shown = rows(path, 0)[2]
    assert shown[1] == "Communication ±"
    assert shown[5].endswith("CATATAN SAYA")


def without_descriptions(path: Path, *, bookmarks: bool = True, parts: bool = True) -> None:
    """What LibreOffice makes of a document: no descriptions; bookmarks and parts of its own only as said."""
    document = Document(str(path))
    for told in list(document.element.body.iter(qn("w:tblDescription"), qn("w:tblCaption"))):
        told.getparent().remove(told)
    if not bookmarks:
        for mark in list(document.element.body.iter(qn("w:bookmarkStart"))):
            mark.getparent().remove(mark)
    if not parts:
        relations = document.part.rels
        for key in [key for key, one in relations.items() if one.reltype.endswith("/customXml")]:
            relations.pop(key)
    document.save(str(path))


def test_tables_are_known_where_their_descriptions_were_dropped(study: Project, thesis: Path, code_words: Add) -> None:
    for valence, said in (("inhibiting", "− 1"), ("supporting", "± 2")):
        without_descriptions(thesis)
        assert plan_refresh(study, thesis).tables[0].state == "same"
        words = "hanya dua orang" if valence == "inhibiting" else "Petugas loket"
        code_words("Wawancara DT", words, "edward3.communication.clarity", valence)
        # the second time, what was written the first time is known
        assert {one.by for one in brought(study, thesis)[0].changes} == {"project"}
        assert rows(thesis, 0)[2][3].startswith(said)


@pytest.mark.parametrize("bookmarks", [True, False])
def test_marks_that_were_lost_are_said_with_what_to_do(study: Project, thesis: Path, bookmarks: bool) -> None:
    without_descriptions(thesis, bookmarks=bookmarks, parts=False)
    with pytest.raises(CodingError) as raised:
        plan_refresh(study, thesis)
    assert raised.value.code == ("document_marks_lost" if bookmarks else "document_no_tables")
    assert not bookmarks or "LibreOffice" in raised.value.say()


@pytest.mark.slow
def test_a_document_that_libreoffice_saved_is_brought_up_to_date(
    study: Project, thesis: Path, tmp_path: Path, code_words: Add
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    home, folder = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", tmp_path / "saved"
    kind = "docx:MS Word 2007 XML"
    words = [office, "--headless", home, "--convert-to", kind, "--outdir", str(folder), str(thesis)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    saved = folder / thesis.name
    assert [one.state for one in plan_refresh(study, saved).tables] == ["same", "same"]
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    assert {one.by for one in brought(study, saved)[0].changes} == {"project"}
    assert rows(saved, 0)[2][3].startswith("− 1")
