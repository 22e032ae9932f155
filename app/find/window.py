"""The window that finds words across the project."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.palette import Palette
from app.find.hits import HitsModel, HitsView
from app.find.saved import SavedSearches
from app.models.code_book import CodeBook
from app.models.row_lists import ROW
from app.models.sources import METHOD_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import button, label, line
from app.widgets.side_window import SideWindow
from coding.changes import Changes
from coding.codes.editing import new_open_code
from coding.codes.queries import frameworks, open_codes
from coding.errors import CodingError, mark
from coding.project import Operation, Reader
from coding.search.find import Hit, SortBy, find, sort_hits
from coding.search.query import SearchQuery, Where
from coding.search.tagging import Tagged, Unit, tag_hits
from coding.segments.rows import Valence

PAUSE = 250
FIRST = 60
"""Hits that are shown while the others are still looked for."""
MOST = 50_000
SORTS: tuple[tuple[SortBy, str], ...] = (
    ("source", mark("By source")),
    ("before", mark("By the words before")),
    ("after", mark("By the words after")),
    ("hit", mark("By what was found")),
)
PLACES: tuple[tuple[Where, str], ...] = (
    ("all", mark("All text")),
    ("informants", mark("What informants say")),
    ("researchers", mark("What the researcher says")),
)
UNITS_SAID: tuple[tuple[Unit, str], ...] = (
    ("sentence", mark("the sentence")),
    ("words", mark("the words found")),
    ("turn", mark("the whole turn")),
)
TOGGLES = (
    ("match_case", "Aa", mark("Match case")),
    ("whole_words", "|ab|", mark("Whole words")),
    ("match_accents", "é", mark("Accents matter")),
    ("stem", "±", mark("All forms of each word (layan: melayani, pelayanan)")),
    ("regex", ".*", mark("Regular expression")),
)


class FindWindow(SideWindow):
    """Searches while one types; shows hits in context; tags those chosen as one step."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "find_window", 980, 600)
        self.model = HitsModel(ctx, self)
        self.problem = ""
        self._book = CodeBook()
        self._palette: Palette | None = None
        self._found: list[Hit] = []
        self._complete = True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.search_now)
        self._build()
        self._connect()
        self.retranslate()

    # building

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.field = QLineEdit()
        self.field.setObjectName("find_field")
        self.field.setClearButtonEnabled(True)
        self.toggles = {}
        for name, sign, _ in TOGGLES:
            made = button(sign, "", name=f"find_{name}")
            made.setCheckable(True)
            made.setFixedWidth(self.ctx.theme.px(44))
            self.toggles[name] = made
        self.saved = button("", "", name="find_saved")
        self.searches = SavedSearches(self)
        self.where, self.method, self.sort, self.unit = ComboBox(), ComboBox(), ComboBox(), ComboBox()
        self.view = HitsView(self.ctx, self.model)
        self.said = label("", "dim")
        self.trouble = label("", "warning", wrap=True)
        self.trouble.setObjectName("find_trouble")
        self.hint = label("", "dim", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setContentsMargins(80, 0, 80, 40)
        self.pages = QStackedWidget()
        for page in (self.view, self.hint):
            self.pages.addWidget(page)
        self.all = button("", "link", name="find_all")
        self.none = button("", "link", name="find_none")
        self.unit_caption = label("", "dim")
        self.tag = button("", "primary", name="find_tag")
        head = QFrame()
        head.setProperty("surface", "side")
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        for toggle in self.toggles.values():
            row.addWidget(toggle)
        row.addWidget(self.saved)
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(8)
        for box in (self.where, self.method, self.sort):
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self.said)
        column.addLayout(row)
        column.addWidget(self.trouble)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 8, 16, 10)
        foot.setSpacing(8)
        for widget in (self.all, self.none):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.unit_caption)
        foot.addWidget(self.unit)
        foot.addWidget(self.tag)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(line())
        outer.addWidget(self.pages, 1)
        outer.addWidget(line())
        outer.addLayout(foot)

    def _connect(self) -> None:
        ctx = self.ctx
        self.field.textChanged.connect(self._pause.start)
        self.field.returnPressed.connect(self._on_return)
        for made in self.toggles.values():
            made.toggled.connect(self._pause.start)
        self.where.activated.connect(self.search_now)
        self.method.activated.connect(self.search_now)
        self.sort.activated.connect(self._show)
        self.view.entered.connect(self._go)
        self.model.chosen_changed.connect(self._say)
        self.all.clicked.connect(lambda: self.model.choose_all(True))
        self.none.clicked.connect(lambda: self.model.choose_all(False))
        self.tag.clicked.connect(self.ask_code)
        ctx.changed.connect(self._on_changed)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.view.scheduleDelayedItemsLayout)
        QShortcut(QKeySequence("Ctrl+F"), self, self._focus_field)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.ask_code)

    # searching

    def open_with(self, text: str = "") -> None:
        """Show the window; `text` is what to look for, if anything."""
        self.bring_up()
        if text:
            self.field.setText(text)
        self._focus_field()
        self._read_codes()
        self.search_now()

    def _focus_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def query(self) -> SearchQuery:
        """What the fields ask for."""
        on = {name: made.isChecked() for name, made in self.toggles.items()}
        method = self.method.currentData()
        return SearchQuery(
            self.field.text(),
            regex=on["regex"],
            whole_words=on["whole_words"],
            match_case=on["match_case"],
            ignore_accents=not on["match_accents"],
            stem=on["stem"],
            where=self.where.currentData() or "all",
            methods=(method,) if method else (),
        )

    def set_query(self, query: SearchQuery) -> None:
        """Put `query` into the fields and look for it."""
        with QSignalBlocker(self.field):
            self.field.setText(query.text)
        for name, made in self.toggles.items():
            on = not query.ignore_accents if name == "match_accents" else getattr(query, name)
            with QSignalBlocker(made):
                made.setChecked(on)
        self.where.setCurrentIndex(max(0, self.where.findData(query.where)))
        self.method.setCurrentIndex(max(0, self.method.findData(query.methods[0] if query.methods else None)))
        self.search_now()

    def search_now(self) -> None:
        """Look for the first hits, show them, then look for all."""
        self._pause.stop()
        if self.ctx.project is None or not self.isVisible():
            return
        query = self.query()
        if not query.text.strip():
            self._take([], complete=True)
            return
        first = partial(_first, query=query)
        self.ctx.read(first, lambda result: self._on_first(query, result), key="find")

    def _on_first(self, query: SearchQuery, result: list[Hit] | CodingError) -> None:
        if isinstance(result, CodingError):
            self._take([], complete=True, problem=result.say(self.ctx.words))
            return
        complete = len(result) < FIRST
        self._take(result, complete=complete)
        if not complete:
            task = self.ctx.task(mark("Searching…"))
            self.ctx.read(
                lambda reader: find(reader, query, limit=MOST, progress=task),
                lambda hits: self._take(hits, complete=True, keep=True),
                key="find",
                task=task,
            )

    def _take(self, hits: list[Hit], *, complete: bool, keep: bool = False, problem: str = "") -> None:
        self._found, self._complete, self.problem = hits, complete, problem
        self._show(keep=keep)

    def _show(self, *_: object, keep: bool = True) -> None:
        current = self.view.currentIndex().data(ROW)
        self.model.set_hits(sort_hits(self._found, self.sort.currentData() or "source"), keep=keep)
        if current in self.model.hits:
            self.view.setCurrentIndex(self.model.index(self.model.hits.index(current)))
        self._say()

    def _say(self) -> None:
        n, count = self.ctx.n, len(self.model.hits)
        chosen = len(self.model.chosen()) if count else 0
        self.trouble.setText(self.problem)
        self.trouble.setVisible(bool(self.problem))
        if self.problem or not self.field.text().strip():
            said = ""
        elif not self._complete:
            said = n("{count} hit so far…", "{count} hits so far…", count=count)
        elif count and chosen < count:
            said = n("{chosen} of {count} hit", "{chosen} of {count} hits", count=count, chosen=chosen)
        else:
            said = n("{count} hit", "{count} hits", count=count)
        self.said.setText(said)
        self._say_nothing_found(bool(count) or not self._complete)
        writable = self.ctx.project is not None and not self.ctx.project.read_only
        self.tag.setEnabled(bool(chosen) and self._complete and writable)
        self.tag.setText(
            n("Tag {count} passage…", "Tag {count} passages…", count=chosen) if chosen else self.ctx.t("Tag…")
        )
        for made in (self.all, self.none):
            made.setEnabled(bool(count))

    def _say_nothing_found(self, found: bool) -> None:
        self.pages.setCurrentWidget(self.view if found else self.hint)
        if self.problem:
            self.hint.setText("")
        elif not self.field.text().strip():
            self.hint.setText(
                self.ctx.t("Type what to look for. Every place where it stands is listed here, with the words around "
                           "it; those you choose can be coded in one step.")
            )  # fmt: skip
        else:
            self.hint.setText(self.ctx.t("Nothing found. Fewer words, or all forms of each word (±), find more."))

    def _on_changed(self, changes: Any) -> None:
        if changes & Changes.CODES:
            self._read_codes()
        if changes & Changes.SOURCES:
            self.search_now()

    def _on_closed(self) -> None:
        self._book = CodeBook()
        self._take([], complete=True)

    def _on_return(self) -> None:
        if self._pause.isActive():
            self.search_now()
        elif self.model.hits:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0))

    def _go(self) -> None:
        hit: Hit | None = self.view.currentIndex().data(ROW)
        if hit is not None:
            self.ctx.go_to_passage(hit.source_guid, hit.start, hit.end)

    # tagging

    def _read_codes(self) -> None:
        def take(book: CodeBook) -> None:
            self._book = book

        self.ctx.read(lambda reader: CodeBook.of(frameworks(reader), open_codes(reader)), take, key="find.codes")

    def ask_code(self) -> None:
        """Ask for the code to put on the chosen hits."""
        hits = self.model.chosen()
        if not hits or not self.tag.isEnabled():
            return
        framework = self._book.frameworks[0].key if self._book.frameworks else ""
        palette = Palette(self.ctx, self, self._book, framework, hits[0].text)
        palette.code_chosen.connect(lambda guid, valence: self.tag_with(hits, guid, valence))
        palette.name_chosen.connect(lambda name, valence: self.tag_with(hits, None, valence, name))
        palette.closed.connect(self.view.setFocus)
        self._palette = palette
        palette.open_at(QRect(0, 0, self.width(), self.height()))

    def tag_with(self, hits: list[Hit], guid: str | None, valence: Valence | None, name: str = "") -> None:
        """Put the code, or a new open one called `name`, on the hits, as one step."""
        unit: Unit = self.unit.currentData()

        def work(op: Operation) -> Tagged:
            return tag_hits(op, hits, guid or new_open_code(op, name), valence, unit)

        self.ctx.operate(mark("Tag {count} passages found"), work, self._on_tagged, count=len(hits))

    def _on_tagged(self, tagged: Tagged) -> None:
        said = [self.ctx.n("{count} passage tagged", "{count} passages tagged", count=tagged.made)]
        if tagged.had:
            said.append(self.ctx.n("{count} had this code already", "{count} had this code already", count=tagged.had))
        self.ctx.say("; ".join(said))

    # words

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Find in all sources"))
        self.field.setPlaceholderText(t("Words to find in all sources"))
        self.field.setAccessibleName(t("Words to find in all sources"))
        for name, _, title in TOGGLES:
            self.toggles[name].setToolTip(t(title))
            self.toggles[name].setAccessibleName(t(title))
        self.saved.setText(t("Saved searches"))
        methods = [(method, t(title)) for method, title in METHOD_NAMES.items()]
        for box, name, items in (
            (self.where, t("Where"), [(key, t(title)) for key, title in PLACES]),
            (self.method, t("Method"), [(None, t("All methods")), *methods]),
            (self.sort, t("Order"), [(key, t(title)) for key, title in SORTS]),
            (self.unit, t("What is tagged"), [(key, t(title)) for key, title in UNITS_SAID]),
        ):
            chosen = box.currentIndex()
            box.clear()
            for key, title in items:
                box.addItem(title, key)
            box.setCurrentIndex(max(0, chosen))
            box.setAccessibleName(name)
        self.view.setAccessibleName(t("Hits"))
        self.all.setText(t("Choose all"))
        self.none.setText(t("Choose none"))
        self.unit_caption.setText(t("Tag"))
        self._say()


def _first(reader: Reader, query: SearchQuery) -> list[Hit] | CodingError:
    """The first hits, or why there can't be any: a pattern that is not finished yet is nothing to complain of aloud."""
    try:
        return find(reader, query, limit=FIRST)
    except CodingError as error:
        if error.code not in ("pattern_broken", "pattern_endless", "query_empty"):
            raise
        return error


def show_find(ctx: Context, window: QWidget, text: str = "") -> FindWindow:
    """Bring the window up, made when first wanted."""
    shown = window.findChild(FindWindow)
    if not isinstance(shown, FindWindow):
        shown = FindWindow(ctx, window)
    shown.open_with(text)
    return shown
