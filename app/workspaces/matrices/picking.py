"""A word and a button that drops a list down, in which several things can be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import button, label
from app.workspaces.evidence.pick_list import Pick, PickList


class PickChooser(QWidget):
    """Says what is ticked. `ticked_changed` carries the keys, in order."""

    ticked_changed = Signal(tuple)

    def __init__(self, ctx: Context, name: str, said: Callable[[Sequence[str]], str]) -> None:
        """`said(keys)` words what is ticked."""
        super().__init__()
        self._ctx, self._said = ctx, said
        self.picks: tuple[Pick, ...] = ()
        self.ticked: tuple[str, ...] = ()
        self.popup: PickList | None = None
        self.caption = label("", "dim")
        self.button = button(name=name)
        self.button.clicked.connect(lambda _=False: self.open(self.button))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.caption)
        row.addWidget(self.button)

    def set_caption(self, text: str) -> None:
        """Say what is chosen here."""
        self.caption.setText(text)
        self.say()

    def show_picks(self, picks: Sequence[Pick], ticked: Sequence[str]) -> None:
        """Offer `picks` with these ticked. Emits nothing."""
        self.picks, self.ticked = tuple(picks), tuple(ticked)
        self.say()

    def say(self) -> None:
        """The words on the button."""
        text = self._said(self.ticked)
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(f"{self.caption.text()}: {text}")
        self.button.setEnabled(bool(self.picks))

    def open(self, below: QWidget) -> None:
        """Drop the list down under `below`."""
        popup = PickList(self._ctx, self.window(), self.caption.text(), self.picks, self.ticked)
        popup.ticked_changed.connect(self._take)
        popup.closed.connect(self._on_closed)
        self.popup = popup
        popup.open_below(below)

    def _take(self, keys: tuple[str, ...]) -> None:
        self.ticked = keys
        self.say()
        self.ticked_changed.emit(keys)

    def _on_closed(self) -> None:
        self.popup = None
