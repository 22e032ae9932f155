"""The number keys of each coder, kept in the project so that they come along with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.context import Context

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace

KEPT = "number_keys"
"""The preference of the project: by coder, what `NumberKeys.state` gives."""


class KeptKeys(QObject):
    """Reads the keys when a project is opened or somebody else codes, and keeps them when they change."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._tagging = ctx, workspace.tagging
        self._all: dict[str, Any] = {}
        self._coder = ""
        workspace.tagging.keys_given.connect(self._keep)
        ctx.history_changed.connect(self._look_at_coder)

    def read(self) -> None:
        """A project was opened: take its keys."""
        self._all, self._coder = {}, ""
        self._ctx.read(lambda reader: reader.preference(KEPT), self._take, key="transcripts.number_keys")

    def _take(self, kept: Any) -> None:
        self._all, self._coder = dict(kept) if isinstance(kept, dict) else {}, ""
        self._look_at_coder()

    def _look_at_coder(self) -> None:
        project = self._ctx.project
        coder = project.coder if project is not None else ""
        if coder and coder != self._coder:
            self._coder = coder
            state = self._all.get(coder)
            self._tagging.take_keys(state if isinstance(state, dict) else {})

    def _keep(self) -> None:
        project = self._ctx.project
        if project is not None and not project.read_only:
            self._all = {**self._all, project.coder: self._tagging.numbers.state()}
            self._ctx.prefer(KEPT, self._all)
