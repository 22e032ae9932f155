"""Back to a backup, and what to do with a project whose file is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import ask_copy
from app.widgets.parts import label
from coding.errors import CodingError

if TYPE_CHECKING:
    from coding.project import Project


class BackupsDialog(Dialog):
    """Lists the backups of the project at `path`, newest first; a copy of the chosen one is opened beside it."""

    def __init__(
        self, ctx: Context, parent: QWidget | None, path: Path, found: list[Path], error: CodingError | None
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Open a backup"))
        self.setObjectName("backups_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        self._path, self._found = path, found
        if error is not None:
            self.content.addWidget(label(error.say(ctx.words), wrap=True))
        hint = ctx.t("A copy of the backup is opened beside the project; {file} stays as it is.", file=path.name)
        self.content.addWidget(label(hint, "dim", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(ctx.t("Backups, newest first"))
        for backup in found:
            self.list.addItem(QListWidgetItem(self._row(backup)))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._on_open)
        self.content.addWidget(self.list, 1)
        self.add_button(ctx.t("Cancel"), name="backups_cancel").clicked.connect(self.reject)
        self.opens = self.add_button(ctx.t("Open this backup"), "primary", name="backups_open", default=True)
        self.opens.clicked.connect(self._on_open)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, backup: Path) -> str:
        facts, words = backup.stat(), self.ctx.words
        made = datetime.fromtimestamp(facts.st_mtime).astimezone()
        time = made.strftime("%H.%M" if words.language == "id" else "%H:%M")
        return f"{words.date(made.date().isoformat())}  {time}    {words.number(facts.st_size / 1e6, 1)} MB"

    def _on_open(self) -> None:
        path, backup = self._path, self._found[self.list.currentRow()]
        self.accept()
        open_backup(self.ctx, path, backup)


class GoneDialog(Dialog):
    """The window is to be closed, and the file of the project is not where it was: all of it is still open here."""

    def __init__(self, ctx: Context, parent: QWidget, close: Callable[[], None]) -> None:
        super().__init__(ctx, parent, ctx.t("The file of the project is gone"))
        self.setObjectName("gone_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        assert ctx.project is not None
        error = CodingError("project_gone", file=ctx.project.path.name)
        self.content.addWidget(label(error.say(ctx.words), wrap=True))
        self._close, self._parent = close, parent
        self.add_button(ctx.t("Cancel"), name="gone_cancel").clicked.connect(self.reject)
        self.add_button(ctx.t("Close without it"), name="gone_close").clicked.connect(self._on_close)
        save = self.add_button(ctx.t("Save a copy…"), "primary", name="gone_save", default=True)
        save.clicked.connect(self._on_save)

    def _on_close(self) -> None:
        self.accept()
        self._close()

    def _on_save(self) -> None:
        self.accept()
        ask_copy(self.ctx, self._parent)


def open_backup(ctx: Context, path: Path, backup: Path) -> None:
    """Open a copy of `backup` beside the project at `path`."""

    def make() -> Project:
        from coding.project import Project
        from coding.store.backup import restored

        return Project.open(restored(path, backup))

    ctx.open_made(make, ctx.t("Opening {file}…", file=backup.name))


def show_backups(ctx: Context, parent: QWidget, path: Path, error: CodingError | None = None) -> BackupsDialog | None:
    """Show the backups of the project at `path`; where there are none, only what is wrong is said."""
    from coding.store.backup import backups, folder_for

    found = backups(path)
    if found:
        dialog = BackupsDialog(ctx, parent, path, found, error)
        dialog.open()
        return dialog
    if error is not None:
        ctx.say_error(error)
    else:
        ctx.say(ctx.t("There is no backup yet; backups are made in {folder}", folder=str(folder_for(path))))
    return None
