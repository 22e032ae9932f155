"""A report on a real project: which tables it has, that its numbers are those of the analysis, what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from coding.analysis.factors import summarise
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.reports import TABLES, ReportOptions, report
from coding.reports.build import report_tables, table_names
from coding.reports.options import ON_REQUEST
from coding.reports.preview import sheets, to_html
from coding.reports.tables import Block, Figure, Narrative, Table, Value
from coding.sample import build
from coding.segments.queries import segments
from coding.transcripts.queries import sources
from coding.words import Words

ENGLISH = ReportOptions(language="en")
FOUND = "What the analyst found in this matrix"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = build(tmp_path_factory.mktemp("sample") / "sample.telaah")
    yield project
    project.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "empty.telaah", "Studi Kosong", frameworks=["edward3", "factors"])
    yield project
    project.close()


def tables(blocks: list[Block], name: str) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table) and block.name == name]


def everything(path: Path) -> str:
    """Every text of a Word file: paragraphs, tables, alternative texts."""
    document = Document(str(path))
    body = document.element.body
    told = [picture.get("descr") for picture in body.iter() if picture.get("descr")]
    return "\n".join(["".join(text for text in body.itertext()), *told, document.core_properties.title])


def test_a_report_has_every_table_with_content_in_order(sample: Project, tmp_path: Path) -> None:
    result = report(sample, tmp_path / "bab4.docx", ENGLISH)
    assert [name for name in TABLES if name in result.tables] == list(result.tables)
    assert {"method_section", "findings", "factors", "segments"} <= set(result.tables)
    assert not set(result.tables) & set(ON_REQUEST)
    assert result.path.exists()
    shown = Document(str(result.path)).paragraphs
    assert [p.text.strip() for p in shown if p.style.style_id == "Heading1"] == ["Results and discussion"]
    headings = [p.text for p in shown if p.style.style_id == "Heading2"]
    assert headings[:2] == ["Method", "Informants"]
    assert "Source triangulation by Edward III" in headings
    assert "Supporting and inhibiting factors" in headings
    assert headings[-3].startswith("Codebook: ")
    assert headings[-2:] == ["All coded segments", "Audit trail"]


def test_matrix_tables_hold_the_numbers_of_the_matrix(sample: Project, english: Words) -> None:
    options = ReportOptions(tables=("triangulation", "method"), frameworks=("edward3",), columns="category")
    blocks = report_tables(sample, english, options)
    for name, kind in (("triangulation", "source"), ("method", "method")):
        matrix = triangulate(sample, "edward3", kind, "category" if kind == "source" else "informant")  # type: ignore[arg-type]
        (table,) = tables(blocks, name)
        assert len(table.rows) == len(matrix.rows)
        for shown, row in zip(table.rows, matrix.rows, strict=True):
            numbers = [one.paragraphs[0].text.split()[-1] for one in shown[2:-2]]
            assert numbers == ["–" if c.stance == "silent" else english.number(c.passages) for c in row.cells]
            assert shown[-2].text == f"{row.coverage[0]} of {row.coverage[1]}"


def test_factor_tables_hold_the_numbers_of_the_summary(sample: Project, english: Words) -> None:
    factors = summarise(sample)
    (table,) = tables(report_tables(sample, english, ReportOptions(tables=("factors",))), "factors")
    assert [row[1].paragraphs[0].text.removesuffix(" ±") for row in table.rows] == [r.label.en for r in factors.rows]
    for shown, row in zip(table.rows, factors.rows, strict=True):
        if row.supporting.segments or row.inhibiting.segments:
            sides = [(side.segments, side.passages, side.informants) for side in (row.supporting, row.inhibiting)]
            expected = [english.number(n) if n else "–" for side in sides for n in side]
            assert [shown[i].text for i in (3, 4, 5, 7, 8, 9)] == expected


def bare(text: str) -> str:
    """A text without its quotation marks, which are single within a quotation."""
    return re.sub('["“”‘’]', "", text)


def test_findings_quote_each_voices_exemplar_in_full(sample: Project, english: Words) -> None:
    blocks = report_tables(sample, english, ReportOptions(tables=("findings",), frameworks=("edward3",)))
    told = "\n".join(one.text for block in blocks if isinstance(block, Narrative) for one in block.paragraphs)
    matrix = triangulate(sample, "edward3")
    texts = {row.guid: " ".join(row.text.split()) for row in segments(sample)}
    quoted = [guid for row in matrix.rows for c in row.cells for guid in c.exemplars]
    assert quoted
    squeezed = bare(" ".join(told.split()))
    assert all(bare(texts[guid]) in squeezed for guid in quoted)


def test_what_was_written_on_other_matrices_and_on_factors_is_printed(sample: Project, english: Words) -> None:
    blocks = report_tables(
        sample, english, ReportOptions(language="en", tables=("findings", "triangulation", "method"))
    )
    written = [one for one in blocks if isinstance(one, Narrative) and one.heading == FOUND]
    # what was written by informant stands in the findings by dimension, what was written by method under its matrix
    assert [[line.text.split(":")[0] for line in one.paragraphs] for one in written] == [["Disposition (Interview)"]]
    (alone,) = [
        one
        for one in report_tables(sample, english, ReportOptions(language="en", tables=("triangulation",)))
        if isinstance(one, Narrative) and one.heading == FOUND and "Communication" in one.paragraphs[0].text
    ]
    assert any(line.text.startswith("Communication – Transmission (RS): ") for line in alone.paragraphs)
    (table,) = tables(report_tables(sample, english, ReportOptions(language="en", tables=("factors",))), "factors")
    row = next(row for row in table.rows if row[1].text.startswith("Human resources"))
    assert [
        sum("Sembilan pendamping untuk" in cell.text for cell in row),
        row[-1].text.count("Sembilan pendamping"),
    ] == [
        1,
        1,
    ]


def test_an_expanded_matrix_has_each_dimension_and_its_indicators(sample: Project, english: Words) -> None:
    options = ReportOptions(
        tables=("triangulation",),
        frameworks=("edward3",),
        level="indicator",
        columns="category",
        threshold=Fraction(2, 3),
    )
    (table,) = tables(report_tables(sample, english, options), "triangulation")
    dimensions = triangulate(sample, "edward3", columns="category", threshold=Fraction(2, 3))
    indicators = triangulate(sample, "edward3", columns="category", level="indicator", threshold=Fraction(2, 3))
    topics = [topic for row in indicators.rows for topic in row.topics]
    assert topics
    assert len(table.rows) == len(dimensions.rows) + len(indicators.rows) + len(topics)
    assert [row[1].text for row in table.rows if not row[0].text] == [topic.label.en for topic in topics]
    assert [row[0].text for row in table.rows][:2] == ["1", "1.1"]
    assert any("67%" in note.text for note in table.notes)


def test_an_anonymised_report_names_nobody(sample: Project, tmp_path: Path) -> None:
    options = ReportOptions(language="en", anonymise=True, attribution="({name}[, {initials}], {source})")
    text = everything(report(sample, tmp_path / "bab4.docx", options).path)
    for informant in informants(sample):
        for name in {informant.code, informant.name, informant.initials} - {None}:
            assert not re.search(rf"(?<!\w){re.escape(str(name))}(?!\w)", text), name
    assert "(Informant 1, Informant 1, Interview 1)" in text


def test_the_template_decides_whether_names_are_printed(sample: Project, english: Words) -> None:
    (plain_table,) = tables(report_tables(sample, english, ReportOptions(tables=("informants",))), "informants")
    named = ReportOptions(tables=("informants",), attribution="({name})")
    (named_table,) = tables(report_tables(sample, english, named), "informants")
    heads = [[one.text for one in table.heads[0]] for table in (plain_table, named_table)]
    assert "Name" not in heads[0]
    assert "Name" in heads[1]


def test_tables_can_be_chosen_and_keep_their_order(sample: Project, english: Words) -> None:
    blocks = report_tables(sample, english, ReportOptions(tables=("factors", "informants")))
    assert table_names(blocks) == ("informants", "factors")


def test_an_empty_project_says_that_there_is_nothing(empty: Project, tmp_path: Path) -> None:
    result = report(empty, tmp_path / "bab4.docx", ENGLISH)
    assert result.tables == ()
    assert "nothing to report yet" in everything(result.path)


def test_a_table_asked_for_is_there_without_evidence(empty: Project, english: Words) -> None:
    asked = ("findings", "triangulation", "method", "factors")
    blocks = report_tables(empty, english, ReportOptions(tables=asked))
    assert table_names(blocks) == asked
    assert not any(isinstance(block, Figure) for block in blocks)
    (table,) = tables(blocks, "triangulation")
    assert {row[-1].text for row in table.rows} == {"absent"}


@pytest.mark.parametrize("name", ["sections", "auditing", "tabel", ""])
def test_an_unknown_table_is_refused_with_the_known_ones(empty: Project, tmp_path: Path, name: str) -> None:
    with pytest.raises(CodingError) as raised:
        report(empty, tmp_path / "bab4.docx", ReportOptions(language="en", tables=("informants", name)))
    assert raised.value.code == "table_unknown"
    assert "triangulation" in str(raised.value)
    assert not (tmp_path / "bab4.docx").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ReportOptions(language="en", attribution="({nama})"), "placeholder_unknown"),
        (ReportOptions(language="en", frameworks=("jones",)), "framework_not_adopted"),
        (ReportOptions(language="en", tables=("triangulation",), threshold=Fraction(1, 4)), "threshold_range"),
    ],
)
def test_what_is_wrong_with_the_choices_is_said(
    empty: Project, tmp_path: Path, options: ReportOptions, code: str
) -> None:
    with pytest.raises(CodingError) as raised:
        report(empty, tmp_path / "bab4.docx", options)
    assert raised.value.code == code
    assert not (tmp_path / "bab4.docx").exists()


def test_another_ending_is_refused_before_any_work(empty: Project, tmp_path: Path) -> None:
    with pytest.raises(CodingError) as raised:
        report(empty, tmp_path / "bab4.pdf", ENGLISH)
    assert raised.value.code == "report_format"


class Cancelling:
    """Progress of somebody who changes their mind."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.seen.append((done, total, text))
        if len(self.seen) > self.after:
            raise CodingError("cancelled")


