"""The page at the right of the codebook: reading typography, links, and the hits of a search marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from app.codebook.look import Look
from app.context import Context

LONGEST_LINE = 75
"""Characters of a line at most."""
LEAST_MARGIN = 28


class Page(QTextBrowser):
    """Shows rich text; `followed` carries where a link leads to."""

    followed = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName("codebook_page")
        self.setProperty("frame", "none")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._on_link)

    def show_page(self, html: str, look: Look, words: tuple[str, ...] = (), *, stay: bool = False) -> None:
        """Show `html`, with every place of `words` marked; with `stay` the scroll place is kept."""
        place = self.verticalScrollBar().value() if stay else 0
        document = self.document()
        document.setDefaultStyleSheet(look.stylesheet)
        document.setHtml(html)
        marks = self._marks(words)
        self.setExtraSelections(marks)
        self.verticalScrollBar().setValue(place)
        if marks and not stay:
            first = min(mark.cursor.selectionStart() for mark in marks)  # type: ignore[attr-defined]
            cursor = QTextCursor(document)
            cursor.setPosition(first)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def marked(self) -> list[str]:
        """The words that are marked, in no particular order."""
        return [mark.cursor.selectedText() for mark in self.extraSelections()]  # type: ignore[attr-defined]

    def _marks(self, words: tuple[str, ...]) -> list[QTextEdit.ExtraSelection]:
        theme, document = self._ctx.theme, self.document()
        look = QTextCharFormat()
        look.setBackground(theme.tint(theme.color("warning"), 0.35))
        made = []
        for word in words:
            found = document.find(word, 0, QTextDocument.FindFlag(0))
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = found, look  # type: ignore[attr-defined]
                made.append(mark)
                found = document.find(word, found, QTextDocument.FindFlag(0))
        return made

    def _on_link(self, url: QUrl) -> None:
        self.followed.emit(url.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.set_margins()
        super().resizeEvent(event)

    def set_margins(self) -> None:
        """Keep lines as short as they read well, the text beside the left edge."""
        metrics = QFontMetricsF(self._ctx.theme.text_font())
        longest = metrics.averageCharWidth() * LONGEST_LINE
        margin = self._ctx.theme.px(LEAST_MARGIN)
        right = max(margin, round(self.width() - margin - longest))
        self.setViewportMargins(margin, self._ctx.theme.px(20), min(right, max(margin, self.width() - 240)), 8)
