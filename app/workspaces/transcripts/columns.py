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
    """Sources, the text, and codes. Their sizes are the window's until a person chooses others, which come back where
    there is room for them again."""

    def __init__(self, ctx: Context, sources: QWidget, text: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, sources, text, right)
        self._ctx = ctx
        self.chosen: list[int] = []
        """The sizes that a person gave them; none as long as nobody did."""
        self.setStretchFactor(1, 1)
        self.setSizes([LEFT, 1366 - 76 - LEFT - RIGHT, RIGHT])
        self.splitterMoved.connect(self._on_moved)

    def restore(self, sizes: list[int]) -> None:
        """Take sizes that a person chose before."""
        self.chosen = sizes
        self.make_room()

    def _on_moved(self) -> None:
        self.chosen = self.sizes()

    def make_room(self) -> None:
        width, px = self.width(), self._ctx.theme.px
        wide = width > 1500
        left, right = (px(LEFT + 34), px(RIGHT + 44)) if wide else (px(LEFT), px(RIGHT))
        if len(self.chosen) == 3:
            left, _, right = self.chosen
        if not self.chosen or width - left - right < min(px(TEXT), width // 2):
            left, right = min(left, round(width * 0.19)), min(right, round(width * 0.27))
        if width > left + right:
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
