"""Where text of the document stands on the screen: lines of blocks, and the rectangles of a span."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202b\u202e\u2067\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as laid out: document positions `[start, end)`, and `box`, the text's rectangle in the document."""

    start: int
    end: int
    box: QRectF
    baseline: float
    qt: QTextLine
    left: float
    mixed: bool

    def pieces(self, start: int, end: int) -> list[tuple[float, float]]:
        """Left and right edges of what of `[start, end)` stands on this line; several where directions mix."""
        first, last = max(start, self.start), min(end, self.end)
        if first >= last:
            return []
        block = self.start - self.qt.textStart()
        if self.mixed:
            return self._mixed_pieces(first - block, last - block)
        right = self.box.right()
        x0 = min(self._x(first - block), right)
        x1 = right if last == self.end else min(self._x(last - block), right)
        return [(x0, x1)] if x1 > x0 else []

    def _x(self, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
        x, _ = cast("tuple[float, int]", self.qt.cursorToX(position, edge))  # declared as an object
        return self.left + float(x)

    def _mixed_pieces(self, first: int, last: int) -> list[tuple[float, float]]:
        edges: list[tuple[float, float]] = []
        for position in range(first, last):
            one, other = self._x(position), self._x(position, QTextLine.Edge.Trailing)
            if one != other:
                edges.append((min(one, other), max(one, other)))
        merged: list[tuple[float, float]] = []
        for left, right in sorted(edges):
            if merged and left <= merged[-1][1] + 0.5:
                merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
            else:
                merged.append((left, right))
        return merged


class Geometry:
    """Blocks and lines of a document, in its own coordinates (pixels from the document's top left)."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._paragraphs: Sequence[str] = ()
        self._mixed: dict[int, bool] = {}
        self.need: Callable[[int], None] = lambda position: None
        """Is called with a position before it is looked for: the document may not be filled that far yet."""
        self._lines: dict[int, tuple[list[int], list[float], list[float]]] = {}

    def forget(self) -> None:
        """Lines are laid out anew: what is known of them no longer holds."""
        self._lines.clear()

    def set_paragraphs(self, paragraphs: Sequence[str]) -> None:
        """What the document's paragraphs say; to be told whenever the document is filled."""
        self._paragraphs = paragraphs
        self._mixed.clear()

    def _is_mixed(self, number: int) -> bool:
        """Whether the paragraph numbered so holds right-to-left text."""
        mixed = self._mixed.get(number)
        if mixed is None:
            text = self._paragraphs[number] if number < len(self._paragraphs) else ""
            mixed = self._mixed[number] = not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))
        return mixed

    def _block(self, position: int) -> QTextBlock:
        self.need(position)
        return self._document.findBlock(position)

    def block_at(self, y: float) -> QTextBlock:
        """The block at the height `y`, or the nearest."""
        at = self._document.documentLayout().hitTest(QPointF(0, max(y, 0)), Qt.HitTestAccuracy.FuzzyHit)
        return self._document.findBlock(max(at, 0))

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """Blocks of which something may stand between two heights."""
        layout = self._document.documentLayout()
        block = self.block_at(top)
        # Between two paragraphs the hit may be the lower one, whose upper neighbour still reaches in.
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() > bottom:
                return
            if box.bottom() >= top:
                yield block
            block = block.next()

    def lines(self, block: QTextBlock, top: float, bottom: float) -> Iterator[Line]:
        """Lines of `block` that reach between two heights."""
        self._document.documentLayout().blockBoundingRect(block)  # lays the block out
        layout = block.layout()
        origin = layout.position()
        count = layout.lineCount()
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            line = layout.lineAt(middle)
            if origin.y() + line.y() + line.height() < top:
                low = middle + 1
            else:
                high = middle
        mixed = self._is_mixed(block.blockNumber())
        for number in range(low, count):
            line = layout.lineAt(number)
            if origin.y() + line.y() > bottom:
                return
            yield _line(block, line, origin, mixed)

    def line_of(self, position: int) -> Line:
        """The line on which the character after the document position stands."""
        block = self._block(position)
        self._document.documentLayout().blockBoundingRect(block)
        layout = block.layout()
        if not layout.lineCount():
            raise RuntimeError("the document has no width yet")  # Qt would read a line that is not there
        line = layout.lineForTextPosition(position - block.position())
        if not line.isValid():
            line = layout.lineAt(layout.lineCount() - 1)
        return _line(block, line, layout.position(), self._is_mixed(block.blockNumber()))

    def line_top(self, position: int) -> float:
        """Where the text of the line begins on which the character after the document position stands."""
        starts, tops, _ = self.line_tops(self._block(position))
        return tops[max(bisect_right(starts, position) - 1, 0)]

    def line_bottom(self, position: int) -> float:
        """Like `line_top`, where it ends."""
        starts, _, bottoms = self.line_tops(self._block(position))
        return bottoms[max(bisect_right(starts, position) - 1, 0)]

    def line_tops(self, block: QTextBlock) -> tuple[list[int], list[float], list[float]]:
        """For all lines of `block`: first document position, top and bottom of the text."""
        number = block.blockNumber()
        known = self._lines.get(number)
        if known is None:
            self._document.documentLayout().blockBoundingRect(block)
            layout = block.layout()
            y = layout.position().y()
            lines = [layout.lineAt(i) for i in range(layout.lineCount())]
            starts = [block.position() + line.textStart() for line in lines]
            tops = [y + line.y() for line in lines]
            known = self._lines[number] = (
                starts,
                tops,
                [top + line.height() for top, line in zip(tops, lines, strict=True)],
            )
        return known

    def rects(self, start: int, end: int) -> list[QRectF]:
        """The rectangles that the characters `[start, end)` fill, line by line."""
        found: list[QRectF] = []
        self.need(end)
        block = self._document.findBlock(start)
        while block.isValid() and block.position() < end:
            for line in self.lines(block, 0, float("inf")):
                for left, right in line.pieces(start, end):
                    found.append(QRectF(left, line.box.top(), right - left, line.box.height()))
            block = block.next()
        return found


def _line(block: QTextBlock, line: QTextLine, origin: QPointF, mixed: bool) -> Line:
    start = block.position() + line.textStart()
    natural = line.naturalTextRect()
    box = QRectF(origin.x() + natural.x(), origin.y() + line.y(), natural.width(), line.height())
    return Line(start, start + line.textLength(), box, origin.y() + line.y() + line.ascent(), line, origin.x(), mixed)
