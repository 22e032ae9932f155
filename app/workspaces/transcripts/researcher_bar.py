"""One line under the header: coded segments that lie in the researcher's turns, with a way from one to the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.context import Context
from app.widgets.parts import ElidedLabel, button
from coding.segments.rows import SegmentRow
from coding.words import Notice


class ResearcherBar(QFrame):
    """Hidden while there are none. `segment_asked` hands over the next one with each click."""

    segment_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._rows: list[SegmentRow] = []
        self._last = ""
        self.setObjectName("researcher_bar")
        self.setProperty("surface", "side")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 2, 12, 2)
        row.setSpacing(8)
        self.words = ElidedLabel("", "warning")
        self.show_button = button("", "link", name="show_researcher_segments")
        self.show_button.clicked.connect(self._on_clicked)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_button)
        self.hide()

    def show_rows(self, rows: list[SegmentRow], notice: Notice | None) -> None:
        """Show how many segments `rows` are, as `notice` says it; nothing with None."""
        self._rows = rows
        self.setVisible(notice is not None)
        if notice is not None:
            self.words.setText(notice.say(self._ctx.words))
            self.show_button.setText(self._ctx.t("Show the next"))
            self.show_button.setAccessibleName(f"{self.words.full_text()}: {self.show_button.text()}")

    def _on_clicked(self) -> None:
        guids = [row.guid for row in self._rows]
        after = guids.index(self._last) + 1 if self._last in guids else 0
        self._last = guids[after % len(guids)]
        self.segment_asked.emit(self._last)
