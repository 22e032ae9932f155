"""The list of sources, under a heading for each method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from app.context import Context
from app.models.row_lists import Index, RowList
from coding.errors import mark
from coding.transcripts.drafts import METHODS, Method
from coding.transcripts.rows import SourceRow

METHOD_NAMES: dict[str, str] = {
    "interview": mark("Interview"),
    "focus_group": mark("Focus group"),
    "observation": mark("Observation"),
    "document": mark("Document"),
    "questionnaire": mark("Questionnaire"),
}
"""One source of each method."""

METHOD_GROUPS: dict[str, str] = {
    "interview": mark("Interviews"),
    "focus_group": mark("Focus groups"),
    "observation": mark("Observations"),
    "document": mark("Documents"),
    "questionnaire": mark("Questionnaires"),
}
"""The headings over several."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The method over its sources, and how many they are."""

    method: Method
    count: int


class SourcesModel(RowList[Heading | SourceRow]):
    """Headings can't be chosen, so that the arrow keys go from source to source."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def key_of(self, row: Heading | SourceRow) -> str:
        return row.method if isinstance(row, Heading) else row.guid

    def text_of(self, row: Heading | SourceRow) -> str:
        ctx = self._ctx
        if isinstance(row, Heading):
            return f"{ctx.t(METHOD_GROUPS[row.method])} · {ctx.words.number(row.count)}"
        segments = ctx.n("{count} coded segment", "{count} coded segments", count=row.segments)
        parts = [
            row.name,
            ctx.words.date(row.date),
            segments,
            ctx.t("{share} coded", share=ctx.words.percent(row.coded)),
        ]
        return ", ".join(part for part in parts if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def set_sources(self, sources: Sequence[SourceRow]) -> None:
        """Show these, in their order within each method."""
        rows: list[Heading | SourceRow] = []
        for method in METHODS:
            members = [source for source in sources if source.method == method]
            if members:
                rows += [Heading(method, len(members)), *members]
        self.set_rows(rows)

    def source(self, guid: str) -> SourceRow | None:
        """The source with this guid."""
        return next((row for row in self.sources() if row.guid == guid), None)

    def sources(self) -> list[SourceRow]:
        """The sources in the order in which they stand."""
        return [row for row in self.rows if isinstance(row, SourceRow)]
