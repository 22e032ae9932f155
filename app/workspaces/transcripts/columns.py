"""The splitters of the workspace: what one works with keeps its room, whatever window the sizes were kept from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.context import Context

LEFT, RIGHT = 226, 306
"""Pixels of the sides at 1366×768."""
TEXT, CODES = 520, 220
"""Pixels of the text's column and of the list of codes that are theirs where half the window has as many."""


class Splitter(QSplitter):
    """Parts that are never folded away."""

    def __init__(self, orientation: Qt.Orientation, *widgets: QWidget) -> None:
        super().__init__(orientation)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget in widgets:
            self.addWidget(widget)

    def make_room(self) -> None:
        """Give what comes first at least its room."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()


class Columns(Splitter):
    """Sources, the text, and codes. Their sizes are the window's until a person chooses others."""

    def __init__(self, ctx: Context, sources: QWidget, text: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, sources, text, right)
        self._ctx = ctx
        self._sized = False
        self.setStretchFactor(1, 1)
        self.setSizes([LEFT, 1366 - 76 - LEFT - RIGHT, RIGHT])

    def restore(self, sizes: list[int]) -> None:
        """Take sizes that were kept."""
        self._sized = True
        self.setSizes(sizes)
        self.make_room()

    def make_room(self) -> None:
        width, sizes = self.width(), self.sizes()
        wide, px = width > 1500, self._ctx.theme.px
        most = round(width * 0.19), round(width * 0.27)
        if not self._sized and width > 800:
            self._sized = True
            left, right = min(px(LEFT + 34 if wide else LEFT), most[0]), min(px(RIGHT + 44 if wide else RIGHT), most[1])
        elif self._sized and sizes[1] < min(px(TEXT), width // 2):
            left, right = min(sizes[0], most[0]), min(sizes[2], most[1])
        else:
            return
        self.setSizes([left, width - left - right, right])


class CodesOverSegment(Splitter):
    """The list of codes, and below it the segment."""

    def __init__(self, ctx: Context, codes: QWidget, segment: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, codes, segment)
        self._ctx = ctx
        self.setMinimumWidth(220)
        self.setStretchFactor(0, 1)
        self.setSizes([410, 298])

    def make_room(self) -> None:
        height, wanted = self.height(), min(self._ctx.theme.px(CODES), self.height() // 2)
        if self.sizes()[0] < wanted:
            self.setSizes([wanted, height - wanted])
