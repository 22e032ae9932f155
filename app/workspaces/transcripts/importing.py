"""Bringing transcripts in: ask for files, show them, store what the user wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from app.dialogs.import_preview import ImportDialog
from app.dialogs.import_summary import SummaryDialog
from app.jobs.tasks import Task
from coding.transcripts.bulk import Stored, batch_title, store_drafts
from coding.transcripts.drafts import Draft
from coding.transcripts.import_summary import Line, fate_of
from coding.transcripts.preview import Known, known
from coding.transcripts.readers import SUFFIXES

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace

MANY = 10
"""An import of so many files ends with a list of what became of them."""


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
            self.dialog.done(0)

    def _store(self, drafts: list[Draft], task: Task) -> None:
        dialog = self.dialog
        assert dialog is not None
        title, params = batch_title(drafts)

        def done(stored: Stored) -> None:
            others = dialog.other_lines()
            dialog.stored()
            self._say(stored, others)

        def failed(_: Exception) -> None:
            dialog.not_stored()

        self._ctx.operate(title, partial(store_drafts, drafts=drafts, progress=task), done, failed, task, **params)

    def _say(self, stored: Stored, others: list[Line]) -> None:
        n, ctx = self._ctx.n, self._ctx
        lines = [Line("imported", name, None, draft.notices) for _, name, draft in stored.sources]
        lines += [Line(fate_of(error), draft.file_name or draft.name, error) for draft, error in stored.refused]
        words = n("{count} source came in", "{count} sources came in", count=len(stored.sources))
        if stored.refused:
            words += ", " + n("{count} did not", "{count} did not", count=len(stored.refused))
        ctx.say(words, "warning" if stored.refused else "info")
        if len(lines) + len(others) >= MANY or stored.refused:
            SummaryDialog(ctx, self._workspace, [*lines, *others]).open()
        if stored.first is not None:
            self._workspace.desk.open(stored.first)
