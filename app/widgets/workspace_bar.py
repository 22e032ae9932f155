"""The slim bar at the left: one button for each workspace, icon and word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace as the bar and the menu know it before it is made."""

    key: str
    title: str
    icon: str
    module: str
    class_name: str
    shortcut: str


class WorkspaceBar(QWidget):
    """Buttons for `places`; `chosen(key)` when one is pressed. Up and Down move along them."""

    chosen = Signal(str)

    def __init__(self, ctx: Context, places: Sequence[Place]) -> None:
        super().__init__()
        self._ctx, self._places = ctx, places
        self.setObjectName("workspace_bar")
        self.setProperty("surface", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for place in places:
            made = QToolButton()
            made.setObjectName(f"place_{place.key}")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, key=place.key: self.chosen.emit(key))
            self._group.addButton(made)
            column.addWidget(made)
            self._buttons[place.key] = made
        column.addStretch(1)
        ctx.language_changed.connect(self.refresh)
        ctx.theme_changed.connect(self.refresh)
        self.refresh()

    def button(self, key: str) -> QToolButton:
        """The button of the workspace `key`."""
        return self._buttons[key]

    def choose(self, key: str) -> None:
        """Show `key` as the one in front."""
        self._buttons[key].setChecked(True)

    def refresh(self) -> None:
        """Take on words, colours and text size."""
        theme, t = self._ctx.theme, self._ctx.t
        self.setFixedWidth(theme.px(70) + 8)
        for place in self._places:
            made = self._buttons[place.key]
            made.setText(t(place.title))
            made.setToolTip(f"{t(place.title)}  {place.shortcut}")
            made.setIcon(icon(place.icon, theme.color("dim"), theme.color("accent")))
            made.setIconSize(QSize(theme.px(20), theme.px(20)))
            made.setFixedHeight(theme.px(56))
        self.setStyleSheet(
            f"QToolButton {{ color: {theme.hex('dim')}; font-size: {theme.px(11)}px; padding: 6px 0 4px 0; }}"
            f" QToolButton:checked {{ color: {theme.hex('accent')}; font-weight: 600; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if event.key() == Qt.Key.Key_Down:
                self.focusNextChild()
            else:
                self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
