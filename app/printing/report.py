"""A report as a PDF file: pages of both orientations, numbered, their headings as its outline.

Used by the window and, without one, by the command line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from app.printing.outline import Heading, with_outline
from app.printing.paper import DOTS
from app.printing.sizes import keep_sizes, scale_indents
from coding.reports.document import ReportDocument
from coding.reports.preview import Sheet, sheets
from coding.reports.saving import save
from coding.words import Words

MARGINS = {False: QMarginsF(40, 40, 30, 30), True: QMarginsF(30, 40, 30, 30)}
"""Millimetres (left, top, right, bottom) upright and turned, those of the report in Word."""
FOOT = 12.0
"""Millimetres of the lower margin in which the number of the page stands."""
POINTS = 72
SCREEN_DOTS = 96
"""Dots per inch that the pixels of a sheet are meant for."""
_SERIF = ("Times New Roman", "Liberation Serif", "Tinos")
_application: QCoreApplication | None = None


def write_pdf(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write `document` as a PDF file with text that can be selected. Raises what `saving.save` raises."""
    _have_qt()
    save(path, pdf_bytes(document))
    return (path,)


def _have_qt() -> None:
    """Fonts need an application, which the command line has none of; it needs no screen."""
    global _application  # noqa: PLW0603 - Qt's own is one for the process, and must not be collected
    if QCoreApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if sys.platform == "linux" and not _utf8_locale():
            os.environ["LC_ALL"] = "C.UTF-8"  # what Qt falls back to, though not without a word on standard error
        _application = QGuiApplication(["telaah"])


def _utf8_locale() -> bool:
    """Whether the system has the locale that is asked for, and it is one of UTF-8."""
    if sys.platform == "win32":
        return True
    import locale

    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return False
    return locale.nl_langinfo(locale.CODESET).upper().replace("-", "") == "UTF8"


def pdf_bytes(document: ReportDocument) -> bytes:
    """The PDF as it would stand in a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(document.title)
    writer.setCreator("Telaah")
    made = [_Laid.of(sheet, writer) for sheet in sheets(document.blocks, document.words, document.options)]
    headings = list(_draw(made, writer, document.words))
    buffer.close()
    return with_outline(bytes(buffer.data().data()), headings, document.words.language)


def _layout(*, landscape: bool) -> QPageLayout:
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, MARGINS[landscape], QPageLayout.Unit.Millimeter)


@dataclass(frozen=True, slots=True)
class _Laid:
    """One sheet of the report, cut into pages of the size of `body` (dots of the device)."""

    page: QPageLayout
    body: QSizeF
    document: QTextDocument

    @classmethod
    def of(cls, sheet: Sheet, writer: QPdfWriter) -> _Laid:
        page = _layout(landscape=sheet.landscape)
        body = QSizeF(page.paintRectPixels(DOTS).size())
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(writer)
        document.setDocumentMargin(0)
        font = QFont(list(_SERIF))
        font.setPointSizeF(12)
        document.setDefaultFont(font)
        document.setHtml(sheet.html)
        keep_sizes(document)
        scale_indents(document, DOTS / SCREEN_DOTS)
        document.setPageSize(body)
        return cls(page, body, document)


def _draw(made: list[_Laid], writer: QPdfWriter, words: Words) -> Iterator[Heading]:
    """Draw every sheet; gives the headings where they have come to stand."""
    pages = sum(laid.document.pageCount() for laid in made)
    number, painter = 0, QPainter()
    for laid in made:
        writer.setPageLayout(laid.page)
        if number == 0:
            painter.begin(writer)
        yield from _headings(laid, number)
        for at in range(laid.document.pageCount()):
            if number:
                writer.newPage()
            number += 1
            _draw_page(painter, laid, at)
            _draw_foot(painter, laid, words.t("{number} of {count}", number=number, count=pages))
    painter.end()


def _headings(laid: _Laid, before: int) -> Iterator[Heading]:
    layout, block = laid.document.documentLayout(), laid.document.begin()
    margins, height = laid.page.margins(QPageLayout.Unit.Point), laid.page.fullRect(QPageLayout.Unit.Point).height()
    while block.isValid():
        if block.blockFormat().headingLevel():
            page, top = divmod(layout.blockBoundingRect(block).top(), laid.body.height())
            upper = height - margins.top() - top * POINTS / DOTS
            yield Heading(block.blockFormat().headingLevel(), block.text(), before + int(page), upper + 4)
        block = block.next()


def _draw_page(painter: QPainter, laid: _Laid, at: int) -> None:
    painter.save()
    painter.setClipRect(QRectF(0, 0, laid.body.width(), laid.body.height()))
    painter.translate(0, -at * laid.body.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, at * laid.body.height(), laid.body.width(), laid.body.height())  # type: ignore[attr-defined]
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context.palette = palette  # type: ignore[attr-defined]
    laid.document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, laid: _Laid, said: str) -> None:
    font = QFont(list(_SERIF))
    font.setPointSizeF(10)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    foot = QRectF(0, laid.body.height() + FOOT * DOTS / 25.4, laid.body.width(), FOOT * DOTS / 25.4)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, said)
