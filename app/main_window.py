"""The main window: menus, the bar of workspaces, the pages, notices and the foot."""

from __future__ import annotations

import base64
import dataclasses
import importlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.actions.menus import Menus
from app.actions.registry import Action
from app.actions.shell import shell_actions
from app.codes.keeping import recover_draft as recover_code_draft
from app.context import Context
from app.start_page import StartPage
from app.widgets.notice_bar import NoticeBar
from app.widgets.parts import line
from app.widgets.read_only_bar import ReadOnlyBar
from app.widgets.run_box import RunBox
from app.widgets.status_line import StatusLine
from app.widgets.workspace_bar import Place, WorkspaceBar
from app.workspaces.base import Workspace
from coding.errors import CodingError, mark

if TYPE_CHECKING:
    from coding.memos.rows import MemoKind

PLACES = tuple(
    Place(key, title, key, f"app.workspaces.{key}", f"{key.title()}Workspace", f"Ctrl+{number}")
    for number, (key, title) in enumerate(
        (
            ("transcripts", mark("Transcripts")),
            ("evidence", mark("Evidence")),
            ("matrices", mark("Matrices")),
            ("review", mark("Review")),
            ("report", mark("Report")),
        ),
        1,
    )
)
"""All workspaces; those whose module is not there are not shown."""
LEAST_SIZE = (820, 480)
"""A small laptop's screen at 150 % has 911 × 512 pixels."""
PROJECT_SUFFIX = ".telaah"
FRAME = (8, 40)
"""Pixels of a usual window frame: both sides, title and bottom."""


def present_places() -> tuple[Place, ...]:
    """The workspaces that this edition has."""
    return tuple(place for place in PLACES if importlib.util.find_spec(place.module) is not None)


def load(place: Place) -> type[Workspace]:
    """The class of a workspace, imported when it is first wanted."""
    made: type[Workspace] = getattr(importlib.import_module(place.module), place.class_name)
    return made


