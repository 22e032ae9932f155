"""A report as PDF: its text, its pages, its outline; from the command line, without a window."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from app.printing.outline import Heading, with_outline
from app.printing.report import write_pdf
from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.build import report_tables
from coding.reports.document import ReportDocument
from coding.reports.pieces import pieces
from coding.words import Words
from tests.samples import open_sample

OPTIONS = ReportOptions(language="id", tables=("informants", "findings", "triangulation"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


@pytest.fixture
def pdf(sample: Project, tmp_path: Path, qtbot: QtBot) -> Iterator[pypdfium2.PdfDocument]:
    report(sample, tmp_path / "bab4.pdf", OPTIONS, writers={".pdf": write_pdf})
    opened = pypdfium2.PdfDocument(tmp_path / "bab4.pdf")
    yield opened
    opened.close()


def text_of(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number]
    text = page.get_textpage()
    found = text.get_text_range()
    text.close()
    page.close()
    return str(found)


def test_pages_are_numbered_and_turned(pdf: pypdfium2.PdfDocument) -> None:
    count = len(pdf)
    sizes = []
    for number in range(count):
        assert f"{number + 1} dari {count}" in text_of(pdf, number)
        width, height = pdf.get_page_size(number)
        sizes.append(width > height)
    assert True in sizes
    assert False in sizes


def test_every_figure_can_be_selected(pdf: pypdfium2.PdfDocument, sample: Project) -> None:
    words = Words("id")
    document = ReportDocument(sample, report_tables(sample, words, OPTIONS), words, OPTIONS)
    every = "".join("".join(text_of(pdf, number).split()) for number in range(len(pdf)))
    for table in document.tables:
        for row in table.rows:
            for one in row:
                for paragraph in one.paragraphs:
                    assert "".join(paragraph.text.split()) in every or len(paragraph.text) > 30


def test_the_outline_leads_to_the_headings(pdf: pypdfium2.PdfDocument, sample: Project) -> None:
    words = Words("id")
    made = pieces(report_tables(sample, words, OPTIONS), words, OPTIONS)
    headings = [(piece.heading[1], piece.heading[0]) for piece in made if piece.heading]
    assert headings[0] == ("BAB IV HASIL PENELITIAN DAN PEMBAHASAN", 0)
    assert headings[1][0].startswith("4.1 ")
    marks = list(pdf.get_toc())
    assert [(mark.get_title(), mark.level) for mark in marks] == headings
    for mark in marks:
        found = "".join(text_of(pdf, mark.get_dest().get_index()).split())
        assert "".join(str(mark.get_title()).split()) in found


def test_lists_say_the_pages_and_nothing_is_parted(sample: Project, tmp_path: Path, qtbot: QtBot) -> None:
    options = ReportOptions(language="id", tables=("frequencies", "crosstab"), contents=True)
    report(sample, tmp_path / "lists.pdf", options, writers={".pdf": write_pdf})
    made = pypdfium2.PdfDocument(tmp_path / "lists.pdf")
    texts = [text_of(made, number) for number in range(len(made))]
    made.close()
    lines = [line for text in texts[:2] for line in text.splitlines()]
    listed = {match[1]: int(match[2]) for line in lines if (match := re.match(r"(Tabel 4\.\d+) .*\.\.+ ?(\d+)$", line))}
    assert len(listed) >= 4
    for number, page in listed.items():
        # its caption has a row below it
        assert re.search(rf"{re.escape(number)} (?!\S+ menunjukkan)", texts[page - 1])
        assert "No Kode" in " ".join(texts[page - 1].split())
    assert not any(text.lstrip().startswith("Sumber:") for text in texts), "a source line apart from its table"


def test_the_heads_of_a_table_stand_on_every_page(pdf: pypdfium2.PdfDocument) -> None:
    first = next(number for number in range(len(pdf)) if "Tabel 4.1" in text_of(pdf, number))
    both = (text_of(pdf, first), text_of(pdf, first + 1))
    assert all("Jabatan" in text and "Kategori" in text for text in both)
    assert "Tabel 4.1" not in both[1].split("Jabatan")[0]


def test_a_pdf_of_somebody_else_is_refused() -> None:
    with pytest.raises(ValueError, match="Root"):
        with_outline(b"%PDF-1.4\n", [Heading(1, "A", 0, 0.0)], "id")


def test_where_it_cannot_be_written(sample: Project, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "x.pdf").mkdir()
    with pytest.raises(CodingError) as raised:
        report(sample, tmp_path / "x.pdf", OPTIONS, writers={".pdf": write_pdf})
    assert raised.value.code == "file_unwritable"


def test_the_command_line_needs_no_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project.create(tmp_path / "x.telaah", "Studi Kosong", frameworks=["edward3"]).close()
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    words = [sys.executable, "-m", "app", "report", str(tmp_path / "x.telaah"), str(tmp_path / "x.pdf")]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
