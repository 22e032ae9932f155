"""What a person does to tag, by key, by menu and by mouse, turned into what `Tagging` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.context import Context
from coding.text import Span

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class TagCommands(QObject):
    """Commands on the target, the current segment and the selection of the open source."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self._tagging = workspace.tagging
        view, codes = workspace.view, workspace.codes
        view.key_in_vivo.connect(self.in_vivo)
        view.key_other.connect(self.key)
        view.dropped_code.connect(self.put)
        view.bar_code.connect(self.put)
        view.menu_opened.connect(self.fill_menu)
        view.margin.code_dropped.connect(self.recode_to)
        codes.selection_dropped.connect(self._on_selection_dropped)
        codes.code_clicked.connect(self._on_code_clicked)
        codes.code_double_clicked.connect(self._on_code_double_clicked)
        codes.code_entered.connect(self.put)
        codes.key_asked.connect(self._tagging.give_key)
        codes.keys_switched.connect(self._tagging.switch_keys)

    def key(self, meaning: str) -> None:
        """A key of the text that has no signal of its own."""
        commands = {
            "star": self.star,
            "reported": self.mark_reported,
            "repeat": self._tagging.repeat,
            "recode": self.recode,
            "number_keys": self._tagging.switch_keys,
            "topic": self._workspace.topics.ask,
        }
        commands[meaning]()

    def put(self, guid: str) -> None:
        """Tag the target with a code and take the keys back to the text."""
        code = self._tagging.book.get(guid)
        if code is not None:
            self._tagging.put(code)
            self._workspace.focus_text()

    def star(self) -> None:
        """Star the current segment as quotable, or take the star away."""
        row = self._tagging.current
        self._tagging.set_exemplar(not (row is not None and row.exemplar))

    def mark_reported(self) -> None:
        """Mark the current segment as reported speech, or as verbatim again."""
        row = self._tagging.current
        self._tagging.set_reported(not (row is not None and row.reported))

    def recode(self) -> None:
        """Ask for the code to put in the place of the current segment's."""
        self._workspace.help.open_recoding()

    def recode_to(self, segment: str, guid: str) -> None:
        """Put a code in the place of a segment's own."""
        code = self._tagging.book.get(guid)
        if code is not None:
            self._tagging.recode(code, segment)
            self._workspace.focus_text()

    def in_vivo(self) -> None:
        """Tag the selected words with a code called as they are."""
        self._tagging.in_vivo(self._workspace.view.selection())

    def select_turn(self) -> None:
        """Select the turn at the caret, and show what can be done with it."""
        self._workspace.view.grow()
        self._workspace.view.show_bar()

    def select_sentence(self) -> None:
        """Select the sentence at the caret, and show what can be done with it."""
        view = self._workspace.view
        view.select_span(view.sentence_at_caret())
        view.show_bar()

    def _on_code_clicked(self, guid: str) -> None:
        """A click tags what is selected; with nothing selected it shows what is coded so."""
        if self._workspace.view.selection() is not None:
            self.put(guid)
        else:
            self._workspace.help.show_segments(guid)

    def _on_code_double_clicked(self, guid: str) -> None:
        """A double click tags the sentence at the caret; a selection has been tagged by its first half."""
        if self._workspace.view.selection() is None:
            self.put(guid)

    def _on_selection_dropped(self, guid: str, place: dict[str, Any]) -> None:
        code, source, view = self._tagging.book.get(guid), self._tagging.source, self._workspace.view
        if code is not None and source is not None and place["source"] == source.guid:
            target = view.target()
            inside = place["start"] <= target.start and target.end <= place["end"]
            self._tagging.put(code, target if inside else Span(place["start"], place["end"]))
            self._workspace.focus_text()

    def fill_menu(self, menu: QMenu) -> None:
        """Add what can be tagged and changed at the place of a context menu."""
        t, workspace, row = self._ctx.t, self._workspace, self._tagging.current
        selected = workspace.view.selection() is not None
        menu.addAction(t("Select the sentence"), self.select_sentence)
        menu.addAction(t("Select the turn"), self.select_turn)
        menu.addSeparator()
        menu.addAction(t("Tag…"), workspace.help.open_palette)
        last = workspace.tagging.book.get(next(iter(self._tagging.recent), None))
        if last is not None:
            words = t("Tag with “{code}” again", code=last.label(self._ctx.language))
            menu.addAction(words, self._tagging.repeat)
        menu.addAction(t("Code in vivo"), self.in_vivo).setEnabled(selected)
        if row is None:
            return
        menu.addSeparator()
        menu.addAction(t("Memo"), workspace.memos.write)
        menu.addAction(t("Change the code…"), self.recode)
        menu.addAction(t("Topic of the segment…"), self._workspace.topics.ask)
        for words, on, command in (
            (t("Exemplar"), row.exemplar, self.star),
            (t("Reported speech"), row.reported, self.mark_reported),
        ):
            action = menu.addAction(words, command)
            action.setCheckable(True)
            action.setChecked(on)
        menu.addAction(t("Remove “{code}”", code=row.label(self._ctx.language)), workspace.remove_segment)
