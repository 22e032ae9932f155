"""Bringing transcripts in: ask for files, show them, store what the user wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from app.dialogs.import_preview import ImportDialog
from coding.project import Operation
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import IMPORT_TITLE, store_draft
from coding.transcripts.preview import Known, known
from coding.transcripts.readers import SUFFIXES

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class Importing(QObject):
    """One import at a time; files dropped while it is open join it."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self.remembered: dict[str, str] = {}
        """What the user has said of labels in this project: researcher, informant, unknown or none, by label."""
        self.dialog: ImportDialog | None = None

    def ask(self) -> None:
        """Ask for files."""
        if self._ctx.project is None:
            return
        t = self._ctx.t
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        shown = f"{t('Transcripts')} ({endings});;{t('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileNames(
            self._workspace, t("Add transcripts"), str(start_folder(self._ctx)), shown
        )
        if chosen:
            keep_folder(self._ctx, Path(chosen[0]))
            self.preview([Path(name) for name in chosen])

    def preview(self, paths: Sequence[Path]) -> None:
        """Show what these files hold; nothing is stored yet."""
        if not paths or self._ctx.project is None:
            return
        if self.dialog is not None:
            self.dialog.add_files(paths)
            return
        self._ctx.read(known, partial(self._open, list(paths)), key="transcripts.known")

    def _open(self, paths: list[Path], found: Known) -> None:
        dialog = ImportDialog(self._ctx, self._workspace, found, self.remembered, paths)
        dialog.confirmed.connect(self._store)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def _on_finished(self, _: int) -> None:
        self.dialog = None

    def close(self) -> None:
        """The project was closed."""
        if self.dialog is not None:
            self.dialog.reject()

    def _store(self, drafts: list[Draft]) -> None:
        batch = _Batch(self._ctx, len(drafts), self._workspace.desk.open)
        for draft in drafts:
            spoken = draft.method in ("interview", "focus_group")
            stored = partial(batch.stored, spoken)
            self._ctx.operate(IMPORT_TITLE, _storing(draft), stored, batch.failed, source=draft.name)


class _Batch:
    """Counts what came in; when the last file is done, says so and opens the first interview."""

    def __init__(self, ctx: Context, total: int, open_source: Callable[[str], None]) -> None:
        self._ctx, self._total, self._open = ctx, total, open_source
        self._guids: list[str] = []
        self._first = ""
        self._refused = 0

    def stored(self, spoken: bool, guid: str) -> None:
        self._guids.append(guid)
        if spoken and not self._first:
            self._first = guid
        self._finish()

    def failed(self, _: Exception) -> None:
        self._refused += 1
        self._finish()

    def _finish(self) -> None:
        if len(self._guids) + self._refused < self._total:
            return
        n = self._ctx.n
        words = n("{count} source came in", "{count} sources came in", count=len(self._guids))
        if self._refused:
            words += ", " + n("{count} did not", "{count} did not", count=self._refused)
        self._ctx.say(words, "warning" if self._refused else "info")
        if self._guids:
            self._open(self._first or self._guids[0])


def _storing(draft: Draft) -> Callable[[Operation], str]:
    return lambda op: store_draft(op, draft)
