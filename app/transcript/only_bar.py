"""The slim bar while one code alone is shown: which, “2 of 5”, ways on, back and out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.icons import icon
from app.widgets.parts import Dot, ElidedLabel, label
from coding.segments.rows import SegmentRow

if TYPE_CHECKING:
    from app.context import Context


class OnlyBar(QFrame):
    """Says that one code alone is shown, and which segments that leaves. Changes nothing in the text itself."""

    stepped = Signal(int)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._name = ""
        self.codes: frozenset[str] | None = None
        """The guids of the codes that are shown; None for all."""
        self._place = (0, 0)
        self.setProperty("surface", "side")
        self._dot = Dot(ctx, 0)
        self.words = ElidedLabel("")
        self.place = label("", "dim")
        self.previous, self.next, self.close_button = (self._button() for _ in range(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        row.addWidget(self._dot)
        row.addWidget(self.words, 1)
        for widget in (self.place, self.previous, self.next, self.close_button):
            row.addWidget(widget)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        self.hide()
        self.retranslate()
        self.recolor()

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def shows(self, row: SegmentRow) -> bool:
        """Whether the segment is shown, or left out while other codes alone are."""
        return self.codes is None or row.code_guid in self.codes

    def show_only(self, codes: Collection[str] | None, name: str = "", color: int = 0) -> None:
        """From the next segments on the text shows those of these codes (guids) alone, of all with None."""
        self.codes = frozenset(codes) if codes is not None else None
        if codes is None:
            self.hide()
        else:
            self.show_code(name, color)

    def show_code(self, name: str, color: int) -> None:
        """Say which code is shown alone."""
        self._name = name
        self._dot.set_color(color)
        self.retranslate()
        self.show()

    def show_place(self, number: int, total: int) -> None:
        """Say that the n-th (1-based; 0 for none) of so many in this source is current."""
        self._place = (number, total)
        ctx = self._ctx
        if number:
            text = ctx.t("{number} of {total}", number=number, total=total)
        else:
            text = ctx.n("{count} coded segment", "{count} coded segments", count=total)
        self.place.setText(text)
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def retranslate(self) -> None:
        t = self._ctx.t
        self.words.setText(t("Only “{code}” is shown", code=self._name))
        self.setAccessibleName(self.words.full_text())
        for button, name in (
            (self.previous, t("Previous segment of this code (Shift+F4)")),
            (self.next, t("Next segment of this code (F4)")),
            (self.close_button, t("Show all codes again (Esc)")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.show_place(*self._place)

    def recolor(self) -> None:
        """Draw the icons in the colours of the present theme."""
        color = self._ctx.theme.color("dim")
        self.previous.setIcon(icon("chevron_up", color))
        self.next.setIcon(icon("chevron_down", color))
        self.close_button.setIcon(icon("close", color))
