"""The commands that count codes print what the engine counts, as JSON, CSV and text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from coding.analysis.cooccurrence import cooccurrence
from coding.analysis.crosstab import crosstab
from coding.analysis.framework_matrix import framework_matrix
from coding.analysis.frequencies import frequencies
from coding.analysis.saturation import saturation
from coding.project import Project
from tests.samples import open_sample

Run = Callable[..., str]
COMMANDS = ("frequencies", "crosstab", "cooccurrence", "saturation", "framework-matrix")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("counts") / "studi.telaah", "en") as project:
        yield project


@pytest.fixture
def printed(study: Project, run: Run) -> Callable[..., Any]:
    return lambda *words: json.loads(run(words[0], study.path, *words[1:], "--format", "json"))


def test_frequencies(study: Project, printed: Callable[..., Any], run: Run) -> None:
    found = frequencies(study, "edward3")
    made = printed("frequencies", "--framework", "edward3")
    assert [made[key] for key in ("framework", "segments", "informants", "words")] == [
        "edward3", found.segments, found.informants, found.words,
    ]  # fmt: skip
    assert [(row["code"], row["label"], row["part"]) for row in made["rows"]] == [
        (row.code.path, row.code.label.en, row.code.part) for row in found.rows
    ]
    for row, exact in zip(made["rows"], found.rows, strict=True):
        for key in ("segments", "passages", "informants", "voices", "words"):
            assert row[key] == getattr(exact, key)
        assert row["share"] == float(exact.share or 0)
    lines = list(csv.DictReader(io.StringIO(run("frequencies", study.path, "--format", "csv"))))
    assert sum(int(line["segments"]) for line in lines if line["code"].count(".") == 1) > found.segments


def test_crosstab(study: Project, printed: Callable[..., Any], run: Run) -> None:
    words = ("--framework", "edward3", "--columns", "category", "--unit", "words", "--level", "indicator")
    found, made = crosstab(study, "category", "edward3", "indicator", "words"), printed("crosstab", *words)
    assert [made[key] for key in ("by", "unit", "level", "total")] == ["category", "words", "indicator", found.total]
    assert made["columns"] == [column.key for column in found.columns]
    assert [row["counts"] for row in made["rows"]] == [list(counts) for counts in found.counts]
    assert [row["total"] for row in made["rows"]] == list(found.row_totals)
    assert made["totals"] == list(found.column_totals)
    lines = list(csv.reader(io.StringIO(run("crosstab", study.path, *words, "--format", "csv"))))
    assert lines[0] == ["code", "label", *made["columns"], "total"]
    assert [int(one) for one in lines[1][2:]] == [*found.counts[0], found.row_totals[0]]


def test_cooccurrence(study: Project, printed: Callable[..., Any]) -> None:
    found, made = cooccurrence(study, level="dimension"), printed("cooccurrence", "--level", "dimension")
    assert [(c["code"], c["passages"], c["characters"]) for c in made["codes"]] == [
        (line.path, passages, length)
        for line, passages, length in zip(found.codes, found.passages, found.lengths, strict=True)
    ]
    for name in ("overlap", "inclusion", "turn"):
        assert made[name] == [list(row) for row in getattr(found, name)]
    assert any(any(row) for row in made["overlap"])
    one, other = next((a, b) for a, row in enumerate(found.overlap) for b, n in enumerate(row) if n and a < b)
    assert made["jaccard"][one][other] == made["jaccard"][other][one] == float(found.jaccard(one, other) or 0)


def test_saturation(study: Project, printed: Callable[..., Any]) -> None:
    found, made = saturation(study, "edward3"), printed("saturation", "--framework", "edward3")
    assert [(row["source"], row["date"], row["segments"], row["codes"], row["total"]) for row in made["rows"]] == [
        (step.source, step.date, step.segments, step.codes, step.total) for step in found.steps
    ]
    assert [row["new"] for row in made["rows"]] == [[line.path for line in step.new] for step in found.steps]
    assert made["codes"] == found.codes > 0


def test_framework_matrix(study: Project, printed: Callable[..., Any]) -> None:
    found = framework_matrix(study, "edward3", "indicator")
    made = printed("framework-matrix", "--framework", "edward3", "--level", "indicator")
    assert [(c["code"], c["part"]) for c in made["columns"]] == [(c.code, c.part) for c in found.columns]
    assert [row["informant"] for row in made["rows"]] == [row.informant for row in found.rows]
    for row, exact in zip(made["rows"], found.rows, strict=True):
        assert [cell["passages"] for cell in row["cells"]] == [cell.passages for cell in exact.cells]
        assert [cell["finding"] and cell["finding"]["text"] for cell in row["cells"]] == [
            cell.summary and cell.summary.text for cell in exact.cells
        ]
    coarse = printed("framework-matrix", "--framework", "edward3")
    assert any(cell["finding"] for row in coarse["rows"] for cell in row["cells"])


@pytest.mark.parametrize("command", COMMANDS)
def test_as_text_and_what_is_unknown(command: str, study: Project, run: Run) -> None:
    text = run(command, study.path, "--framework", "edward3")
    assert len(text.splitlines()) > 4
    assert "edward3" in run(command, study.path, "--framework", "edward4", status=1)


def test_unknown_columns_are_refused_with_the_known_ones(study: Project, run: Run) -> None:
    assert "category" in run("crosstab", study.path, "--columns", "shoe", status=1)
