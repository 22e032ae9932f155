"""A transcript on paper: every line numbered, every speaker and code there, whatever the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QApplication

from app.context import Context
from app.main_window import MainWindow
from app.printing.transcript import TranscriptPaper, read_paper
from coding.project import Project
from coding.transcripts.queries import source_text, sources
from coding.words import Words

Idle = Callable[[Context], None]


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Project]:
    with Project.open(sample_file, read_only=True) as project:
        yield project


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(str(path))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.usefixtures("qapp")
def test_everything_said_is_on_paper(sample: Project, tmp_path: Path, landscape: bool) -> None:
    for row in sources(sample)[:3]:
        paper = read_paper(sample, Words("id"), row.guid)
        pages = paper.save(tmp_path / "source.pdf", landscape=landscape)
        assert pages > 1
        printed = set(re.findall(r"\w+", words_of(tmp_path / "source.pdf")))
        text = source_text(sample, row.guid)
        spoken = {word for turn in text.turns for word in re.findall(r"\w+", text.text[turn.start : turn.end])}
        assert len(spoken - printed) <= len(spoken) * 0.01  # a word or two may be parted at the end of a line
        assert set(row.informants) <= printed


@pytest.mark.usefixtures("qapp")
def test_lines_are_numbered_through_all_pages(sample: Project, tmp_path: Path) -> None:
    paper = read_paper(sample, Words("en"), sources(sample)[0].guid)
    pages = paper.save(tmp_path / "source.pdf")
    assert {line.page for line in paper.lines} == set(range(pages))
    assert [line.start for line in paper.lines] == sorted(line.start for line in paper.lines)
    for page in range(pages):
        tops = [line.top for line in paper.lines if line.page == page]
        assert tops == sorted(tops)
        assert tops[0] > -paper.lines[0].height / 2
    numbers = set(re.findall(r"\d+", words_of(tmp_path / "source.pdf")))
    assert {str(number + 1) for number in range(len(paper.lines))} <= numbers


@pytest.mark.usefixtures("qapp")
def test_codes_stand_in_the_margin_with_their_direction(sample: Project, tmp_path: Path) -> None:
    paper = read_paper(sample, Words("en"), sources(sample)[1].guid)
    assert isinstance(paper, TranscriptPaper)
    writer = QPdfWriter(str(tmp_path / "wide.pdf"))
    margins = QMarginsF(10, 10, 10, 10)
    size = QPageSize(QPageSize.PageSizeId.A2)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    paper.draw(writer)
    printed = words_of(tmp_path / "wide.pdf")
    assert "− Incentives" in printed
    assert "+ Incentives" in printed


def test_the_open_source_is_previewed(window: MainWindow, sample_ctx: Context, idle: Idle) -> None:
    idle(sample_ctx)
    sample_ctx.actions.run("source.print")
    idle(sample_ctx)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintPreviewDialog)
    dialog.reject()
