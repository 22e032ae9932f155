"""The Word file, read back: captions as fields, tables that repeat and turn, numbers of the results, quotations."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from coding.errors import CodingError
from coding.reports.factor_table import factor_blocks
from coding.reports.findings import finding_blocks
from coding.reports.informant_table import informant_blocks
from coding.reports.matrix_table import matrix_blocks
from coding.reports.options import ReportOptions
from coding.reports.paging import paged
from coding.reports.tables import Block, Figure, Narrative, Paragraph, Run, Table, cell, head, plain
from coding.reports.word import word_bytes, write_word
from coding.words import Words


def all_blocks(study: Any, words: Words, options: ReportOptions | None = None) -> list[Block]:
    desk = study.desk(words, options)
    return [
        Narrative(study.material.title, level=0),
        *informant_blocks(desk),
        *finding_blocks(desk, study.triangulation),
        *matrix_blocks(desk, study.triangulation, "triangulation"),
        *factor_blocks(desk, study.factors),
    ]


@pytest.fixture
def written(study: Any, english: Words) -> Any:
    return Document(BytesIO(word_bytes(all_blocks(study, english), english, ReportOptions())))


def fields(element: Any) -> list[str]:
    return [" ".join((code.text or "").split()) for code in element.iter(qn("w:instrText"))]


def captions(document: Any) -> list[Any]:
    return [paragraph for paragraph in document.paragraphs if paragraph.style.style_id == "Caption"]


def test_captions_are_numbered_by_fields_in_one_chapter(written: Any) -> None:
    shown = captions(written)
    assert [paragraph.text for paragraph in shown] == [
        "Table 4.1 Informants of the study",
        "Table 4.2 Findings by Edward III",
        "Table 4.3 Source triangulation by Edward III",
        "Table 4.4 Supporting and inhibiting factors",
        "Figure 4.1 Supporting and inhibiting factors: number of passages",
    ]
    assert fields(shown[0]._p) == ["SEQ Bab \\r 4", "SEQ Table \\* ARABIC \\s 1"]
    assert fields(shown[-1]._p) == ["SEQ Bab \\r 4", "SEQ Figure \\* ARABIC \\s 1"]


def test_references_in_prose_point_at_bookmarks_around_the_numbers(written: Any) -> None:
    body = written.element.body
    marked = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    referred = {match[1] for code in fields(body) if (match := re.match(r"REF (\S+) \\h", code))}
    assert referred
    assert referred <= marked
    assert written.paragraphs[2].text.endswith("shown in Table 4.1.")


def test_chapter_and_language_of_the_caption_are_settable(study: Any, indonesian: Words) -> None:
    content = word_bytes(all_blocks(study, indonesian), indonesian, ReportOptions(chapter=5))
    document = Document(BytesIO(content))
    assert captions(document)[1].text == "Tabel 5.2 Temuan menurut Edward III"
    assert fields(captions(document)[1]._p) == ["SEQ Bab \\r 5", "SEQ Tabel \\* ARABIC \\s 1"]
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"}


def test_a_source_line_follows_every_table_and_figure(study: Any, english: Words) -> None:
    options = ReportOptions(source_line="Source: field notes, 2025")
    document = Document(BytesIO(word_bytes(all_blocks(study, english, options), english, options)))
    after = [table._tbl.getnext() for table in document.tables]
    texts = ["".join(t.text or "" for t in element.iter(qn("w:t"))) for element in after]
    assert texts == ["Source: field notes, 2025"] * 4
    figure = captions(document)[-1]
    assert "".join(t.text or "" for t in figure._p.getnext().iter(qn("w:t"))) == "Source: field notes, 2025"


def test_header_rows_repeat_and_rows_stay_whole(written: Any) -> None:
    heads = [
        len([r for r in table._tbl.tr_lst if r.find(f".//{qn('w:tblHeader')}") is not None]) for table in written.tables
    ]
    assert heads == [1, 1, 2, 2]
    for table in written.tables:
        rows = table._tbl.tr_lst
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        repeated = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
        assert repeated == sorted(repeated, reverse=True)


def test_every_row_fills_the_grid_and_begins_with_no(written: Any) -> None:
    for table in written.tables:
        assert table.cell(0, 0).text == "No"
        columns = len(table.columns)
        assert all(column.width for column in table.columns)
        for row in table._tbl.tr_lst:
            spans = [cell_.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell_ in row.tc_lst]
            assert sum(int(span.get(qn("w:val"))) if span is not None else 1 for span in spans) == columns


def test_wide_tables_stand_on_landscape_pages_and_the_rest_is_upright(written: Any) -> None:
    assert [section.orientation for section in written.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in written.sections:
        turned = section.orientation == WD_ORIENT.LANDSCAPE
        assert (section.page_width > section.page_height) == turned
        text = (section.page_width - section.left_margin - section.right_margin) / 360000
        assert text == pytest.approx(23.7 if turned else 14.0, abs=0.02)
    widths = [sum(column.width for column in table.columns) / 360000 for table in written.tables]
    assert all(width <= 14.02 for width in widths[:2])
    assert all(width <= 23.72 for width in widths[2:])


def test_cells_show_the_numbers_of_the_matrix(study: Any, written: Any) -> None:
    table = written.tables[2]
    shown = [table.cell(2, column).paragraphs[0].text for column in range(2, 6)]
    signs = {"supporting": "+", "inhibiting": "−", "mixed": "±"}
    row = study.matrix.rows[0]
    assert shown == [f"{signs[one.stance]} {one.passages}" for one in row.cells]
    assert table.cell(2, 6).text == "4 of 4"
    assert table.cell(2, 7).text == "divergent\njudgement: partial"
    assert table.cell(4, 2).paragraphs[0].text == "+ 1,234"
    assert [table.cell(5, column).text for column in range(2, 8)] == ["–", "–", "–", "–", "0 of 4", "absent"]
    assert [table.cell(row, 0).text for row in range(2, 6)] == ["1", "1.1", "2", "3"]
    assert table.cell(0, 2).text == "Informants"


def test_numbers_have_indonesian_separators(study: Any, indonesian: Words) -> None:
    document = Document(BytesIO(word_bytes(all_blocks(study, indonesian), indonesian, ReportOptions())))
    assert document.tables[2].cell(4, 2).paragraphs[0].text == "+ 1.234"
    assert document.tables[2].cell(5, 7).text == "belum ada bukti"


def test_factors_show_both_sides_and_rows_without_evidence_last(written: Any) -> None:
    table = written.tables[3]
    assert [table.cell(2, column).text for column in range(6)] == [
        "1", "Leadership ±\n○ 1", "Internal factors", "5", "4", "2",
    ]  # fmt: skip
    assert [table.cell(2, column).text for column in (7, 8, 9)] == ["2", "2", "1"]
    assert table.cell(2, 6).paragraphs[0].text == "AS, MS"
    assert table.cell(3, 6).text == "–"
    assert {table.cell(4, column).text for column in range(3, 11)} == {"no evidence yet"}


def test_quotations_are_in_full_in_marks_and_italic_with_an_upright_attribution(study: Any, written: Any) -> None:
    quotes = [paragraph for paragraph in written.paragraphs if paragraph.style.style_id == "Quote"]
    whole = " ".join(study.material.segments["a1"].text.split())
    assert quotes[0].text == f"“{whole}” (AS, 36)"
    assert [(run.text[0], run.italic) for run in quotes[0].runs] == [("“", True), (" ", None)]
    assert "“Kata Pak arief cukup KTP & KK <saja>.” (DT, 29)" in [quote.text for quote in quotes]
    # A text that brought its own quotation marks gets no second pair; an observation is attributed to its source.
    assert "“Papan syarat terpasang di pintu.” (Catatan loket)" in [quote.text for quote in quotes]
    assert not any(run.italic for paragraph in quotes for run in paragraph.runs if "(" in run.text)


def test_properties_name_the_study_and_nobody(written: Any, study: Any) -> None:
    core = written.core_properties
    assert core.title == study.material.title
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.language == "en-GB"


def test_the_package_has_no_leftovers_of_the_library(study: Any, english: Words) -> None:
    content = word_bytes(all_blocks(study, english), english, ReportOptions())
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        application = package.read("docProps/app.xml").decode()
        xml = [package.read(name) for name in names if name.endswith((".xml", ".rels"))]
    assert not any("thumbnail" in name for name in names)
    assert "Macintosh" not in application
    assert not any(b"python-docx" in part for part in xml)
    for part in xml:
        etree.fromstring(part)


def test_figures_and_tables_have_words_for_those_who_listen(written: Any) -> None:
    (picture,) = written.element.body.iter(qn("wp:docPr"))
    assert "Leadership: + 4, − 2" in picture.get("descr")
    told = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in written.tables]
    assert told[0] == "Informants of the study"


def test_pages_are_numbered_in_the_footer(written: Any) -> None:
    assert fields(written.sections[0].footer._element) == ["PAGE"]
    assert all(section.footer.is_linked_to_previous for section in list(written.sections)[1:])


def test_styles_are_real_and_in_one_typeface(written: Any) -> None:
    used = {paragraph.style.style_id for paragraph in written.paragraphs}
    assert {"Title", "Heading1", "Heading2", "Caption", "Quote", "BodyText", "TelaahSource"} <= used
    for name in ("Normal", "Heading 1", "Caption", "Quote"):
        style = written.styles[name]
        assert style.font.name in ("Times New Roman", None)
        assert style.font.color.rgb is None
    assert written.styles["Normal"].font.size.pt == 12
    text = next(style for style in written.styles if style.style_id == "TelaahTableText")
    assert text.font.size.pt == 10


def test_twelve_informants_fit_on_one_landscape_page(wide: Any, english: Words) -> None:
    blocks = matrix_blocks(wide.desk(english), wide.triangulation, "triangulation")
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert len(table.widths) == 2 + 14 + 2
    assert sum(table.widths) <= 23.71
    longest = max(len(one.text) for row in table.rows for one in row[2:-2])
    assert longest <= 4


def test_too_many_columns_go_on_in_a_second_part_with_the_first_columns(wide: Any, english: Words) -> None:
    from dataclasses import replace

    from coding.analysis.results import Column, Label
    from coding.reports.matrix_table import Triangulation

    names = [f"Bambangsuryanto{number}" for number in range(14)]
    columns = tuple(Column(name, Label(name, name), 1, "informants") for name in names)
    matrix = replace(wide.matrix, columns=columns)
    blocks = paged(matrix_blocks(wide.desk(english), Triangulation(matrix), "triangulation"))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(tables) > 1
    assert all(sum(table.widths) <= 23.71 for table in tables)
    assert [one.text for table in tables for one in table.heads[1]] == names
    assert all([row[1].text for row in table.rows] == [r.label.en for r in matrix.rows] for table in tables)
    document = Document(BytesIO(word_bytes(blocks, english, ReportOptions())))
    first, second = captions(document)[:2]
    assert first.text == "Table 4.1 Source triangulation by Edward III"
    assert second.text == "Table 4.1 (continued) Source triangulation by Edward III"
    assert fields(second._p) == ["REF _Ref000000001 \\h"]


def test_other_endings_are_refused(tmp_path: Path, english: Words) -> None:
    with pytest.raises(CodingError) as raised:
        write_word([Narrative("x")], tmp_path / "bab4.odt", english, ReportOptions())
    assert raised.value.code == "report_format"
    assert not list(tmp_path.iterdir())


ANYTHING = st.text(st.characters(), max_size=60)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING, ANYTHING)
def test_any_text_makes_a_file_that_opens(english: Words, text: str, other: str) -> None:
    blocks: list[Block] = [
        Narrative(text, level=0),
        Narrative(other, (plain(text), Paragraph((Run(other, italic=True), Run(text)), "quote"))),
        Table("t", "t", text, ((head(other),),), ((cell(text),), (cell([plain(other), plain(text)]),)), (9.0,), other),
        Figure("f", "f", text, PICTURE, 1.0, 1.0, other, text),
    ]
    document = Document(BytesIO(word_bytes(blocks, english, ReportOptions())))
    kept = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    shown = document.tables[0].cell(1, 0).text
    assert shown.replace("\n", "").replace("\r", "") == kept.replace("\n", "").replace("\r", "")


# A white dot.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02"
    "fe0def46b80000000049454e44ae426082"
)
