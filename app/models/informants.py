"""The list of informants."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.context import Context
from app.models.row_lists import RowList
from coding.errors import mark
from coding.transcripts.rows import InformantRow

CATEGORY_NAMES: dict[str, str] = {
    "key": mark("key informant"),
    "main": mark("main informant"),
    "supporting": mark("supporting informant"),
}


class InformantsModel(RowList[InformantRow]):
    """Informants in the order of the study."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def key_of(self, row: InformantRow) -> str:
        return row.guid

    def text_of(self, row: InformantRow) -> str:
        return ", ".join(part for part in (row.code, row.role) if part)
