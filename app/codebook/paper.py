"""The codebook on paper."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPagedPaintDevice, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

from app.codebook.look import on_paper
from app.codebook.pages import ENTRY, Pages
from app.codebook.reading import Library
from app.printing.paper import Paper
from app.theme import Theme
from coding.codes.codebook import Codebook, Entry
from coding.words import Words


class CodebookPaper(Paper):
    """A codebook, or one code of it."""

    def __init__(self, library: Library, words: Words, book: Codebook, entry: Entry | None = None) -> None:
        super().__init__(words)
        self._library, self._book, self._entry = library, book, entry

    @property
    def title(self) -> str:
        language = self._words.language
        whole = self._words.t("Codebook: {framework}", framework=self._book.label(language))
        return f"{whole} – {self._entry.label(language)}" if self._entry else whole

    def document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
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