def test_progress_counts_up_and_cancelling_leaves_no_file(sample: Project, tmp_path: Path) -> None:
    patient = Cancelling(after=100)
    report(sample, tmp_path / "bab4.docx", ENGLISH, patient)
    assert [done for done, _, _ in patient.seen] == list(range(patient.seen[0][1]))
    with pytest.raises(CodingError) as raised:
        report(sample, tmp_path / "again.docx", ENGLISH, Cancelling(after=6))
    assert raised.value.code == "cancelled"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab4.docx"]


def test_theory_triangulation_names_the_second_framework(sample: Project, english: Words) -> None:
    options = ReportOptions(tables=("triangulation",), kind="theory", against="jones", frameworks=("edward3",))
    (table,) = tables(report_tables(sample, english, options), "triangulation")
    assert "Dimensions of Jones" in [one.text for one in table.heads[0]]


@pytest.mark.parametrize("kind", ["time", "place", "investigator"])
def test_every_kind_of_triangulation_fits_its_page(sample: Project, english: Words, kind: Any) -> None:
    blocks = report_tables(sample, english, ReportOptions(tables=("triangulation",), kind=kind, level="indicator"))
    assert tables(blocks, "triangulation")
    for table in tables(blocks, "triangulation"):
        assert sum(table.widths) <= 23.71
        assert all(sum(one.span for one in row) == len(table.widths) for row in table.rows)


