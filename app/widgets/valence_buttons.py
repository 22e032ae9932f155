"""The three directions as buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.context import Context
from app.widgets.parts import button, dress


class ValenceButtons(QWidget):
    """Three buttons, + supporting, − inhibiting, ○ neutral, of which none or one is down; pressing it again clears.

    `valence_chosen` carries `"supporting"`, `"inhibiting"`, `"neutral"` or None.
    """

    valence_chosen = Signal(object)

    def __init__(self, ctx: Context, *, words: bool = True) -> None:
        super().__init__()
        self._ctx, self._words = ctx, words
        self._valence: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._buttons: dict[str, QPushButton] = {}
        for valence in ("supporting", "inhibiting", "neutral"):
            made = button(name=f"valence_{valence}")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the text
            made.clicked.connect(lambda _=False, v=valence: self._on_clicked(v))
            row.addWidget(made)
            self._buttons[valence] = made
        ctx.theme_changed.connect(self.refresh)
        ctx.language_changed.connect(self.refresh)
        self.refresh()

    def tight(self) -> str:
        """Rules of style that come after those of every such row of buttons."""
        return ""

    def set_valence(self, valence: str | None) -> None:
        """Show `valence` as the one that is set."""
        self._valence = valence
        self.refresh()

    def _on_clicked(self, valence: str) -> None:
        self._valence = None if self._valence == valence else valence
        self.refresh()
        self.valence_chosen.emit(self._valence)

    def refresh(self) -> None:
        """Take on words and colours."""
        theme, t = self._ctx.theme, self._ctx.t
        names = {"supporting": t("Supporting"), "inhibiting": t("Inhibiting"), "neutral": t("Neutral")}
        glyphs = {"supporting": "+", "inhibiting": "−", "neutral": "○"}
        for valence, made in self._buttons.items():
            down = valence == self._valence
            made.setChecked(down)
            made.setText(f"{glyphs[valence]} {names[valence]}" if self._words else glyphs[valence])
            made.setAccessibleName(names[valence])
            made.setToolTip(names[valence])
            color = theme.color(valence)
            ground = theme.tint(color, 0.12) if down else theme.color("panel")
            ink = theme.readable(color if down else theme.color("dim"), ground)
            border = ink if down else theme.color("border")
            focus = theme.hex("accent")
            dress(
                made,
                f"QPushButton {{ color: {ink.name()}; background: {ground.name()}; border: 1px solid {border.name()};"
                f" padding: 3px 8px; font-weight: {600 if down else 400}; }}"
                f" QPushButton:hover {{ background: {theme.tint(color, 0.12).name()}; }}"
                f" QPushButton:focus {{ border: 2px solid {focus}; padding: 2px 7px; }} {self.tight()}",
            )
