"""Colours behind and lines under coded passages, painted beneath the text for the lines that can be seen.

Nothing is written into the document: a new segment costs one repaint of the visible lines, however long the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import itemgetter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.theme import TINT, TINT_SELECTED, UNDERLINE, Theme, channels
from app.transcript.display import Display
from app.transcript.geometry import Geometry, Line
from app.transcript.segment_index import SegmentIndex, size
from coding.segments.rows import SegmentRow
from coding.text import Span

DEEPER, DEEPEST = 0.04, 0.29
"""What each further overlapping segment adds to the opacity of the tint, and how far it goes: text stays readable."""

UNDERLINES = (0, 3, 5)
"""Heights of the underlines of overlapping segments, by level."""

TINT_HIT = 0.22
"""Opacity behind what was found."""

OWN = 0.6
"""Share of the smallest segment's colour where several overlap; the rest is the mean of all. A mere mean turns grey."""


KEPT = 1000
"""Lines for which it is kept what to paint."""


@dataclass(slots=True)
class Shown:
    """What there is to paint over one transcript."""

    display: Display
    index: SegmentIndex = field(default_factory=SegmentIndex)
    selected: str | None = None
    hovered: str | None = None
    hits: list[Span] = field(default_factory=list)
    hit: int = -1


_Row = tuple[SegmentRow, int, int]
_Fill = tuple[QRectF, QColor]


@dataclass(frozen=True, slots=True)
class _Line:
    end: int
    tints: list[_Fill]
    underlines: list[_Fill]


