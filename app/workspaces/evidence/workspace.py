"""The workspace Evidence: a filter, the table of what fits, and the current passage in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.actions.registry import Action
from app.context import Context
from app.models.evidence_model import EvidenceModel
from app.models.evidence_words import COLUMNS, SORTS, Choices
from app.widgets.parts import EmptyState, line
from app.workspaces.base import Workspace
from app.workspaces.evidence.actions import back_action, evidence_actions
from app.workspaces.evidence.asking import EvidenceAsking
from app.workspaces.evidence.bar import ChosenBar
from app.workspaces.evidence.edits import EvidenceEdits
from app.workspaces.evidence.filter_bar import FilterBar
from app.workspaces.evidence.keeping import Kept, keep, restore
from app.workspaces.evidence.preview import Preview
from app.workspaces.evidence.reading import EvidenceReading
from app.workspaces.evidence.saved import SavedFilters
from app.workspaces.evidence.table_view import EvidenceTableView
from coding.changes import Changes
from coding.errors import mark
from coding.segments.evidence_filter import EvidenceFilter, EvidenceSort

if TYPE_CHECKING:
    import numpy as np

    from coding.segments.evidence import Found

    Ids = np.ndarray[Any, np.dtype[np.int64]]

ROOM = 880
"""Pixels that table and preview need beside each other."""
SIDE = 296
LISTED = Changes.SEGMENTS | Changes.MEMOS | Changes.SOURCES | Changes.INFORMANTS | Changes.CODES
"""What, when it changes, may change which segments are shown, their order or their rows."""
OFFERED = Changes.SOURCES | Changes.INFORMANTS | Changes.CODES


class EvidenceWorkspace(Workspace):
    """All coded segments of the project."""

    key = "evidence"
    title = mark("Evidence")
    icon = "evidence"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.model = EvidenceModel(ctx, self)
        self.reading = EvidenceReading(ctx, self.model, self)
        self.edits = EvidenceEdits(ctx, self)
        self.saved = SavedFilters(ctx, self)
        self.asking = EvidenceAsking(ctx, self)
        self.filter_bar = FilterBar(ctx)
        self.table = EvidenceTableView(ctx, self.model)
        self.bar = ChosenBar(ctx, self)
        self.preview = Preview(ctx)
        self.choices = Choices()
        self._total: int | None = None
        self._counted = False
        self.preview_wanted = True
        self._stale = False
        self._left = False
        self._kept: Kept | None = None
        self._build()
        self._connect()
        ctx.actions.add([back_action(self)])
        self.retranslate()

    def _build(self) -> None:
        main = QFrame()
        main.setProperty("surface", "panel")
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(6)
        head.addWidget(self.filter_bar)
        head.addWidget(self.bar)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        self.empty = EmptyState(self.ctx, "evidence")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(QWidget())
        column.addWidget(self.pages, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("evidence_splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(main)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setChildrenCollapsible(False)
        main.setMinimumWidth(460)
        self.preview.setMinimumWidth(230)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.splitter.setSizes([1000, self.ctx.theme.px(SIDE)])

    def _connect(self) -> None:
        self.filter_bar.filter_changed.connect(lambda chosen: self.show_filter(chosen, self.reading.sort))
        self.filter_bar.left.connect(self.focus_table)
        self.reading.found.connect(self._on_found)
        self.reading.choices_read.connect(self._show_choices)
        table = self.table
        table.entered.connect(self.go_to_transcript)
        table.valence_pressed.connect(self.edits.set_valence)
        table.meant.connect(self._on_key)
        table.menu_asked.connect(self.asking.show_menu)
        table.left.connect(self._on_escape)
        table.sort_asked.connect(self.sort_by)
        table.chosen_changed.connect(self._on_chosen)
        self.model.dataChanged.connect(lambda *_: self._show_current())
        self.preview.opened.connect(self._go)
        self.preview.stepped.connect(self._step)
        self.ctx.evidence_requested.connect(lambda chosen: self.show_filter(chosen, EvidenceSort()))

    # the project

    @property
    def writable(self) -> bool:
        """Whether segments can be changed."""
        return self.ctx.project is not None and not self.ctx.project.read_only

    def on_project_opened(self) -> None:
        self._total, self._left = None, False
        self.model.clear()
        self.reading.begin()
        self._show_choices(Choices())

    def on_project_closed(self) -> None:
        self.reading.begin()
        self.model.clear()
        self._show_choices(Choices())

    def on_changed(self, changes: Any) -> None:
        if changes & OFFERED and self.choices.known:
            self.reading.read_choices()
        if changes & Changes.VIEWS:
            self.saved.read()
        if changes & LISTED:
            self.model.outdate()
            self._stale = True
            if self.isVisible():
                self._refresh()

    def on_shown(self) -> None:
        self._left = False
        if self._stale:
            self._refresh()
        # after the window has brought it to the front
        QTimer.singleShot(0, self, self.focus_table)

    def _refresh(self) -> None:
        if self.ctx.project is not None:
            self._stale = False
            self.reading.refresh()

    def state(self) -> dict[str, Any]:
        return keep(self)

    def restore(self, state: dict[str, Any]) -> None:
        self._kept = restore(self, state)

    # what is shown

    def show_filter(self, chosen: EvidenceFilter, sort: EvidenceSort) -> None:
        """Show what fits `chosen`, in the order `sort`."""
        self.filter_bar.show_filter(chosen)
        self.table.delegate.found = chosen.text
        columns = {SORTS.get(name, name): name for name in COLUMNS}
        self.table.show_sort(columns[sort.key] if sort != EvidenceSort() else "", sort.descending)
        self._stale = False
        self.reading.ask(chosen, sort)

    def sort_by(self, column: str, *_: object) -> None:
        """Order by a column; once more, and the order is turned."""
        key, sort = SORTS.get(column, column), self.reading.sort
        turned = sort.key == key and not sort.descending
        self.show_filter(self.reading.chosen, EvidenceSort(key, turned))  # type: ignore[arg-type]

    def show_column(self, column: str, shown: bool) -> None:
        """Show a column, or hide it."""
        self.table.show_columns(self.table.hidden - {column} if shown else self.table.hidden | {column})

    def _on_found(self, found: Found) -> None:
        import numpy as np

        if not self.choices.known:
            # after the first rows, which the person waits for
            self.reading.read_choices()
            self.saved.read()
        self._counted = found.complete
        if found.complete:
            self._total = found.total
        same = np.array_equal(np.asarray(self.model.ids), np.asarray(found.ids))
        if same:
            self.table.look()
            self.table.viewport().update()
        else:
            self._replace(found)
        page = 0 if len(found.ids) else 2 if self._total is None else 1
        self.pages.setCurrentIndex(page)
        self._say_empty()
        self._on_chosen()

    def _replace(self, found: Found) -> None:
        """Show other segments; what was chosen and where one was stays, as far as it is still there."""
        import numpy as np

        from app.workspaces.evidence.keeping import ranges_of

        table, ids = self.table, np.asarray(found.ids, np.int64)
        kept, self._kept = self._kept, None
        chosen = table.chosen_ids() if kept is None else ids[:0]
        row, place = (table.current_row(), table.place()) if kept is None else (kept.row, kept.place)
        old = self.model.ids
        current = int(old[row]) if kept is None and 0 <= row < len(old) else None
        top = int(old[place[0]]) if kept is None and place[0] < len(old) else None
        self.model.set_ids(ids)
        ranges = ranges_of(ids, chosen)
        at = _place_of(ids, current)
        if at is None and row >= 0 and len(ids):
            at = min(row, len(ids) - 1)
            ranges = ranges or [(at, at)]
        first = _place_of(ids, top)
        table.restore_place((place[0] if first is None else first, place[1]))
        if at is not None:
            table.choose(ranges, at)
            if kept is None and first is None:
                table.scrollTo(self.model.index_of(at))

    def _show_choices(self, choices: Choices) -> None:
        self.choices = choices
        self.filter_bar.show_choices(choices)
        self.model.refresh()
        self._show_current()

    def chosen_ids(self) -> Ids:
        """The ids of the chosen segments, in the order of the table."""
        return self.table.chosen_ids()

    def _on_chosen(self) -> None:
        total = self._total if self._counted else None
        self.bar.show_counts(len(self.model.ids), total, self.table.chosen_count())
        self._show_current()
        self.ctx.actions.refresh()

    def _show_current(self) -> None:
        row = self.model.evidence(self.table.current_row())
        self.preview.show_row(row, {person.code: person for person in self.choices.informants})

    def _say_empty(self) -> None:
        t = self.ctx.t
        if self._total:
            text = t("Drop a part of the filter, or clear it.")
            self.empty.set(t("No coded segment fits the filter"), text, t("Clear the filter"), self.filter_bar.clear)
        else:
            text = t("What you code in the transcripts stands here, from all sources together.")
            self.empty.set(t("Nothing is coded yet"), text, t("Go to the transcripts"), self._to_transcripts)

    def _to_transcripts(self) -> None:
        self.ctx.show_workspace("transcripts")

    # going places

    def focus_table(self) -> None:
        """Give the keyboard to the table, or to what can be done instead."""
        if self.isVisible():
            (self.table if self.pages.currentIndex() == 0 else self.empty.button).setFocus()

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.filter_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_bar.field.selectAll()

    def _on_escape(self) -> None:
        if self.filter_bar.chosen.text:
            self.focus_search()

    def go_to_transcript(self) -> None:
        """Show the current segment in its transcript."""
        row = self.model.evidence(self.table.current_row())
        if row is not None:
            self._go(row.segment.guid)

    def _go(self, guid: str) -> None:
        self.ctx.go_to_segment(guid)
        self._left = True
        self.ctx.actions.refresh()

    def can_come_back(self) -> bool:
        """Whether the person went from here to a transcript."""
        return self._left and self.ctx.project is not None and not self.isVisible()

    def come_back(self) -> None:
        """Show the table again, as it was left."""
        self.ctx.show_workspace(self.key)

    def _on_key(self, meaning: str) -> None:
        edits = self.edits
        {
            "remove": edits.remove,
            "star": edits.toggle_star,
            "reported": edits.toggle_reported,
            "recode": self.asking.ask_code,
        }[meaning]()

    def _step(self, step: int) -> None:
        at = self.table.current_row() + step
        if 0 <= at < len(self.model.ids):
            self.table.choose([(at, at)], at)
            self.table.scrollTo(self.model.index_of(at))
            if self.preview.card is not None:
                self.preview.card.setFocus()

    # words and looks

    def toggle_context(self) -> None:
        """Show the sentences around each passage, or only the passages."""
        self.table.set_context(not self.table.delegate.context)

    def toggle_preview(self) -> None:
        """Show the current passage beside the table, or give the table all the room."""
        self.show_preview(not self.preview_wanted)

    def show_preview(self, wanted: bool) -> None:
        """Show the passage beside the table, where there is room for both."""
        self.preview_wanted = wanted
        self.preview.setVisible(wanted and self.width() >= ROOM * self.ctx.theme.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_preview(self.preview_wanted)

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.ctx.t("Coded segments"))
        self.filter_bar.retranslate()
        self.bar.retranslate()
        self.model.refresh()
        self.preview.refresh()
        self._say_empty()
        self._on_chosen()

    def on_theme_changed(self) -> None:
        self.filter_bar.take_theme()
        self.bar.take_theme()
        self.table.take_theme()
        self.preview.refresh()

    def actions(self) -> list[Action]:  # type: ignore[override]
        return evidence_actions(self)


def _place_of(ids: Any, number: int | None) -> int | None:
    """The place of an id; None when it is not there."""
    import numpy as np

    found = np.flatnonzero(ids == (-1 if number is None else number))
    return int(found[0]) if len(found) else None
