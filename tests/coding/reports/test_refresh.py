"""Tables copied from a report into a document of the user's own, brought up to date there."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.options import ReportItem
from coding.reports.origin import read_origin
from coding.reports.refresh import RefreshPlan, plan_refresh, refresh
from coding.reports.refresh_wording import said_of, told
from coding.words import Words

ENGLISH = Words("en")
TRIANGULATION = ReportOptions(
    language="en", items=(ReportItem("triangulation", {"framework": "edward3"}), ReportItem("informants"))
)
SAID = [("P", "Bagaimana sosialisasinya?"), ("AS", "Kami sosialisasi di balai desa setiap bulan.")]

Add = Callable[..., str]


@pytest.fixture
def study(project: Project, add: Add, code_words: Add) -> Project:
    """Two informants, one of whom speaks of communication."""
    add("Wawancara AS", SAID)
    add("Wawancara DT", [("P", "Dan petugasnya?"), ("DT", "Petugas loket hanya dua orang saja di sini.")])
    code_words("Wawancara AS", "sosialisasi di balai desa", "edward3.communication.clarity", "supporting")
    return project


def copied(project: Project, folder: Path, options: ReportOptions = TRIANGULATION, *, count: int = 9) -> Path:
    """A thesis of the user's with the first tables of a report pasted between paragraphs of their own."""
    report(project, folder / "report.docx", options)
    source = Document(str(folder / "report.docx"))
    thesis = Document()
    thesis.add_heading("BAB IV HASIL", 1)
    for number, table in enumerate(source.tables[:count]):
        thesis.add_paragraph(f"Paragraf saya nomor {number}.")
        thesis.element.body.insert(len(thesis.element.body) - 1, deepcopy(table._tbl))
    thesis.add_paragraph("Penutup saya.")
    path = folder / "skripsi.docx"
    thesis.save(str(path))
    return path


def texts(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]


def planned(project: Project, path: Path) -> RefreshPlan:
    return plan_refresh(project, path)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_table_carries_what_it_was_made_from(study: Project, tmp_path: Path) -> None:
    path = copied(study, tmp_path)
    found = [table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) for table in Document(str(path)).tables]
    origins = [read_origin(text) for text in found]
    assert [(one.project, one.item.name, one.part) for one in origins if one] == [
        (study.guid, "triangulation", 1),
        (study.guid, "informants", 1),
    ]
    assert origins[0] is not None
    assert origins[0].options.language == "en"


def test_a_mark_holds_what_was_chosen_by_itself(study: Project, tmp_path: Path) -> None:
    """A later default is not that of a table that stands in somebody's thesis."""
    path = copied(study, tmp_path, ReportOptions(items=(ReportItem("factors"), ReportItem("informants"))))
    marks = [table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) for table in Document(str(path)).tables]
    told_here = [json.loads(text.partition("{")[1] + text.partition("{")[2])["options"] for text in marks]
    assert told_here[0]["items"] == [{"name": "factors", "settings": {"framework": "edward3", "level": "dimension"}}]
    for options in told_here:
        assert {"chapter", "anonymise", "attribution", "language", "sort", "threshold"} <= options.keys()
        assert not {"template", "contents", "wording", "heading", "tables", "preset"} & options.keys()


def test_an_old_mark_means_the_defaults_of_then() -> None:
    def read(settings: dict[str, Any]) -> ReportItem:
        told_here = {
            "project": "p",
            "key": "factors",
            "options": {"items": [{"name": "factors", "settings": settings}]},
        }
        origin = read_origin("Telaah 1 1 " + json.dumps(told_here))
        assert origin is not None
        assert origin.options.factor_framework == "factors"
        return origin.item

    assert read({}).settings == {"level": "indicator"}
    assert read({"framework": "edward3", "level": "dimension"}).settings["level"] == "dimension"
    assert read({"pinned": "Faktor"}).settings == {"pinned": "Faktor"}


def test_a_report_saved_before_is_written_in_a_study_without_the_framework_of_factors(
    tmp_path: Path,
) -> None:
    with Project.create(tmp_path / "own.telaah", "Studi", frameworks=["edward3"]) as project:
        options = ReportOptions(language="id", factor_framework="factors", items=(ReportItem("factors"),))
        assert report(project, tmp_path / "x.docx", options).tables == ("factors",)
        own = ReportOptions(items=(ReportItem("factors", {"framework": "jones"}),))
        with pytest.raises(CodingError, match="jones"):
            report(project, tmp_path / "x.docx", own)


