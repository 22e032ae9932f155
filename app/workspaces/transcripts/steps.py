"""Going from segment to segment and from source to source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.context import Context

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class Steps(QObject):
    """Steps forward (1) and back (-1)."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace

    def to_segment(self, by: int) -> None:
        """Go to the next or previous segment of the source, from the current one or the caret, round the ends."""
        workspace, tagging = self._workspace, self._workspace.tagging
        rows = tagging.in_order()
        if not rows:
            self._ctx.say(self._ctx.t("Nothing is coded in this source yet"))
            return
        guids = [row.guid for row in rows]
        if tagging.current is not None:
            at = (guids.index(tagging.current.guid) + by) % len(rows)
        else:
            caret = workspace.view.area.caret()
            after = sum(row.start < caret for row in rows)
            at = (after if by > 0 else after - 1) % len(rows)
        tagging.choose(guids[at])
        workspace.view.select_segment(guids[at], reveal=True)
        workspace.show_current()

    def to_source(self, by: int) -> None:
        """Open the next or previous source."""
        desk = self._workspace.desk
        guids = [row.guid for row in self._workspace.sources.sources.sources()]
        if guids:
            at = guids.index(desk.asked) + by if desk.asked in guids else 0
            desk.open(guids[max(0, min(at, len(guids) - 1))])
