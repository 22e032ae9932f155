"""The ways from one part of the window to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.interface import Interface

if TYPE_CHECKING:
    from coding.memos.rows import MemoKind
    from coding.segments.evidence_filter import EvidenceFilter


class Navigation(Interface):
    """Asks for a workspace or a thing in it; who shows it listens to the signal."""

    workspace_requested = Signal(str)
    segment_requested = Signal(str)
    source_requested = Signal(str)
    passage_requested = Signal(str, int, int)
    evidence_requested = Signal(object)
    memo_requested = Signal(str, str)
    review_requested = Signal(str, str)

    def show_workspace(self, key: str) -> None:
        """Bring the workspace `key` to the front."""
        self.workspace_requested.emit(key)

    def go_to_segment(self, guid: str) -> None:
        """Show the coded segment `guid` in its transcript, selected and in the middle."""
        self.workspace_requested.emit("transcripts")
        self.segment_requested.emit(guid)

    def go_to_source(self, guid: str) -> None:
        """Show the source `guid`."""
        self.workspace_requested.emit("transcripts")
        self.source_requested.emit(guid)

    def go_to_passage(self, guid: str, start: int, end: int) -> None:
        """Show `[start, end)` (code points) of the source `guid`, selected and in the middle."""
        self.go_to_source(guid)
        self.passage_requested.emit(guid, start, end)

    def go_to_evidence(self, chosen: EvidenceFilter) -> None:
        """Show the coded segments that fit `chosen` in the workspace Evidence."""
        self.workspace_requested.emit("evidence")
        self.evidence_requested.emit(chosen)

    def go_to_review(self, kind: str, guid: str) -> None:
        """Show what was said in the review about one thing: a `coding.review.rows.TargetKind` and its guid."""
        self.show_workspace("review")
        self.review_requested.emit(kind, guid)

    def go_to_memo(self, kind: MemoKind, guid: str) -> None:
        """Show the memo on the thing `guid`, to be written when there is none."""
        self.memo_requested.emit(kind, guid)