def test_nothing_changes_when_nothing_has_changed(study: Project, tmp_path: Path) -> None:
    path = copied(study, tmp_path)
    before = path.read_bytes()
    plan = planned(study, path)
    assert [table.state for table in plan.tables] == ["same", "same"]
    done = refresh(study, plan, ENGLISH)
    assert (done.backup, done.tables) == (None, ())
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.glob("*.docx")) == ["report.docx", "skripsi.docx"]
    assert "up to date" in told(done, ENGLISH)


def test_a_changed_cell_is_shown_and_written(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = copied(study, tmp_path)
    before, old_parts = path.read_bytes(), parts(path)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    plan = planned(study, path)
    change = plan.tables[0]
    assert change.state == "changed"
    dt = next(one for one in change.cells if one.column.endswith("DT"))
    assert (dt.row, dt.old) == ("Communication", "–")
    assert dt.new.startswith("− 1")
    assert said_of(change, ENGLISH) == f"{len(change.cells)} cells changed"
    done = refresh(study, plan, ENGLISH)
    assert done.backup is not None
    assert done.backup.read_bytes() == before
    # the document now says what the report says, and what the analysis says
    report(study, tmp_path / "again.docx", TRIANGULATION)
    assert texts(path) == texts(tmp_path / "again.docx")
    matrix = triangulate(study, "edward3")
    shown = texts(path)[0][2][3]
    assert shown.split("\n")[0] == f"− {matrix.rows[0].cells[1].passages}"
    # nothing else has changed
    new_parts = parts(path)
    assert {name for name in new_parts if new_parts[name] != old_parts[name]} == {"word/document.xml"}
    paragraphs = [one.text for one in Document(str(path)).paragraphs]
    assert paragraphs == ["BAB IV HASIL", "Paragraf saya nomor 0.", "Paragraf saya nomor 1.", "Penutup saya."]
    assert planned(study, path).changed == ()


def test_the_look_that_the_user_gave_stays(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = copied(study, tmp_path)
    document = Document(str(path))
    table = document.tables[0]
    table.style = document.styles["Light List"]
    for row in table.rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.color.rgb = RGBColor(0x80, 0, 0x40)
                run.font.name = "Cambria"
    document.save(str(path))
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    refresh(study, planned(study, path), ENGLISH)
    after = Document(str(path)).tables[0]
    assert after.style is not None
    assert after.style.name == "Light List"
    runs = [run for row in after.rows for cell in row.cells for p in cell.paragraphs for run in p.runs]
    assert {(str(run.font.color.rgb), run.font.name) for run in runs} == {("800040", "Cambria")}
    quoted = [run for run in runs if "hanya dua orang" in run.text]
    assert [run.italic for run in quoted] == [True]


def test_rows_and_columns_come_and_go(study: Project, tmp_path: Path, add: Add, code_words: Add) -> None:
    path = copied(study, tmp_path)
    add("Wawancara MS", [("MS", "Kartunya sudah saya terima bulan lalu.")])
    code_words("Wawancara MS", "sudah saya terima", "edward3.disposition", "supporting")
    plan = planned(study, path)
    assert [(table.name, table.columns, table.added) for table in plan.tables] == [
        ("triangulation", True, ()),
        ("informants", False, ("MS",)),
    ]
    refresh(study, plan, ENGLISH)
    report(study, tmp_path / "again.docx", TRIANGULATION)
    assert texts(path) == texts(tmp_path / "again.docx")


def test_only_the_chosen_tables_are_written(study: Project, tmp_path: Path, add: Add) -> None:
    path = copied(study, tmp_path)
    before = texts(path)
    add("Wawancara MS", [("MS", "Kartunya sudah saya terima bulan lalu.")])
    plan = planned(study, path)
    done = refresh(study, plan, ENGLISH, {1: plan.tables[1].usual})
    assert [table.name for table in done.tables] == ["informants"]
    after = texts(path)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_comment_on_a_cell_outlives_its_text(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = copied(study, tmp_path)
    document = Document(str(path))
    cell = document.tables[0].rows[2].cells[3]
    for tag, place in (("w:commentRangeStart", 0), ("w:commentRangeEnd", 99)):
        mark = cell.paragraphs[0]._p.makeelement(qn(tag), {qn("w:id"): "7"})
        cell.paragraphs[0]._p.insert(place, mark)
    document.save(str(path))
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    refresh(study, planned(study, path), ENGLISH)
    body = Document(str(path)).element.body
    assert len(list(body.iter(qn("w:commentRangeStart")))) == len(list(body.iter(qn("w:commentRangeEnd")))) == 1


def test_tables_of_others_stay(study: Project, tmp_path: Path) -> None:
    path = copied(study, tmp_path)
    before = path.read_bytes()
    with Project.create(tmp_path / "other.telaah", "Lain", frameworks=["jones"]) as other:
        plan = planned(other, path)
        assert {table.state for table in plan.tables} == {"other_project"}
        refresh(other, plan, ENGLISH)
    assert path.read_bytes() == before


def test_a_framework_that_is_gone_is_said(study: Project, tmp_path: Path) -> None:
    options = ReportOptions(language="en", items=(ReportItem("triangulation", {"framework": "jones"}),))
    path = copied(study, tmp_path, options)
    text = parts(path)["word/document.xml"].decode("utf-8").replace("jones", "jonas")
    rewrite(path, {"word/document.xml": text.encode("utf-8")})
    (change,) = planned(study, path).tables
    assert change.state == "gone"
    assert "jonas" in said_of(change, ENGLISH)


def rewrite(path: Path, changed: dict[str, bytes]) -> None:
    kept = parts(path) | changed
    with zipfile.ZipFile(path, "w") as package:
        for name, content in kept.items():
            package.writestr(name, content)


@pytest.mark.parametrize("lock", ["~$skripsi.docx", "~$ripsi.docx", "~$kripsi.docx", ".~lock.skripsi.docx#"])
def test_a_document_open_elsewhere_is_left_alone(study: Project, tmp_path: Path, code_words: Add, lock: str) -> None:
    path = copied(study, tmp_path)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    plan, before = planned(study, path), path.read_bytes()
    (tmp_path / lock).write_bytes(b"Ani")
    with pytest.raises(CodingError) as raised:
        refresh(study, plan, ENGLISH)
    assert raised.value.code == "document_open"
    assert lock in raised.value.say()
    assert path.read_bytes() == before


def test_a_document_changed_meanwhile_is_left_alone(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = copied(study, tmp_path)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    plan = planned(study, path)
    document = Document(str(path))
    document.add_paragraph("Ditambahkan di Word.")
    document.save(str(path))
    before = path.read_bytes()
    with pytest.raises(CodingError) as raised:
        refresh(study, plan, ENGLISH)
    assert raised.value.code == "document_changed"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_missing"),
        (b"not a zip", "source_not_docx"),
        (b"", "source_not_docx"),
        ("empty", "document_no_tables"),
    ],
)
def test_what_is_no_document_with_our_tables(study: Project, tmp_path: Path, content: Any, code: str) -> None:
    path = tmp_path / "x.docx"
    if content == "empty":
        document = Document()
        document.add_table(2, 2)
        document.save(str(path))
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(CodingError) as raised:
        planned(study, path)
    assert raised.value.code == code


def test_a_hostile_description_is_no_origin() -> None:
    for text in ("Telaah 1 1 {", "Telaah 1 x {}", "Telaah 1 1 []", 'Telaah 1 1 {"options": 3}', "Telaah", "", None):
        assert read_origin(text) is None
    assert (
        read_origin("Telaah 1 1 " + json.dumps({"project": "p", "key": "k", "options": {"items": [{"name": "?"}]}}))
        is None
    )


def test_an_anonymised_report_does_not_tell_whom_it_leaves_out(study: Project, tmp_path: Path) -> None:
    item = ReportItem("triangulation", {"framework": "edward3", "evidence": {"informants": ["AS"]}})
    options = ReportOptions(language="en", items=(item,), anonymise=True)
    report(study, tmp_path / "report.docx", options)
    assert "tblDescription" not in parts(tmp_path / "report.docx")["word/document.xml"].decode("utf-8")


def test_the_command_line_shows_and_writes(study: Project, tmp_path: Path, code_words: Add) -> None:
    path = copied(study, tmp_path)
    code_words("Wawancara DT", "hanya dua orang", "edward3.communication.clarity", "inhibiting")
    study.close()
    before = path.read_bytes()
    words = [sys.executable, "-m", "app", "report", str(tmp_path / "study.telaah"), "--refresh", str(path)]
    shown = subprocess.run([*words, "--dry-run", "--format", "json"], capture_output=True, encoding="utf-8", check=True)
    told_there = json.loads(shown.stdout)
    assert [table["state"] for table in told_there["tables"]] == ["changed", "same"]
    assert path.read_bytes() == before
    subprocess.run(words, capture_output=True, check=True)
    assert path.read_bytes() != before
    assert len(list(tmp_path.glob("skripsi - *.docx"))) == 1
