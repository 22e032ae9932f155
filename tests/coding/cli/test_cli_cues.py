"""The commands `cues` and `demo --language`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coding.language.cue_report import cue_report
from coding.project import Project
from tests.samples import sample_copy

Run = Callable[..., str]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English sample."""
    return sample_copy(tmp_path_factory.mktemp("cues") / "study.telaah", "en")


def test_all_frameworks_of_the_project_are_reported(run: Run, study: Path) -> None:
    reports = json.loads(run("cues", study, "--format", "json"))
    assert [report["framework"] for report in reports] == ["edward3", "jones", "dwiyanto", "factors"]
    with Project.open(study, read_only=True) as project:
        expected = cue_report(project, "edward3")
    assert [row["code"] for row in reports[0]["rows"]] == [code.code for code in expected.codes]
    for row, code in zip(reports[0]["rows"], expected.codes, strict=True):
        assert (row["fired"], row["fired_tagged"], row["tagged"]) == (code.fired, code.fired_tagged, code.tagged)
        assert row["precision"] == (None if code.precision is None else float(code.precision))
        assert row["recall"] == (None if not code.segments else code.segments_fired / code.segments)
        assert [cue["cue"] for cue in row["cues"]] == [phrase.text for phrase in code.phrases]


def test_one_framework_and_one_language_can_be_chosen(run: Run, study: Path) -> None:
    (both,) = json.loads(run("cues", study, "--framework", "factors", "--format", "json"))
    (indonesian,) = json.loads(run("cues", study, "--framework", "factors", "--language", "id", "--format", "json"))
    assert both["framework"] == indonesian["framework"] == "factors"
    assert both["sentences"] == indonesian["sentences"] > 0
    assert sum(row["fired"] for row in indonesian["rows"]) < sum(row["fired"] for row in both["rows"])


def test_csv_has_a_line_for_each_code(run: Run, study: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("cues", study, "--framework", "jones", "--format", "csv"))))
    assert len(rows) == 17
    assert {row["code"].partition(".")[0] for row in rows} == {"jones"}


def test_text_names_the_cues_heard_most(run: Run, study: Path) -> None:
    said = run("cues", study, "--framework", "factors")
    assert said.startswith("Supporting and inhibiting factors: cues in 277 sentences\n")
    (line,) = (line for line in said.splitlines() if line.lstrip().startswith("Technology"))
    assert "signal" in line


def test_an_unknown_framework_is_one_line(run: Run, study: Path) -> None:
    assert "edward3" in run("cues", study, "--framework", "jonez", status=1)


@pytest.mark.parametrize(("language", "people"), [("id", "RS"), ("en", "TB")])
def test_the_sample_is_made_in_either_language(run: Run, tmp_path: Path, language: str, people: str) -> None:
    path = tmp_path / "sample.telaah"
    made = json.loads(run("demo", path, "--language", language, "--format", "json"))
    assert people in {row["code"] for row in json.loads(run("informants", path, "--format", "json"))}
    checked = json.loads(run("check", path, "--format", "json"))
    assert (checked["ok"], checked["problems"]) == (True, [])
    assert (checked["sources"], checked["segments"]) == (made["sources"], made["segments"])


def test_the_sample_is_the_indonesian_one_where_no_language_is_named(run: Run, tmp_path: Path) -> None:
    run("demo", tmp_path / "sample.telaah")
    with Project.open(tmp_path / "sample.telaah", read_only=True) as project:
        assert project.language == "id"
