"""The memo of the current segment: written beside the text, kept as a draft meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.context import Context

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class SegmentMemos(QObject):
    """Stores what is written; a draft that a crash left behind is stored when its source is open again."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self.draft: dict[str, str] = {}
        """What is being written, by the guid of its segment."""
        self._memo = memo = workspace.segment.details.memo
        memo.stored.connect(self._on_stored)
        memo.draft_changed.connect(self._on_draft)
        memo.left.connect(workspace.focus_text)
        workspace.view.key_memo.connect(self.write)
        ctx.leaving.connect(memo.store)

    def write(self) -> None:
        """Take the keys to the memo of the current segment."""
        if self._workspace.tagging.current is None:
            self._ctx.say(self._ctx.t("Choose a coded segment first: click it, or press F4"))
            return
        self._workspace.show_current(at_once=True)
        self._memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restore(self) -> None:
        """Store the drafts of segments of the open source."""
        tagging = self._workspace.tagging
        drafts, self.draft = self.draft, {}
        for guid, text in drafts.items():
            row = tagging.rows.get(guid)
            if row is not None and text and row.memo != text:
                tagging.set_memo(guid, text)

    def _on_stored(self, guid: str, text: str) -> None:
        if self._ctx.project is not None:
            self._workspace.tagging.set_memo(guid, text)

    def _on_draft(self, guid: str, text: str) -> None:
        project, key = self._ctx.project, self._workspace.key
        if project is None:
            return
        self.draft = {guid: text} if text else {}
        state: dict[str, Any] = self._ctx.settings.project_state(project.guid)
        state[key] = {**state.get(key, {}), "draft": self.draft}
        self._ctx.settings.keep_project_state(project.guid, state)
