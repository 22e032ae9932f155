"""The page preview: white sheets on grey, the same texts and numbers as in Word."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextTable, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from app.context import Context
from app.printing.sizes import keep_sizes, scale_indents
from app.widgets.parts import clear_layout
from app.workspaces.report.copying import show_menu, tables_in, whole_table
from app.workspaces.report.page_count import HEIGHT, Stretch, page_count, stretches

if TYPE_CHECKING:
    from coding.reports.preview import Sheet

INCH, SCREEN_DOTS = 2.54, 96
PORTRAIT, LANDSCAPE = 21.0, 29.7
"""Widths of an A4 page in centimetres."""
EDGE = 3.0
"""White above and below the text, in centimetres."""
PIECE = 6000
"""Characters of HTML after which a new piece begins."""
TURN = 0.012
"""Seconds the window may be busy with pieces before it looks at what else there is."""
_BLOCK = re.compile(r"(?<=>)\s*(?=<(?:h\d|p|table)\b)")
LEAST, MOST, STEP = 0.5, 2.0, 0.1


class Piece(QTextBrowser):
    """Some blocks of a sheet, as tall as they are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.setObjectName("paper_text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QTextBrowser { background: #ffffff; color: #000000; border: none; padding: 0; border-radius: 0;"
            " selection-background-color: #b9d0e8; selection-color: #000000; }"
        )
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setHtml(html)
        document.setDocumentMargin(0)
        # lines break alike at every zoom, as they do on paper
        document.setUseDesignMetrics(True)
        keep_sizes(document)
        self.zoom = 0.0
        self.stretches: list[Stretch] = []
        self._indents = 1.0
        self._device = QImage()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # there is nothing to scroll in a piece; the pane it stands in scrolls
        event.ignore()

    def measure(self, centimetres: float) -> None:
        """Note what the text is made of in the size of the paper, which the number of pages follows from."""
        self.lay_out(centimetres, 1.0)
        self.stretches = stretches(self.document())

    def lay_out(self, centimetres: float, zoom: float) -> None:
        """Lay the text out on so many centimetres, shown at `zoom`."""
        if zoom == self.zoom:
            return
        self.zoom = zoom
        # texts, tables and pictures follow the resolution of the device the text is laid out for
        device = QImage(1, 1, QImage.Format.Format_RGB32)
        dots = round(SCREEN_DOTS / INCH * zoom * 100)
        device.setDotsPerMeterX(dots)
        device.setDotsPerMeterY(dots)
        document = self.document()
        document.documentLayout().setPaintDevice(device)
        self._device = device
        scale_indents(document, zoom / self._indents)
        self._indents = zoom
        wide = pixels(centimetres, zoom)
        document.setTextWidth(wide)
        size = document.documentLayout().documentSize()
        # the frame of a table that is as wide as the text lies outside it
        self.setFixedSize(max(wide, ceil(size.width())), ceil(size.height()) + 1)


