"""Which framework stands for the factors of a study while nobody has chosen one."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.analysis.fitting import fitting
from coding.codes.queries import frameworks
from coding.codes.rows import FrameworkRow
from coding.reports.build import report_tables
from coding.reports.options import ReportOptions
from coding.reports.tables import Narrative, Table
from coding.segments.editing import remove
from coding.segments.queries import segments
from coding.words import Words
from tests.samples import open_sample


def row(key: str, tagged: int, based_on: str | None = None) -> FrameworkRow:
    return FrameworkRow(key, key, 1, key, key, (), tagged, based_on=based_on)


@pytest.mark.parametrize(
    ("adopted", "fits"),
    [
        ([], ("factors", "indicator")),
        ([row("edward3", 9), row("factors", 1)], ("factors", "indicator")),
        ([row("edward3", 0), row("factors", 0)], ("factors", "indicator")),
        ([row("jones", 1), row("edward3", 9), row("factors", 0)], ("edward3", "dimension")),
        ([row("edward3", 9), row("mine", 2, "factors/1"), row("factors", 0)], ("mine", "indicator")),
        ([row("edward3", 0), row("jones", 0)], ("edward3", "dimension")),
    ],
)
def test_the_framework_that_has_evidence_fits(adopted: list[FrameworkRow], fits: tuple[str, str]) -> None:
    assert fitting(adopted) == fits


def test_a_report_has_the_factors_of_a_theory_and_says_so(tmp_path: Path) -> None:
    with open_sample(tmp_path / "p.telaah", "en") as project:
        with project.operation("Remove") as op:
            remove(op, [one.guid for one in segments(project) if one.framework == "factors"])
        tagged = {one.key for one in frameworks(project) if one.segments}
        assert "factors" not in tagged
        options = ReportOptions(language="en", preset="chapter")
        blocks = report_tables(project, Words("en"), options)
        (table,) = (block for block in blocks if isinstance(block, Table) and block.name == "factors")
        assert table.caption == "Supporting and inhibiting factors by Edward III"
        named = [line[1].paragraphs[0].runs[0].text.removesuffix(" ±") for line in table.rows]
        (theory,) = (one for one in frameworks(project) if one.key == "edward3")
        assert sorted(named) == sorted(code.label_en for code in theory.codes if code.parent is None)
        text = "".join(
            run.text for block in blocks if isinstance(block, Narrative) for one in block.paragraphs for run in one.runs
        )
        assert "The factors are the dimensions of Edward III." in text
        chosen = report_tables(project, Words("en"), ReportOptions(language="en", factor_framework="factors"))
        assert not any(isinstance(block, Table) and block.name == "factors" for block in chosen)
