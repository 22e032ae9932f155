"""The codebook's window: search and tree at the left, the page of a code at the right."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.codebook.look import on_screen
from app.codebook.page import Page
from app.codebook.pages import ENTRY, SEGMENT, SEGMENTS, Pages
from app.codebook.print_menu import PrintMenu
from app.codebook.reading import Library, best, hits, read_library
from app.codebook.tree import EntryTree
from app.context import Context
from app.icons import icon
from app.widgets.fields import ComboBox
from app.widgets.parts import button, icon_button, label, line
from coding.changes import Changes

LEFT, WIDTH, HEIGHT = 330, 1040, 660
PAUSE = 120
"""Milliseconds after a key before the tree is searched."""


class Hands(Protocol):
    """What the window asks of the place it was opened from."""

    def can_tag(self) -> bool:
        """Whether there is a text to tag."""

    def tag(self, guid: str) -> None:
        """Put the code on the selection."""

    def show_segments(self, guid: str) -> None:
        """List the coded segments of a code."""


@dataclass(slots=True)
class Place:
    """Where one is: framework, code."""

    framework: str = ""
    code: str = ""


class CodebookWindow(QDialog):
    """Shows the frameworks of the open project. Closing hides it; it comes back where it was."""

    def __init__(self, ctx: Context, parent: QWidget, hands: Hands) -> None:
        super().__init__(parent)
        self.ctx, self._hands = ctx, hands
        self.library = Library()
        self.place = Place()
        self._trail: list[str] = []
        self._stale = True
        self.setObjectName("codebook")
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowMaximizeButtonHint
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.search_now)
        self._build()
        self._connect()
        self._restore()
        self.retranslate()
        self.recolor()

    def _build(self) -> None:
        self.frameworks = ComboBox()
        self.search = QLineEdit()
        self.search.setObjectName("codebook_search")
        self.search.setClearButtonEnabled(True)
        self.tree = EntryTree(self.ctx)
        self.nothing = label("", "dim", wrap=True)
        self.nothing.setTextFormat(Qt.TextFormat.RichText)
        self.nothing.setContentsMargins(14, 4, 14, 4)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        left = QFrame()
        left.setProperty("surface", "side")
        left.setMinimumWidth(220)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 14, 0, 8)
        column.setSpacing(8)
        fields = QVBoxLayout()
        fields.setContentsMargins(14, 0, 14, 0)
        fields.setSpacing(8)
        fields.addWidget(self.frameworks)
        fields.addWidget(self.search)
        column.addLayout(fields)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.tree, 1)
        self.page = Page(self.ctx)
        right = QFrame()
        right.setProperty("surface", "panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addWidget(line())
        column.addLayout(self._buttons())
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.back = icon_button(self.ctx, "chevron_left", "", name="codebook_back")
        self.tag = button("", "", name="codebook_tag")
        self.print_button = button("", "", name="codebook_print")
        self.printing = PrintMenu(self.ctx, self)
        self.print_button.setMenu(self.printing.menu)
        row.addWidget(self.back)
        row.addWidget(self.tag)
        row.addStretch(1)
        row.addWidget(self.print_button)
        return row

    def _connect(self) -> None:
        ctx = self.ctx
        self.frameworks.activated.connect(lambda at: self.show_framework(self.frameworks.itemData(at)))
        self.search.textChanged.connect(self._pause.start)
        self.search.installEventFilter(self)
        self.nothing.linkActivated.connect(self.show_framework)
        self.tree.chosen.connect(self._on_chosen)
        self.tree.entered.connect(lambda _: self.page.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.tree.left_upwards.connect(self.focus_search)
        self.page.followed.connect(self._on_link)
        self.back.clicked.connect(self.go_back)
        self.tag.clicked.connect(lambda: self._hands.tag(self.place.code))
        ctx.changed.connect(self._on_changed)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.recolor)
        ctx.actions.refreshed.connect(self._enable)
        application = QGuiApplication.instance()
        assert application is not None
        # the main window can be closed while this one is open
        application.aboutToQuit.connect(self._keep)
        for keys, run in (
            ("Ctrl+F", self.focus_search),
            ("Ctrl+P", self.printing.print_framework),
            ("Ctrl+Shift+P", self.printing.print_page),
            ("Alt+Left", self.go_back),
            ("Ctrl+Tab", lambda: self._step_framework(1)),
            ("Ctrl+Shift+Tab", lambda: self._step_framework(-1)),
            ("Shift+F2", self.reject),
        ):
            QShortcut(QKeySequence(keys), self, run)

    # opening and closing

    def open_at(self, code: str | None, framework: str = "") -> None:
        """Show the window at the code, else at where it was, else at the first code of `framework`."""
        self.search.clear()
        self._pause.stop()
        self._trail.clear()
        if code:
            self.place = Place(code=code)
        elif framework and not self.place.code:
            self.place = Place(framework=framework)
        self.show()
        self.raise_()
        self.activateWindow()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self._read()
        else:
            self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep()

    def _keep(self) -> None:
        """Remember size, place and columns."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        kept = {"geometry": geometry, "columns": self.splitter.sizes(), "landscape": self.printing.landscape}
        self.ctx.settings.set("codebook", kept)

    def _restore(self) -> None:
        px, kept = self.ctx.theme.px, self.ctx.settings.get("codebook")
        self.splitter.setSizes([px(LEFT), px(WIDTH - LEFT)])
        self.resize(px(WIDTH), px(HEIGHT))
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.resize(self.size().boundedTo(screen.availableSize()))
        if kept:
            self.restoreGeometry(QByteArray(base64.b64decode(kept.get("geometry", ""))))
            self.splitter.setSizes([int(size) for size in kept.get("columns", [])] or [px(LEFT), px(WIDTH - LEFT)])
            self.printing.landscape = bool(kept.get("landscape", False))

    def _on_closed(self) -> None:
        self.hide()
        self.library, self.place, self._stale = Library(), Place(), True
        self._trail.clear()

    # what is shown

    def _read(self) -> None:
        self._stale = False
        self.ctx.read(read_library, self._take, key="codebook")

    def _take(self, library: Library) -> None:
        self.library = library
        self._show(stay=True)

    def _on_changed(self, changes: Any) -> None:
        if changes & (Changes.CODES | Changes.SEGMENTS | Changes.SOURCES | Changes.INFORMANTS):
            self._stale = True
            if self.isVisible():
                self._read()

    def _show(self, *, stay: bool = False) -> None:
        """Show the place as the library has it; a code that is gone gives way to the first one."""
        found = self.library.place(self.place.code)
        book = found[0] if found else self.library.book(self.place.framework)
        book = book or next(iter(self.library.books), None)
        self.place = Place(book.key if book else "", found[1].guid if found else "")
        self._show_tree()
        if not self.place.code:
            self._first()
        self._show_page(stay=stay)

    def _show_tree(self) -> None:
        query, book = self.query, self.library.book(self.place.framework)
        counts = {one.key: len(hits(one, query)) for one in self.library.books} if query else {}
        self._show_frameworks(counts)
        found = {entry.guid for entry in hits(book, query)} if book else set()
        self.tree.show_book(book, found, query)
        self.tree.choose(self.place.code)
        self.tree.setVisible(bool(found))
        self.nothing.setVisible(not found and bool(query))
        others = {key: count for key, count in counts.items() if count}
        self.nothing.setText(self._elsewhere(others))

    def _show_frameworks(self, counts: dict[str, int]) -> None:
        self.frameworks.clear()
        for book in self.library.books:
            name = book.label(self.ctx.language)
            if count := counts.get(book.key):
                name = self.ctx.n("{name} – {count} hit", "{name} – {count} hits", count=count, name=name)
            self.frameworks.addItem(name, book.key)
        self.frameworks.setCurrentIndex(self.frameworks.findData(self.place.framework))

    def _elsewhere(self, others: dict[str, int]) -> str:
        from html import escape

        t, language, accent = self.ctx.t, self.ctx.language, self.ctx.theme.hex("accent")
        said = escape(t("Nothing in this framework has these words."))
        links = [
            f'<a href="{book.key}" style="color: {accent}">{escape(book.label(language))} ({others[book.key]})</a>'
            for book in self.library.books
            if book.key in others
        ]
        return f"{said}<br>{' · '.join(links)}" if links else said

    def _show_page(self, *, stay: bool = False) -> None:
        found = self.library.place(self.place.code)
        look = on_screen(self.ctx.theme)
        if found is None:
            self.page.show_page("", look)
        else:
            html = Pages(self.library, self.ctx.words, look).entry(*found, query=self.query)
            self.page.show_page(html, look, tuple(self.query.split()), stay=stay)
            name = found[1].label(self.ctx.language)
            self.page.setAccessibleName(name)
            self.setWindowTitle(f"{name} – {self.ctx.t('Codebook')}")
        self._enable()

    def _enable(self) -> None:
        self.tag.setEnabled(bool(self.place.code) and self._hands.can_tag())
        self.back.setEnabled(bool(self._trail))
        self.print_button.setEnabled(bool(self.place.code))

    # search

    @property
    def query(self) -> str:
        """What is searched for, without blanks at its ends."""
        return self.search.text().strip()

    def search_now(self) -> None:
        """Show the hits, and the page of the best one unless the shown one is a hit."""
        self._pause.stop()
        self._show_tree()
        if self.query and self.place.code not in self._found():
            self._first()
        self._show_page()

    def _found(self) -> set[str]:
        book = self.library.book(self.place.framework)
        return {entry.guid for entry in hits(book, self.query)} if book else set()

    def _first(self) -> None:
        book = self.library.book(self.place.framework)
        entry = best(hits(book, self.query), self.query) if book else None
        if entry is not None:
            self.place = Place(self.place.framework, entry.guid)
            self.tree.choose(entry.guid)

    def focus_search(self) -> None:
        """Take the keys to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.search_now()
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.search_now()
                self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return super().eventFilter(watched, event)

    # going about

    def show_framework(self, key: str) -> None:
        """Show the framework `key`, its best hit or first code."""
        self._remember()
        self.place = Place(key)
        self._show()

    def show_code(self, guid: str) -> None:
        """Show the page of a code, whichever framework it is in."""
        if self.library.place(guid) is None or guid == self.place.code:
            return
        self._remember()
        self.place = Place(code=guid)
        if guid not in self.tree.guids():
            self.search.clear()
            self._pause.stop()
        self._show()

    def go_back(self) -> None:
        """Show the code shown before."""
        if self._trail:
            guid = self._trail.pop()
            self.place = Place(code=guid)
            if self.query and guid not in self.tree.guids():
                self.search.clear()
                self._pause.stop()
            self._show()

    def _remember(self) -> None:
        if self.place.code and self._trail[-1:] != [self.place.code]:
            self._trail.append(self.place.code)

    def _step_framework(self, by: int) -> None:
        keys = [book.key for book in self.library.books]
        if keys:
            self.show_framework(keys[(keys.index(self.place.framework) + by) % len(keys)])

    def _on_chosen(self, guid: str) -> None:
        self._remember()
        self.place = Place(self.place.framework, guid)
        self._show_page()

    def _on_link(self, target: str) -> None:
        if target.startswith(ENTRY):
            self.show_code(target.removeprefix(ENTRY))
        elif target.startswith(SEGMENTS):
            self._hands.show_segments(target.removeprefix(SEGMENTS))
        elif target.startswith(SEGMENT):
            self.ctx.go_to_segment(target.removeprefix(SEGMENT))

    # words and looks

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Codebook"))
        self.frameworks.setAccessibleName(t("Framework"))
        self.search.setPlaceholderText(t("Search the codebook"))
        self.search.setAccessibleName(t("Search the codebook"))
        self.tree.setAccessibleName(t("Codes"))
        self.back.setToolTip(t("Back (Alt+Left)"))
        self.back.setAccessibleName(t("Back (Alt+Left)"))
        self.tag.setText(t("Tag the selection with this code"))
        self.print_button.setText(t("Print"))
        self.printing.retranslate()
        if self.library.books:
            self._show(stay=True)

    def recolor(self) -> None:
        """Take on the present theme."""
        self.back.setIcon(icon("chevron_left", self.ctx.theme.color("dim")))
        self.page.set_margins()
        if self.library.books:
            self._show(stay=True)
