"""A list of coded segments."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.context import Context
from app.models.row_lists import RowList
from coding.segments.rows import SegmentRow


class SegmentsModel(RowList[SegmentRow]):
    """Segments in the order in which they were given."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def key_of(self, row: SegmentRow) -> str:
        return row.guid

    def text_of(self, row: SegmentRow) -> str:
        return f"{' '.join(row.text.split())} ({row.source})"
