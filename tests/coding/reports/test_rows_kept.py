"""Where the pages of a table may end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coding.reports.build import report_tables
from coding.reports.options import ReportOptions
from coding.reports.tables import Narrative, Table, cell, head
from coding.reports.word_keeping import rows_kept, stays_whole
from coding.words import Words
from tests.samples import open_sample

PAGE, WIDTHS = 13.5, (4.0, 4.0)
SHORT, TALL = "kata", "kata " * 90


def made(*texts: str, continues: str | None = None) -> Table:
    heads = ((head("No"), head("Kutipan")),)
    rows = tuple((cell("1"), cell(text)) for text in texts)
    return Table("t", "t", "Judul", heads, rows, WIDTHS, "Sumber", landscape=True, continues=continues)


def test_the_first_rows_and_the_last_stay_together() -> None:
    table = made(*[SHORT] * 40)
    assert rows_kept(table, WIDTHS, PAGE) == {0, 1, 39, 40}


def test_rows_too_high_for_it_stay_alone_and_the_last_stays_with_the_source_line() -> None:
    table = made(TALL, TALL, TALL, TALL)
    assert rows_kept(table, WIDTHS, PAGE) == {0, 4}


def test_a_table_that_leaves_no_room_for_its_heading_is_not_kept_whole() -> None:
    texts = [SHORT] * 20
    assert not stays_whole(made(*texts), WIDTHS, PAGE)
    assert stays_whole(made(*texts, continues="s"), WIDTHS, PAGE)
    assert stays_whole(made(*texts[:12]), WIDTHS, PAGE)


def test_the_title_is_on_the_page_of_what_it_heads(tmp_path: Path) -> None:
    words, options = Words("en"), ReportOptions(tables=("triangulation",), frameworks=("edward3",))
    with open_sample(tmp_path / "sample.telaah", "en") as project:
        title, first, *_ = report_tables(project, words, options)
        listed, *_ = report_tables(project, words, replace(options, contents=True))
    assert isinstance(title, Narrative)
    assert title.level == 0
    assert title.landscape
    assert first.landscape
    assert not listed.landscape


def test_a_dimension_stays_with_its_first_indicator() -> None:
    rows = tuple((cell("1"), cell("Label", indent=0 if number % 5 == 0 else 1)) for number in range(40))
    table = replace(made(*[SHORT] * 40), rows=rows)
    assert rows_kept(table, WIDTHS, PAGE) == {0, 1, 6, 11, 16, 21, 26, 31, 36, 39, 40}
