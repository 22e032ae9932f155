"""What is printed: a document cut into pages, each with the title over it and its number below."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

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
    QTextDocument,
)

from app.theme import Theme
from coding.errors import CodingError
from coding.words import Words

MARGINS = QMarginsF(22, 16, 22, 14)
"""Millimetres."""
HEAD, FOOT = 0.045, 0.04
"""Shares of the page's height for the running head and the page number."""
DOTS = 600
"""Dots per inch of a PDF file."""


class Paper(ABC):
    """Something to be drawn on pages of any size. Subclasses give `title` and `document`."""

    left: ClassVar[float] = 0.0
    right: ClassVar[float] = 0.0
    """Shares of the page's width that the document leaves free at its sides."""

    def __init__(self, words: Words) -> None:
        self._words = words

    @property
    @abstractmethod
    def title(self) -> str:
        """What the running head, the print job and the file are called by."""

    @abstractmethod
    def document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
        """What is printed, laid out for `device` in pages of the size of `body` (device pixels)."""

    def draw_beside(  # noqa: B027 - most papers have nothing there
        self, painter: QPainter, document: QTextDocument, whole: QRectF, body: QRectF, number: int
    ) -> None:
        """Draw what stands beside the document on page `number` (from 0); `whole` is the page within its margins."""

    def draw(self, device: QPagedPaintDevice) -> int:
        """Draw everything on `device`, in its page size and orientation; gives the number of pages.

        Raises CodingError("file_unwritable") when nothing can be drawn on it.
        """
        layout = device.pageLayout()
        dots = device.logicalDpiX()
        whole = QRectF(layout.paintRectPixels(dots))
        whole.moveTo(0, 0)
        head, foot = whole.height() * HEAD, whole.height() * FOOT
        left, right = whole.width() * self.left, whole.width() * self.right
        body = QRectF(left, head, whole.width() - left - right, whole.height() - head - foot)
        document = self.document(device, body, wide=layout.orientation() == QPageLayout.Orientation.Landscape)
        painter = QPainter()
        if not painter.begin(device):
            raise CodingError("file_unwritable", file=self.title, reason=self._words.t("no page can be drawn"))
        pages = document.pageCount()
        for number in range(pages):
            if number:
                device.newPage()
            self._draw_page(painter, document, body, number)
            self.draw_beside(painter, document, whole, body, number)
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

    def _draw_page(self, painter: QPainter, document: QTextDocument, body: QRectF, number: int) -> None:
        painter.save()
        painter.setClipRect(body)
        painter.translate(body.left(), body.top() - number * body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, number * body.height(), body.width(), body.height())  # type: ignore[attr-defined]
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
    """A4 with the margins of what is printed."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, MARGINS, QPageLayout.Unit.Millimeter)
