"""Which stripes the margin draws, and the one code that may be shown alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.transcript.stripe_choice import MODE_NAMES, StripeMode, choice
from coding.codes.rows import CodeRow

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace

MODES = tuple(MODE_NAMES)


class StripeControl(QObject):
    """Keeps stripes and text at what the person wants to see while segments and codes change."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self._only: str | None = None
        tagging = workspace.tagging
        tagging.rows_changed.connect(self._on_rows)
        tagging.current_changed.connect(self._on_current)
        tagging.recent_changed.connect(self.renew)
        workspace.codes.tree.selectionModel().currentChanged.connect(lambda *_: self.renew())
        workspace.view.only_bar.closed.connect(self.show_all)
        workspace.view.menu_of_stripes.connect(self._pop_up)
        workspace.view.stripes_menu.show_mode(self.mode)

    # stripes

    @property
    def mode(self) -> StripeMode:
        """How stripes are drawn."""
        return cast("StripeMode", self._ctx.settings.get("stripes"))

    def choose(self, mode: StripeMode) -> None:
        """Draw stripes so from now on."""
        self._ctx.settings.set("stripes", mode)
        self._workspace.view.stripes_menu.show_mode(mode)
        self.renew()
        self._ctx.actions.refresh()

    def choose_next(self) -> None:
        """Go on to the next way, round the end, and say which it is."""
        self.choose(MODES[(MODES.index(self.mode) + 1) % len(MODES)])
        self._ctx.say(self._ctx.t("Stripes: {choice}", choice=self._ctx.t(MODE_NAMES[self.mode])))

    def renew(self) -> None:
        """Draw what is wanted of the segments and codes there are now."""
        workspace, mode = self._workspace, self.mode
        codes: set[str] = set()
        if mode == "recent":
            codes = set(workspace.tagging.recent)
        elif mode == "code":
            code = self.code()
            # without a code at hand there is nothing to choose by
            mode, codes = ("code", self._below(code)) if code is not None else ("all", set())
        names = {"": self._ctx.t("Open codes")}
        names |= {f.key: f.label(self._ctx.language) for f in workspace.tagging.book.frameworks}
        rows = workspace.tagging.rows.values() if mode in ("coder", "framework") else ()
        workspace.view.margin.choose_stripes(choice(mode, rows, codes, names))

    def code(self) -> CodeRow | None:
        """The code at hand: the chosen one of the list, else the current segment's."""
        workspace = self._workspace
        current = workspace.tagging.current
        book = workspace.tagging.book
        return workspace.codes.tree.code() or book.get(current.code_guid if current else None)

    def _below(self, code: CodeRow) -> set[str]:
        """The code and what stands below it."""
        book = self._workspace.tagging.book
        return {code.guid, *(other.guid for other in book.codes_of(code.framework) if book.parent(other) == code)}

    def menu(self) -> QMenu:
        """The ways to draw stripes, and the code that can be shown alone."""
        menu, actions = QMenu(self._workspace), self._ctx.actions
        for mode in MODES:
            menu.addAction(actions.qaction(f"view.stripes_{mode}"))
        menu.addSeparator()
        menu.addAction(actions.qaction("view.show_only_code"))
        return menu

    def _pop_up(self, where: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    # one code alone

    @property
    def only(self) -> bool:
        """Whether one code alone is shown."""
        return self._only is not None

    def toggle_only(self) -> None:
        """Show the code at hand alone, or all again."""
        code = self.code()
        if self.only:
            self.show_all()
        elif code is None:
            self._ctx.say(self._ctx.t("Choose a code or a coded segment first"))
        else:
            self._only = code.guid
            self._show_only(code)
            current = self._workspace.tagging.current
            if current is not None and not self._workspace.view.only_bar.shows(current):
                self._workspace.tagging.choose(None)

    def show_all(self) -> None:
        """Show the segments of all codes again."""
        if self._only is not None:
            self._only = None
            self._workspace.view.only_bar.show_only(None)
            self._again()
            self._workspace.focus_text()

    def _show_only(self, code: CodeRow) -> None:
        language, book = self._ctx.language, self._workspace.tagging.book
        name = book.full_label(code, language)
        self._workspace.view.only_bar.show_only(self._below(code), name, code.color)
        self._again()

    def _again(self) -> None:
        tagging = self._workspace.tagging
        tagging.show_all()
        self._workspace.show_current()
        self._ctx.actions.refresh()

    def _on_rows(self) -> None:
        if self.mode in ("coder", "framework"):
            self.renew()
        self._place()

    def _on_current(self) -> None:
        current = self._workspace.tagging.current
        if current is not None and not self._workspace.view.only_bar.shows(current):
            # what one has just made or asked for is always seen
            self.show_all()
        if self.mode == "code":
            self.renew()
        self._place()

    def _place(self) -> None:
        if self._only is not None:
            current, view = self._workspace.tagging.current, self._workspace.view
            guids = [row.guid for row in self._workspace.tagging.in_order() if view.only_bar.shows(row)]
            number = guids.index(current.guid) + 1 if current is not None and current.guid in guids else 0
            view.only_bar.show_place(number, len(guids))

    def retranslate(self) -> None:
        """Say everything in the language at hand."""
        code = self._workspace.tagging.book.get(self._only)
        if code is not None:
            self._workspace.view.only_bar.show_code(
                self._workspace.tagging.book.full_label(code, self._ctx.language), code.color
            )
        self.renew()

    def close(self) -> None:
        """The project is closed."""
        self._only = None
        self._workspace.view.only_bar.show_only(None)
