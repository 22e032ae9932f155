"""Questions about files, asked with the system's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.context import Context
from app.settings import documents_folder, log_folder


def start_folder(ctx: Context) -> Path:
    """The folder a file dialog begins in: the last one used, else the documents."""
    last = ctx.settings.get("last_folder")
    folder = Path(last) if last else documents_folder()
    return folder if folder.is_dir() else Path.home()


def keep_folder(ctx: Context, path: Path) -> None:
    """Begin in the folder of `path` next time."""
    ctx.settings.set("last_folder", str(path.parent))


def ask_project(ctx: Context, parent: QWidget) -> None:
    """Ask for a project, or a package that was sent to be reviewed, and open it."""
    from app.review.opening import PACKAGE_SUFFIX, take_sent, was_sent

    shown = f"{ctx.t('Project or review package')} (*.telaah *{PACKAGE_SUFFIX});;{ctx.t('All files')} (*)"
    chosen, _ = QFileDialog.getOpenFileName(parent, ctx.t("Open a project"), str(start_folder(ctx)), shown)
    if not chosen:
        return
    keep_folder(ctx, Path(chosen))
    if was_sent(Path(chosen)):
        take_sent(ctx, parent, Path(chosen))
    else:
        ctx.open_project(Path(chosen))


def ask_copy(ctx: Context, parent: QWidget) -> None:
    """Ask where to, and save a copy of the project there; work goes on in the project itself."""
    if ctx.project is None:
        return
    first = start_folder(ctx) / f"{ctx.project.path.stem} {ctx.t('copy')}.telaah"
    shown = f"{ctx.t('Telaah project')} (*.telaah)"
    chosen, _ = QFileDialog.getSaveFileName(parent, ctx.t("Save a copy"), str(first), shown)
    if chosen:
        path = Path(chosen)
        path = path if path.suffix.lower() == ".telaah" else path.with_name(path.name + ".telaah")
        keep_folder(ctx, path)
        ctx.save_copy(path)


def show_log_folder(ctx: Context) -> None:
    """Open the folder of the log file in the system's file manager."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        ctx.say(ctx.t("The log file is in {folder}", folder=str(folder)))
