"""The page preview: white sheets on grey, the same texts and numbers as in Word."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument, QTextFormat, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import clear_layout

if TYPE_CHECKING:
    from coding.reports.preview import Sheet

INCH, SCREEN_DOTS = 2.54, 96
PORTRAIT, LANDSCAPE = 21.0, 29.7
"""Widths of an A4 page in centimetres."""
TOP, BOTTOM = 3.0, 3.0
LEAST, MOST, STEP = 0.5, 2.0, 0.1


class Paper(QFrame):
    """One white sheet with its text; as long as the text is."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.setObjectName("paper")
        self.setStyleSheet("QFrame#paper { background: #ffffff; border: 1px solid rgba(0, 0, 0, 30); }")
        self.text = QTextBrowser()
        self.text.setObjectName("paper_text")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setStyleSheet(
            "QTextBrowser { background: #ffffff; color: #000000; border: none; padding: 0; border-radius: 0;"
            " selection-background-color: #b9d0e8; selection-color: #000000; }"
        )
        self.text.setOpenLinks(False)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.text.setHtml(sheet.html)
        document = self.text.document()
        document.setDocumentMargin(0)
        # lines break alike at every zoom, as they do on paper
        document.setUseDesignMetrics(True)
        _keep_sizes(document)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.text)
        self._device = QImage(1, 1, QImage.Format.Format_RGB32)

    @property
    def page_width(self) -> float:
        """Of the page, in centimetres."""
        return LANDSCAPE if self.sheet.landscape else PORTRAIT

    def set_zoom(self, zoom: float) -> None:
        """Show the sheet at `zoom` (1 is the size of the paper on an ordinary screen)."""
        per_centimetre = SCREEN_DOTS / INCH * zoom
        # texts, tables and pictures follow the resolution of the device the text is laid out for
        device = QImage(1, 1, QImage.Format.Format_RGB32)
        dots = round(per_centimetre * 100)
        device.setDotsPerMeterX(dots)
        device.setDotsPerMeterY(dots)
        document = self.text.document()
        document.documentLayout().setPaintDevice(device)
        self._device = device
        wide = round(self.sheet.width * per_centimetre)
        sides = round((self.page_width - self.sheet.width) / 2 * per_centimetre)
        top, bottom = round(TOP * per_centimetre), round(BOTTOM * per_centimetre)
        document.setTextWidth(wide)
        size = document.documentLayout().documentSize()
        # the frame of a table that is as wide as the text lies outside it
        over = max(0, ceil(size.width()) - wide)
        self.text.setFixedSize(wide + over, ceil(size.height()) + 2)
        self._column.setContentsMargins(sides, top, max(sides - over, 0), bottom)
        self.setFixedSize(wide + 2 * sides + 2, self.text.height() + top + bottom)


def _keep_sizes(document: QTextDocument) -> None:
    """Let headings have the size they ask for, which Qt otherwise enlarges by their level."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            look = cursor.charFormat()
            look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            cursor.setCharFormat(look)
        block = block.next()


class PreviewPane(QScrollArea):
    """Sheets under one another, by themselves as large as there is room, up to the size of the paper.

    `zoom_changed` carries the zoom and whether it fits by itself.
    """

    zoom_changed = Signal(float, bool)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._papers: list[Paper] = []
        self._waiting: list[Sheet] = []
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

    def sheets(self) -> list[Sheet]:
        """What is shown."""
        return [paper.sheet for paper in self._papers]

    def plain_text(self) -> str:
        """All that is shown, without its look."""
        return "\n".join(paper.text.toPlainText() for paper in self._papers)

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Show `sheets`, one after the other so that the window never waits; the place stays."""
        if [*self.sheets(), *self._waiting] == list(sheets):
            return
        if self._papers and not self._waiting:
            self._at = self.verticalScrollBar().value()
        clear_layout(self._column)
        self._papers = []
        self._waiting = list(sheets)
        self._timer.start()

    def clear(self) -> None:
        """Show nothing."""
        self._at = 0
        self.show_sheets(())

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        paper = Paper(self._waiting.pop(0))
        paper.text.viewport().installEventFilter(self)
        self._papers.append(paper)
        if self._fits:
            self._fit()
        paper.set_zoom(self._zoom)
        if self._column.count() and self._column.itemAt(self._column.count() - 1).spacerItem() is not None:
            self._column.takeAt(self._column.count() - 1)
        self._column.addWidget(paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        if not self._waiting:
            self._timer.stop()
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(self._at))

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
        widest = max((paper.page_width for paper in self._papers), default=PORTRAIT)
        margins = self._column.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right() - 4
        zoom = room / (widest * SCREEN_DOTS / INCH)
        self._set(min(1.0, max(LEAST, int(zoom * 100) / 100)))

    def _set(self, zoom: float) -> None:
        if zoom != self._zoom:
            share = zoom / self._zoom
            at = self.verticalScrollBar().value()
            self._zoom = zoom
            for paper in self._papers:
                paper.set_zoom(zoom)
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(round(at * share)))
            self.zoom_changed.emit(zoom, self._fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._refit)

    def _refit(self) -> None:
        if self._fits:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.step(1 if event.angleDelta().y() > 0 else -1)
                return True
            # a sheet has nothing to scroll of its own
            self.wheelEvent(event)
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
