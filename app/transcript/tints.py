"""Colours behind and lines under coded passages, painted beneath the text for the lines that can be seen.

Nothing is written into the document: a new segment costs one repaint of the visible lines, however long the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from app.theme import TINT, TINT_SELECTED, UNDERLINE, Theme
from app.transcript.display import Display
from app.transcript.geometry import Geometry, Line
from app.transcript.segment_index import SegmentIndex, size
from coding.segments.rows import SegmentRow
from coding.text import Span

DEEPER, DEEPEST = 0.04, 0.29
"""What each further overlapping segment adds to the opacity of the tint, and how far it goes: text stays readable."""

LINES_SHOWN = 4
"""Underlines that fit between two lines of text; deeper overlaps are told apart in the margin."""


@dataclass(slots=True)
class Shown:
    """What there is to paint over one transcript."""

    display: Display
    index: SegmentIndex = field(default_factory=SegmentIndex)
    selected: str | None = None
    hovered: str | None = None
    hits: list[Span] = field(default_factory=list)
    hit: int = -1


class Tints:
    """Paints coded passages and search hits; `shown` is replaced or changed by the view."""

    def __init__(self, geometry: Geometry, theme: Theme) -> None:
        self._geometry = geometry
        self.theme = theme

    def paint(self, painter: QPainter, shown: Shown, area: QRectF) -> None:
        """Paint what lies in `area`, given in the document's coordinates, which the painter uses too."""
        for block in self._geometry.blocks(area.top(), area.bottom()):
            lines = list(self._geometry.lines(block, area.top(), area.bottom()))
            if lines:
                self._paint_lines(painter, shown, block, lines)

    def row_at(self, shown: Shown, point: QPointF) -> SegmentRow | None:
        """The smallest segment whose tint is under `point` (in the document's coordinates)."""
        for block in self._geometry.blocks(point.y(), point.y()):
            for line in self._geometry.lines(block, point.y(), point.y()):
                if not self._box(line.box).contains(QPointF(line.box.center().x(), point.y())):
                    continue
                under = [
                    row
                    for row, start, end in self._rows_of(shown, line.start, line.end)
                    if any(left <= point.x() <= right for left, right in line.pieces(start, end))
                ]
                if under:
                    return min(under, key=size)
        return None

    def rects(self, shown: Shown, row: SegmentRow) -> list[QRectF]:
        """The rectangles of a segment's tint, in the document's coordinates."""
        start, end = shown.display.qt_range(row.start, row.end)
        return [self._box(r) for r in self._geometry.rects(start, end)]

    def _paint_lines(self, painter: QPainter, shown: Shown, block: QTextBlock, lines: list[Line]) -> None:
        rows = self._rows_of(shown, lines[0].start, lines[-1].end)
        levels = {row.guid: shown.index.level(row) for row, _, _ in rows}
        self._paint_hits(painter, shown, lines)
        for start, end, color in self._runs(shown, rows):
            for rect in self._pieces(lines, start, end):
                painter.fillRect(rect, color)
        dense = max(levels.values(), default=0) > 1
        thickness, pitch = (self._px(1), self._px(2)) if dense else (self._px(2), self._px(3))
        for row, start, end in rows:
            level = levels[row.guid]
            if level >= (LINES_SHOWN if dense else 2):
                continue
            color = self.theme.tint(self.theme.code_color(row.color), UNDERLINE)
            for rect in self._pieces(lines, start, end):
                painter.fillRect(QRectF(rect.left(), rect.bottom() + level * pitch, rect.width(), thickness), color)
        self._paint_outlines(painter, shown, rows, lines)

    def _paint_outlines(
        self, painter: QPainter, shown: Shown, rows: list[tuple[SegmentRow, int, int]], lines: list[Line]
    ) -> None:
        for row, start, end in rows:
            if row.guid not in (shown.selected, shown.hovered):
                continue
            width = 1.2 if row.guid == shown.selected else 0.8
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.code_color(row.color), self.theme.scale * width))
            for rect in self._pieces(lines, start, end):
                painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, self._px(2) - 0.5), 2, 2)
            painter.restore()

    def _paint_hits(self, painter: QPainter, shown: Shown, lines: list[Line]) -> None:
        for number, span in self._hits_of(shown, lines[0].start, lines[-1].end):
            color = self.theme.tint(self.theme.color("warning"), 0.45 if number == shown.hit else 0.22)
            start, end = shown.display.qt_range(span.start, span.end)
            for rect in self._pieces(lines, start, end):
                painter.fillRect(rect.adjusted(-1, -1, 1, 1), color)

    @staticmethod
    def _hits_of(shown: Shown, start: int, end: int) -> Iterator[tuple[int, Span]]:
        low = bisect_right(shown.hits, shown.display.to_cp(start), key=lambda s: s.end)
        high = bisect_left(shown.hits, shown.display.to_cp(end, end=True), key=lambda s: s.start)
        for number in range(low, high):
            yield number, shown.hits[number]

    @staticmethod
    def _rows_of(shown: Shown, start: int, end: int) -> list[tuple[SegmentRow, int, int]]:
        """Segments in the document's `[start, end)`, each with what of it lies there."""
        display = shown.display
        rows = shown.index.between(display.to_cp(start), display.to_cp(end, end=True))
        clipped = [
            (row, max(display.to_qt(row.start, forward=True), start), min(display.to_qt(row.end), end)) for row in rows
        ]
        return [(row, a, b) for row, a, b in clipped if a < b]

    def _runs(self, shown: Shown, rows: Iterable[tuple[SegmentRow, int, int]]) -> Iterator[tuple[int, int, QColor]]:
        """Stretches under the same segments, with the one colour that stands for all of them."""
        events: list[tuple[int, int, SegmentRow]] = []
        for row, start, end in rows:
            events += [(start, 1, row), (end, -1, row)]
        events.sort(key=lambda e: e[0])
        counts: dict[int, int] = {}
        chosen: SegmentRow | None = None
        for (at, step, row), following in pairwise(events):
            counts[row.color] = counts.get(row.color, 0) + step
            if row.guid == shown.selected:
                chosen = row if step > 0 else None
            if following[0] > at and (color := self._color(counts, chosen)):
                yield at, following[0], color

    def _color(self, counts: dict[int, int], chosen: SegmentRow | None) -> QColor | None:
        if chosen is not None:
            return self.theme.tint(self.theme.code_color(chosen.color), TINT_SELECTED)
        depth = sum(counts.values())
        if not depth:
            return None
        parts = [(self.theme.code_color(color).getRgb()[:3], count) for color, count in counts.items() if count]
        mixed = QColor(*(round(sum(rgb[i] * n for rgb, n in parts) / depth) for i in range(3)))
        return self.theme.tint(mixed, min(TINT + DEEPER * (depth - 1), DEEPEST))

    def _pieces(self, lines: Sequence[Line], start: int, end: int) -> Iterator[QRectF]:
        """The tint's rectangles of `[start, end)` on `lines`, which follow each other."""
        for number in range(max(bisect_right(lines, start, key=lambda n: n.start) - 1, 0), len(lines)):
            line = lines[number]
            if line.start >= end:
                return
            for left, right in line.pieces(start, end):
                yield self._box(QRectF(left, line.box.top(), right - left, line.box.height()))

    @staticmethod
    def _box(text: QRectF) -> QRectF:
        top = round(text.top()) - 1
        return QRectF(text.left(), top, text.width(), round(text.bottom()) - top)

    def _px(self, size: float) -> int:
        return max(self.theme.px(size), 1)
