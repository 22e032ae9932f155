"""Saving again the file that a source was read from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from coding.project import Reader
from coding.transcripts.originals import OriginalFile, original_of, save_original, shown_size
from coding.transcripts.rows import SourceRow


def add_original(menu: QMenu, ctx: Context, parent: QWidget, row: SourceRow) -> None:
    """Add to the menu of a source what saves its file; it can't be chosen where none was kept."""
    t = ctx.t
    if row.original:
        words = t("Save the original file ({size})…", size=shown_size(row.original, ctx.words))
        menu.addAction(words, partial(ask, ctx, parent, row))
    else:
        menu.addAction(t("No original file was kept")).setEnabled(False)


def ask(ctx: Context, parent: QWidget, row: SourceRow) -> None:
    """Ask where the file is to be saved, and save it there."""

    def found(original: OriginalFile | None) -> None:
        if original is None:
            return
        place = start_folder(ctx) / original.name
        chosen, _ = QFileDialog.getSaveFileName(parent, ctx.t("Save the original file"), str(place))
        if chosen:
            _save(ctx, row, Path(chosen))

    ctx.read(partial(original_of, source=row.guid), found, key="transcripts.original")


def _save(ctx: Context, row: SourceRow, path: Path) -> None:
    keep_folder(ctx, path)

    def work(project: Reader) -> int:
        return save_original(project, row.guid, path)

    def saved(size: int) -> None:
        ctx.say(ctx.t("{file} was saved ({size})", file=path.name, size=shown_size(size, ctx.words)))

    ctx.read(work, saved)
