"""A transcript on paper: speakers and line numbers at the left, what is coded at the right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.printing.offer import PrintOffer
from app.printing.paper import Paper
from app.theme import GLYPHS, Theme
from app.transcript.display import Block, Display
from app.transcript.segment_index import pack
from app.transcript.spoken import speakers
from coding.project import Reader
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.transcripts.queries import source_text
from coding.transcripts.rows import SourceText
from coding.transcripts.wraps import hard_wraps
from coding.words import Words

TEXT_POINTS, SMALL_POINTS, NUMBER_POINTS = 10.5, 7.5, 6.5
LANES = 8
TURN_GAP = 7
"""Pixels of 1/96 inch between two turns."""
QUIET = QColor("#5A5F66")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its page (from 0), its top on that page in device pixels, and the document positions in it."""

    page: int
    top: float
    height: float
    start: int
    end: int
    block: int


class TranscriptPaper(Paper):
    """One source with its coded segments. Lines are numbered through the whole source."""

    left, right = 0.13, 0.27

    def __init__(
        self,
        words: Words,
        source: SourceText,
        segments: Sequence[SegmentRow],
        wraps: Collection[int] = (),
        *,
        every: int = 1,
    ) -> None:
        """`wraps` are line ends shown as spaces; a number stands at each line that `every` divides."""
        super().__init__(words)
        self._source, self._segments, self._every = source, list(segments), every
        self._display = Display(source, wraps)
        self._speakers = speakers(words, source.turns)
        self._lines: list[Line] = []
        self._lanes: list[int] = []
        self._spans: list[tuple[int, int]] = []

    @property
    def title(self) -> str:
        date = self._words.date(self._source.date)
        return f"{self._source.name}, {date}" if date else self._source.name

    @property
    def lines(self) -> Sequence[Line]:
        """The printed lines; empty until it is drawn."""
        return self._lines

    def document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDocumentMargin(0)
        font = Theme(dark=False).text_font()
        font.setPointSizeF(TEXT_POINTS)
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        for number, (text, block) in enumerate(zip(self._display.text.split("\n"), self._display.blocks, strict=True)):
            look = QTextBlockFormat()
            look.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            look.setTopMargin(TURN_GAP if number and (block.first or block.loose) else 0)
            if number:
                cursor.insertBlock(look)
            else:
                cursor.setBlockFormat(look)
            cursor.insertText(text, self._look_of(block))
        document.setPageSize(body.size())
        self._measure(document, body.height())
        return document

    def _look_of(self, block: Block) -> QTextCharFormat:
        look = QTextCharFormat()
        if block.quiet or block.header:
            look.setForeground(QUIET)
        if block.header:
            look.setFontItalic(True)
        return look

    def _measure(self, document: QTextDocument, page: float) -> None:
        self._lines = []
        block = document.begin()
        while block.isValid():
            layout, top = block.layout(), document.documentLayout().blockBoundingRect(block).top()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                y = top + line.y()
                start = block.position() + line.textStart()
                at = int((y + line.height() / 2) // page)  # the layout may put a line a hair above its page
                self._lines.append(
                    Line(at, y - at * page, line.height(), start, start + line.textLength(), block.blockNumber())
                )
            block = block.next()
        starts = [line.start for line in self._lines]
        self._segments.sort(key=lambda row: (row.start, -row.end))
        self._spans = []
        for row in self._segments:
            start, end = self._display.qt_range(row.start, row.end)
            first = max(bisect_right(starts, start) - 1, 0)
            self._spans.append((first, max(bisect_right(starts, max(end - 1, start)) - 1, first)))
        self._lanes = pack([(first, last + 1) for first, last in self._spans], LANES)

    def draw_beside(self, painter: QPainter, document: QTextDocument, whole: QRectF, body: QRectF, number: int) -> None:
        painter.save()
        here = [(at, line) for at, line in enumerate(self._lines) if line.page == number]
        if here:
            self._draw_left(painter, body, here)
            self._draw_right(painter, whole, body, here)
        painter.restore()

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        font = Theme(dark=False).ui_font()
        font.setPointSizeF(points)
        font.setBold(bold)
        return font

    def _draw_left(self, painter: QPainter, body: QRectF, here: Sequence[tuple[int, Line]]) -> None:
        numbers, speakers = self._font(NUMBER_POINTS), self._font(SMALL_POINTS, bold=True)
        gap = body.left() * 0.06
        column = body.left() * 0.3
        spoken: set[int] = set()
        for at, line in here:
            box = QRectF(0, body.top() + line.top, column, line.height)
            if (at + 1) % self._every == 0:
                painter.setFont(numbers)
                painter.setPen(QUIET)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(at + 1))
            block = self._display.blocks[line.block]
            starts = block.first and self._begins(at, line)
            if block.turn is not None and starts and line.block not in spoken:
                spoken.add(line.block)
                turn = self._source.turns[block.turn]
                painter.setFont(speakers)
                painter.setPen(QUIET if turn.kind == "researcher" else QColor("black"))
                box = QRectF(column + gap, box.top(), body.left() - column - 3 * gap, line.height)
                name = QFontMetricsF(speakers, painter.device()).elidedText(
                    self._speakers[block.turn], Qt.TextElideMode.ElideRight, box.width()
                )
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

    def _begins(self, at: int, line: Line) -> bool:
        return at == 0 or self._lines[at - 1].block != line.block

    def _draw_right(self, painter: QPainter, whole: QRectF, body: QRectF, here: Sequence[tuple[int, Line]]) -> None:
        first, last = here[0][0], here[-1][0]
        font = self._font(SMALL_POINTS)
        painter.setFont(font)
        metrics = QFontMetricsF(font, painter.device())
        lane = metrics.height() * 0.55
        names = body.right() + lane * (LANES + 1.5)
        free = body.top()
        theme = Theme(dark=False)
        language = self._words.language
        for (start, end), lane_number, row in zip(self._spans, self._lanes, self._segments, strict=True):
            if end < first or start > last:
                continue
            top = body.top() + self._lines[max(start, first)].top
            below = self._lines[min(end, last)]
            bottom = body.top() + below.top + below.height
            color = theme.code_color(row.color)
            if lane_number < LANES:
                x = body.right() + lane * (lane_number + 1)
                painter.fillRect(QRectF(x, top, lane * 0.45, bottom - top), color)
            if start < first:
                continue
            free = max(free, top)
            if free + metrics.height() > body.bottom():
                continue  # no room is left on this page: the stripe alone shows it
            glyph = GLYPHS[row.valence]
            said = f"{glyph} {row.label(language)}" if glyph else row.label(language)
            painter.setPen(color.darker(135))
            box = QRectF(names, free, whole.right() - names, metrics.height())
            painter.drawText(
                box,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(said, Qt.TextElideMode.ElideRight, box.width()),
            )
            free += metrics.height()


def read_paper(reader: Reader, words: Words, guid: str) -> TranscriptPaper:
    """The source `guid` on paper, with all its coded segments. Raises CodingError when it is gone."""
    source = source_text(reader, guid)
    wraps = hard_wraps(source.text, source.turns, source.header_end)
    return TranscriptPaper(words, source, segments(reader, source=guid), wraps)


def print_source(ctx: Context, window: QWidget, guid: str, *, as_pdf: bool = False) -> None:
    """Preview the source `guid` for the printer, or ask for a PDF file to write it to."""
    words = ctx.words

    def take(paper: TranscriptPaper) -> None:
        offer = window.findChild(PrintOffer, "print_source")
        if not isinstance(offer, PrintOffer):
            offer = PrintOffer(ctx, window)
            offer.setObjectName("print_source")
        if as_pdf:
            offer.ask(paper)
        else:
            offer.show(paper)

    ctx.read(lambda reader: read_paper(reader, words, guid), take, key="print_source")
