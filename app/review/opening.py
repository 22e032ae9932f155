"""What is done with a file that a colleague or a supervisor sent: merged into the project, or opened to be reviewed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from app.settings import documents_folder
from coding.errors import CodingError

if TYPE_CHECKING:
    from app.review.merge_dialog import MergeDialog
    from coding.project import Project

PACKAGE_SUFFIX = ".telaah-review"
ANSWERS_SUFFIX = ".telaah-answers.json"
PROJECT_PARTS = {"manifest.json", "project.telaah"}
ANSWER_PARTS = {"manifest.json", "answers.json"}


def was_sent(path: Path) -> bool:
    """Whether the file is a review package or answers to one: by its name, or by what it holds, for messengers and
    browsers give files other names."""
    named = path.name.lower().endswith((PACKAGE_SUFFIX, ANSWERS_SUFFIX))
    return named or _is_package(path) or _is_answers(path)


def _is_package(path: Path) -> bool:
    """A look at the list of the parts; whether it is sound is seen when it is opened."""
    try:
        with zipfile.ZipFile(path) as file:
            return {*file.namelist()} in (PROJECT_PARTS, ANSWER_PARTS)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _is_answers(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b'"telaah-answers"' in file.read(400)
    except OSError:
        return False


def ask_merge(ctx: Context, parent: QWidget) -> None:
    """Ask for a copy, a package or answers, and show what merging would do."""
    if ctx.project is None:
        return
    kinds = f"*.telaah *{PACKAGE_SUFFIX} *{ANSWERS_SUFFIX} *.json"
    shown = f"{ctx.t('What can be merged')} ({kinds});;{ctx.t('All files')} (*)"
    chosen, _ = QFileDialog.getOpenFileName(parent, ctx.t("Merge"), str(start_folder(ctx)), shown)
    if chosen:
        keep_folder(ctx, Path(chosen))
        show_merge(ctx, parent, Path(chosen))


def show_merge(ctx: Context, parent: QWidget, path: Path) -> MergeDialog:
    """Show what merging the file would do."""
    from app.review.merge_dialog import MergeDialog  # with it comes the database

    dialog = MergeDialog(ctx, parent, path)
    dialog.open()
    return dialog


def take_sent(ctx: Context, parent: QWidget, path: Path) -> None:
    """A package or answers were dropped: merged where they belong to the open project, else opened to be reviewed."""
    if ctx.project is not None and not ctx.project.read_only and _belongs(path, ctx.project.guid):
        show_merge(ctx, parent, path)
    elif path.name.lower().endswith(PACKAGE_SUFFIX) or _is_package(path):
        open_review(ctx, parent, path)
    else:
        ctx.say(ctx.t("Open the project that these answers belong to; then drop the file again"), "warning")


def _belongs(path: Path, project: str) -> bool:
    from coding.review.packages import peek

    if path.name.lower().endswith(ANSWERS_SUFFIX) or _is_answers(path):
        return True
    try:
        return peek(path).project_guid == project
    except CodingError:
        return True  # the dialog says what is wrong with it


def open_review(ctx: Context, parent: QWidget, path: Path) -> None:
    """Open a package to review it, in a working copy among the person's documents; who they are is asked where the
    study does not know them as a supervisor."""
    folder, coder = documents_folder() / "Telaah", ctx.settings.get("coder")

    def make() -> Project:
        from coding.coders import coders
        from coding.review.packages import open_package

        project = open_package(path, folder, coder=coder or None)
        if coder and coder not in {row.name for row in coders(project) if row.segments}:
            project.add_coder(coder, "supervisor")
            project.coder = coder
        return project

    def opened() -> None:
        ctx.show_workspace("review")
        if ctx.project is not None and ctx.project.role != "supervisor":
            from app.dialogs.coder import ask_coder

            ask_coder(ctx, parent, reviewer=True)

    # after the window has shown where the person was the last time
    ctx.open_made(make, ctx.t("Opening {file}…", file=path.name), lambda: QTimer.singleShot(0, parent, opened))
