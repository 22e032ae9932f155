"""Behind every figure of a table of counts stand the coded segments that it counts, as the engine finds them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coding.analysis.agreement import Unit, agree
from coding.analysis.agreement_segments import agreement_guids
from coding.analysis.cooccurrence import cooccurrence, cooccurring, cooccurring_guids
from coding.analysis.crosstab import crosstab, crosstab_guids, crosstab_segments
from coding.analysis.frequencies import frequencies, frequency_guids, frequency_segments
from coding.analysis.results_counts import MEASURES, Measure
from coding.analysis.saturation import saturation, saturation_guids, saturation_segments
from coding.project import Project
from coding.reports import ReportOptions
from coding.reports.build import report_tables
from coding.reports.tables import Table
from coding.segments.queries import segments
from coding.words import Words
from tests.samples import open_sample

COUNTS = ("frequencies", "crosstab", "cooccurrence", "agreement", "saturation")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("behind") / "sample.telaah", "en") as project:
        yield project


@pytest.mark.parametrize("framework", ["edward3", None])
def test_behind_frequencies(sample: Project, framework: str | None) -> None:
    found, behind = frequencies(sample, framework), frequency_guids(sample, framework)
    assert [len(behind.get(row.code.key, ())) for row in found.rows] == [row.segments for row in found.rows]
    for row in found.rows[:8]:
        assert behind.get(row.code.key, ()) == frequency_segments(sample, framework, row.code.key)
    assert len(behind[None]) == found.segments


@pytest.mark.parametrize("by", ["category", "informant", "source.method"])
def test_behind_a_crosstab(sample: Project, by: str) -> None:
    found, behind = crosstab(sample, by, "edward3"), crosstab_guids(sample, by, "edward3", "dimension")
    places = [(i, j) for i in (*range(len(found.rows)), None) for j in (*range(len(found.columns)), None)]
    assert {place: len(behind.get(place, ())) for place in places} == {place: found.count(*place) for place in places}
    whole = crosstab_segments(sample, by, "edward3", "dimension", found.rows[0].key, whole=True)
    assert behind[0, None] == whole
    assert behind.get((0, 0), ()) == crosstab_segments(
        sample, by, "edward3", "dimension", found.rows[0].key, found.columns[0].key
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_behind_codes_that_go_together(sample: Project, measure: Measure) -> None:
    found = cooccurrence(sample, None, "dimension")
    by_pair, by_code = cooccurring_guids(sample, measure, None, "dimension")
    for i, one in enumerate(found.codes):
        for j in range(i, len(found.codes)):
            pairs = cooccurring(sample, one.key, found.codes[j].key, measure, None, "dimension")
            known = {guid for pair in pairs for guid in pair.segment_ids}
            assert set(by_pair.get((i, j), ())) == known
            assert len(by_pair.get((i, j), ())) == len(known)
    assert sum(map(len, by_code)) == frequencies(sample).segments


def test_behind_saturation(sample: Project) -> None:
    found, behind = saturation(sample, "edward3"), saturation_guids(sample, "edward3", "indicator")
    for step, guids in zip(found.steps, behind, strict=True):
        keys = [line.key for line in step.new]
        known = saturation_segments(sample, "edward3", "indicator", step.source_guid, keys) if keys else ()
        assert guids == known


@pytest.mark.parametrize("unit", ["sentence", "turn", "character"])
def test_behind_agreement(sample: Project, unit: Unit) -> None:
    """What one coder alone gave stands on segments of that coder; what nobody gave on none."""
    found, behind = agree(sample, None, unit), agreement_guids(sample, None, unit)
    rows = {row.guid: row for row in segments(sample)}
    assert found.pairs
    for pair in found.pairs:
        for code in pair.codes:
            decided = behind[pair.coders][code.code]
            counts = (code.table.both, code.table.first, code.table.second)
            guids = (decided.both, decided.first, decided.second)
            assert [bool(count) for count in counts] == [bool(one) for one in guids]
            for one, coders in zip(guids, (set(pair.coders), {pair.coders[0]}, {pair.coders[1]}), strict=True):
                assert {rows[guid].coder for guid in one} == (coders if one else set())
                assert {rows[guid].code for guid in one} <= {code.code}


def test_no_figure_of_a_table_leads_nowhere(sample: Project) -> None:
    """Every number but a row's own, and those that count what nobody coded, leads to passages."""
    words, options = Words("en"), ReportOptions(language="en", tables=(*COUNTS, "method_section"))
    tables = [block for block in report_tables(sample, words, options) if isinstance(block, Table)]
    assert {table.name for table in tables} == {*COUNTS, "method_section"}
    coded = [row[-2] for row in tables[0].rows]
    assert [len(one.segments) for one in coded] == [one.value.number for one in coded if one.value]
    for table in tables[1:]:
        last = len(table.widths) - 1 if table.name == "agreement" else len(table.widths)
        for row in table.rows:
            for column, one in enumerate(row[1:last], 1):
                if one.value is not None and one.value.number and not one.segments:
                    pytest.fail(f"{table.key}: {row[1].text}, column {column}: {one.text}")
