"""Pinned analyses in the window: the button that lists them, and the question for a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.icons import icon
from app.widgets.parts import label, set_look
from coding.analysis.pinned import Analysis, Pinned
from coding.errors import mark

NAME_TITLE = mark("Pin an analysis")


class PinDialog(Dialog):
    """Asks under which name an analysis is kept."""

    def __init__(
        self, ctx: Context, parent: QWidget | None, first: str, taken: Sequence[str], named: Callable[[str], object]
    ) -> None:
        """`first` is the name offered; `named(name)` is called when the person has decided."""
        super().__init__(ctx, parent, ctx.t("Pin this analysis"))
        self.setObjectName("pin_dialog")
        self.setMinimumWidth(ctx.theme.px(400))
        self._named, self._taken = named, {name.casefold() for name in taken}
        told = ctx.t(
            "What is chosen here, filters too, is kept in the project; the figures are counted anew each time."
        )
        self.name = QLineEdit(first)
        self.name.setObjectName("pin_name")
        caption = label(ctx.t("Name"))
        caption.setBuddy(self.name)
        self.name.setAccessibleName(ctx.t("Name"))
        self.hint = label("", "dim", wrap=True)
        for widget in (label(told, "dim", wrap=True), caption, self.name, self.hint):
            self.content.addWidget(widget)
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(ctx.t("Pin"), "primary", name="pin_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.name.textChanged.connect(self._check)
        self._check()
        self.name.selectAll()
        self.name.setFocus()

    def _check(self) -> None:
        name = " ".join(self.name.text().split())
        self.ok.setEnabled(bool(name))
        again = name.casefold() in self._taken
        self.hint.setText(self.ctx.t("It takes the place of the one that has this name.") if again else "")

    def _on_ok(self) -> None:
        self._named(" ".join(self.name.text().split()))
        self.accept()


class PinButton(QPushButton):
    """Lists what is pinned. `chosen` carries the `Pinned` to show, `removed` the one to forget; `pin_asked` when what
    is in front is to be pinned."""

    chosen = Signal(object)
    removed = Signal(object)
    pin_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._pinned: tuple[Pinned, ...] = ()
        self._can_pin = False
        self.setObjectName("pinned_analyses")
        self.setAutoDefault(False)
        set_look(self, "kind", "quiet")
        self.entries = QMenu(self)
        self.setMenu(self.entries)
        self.say()

    @property
    def pinned(self) -> tuple[Pinned, ...]:
        """What is pinned, by name."""
        return self._pinned

    def show_pinned(self, found: Sequence[Pinned]) -> None:
        """List these."""
        self._pinned = tuple(found)
        self.say()

    def set_can_pin(self, can: bool) -> None:
        """Whether what is in front can be pinned."""
        self._can_pin = can

    def say(self) -> None:
        """Words and looks of the interface."""
        t, theme = self._ctx.t, self._ctx.theme
        count = len(self._pinned)
        self.setText(t("Pinned ({count})", count=count) if count else t("Pinned"))
        self.setIcon(icon("star", theme.color("dim")))
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.setToolTip(t("Analyses kept under a name, with their filters"))

    def fill(self) -> None:
        """Make the menu anew."""
        t = self._ctx.t
        self.entries.clear()
        for one in self._pinned:
            shown = self.entries.addAction(one.name.replace("&", "&&"))
            shown.triggered.connect(lambda _=False, one=one: self.chosen.emit(one))
        if not self._pinned:
            self.entries.addAction(t("Nothing is pinned yet")).setEnabled(False)
        self.entries.addSeparator()
        pin = self.entries.addAction(t("Pin this analysis…"))
        pin.setEnabled(self._can_pin)
        pin.triggered.connect(self.pin_asked)
        if self._pinned:
            forget = self.entries.addMenu(t("Unpin"))
            for one in self._pinned:
                entry = forget.addAction(one.name.replace("&", "&&"))
                entry.triggered.connect(lambda _=False, one=one: self.removed.emit(one))


def offered(ctx: Context, framework: str, analysis: Analysis) -> str:
    """A first name for an analysis."""
    kind = ctx.t("Factors") if analysis.about == "factors" else ctx.t("Triangulation")
    return f"{kind} {framework}"
