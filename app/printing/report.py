"""A report as a PDF file: pages of both orientations, numbered, their headings as its outline.

Used by the window and, without one, by the command line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
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
    QTextTable,
)

from app.printing.outline import Heading, with_outline
from app.printing.pages import Place, Slab, placed
from app.printing.paper import DOTS
from app.printing.sizes import keep_sizes, scale_indents
from coding.reports.document import ReportDocument
from coding.reports.pieces import Piece, pieces
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
    made = pieces(document.blocks, document.words, document.options)
    runs = [_Run(list(group), writer) for _, group in groupby(made, lambda piece: piece.landscape)]
    headings = list(_draw(runs, writer, document.words))
    buffer.close()
    return with_outline(bytes(buffer.data().data()), headings, document.words.language)


def _layout(*, landscape: bool) -> QPageLayout:
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, MARGINS[landscape], QPageLayout.Unit.Millimeter)


@dataclass(frozen=True, slots=True)
class _Part:
    """A slab of a report: a whole piece, or one row of a table."""

    piece: Piece
    row: int | None = None


class _Run:
    """Pieces that stand on pages of one orientation, and where each of them has come to stand."""

    def __init__(self, pieces: Sequence[Piece], writer: QPdfWriter) -> None:
        self.page = _layout(landscape=pieces[0].landscape)
        self.body = QSizeF(self.page.paintRectPixels(DOTS).size())
        self._writer = writer
        self._laid: dict[int, QTextDocument] = {}
        self._parts: list[_Part] = []
        slabs = [slab for number, piece in enumerate(pieces) for slab in self._slabs(piece, number)]
        self.places = placed(slabs, self.body.height())
        self.count = 1 + max(place.page + self.document(place).pageCount() - 1 for place in self.places)

    def piece(self, place: Place) -> Piece:
        """What stands at a place, or begins there."""
        return self._parts[place.first].piece

    def document(self, place: Place) -> QTextDocument:
        """What stands at a place, laid out."""
        if place.first not in self._laid:
            first, last = self._parts[place.first], self._parts[place.last - 1]
            assert first.piece.table is not None  # everything else has been laid out
            self._laid[place.first] = self._document(first.piece.table.html(first.row or 0, (last.row or 0) + 1))
        return self._laid[place.first]

    def _slabs(self, piece: Piece, number: int) -> Iterator[Slab]:
        document = self._document(piece.html)
        if piece.table is None:
            yield self._slab(_Part(piece), document, piece.stays, piece.new_page)
            return
        tops = _tops(document, len(piece.table.rows))
        for row, (top, bottom) in enumerate(pairwise([*tops, document.size().height()])):
            part, stays = _Part(piece, row), row in piece.table.kept
            if tops[0] + bottom - top > self.body.height():
                yield self._slab(part, self._document(piece.table.html(row, row + 1)), stays, False)
                continue
            self._parts.append(part)
            yield Slab(bottom - top, stays, table=number, head=tops[0])

    def _slab(self, part: _Part, document: QTextDocument, stays: bool, new_page: bool) -> Slab:
        """A document by itself: on pages of its own where one does not hold it."""
        high = document.size().height()
        if high > self.body.height():
            document.setPageSize(self.body)
            high = document.pageCount() * self.body.height()
        self._laid[len(self._parts)] = document
        self._parts.append(part)
        above = document.begin().blockFormat().topMargin() * DOTS / SCREEN_DOTS
        below = document.lastBlock().blockFormat().bottomMargin() * DOTS / SCREEN_DOTS
        return Slab(high, stays, new_page, above=above, below=below)

    def _document(self, html: str) -> QTextDocument:
        """HTML as wide as the pages."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(self._writer)
        document.setDocumentMargin(0)
        font = QFont(list(_SERIF))
        font.setPointSizeF(12)
        document.setDefaultFont(font)
        document.setHtml(html)
        keep_sizes(document)
        scale_indents(document, DOTS / SCREEN_DOTS)
        document.setTextWidth(self.body.width())
        return document


def _tops(document: QTextDocument, rows: int) -> list[float]:
    """Where each row of the one table of `document` begins, those of its heads left out."""
    table = next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))
    layout, columns = document.documentLayout(), range(table.columns())
    tops = []
    for row in range(table.rows() - rows, table.rows()):
        cells = [cell for column in columns if (cell := table.cellAt(row, column)).row() == row]
        tops.append(min(layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in cells))
    return tops


def _draw(runs: Sequence[_Run], writer: QPdfWriter, words: Words) -> Iterator[Heading]:
    """Draw every run; gives the headings where they have come to stand."""
    before = list(accumulate((run.count for run in runs), initial=0))
    where = {run.piece(place).mark: begun + place.page + 1
             for run, begun in zip(runs, before, strict=False) for place in run.places}  # fmt: skip
    painter, number = QPainter(), 0
    for run in runs:
        writer.setPageLayout(run.page)
        if not number:
            painter.begin(writer)
        begun = number
        for at in range(run.count):
            if number:
                writer.newPage()
            number += 1
            for place in run.places:
                if place.page <= at < place.page + run.document(place).pageCount():
                    _draw_place(painter, run, place, at)
                    _draw_page_number(painter, run, place, words.number(where.get(run.piece(place).leads_to, 0)))
            _draw_foot(painter, run.body, words.t("{number} of {count}", number=number, count=before[-1]))
        for place in run.places:
            if heading := run.piece(place).heading:
                yield _heading(run, place, *heading, begun)
    painter.end()


def _heading(run: _Run, place: Place, level: int, text: str, before: int) -> Heading:
    margins, height = run.page.margins(QPageLayout.Unit.Point), run.page.fullRect(QPageLayout.Unit.Point).height()
    upper = height - margins.top() - place.top * POINTS / DOTS
    return Heading(level + 1, text, before + place.page, upper + 4)


def _draw_place(painter: QPainter, run: _Run, place: Place, page: int) -> None:
    document, over = run.document(place), (page - place.page) * run.body.height()
    painter.save()
    painter.translate(0, place.top - over)
    context = QAbstractTextDocumentLayout.PaintContext()
    if document.pageCount() > 1:
        clip = QRectF(0, over, run.body.width(), run.body.height())
        painter.setClipRect(clip)
        context.clip = clip  # type: ignore[attr-defined]
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context.palette = palette  # type: ignore[attr-defined]
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_page_number(painter: QPainter, run: _Run, place: Place, number: str) -> None:
    """At the end of a line of a list at the front, dots and the page it leads to."""
    if not run.piece(place).leads_to:
        return
    document = run.document(place)
    block = document.lastBlock()
    line = block.layout().lineAt(block.layout().lineCount() - 1)
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    painter.setFont(document.defaultFont())
    painter.setPen(QColor("black"))
    metrics = painter.fontMetrics()
    dot, wide = metrics.horizontalAdvance("."), metrics.horizontalAdvance(number)
    base = place.top + corner.y() + line.y() + line.ascent()
    left = corner.x() + line.naturalTextRect().right() + dot
    dots = max(0, int((run.body.width() - wide - 2 * dot - left) / dot))
    painter.drawText(QPointF(run.body.width() - wide - dot * (dots + 1), base), "." * dots)
    painter.drawText(QPointF(run.body.width() - wide, base), number)


def _draw_foot(painter: QPainter, body: QSizeF, said: str) -> None:
    font = QFont(list(_SERIF))
    font.setPointSizeF(10)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    foot = QRectF(0, body.height() + FOOT * DOTS / 25.4, body.width(), FOOT * DOTS / 25.4)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, said)
