"""Codes beside the text: the palette, the card with a definition, the segments of one code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.dialogs.palette import Palette
from coding.codes.rows import CodeRow
from coding.project import Reader
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class CodeHelp(QObject):
    """Opens and fills what helps to choose a code."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self._code: CodeRow | None = None
        self.palette: Palette | None = None
        codes, segment, card = workspace.codes, workspace.segment, workspace.card
        codes.code_current.connect(self.show_segments)
        codes.code_hovered.connect(self._on_hovered)
        codes.menu_asked.connect(self._on_menu)
        card.segment_asked.connect(workspace.desk.open_segment)
        card.closed.connect(workspace.focus_text)
        segment.code_segments.segment_asked.connect(workspace.desk.open_segment)
        segment.nav.closed.connect(self._on_closed)

    # the palette

    def open_palette(self) -> None:
        """Ask for the codes to put on the target."""
        tagging, source = self._workspace.tagging, self._workspace.desk.source
        span = tagging.may_tag()
        if source is None or span is None:
            return
        palette = self._new_palette(span.of(source.text))
        palette.offer_several()
        palette.code_chosen.connect(partial(self._on_code, span))
        palette.name_chosen.connect(lambda name, valence: tagging.put_new(name, span, valence))
        palette.several_chosen.connect(lambda picks: tagging.put_several(picks, span))
        palette.open_at(self._workspace.middle.geometry())

    def open_recoding(self) -> None:
        """Ask for the code to put in the place of the current segment's."""
        tagging = self._workspace.tagging
        row = tagging.may_recode()
        if row is None:
            return
        palette = self._new_palette(row.text)
        palette.ask_for(
            self._ctx.t("Type the code to put in the place of “{code}”", code=row.label(self._ctx.language))
        )
        palette.code_chosen.connect(partial(self._on_other_code, row.guid))
        palette.name_chosen.connect(lambda name, valence: tagging.recode_new(name, row.guid, valence))
        palette.open_at(self._workspace.middle.geometry())

    def _new_palette(self, passage: str) -> Palette:
        workspace, tagging = self._workspace, self._workspace.tagging
        if self.palette is not None:
            self.palette.close_palette()
        palette = Palette(self._ctx, workspace, tagging.book, workspace.codes.framework, passage)
        palette.show_keys(tagging.keys_of)
        palette.show_recent([code for guid in tagging.recent if (code := tagging.book.get(guid)) is not None])
        palette.closed.connect(self._on_palette_closed)
        self.palette = palette
        return palette

    def _on_palette_closed(self) -> None:
        self.palette = None
        self._workspace.focus_text()

    def _on_code(self, span: Span, guid: str, valence: Valence | None) -> None:
        code = self._workspace.tagging.book.get(guid)
        if code is not None:
            self._workspace.tagging.put(code, span, valence)

    def _on_other_code(self, segment: str, guid: str, valence: Valence | None) -> None:
        code = self._workspace.tagging.book.get(guid)
        if code is not None:
            self._workspace.tagging.recode(code, segment, valence)

    # the segments of one code

    def show_segments(self, guid: str) -> None:
        """Show all segments of a code, over all sources."""
        code = self._workspace.tagging.book.get(guid)
        if code is not None:
            self._code = code
            self._read(code, self._show)
            if self._workspace.card.pinned:
                self.show_card(code, pinned=True)

    def _show(self, code: CodeRow, rows: list[SegmentRow]) -> None:
        book, language = self._workspace.tagging.book, self._ctx.language
        self._workspace.segment.show_code(code.label(language), book.full_label(code, language), code.color, rows)

    def _on_closed(self) -> None:
        self._code = None
        self._workspace.codes.tree.choose(None)
        segment, tagging = self._workspace.segment, self._workspace.tagging
        segment.show_nothing()
        if tagging.current is not None:
            tagging.current_changed.emit()
        self._workspace.focus_text()

    def renew(self) -> None:
        """Segments have changed: read those of the code that is gone through again, and the card's examples."""
        if self._code is not None and self._workspace.segment.goes_through_code:
            self._read(self._code, lambda _, rows: self._workspace.segment.renew_code(rows))
        shown = self._workspace.card.code
        if shown is not None:
            self._read_exemplars(shown)

    def _read(self, code: CodeRow, show: object) -> None:
        assert callable(show)
        guid = code.guid
        self._ctx.read(
            lambda reader: segments(reader, code=guid), lambda rows: show(code, rows), key="transcripts.of_code"
        )

    # the card

    def toggle_card(self) -> None:
        """F2: what the chosen code means, or the current segment's; again, and the card goes."""
        workspace = self._workspace
        if workspace.card.code is not None and workspace.card.pinned:
            workspace.card.close_card()
            return
        current = workspace.tagging.current
        code = workspace.codes.tree.code() or workspace.tagging.book.get(current.code_guid if current else None)
        if code is None:
            self._ctx.say(self._ctx.t("Choose a code or a coded segment first"))
        else:
            self.show_card(code, pinned=True)

    def show_card(self, code: CodeRow, *, pinned: bool) -> None:
        """Show what a code means."""
        self._workspace.card.show_code(code, self._workspace.tagging.book, pinned=pinned)
        self._read_exemplars(code)

    def _read_exemplars(self, code: CodeRow) -> None:
        guid = code.guid

        def read(reader: Reader) -> list[SegmentRow]:
            return [row for row in segments(reader, code=guid) if row.exemplar]

        self._ctx.read(read, partial(self._workspace.card.show_exemplars, guid), key="transcripts.exemplars")

    def _on_hovered(self, guid: str) -> None:
        card = self._workspace.card
        if card.pinned:
            return
        code = self._workspace.tagging.book.get(guid)
        if code is None:
            card.hide()
        elif self._workspace.isVisible():
            self.show_card(code, pinned=False)

    # the menu of a code

    def _on_menu(self, guid: str, where: QPoint) -> None:
        code = self._workspace.tagging.book.get(guid)
        if code is not None:
            menu = self.code_menu(code)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def code_menu(self, code: CodeRow) -> QMenu:
        """What can be done with a code."""
        t, workspace = self._ctx.t, self._workspace
        menu = QMenu(workspace)
        tag = menu.addAction(t("Tag with it"), partial(self._tag, code.guid))
        tag.setEnabled(workspace.desk.source is not None)
        menu.addAction(t("Show its segments"), partial(self.show_segments, code.guid))
        menu.addAction(t("What it means"), partial(self.show_card, code, pinned=True))
        menu.addSeparator()
        keys = menu.addMenu(t("Number key"))
        for number in range(1, 10):
            holder = workspace.tagging.book.get(workspace.tagging.numbers.given.get(number))
            words = f"{number}   {holder.label(self._ctx.language)}" if holder is not None else str(number)
            action = keys.addAction(words, partial(workspace.tagging.give_key, number, code.guid))
            action.setCheckable(True)
            action.setShortcut(QKeySequence(f"Alt+{number}"))
            action.setChecked(holder is not None and holder.guid == code.guid)
        own = workspace.tagging.numbers.number_of(code.guid)
        if own is not None:
            keys.addSeparator()
            keys.addAction(t("None of its own"), partial(workspace.tagging.give_key, own, None))
        return menu

    def _tag(self, guid: str) -> None:
        code = self._workspace.tagging.book.get(guid)
        if code is not None:
            self._workspace.tagging.put(code)
            self._workspace.focus_text()
