"""Reports with a name: kept in the project, read back as they were, undone, written by the command line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document

from coding.analysis.pinned import Analysis, pin
from coding.cli import main
from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions
from coding.reports.build import report_tables
from coding.reports.options import CHAPTER, PRESETS, ReportItem, Template
from coding.reports.places import digest_of
from coding.reports.saved import forget_report, from_params, report_named, save_report, saved_reports, to_params
from coding.reports.tables import Table
from coding.sample import build
from coding.words import Words
from tests.samples import sample_copy

WHOLE = ReportOptions(
    language="en", attribution="({name})", tables=("findings",), chapter=5, source_line="Sumber: x", anonymise=True,
    frameworks=("jones",), factor_framework="jones", kind="method", columns="group", against="jones",
    level="indicator", threshold=Fraction(3, 4), items=(ReportItem("triangulation", {"framework": "jones"}),),
    footnotes=True, quote_length=150, sort="evidence", contents=True, wording={"supports": "{who}"},
    template=Template(Path("pedoman.docx"), {"body": "Isi"}), preset="appendices",
)  # fmt: skip


def test_everything_chosen_comes_back(project: Project) -> None:
    with project.operation("Save the report “{name}”", name="Bab IV") as op:
        save_report(op, " Bab  IV ", WHOLE, Path("bab4.docx"))
    (kept,) = saved_reports(project)
    assert (kept.name, kept.options, kept.file) == ("Bab IV", WHOLE, Path("bab4.docx"))
    assert from_params(to_params(ReportOptions())) == ReportOptions()
    project.undo()
    assert saved_reports(project) == []


def test_nonsense_gives_way_to_the_default() -> None:
    nonsense = {
        "chapter": True, "items": [{"name": "verses"}, 4], "threshold": "2/0", "quote_length": 3, "sort": "size",
        "template": {"path": 4}, "wording": ["x"], "language": "fr", "preset": "verses",
    }  # fmt: skip
    assert from_params(nonsense) == ReportOptions(items=())


def test_an_unknown_name_is_said_with_the_known_ones(project: Project) -> None:
    with pytest.raises(CodingError) as raised:
        report_named(project, "Bab IV")
    assert raised.value.code == "report_none_saved"
    with project.operation("Save") as op:
        guid = save_report(op, "Bab IV", ReportOptions())
        with pytest.raises(CodingError, match="name"):
            save_report(op, "  ", ReportOptions())
    assert report_named(project, "bab iv").guid == guid
    with pytest.raises(CodingError, match="Bab IV"):
        report_named(project, "Bab V")
    with project.operation("Remove") as op:
        forget_report(op, guid)
    assert saved_reports(project) == []


def test_parts_keep_their_order_and_settings_and_several_of_a_kind_are_numbered(tmp_path: Path) -> None:
    with build(tmp_path / "sample.telaah") as project:
        with project.operation("Pin") as op:
            pin(op, "Per kategori", Analysis("matrix", "jones", columns="category"))
        items = (
            ReportItem("factors"),
            ReportItem("triangulation", {"framework": "edward3"}),
            ReportItem("triangulation", {"framework": "edward3", "columns": "category", "threshold": "3/4"}),
            ReportItem("triangulation", {"pinned": "Per kategori"}),
        )
        options = ReportOptions(language="en", items=items)
        blocks = report_tables(project, Words("en"), options)
        keys = [block.key for block in blocks if isinstance(block, Table)]
        assert keys == ["factors", "triangulation.edward3", "triangulation.edward3#2", "triangulation.jones"]
        with project.operation("Save") as op:
            save_report(op, "Matriks", options)
        path = project.path
    out = tmp_path / "matriks.docx"
    assert main(["report", str(path), str(out), "--report", "matriks", "--chapter", "6"]) == 0
    shown = [p.text for p in Document(str(out)).paragraphs if p.style.style_id == "Caption"]
    assert shown[0] == "Table 6.1 Supporting and inhibiting factors"
    first = [text for text in shown if text.startswith("Table") and "(continued)" not in text]
    assert [text.split(" ", 2)[1] for text in first] == ["6.1", "6.2", "6.3", "6.4"]


def test_the_command_line_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.telaah"
    Project.create(path, "Studi").close()
    assert main(["report", str(path), str(tmp_path / "x.docx"), "--report", "Bab IV"]) == 1
    assert "Bab IV" in capsys.readouterr().err
    assert main(["report", str(path), str(tmp_path / "x.docx"), "--chapter", "0"]) == 2
    assert main(["report", str(path), str(tmp_path / "x.docx"), "--quote-length", "3"]) == 2
    assert main(["report", str(path), str(tmp_path / "x.docx"), "--preset", "verses"]) == 2
    assert main(["report", str(path), str(tmp_path / "x.docx"), "--preset", "chapter", "--tables", "audit"]) == 2
    assert not (tmp_path / "x.docx").exists()


def test_a_preset_is_written_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample_copy(tmp_path / "p.telaah", "en")
    with Project.open(path) as project, project.operation("Save") as op:
        save_report(op, "Mine", ReportOptions(items=(ReportItem("codebook"),), chapter=7))
    said = {}
    for preset in PRESETS:
        words = ["report", str(path), str(tmp_path / "x.csv"), "--report", "mine", "--format", "json"]
        assert main([*words, "--preset", preset]) == 0
        said[preset] = json.loads(capsys.readouterr().out)["tables"]
    assert said["chapter"] == ["method_section", *CHAPTER[1:]]
    assert set(said["chapter"]).isdisjoint(said["appendices"])
    assert {*said["chapter"], *said["appendices"], "narrative", "audit"} == set(said["everything"])


def test_a_file_that_was_there_is_said_to_be_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = sample_copy(tmp_path / "p.telaah", "en"), tmp_path / "x.md"
    words = ["report", str(path), str(target), "--tables", "informants"]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("wrote ")
    assert main(words) == 0
    assert capsys.readouterr().out == f"replaced {target}; it has Informants now\n"
    assert main([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["replaced"] is True


def test_the_command_line_keeps_what_was_written_into_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = sample_copy(tmp_path / "p.telaah", "en"), tmp_path / "bab4.docx"
    with Project.open(path) as project, project.operation("Save") as op:
        save_report(op, "Mine", ReportOptions(items=(ReportItem("informants"),)))
    words = ["report", str(path), str(target), "--report", "mine"]
    assert main(words) == 0
    assert main(words) == 0  # as it was written
    with Project.open(path, read_only=True) as project:
        kept = report_named(project, "Mine")
    assert (kept.file, kept.digest) == (target, digest_of(target))
    mine = target.read_bytes() + b"words of mine"
    target.write_bytes(mine)
    assert main(words) == 1
    assert "--keep" in capsys.readouterr().err
    assert target.read_bytes() == mine
    assert main([*words, "--keep"]) == 0
    (copy,) = tmp_path.glob("bab4 - *.docx")
    assert copy.read_bytes() == mine
    assert target.read_bytes() != mine
    target.write_bytes(mine)
    lock = tmp_path / ".~lock.bab4.docx#"
    lock.write_text("somebody")
    assert main([*words, "--replace"]) == 1
    assert lock.name in capsys.readouterr().err
    lock.unlink()
    assert main([*words, "--replace"]) == 0
    assert target.read_bytes() != mine


def test_while_the_project_is_open_the_report_is_written_and_the_rest_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = sample_copy(tmp_path / "p.telaah", "en"), tmp_path / "bab4.docx"
    with Project.open(path) as project:
        with project.operation("Save") as op:
            save_report(op, "Mine", ReportOptions(items=(ReportItem("informants"),)))
        assert main(["report", str(path), str(target), "--report", "mine"]) == 0
        assert "not noted" in capsys.readouterr().err
        assert report_named(project, "Mine").file is None
    assert target.exists()


def test_a_report_is_not_written_over_its_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, template = sample_copy(tmp_path / "p.telaah", "en"), tmp_path / "faculty.docx"
    Document().save(str(template))
    before = template.read_bytes()
    words = ["report", str(path), str(tmp_path / "x" / ".." / "faculty.docx"), "--template", str(template)]
    (tmp_path / "x").mkdir()
    assert main([*words, "--tables", "informants"]) == 1
    assert "template of this report" in capsys.readouterr().err
    assert template.read_bytes() == before


def test_parts_stand_in_the_order_in_which_they_were_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample_copy(tmp_path / "p.telaah", "en")
    words = ["report", str(path), "--chapter", "3", "--tables", "factors,narrative,informants,factors"]
    words += ["--format", "json"]
    # the file may stand behind the options
    assert main([*words, str(tmp_path / "x.md")]) == 0
    assert json.loads(capsys.readouterr().out)["tables"] == ["factors", "narrative", "informants"]
    assert main(["report", str(path), "--chapter", "3"]) == 2
    assert "OUT" in capsys.readouterr().err


def test_styles_of_a_template_are_named_and_missing_ones_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    path, template, out = sample_copy(tmp_path / "p.telaah", "en"), tmp_path / "faculty.docx", tmp_path / "x.docx"
    faculty = Document()
    faculty.styles.add_style("Alinea Kita", 1)
    for name in ("Quote", "Intense Quote"):
        faculty.styles[name].delete()
    faculty.save(str(template))
    words = ["report", str(path), str(out), "--tables", "findings", "--template", str(template)]
    assert main(words) == 0
    assert "quote (Quotation)" in capsys.readouterr().err
    assert main([*words, "--style", "quote=alinea kita"]) == 0
    assert "quote" not in capsys.readouterr().err.partition("personal")[0]
    assert "Alinea Kita" in {one.style.name for one in Document(str(out)).paragraphs if one.style is not None}
    assert main([*words, "--style", "quote=Nowhere"]) == 1
    assert "Alinea Kita" in capsys.readouterr().err
    assert main([*words, "--style", "verse=Quote"]) == 2
    assert main([*words[:-2], "--style", "quote=Quote"]) == 2
