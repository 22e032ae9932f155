"""The framework matrix, the conclusion and the recommendations in a report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coding import sample
from coding.informants.queries import informants
from coding.project import Project
from coding.reports import conclusions_table, framework_matrix_table
from coding.reports.desk import Desk, Material
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem, ReportOptions
from coding.reports.tables import Block, Narrative, Table
from coding.transcripts.queries import sources
from coding.words import Words


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = sample.build(tmp_path_factory.mktemp("study") / "s.telaah", sample.FOLDERS["en"])
    yield made
    made.close()


def blocks_of(study: Project, maker: Maker, settings: dict[str, str] | None = None, **more: bool) -> list[Block]:
    options = ReportOptions(language="en", **more)  # type: ignore[arg-type]
    item = ReportItem(maker.name, settings or {})
    material = Material("S", tuple(informants(study)), tuple(sources(study)), {})
    desk = Desk(material, Words("en"), options)
    results = Results(study, options, frozenset({maker.name}))
    return [block for part in maker.gather(results, item) for block in maker.blocks(desk, part)]


def test_summaries_keep_their_looks(study: Project) -> None:
    (_, table) = blocks_of(study, framework_matrix_table.MAKER, {"framework": "edward3"})
    assert isinstance(table, Table)
    assert [one.text for one in table.heads[0]][:3] == ["No", "Informant", "Communication"]
    cells = {row[1].text: row[2] for row in table.rows}
    bold = [run.text for paragraph in cells["TB"].paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["by phone at night"]
    assert cells["JM"].paragraphs[1].text == "• a meeting in each of the nine wards;"
    assert all(len(row) == len(table.widths) for row in table.rows)
    assert cells["TB"].segments


def test_only_frameworks_with_summaries_come_by_themselves(study: Project) -> None:
    made = blocks_of(study, framework_matrix_table.MAKER)
    assert [block.key for block in made if isinstance(block, Table)] == ["framework_matrix.edward3.dimension"]


def test_the_conclusion_says_what_it_rests_on(study: Project) -> None:
    made = blocks_of(study, conclusions_table.MAKER)
    first, table, _, advice = made
    assert isinstance(first, Narrative)
    assert first.paragraphs[0].text.startswith("Four outreach workers")
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["1", "2", "3"]
    assert table.rows[2][2].text == "no evidence"
    assert "Transmission (JM)" in table.rows[1][2].text
    assert isinstance(advice, Table)
    assert len(advice.rows) == 2
    assert "without a recommendation" in advice.notes[0].text
    assert "geography" not in advice.notes[0].text.casefold()


def test_names_are_masked(study: Project) -> None:
    made = blocks_of(study, framework_matrix_table.MAKER, {"framework": "edward3"}, anonymise=True)
    table = made[1]
    assert isinstance(table, Table)
    assert not {row[1].text for row in table.rows} & {"TB", "EO", "JM"}
