"""Tables of counts in a report: each figure is the engine's, in both languages; charts as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.analysis.agreement import agree
from coding.analysis.cooccurrence import cooccurrence
from coding.analysis.crosstab import crosstab
from coding.analysis.factors import summarise
from coding.analysis.frequencies import frequencies
from coding.analysis.saturation import saturation
from coding.analysis.triangulation import triangulate
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.build import report_tables
from coding.reports.charts import (
    MOST_CODES,
    cooccurrence_spec,
    crosstab_spec,
    dimension_spec,
    factor_spec,
    frequency_spec,
    matrix_spec,
    saturation_spec,
)
from coding.reports.drawing import FORMS, ChartSpec, drawn
from coding.reports.options import ReportItem
from coding.reports.tables import Figure, Table
from coding.sample import FOLDERS, build
from coding.words import Words

COUNTS = ("frequencies", "crosstab", "cooccurrence", "agreement", "saturation")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("counts") / "sample.telaah"
    build(path, FOLDERS["en"]).close()
    with Project.open(path, read_only=True) as project:
        yield project


def made(project: Project, name: str, language: str = "en", **settings: Any) -> tuple[list[Table], list[Figure]]:
    blocks = report_tables(project, Words(language), ReportOptions(items=(ReportItem(name, settings),)))
    return [b for b in blocks if isinstance(b, Table)], [b for b in blocks if isinstance(b, Figure)]


def values(table: Table, row: int) -> list[Any]:
    return [one.value.number if one.value is not None else None for one in table.rows[row]]


def test_frequencies_and_their_total(sample: Project) -> None:
    (table,), (figure,) = made(sample, "frequencies", framework="edward3")
    found = frequencies(sample, "edward3")
    shown = [row for row in found.rows if row.segments or row.code.part == "dimension"]
    assert len(table.rows) == len(shown) + 1
    for at, row in enumerate(shown):
        assert values(table, at)[2:] == [row.segments, row.share, row.passages, row.informants, row.words]
    assert table.rows[-1][2].text == Words("en").number(found.segments)
    assert figure.caption == "Coded segments by dimension, Edward III"
    assert figure.png.startswith(b"\x89PNG")
    named = [row for row in shown if row.code.part == "dimension" and row.segments]
    assert all(f"{row.code.label.en}: {row.segments}" in figure.alt for row in named)
    assert table.rows[-1][3].text == "100.0%"
    assert "58 coded segments" in table.notes[0].text


def test_a_crosstab_has_the_engines_counts_by_what_was_chosen(sample: Project) -> None:
    (table,), figures = made(sample, "crosstab", framework="edward3", columns="source.method", unit="informants")
    found = crosstab(sample, "source.method", "edward3", "dimension", "informants")
    assert figures == []
    assert [values(table, at)[2:] for at in range(len(found.rows))] == [
        [*counts, total] for counts, total in zip(found.counts, found.row_totals, strict=True)
    ]
    assert [one.text for one in table.heads[0][2:-1]] == [column.label.en for column in found.columns]


@pytest.mark.parametrize("measure", ["overlap", "inclusion", "turn", "jaccard"])
def test_cooccurrence_is_symmetric_and_the_engines(sample: Project, measure: Any) -> None:
    (table,), _ = made(sample, "cooccurrence", measure=measure, framework="edward3", level="indicator")
    found = cooccurrence(sample, "edward3", "indicator")
    put = [at for at in range(len(found.codes)) if found.passages[at]]
    used = [one for one in put if any(found.pairs(measure, one, other) for other in put if other != one)]
    assert len(table.rows) == len(used)
    assert any("left out" in note.text for note in table.notes) == (len(put) > len(used))
    for row, one in enumerate(used):
        for column, other in enumerate(used):
            if one == other and measure != "turn":
                continue
            expected: Any = (
                found.jaccard(one, other) or None if measure == "jaccard" else found.pairs(measure, one, other)
            )
            assert values(table, row)[2 + column] == expected
            assert table.rows[row][2 + column].text == table.rows[column][2 + row].text


def test_agreement_says_over_which_units(sample: Project) -> None:
    tables, figures = made(sample, "agreement")
    found = agree(sample)
    assert len(tables) == len(found.pairs) > 0
    assert figures == []
    pair = found.pairs[0]
    assert values(tables[0], 0)[2:] == [
        pair.codes[0].percent, pair.codes[0].kappa, pair.codes[0].table.both, pair.codes[0].table.first,
        pair.codes[0].table.second, pair.codes[0].table.neither,
    ]  # fmt: skip
    assert values(tables[0], -1)[2:4] == [pair.percent, pair.kappa]
    assert Words("en").number(pair.units) in tables[0].notes[0].text


def test_saturation_has_a_row_for_each_interview(sample: Project) -> None:
    (table,), (figure,) = made(sample, "saturation", framework="edward3")
    found = saturation(sample, "edward3")
    assert [values(table, at)[3:5] for at in range(len(found.steps))] == [
        [len(step.new), step.total] for step in found.steps
    ]
    assert figure.caption == table.caption


def test_an_empty_study_has_tables_that_say_so(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.telaah", "Kosong") as project:
        blocks = report_tables(project, Words("id"), ReportOptions(tables=COUNTS))
        tables = [block for block in blocks if isinstance(block, Table)]
        assert {table.name for table in tables} == set(COUNTS) - {"agreement"}
        assert not [block for block in blocks if isinstance(block, Figure)]
        for table in tables:
            assert [cell.text for cell in table.rows[0]][-1] == "belum ada bukti"
        everything = report_tables(project, Words("en"), ReportOptions())
        assert not [block for block in everything if isinstance(block, Table) and block.name in COUNTS]


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_of_them_in_word(sample: Project, tmp_path: Path, language: str) -> None:
    done = report(sample, tmp_path / "counts.docx", ReportOptions(language=language, tables=COUNTS))
    assert done.tables == COUNTS


# charts


def specs(project: Project, words: Words) -> dict[str, ChartSpec | None]:
    matrix = triangulate(project, "edward3")
    table = crosstab(project, "category", "edward3")
    return {
        "diverging": factor_spec(summarise(project), words),
        "radar": dimension_spec(summarise(project, "edward3", "dimension"), words, [row.code for row in matrix.rows]),
        "heat": matrix_spec(matrix, words),
        "bars": frequency_spec(frequencies(project), words),
        "pairs": cooccurrence_spec(cooccurrence(project), words),
        "steps": saturation_spec(saturation(project), words),
        "cross": crosstab_spec(table, words, [column.label.en for column in table.columns], "n"),
    }


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_chart_is_drawn_in_every_form_and_survives_being_sent(sample: Project, language: str) -> None:
    for name, spec in specs(sample, Words(language)).items():
        assert spec is not None, name
        assert all(len(row) == len(spec.columns) for row in (*spec.values, *spec.shown))
        assert len(spec.rows) == len(spec.values) == len(spec.shown)
        sent = ChartSpec.from_json(json.loads(json.dumps(spec.to_json())))
        assert sent == spec
        assert spec.spoken
    heat = specs(sample, Words(language))["heat"]
    assert heat is not None
    heads = {form: drawn(heat, form).data[:300] for form in FORMS}
    assert heads["png"].startswith(b"\x89PNG")
    assert heads["pdf"].startswith(b"%PDF")
    assert b"<svg" in heads["svg"]
    assert drawn(heat, "svg").data == drawn(heat, "svg").data


def test_a_chart_shows_what_was_counted(sample: Project) -> None:
    words = Words("en")
    found = specs(sample, words)
    matrix = triangulate(sample, "edward3")
    heat, bars = found["heat"], found["bars"]
    assert heat is not None
    assert bars is not None
    assert [[value or 0 for value in row] for row in heat.values] == [
        [cell.passages for cell in row.cells] for row in matrix.rows
    ]
    assert len(bars.rows) <= MOST_CODES
    radar = found["radar"]
    assert radar is not None
    by_code = {row.code: row for row in summarise(sample, "edward3", "dimension").rows}
    assert radar.values == tuple(
        (by_code[row.code].supporting.passages, by_code[row.code].inhibiting.passages) for row in matrix.rows
    )


def test_nothing_to_draw_is_no_chart(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.telaah", "Kosong") as project:
        words = Words("id")
        matrix = triangulate(project, "edward3")
        assert factor_spec(summarise(project), words) is None
        assert dimension_spec(summarise(project, "edward3", "dimension"), words, [r.code for r in matrix.rows]) is None
        assert matrix_spec(matrix, words) is None
        assert frequency_spec(frequencies(project), words) is None
        assert cooccurrence_spec(cooccurrence(project), words) is None
        assert saturation_spec(saturation(project), words) is None


LABELS = ["Biaya $5 & $6", "領導力", "a_b^c {x}", "\\frac", "🙂", "x" * 90, ""]
LOOKS: list[Any] = ["diverging", "bars", "steps", "heat", "radar"]


@settings(max_examples=14, deadline=None)
@given(
    look=st.sampled_from(LOOKS),
    rows=st.lists(st.sampled_from(LABELS), min_size=3, max_size=7),
    data=st.data(),
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_any_labels_and_numbers_can_be_drawn(look: Any, rows: list[str], data: st.DataObject) -> None:
    wide = {"bars": 1, "heat": data.draw(st.integers(1, 40))}.get(look, 2)
    one = st.none() | st.integers(0, 10**6)
    table = [[data.draw(one) for _ in range(wide)] for _ in rows]
    spec = ChartSpec(
        look, tuple(rows), tuple(f"K{at}" for at in range(wide)), tuple(map(tuple, table)),
        tuple(tuple("" if value is None else str(value) for value in row) for row in table), "n $x$",
    )  # fmt: skip
    made = drawn(spec)
    assert made.data.startswith(b"\x89PNG")
    assert made.height <= 18.0


def test_grey_print_tells_more_from_less() -> None:
    """What is darker is more, however it is printed."""
    from matplotlib.colors import LinearSegmentedColormap

    from coding.reports.drawing_looks import RAMP

    ramp = LinearSegmentedColormap.from_list("r", RAMP)
    grey = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in (ramp(at / 20) for at in range(21))]
    assert grey == sorted(grey, reverse=True)
    assert Fraction(str(round(grey[0] - grey[-1], 2))) > Fraction(1, 2)
