"""Opens the editor, the former texts and the table of informants from the Transcripts workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from app.transcript_editor.drafts import TextDrafts
from app.transcript_editor.turns import TurnHands, turn_at
from coding.errors import mark

if TYPE_CHECKING:
    from app.actions.registry import Action
    from app.informants.window import InformantsWindow
    from app.transcript_editor.window import TextEditor
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


def editing_actions(workspace: TranscriptsWorkspace) -> list[Action]:
    """What can be done with the text of the open source, its turns, and the informants."""
    from app.actions.registry import Action

    def is_open() -> bool:
        return workspace.desk.source is not None

    def can_write() -> bool:
        return is_open() and workspace.ctx.project is not None and not workspace.ctx.project.read_only

    in_edit = partial(Action, menu="edit", group="text")
    return [
        in_edit("source.edit_text", mark("Edit text…"), partial(edit_text, workspace), ("Ctrl+Shift+T",), when=is_open),
        in_edit("source.show_former", mark("Former texts…"), partial(show_former_texts, workspace), when=is_open),
        in_edit("source.edit_speakers", mark("Who speaks…"), partial(edit_speakers, workspace), when=can_write),
        in_edit(
            "turn.change_speaker", mark("Who speaks here…"), partial(ask_speaker, workspace), ("Ctrl+Shift+W",),
            when=can_write,
        ),
        Action(
            "informant.show_table", mark("Informants…"), partial(show_informants, workspace), ("Ctrl+Shift+I",),
            menu="project", group="sources", when=lambda: workspace.ctx.project is not None,
        ),
    ]  # fmt: skip


def edit_text(workspace: TranscriptsWorkspace, guid: str | None = None) -> TextEditor | None:
    """Open the text of a source, or of the open one at the caret, for editing."""
    from app.transcript_editor.window import TextEditor

    source = workspace.desk.source
    if guid is None and source is None:
        return None
    window = workspace.window()
    shown = window.findChild(TextEditor)
    if not isinstance(shown, TextEditor):
        shown = TextEditor(workspace.ctx, window)
    if source is not None and guid in (None, source.guid):
        chosen = workspace.view.selection()
        at = chosen.start if chosen is not None else workspace.view.area.caret()
        shown.open_source(source.guid, at, chosen.end if chosen is not None else None)
    elif guid is not None:
        shown.open_source(guid)
    return shown


def show_former_texts(workspace: TranscriptsWorkspace, guid: str | None = None) -> None:
    """Show the former texts of a source, or of the open one."""
    from app.transcript_editor.former import show_former

    rows = workspace.sources.sources.sources()
    source = workspace.desk.source
    wanted = guid or (source.guid if source is not None else None)
    row = next((row for row in rows if row.guid == wanted), None)
    if row is not None:
        show_former(workspace.ctx, workspace, row.guid, row.name)


def edit_speakers(workspace: TranscriptsWorkspace, guid: str | None = None) -> None:
    """Ask who speaks under which label of a source, or of the open one."""
    from app.transcript_editor.speakers import SpeakersDialog
    from coding.transcripts.queries import source_text

    source = workspace.desk.source
    wanted = guid or (source.guid if source is not None else None)
    if wanted is None:
        return
    people = workspace.sources.informants.rows
    workspace.ctx.read(
        lambda reader: source_text(reader, wanted),
        lambda found: SpeakersDialog(workspace.ctx, workspace, found, people).open(),
        key="speakers.source",
    )


def ask_speaker(workspace: TranscriptsWorkspace) -> QMenu | None:
    """Open the menu of speakers for the selected words, else for the turn at the caret."""
    source = workspace.desk.source
    if source is None:
        return None
    view = workspace.view
    chosen = view.selection()
    turn = turn_at(source, chosen.start if chosen is not None else view.area.caret())
    if turn is None:
        workspace.ctx.say(workspace.ctx.t("Nobody's turn is at the caret"))
        return None
    menu = QMenu(workspace)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    people = workspace.sources.informants.rows
    TurnHands(workspace.ctx, workspace).fill_voices(menu, source, turn, people, chosen)
    menu.popup(view.area.viewport().mapToGlobal(view.area.cursorRect().bottomLeft()))
    return menu


class TextMenu(QObject):
    """Adds to the menu of the text what changes the turn and the text where it was asked for."""

    def __init__(self, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._at: int | None = None
        workspace.view.area.viewport().installEventFilter(self)
        workspace.view.menu_opened.connect(self._on_menu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            self._at = None
            if event.reason() == QContextMenuEvent.Reason.Mouse:
                area = self._workspace.view.area
                self._at = area.shown.display.to_cp(area.cursorForPosition(event.pos()).position())
        return super().eventFilter(watched, event)

    def _on_menu(self, menu: QMenu) -> None:
        at, self._at = self._at, None
        fill_text_menu(self._workspace, menu, at)


def fill_text_menu(workspace: TranscriptsWorkspace, menu: QMenu, at: int | None = None) -> None:
    """Put into `menu` what changes the turn and the text at `at` (code points), else at the caret."""
    source = workspace.desk.source
    if source is None:
        return
    chosen = workspace.view.selection()
    if at is None:
        at = chosen.start if chosen is not None else workspace.view.area.caret()
    elif chosen is not None and not chosen.start <= at <= chosen.end:
        chosen = None
    menu.addSeparator()
    TurnHands(workspace.ctx, workspace).fill(menu, source, at, workspace.sources.informants.rows, chosen)
    menu.addAction(workspace.ctx.t("Edit text…"), partial(edit_text, workspace))


def show_informants(workspace: TranscriptsWorkspace, guid: str | None = None) -> InformantsWindow:
    """Open the table of informants, at this one."""
    from app.informants.window import InformantsWindow

    window = workspace.window()
    shown = window.findChild(InformantsWindow)
    if not isinstance(shown, InformantsWindow):
        shown = InformantsWindow(workspace.ctx, window)
    shown.open_at(guid)
    return shown


def tell_drafts(workspace: TranscriptsWorkspace) -> None:
    """Say that an edit of a text was being written when the program ended; it is offered where the text is edited."""
    ctx = workspace.ctx
    if ctx.project is None or ctx.project.read_only:
        return
    for draft in TextDrafts(ctx.settings).of_project(ctx.project.guid):
        ctx.say(
            ctx.t("An edit of the text of “{source}” was not stored; “Edit text…” offers it again", source=draft.name)
        )
