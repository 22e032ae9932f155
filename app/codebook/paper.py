"""The codebook on paper: pages with a running head and numbers, through the system's preview or into a PDF file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from app.codebook.look import on_paper
from app.codebook.pages import ENTRY, Pages
from app.codebook.reading import Library
from app.theme import Theme
from coding.codes.codebook import Codebook, Entry
from coding.errors import CodingError
from coding.words import Words

MARGINS = QMarginsF(22, 16, 22, 14)
"""Millimetres."""
HEAD, FOOT = 0.045, 0.04
"""Shares of the page's height for the running head and the page number."""
DOTS = 600
"""Dots per inch of a PDF file."""


class Paper:
    """A codebook, or one code of it, to be drawn on pages of any size."""

    def __init__(self, library: Library, words: Words, book: Codebook, entry: Entry | None = None) -> None:
        self._library, self._words, self._book, self._entry = library, words, book, entry

    @property
    def title(self) -> str:
        """What the running head, the print job and the file are called by."""
        language = self._words.language
        whole = self._words.t("Codebook: {framework}", framework=self._book.label(language))
        return f"{whole} – {self._entry.label(language)}" if self._entry else whole

    def draw(self, device: QPagedPaintDevice) -> int:
        """Draw everything on `device`, in its page size and orientation; gives the number of pages.

        Raises CodingError("file_unwritable") when nothing can be drawn on it.
        """
        layout = device.pageLayout()
        dots = device.logicalDpiX()
        whole = QRectF(layout.paintRectPixels(dots))
        whole.moveTo(0, 0)
        head, foot = whole.height() * HEAD, whole.height() * FOOT
        body = QRectF(0, head, whole.width(), whole.height() - head - foot)
        document = self._document(device, body, wide=layout.orientation() == QPageLayout.Orientation.Landscape)
        painter = QPainter()
        if not painter.begin(device):
            raise CodingError("file_unwritable", file=self.title, reason=self._words.t("no page can be drawn"))
        pages = document.pageCount()
        for number in range(pages):
            if number:
                device.newPage()
            self._draw_page(painter, document, whole, body, number)
            self._draw_edges(painter, whole, head, foot, number + 1, pages)
        painter.end()
        return pages

    def save(self, path: Path, *, landscape: bool = False) -> int:
        """Write a PDF file; gives the number of pages. Raises CodingError("file_unwritable")."""
        try:
            # Qt says only that it could not; the system says why
            with path.open("ab"):
                pass
        except OSError as error:
            raise CodingError("file_unwritable", file=str(path), reason=error.strerror or "") from error
        writer = QPdfWriter(str(path))
        writer.setResolution(DOTS)
        writer.setTitle(self.title)
        writer.setCreator("Telaah")
        writer.setPageLayout(page_layout(landscape=landscape))
        return self.draw(writer)

    def _document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
        look = on_paper(wide=wide)
        pages = Pages(self._library, self._words, look)
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(look.stylesheet)
        document.setDefaultFont(Theme(dark=False).text_font())
        html = pages.entry(self._book, self._entry) if self._entry else pages.framework(self._book)
        document.setHtml(html)
        if self._entry is None:
            document.setTextWidth(body.width())
            keep_together(document, body.height())
        document.setPageSize(body.size())
        return document

    def _draw_page(self, painter: QPainter, document: QTextDocument, whole: QRectF, body: QRectF, number: int) -> None:
        painter.save()
        painter.setClipRect(body)
        painter.translate(0, body.top() - number * body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, number * body.height(), whole.width(), body.height())  # type: ignore[attr-defined]
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor("black"))
        context.palette = palette  # type: ignore[attr-defined]
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _draw_edges(self, painter: QPainter, whole: QRectF, head: float, foot: float, number: int, pages: int) -> None:
        font = Theme(dark=False).ui_font()
        font.setPointSizeF(8)
        painter.setFont(font)
        painter.setPen(QColor("#555555"))
        if number > 1:
            painter.drawText(QRectF(0, 0, whole.width(), head), Qt.AlignmentFlag.AlignLeft, self.title)
        said = self._words.t("{number} of {count}", number=number, count=pages)
        bottom = QRectF(0, whole.bottom() - foot, whole.width(), foot)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, said)


def page_layout(*, landscape: bool) -> QPageLayout:
    """A4 with the margins of the codebook."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, MARGINS, QPageLayout.Unit.Millimeter)


def keep_together(document: QTextDocument, page: float) -> None:
    """Begin a code on a new page where it would be broken over two but has room on one, or has hardly begun.

    The first one always does, behind the contents. `document` must be laid out without pages; `page` is their height.
    """
    starts = [block for block in _blocks(document) if _begins_code(block)]
    tops = [_top(block) for block in starts] + [document.documentLayout().documentSize().height()]
    at = page
    for block, height in zip(starts, (below - top for top, below in pairwise(tops)), strict=True):
        left = page - at
        if height > left and at > 0 and (height <= page or left < page / 3):
            break_before(block)
            at = 0.0
        at = (at + height) % page


def break_before(block: QTextBlock) -> None:
    """Begin `block` on a new page."""
    look = QTextBlockFormat()
    look.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    QTextCursor(block).mergeBlockFormat(look)


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _begins_code(block: QTextBlock) -> bool:
    names = (name for part in block.textFormats() for name in part.format.anchorNames())  # type: ignore[attr-defined]
    return any(name.startswith(ENTRY) for name in names)


def _top(block: QTextBlock) -> float:
    return block.document().documentLayout().blockBoundingRect(block).top()
