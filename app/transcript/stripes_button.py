"""The button at the margin's head, which opens the ways to draw stripes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.icons import icon
from app.transcript.stripe_choice import MODE_NAMES, StripeMode

if TYPE_CHECKING:
    from app.context import Context

SIZE = 22


class StripesButton(QToolButton):
    """Small and without a word; coloured while the stripes are not simply all."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._mode: StripeMode = "all"
        self.setObjectName("stripes_menu")
        # Shift+F9 opens the same menu: the Tab key goes from the text straight to the codes
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedSize(SIZE, SIZE)
        self.setIconSize(QSize(14, 14))
        self.retranslate()
        self.recolor()

    def place(self, right: int) -> None:
        """Stand at the head of the margin, whose right edge is given."""
        self.move(right - SIZE - 2, 2)
        self.raise_()

    def show_mode(self, mode: StripeMode) -> None:
        """Say which way is chosen."""
        self._mode = mode
        self.retranslate()
        self.recolor()

    def retranslate(self) -> None:
        t = self._ctx.t
        words = t("Stripes: {choice}", choice=t(MODE_NAMES[self._mode]))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def recolor(self) -> None:
        """Take on the present theme."""
        theme = self._ctx.theme
        self.setIcon(icon("filter", theme.color("dim" if self._mode == "all" else "accent")))
        ground = theme.hex("panel" if self._mode == "all" else "accent_soft")
        self.setStyleSheet(
            f"QToolButton {{ background: {ground}; padding: 1px; border: 2px solid transparent; border-radius: 4px; }}"
            f" QToolButton:hover {{ background: {theme.hex('hover')}; }}"
            f" QToolButton:focus {{ border: 2px solid {theme.hex('accent')}; }}"
        )