class MainWindow(QMainWindow):
    """The one window. Shows the start page while no project is open."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.places = present_places()
        self.workspaces: dict[str, Workspace] = {}
        self._front = ""
        self._guid: str | None = None
        self._closing = self._leaves = False
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST_SIZE)
        self._build()
        ctx.actions.add(shell_actions(ctx, self))
        self._connect()
        self.menus.make()
        self._restore_window()
        self.retranslate()

    # building

    def _build(self) -> None:
        self.start_page = StartPage(self.ctx)
        self.bar = WorkspaceBar(self.ctx, self.places)
        self.stack = QStackedWidget()
        self._project_page = QWidget()
        whole = QVBoxLayout(self._project_page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(ReadOnlyBar(self.ctx))
        row = QHBoxLayout()
        row.setSpacing(0)
        whole.addLayout(row, 1)
        row.addWidget(self.bar)
        self._bar_line = line("v")
        row.addWidget(self._bar_line)
        row.addWidget(self.stack, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self._project_page)
        self.status = StatusLine(self.ctx)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        column.addWidget(self.pages, 1)
        column.addWidget(line())
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        self._place_run_box(column)
        self.notices = NoticeBar(self.ctx, centre, self.status)
        self.menus = Menus(self.ctx, self, lambda: self._front if self.ctx.project is not None else "")

    def _place_run_box(self, column: QVBoxLayout) -> None:
        self.run_box = RunBox(self.ctx)
        frame = QWidget(self.menuBar())
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 2, 12, 2)
        row.addStretch(1)
        row.addWidget(self.run_box)
        if self.menuBar().isNativeMenuBar():
            # a menu bar of the system's has no room for it
            column.insertWidget(0, frame)
        else:
            self.menuBar().setCornerWidget(frame, Qt.Corner.TopRightCorner)

    def _connect(self) -> None:
        ctx = self.ctx
        self.bar.chosen.connect(self.show_workspace)
        self.status.coder_clicked.connect(lambda: ctx.actions.run("project.change_coder"))
        ctx.project_opened.connect(self._on_project_opened)
        ctx.project_refused.connect(self._on_project_refused)
        ctx.project_closed.connect(self._on_project_closed)
        ctx.leaving.connect(self._keep_state)
        ctx.history_changed.connect(self._on_history)
        ctx.language_changed.connect(self.retranslate)
        ctx.workspace_requested.connect(self.show_workspace)
        ctx.memo_requested.connect(self._on_memo_requested)
        ctx.quiet_requested.connect(self._set_quiet)
        ctx.jobs.tasks.changed.connect(self._close_when_done)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        self.menus.name()
        self._set_title()
        self.ctx.actions.refresh()

    def _set_title(self) -> None:
        project = self.ctx.project
        if project is None:
            self.setWindowTitle("Telaah")
        elif project.read_only:
            self.setWindowTitle(self.ctx.t("{title} (for reading only) – Telaah", title=project.title))
        else:
            self.setWindowTitle(f"{project.title} – Telaah")

    # workspaces

    @property
    def front(self) -> Workspace | None:
        """The workspace in front; None on the start page."""
        return self.workspaces.get(self._front) if self.ctx.project is not None else None

    def show_workspace(self, key: str) -> None:
        """Bring the workspace `key` to the front; it is made when it is shown for the first time."""
        if self.ctx.project is None:
            return
        workspace = self._workspace(key)
        self._keep_state()
        self._front = key
        self.stack.setCurrentWidget(workspace)
        self.bar.choose(key)
        self.status.show_remark("")
        workspace.on_shown()
        self.menus.make()
        self.ctx.actions.refresh()

    def _workspace(self, key: str) -> Workspace:
        if key not in self.workspaces:
            place = next(place for place in self.places if place.key == key)
            made = load(place)(self.ctx)
            self.workspaces[key] = made
            self.stack.addWidget(made)
            made.remark_changed.connect(lambda text, tone: self._on_remark(key, text, tone))
            self.ctx.actions.add(self._guarded(key, action) for action in made.actions())
            self.menus.make()
            made.begin()
        return self.workspaces[key]

    def _guarded(self, key: str, action: Action) -> Action:
        """`action`, working only while its workspace is in front."""

        def when() -> bool:
            return self.ctx.project is not None and self._front == key and action.works()

        return dataclasses.replace(action, when=when, sheet=action.sheet or key)

    def _on_remark(self, key: str, text: str, tone: str) -> None:
        if key == self._front:
            self.status.show_remark(text, tone)

    def _set_quiet(self, quiet: bool) -> None:
        """Leave the workspace alone in sight, or show everything around it again."""
        for part in (self.menuBar(), self.bar, self._bar_line, self.status):
            part.setVisible(not quiet)

    # the project

    def _on_project_opened(self) -> None:
        project = self.ctx.project
        assert project is not None
        self._guid = project.guid
        self.pages.setCurrentWidget(self._project_page)
        self._set_title()
        self._recover_draft()
        wanted = self.ctx.settings.project_state(project.guid).get("front", "")
        keys = [place.key for place in self.places]
        self._front = ""
        if keys:
            # after the workspaces that exist already have been told of the project
            QTimer.singleShot(0, lambda: self.show_workspace(wanted if wanted in keys else keys[0]))

    def _on_project_refused(self, path: Path, error: CodingError) -> None:
        from app.dialogs.backups import show_backups
        from app.dialogs.locked import ask_locked

        if error.code.startswith("project_locked"):
            ask_locked(self.ctx, self, path, error)
        else:
            show_backups(self.ctx, self, path, error)

    def _recover_draft(self) -> None:
        from app.memos.keeping import recover_draft

        recover_draft(self.ctx)
        recover_code_draft(self.ctx)

    def _on_memo_requested(self, kind: MemoKind, guid: str) -> None:
        from app.memos.window import memos_window

        memos_window(self.ctx, self).open_at(kind, guid)

    def _on_project_closed(self) -> None:
        self._keep_state()
        self._guid = None
        self._front = ""
        self.pages.setCurrentWidget(self.start_page)
        self.menus.make()
        self.start_page.refresh()
        self._set_title()

    def _on_history(self) -> None:
        self._set_title()
        self.ctx.actions.refresh()

    def _keep_state(self) -> None:
        if self._guid is None:
            return
        state: dict[str, Any] = self.ctx.settings.project_state(self._guid)
        state["front"] = self._front or state.get("front", "")
        for key, workspace in self.workspaces.items():
            if kept := workspace.state():
                state[key] = kept
        self.ctx.settings.keep_project_state(self._guid, state)

    # the window itself

    def _restore_window(self) -> None:
        kept = self.ctx.settings.get("window")
        restored = bool(kept) and self.restoreGeometry(QByteArray(base64.b64decode(kept.get("geometry", ""))))
        if not restored:
            screen = QGuiApplication.primaryScreen()
            if screen is not None:
                room = screen.availableGeometry()
                # with the frame that the system puts around it, all of the window is on the screen
                self.resize(min(1366, room.width() - FRAME[0]), min(768, room.height() - FRAME[1]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._keep_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what the window looked like; close once everything queued is in the file."""
        if self.ctx.project is not None and not self._leaves and not self.ctx.project.path.exists():
            from app.dialogs.backups import GoneDialog

            GoneDialog(self.ctx, self, self._close_without).open()
            event.ignore()
            return
        self.ctx.leaving.emit()
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self.ctx.settings.set("window", {"geometry": geometry})
        self.ctx.jobs.reader.drop_all()
        if self.ctx.jobs.busy:
            self._closing = True
            self.pages.setEnabled(False)
            self.ctx.say(self.ctx.t("Finishing what is under way; the window closes by itself"))
            event.ignore()
            return
        self.ctx.shutdown()
        event.accept()

    def _close_without(self) -> None:
        self._leaves = True
        self.close()

    def _close_when_done(self) -> None:
        if self._closing and not self.ctx.jobs.busy:
            self._closing = False
            self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = self._dropped(event)
        event.acceptProposedAction()
        self.take_files(paths)

    def take_files(self, paths: list[Path]) -> None:
        """Open a project among `paths`, or hand transcripts to the workspace that brings them in."""
        from app.review.opening import take_sent, was_sent

        projects = [path for path in paths if path.suffix.lower() == PROJECT_SUFFIX]
        if sent := [path for path in paths if was_sent(path)]:
            take_sent(self.ctx, self, sent[0])
        elif projects:
            self.ctx.open_project(projects[0])
        elif self.ctx.project is None:
            self.ctx.say(self.ctx.t("Open or make a project first; then drop the transcripts again"), "warning")
        else:
            self.show_workspace("transcripts")
            self.ctx.files_dropped.emit(paths)

    def _dropped(self, event: QDropEvent) -> list[Path]:
        mime = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
        from app.review.opening import was_sent
        from coding.transcripts.readers import SUFFIXES

        wanted = (PROJECT_SUFFIX, *SUFFIXES)
        return [path for path in paths if path.suffix.lower() in wanted or path.is_dir() or was_sent(path)]
