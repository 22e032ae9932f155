"""Reading sources, informants and codes for the panels, and changing sources from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.dialogs.informant import edit_informant
from app.models.code_book import CodeBook
from app.transcript_editor.opening import (
    TextMenu,
    edit_speakers,
    edit_text,
    show_former_texts,
    show_informants,
    tell_drafts,
)
from app.workspaces.transcripts.original_file import add_original
from app.workspaces.transcripts.source_dialogs import ask_removal, edit_source
from coding.codes.counts import counts_by_guid
from coding.codes.queries import frameworks, open_codes
from coding.errors import mark
from coding.informants.queries import informants
from coding.project import Operation, Reader
from coding.segments.queries import sources_coded_since
from coding.transcripts.editing import set_details
from coding.transcripts.queries import source_text, sources
from coding.transcripts.rows import InformantRow, SourceRow, SourceText

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


@dataclass(frozen=True, slots=True)
class _People:
    stamp: int
    sources: list[SourceRow]
    informants: list[InformantRow]
    open: SourceText | None


class Library(QObject):
    """Keeps the lists of the workspace as the project has them."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self._first = False
        self._counted: int | None = None
        self._counted_of: str | None = None
        panel = workspace.sources
        panel.source_chosen.connect(workspace.desk.open)
        panel.source_entered.connect(self._on_entered)
        panel.source_menu_asked.connect(self._on_source_menu)
        panel.informant_chosen.connect(self._on_informant)
        panel.informant_menu_asked.connect(self._on_informant_menu)
        panel.informant_edit_asked.connect(self.edit_informant)
        panel.informants_asked.connect(partial(show_informants, workspace))
        TextMenu(workspace)

    # reading

    def read_all(self) -> None:
        """Read everything of a project that was just opened."""
        self._first = True
        self.read_codes()
        self.read_people()
        tell_drafts(self._workspace)

    def read_codes(self) -> None:
        """Read the frameworks, the open codes and their counts."""
        only = self._only()

        def read(reader: Reader) -> CodeBook:
            book = CodeBook.of(frameworks(reader), open_codes(reader))
            return book if only is None else book.with_counts(counts_by_guid(reader, only))

        self._ctx.read(read, self._take_book, key="transcripts.codes")

    def _only(self) -> str | None:
        """Whose codings alone are counted, where coders code blind."""
        return self._ctx.project.only_coder if self._ctx.project is not None else None

    def read_code_counts(self) -> None:
        """Read how many coded segments the codes have."""
        only = self._only()
        self._ctx.read(
            lambda reader: counts_by_guid(reader, only), self._take_code_counts, key="transcripts.code_counts"
        )

    def read_people(self) -> None:
        """Read sources, informants, and what may have changed of the open source."""
        asked = self._workspace.desk.source.guid if self._workspace.desk.source else None
        only = self._counted_of = self._only()

        def read(reader: Reader) -> _People:
            with reader.read():
                stamp, _ = sources_coded_since(reader, None)
                rows = sources(reader, coder=only)
                there = asked is not None and any(row.guid == asked for row in rows)
                return _People(stamp, rows, informants(reader), source_text(reader, asked) if there and asked else None)

        self._ctx.read(read, partial(self._take_people, asked), key="transcripts.sources")

    def read_counts(self) -> None:
        """Read again how much is coded in the sources whose segments have changed."""
        only, since = self._only(), self._counted
        if only != self._counted_of:
            since, self._counted_of = None, only

        def read(reader: Reader) -> tuple[int, bool, list[SourceRow]]:
            with reader.read():
                stamp, touched = sources_coded_since(reader, since)
                if touched is None:
                    return stamp, True, sources(reader, coder=only)
                return stamp, False, [row for guid in touched for row in sources(reader, guid, only)]

        self._ctx.read(read, self._take_counts, key="transcripts.counts")

    def _take_book(self, book: CodeBook) -> None:
        self._workspace.tagging.book = book
        self._workspace.show_book()

    def _take_code_counts(self, counts: dict[str, int]) -> None:
        book = self._workspace.tagging.book.with_counts(counts)
        if book is not self._workspace.tagging.book:
            self._workspace.tagging.book = book
            self._workspace.codes.set_book(book)

    def _take_people(self, asked: str | None, found: _People) -> None:
        workspace = self._workspace
        self._counted = found.stamp
        before = [row.guid for row in workspace.sources.sources.sources()]
        workspace.sources.set_informants(found.informants)
        self._take_sources(found.sources)
        desk = workspace.desk
        if found.open is not None:
            desk.renew_source(found.open)
        elif asked is not None and desk.source is not None and desk.source.guid == asked:
            self._after_removal(before.index(asked) if asked in before else 0)
        if self._first:
            self._first = False
            workspace.first_place()
        elif desk.asked is None and found.sources:
            desk.open(found.sources[0].guid)

    def _take_sources(self, rows: list[SourceRow]) -> None:
        workspace = self._workspace
        workspace.sources.set_sources(rows)
        workspace.show_empty(not rows)
        if workspace.desk.source is not None:
            workspace.sources.show_open(workspace.desk.source.guid)
        self.show_header()

    def _take_counts(self, read: tuple[int, bool, list[SourceRow]]) -> None:
        self._counted, whole, rows = read
        if whole:
            self._take_sources(rows)
        else:
            for row in rows:
                self._workspace.sources.sources.replace_row(row)

    def _after_removal(self, place: int) -> None:
        """The open source is gone: open the one that stands in its place."""
        self._workspace.desk.close()
        rows = self._workspace.sources.sources.sources()
        if rows:
            self._workspace.desk.open(rows[min(place, len(rows) - 1)].guid)

    def show_header(self) -> None:
        """Say in the line over the text what is known of the open source."""
        source = self._workspace.desk.source
        people = self._workspace.sources.informants.rows
        codes = {turn.informant for turn in source.turns} if source else set()
        self._workspace.header.show_source(source, tuple(row for row in people if row.code in codes))

    def clear(self) -> None:
        """The project was closed."""
        self._counted = None
        self._workspace.sources.set_sources(())
        self._workspace.sources.set_informants(())
        self._workspace.tagging.book = CodeBook()
        self._workspace.show_book()

    # sources

    def _row(self, guid: str) -> SourceRow | None:
        return next((row for row in self._workspace.sources.sources.sources() if row.guid == guid), None)

    def _on_entered(self, guid: str) -> None:
        self._workspace.desk.open(guid, self._workspace.focus_text)

    def _on_source_menu(self, guid: str, where: QPoint) -> None:
        row = self._row(guid)
        if row is not None:
            menu = self.source_menu(row)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def source_menu(self, row: SourceRow) -> QMenu:
        """What can be done with a source."""
        t = self._ctx.t
        menu = QMenu(self._workspace)
        menu.addAction(t("Open"), partial(self._on_entered, row.guid))
        menu.addAction(t("Rename…"), partial(self.edit, row.guid))
        menu.addAction(t("Details…"), partial(self.edit, row.guid, "details"))
        menu.addSeparator()
        menu.addAction(t("Edit text…"), partial(edit_text, self._workspace, row.guid))
        menu.addAction(t("Former texts…"), partial(show_former_texts, self._workspace, row.guid))
        menu.addAction(t("Who speaks…"), partial(edit_speakers, self._workspace, row.guid))
        menu.addSeparator()
        out = menu.addAction(t("Leave out of the analysis"), partial(self._set, row, "left_out", not row.left_out))
        own = menu.addAction(
            t("The author's own statements"), partial(self._set, row, "own_statements", not row.own_statements)
        )
        for action, on in ((out, row.left_out), (own, row.own_statements)):
            action.setCheckable(True)
            action.setChecked(on)
        menu.addSeparator()
        add_original(menu, self._ctx, self._workspace, row)
        menu.addAction(t("Remove…"), partial(self.remove, row.guid))
        return menu

    def edit_open(self) -> None:
        """Ask for the details of the open source."""
        source = self._workspace.desk.source
        if source is not None:
            self.edit(source.guid, "details")

    def edit(self, guid: str, what: str = "name") -> None:
        """Ask for name and details of a source, beginning with `what`."""
        row = self._row(guid)
        if row is not None:
            taken = {other.name.casefold() for other in self._workspace.sources.sources.sources() if other.guid != guid}
            edit_source(self._ctx, self._workspace, row, taken, what)

    def remove(self, guid: str) -> None:
        """Ask whether a source is to go."""
        row = self._row(guid)
        if row is not None:
            people = self._workspace.sources.informants.rows
            alone = [person.code for person in people if person.sources == (row.name,)]
            ask_removal(self._ctx, self._workspace, row, alone)

    def _set(self, row: SourceRow, name: str, value: bool) -> None:
        def work(op: Operation) -> None:
            set_details(op, row.guid, {name: value})

        self._ctx.operate(mark("Change details of “{source}”"), work, source=row.name)

    # informants

    def _person(self, guid: str) -> InformantRow | None:
        return next((row for row in self._workspace.sources.informants.rows if row.guid == guid), None)

    def _on_informant(self, guid: str) -> None:
        """Go to the first source in which the informant speaks, unless one of theirs is open."""
        row, source = self._person(guid), self._workspace.desk.source
        if row is None or (source is not None and source.name in row.sources):
            return
        if not row.sources:
            self._ctx.say(self._ctx.t("{code} speaks in no source", code=row.code))
            return
        found = next(s for s in self._workspace.sources.sources.sources() if s.name == row.sources[0])
        self._workspace.desk.open(found.guid)

    def _on_informant_menu(self, guid: str, where: QPoint) -> None:
        row = self._person(guid)
        if row is None:
            return
        menu = QMenu(self._workspace)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._ctx.t("Edit…"), partial(self.edit_informant, guid))
        menu.addAction(self._ctx.t("Show in the table…"), partial(show_informants, self._workspace, guid))
        if row.sources:
            menu.addSeparator()
        for name in row.sources:
            source = next((s for s in self._workspace.sources.sources.sources() if s.name == name), None)
            if source is not None:
                menu.addAction(name, partial(self._on_entered, source.guid))
        menu.popup(where)

    def edit_informant(self, guid: str) -> None:
        """Ask for what is known of an informant."""
        row = self._person(guid)
        if row is not None:
            edit_informant(self._ctx, self._workspace, row)
