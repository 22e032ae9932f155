"""The sheet of keys on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPagedPaintDevice, QTextDocument

from app.printing.paper import Paper
from app.theme import Theme
from coding.words import Words

SHEET = "h2 { font-size: 11pt; } td { padding: 2px 14px 2px 0; font-size: 9pt; } .keys { font-weight: 600; }"


class KeysPaper(Paper):
    """Titles, under each the actions with their keys."""

    def __init__(self, words: Words, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        super().__init__(words)
        self._groups = groups

    @property
    def title(self) -> str:
        return self._words.t("Keyboard shortcuts of Telaah")

    def document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDocumentMargin(0)
        document.setDefaultFont(Theme(dark=False).ui_font())
        document.setDefaultStyleSheet(SHEET)
        parts = [f"<h1>{escape(self.title)}</h1>"]
        for title, actions in self._groups:
            rows = "".join(
                f"<tr><td class='keys'>{escape(keys)}</td><td>{escape(name)}</td></tr>" for name, keys in actions
            )
            parts.append(f"<h2>{escape(title)}</h2><table>{rows}</table>")
        document.setHtml("".join(parts))
        document.setPageSize(body.size())
        return document