class Tints:
    """Paints coded passages and search hits. What a line needs is worked out when it is first seen and then kept."""

    def __init__(self, geometry: Geometry, theme: Theme) -> None:
        self._geometry = geometry
        self._theme = theme
        self._ready: dict[int, _Line] = {}

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of `theme` from now on."""
        self._theme = theme
        self.forget()

    def forget(self, start: int | None = None, end: int = 0) -> None:
        """Work everything out anew, or just the lines that share a position with `[start, end)` of the document."""
        if start is None:
            self._ready.clear()
        else:
            for at in [at for at, line in self._ready.items() if at < end and start < line.end]:
                del self._ready[at]

    def paint(self, painter: QPainter, shown: Shown, area: QRectF) -> None:
        """Paint what lies in `area`, given in the document's coordinates, which the painter uses too."""
        for block in self._geometry.blocks(area.top(), area.bottom()):
            lines = list(self._geometry.lines(block, area.top(), area.bottom()))
            if not lines:
                continue
            ready = [self._line(shown, line) for line in lines]
            for rect, color in chain.from_iterable(line.tints for line in ready):
                painter.fillRect(rect, color)
            self._paint_hits(painter, shown, lines)
            for rect, color in chain.from_iterable(line.underlines for line in ready):
                painter.fillRect(rect, color)
            self._paint_outlines(painter, shown, lines)

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

    def _line(self, shown: Shown, line: Line) -> _Line:
        ready = self._ready.get(line.start)
        if ready is None:
            rows = self._rows_of(shown, line.start, line.end)
            if len(self._ready) >= KEPT:
                self._ready.clear()
            ready = self._ready[line.start] = _Line(
                line.end, self._tints(shown, line, rows), self._underlines(shown, line, rows)
            )
        return ready

    def _tints(self, shown: Shown, line: Line, rows: list[_Row]) -> list[_Fill]:
        return [
            (rect, color) for start, end, color in self._runs(shown, rows) for rect in self._pieces([line], start, end)
        ]

    def _underlines(self, shown: Shown, line: Line, rows: list[_Row]) -> list[_Fill]:
        found: list[_Fill] = []
        for row, start, end in rows:
            level = shown.index.level(row)
            if level < len(UNDERLINES):
                color = self._theme.tint(self._theme.code_color(row.color), UNDERLINE)
                for rect in self._pieces([line], start, end):
                    top = rect.bottom() + self._theme.px(UNDERLINES[level])
                    found.append((QRectF(rect.left(), top, rect.width(), self._px(2)), color))
        return found

    def _paint_outlines(self, painter: QPainter, shown: Shown, lines: list[Line]) -> None:
        for guid, width in ((shown.hovered, 0.8), (shown.selected, 1.2)):
            row = shown.index.get(guid)
            if row is None:
                continue
            start, end = shown.display.qt_range(row.start, row.end)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.code_color(row.color), self._theme.scale * width))
            for rect in self._pieces(lines, start, end):
                painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, self._px(2) - 0.5), 2, 2)
            painter.restore()

    def _paint_hits(self, painter: QPainter, shown: Shown, lines: list[Line]) -> None:
        color = self._theme.color("warning")
        painter.save()
        painter.setPen(QPen(color, 1))
        for number, span in self._hits_of(shown, lines[0].start, lines[-1].end):
            start, end = shown.display.qt_range(span.start, span.end)
            for rect in self._pieces(lines, start, end):
                painter.fillRect(rect.adjusted(-1, 0, 1, 1), self._theme.tint(color, TINT_HIT))
                if number == shown.hit:
                    painter.drawRect(rect.adjusted(-2, 0, 1, 1))
        painter.restore()

    @staticmethod
    def _hits_of(shown: Shown, start: int, end: int) -> Iterator[tuple[int, Span]]:
        low = bisect_right(shown.hits, shown.display.to_cp(start), key=lambda s: s.end)
        high = bisect_left(shown.hits, shown.display.to_cp(end, end=True), key=lambda s: s.start)
        for number in range(low, high):
            yield number, shown.hits[number]

    @staticmethod
    def _rows_of(shown: Shown, start: int, end: int) -> list[_Row]:
        """Segments in the document's `[start, end)`, each with what of it lies there."""
        display = shown.display
        rows = shown.index.between(display.to_cp(start), display.to_cp(end, end=True))
        clipped = [
            (row, max(display.to_qt(row.start, forward=True), start), min(display.to_qt(row.end), end)) for row in rows
        ]
        return [(row, a, b) for row, a, b in clipped if a < b]

    def _runs(self, shown: Shown, rows: list[_Row]) -> Iterator[tuple[int, int, QColor]]:
        """Stretches under the same segments, with the one colour that stands for all of them."""
        events: list[tuple[int, int, SegmentRow]] = []
        for row, start, end in rows:
            events += [(start, 1, row), (end, -1, row)]
        events.sort(key=itemgetter(0))
        active: list[tuple[int, int, str, int]] = []
        total = [0, 0, 0]
        selected = next((row for row, _, _ in rows if row.guid == shown.selected), None)
        within = False
        for (at, step, row), following in pairwise(events):
            # The smallest comes first.
            entry = (*size(row), row.color)
            if step > 0:
                insort(active, entry)
            else:
                del active[bisect_left(active, entry)]
            for i, part in enumerate(channels(self._theme.code_color(row.color))):
                total[i] += step * part
            if row is selected:
                within = step > 0
            if following[0] > at and active:
                if selected is not None and within:
                    color = self._theme.tint(self._theme.code_color(selected.color), TINT_SELECTED)
                else:
                    color = self._mixed(active[0][3], total, len(active))
                yield at, following[0], color

    def _mixed(self, smallest: int, total: list[int], depth: int) -> QColor:
        """The tint of `depth` segments whose colours add up to `total`; `smallest` is the colour of the smallest."""
        color = self._theme.code_color(smallest)
        if depth > 1:
            own = channels(color)
            color = QColor(*(round(OWN * a + (1 - OWN) * b / depth) for a, b in zip(own, total, strict=True)))
        return self._theme.tint(color, min(TINT + DEEPER * (depth - 1), DEEPEST))

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
        return max(self._theme.px(size), 1)
