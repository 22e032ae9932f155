"""Tables as they stand on pages: in one piece or parted well, as wide as their words, appendices short to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.count_tables import fitted
from coding.reports.options import ReportItem, ReportOptions
from coding.reports.paging import paged
from coding.reports.pieces import pieces
from coding.reports.tables import (
    EDGES,
    LANDSCAPE_TEXT,
    PORTRAIT_TEXT,
    Contents,
    Narrative,
    Table,
    cell,
    head,
    needed,
    plain,
    text_width,
)
from coding.reports.word import word_bytes
from coding.reports.word_keeping import row_heights, rows_kept, stays_whole
from coding.words import Words
from tests.samples import open_sample

PAGE = 22.7


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


def blocks(project: Project, name: str, language: str = "id", **settings: Any) -> list[Any]:
    choice = {key: settings.pop(key) for key in ("anonymise",) if key in settings}
    options = ReportOptions(language=language, items=(ReportItem(name, settings),), **choice)
    return report_tables(project, Words(language), options)


def tables(made: list[Any]) -> list[Table]:
    return [block for block in made if isinstance(block, Table)]


def table(rows: int, *, notes: int = 0) -> Table:
    return Table(
        "t", "t", "Tabel", ((head("No"), head("Isi")),), tuple((cell(str(at)), cell("isi")) for at in range(rows)),
        (2.0, 8.0), "Sumber", tuple(plain(f"Catatan {at}") for at in range(notes)),
    )  # fmt: skip


def kept_rows(element: Any) -> list[bool]:
    return [row.find(f".//{qn('w:keepNext')}") is not None for row in element.iter(qn("w:tr"))]


def test_a_short_table_is_whole_and_a_long_one_begins_and_ends_with_two_rows() -> None:
    assert rows_kept(table(10), (2.0, 8.0), PAGE) == set(range(11))
    assert rows_kept(table(80), (2.0, 8.0), PAGE) == {0, 1, 79, 80}
    assert not stays_whole(table(80), (2.0, 8.0), PAGE)


def test_what_heads_rows_and_what_shares_a_cell_stays_with_them() -> None:
    made = table(80)
    rows = list(made.rows)
    rows[40] = (cell("Sumber 2", span=2, shaded=True),)
    rows[50:53] = [(cell("50"), cell("bersama", deep=3)), (cell("51"),), (cell("52"),)]
    kept = rows_kept(replace(made, rows=tuple(rows)), made.widths, PAGE)
    assert kept == {0, 1, 41, 51, 52, 79, 80}


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    low, high = row_heights(table(1), (2.0, 8.0))
    assert low == high
    taller = replace(table(1), rows=((cell("1"), cell("kata " * 60)),))
    assert row_heights(taller, (2.0, 8.0))[1] > 4 * high


def test_notes_stay_with_their_table() -> None:
    content = word_bytes([table(3, notes=2)], Words("id"), ReportOptions())
    body = Document(BytesIO(content)).element.body
    assert kept_rows(body) == [True] * 4
    after = [one for one in body if one.tag == qn("w:p")][-3:]
    assert [one.find(f".//{qn('w:keepNext')}") is not None for one in after] == [True, True, False]


def test_a_title_alone_has_the_page_of_what_it_heads() -> None:
    wide = replace(table(3), landscape=True)
    assert paged([Narrative("Judul", level=0), wide])[0].landscape
    said = Narrative("Judul", (plain("Pengantar"),), level=0)
    assert not paged([said, wide])[0].landscape


def test_a_list_that_does_not_fit_under_the_one_before_begins_a_page() -> None:
    many = [Narrative(f"Bagian {at}") for at in range(34)]
    front = [Contents("Daftar isi", "headings"), Contents("Daftar tabel", "tables")]
    content = word_bytes([*front, *many, table(1)], Words("id"), ReportOptions())
    breaks = [one.text for one in Document(BytesIO(content)).paragraphs if one.paragraph_format.page_break_before]
    assert breaks == ["Daftar tabel", "Bagian 0"]


@pytest.mark.parametrize("word", ["Pertanggungjawaban", "Responsibilitas", "Implementers'", "12.345"])
def test_a_column_is_as_wide_as_its_longest_word(word: str) -> None:
    width = needed([f"x {word} y"], 0.5, 9.0)
    assert width == pytest.approx(text_width(word) + EDGES, abs=0.01)
    # the bold of Times New Roman at ten points
    assert 0.13 < text_width(word) / len(word) < 0.2


def test_a_table_of_counts_is_turned_only_when_it_must_be() -> None:
    row = (cell("1"), cell("Komunikasi"), *(cell("12") for _ in range(12)))
    widths, turned = fitted(["Kode", *map(str, range(1, 13))], [row])
    assert not turned
    assert sum(widths) == pytest.approx(PORTRAIT_TEXT, abs=0.1)
    row = (cell("1"), cell("Komunikasi"), *(cell("100,0%") for _ in range(12)))
    widths, turned = fitted(["Kode", *["Informan"] * 12], [row])
    assert turned
    assert sum(widths) == pytest.approx(LANDSCAPE_TEXT, abs=0.1) or sum(widths) > LANDSCAPE_TEXT


@pytest.mark.parametrize("by", ["source", "code"])
def test_the_appendix_says_on_paper_what_it_says_as_a_list(sample: Project, by: str) -> None:
    (listed,) = tables(blocks(sample, "segments", sort=by))
    (shown,) = tables(paged([listed]))
    assert not shown.landscape
    assert sum(shown.widths) == pytest.approx(PORTRAIT_TEXT, abs=0.05)
    lines = [row for row in shown.rows if len(row) > 1]
    assert [row[0].text for row in lines] == [row[0].text for row in listed.rows]
    heads = [row[0] for row in shown.rows if len(row) == 1]
    assert all(one.shaded and one.span == 4 for one in heads)
    # each is announced with as many rows as follow it
    said = [int(one.text.rpartition(" · ")[2].split()[0]) for one in heads]
    assert sum(said) == len(lines)
    passages = [one for row in lines for one in row[3:]]
    assert sum(one.deep for one in passages) == len(lines)
    quoted = {row[4].text for row in listed.rows}
    assert all(one.text.startswith(tuple(text[:20] for text in quoted)) for one in passages[:20])
    if by == "source":
        assert [row[1].text for row in lines] == [row[2].text for row in listed.rows]


def test_the_audit_trail_is_upright_on_paper(sample: Project) -> None:
    (listed,) = tables(blocks(sample, "audit"))
    (shown,) = tables(paged([listed]))
    assert (listed.landscape, shown.landscape) == (True, False)
    numbers = [row[0].text for row in listed.rows if len(row) > 2]
    assert [row[0].text for row in shown.rows if len(row) > 2] == numbers
    claims = [row[0].text for row in listed.rows if row[0].shaded]
    assert [row[0].text for row in shown.rows if row[0].shaded] == claims


def test_a_codebook_without_examples_has_no_column_for_them(sample: Project, tmp_path: Path) -> None:
    (full,) = tables(blocks(sample, "codebook", framework="edward3"))
    assert full.heads[0][-1].text == "Contoh"
    assert full.source_line.startswith("Sumber: ")
    assert ".;" not in full.source_line
    with Project.create(tmp_path / "fresh.telaah", "Baru", frameworks=["edward3"]) as fresh:
        (plain_one,) = tables(blocks(fresh, "codebook", framework="edward3"))
    assert [one.text for one in plain_one.heads[0]] == [
        "No",
        "Kode",
        "Definisi",
        "Yang perlu dicari",
        "Yang tidak termasuk",
    ]
    assert sum(plain_one.widths) == pytest.approx(LANDSCAPE_TEXT, abs=0.05)


def test_the_saturation_calls_sources_as_the_report_does(sample: Project) -> None:
    (masked,) = tables(blocks(sample, "saturation", anonymise=True))
    assert [row[1].text.rstrip("0123456789") for row in masked.rows[:3]] == ["Wawancara "] * 3


@pytest.mark.parametrize(("shown", "said"), [("rows", "persentase segmen terkode per baris"),
                                             ("columns", "persentase segmen terkode per kolom")])  # fmt: skip
def test_percentages_say_what_they_are_of(sample: Project, shown: str, said: str) -> None:
    (made,) = tables(blocks(sample, "crosstab", framework="edward3", shown=shown))
    assert made.caption.endswith(said)
    assert made.notes[0].text.startswith("Persentase dihitung dari jumlah tiap ")


def test_indicators_alone_are_not_indented(sample: Project) -> None:
    (alone,) = tables(blocks(sample, "crosstab", framework="edward3", level="indicator"))
    assert {row[1].indent for row in alone.rows} == {0}
    (both,) = tables(blocks(sample, "frequencies", framework="edward3"))
    assert {row[1].indent for row in both.rows} == {0, 1}


def test_pieces_are_the_report_and_know_what_they_stay_with(sample: Project) -> None:
    words, options = Words("id"), ReportOptions(language="id", tables=("crosstab", "checklist"), contents=True)
    made = pieces(report_tables(sample, words, options), words, options)
    captions = [at for at, piece in enumerate(made) if piece.table is not None]
    assert all(made[at - 1].stays and made[at - 1].mark for at in captions)
    assert all(made[at].table.html(0, 1).count("<tr>") == 2 for at in captions)  # type: ignore[union-attr]
    marks = {piece.mark for piece in made if piece.mark}
    assert {piece.leads_to for piece in made if piece.leads_to} == marks
    assert [piece.new_page for piece in made].count(True) == 1
