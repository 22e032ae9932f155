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
    assert {*said["chapter"], *said["appendices"], "audit"} == set(said["everything"])