def test_a_reader_on_another_connection_gives_the_same_report(sample: Project, english: Words) -> None:
    reader = sample.reader()
    try:
        assert report_tables(reader, english, ENGLISH) == report_tables(sample, english, ENGLISH)
    finally:
        reader.close()


def test_the_preview_has_the_texts_and_numbers_of_the_word_file(
    sample: Project, tmp_path: Path, english: Words
) -> None:
    document = Document(str(report(sample, tmp_path / "bab4.docx", ENGLISH).path))
    page = html.fromstring(to_html(report_tables(sample, english, ENGLISH), english, ENGLISH))
    shown = [caption.text_content() for caption in page.find_class("caption")]
    assert shown == [p.text for p in document.paragraphs if p.style.style_id == "Caption"]
    told = [" ".join(p.text.split()) for p in document.paragraphs if p.style.style_id in ("Quote", "BodyText")]
    assert [" ".join(p.text_content().split()) for p in page.iter("p") if p.get("class") in ("quote", "body")] == told
    grids = page.findall(".//table")
    assert len(grids) == len(document.tables)
    for grid, table in zip(grids, document.tables, strict=True):
        assert [squeezed(cell.itertext()) for cell in grid.iter("td", "th")] == [
            squeezed(t.text or "" for t in tc.iter(qn("w:t")))
            for row in table._tbl.tr_lst
            for tc in row.tc_lst
            if tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}[@{qn('w:val')}='continue']") is None
        ]


def squeezed(pieces: Iterable[str]) -> str:
    return "".join("".join(pieces).split())


def test_sheets_follow_the_orientation_of_the_pages(sample: Project, english: Words) -> None:
    blocks = report_tables(sample, english, ENGLISH)
    made = sheets(blocks, english, ENGLISH)
    turns = [sheet.landscape for sheet in made]
    assert turns[:2] == [False, True]
    assert all(turns[at] != turns[at + 1] for at in range(len(turns) - 1))
    assert "Table 4.1 Sources of the study by method" in made[0].html
    assert "Figure 4.1" in made[2].html


def test_the_entry_costs_nothing_until_it_is_used() -> None:
    program = (
        "import sys, coding.reports\n"
        "print([name for name in ('docx', 'matplotlib', 'sqlalchemy', 'numpy', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_method_section_and_appendix_count_what_the_list_of_sources_counts(sample: Project, english: Words) -> None:
    counted = [row for row in sources(sample) if not row.left_out and not row.own_statements]
    total = sum(row.segments for row in counted)
    assert 0 < total < sum(row.segments for row in sources(sample))
    blocks = report_tables(sample, english, ReportOptions(tables=("method_section", "segments")))
    (method,), (listed,) = tables(blocks, "method_section"), tables(blocks, "segments")
    assert method.rows[-1][-2].value == Value(total)
    assert len(listed.rows) == total
    told = (one for block in blocks if isinstance(block, Narrative) for one in block.paragraphs)
    said = " ".join(run.text for one in told for run in one.runs)
    assert f"{total} segments were coded" in said
    assert f"lists all {total} coded segments" in said
