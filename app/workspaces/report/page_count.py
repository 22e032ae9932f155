"""How many pages a report will have, told from the preview without cutting it into pages.

Word breaks pages between rows and keeps headings and captions with what follows, as this does. Which fonts there are
and what a template asks for is known to Word alone, so that the number is near, not exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import cast

from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QTextBlock, QTextDocument, QTextFrame, QTextTable

MOST_LINES = 3
"""Lines of a paragraph that Word leaves together rather than a single one on another page."""
HEIGHT = {False: 22.7, True: 14.0}
"""Centimetres of text on an A4 page, upright and turned."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph or a row of a table: its height in pixels; whether it stays on a page with the next one, whether it
    can be broken, and the height of the head that is repeated over it on a new page."""

    height: float
    with_next: bool = False
    broken: bool = False
    head: float = 0.0


def stretches(document: QTextDocument) -> list[Stretch]:
    """What a document that has been laid out is made of, from top to bottom."""
    found: list[Stretch] = []
    for part in cast("Iterable[QTextFrame.iterator]", document.rootFrame()):
        if isinstance(frame := part.currentFrame(), QTextTable):
            found += _rows(document, frame)
        elif (block := part.currentBlock()).isValid() and block.text():  # Qt puts an empty one beside a table
            found.append(_paragraph(document, block))
    return found


def page_count(stretches: Iterable[Stretch], height: float) -> int:
    """Pages of so many pixels that the stretches fill."""
    pages, left = 1, height
    kept: list[Stretch] = []
    for one in stretches:
        kept.append(one)
        if one.with_next:
            continue
        need = sum(part.height for part in kept)
        if left < need and left < height and not (one.broken and need - one.height < left):
            # a head that stands here itself is not repeated
            pages, left = pages + 1, height - (one.head if len(kept) == 1 else 0)
        left -= need
        kept = []
        if left < 0:
            more = ceil(-left / height)
            pages, left = pages + more, left + more * height
    return pages


def _paragraph(document: QTextDocument, block: QTextBlock) -> Stretch:
    look = block.blockFormat()
    height = document.documentLayout().blockBoundingRect(block).height() + look.topMargin() + look.bottomMargin()
    heads = bool(look.headingLevel()) or block.charFormat().fontWeight() >= QFont.Weight.Bold
    return Stretch(height, with_next=heads, broken=block.lineCount() > MOST_LINES)


def _rows(document: QTextDocument, table: QTextTable) -> list[Stretch]:
    layout, heads = document.documentLayout(), table.format().headerRowCount()
    whole = layout.frameBoundingRect(table)
    tops = [whole.top()]
    for row in range(1, table.rows()):
        tops.append(_top(layout, table, row, tops[-1]))
    heights = [below - above for above, below in pairwise([*tops, whole.bottom()])]
    head = sum(heights[:heads])
    return [Stretch(height, with_next=row < heads, head=head) for row, height in enumerate(heights)]


def _top(layout: QAbstractTextDocumentLayout, table: QTextTable, row: int, above: float) -> float:
    """Where the text of a row begins, `above` when every cell of it began in rows before."""
    cells = [table.cellAt(row, column) for column in range(table.columns())]
    texts = [cell.firstCursorPosition().block() for cell in cells if cell.row() == row]
    return min((layout.blockBoundingRect(text).top() for text in texts), default=above)
