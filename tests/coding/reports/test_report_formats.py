"""Every output says the same: read back table by table and compared with what window and command line show."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from coding.analysis.factors import summarise
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.build import report_tables
from coding.reports.csv_files import write_csv
from coding.reports.document import ReportDocument
from coding.reports.excel import workbook
from coding.reports.formats import SUFFIXES
from coding.reports.grid import grid, plain_figure, read_date, read_figure
from coding.reports.html_page import page
from coding.reports.markup import latex, markdown
from coding.reports.tables import Narrative, Table, Value, cell, plain
from coding.segments.queries import segments
from coding.words import Words
from tests.samples import open_sample

HOSTILE = '=HYPERLINK("http://x.invalid","klik")|<script>alert(1)</script> & $5 #1 50% _a_ \\input{x} ~ ^'
ARABIC = "قال المدير إن البرنامج مفيد"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


@pytest.fixture(scope="module", params=["id", "en"])
def document(sample: Project, request: pytest.FixtureRequest) -> ReportDocument:
    return document_of(sample, ReportOptions(language=request.param))


def document_of(project: Project, options: ReportOptions) -> ReportDocument:
    words = Words(options.language or "id")
    return ReportDocument(project, report_tables(project, words, options), words, options)


def figures(table: Table, words: Words) -> list[str]:
    return [plain_figure(one.value) for row in grid(table, words).rows for one in row if one.value is not None]


def test_figures_are_those_of_the_analysis(sample: Project, document: ReportDocument) -> None:
    by_key = {table.key: table for table in document.tables}
    for framework in ("edward3", "jones", "dwiyanto"):
        matrix = triangulate(sample, framework)
        shown = [[one.value for one in row if one.segments] for row in by_key[f"triangulation.{framework}"].rows]
        known = [[c.passages for c in row.cells if c.segments] for row in matrix.rows]
        assert [[value.number for value in row if value] for row in shown] == known
        guids = [
            [set(one.segments) for one in row if one.value and one.segments]
            for row in by_key[f"triangulation.{framework}"].rows
        ]
        assert guids == [[set(c.segment_ids) for c in row.cells if c.segments] for row in matrix.rows]
    factors = summarise(sample, "factors")
    shown_sides = [[one.value.number for one in row if one.value and one.segments] for row in by_key["factors"].rows]
    known_sides = [
        [n for side in (row.supporting, row.inhibiting) if side.segments
         for n in (side.segments, side.passages, side.informants)]
        for row in factors.rows
    ]  # fmt: skip
    assert shown_sides == known_sides


def test_the_workbook_says_what_the_tables_say(document: ReportDocument) -> None:
    book = load_workbook(io.BytesIO(workbook(document)))
    contents = book.worksheets[0]
    listed = [row for row in contents.iter_rows(min_row=3) if row[0].value]
    assert len(listed) == len(document.tables)
    for (link, *_), table in zip(listed, document.tables, strict=True):
        sheet = book[link.hyperlink.location.rpartition("!")[0].strip("'")]
        shown = grid(table, document.words)
        heads = [one.value for one in sheet[1]]
        places = {head: number for number, head in enumerate(heads)}
        for number, row in enumerate(shown.rows):
            cells = sheet[number + 2]
            for head, one in zip(shown.heads, row, strict=True):
                written = cells[places[head]]
                if one.value is None and head == "No" and one.text.isdigit():
                    assert written.value == int(one.text)
                elif one.value is None and isinstance(written.value, datetime):
                    assert document.words.date(written.value.date().isoformat()) == one.text
                elif one.value is None:
                    assert (written.value or "") == one.text.replace("\r", "")
                    assert read_date(one.text, document.words.language) is None
                if one.value is None:
                    continue
                assert isinstance(written.value, int | float), (table.key, head)
                assert written.value == pytest.approx(float(one.value.number))
                assert ("%" in written.number_format) == one.value.percent


def test_links_lead_to_the_segments_of_the_figure(document: ReportDocument) -> None:
    book = load_workbook(io.BytesIO(workbook(document)))
    counted = 0
    for sheet, table in zip(book.worksheets[1:], _with_segments(document), strict=True):
        if table is None:
            continue
        behind = book.worksheets[book.worksheets.index(sheet) + 1]
        shown, places = grid(table, document.words), {head.value: at for at, head in enumerate(sheet[1])}
        for number, row in enumerate(shown.rows):
            for head, one in zip(shown.heads, row, strict=True):
                if not one.segments:
                    continue
                # words lead from the column beside them, which counts
                column = places[head] + (one.value is None)
                if one.value is None:
                    assert sheet[number + 2][column].value == len(one.segments)
                name, _, place = sheet[number + 2][column].hyperlink.location.rpartition("!")
                assert name.strip("'") == behind.title
                first, last = (int(end[1:]) for end in place.split(":"))
                texts = {document.segments[guid].text.replace("\r", "") for guid in one.segments}
                block = [str(behind.cell(at, 4).value) for at in range(first, last + 1)]
                assert set(block) == texts, (table.key, number, head)
                assert len(one.segments) <= len(block) <= 2 * len(one.segments)
                counted += 1
    assert counted > 100


def _with_segments(document: ReportDocument) -> Iterator[Table | None]:
    """What each sheet after the first is: a table, or (None) the segments of the one before."""
    for table in document.tables:
        yield table if any(one.segments for row in table.rows for one in row) else None
        if any(one.segments for row in table.rows for one in row):
            yield None


def test_the_workbook_can_be_filtered_and_names_nobody(document: ReportDocument) -> None:
    raw = workbook(document)
    book = load_workbook(io.BytesIO(raw))
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes
        assert len(sheet.title) <= 31
        assert (str(sheet.page_setup.paperSize), str(sheet.page_setup.fitToHeight)) == ("9", "0")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        figures = re.compile(r"[±+−○–-]?\s*\d[\d.,]*%?")
        heads = [one.value for one in sheet[1]]
        texts = [(heads[one.column - 1], one.value) for row in sheet.iter_rows(min_row=2) for one in row
                 if one.data_type == "s" and figures.fullmatch(one.value)]  # fmt: skip
        # the numbers of a codebook (1.1) are no figures, and what somebody said may be one
        assert {head for head, _ in texts} <= {"No", document.words.t("Text")}
        assert all("." in text for head, text in texts if head == "No")
    assert len({sheet.title.casefold() for sheet in book}) == len(book.worksheets)
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Telaah", None)
    assert book.properties.title == document.title
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())


def test_the_page_says_what_the_tables_say(document: ReportDocument) -> None:
    root = html.fromstring(page(document))
    shown = root.xpath("//section[contains(@class, 'table')]//table")
    assert len(shown) == len(document.tables)
    for element, table in zip(shown, document.tables, strict=True):
        written = [" ".join(c.text_content().split()) for c in element.xpath(".//td | .//th")]
        known = [" ".join(one.text.split()) for row in (*table.heads, *table.rows) for one in row]
        assert [text.replace(" ", "") for text in written] == [text.replace(" ", "") for text in known]
    places = [element.get("id") for element in root.xpath("//*[@id]")]
    assert len(set(places)) == len(places)
    articles = {f"#{one}" for one in root.xpath("//article/@id")}
    lists = {f"#{element.get('id')}": element.xpath(".//li/a/@href") for element in root.xpath("//*[@id][.//li/a]")}
    for link in root.xpath("//a[contains(@class, 'count')]"):
        assert lists[link.get("href")]
        assert set(lists[link.get("href")]) <= articles


def test_csv_says_what_the_tables_say(document: ReportDocument, tmp_path: Path) -> None:
    written = write_csv(document, tmp_path / "bab4.csv")
    assert len(written) == len(set(written)) == len(document.tables)
    for path, table in zip(written, document.tables, strict=True):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        # as Excel reads it where the comma is that of decimals, and where it is not
        separator, point = {"id": (";", ","), "en": (",", ".")}[document.words.language]
        heads, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator)
        shown = grid(table, document.words)
        assert tuple(heads) == shown.heads
        assert len(rows) == len(shown.rows)
        for row, known in zip(rows, shown.rows, strict=True):
            for text, one in zip(row, known, strict=True):
                if one.value is not None:
                    assert text.split("\n")[0].partition(" (")[0] == plain_figure(one.value).replace(".", point)


def test_markdown_and_latex_say_what_the_tables_say(document: ReportDocument) -> None:
    pictures = dict.fromkeys(("factors.chart",), "x.png") | {
        block.key: "x.png" for block in document.blocks if hasattr(block, "png")
    }
    text = "\n\n".join(markdown(document, pictures))
    tables = re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)
    assert len(tables) == len(document.tables)
    for shown, table in zip(tables, document.tables, strict=True):
        lines = shown.strip().split("\n")
        assert len(lines) == 2 + len(table.rows)
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert widths == {len(table.widths) + 1}
    told = "\n".join(latex(document, pictures))
    assert told.count(r"\begin{longtable}") == told.count(r"\end{longtable}") == len(document.tables)
    assert told.count("{") - told.count(r"\{") == told.count("}") - told.count(r"\}")
    assert told.startswith(r"\documentclass")


def test_lines_of_markdown_that_look_like_a_list_stay_lines(sample: Project) -> None:
    words, options = Words("id"), ReportOptions(language="id")
    for text, wanted in (
        ("1. Lurah", "1\\. Lurah"), ("13.313", "13.313"), ("- warga", "\\- warga"), ("2022", "2022"),
        ("2) dua\n+ tiga", "2\\) dua\\\n\\+ tiga"),
    ):  # fmt: skip
        document = ReportDocument(sample, [Narrative(None, (plain(text),))], words, options)
        assert list(markdown(document, {})) == [wanted]


def test_a_hostile_quotation_stays_text_everywhere(tmp_path: Path) -> None:
    with Project.create(tmp_path / "x.telaah", HOSTILE, coder="Ani", frameworks=["edward3"]) as project:
        _coded(project, f"{HOSTILE} dan {ARABIC}\x07.")
        document = document_of(project, ReportOptions(language="en"))
        book = load_workbook(io.BytesIO(workbook(document)))
        every = [one for sheet in book for row in sheet.iter_rows() for one in row if one.value is not None]
        quoted = [one for one in every if str(one.value).startswith("=HYPERLINK")]
        assert quoted
        assert {one.data_type for one in every} <= {"s", "n", "d"}
        assert all(one.quotePrefix for one in quoted)
        shown = page(document)
        assert "<script>alert" not in shown
        assert ARABIC in shown
        assert "\x07" not in shown
        for path in write_csv(document, tmp_path / "x.csv"):
            for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
                assert not any(text.lstrip()[:1] in ("=", "@") for text in row)
        pictures = {block.key: "x.png" for block in document.blocks if hasattr(block, "png")}
        told = "\n".join(latex(document, pictures))
        assert r"\input{x}" not in told
        assert r"\textbackslash{}input\{x\}" in told
        # what pdfTeX has no letters for does not stop it
        assert told.count(rf"\DeclareUnicodeCharacter{{{ord(ARABIC[0]):04X}}}") == 1
        assert r"\multicolumn{2}{c}" not in told
        text = "\n".join(markdown(document, pictures))
        assert "<script>" not in text
        assert r"\<script\>" in text


def _coded(project: Project, words: str) -> None:
    from coding.codes.queries import code_guid
    from coding.segments.editing import tag
    from coding.transcripts.drafts import Draft, DraftTurn, Speaker
    from coding.transcripts.intake import store_draft
    from coding.transcripts.queries import source_text

    text = f"AS: {words}\n"
    turn = DraftTurn(4, len(text) - 1, 0, 3, 0)
    draft = Draft(
        "W", text, "interview", turns=(turn,), speakers=(Speaker("AS", "informant", code="AS"),), file_name="W"
    )
    with project.operation("Import") as op:
        guid = store_draft(op, draft)
    end = len(source_text(project, guid).text.rstrip())
    with project.operation("Tag") as op:
        tag(op, guid, 4, end, code_guid(op.session, "edward3.communication.clarity"), "supporting")


def test_a_project_without_segments_is_written_in_every_format(tmp_path: Path) -> None:
    with Project.create(tmp_path / "x.telaah", "Studi Kosong", frameworks=["edward3"]) as project:
        assert segments(project) == []
        for suffix in SUFFIXES:
            written = report(project, tmp_path / f"kosong{suffix}", ReportOptions(language="id"))
            assert all(path.stat().st_size for path in written.files)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_gone_and_a_file_that_is_locked(sample: Project, tmp_path: Path, suffix: str) -> None:
    options = ReportOptions(language="id", tables=("informants",))
    with pytest.raises(CodingError) as raised:
        report(sample, tmp_path / "gone" / f"x{suffix}", options)
    assert raised.value.code == "folder_missing"
    (tmp_path / f"x{suffix}").mkdir()  # something that can't be replaced by a file
    with pytest.raises(CodingError) as raised:
        report(sample, tmp_path / f"x{suffix}", options)
    assert raised.value.code == "file_unwritable"
    assert list((tmp_path / f"x{suffix}").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.234", "id", Value(1234)), ("1,234", "en", Value(1234)), ("62,5%", "id", None), ("007", "en", Value(7)),
        ("1.1", "id", None), ("12a", "en", None), ("", "en", None), ("–", "en", None), ("1.23", "id", None),
    ],
)  # fmt: skip
def test_figures_are_read_as_they_are_written(text: str, language: str, value: Value | None) -> None:
    found = read_figure(cell(text, align="center"), language)
    if text == "62,5%":
        assert found is not None
        assert (float(found.number), found.percent, found.decimals) == (0.625, True, 1)
    else:
        assert found == value
    assert read_figure(cell(text), language) is None


@pytest.mark.skipif(sys.platform == "win32", reason="files that may not be written are told by bits on POSIX")
def test_two_hundred_columns(sample: Project, tmp_path: Path) -> None:
    from dataclasses import replace

    words, options = Words("en"), ReportOptions(language="en", tables=("triangulation",))
    blocks = report_tables(sample, words, options)
    wide = next(block for block in blocks if isinstance(block, Table))
    many = 200
    heads = (tuple(cell(f"C{number}", bold=True) for number in range(many)),)
    rows = tuple(tuple(cell(str(number), align="center") for number in range(many)) for _ in range(5))
    table = replace(wide, heads=heads, rows=rows, widths=(1.5,) * many, lead=2, tail=0, notes=())
    document = ReportDocument(sample, [table], words, options)
    book = load_workbook(io.BytesIO(workbook(document)))
    assert book.worksheets[1].max_column == many
    assert [one.value for one in book.worksheets[1][2]] == list(range(many))
    assert page(document).count("<td") + page(document).count("<th ") >= 5 * many
    assert "\n".join(latex(document, {})).count("C199") == 2
