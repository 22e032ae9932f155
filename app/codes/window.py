"""The full-size editor of frameworks and codes: the tree at the left, what is said of a code at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.codes.asking import Asking
from app.codes.changes import CodeChanges
from app.codes.fields import Field
from app.codes.form import CodeForm, FrameworkForm
from app.codes.keeping import FRAMEWORK, keep_draft, store_field
from app.codes.menus import fill_more, fill_new
from app.codes.tree import NODE, CodeEditTree, Node
from app.context import Context
from app.models.code_book import OPEN_CODES, CodeBook
from app.widgets.own_keys import own_key
from app.widgets.parts import EmptyState, button, line
from app.widgets.side_window import SideWindow
from coding.changes import Changes
from coding.codes.details import code_details
from coding.codes.queries import frameworks, open_codes
from coding.codes.rows import CodeDetails, CodeRow, FrameworkRow

LEFT = 340


class CodesWindow(SideWindow):
    """Everything is stored as it happens; a field when it is left."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "codes", 1120, 690)
        self.book = CodeBook()
        self.changes = CodeChanges(ctx, self._want, self._on_failed)
        self.asking = Asking(ctx, self)
        self._wanted: str | None = None
        self._rename = False
        self._build()
        self._connect()
        self.retranslate()

    # building

    def _build(self) -> None:
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self.ctx.theme.px(LEFT), self.width() - self.ctx.theme.px(LEFT)])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setProperty("surface", "side")
        self.tree = CodeEditTree(self.ctx)
        self.new = _menu_button("codes_new", "primary")
        self.merge = button("", "", name="codes_merge")
        self.split = button("", "", name="codes_split")
        self.more = _menu_button("codes_more", "")
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 8)
        row.setSpacing(6)
        for widget in (self.new, self.merge, self.split, self.more):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(line())
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 6, 0, 0)
        inner.addWidget(self.tree)
        column.addLayout(inner, 1)
        return left

    def _right(self) -> QWidget:
        right = QFrame()
        right.setProperty("surface", "panel")
        self.code_form, self.framework_form = CodeForm(self.ctx), FrameworkForm(self.ctx)
        self.empty = EmptyState(self.ctx, "framework")
        self.pages = QStackedWidget()
        for page in (self.code_form, self.framework_form, self.empty):
            self.pages.addWidget(page)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        return right

    def _connect(self) -> None:
        ctx, tree, changes = self.ctx, self.tree, self.changes
        tree.chosen.connect(self._on_chosen)
        tree.selected.connect(self._enable)
        tree.menu_asked.connect(self._on_menu)
        tree.items.dropped.connect(self._on_dropped)
        self.new.menu().aboutToShow.connect(lambda: fill_new(self.new.menu(), self))
        self.more.menu().aboutToShow.connect(lambda: fill_more(self.more.menu(), self))
        self.merge.clicked.connect(self.asking.merge)
        self.split.clicked.connect(self.asking.split)
        for form in (self.code_form, self.framework_form):
            form.stored.connect(self._on_stored)
            form.draft_changed.connect(self._on_draft)
        self.code_form.color_chosen.connect(self._on_color)
        self.code_form.memo_asked.connect(self.write_memo)
        topics, links = self.code_form.topics, self.code_form.links
        topics.added.connect(changes.add_topic)
        topics.renamed.connect(changes.rename_topic)
        topics.removed.connect(changes.remove_topic)
        topics.shifted.connect(changes.shift_topic)
        topics.assigning_asked.connect(self.asking.topic)
        links.linked.connect(changes.link)
        links.unlinked.connect(changes.unlink)
        ctx.changed.connect(self._on_changed)
        ctx.leaving.connect(self.store)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.tree.scheduleDelayedItemsLayout)
        for keys, run in (
            ("Ctrl+N", self.add_here),
            ("Ctrl+Shift+N", self.add_at_top),
            ("Ctrl+Z", ctx.undo),
            ("Ctrl+Y", ctx.redo),
            ("Ctrl+Shift+Z", ctx.redo),
        ):
            QShortcut(QKeySequence(keys), self, run)
        for keys, run in (
            ("F2", self.rename),
            ("Return", self.rename),
            ("Delete", self.asking.delete),
            ("Alt+Up", lambda: self.shift(-1)),
            ("Alt+Down", lambda: self.shift(1)),
        ):
            own_key(self.tree, keys, run)

    # opening and reading

    def open_at(self, key: str | None = None) -> None:
        """Show the editor, at a code (its guid) or a framework (its key) if one is named."""
        self.bring_up()
        self._wanted = key or self._wanted
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.renew()

    def renew(self) -> None:
        """Read the codes again."""
        if self.ctx.project is not None and self.isVisible():
            self.ctx.read(lambda r: CodeBook.of(frameworks(r), open_codes(r)), self._take, key="codes.book")

    def _take(self, book: CodeBook) -> None:
        self.book = book
        self.tree.show_book(book)
        if self._wanted is not None and self.tree.choose(self._wanted):
            self._wanted = None
        elif self.tree.node() is None:
            self.tree.choose(book.frameworks[0].key if book.frameworks else OPEN_CODES)
        self._show()

    def _on_changed(self, changes: Any) -> None:
        if changes & (Changes.CODES | Changes.SEGMENTS | Changes.FINDINGS | Changes.MEMOS):
            self.renew()

    def _on_chosen(self) -> None:
        self.store()
        self._show()

    def _show(self) -> None:
        """Show at the right what is chosen at the left."""
        node = self.tree.node()
        self._enable()
        if node is None or (node.code is None and node.framework is None):
            self.pages.setCurrentWidget(self.empty)
        elif node.framework is not None:
            self.framework_form.show_framework(node.framework)
            self.pages.setCurrentWidget(self.framework_form)
            self._begin_rename(self.framework_form.fields)
        elif node.code is not None:
            guid = node.code.guid
            self.ctx.read(lambda reader: code_details(reader, guid), self._show_code, key="codes.details")

    def _show_code(self, details: CodeDetails | None) -> None:
        if details is None or details.code.guid != self.tree.current_key():
            return
        if self.code_form.shown is None or self.code_form.shown.code.guid != details.code.guid:
            self.code_form.verticalScrollBar().setValue(0)
        self.code_form.show_code(details, self.book)
        self.pages.setCurrentWidget(self.code_form)
        self._begin_rename(self.code_form.fields)

    def _begin_rename(self, fields: dict[tuple[str, str], Field]) -> None:
        if self._rename and self._wanted is None:
            self._rename = False
            project = self.ctx.project
            field = fields["label", project.language if project else "id"]
            assert isinstance(field, QLineEdit)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def _enable(self) -> None:
        codes = self.tree.codes()
        writable = self.ctx.project is not None and not self.ctx.project.read_only
        self.new.setEnabled(writable)
        self.merge.setEnabled(writable and len(codes) > 1)
        self.split.setEnabled(writable and len(codes) == 1 and codes[0].segments > 0)
        self.more.setEnabled(writable and self.tree.node() is not None)

    # storing

    def store(self) -> None:
        """Store what is being written."""
        if self.ctx.project is not None:
            self.code_form.store()
            self.framework_form.store()

    def _label_of(self, owner: str) -> str:
        found = self.book.framework(owner.removeprefix(FRAMEWORK)) or self.book.get(owner)
        return found.label(self.ctx.language) if found else ""

    def _on_stored(self, field: Field) -> None:
        value = field.value
        store_field(self.ctx, value.owner, value.name, value.language, value.known, self._label_of(value.owner))
        keep_draft(self.ctx, "", "", "", "", "")
        # what was refused, or tidied, shows as it is stored
        self.renew()

    def _on_draft(self, field: Field) -> None:
        value = field.value
        keep_draft(self.ctx, value.owner, value.name, value.language, field.now(), self._label_of(value.owner))

    def _on_color(self, guid: str, color: int) -> None:
        code = self.book.get(guid)
        if code is not None:
            self.changes.color(code, color)

    def _on_failed(self, _: Exception) -> None:
        self._wanted, self._rename = None, False
        self.renew()

    def go_to(self, key: str | None) -> None:
        """Come to this line of the tree when the codes have been read again."""
        self._wanted = key

    def _want(self, key: str) -> None:
        self._wanted = key
        self.renew()

    # what is done

    def framework_of(self, node: Node | None) -> FrameworkRow | None:
        """The framework a line of the tree is in."""
        if node is None:
            return None
        return node.framework or (self.book.framework(node.code.framework) if node.code else None)

    def add(self, framework: str, parent: CodeRow | None) -> None:
        """A new code, to be named."""
        self.store()
        self._rename = True
        self.changes.add(self.book, framework, parent)

    def add_here(self) -> None:
        """A new code below what is chosen, or beside it where nothing can stand below."""
        node = self.tree.node()
        framework = self.framework_of(node)
        key = framework.key if framework else OPEN_CODES
        code = node.code if node else None
        parent = self.book.parent(code) if code is not None and code.parent else code
        if framework is None and code is not None and code.parent is None:
            parent = None
        self.add(key, parent)

    def add_at_top(self) -> None:
        """A new dimension of the framework at hand, or a new open code."""
        framework = self.framework_of(self.tree.node())
        self.add(framework.key if framework else OPEN_CODES, None)

    def rename(self) -> None:
        """Take the keys to the name."""
        self._rename = True
        self._show()

    def shift(self, by: int) -> None:
        """Move what is chosen up or down."""
        node = self.tree.node()
        if node is not None:
            self.changes.shift(node, by)

    def write_memo(self) -> None:
        """Open the memo on the code."""
        node = self.tree.node()
        if node is not None and node.code is not None:
            self.ctx.go_to_memo("code", node.code.guid)

    def _on_dropped(self, guid: str, target: str, place: int) -> None:
        code, index = self.book.get(guid), self.tree.index_of(target)
        if code is not None and index.isValid():
            self.changes.put(code, index.data(NODE), place)

    def _on_menu(self, where: QPoint) -> None:
        if self.more.isEnabled():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            fill_more(menu, self)
            menu.popup(where)

    # the rest

    def _on_closed(self) -> None:
        self.book = CodeBook()
        self.code_form.forget()
        self.framework_form.forget()
        self.tree.show_book(None)

    def hideEvent(self, event: QHideEvent) -> None:
        self.store()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.store()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self.ctx.t
        self.setWindowTitle(t("Frameworks and codes"))
        self.new.setText(f"{t('New')}  ▾")
        self.merge.setText(t("Merge…"))
        self.merge.setToolTip(t("Make one code of those that are selected (Ctrl+click selects more)"))
        self.split.setText(t("Split…"))
        self.split.setToolTip(t("Take a new code out of the selected one"))
        self.more.setText(f"{t('More')}  ▾")
        self.tree.setAccessibleName(t("Frameworks and codes"))
        self.empty.set(
            t("Open codes"),
            t("Codes under no framework, made while reading. Drag one onto a dimension and it becomes an indicator; "
              "drag it onto a framework and it becomes a dimension."),
            t("New open code"),
            lambda: self.add(OPEN_CODES, None),
        )  # fmt: skip
        for form in (self.code_form, self.framework_form):
            form.retranslate()
        if self.isVisible():
            self.tree.show_book(self.book)
            self._show()


def _menu_button(name: str, kind: str) -> QPushButton:
    made = button("", kind, name=name)
    made.setMenu(QMenu(made))
    made.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
    return made


def codes_window(ctx: Context, window: QWidget) -> CodesWindow:
    """The window, made when first wanted."""
    shown = window.findChild(CodesWindow)
    return shown if isinstance(shown, CodesWindow) else CodesWindow(ctx, window)
