"""The codebook beside the text: opened by one key on the real sample, read, searched, followed, put on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.codebook.look import on_screen
from app.codebook.names import Names
from app.codebook.pages import Pages
from app.codebook.paper import CodebookPaper
from app.codebook.reading import Library, best, hits, read_library
from app.codebook.window import CodebookWindow
from app.context import Context
from app.main_window import MainWindow
from app.printing.paper import page_layout
from app.theme import Theme
from app.workspaces.transcripts import TranscriptsWorkspace
from coding.changes import Changes
from coding.codes.rows import CodeRow
from coding.errors import CodingError
from coding.project import Project
from coding.segments.editing import set_exemplar
from coding.segments.queries import segments
from coding.words import Words

Idle = Callable[[Context], None]
CLARITY = "edward3.communication.clarity"


class Room:
    """The Transcripts workspace on the sample, and its codebook once it is open."""

    def __init__(self, workspace: TranscriptsWorkspace, window: MainWindow, idle: Idle) -> None:
        self.workspace, self.window, self.ctx = workspace, window, workspace.ctx
        self._idle = idle

    def idle(self) -> None:
        self._idle(self.ctx)

    @property
    def book(self) -> CodebookWindow:
        shown = self.window.findChild(CodebookWindow)
        assert isinstance(shown, CodebookWindow)
        return shown

    def open(self, path: str | None = None) -> CodebookWindow:
        """Choose the code `path` in the workspace's tree and open the codebook."""
        if path:
            codes = (code for row in self.workspace.tagging.book.frameworks for code in row.codes)
            self.workspace.codes.show_code(next(code for code in codes if code.path == path))
        self.ctx.actions.run("code.show_codebook")
        self.idle()
        return self.book

    def code(self, path: str) -> CodeRow:
        """The code at `path` with its counts, as the workspace has it."""
        codes = (code for row in self.workspace.tagging.book.frameworks for code in row.codes)
        return next(code for code in codes if code.path == path)

    def path(self) -> str:
        """The path of the code whose page is shown."""
        found = self.book.library.place(self.book.place.code)
        assert found is not None
        return found[1].path

    def type(self, words: str) -> None:
        """Write `words` into the search and wait for what it finds."""
        self.book.focus_search()
        QTest.keyClicks(self.book.search, words)
        self.book.search_now()

    def paths(self) -> list[str]:
        """The paths of the codes in the tree."""
        entries = {entry.guid: entry.path for book in self.book.library.books for entry in book.entries}
        return [entries[guid] for guid in self.book.tree.guids()]

    def follow(self, words: str) -> None:
        """Follow the link whose text is `words`."""
        document = self.book.page.document()
        cursor = document.find(words)
        while not cursor.isNull() and not cursor.charFormat().anchorHref():
            cursor = document.find(words, cursor)
        assert cursor.charFormat().anchorHref(), words
        self.book.page.followed.emit(cursor.charFormat().anchorHref())
        self.idle()

    @property
    def text(self) -> str:
        return self.book.page.toPlainText().replace("\xa0", " ")


