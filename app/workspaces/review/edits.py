"""What reviewing changes in the project, each as a named step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.context import Context
from coding.review import proposals
from coding.review.details import Detail
from coding.review.remarks import add_comment, close_thread, remove_comment, set_verdict
from coding.review.rows import Verdict
from coding.segments.rows import Valence

if TYPE_CHECKING:
    from app.workspaces.review.workspace import ReviewWorkspace


class ReviewEdits(QObject):
    """Works on what the workspace shows."""

    def __init__(self, ctx: Context, workspace: ReviewWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace

    def _detail(self) -> Detail | None:
        return self._workspace.detail.detail if self._workspace.writable else None

    def set_verdict(self, verdict: Verdict | None) -> bool:
        """Give the verdict; whether the person at work may."""
        target = self._workspace.current_target()
        if target is None or not self._workspace.writable or not self._workspace.reviews:
            return False
        self._ctx.operate("Give a verdict", lambda op: set_verdict(op, target, verdict))
        return True

    def write(self, text: str, thread: str | None) -> None:
        """Write a comment, or an answer in a thread."""
        target = self._workspace.current_target()
        if target is not None and self._workspace.writable:
            if thread:
                self._ctx.operate("Answer a comment", lambda op: add_comment(op, target, text, thread))
            else:
                self._ctx.operate("Write a comment", lambda op: add_comment(op, target, text))

    def close(self, thread: str, closed: bool) -> None:
        """Close a conversation, or open it again."""
        if closed:
            self._ctx.operate("Close a conversation", lambda op: close_thread(op, thread))
        else:
            self._ctx.operate("Open a conversation again", lambda op: close_thread(op, thread, closed=False))

    def remove(self, guid: str) -> None:
        """Remove one's own remark."""
        self._ctx.operate("Remove a comment", lambda op: remove_comment(op, guid))

    def propose_code(self, code: str) -> None:
        """Propose another code."""
        if (guid := self._segment()) is not None:
            self._ctx.operate("Propose a code", lambda op: proposals.propose_code(op, guid, code))

    def propose_valence(self, valence: Valence | None) -> None:
        """Propose another direction."""
        if (guid := self._segment()) is not None:
            self._ctx.operate("Propose a direction", lambda op: proposals.propose_valence(op, guid, valence))

    def propose_span(self, start: int, end: int) -> None:
        """Propose other edges."""
        if (guid := self._segment()) is not None:
            self._ctx.operate("Propose other edges", lambda op: proposals.propose_span(op, guid, start, end))

    def propose_removal(self) -> None:
        """Propose to remove the coded segment."""
        if (guid := self._segment()) is not None:
            self._ctx.operate("Propose a removal", lambda op: proposals.propose_removal(op, guid))

    def answer(self, guid: str, accept: bool) -> None:
        """Accept a proposal, or decline it."""
        if not self._workspace.writable or self._workspace.reviews:
            return
        if accept:
            self._ctx.operate("Accept a proposal", lambda op: proposals.accept(op, guid))
        else:
            self._ctx.operate("Decline a proposal", lambda op: proposals.decline(op, guid))

    def answer_first(self, accept: bool) -> None:
        """Accept or decline the first open proposal of what is shown."""
        detail = self._detail()
        row = next((row for row in detail.proposals if row.state == "open"), None) if detail else None
        if row is not None:
            self.answer(row.guid, accept)

    def withdraw(self, guid: str) -> None:
        """Take one's own proposal back."""
        self._ctx.operate("Take a proposal back", lambda op: proposals.withdraw(op, guid))

    def _segment(self) -> str | None:
        """The coded segment shown, where a reviewer may propose something for it."""
        target = self._workspace.current_target()
        may = self._workspace.writable and self._workspace.reviews
        return target.guid if may and target is not None and target.kind == "segment" else None
