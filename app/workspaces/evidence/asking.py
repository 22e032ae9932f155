"""What is asked before the chosen segments are changed: which code, which words, which of all that can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.dialogs.palette import Palette
from app.models.evidence_copy import MOST
from app.workspaces.evidence.dialogs import NoteDialog
from coding.segments.rows import Valence

if TYPE_CHECKING:
    from app.workspaces.evidence.workspace import EvidenceWorkspace

MENU = (
    "open", "copy", "", "recode", "star", "append_memo", "", "set_supporting", "set_inhibiting", "set_neutral",
    "clear_valence", "", "mark_reported", "mark_verbatim", "", "remove",
)  # fmt: skip


class EvidenceAsking(QObject):
    """Palette, memo and menu over the table."""

    def __init__(self, ctx: Context, workspace: EvidenceWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace

    def ask_code(self) -> None:
        """Ask for the code that the chosen segments are to have."""
        workspace = self._workspace
        count = workspace.table.chosen_count()
        if not count or not workspace.writable:
            return
        row = workspace.model.evidence(workspace.table.current_row())
        words = row.segment.text if row is not None and count == 1 else workspace.bar.chosen_words(count)
        framework = (row.segment.framework or "open") if row is not None else ""
        palette = Palette(self._ctx, workspace, workspace.choices.book, framework, words)
        palette.code_chosen.connect(self._on_code)
        palette.name_chosen.connect(workspace.edits.recode_new)
        palette.closed.connect(workspace.focus_table)
        palette.open_at(workspace.pages.geometry())

    def _on_code(self, guid: str, valence: Valence | None) -> None:
        code = self._workspace.choices.book.get(guid)
        if code is not None:
            self._workspace.edits.recode(guid, code.label(self._ctx.language), valence)

    def ask_note(self) -> None:
        """Ask for what is to be added to the memos of the chosen segments."""
        workspace = self._workspace
        NoteDialog(self._ctx, workspace, workspace.table.chosen_count(), workspace.edits.append_memo).open()

    def show_menu(self, pos: QPoint) -> None:
        """Show all that can be done with the chosen segments at `pos` of the screen."""
        menu = QMenu(self._workspace)
        menu.setObjectName("evidence_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in MENU:
            if name:
                menu.addAction(self._ctx.actions.qaction(f"evidence.{name}"))
            else:
                menu.addSeparator()
            if name == "mark_verbatim":
                self._add_topics(menu)
        menu.popup(pos)

    def _add_topics(self, menu: QMenu) -> None:
        """The topics of the code that all chosen segments have, as far as they are known."""
        workspace = self._workspace
        codes = {row.segment.code_guid for row in workspace.model.known(workspace.chosen_ids()[:MOST])}
        topics = [topic for topic in workspace.choices.topics if {topic.code_guid} == codes]
        if not topics or not workspace.writable:
            return
        inner = menu.addMenu(self._ctx.t("Topic"))
        for topic in topics:
            action = inner.addAction(topic.label.replace("&", "&&"))
            action.triggered.connect(lambda _, topic=topic: workspace.edits.set_topic(topic.guid, topic.label))
        inner.addSeparator()
        inner.addAction(self._ctx.t("No topic")).triggered.connect(lambda: workspace.edits.set_topic(None, ""))