@pytest.fixture
def room(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> Room:
    qtbot.waitUntil(lambda: "transcripts" in window.workspaces, timeout=10_000)
    window.show_workspace("transcripts")
    idle(sample_ctx)
    workspace = window.workspaces["transcripts"]
    assert isinstance(workspace, TranscriptsWorkspace)
    return Room(workspace, window, idle)


@pytest.fixture(scope="module")
def library(sample_file: Path) -> Library:
    with Project.open(sample_file, read_only=True) as project:
        return read_library(project)


class TestOpening:
    def test_its_key_opens_it_at_the_code_chosen_in_the_tree(self, room: Room) -> None:
        action = room.ctx.actions.get("code.show_codebook")
        assert (action.shortcuts, action.menu) == (("Shift+F2",), "code")
        book = room.open(CLARITY)
        assert book.isVisible()
        assert not book.isModal()
        assert room.path() == CLARITY
        assert "1.2 Clarity" in room.text.replace("  ", " ")
        assert book.windowTitle() == "Clarity – Codebook"

    def test_without_a_code_it_begins_with_the_framework_at_hand(self, room: Room) -> None:
        room.workspace.tagging.choose(None)
        room.workspace.codes.show_framework("jones")
        room.workspace.codes.tree.choose(None)
        room.open()
        assert room.path() == "jones.organization"

    def test_it_is_one_window_that_esc_closes_and_the_key_brings_back(self, room: Room) -> None:
        book = room.open(CLARITY)
        QTest.keyClick(book.tree, Qt.Key.Key_Escape)
        assert not book.isVisible()
        assert room.open() is book
        assert book.isVisible()

    def test_size_and_columns_are_remembered(self, room: Room, qtbot: QtBot) -> None:
        book = room.open(CLARITY)
        book.resize(777, 555)
        book.splitter.setSizes([260, 517])
        sizes = book.splitter.sizes()
        book.reject()
        again = CodebookWindow(room.ctx, room.window, book._hands)
        qtbot.addWidget(again)
        again.show()
        assert (again.width(), again.height()) == (777, 555)
        assert again.splitter.sizes() == sizes

    def test_it_goes_with_its_project(self, room: Room) -> None:
        book = room.open(CLARITY)
        room.ctx.close_project()
        room.idle()
        assert not book.isVisible()
        assert book.library.books == ()


class TestPage:
    def test_everything_is_said_of_an_indicator(self, room: Room) -> None:
        book = room.open(CLARITY)
        found = book.library.place(book.place.code)
        assert found is not None
        entry = found[1]
        wanted = [entry.text(name, "en") for name in ("definition", "look_for", "not_this")]
        wanted += [cue for name in entry.lists for cue in entry.items(name, "en")]
        wanted += [
            *entry.literature,
            f"{room.code(CLARITY).segments} coded segments",
            "Kejelasan",
            "Edward III › Communication",
        ]
        text = room.text.replace("\u2011", "-")
        assert [words for words in wanted if words not in text] == []

    def test_a_dimension_lists_its_indicators_in_a_line_each(self, room: Room) -> None:
        room.open("edward3.communication")
        clarity, above = room.code(CLARITY), room.code("edward3.communication")
        assert (
            f"1.2 Clarity ({clarity.segments}) What implementers and the target group receive can be understood"
            in room.text
        )
        counts = f"{above.segments_below} coded segments · {above.segments} of them on the dimension itself"
        assert counts in room.text
        room.follow("1.3 Consistency")
        assert room.path() == "edward3.communication.consistency"
        assert room.book.tree.guid() == room.book.place.code

    def test_the_neighbour_it_is_confused_with_is_a_link_and_there_is_a_way_back(self, room: Room) -> None:
        book = room.open(CLARITY)
        room.follow("Transmission")
        assert room.path() == "edward3.communication.transmission"
        QTest.keyClick(book.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert room.path() == CLARITY
        assert not book.back.isEnabled()

    def test_exemplars_lead_to_their_transcripts(self, room: Room, qtbot: QtBot) -> None:
        book = room.open(CLARITY)
        found = book.library.place(book.place.code)
        assert found is not None
        rows = book.library.exemplars(found[1])
        assert len(rows) > 3
        shown = re.sub("[‘’“”]", '"', room.text)  # what is quoted inside a quotation has other marks
        assert all(" ".join(row.text.split()) in shown for row in rows)
        with qtbot.waitSignal(room.ctx.segment_requested) as asked:
            room.follow("(RS, 51)")
        assert asked.args == [rows[0].guid]
        room.idle()
        assert room.workspace.tagging.current is not None
        assert room.workspace.tagging.current.guid == rows[0].guid

    def test_the_number_of_segments_leads_to_the_segments(self, room: Room) -> None:
        room.open(CLARITY)
        room.workspace.tagging.choose(None)
        room.follow(f"{room.code(CLARITY).segments} coded segments")
        assert room.workspace.segment.goes_through_code

    def test_a_star_taken_away_is_taken_from_the_page(self, room: Room) -> None:
        book = room.open(CLARITY)
        guid = next(iter(book.library.exemplars(book.library.place(book.place.code)[1]))).guid  # type: ignore[index]
        words = " ".join(book.library.starred[guid].text.split())
        assert words in room.text
        room.ctx.operate("Remove the star", lambda op: set_exemplar(op, guid, False))
        room.idle()
        assert words not in room.text
        assert room.path() == CLARITY

    def test_it_speaks_the_other_language_at_once(self, room: Room) -> None:
        book = room.open(CLARITY)
        room.ctx.set_language("id")
        assert "Ketentuan yang diterima dapat dipahami pelaksana" in room.text
        assert room.path() == CLARITY
        assert book.windowTitle().startswith("Kejelasan")

    def test_it_follows_the_theme_at_once(self, room: Room) -> None:
        book = room.open(CLARITY)

        def ink() -> str:
            cursor = book.page.document().find("What implementers")
            return cursor.charFormat().foreground().color().name().upper()

        assert ink() == Theme(dark=False).hex("ink").upper()
        room.ctx.set_appearance("dark")
        assert ink() == Theme(dark=True).hex("ink").upper()


class TestTagging:
    def test_the_button_puts_the_code_on_the_selection(self, room: Room) -> None:
        workspace = room.workspace
        source = workspace.desk.source
        assert source is not None
        book = room.open("edward3.disposition.appointment")
        assert book.tag.isEnabled()
        span = workspace.view.target()
        book.tag.click()
        room.idle()
        assert room.ctx.project is not None
        with Project.open(room.ctx.project.path, read_only=True) as project:
            code = "edward3.disposition.appointment"
            stored = [row for row in segments(project) if row.code == code]
        assert [(row.source_guid, row.start, row.end) for row in stored] == [(source.guid, span.start, span.end)]
        assert book.isVisible()
        assert "1 coded segment" in room.text


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "path"),
        [
            ("clarity", CLARITY),
            ("kejelasan", CLARITY),
            ("multitafsir", CLARITY),
            ("too many layers", "factors.internal.structure"),
            ("REVISI juknis", "edward3.communication.consistency"),
        ],
    )
    def test_it_finds_by_label_text_and_cue_in_both_languages(self, library: Library, words: str, path: str) -> None:
        found = [best(hits(book, words), words) for book in library.books]
        assert path in [entry.path for entry in found if entry]

    def test_every_word_must_stand_somewhere(self, library: Library) -> None:
        assert [hits(book, "clarity xylophone") for book in library.books] == [()] * len(library.books)

    def test_the_tree_is_narrowed_and_the_best_hit_shown_and_marked(self, room: Room) -> None:
        room.open("edward3.resources.budget")
        room.type("jargon")
        assert room.paths() == ["edward3.communication", CLARITY]
        assert room.path() == CLARITY
        assert [word.casefold() for word in room.book.page.marked()] == ["jargon"]

    def test_what_was_found_in_the_other_language_is_shown_with_the_page(self, room: Room) -> None:
        room.open(CLARITY)
        room.type("multitafsir")
        assert "FOUND IN THE INDONESIAN WORDS\nmultitafsir" in room.text
        assert room.book.page.marked() == ["multitafsir"]

    def test_a_hit_in_another_framework_is_one_step_away(self, room: Room) -> None:
        book = room.open(CLARITY)
        room.type("top-heavy")
        assert not book.tree.isVisible()
        assert book.nothing.isVisible()
        book.nothing.linkActivated.emit("factors")
        assert room.path() == "factors.internal.structure"

    def test_keys_go_from_the_search_to_the_tree_to_the_page(self, room: Room) -> None:
        book = room.open(CLARITY)
        QTest.keyClick(book.tree, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert book.search.hasFocus()
        room.type("coordination")
        before = room.path()
        QTest.keyClick(book.search, Qt.Key.Key_Down)
        assert book.tree.hasFocus()
        QTest.keyClick(book.tree, Qt.Key.Key_Up)
        assert room.path() != before
        QTest.keyClick(book.tree, Qt.Key.Key_Return)
        assert book.page.hasFocus()

    def test_everything_has_a_name_for_a_screen_reader(self, room: Room) -> None:
        book = room.open(CLARITY)
        named = (book.frameworks, book.search, book.tree, book.page, book.back)
        assert all(widget.accessibleName() for widget in named)
        words = book.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        assert words == f"1.2 Clarity, {room.code(CLARITY).segments} coded segments"


class TestNames:
    @pytest.mark.parametrize(
        ("text", "linked"),
        [
            ("Bukan Transmisi dan bukan Kejelasan", ["edward3.communication.transmission"]),
            ("Bukan Koordinasi (Struktur Birokrasi): lain", ["edward3.bureaucracy.coordination"]),
            ("Struktur (Faktor internal) dan SOP", ["factors.internal.structure", "edward3.bureaucracy.sop"]),
            ("transmisi, Transmisinya", []),
        ],
    )
    def test_names_of_codes_lead_to_them(self, library: Library, text: str, linked: list[str]) -> None:
        book = library.books[0]
        entry = next(entry for entry in book.entries if entry.path == CLARITY)
        parts = list(Names(library, "id").parts(text, book, entry))
        assert "".join(part for part, _ in parts) == text
        assert [library.place(guid)[1].path for _, guid in parts if guid] == linked  # type: ignore[index]

    def test_markup_in_a_text_is_text(self, library: Library) -> None:
        from dataclasses import replace

        book = library.books[0]
        entry = replace(book.entries[0], texts={"definition": {"en": "a <b>bold</b> & plain"}}, label_en="<i>Name</i>")
        page = Pages(library, Words("en"), on_screen(Theme()))
        html = page.entry(replace(book, entries=(entry, *book.entries[1:])), entry)
        assert "a &lt;b&gt;bold&lt;/b&gt; &amp; plain" in html
        assert "<i>Name</i>" not in html


class TestPaper:
    @pytest.mark.parametrize("landscape", [False, True])
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_a_whole_framework_is_in_the_file(
        self, library: Library, tmp_path: Path, qapp: object, landscape: bool, language: str
    ) -> None:
        book, path = library.books[0], tmp_path / "book.pdf"
        pages = CodebookPaper(library, Words(language), book).save(path, landscape=landscape)
        pdf = pypdfium2.PdfDocument(path)
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
        width, height = pdf[0].get_size()
        pdf.close()
        assert len(texts) == pages > 3
        assert (width > height) is landscape
        whole = " ".join(texts)
        missing = [e.path for e in book.entries if f"{e.number} {e.label(language)}" not in whole]
        assert missing == []
        assert all(text.strip() for text in texts)
        of = "of" if language == "en" else "dari"
        assert all(f"{n} {of} {pages}" in text for n, text in enumerate(texts, 1))

    def test_a_code_begins_with_room_for_what_it_means(self, library: Library, tmp_path: Path, qapp: object) -> None:
        book, path = library.book("effectiveness") or library.book("jones"), tmp_path / "book.pdf"
        assert book is not None
        CodebookPaper(library, Words("en"), book).save(path)
        pdf = pypdfium2.PdfDocument(path)
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
        pdf.close()
        for entry in book.entries:
            assert f"{entry.number} {entry.label('en')}" in texts[0]
            page = next(text for text in texts[1:] if f"{entry.number} {entry.label('en')} {entry.label_id} " in text)
            assert entry.text("definition", "en")[:40] in page

    def test_one_code_is_a_paper_of_its_own(self, library: Library, tmp_path: Path, qapp: object) -> None:
        book = library.books[0]
        paper = CodebookPaper(library, Words("en"), book, book.entries[2])
        assert paper.title == "Codebook: Edward III – Clarity"
        assert paper.save(tmp_path / "one.pdf") <= 2

    def test_a_place_that_cannot_be_written_is_said(self, library: Library, tmp_path: Path, qapp: object) -> None:
        with pytest.raises(CodingError) as caught:
            CodebookPaper(library, Words("en"), library.books[0]).save(tmp_path / "none" / "book.pdf")
        assert caught.value.code == "file_unwritable"

    def test_saving_says_where_the_file_is(
        self, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notices: list[tuple[str, str, str]]
    ) -> None:
        target = tmp_path / "Buku kode"
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
        room.open(CLARITY).printing.save_page()
        assert target.with_name("Buku kode.pdf").read_bytes().startswith(b"%PDF")
        assert notices[-1][1] == "info"
        assert "Buku kode.pdf" in notices[-1][0]

    def test_the_preview_shows_the_framework(self, room: Room, qtbot: QtBot) -> None:
        from PySide6.QtPrintSupport import QPrintPreviewWidget

        book = room.open(CLARITY)
        book.printing.landscape = True
        QTest.keyClick(book, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        preview = book.printing.preview
        assert preview is not None
        shown = preview.findChild(QPrintPreviewWidget)
        assert shown is not None
        qtbot.waitUntil(lambda: shown.pageCount() > 3)
        assert shown.orientation() == QPageLayout.Orientation.Landscape
        preview.reject()
        qtbot.waitUntil(lambda: book.printing.preview is None)

    def test_pages_are_a4(self) -> None:
        size = page_layout(landscape=False).fullRect()
        assert (round(size.width()), round(size.height())) == (210, 297)


def test_only_what_it_shows_makes_it_read_again(room: Room) -> None:
    book = room.open(CLARITY)
    before = book.library
    room.ctx.changed.emit(Changes.MEMOS)
    room.idle()
    assert book.library is before
    room.ctx.changed.emit(Changes.SEGMENTS)
    room.idle()
    assert book.library is not before
