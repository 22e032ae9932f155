"""The lower right: the current coded segment, or all segments of the chosen code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.models.code_book import CodeBook
from app.widgets.parts import SectionHeader, label
from app.workspaces.transcripts.code_segments import CodeNav, CodeSegments
from app.workspaces.transcripts.segment_details import SegmentDetails
from coding.segments.rows import SegmentRow


class SegmentPanel(QFrame):
    """Shows a segment, a code's segments, or what to do when there is neither.

    While a code's segments are gone through, `nav` stays above both the list and the single segment.
    """

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("surface", "panel")
        self.nav = CodeNav(ctx)
        self.details = SegmentDetails(ctx)
        self.code_segments = CodeSegments(ctx)
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        self._empty_head = SectionHeader()
        self._hint = label("", "dim", wrap=True)
        column.addWidget(self._empty_head)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.stack = QStackedWidget()
        for page in (self._empty, self.details, self.code_segments):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.nav)
        outer.addWidget(self.stack, 1)
        self.nav.hide()
        self.nav.list_asked.connect(self.show_list)
        self.nav.stepped.connect(self.code_segments.step)
        self.retranslate()
        self.recolor()

    def show_segment(self, row: SegmentRow, book: CodeBook, place: tuple[int, int]) -> None:
        """Show one segment; when it is none of the code's that are gone through, those are left."""
        number, total = self.code_segments.place_of(row.guid)
        if not number:
            self.nav.hide()
        self.nav.show_place(number, total)
        self.code_segments.choose(row.guid)
        self.details.show_segment(row, book, place)
        self.stack.setCurrentWidget(self.details)

    def show_code(self, name: str, full: str, color: int, rows: Sequence[SegmentRow]) -> None:
        """Show the segments of a code as a list; `full` is its name with the dimension."""
        self.nav.show_code(name, full, color)
        self.code_segments.show_segments(rows)
        self.show_list()

    def renew_code(self, rows: Sequence[SegmentRow]) -> None:
        """The segments of the code that is gone through were read again."""
        self.code_segments.show_segments(rows)
        self._place()

    def show_list(self) -> None:
        """Show the list of the code that is gone through."""
        self.details.memo.store()
        self.nav.show()
        self.stack.setCurrentWidget(self.code_segments)
        self._place()

    def show_nothing(self) -> None:
        """Say what to do."""
        self.details.memo.store()
        self.nav.hide()
        self.stack.setCurrentWidget(self._empty)

    @property
    def goes_through_code(self) -> bool:
        """Whether the segments of a code are gone through."""
        return not self.nav.isHidden()

    @property
    def shows_list(self) -> bool:
        """Whether the list of a code's segments is shown."""
        return self.stack.currentWidget() is self.code_segments

    @property
    def shows_segment(self) -> bool:
        """Whether a single segment is shown."""
        return self.stack.currentWidget() is self.details

    def _place(self) -> None:
        at = self.code_segments.view.currentIndex().row() + 1
        self.nav.show_place(at, self.code_segments.model.rowCount())

    def retranslate(self) -> None:
        t = self._ctx.t
        self._empty_head.set_text(t("Coded segment"))
        self._hint.setText(
            t(
                "Select words and click a code, or put the caret in a sentence and double-click a code or press its "
                "number. Then +, - or 0 for its direction."
            )
        )
        for part in (self.nav, self.details, self.code_segments):
            part.retranslate()
        self._place()

    def recolor(self) -> None:
        """Take on the present theme."""
        for part in (self.nav, self.details, self.code_segments):
            part.recolor()
