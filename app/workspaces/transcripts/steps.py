"""Going from segment to segment and from source to source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.context import Context
from coding.text import Span
from coding.transcripts.coverage import spoken_turns, uncoded_turns

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class Steps(QObject):
    """Steps forward (1) and back (-1)."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self._landed: dict[str, int] | None = None

    def to_segment(self, by: int) -> None:
        """Go to the next or previous segment of the source, from the current one or the caret, round the ends."""
        workspace, tagging = self._workspace, self._workspace.tagging
        rows = [row for row in tagging.in_order() if workspace.view.only_bar.shows(row)]
        if not rows:
            self._ctx.say(self._ctx.t("Nothing is coded in this source yet"))
            return
        guids = [row.guid for row in rows]
        if tagging.current is not None and tagging.current.guid in guids:
            at = (guids.index(tagging.current.guid) + by) % len(rows)
        else:
            caret = workspace.view.area.caret()
            after = sum(row.start < caret for row in rows)
            at = (after if by > 0 else after - 1) % len(rows)
        self._leave()
        tagging.choose(guids[at])
        workspace.view.select_segment(guids[at], reveal=True)
        workspace.show_current()
        self._landed = workspace.view.place()

    def to_uncoded(self, by: int) -> None:
        """Go to the next or previous turn in which an informant speaks and nothing is coded, round the ends."""
        workspace, source = self._workspace, self._workspace.desk.source
        if source is None:
            return
        turns = uncoded_turns(source, [Span(row.start, row.end) for row in workspace.tagging.rows.values()])
        if not turns:
            spoken = bool(spoken_turns(source))
            self._ctx.say(
                self._ctx.t("Something is coded in every turn of the informants")
                if spoken
                else self._ctx.t("No informant speaks in this source")
            )
            return
        caret = workspace.view.area.caret()
        if by > 0:
            turn = next((turn for turn in turns if turn.start > caret), turns[0])
        else:
            turn = next((turn for turn in reversed(turns) if turn.end <= caret), turns[-1])
        self._leave()
        workspace.view.show_turn(Span(turn.start, turn.end))
        workspace.focus_text()
        self._landed = workspace.view.place()

    def _leave(self) -> None:
        """Keep the place for the way back, unless the reader has only come here by the step before."""
        if self._workspace.view.place() != self._landed:
            self._workspace.desk.remember()

    def to_source(self, by: int) -> None:
        """Open the next or previous source."""
        desk = self._workspace.desk
        guids = [row.guid for row in self._workspace.sources.sources.sources()]
        if guids:
            at = guids.index(desk.asked) + by if desk.asked in guids else 0
            desk.open(guids[max(0, min(at, len(guids) - 1))])
