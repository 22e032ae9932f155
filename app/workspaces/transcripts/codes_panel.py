"""The upper right: the frameworks of the project, and the codes of the one at hand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.codes.actions import open_codes_window
from app.context import Context
from app.icons import icon
from app.models.code_book import OPEN_CODES, CodeBook
from app.widgets.parts import icon_button, label
from app.workspaces.transcripts.code_tree import CodeTree
from app.workspaces.transcripts.framework_tabs import FrameworkTabs
from app.workspaces.transcripts.keys_line import KeysLine
from app.workspaces.transcripts.number_keys import NumberKeys
from coding.codes.rows import CodeRow


class CodesPanel(QFrame):
    """Framework tabs over a tree. It tags nothing itself."""

    framework_changed = Signal(str)
    code_clicked = Signal(str)
    code_double_clicked = Signal(str)
    code_entered = Signal(str)
    code_current = Signal(str)
    code_hovered = Signal(str)
    menu_asked = Signal(str, QPoint)
    selection_dropped = Signal(str, dict)
    key_asked = Signal(int, object)
    keys_switched = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._book = CodeBook()
        self.setProperty("surface", "panel")
        self.tabs = FrameworkTabs(ctx)
        self.tree = CodeTree(ctx)
        self.keys = KeysLine(ctx)
        self.edit = icon_button(ctx, "pencil", "", name="edit_codes")
        self._hint = label("", "dim", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(16, 8, 16, 8)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(6)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 0, 6, 0)
        tabs.setSpacing(0)
        tabs.addWidget(self.tabs, 1)
        tabs.addWidget(self.edit)
        column.addLayout(tabs)
        column.addWidget(self.keys)
        column.addWidget(self._hint)
        column.addWidget(self.tree, 1)
        self.tabs.chosen.connect(self._on_tab)
        self.edit.clicked.connect(self._on_edit)
        for name in (
            "code_clicked", "code_double_clicked", "code_entered", "code_current", "code_hovered", "menu_asked",
            "key_asked",
        ):  # fmt: skip
            getattr(self.tree, name).connect(getattr(self, name))
        self.tree.codes.selection_dropped.connect(self.selection_dropped)
        self.keys.clicked.connect(self.keys_switched)
        self.retranslate()

    def set_book(self, book: CodeBook) -> None:
        """Show the codes of `book`; framework, chosen code and scroll place stay."""
        self._book = book
        self.tabs.set_items(self._items())
        if self.tabs.current() not in book.tabs():
            self.tabs.show_current(book.tabs()[0])
        self._show_codes()

    @property
    def framework(self) -> str:
        """The key of the framework at hand."""
        return self.tabs.current()

    def show_framework(self, key: str) -> None:
        """Bring the framework `key` to hand."""
        if key in self._book.tabs():
            self.tabs.choose(key)

    def show_code(self, code: CodeRow) -> None:
        """Choose the code, in its framework. Emits nothing but `framework_changed`."""
        self.show_framework(code.framework or OPEN_CODES)
        self.tree.choose(code.guid)

    def show_keys(self, numbers: NumberKeys) -> None:
        """Say which codes the number keys stand for, in the tree and above it."""
        self.tree.show_keys(numbers.at_hand())
        self.keys.show_keys(numbers, self._book)

    def _items(self) -> list[tuple[str, str]]:
        t, language = self._ctx.t, self._ctx.language
        short = {"factors": t("Factors")}
        named = [(f.key, short.get(f.key, f.label(language))) for f in self._book.frameworks]
        return [*named, (OPEN_CODES, t("Open codes"))]

    def _on_edit(self) -> None:
        code = self.tree.code()
        open_codes_window(self._ctx, self.window(), code.guid if code else self.framework)

    def _say_hint(self) -> None:
        t = self._ctx.t
        self._hint.setText(
            t("No open codes yet. Press Enter in the text, type a name, and a code is made of it.")
            if self.framework == OPEN_CODES
            else t("This framework has no codes yet. Press Ctrl+Shift+K to add some.")
        )

    def _on_tab(self, key: str) -> None:
        self._show_codes()
        self.framework_changed.emit(key)

    def _show_codes(self) -> None:
        chosen = self.tree.code()
        codes = self._book.codes_of(self.framework)
        self.tree.codes.set_codes(codes)
        if chosen is not None and self.tree.code() is None:
            self.tree.choose(chosen.guid)
        self._say_hint()
        self._hint.setVisible(not codes)
        self.tree.setVisible(bool(codes))

    # words and looks

    def retranslate(self) -> None:
        t = self._ctx.t
        self._say_hint()
        self.edit.setToolTip(t("Edit frameworks and codes"))
        self.edit.setAccessibleName(t("Edit frameworks and codes"))
        self.tree.setAccessibleName(t("Codes"))
        self.tabs.set_items(self._items())
        self.tabs.retranslate()
        self.keys.retranslate()
        self.tree.relayout()

    def recolor(self) -> None:
        """Take on the present theme."""
        color = self._ctx.theme.color
        self.edit.setIcon(icon("pencil", color("dim"), color("accent"), color("line")))
        self.tabs.retranslate()
        self.keys.retranslate()
        self.tree.relayout()
