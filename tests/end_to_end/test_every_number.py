"""Every number of a report, part by part and setting by setting: Word read back against window, command line, Excel,
HTML and CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from coding.project import Project
from coding.reports.csv_files import MARKS, table_csv
from coding.reports.document import ReportDocument
from coding.reports.excel import workbook
from coding.reports.html_page import page as html_page
from coding.reports.options import TABLES
from coding.reports.tables import Block, Narrative, Table
from tests.end_to_end.count_numbers import CHECKS
from tests.end_to_end.reading_back import FIGURE, Read, page_tables, parsed, word_text
from tests.end_to_end.report_numbers import Study
from tests.end_to_end.screen_numbers import screens
from tests.end_to_end.written_report import ITEMS, PINNED, Written, prepared


@pytest.fixture(scope="module")
def screen_of(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Any]:
    """Makes the tables of a window in one language."""
    with screens(tmp_path_factory.mktemp("home")) as show:
        yield show


@pytest.fixture(scope="module", params=["id", "en"])
def study(request: pytest.FixtureRequest, screen_of: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = prepared(tmp_path_factory.mktemp("numbers") / "studi.telaah", request.param)
    with Project.open(path, read_only=True) as project:
        yield Study(project, screen_of(request.param, project), PINNED)


@pytest.fixture(scope="module")
def written(study: Study) -> Written:
    return Written(study.project, study.project.language)


def test_every_part_of_a_report_is_looked_at() -> None:
    assert set(CHECKS) == set(TABLES)
    assert {name for name, _ in ITEMS} == set(TABLES)


def test_the_word_file_has_every_word_of_the_report(written: Written) -> None:
    told = word_text(written.word)
    for _, blocks in written.parts:
        for block in blocks:
            if isinstance(block, Narrative):
                for said in (run.text for one in block.paragraphs for run in one.runs):
                    assert "".join(said.split()) in told
            elif isinstance(block, Table):
                assert "".join(written.notes[block.key].split()) in told


@pytest.mark.parametrize("number", range(len(ITEMS)), ids=[name for name, _ in ITEMS])
def test_word_says_what_window_and_command_line_say(study: Study, written: Written, number: int) -> None:
    item, blocks = written.parts[number]
    CHECKS[item.name](written.page(blocks), item.settings, study)


@pytest.mark.parametrize(
    "options",
    [{"anonymise": True, "attribution": "({name}, {source})"}, {"sort": "evidence"}, {"footnotes": True, "chapter": 7}],
    ids=lambda options: next(iter(options)),
)
def test_other_choices_leave_the_numbers_alone(study: Study, written: Written, options: dict[str, Any]) -> None:
    names = ("triangulation", "factors", "frequencies", "crosstab", "agreement", "saturation", "method_section")
    items = [(name, next(settings for one, settings in ITEMS if one == name)) for name in names]
    other = Written(study.project, written.language, items, **options)
    for (item, blocks), (name, settings) in zip(other.parts, items, strict=True):
        same = next(found for known, found in written.parts if (known.name, known.settings) == (name, settings))
        figures = [
            sorted(figure for line in table.rows for text in line[1:] if (figure := bare(text, written.language)))
            for part in (other.page(blocks), written.page(same))
            for table in part.tables
        ]
        assert figures[: len(figures) // 2] == figures[len(figures) // 2 :], item.name
        assert any(figures), item.name


ON_PAPER = ("segments", "audit")
"""Parts that are shorter on paper than where they can be sorted and narrowed."""


def test_the_page_has_the_tables_of_the_word_file(written: Written) -> None:
    shown = page_tables(html_page(written.document))
    assert len(shown) == len(written.document.tables)
    for table, found in zip(written.document.tables, shown, strict=True):
        if table.name not in ON_PAPER:
            read = written.read[table.key]
            assert found.caption == read.caption
            assert lines_of(found) == lines_of(read), table.key


def test_the_workbook_has_the_numbers_of_the_word_file(written: Written) -> None:
    book = load_workbook(io.BytesIO(workbook(without_passages(written.document))))
    links = [row[0].hyperlink.location for row in book.worksheets[0].iter_rows(min_row=3) if row[0].value]
    tables = [table for table in written.document.tables if table.name not in ON_PAPER]
    for link, table in zip(links, tables, strict=True):
        sheet, read = book[link.rpartition("!")[0].strip("'")], written.read[table.key]
        for number, line in enumerate(read.rows, 2):
            typed = [one for one in sheet[number] if isinstance(one.value, int | float)]
            wanted = [figure for figure in (bare(text, written.language) for text in line[1:]) if figure]
            found = [rounded(one.value, one.number_format) for one in typed if one.value and one.column > 1]
            assert [one for one in found if one] == [parsed(one, written.language) for one in wanted], (table.key, line)


def test_csv_has_the_numbers_of_the_word_file(written: Written) -> None:
    for table in written.document.tables:
        if table.name in ON_PAPER:
            continue
        separator, point = MARKS[written.language]
        written_as = io.StringIO(table_csv(table, written.words).decode("utf-8-sig"))
        lines = list(csv.reader(written_as, delimiter=separator))[1:]
        for line, read in zip(lines, written.read[table.key].rows, strict=True):
            for text, shown in zip(line[1:], read[1:], strict=True):
                figure = bare(shown, written.language)
                if figure and not figure.endswith("%"):
                    decimals = len(figure.partition("," if written.language == "id" else ".")[2])
                    exact = Fraction(text.split("\n")[0].split(" ")[0].replace(point, "."))
                    assert rounded(exact, "0." + "0" * decimals) == parsed(figure, written.language)


def without_passages(document: ReportDocument) -> ReportDocument:
    """The report with nothing behind its figures, whose sheets would take most of the time."""

    def alone(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        return replace(block, rows=tuple(tuple(replace(one, segments=()) for one in row) for row in block.rows))

    blocks = [alone(block) for block in document.blocks if getattr(block, "name", "") not in ON_PAPER]
    return ReportDocument(document._project, blocks, document.words, document.options)


def lines_of(read: Read) -> list[list[str]]:
    """The table without white space."""
    return [["".join(text.split()) for text in line] for line in (*read.heads, *read.rows)]


def bare(text: str, language: str) -> str:
    """The figure that a cell begins with, without its sign, and that is not nothing; "" where it has none."""
    figure = text.split("\n", maxsplit=1)[0].removeprefix("+ ").removeprefix("− ").removeprefix("± ").removeprefix("○ ")
    if not FIGURE[language].fullmatch(figure) or not parsed(figure, language):
        return ""
    return figure


def rounded(value: Fraction | float, number_format: str) -> Fraction:
    """A number as a spreadsheet shows it."""
    percent = number_format.endswith("%")
    decimals = len(number_format.rstrip("%").partition(".")[2]) + (2 if percent else 0)
    units = Fraction(Decimal(repr(value)) if isinstance(value, float) else value) * 10**decimals + Fraction(1, 2)
    return Fraction(math.floor(units), 10**decimals)
