"""Opens the codebook from the Transcripts workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.codebook.window import CodebookWindow
from app.models.code_book import OPEN_CODES

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class WorkspaceHands:
    """What the codebook can do in the workspace."""

    def __init__(self, workspace: TranscriptsWorkspace) -> None:
        self._workspace = workspace

    def can_tag(self) -> bool:
        """Whether a source is open."""
        return self._workspace.desk.source is not None

    def tag(self, guid: str) -> None:
        """Put the code on the selection, or on the sentence at the caret."""
        workspace = self._workspace
        code = workspace.tagging.book.get(guid)
        if code is not None:
            workspace.ctx.show_workspace(workspace.key)
            workspace.tagging.put(code)

    def show_segments(self, guid: str) -> None:
        """Go through the segments of the code, in the workspace."""
        workspace = self._workspace
        code = workspace.tagging.book.get(guid)
        if code is not None:
            workspace.ctx.show_workspace(workspace.key)
            workspace.codes.show_code(code)
            workspace.help.show_segments(guid)


def open_codebook(workspace: TranscriptsWorkspace) -> CodebookWindow:
    """Show the codebook at the code chosen in the workspace, else at the current segment's."""
    window = workspace.window()
    shown = window.findChild(CodebookWindow)
    if not isinstance(shown, CodebookWindow):
        shown = CodebookWindow(workspace.ctx, window, WorkspaceHands(workspace))
    current = workspace.tagging.current
    code = workspace.codes.tree.code() or workspace.tagging.book.get(current.code_guid if current else None)
    framework = workspace.codes.framework
    of_framework = code is not None and code.framework is not None
    shown.open_at(code.guid if code and of_framework else None, "" if framework == OPEN_CODES else framework)
    return shown
