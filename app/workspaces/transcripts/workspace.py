"""The Transcripts workspace put together: sources, text, codes, the current segment."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.registry import Action
from app.context import Context
from app.transcript.selection_bar import BarCode
from app.transcript.view import TranscriptView
from app.widgets.parts import EmptyState
from app.workspaces.base import Workspace
from app.workspaces.transcripts.actions import transcript_actions
from app.workspaces.transcripts.after_paint import AfterPaint
from app.workspaces.transcripts.code_card import CodeCard
from app.workspaces.transcripts.code_help import CodeHelp
from app.workspaces.transcripts.codes_panel import CodesPanel
from app.workspaces.transcripts.columns import CodesOverSegment, Columns
from app.workspaces.transcripts.desk import Desk
from app.workspaces.transcripts.importing import Importing
from app.workspaces.transcripts.kept_keys import KeptKeys
from app.workspaces.transcripts.library import Library
from app.workspaces.transcripts.number_keys import NumberKeys
from app.workspaces.transcripts.reading import Reading
from app.workspaces.transcripts.reading_actions import reading_actions
from app.workspaces.transcripts.researcher_bar import ResearcherBar
from app.workspaces.transcripts.segment_memos import SegmentMemos
from app.workspaces.transcripts.segment_panel import SegmentPanel
from app.workspaces.transcripts.source_header import SourceHeader
from app.workspaces.transcripts.sources_panel import SourcesPanel
from app.workspaces.transcripts.steps import Steps
from app.workspaces.transcripts.stripes import StripeControl
from app.workspaces.transcripts.tag_commands import TagCommands
from app.workspaces.transcripts.tagging import Tagging
from app.workspaces.transcripts.topics import Topics
from app.workspaces.transcripts.uncounted import say_uncounted
from coding.changes import Changes
from coding.errors import mark
from coding.segments.rows import SegmentRow


class TranscriptsWorkspace(Workspace):
    """Sources at the left, the text in the middle, codes and the current segment at the right."""

    key = "transcripts"
    title = mark("Transcripts")
    icon = "transcripts"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.view = TranscriptView(ctx)
        self.tagging = Tagging(ctx, self.view.target, self)
        self.desk = Desk(ctx, self.view, self.tagging, self)
        self.sources = SourcesPanel(ctx)
        self.header = SourceHeader(ctx)
        self.researcher = ResearcherBar(ctx)
        self.codes = CodesPanel(ctx)
        self.segment = SegmentPanel(ctx)
        self._following = False
        self._beside = AfterPaint(self._show_beside, self)
        self._build()
        self.card = CodeCard(ctx, self.middle)
        self.library = Library(ctx, self)
        self.help = CodeHelp(ctx, self)
        self.importing = Importing(ctx, self)
        self.steps = Steps(ctx, self)
        self.commands = TagCommands(ctx, self)
        self.topics = Topics(ctx, self)
        self.memos = SegmentMemos(ctx, self)
        self.kept_keys = KeptKeys(ctx, self)
        self._connect()
        self.stripes = StripeControl(ctx, self)
        self.reading = Reading(ctx, self)
        self.retranslate()
        self.on_theme_changed()

    def _build(self) -> None:
        self.empty = EmptyState(self.ctx, "transcripts")
        self.pages = QStackedWidget()
        for page in (self.view, self.empty):
            self.pages.addWidget(page)
        self.middle = QWidget()
        self.middle.setProperty("surface", "panel")
        self.middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.pages, 1)
        # below the text, which must not move when there is something to say
        column.addWidget(self.researcher)
        self._build_columns()
        self._order_keys()

    def _build_columns(self) -> None:
        self.right = CodesOverSegment(self.ctx, self.codes, self.segment)
        self.columns = Columns(self.ctx, self.sources, self.middle, self.right)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.columns)
        self._to_text = False

    def _order_keys(self) -> None:
        details, sources = self.segment.details, self.sources
        order = (
            *(sources.add, sources.source_list, sources.fold, sources.informant_list),
            *(self.header.details, self.header.reading),
            *(self.view.area, self.researcher.show_button, self.codes.tabs.more),
            *(self.codes.tree, self.segment.nav.name),
            *(self.segment.nav.previous, self.segment.nav.next, self.segment.nav.close_button),
            *(self.segment.code_segments.view, details.star, details.topic, details.change),
            *(details.valences, details.memo, details.remove),
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        ctx, view, tagging = self.ctx, self.view, self.tagging
        view.selection_changed.connect(self._on_caret)
        view.segment_selected.connect(self._on_segment_selected)
        view.key_digit.connect(tagging.digit)
        view.key_valence.connect(tagging.set_valence)
        view.key_remove.connect(self.remove_segment)
        view.key_palette.connect(self.help.open_palette)
        view.edge_moved.connect(tagging.move_edges)
        view.step_segment.connect(self.steps.to_segment)
        tagging.rows_changed.connect(self._show_rows)
        tagging.current_changed.connect(self.show_current)
        tagging.recent_changed.connect(self._show_recent)
        tagging.reading_asked.connect(self.desk.renew_rows)
        details = self.segment.details
        details.valence_chosen.connect(tagging.set_valence)
        details.exemplar_toggled.connect(tagging.set_exemplar)
        details.remove_asked.connect(self.remove_segment)
        details.reported_toggled.connect(tagging.set_reported)
        details.code_asked.connect(self.help.open_recoding)
        self.codes.framework_changed.connect(self._on_framework)
        self.desk.opened.connect(self._on_opened)
        self.desk.lost.connect(self.first_place)
        self.header.details_asked.connect(self.library.edit_open)
        ctx.segment_requested.connect(self.desk.open_segment)
        ctx.source_requested.connect(self.desk.open)
        ctx.passage_requested.connect(self.desk.open_passage)
        ctx.files_dropped.connect(lambda paths: self.importing.preview([Path(path) for path in paths]))

    # the project

    def on_project_opened(self) -> None:
        self.memos.draft = {}
        self._state: dict[str, Any] = {}
        self.tagging.recent = []
        self.tagging.numbers = NumberKeys()
        self.kept_keys.read()
        self.library.read_all()

    def restore(self, state: dict[str, Any]) -> None:
        self._state = state
        self.desk.set_places(state.get("places", {}))
        self.tagging.recent = [guid for guid in state.get("recent", []) if isinstance(guid, str)]
        self.memos.draft = dict(state.get("draft", {}))
        self.importing.remembered = dict(state.get("labels", {}))
        if sizes := state.get("columns"):
            self.columns.restore(sizes)
        for splitter, name in ((self.right, "right"), (self.sources.splitter, "left")):
            if sizes := state.get(name):
                splitter.setSizes(sizes)
        self.right.make_room()
        self.sources.fold_informants(state.get("informants", True))

    def state(self) -> dict[str, Any]:
        if self.ctx.project is not None:
            self.segment.details.memo.store()
        return {
            "source": self.desk.asked,
            "segment": self.tagging.current.guid if self.tagging.current else None,
            "places": self.desk.places(),
            "framework": self.codes.framework,
            "recent": self.tagging.recent,
            "columns": self.columns.chosen,
            "right": self.right.sizes(),
            "left": self.sources.splitter.sizes(),
            "informants": self.sources.informants_shown,
            "labels": self.importing.remembered,
            "draft": self.memos.draft,
        }

    def on_project_closed(self) -> None:
        self.segment.details.memo.forget()
        self.desk.close()
        self.desk.set_places({})
        self.desk.history.clear()
        self.stripes.close()
        self.reading.leave_focus()
        self.library.clear()
        self.card.close_card()
        self.importing.close()

    def first_place(self) -> None:
        """Everything of the project was read for the first time: go where the person was, or to the first source."""
        first = next((framework.key for framework in self.tagging.book.frameworks), "")
        self.codes.show_framework(self._state.get("framework") or first)
        self._on_framework(self.codes.framework)
        if self.desk.asked is not None:
            return
        names = [row.guid for row in self.sources.sources.sources()]
        wanted = self._state.get("source")
        if names:
            segment = self._state.get("segment")
            self.desk.open(wanted if wanted in names else names[0], lambda: self._restore_segment(segment))

    def _restore_segment(self, guid: str | None) -> None:
        self.tagging.choose(guid)
        self.memos.restore()

    def on_changed(self, changes: Any) -> None:
        if changes & (Changes.SEGMENTS | Changes.MEMOS | Changes.CODES):
            self.desk.renew_rows()
            self.help.renew()
        if changes & Changes.CODES:
            self.library.read_codes()
        elif changes & Changes.SEGMENTS:
            self.library.read_code_counts()
        if changes & (Changes.SOURCES | Changes.INFORMANTS):
            self.library.read_people()
        elif changes & Changes.SEGMENTS:
            self.library.read_counts()

    def on_shown(self) -> None:
        if self.desk.source is not None:
            self.focus_text()
        else:
            self._to_text = True
            self._focus_empty()

    # what is shown

    def _on_opened(self) -> None:
        source = self.desk.source
        self.pages.setCurrentWidget(self.view if source else self.empty)
        self.sources.show_open(source.guid if source else None)
        self.library.show_header()
        self._on_caret()
        self.ctx.actions.refresh()
        if source is not None and self._to_text and self.isVisible():
            self._to_text = False
            self.focus_text()

    def show_empty(self, empty: bool) -> None:
        """Say what to do in an empty project, or show the text."""
        self.pages.setCurrentWidget(self.empty if empty else self.view)
        self.header.setVisible(not empty)
        self._focus_empty()

    def _focus_empty(self) -> None:
        """In an empty project Enter begins the import, unless the keys are wanted elsewhere."""
        if self.pages.currentWidget() is self.empty and self._to_text and self.isVisible():
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        changes = self.tagging.take_changes()
        if changes is None:
            self.view.set_segments(list(self.tagging.rows.values()))
        elif any(changes):
            self.view.change_segments(*changes)

    def show_current(self, *, at_once: bool = False) -> None:
        """Show the current segment in the text and beside it; there after the next painting, or `at_once`."""
        row = self.tagging.current
        self.view.select_segment(row.guid if row else None)
        # what was just coded or scrolled to is painted first
        self._beside.ask()
        if at_once or not (self.tagging.unsettled() or self._following):
            self._beside.now()

    def _show_beside(self) -> None:
        row = self.tagging.current
        if row is not None:
            self.segment.show_segment(row, self.tagging.book, self._overlap(row))
            say_uncounted(self)
            self.codes.tree.choose(row.code_guid)
        elif self.segment.shows_segment:
            self.segment.show_list() if self.segment.goes_through_code else self.segment.show_nothing()
        self.ctx.actions.refresh()

    def _overlap(self, row: SegmentRow) -> tuple[int, int]:
        selection = self.view.selection()
        return self.view.area.shown.index.place(row, selection.start if selection else self.view.area.caret())

    def _show_recent(self) -> None:
        book, language = self.tagging.book, self.ctx.language
        codes = [code for guid in self.tagging.recent if (code := book.get(guid)) is not None]
        shown = [BarCode(c.guid, c.label(language), c.color, self.tagging.keys_of(c)) for c in codes]
        self.view.set_recent_codes(shown)
        self.codes.show_keys(self.tagging.numbers)

    def show_book(self) -> None:
        """Codes were read again."""
        self.codes.set_book(self.tagging.book)
        self._show_recent()
        if (row := self.tagging.current) is not None:
            self.segment.show_segment(row, self.tagging.book, self._overlap(row))

    # what is done

    def focus_text(self) -> None:
        """Take the keys to the text."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_caret(self) -> None:
        self.header.show_turn(self.view.turn_number() if self.desk.source is not None else None)
        if self.desk.source is not None and self.view.area.hasFocus() and not self.view.area.settling:
            self._follow_caret()

    def _follow_caret(self) -> None:
        """The current segment is one at the caret, so that no key changes or removes what the person has left."""
        current, selection = self.tagging.current, self.view.selection()
        if selection is not None:
            if current is not None and (current.end <= selection.start or selection.end <= current.start):
                self.tagging.choose(None)
            return
        caret = self.view.area.caret()
        if current is None or not current.start <= caret <= current.end:
            here = self.view.area.shown.index.at(caret)
            self._following = True
            self.tagging.choose(here[0].guid if here else None)
            self._following = False

    def _on_segment_selected(self, guid: str) -> None:
        row = self.tagging.rows.get(guid)
        if row is not None and self.view.selection() is None and not row.start <= self.view.area.caret() <= row.end:
            # a click in the margin: O walks on from here
            self.view.area.set_caret(row.start)
        self.tagging.choose(guid)

    def _on_framework(self, key: str) -> None:
        self.tagging.framework = key
        self._show_recent()

    def remove_segment(self) -> None:
        """Remove the current segment; what was just written about it comes back with it."""
        self.segment.details.memo.store()
        self.tagging.remove()

    def actions(self) -> list[Action]:  # type: ignore[override]
        return [*transcript_actions(self), *reading_actions(self)]

    # words and looks

    def retranslate(self) -> None:
        t = self.ctx.t
        add, how = t("Add transcripts…"), t("Drop transcripts here or press Ctrl+I")
        self.empty.set(t("No transcripts yet"), how, add, self.importing.ask)
        self.header.refresh()
        for part in (self.sources, self.codes, self.segment, self.card):
            part.retranslate()
        if self.tagging.current is not None:
            self.show_current()
        self._show_recent()
        self.stripes.retranslate()
        self.reading.show_coded()

    def on_theme_changed(self) -> None:
        for part in (self.sources, self.header, self.codes, self.segment, self.card):
            part.recolor()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.segment.details.memo.store()
        return super().event(event)