class Paper(QFrame):
    """One white sheet; as long as its pieces are."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.pieces: list[Piece] = []
        self.setObjectName("paper")
        self.setStyleSheet("QFrame#paper { background: #ffffff; border: 1px solid rgba(0, 0, 0, 30); }")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)

    @property
    def pages(self) -> int:
        """About how many pages it is in Word."""
        within = [stretch for piece in self.pieces for stretch in piece.stretches]
        return page_count(within, pixels(HEIGHT[self.sheet.landscape], 1.0))

    @property
    def page_width(self) -> float:
        """Of the page, in centimetres."""
        return LANDSCAPE if self.sheet.landscape else PORTRAIT

    def set_zoom(self, zoom: float) -> None:
        """Have the size of the page at `zoom` (1 is that of the paper on an ordinary screen)."""
        sides = pixels((self.page_width - self.sheet.width) / 2, zoom)
        # the room at the right is left to frames of tables
        self._column.setContentsMargins(sides, pixels(EDGE, zoom), 0, pixels(EDGE, zoom))
        self.setFixedWidth(pixels(self.sheet.width, zoom) + 2 * sides + 2)

    def add(self, piece: Piece, zoom: float) -> None:
        """Put a further piece under the others."""
        piece.lay_out(self.sheet.width, zoom)
        self.pieces.append(piece)
        self._column.addWidget(piece, 0, Qt.AlignmentFlag.AlignLeft)
        piece.show()


def pixels(centimetres: float, zoom: float) -> int:
    """A length on an ordinary screen."""
    return round(centimetres * SCREEN_DOTS / INCH * zoom)


def pieces_of(html: str) -> list[str]:
    """A sheet cut between its paragraphs and tables into pieces that are quick to lay out, each a page of HTML."""
    start, body = html.index("<body>") + len("<body>"), html.rindex("</body>")
    pieces = [""]
    for block in _BLOCK.split(html[start:body]):
        whole = pieces[-1].count("<table") == pieces[-1].count("</table>")
        if whole and len(pieces[-1]) > PIECE:
            pieces.append("")
        pieces[-1] += block
    return [html[:start] + piece + html[body:] for piece in pieces if piece.strip()]


class PreviewPane(QScrollArea):
    """Sheets under one another, by themselves as large as there is room, up to the size of the paper.

    `zoom_changed` carries the zoom and whether it fits by itself; `counted` comes when all sheets stand there.
    """

    zoom_changed = Signal(float, bool)
    counted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._papers: list[Paper] = []
        self._sheets: list[Sheet] = []
        self._waiting: deque[Callable[[], None]] = deque()
        self._kept: dict[tuple[float, str], list[Piece]] = {}
        self._zoom, self._fits = 1.0, True
        self._at = 0
        self.setObjectName("report_preview")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = QWidget()
        self._ground.setObjectName("preview_ground")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(20, 20, 20, 20)
        self._column.setSpacing(16)
        self.setWidget(self._ground)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        ctx.theme_changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        theme = self._ctx.theme
        grey = theme.hex("window" if theme.dark else "line")
        accent = theme.hex("accent")
        self.setStyleSheet(
            f"QScrollArea#report_preview {{ border: none; border-top: 2px solid {grey}; background: {grey}; }}"
            f" QScrollArea#report_preview:focus {{ border-top: 2px solid {accent}; }}"
            f" QWidget#preview_ground {{ background: {grey}; }}"
        )

    @property
    def zoom(self) -> float:
        """The size of the sheets; 1 is that of the paper."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the sheets are as large as there is room."""
        return self._fits

    @property
    def done(self) -> bool:
        """Whether all sheets stand there."""
        return not self._waiting

    @property
    def pages(self) -> int:
        """About how many pages the report has in Word; 0 while that is not known."""
        return sum(paper.pages for paper in self._papers) if self.done else 0

    def sheets(self) -> list[Sheet]:
        """What is shown, or about to be."""
        return list(self._sheets)

    def plain_text(self) -> str:
        """All that is shown, without its look."""
        return "\n".join(piece.toPlainText() for paper in self._papers for piece in paper.pieces)

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Show `sheets`, piece by piece so that the window never waits; the place stays."""
        if self._sheets == list(sheets):
            return
        if self._papers and self.done:
            self._at = self.verticalScrollBar().value()
        self._keep_pieces()
        clear_layout(self._column)
        self._papers, self._sheets = [], list(sheets)
        self._waiting.clear()
        for sheet in sheets:
            self._waiting.append(partial(self._add_paper, sheet))
            for html in pieces_of(sheet.html):
                self._waiting.append(partial(self._add_piece, html))
        self._timer.start()

    def _keep_pieces(self) -> None:
        """Take the pieces off their papers: those that say the same in the new sheets need not be laid out again."""
        for paper in self._papers:
            for piece in paper.pieces:
                piece.hide()
                piece.setParent(self)
                self._kept.setdefault((paper.sheet.width, piece.html), []).append(piece)

    def _drop_kept(self) -> None:
        for pieces in self._kept.values():
            for piece in pieces:
                piece.deleteLater()
        self._kept = {}

    def clear(self) -> None:
        """Show nothing."""
        self.show_sheets(())
        self._at = 0

    def _next(self) -> None:
        until = time.monotonic() + TURN
        while self._waiting:
            self._waiting.popleft()()
            if time.monotonic() > until:
                break
        if not self._waiting:
            self._timer.stop()
            self._drop_kept()
            self.counted.emit()
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(self._at))

    def _add_paper(self, sheet: Sheet) -> None:
        paper = Paper(sheet)
        self._papers.append(paper)
        paper.set_zoom(self._zoom)
        if len(self._papers) > 1:
            # the room beneath the last one
            self._column.takeAt(self._column.count() - 1)
        self._column.addWidget(paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        if self._fits:
            self._fit()

    def _lay_out(self, piece: Piece, centimetres: float) -> None:
        piece.lay_out(centimetres, self._zoom)

    def _add_piece(self, html: str) -> None:
        paper = self._papers[-1]
        if kept := self._kept.get((paper.sheet.width, html)):
            paper.add(kept.pop(0), self._zoom)
            return
        piece = Piece(html)
        piece.measure(paper.sheet.width)
        paper.add(piece, self._zoom)
        piece.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        piece.customContextMenuRequested.connect(
            lambda place: show_menu(self._ctx, piece, place, partial(self._whole, piece))
        )

    def _whole(self, piece: Piece, table: QTextTable) -> str:
        """A page of HTML of the whole table of which `table` may be a part."""
        every = [(one, part) for paper in self._papers for one in paper.pieces for part in tables_in(one.document())]
        number = next(
            at for at, (one, part) in enumerate(every)
            if one is piece and part.firstPosition() == table.firstPosition()
        )  # fmt: skip
        return whole_table((sheet.html for sheet in self._sheets), number)

    # size

    def set_zoom(self, zoom: float | None) -> None:
        """Show the sheets at `zoom`; None makes them as large as there is room."""
        self._fits = zoom is None
        if zoom is None:
            self._fit()
        else:
            self._set(min(MOST, max(LEAST, zoom)))
        self.zoom_changed.emit(self._zoom, self._fits)

    def step(self, steps: int) -> None:
        """Larger (positive) or smaller by `steps`."""
        self.set_zoom(round((round(self._zoom / STEP) + steps) * STEP, 2))

    def _fit(self) -> None:
        turned = any(sheet.landscape for sheet in self._sheets)
        margins = self._column.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right() - 4
        zoom = room / ((LANDSCAPE if turned else PORTRAIT) * SCREEN_DOTS / INCH)
        self._set(min(1.0, max(LEAST, int(zoom * 100) / 100)))

    def _set(self, zoom: float) -> None:
        if zoom == self._zoom:
            return
        if self.done:
            self._at = round(self.verticalScrollBar().value() * zoom / self._zoom)
        self._zoom = zoom
        for paper in self._papers:
            paper.set_zoom(zoom)
            for piece in paper.pieces:
                self._waiting.append(partial(self._lay_out, piece, paper.sheet.width))
        if self._waiting:
            self._timer.start()
        self.zoom_changed.emit(zoom, self._fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._refit)

    def _refit(self) -> None:
        if self._fits:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
