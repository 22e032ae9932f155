"""The frameworks of the project as a row of words; those without room are in a menu behind it."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from app.context import Context
from app.widgets.parts import button

WIDEST = 92
"""Pixels of the longest word that is shown whole."""


class FrameworkTabs(QWidget):
    """`chosen` carries a framework's key. The chosen one is always in sight; Left and Right move along."""

    chosen = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._items: list[tuple[str, str]] = []
        self._current = ""
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.more = QToolButton()
        self.more.setObjectName("more_frameworks")
        self.more.setText("…")
        self.more.setStyleSheet("QToolButton { padding: 2px 1px; }")
        self._menu = QMenu(self.more)
        self.more.clicked.connect(self.show_menu)
        self._row.addStretch(1)
        self._row.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Show `items` (key, words). Emits nothing."""
        if list(items) == self._items:
            return
        self._items = list(items)
        for old in self._buttons.values():
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {}
        for number, (key, words) in enumerate(items):
            tab = button("", "tab", name=f"framework_{key}")
            tab.setCheckable(True)
            tab.setStyleSheet("QPushButton { padding-left: 6px; padding-right: 6px; border-radius: 12px; }")
            tab.setAccessibleName(words)
            tab.setToolTip(words)
            tab.clicked.connect(lambda _=False, k=key: self.choose(k))
            self._row.insertWidget(number, tab)
            self._buttons[key] = tab
        self._mark()
        self._fit()

    def current(self) -> str:
        """The key of the chosen one."""
        return self._current

    def show_current(self, key: str) -> None:
        """Mark `key` as chosen. Emits nothing."""
        self._current = key
        self._mark()
        self._fit()

    def choose(self, key: str) -> None:
        """Choose `key`, as if it were clicked."""
        before, self._current = self._current, key
        self._mark()
        self._fit()
        if key != before:
            self.chosen.emit(key)

    def show_menu(self) -> None:
        """Open the menu of those without room, under its button and not over the window's edge."""
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width() - 1, 0))

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) one, round the ends."""
        keys = [key for key, _ in self._items]
        if keys:
            at = keys.index(self._current) if self._current in keys else -1
            self.choose(keys[(at + by) % len(keys)])

    def _mark(self) -> None:
        for key, tab in self._buttons.items():
            tab.setChecked(key == self._current)

    def _fit(self) -> None:
        """Show as many as there is room for, the chosen one among them, in their order."""
        px = self._ctx.theme.px
        widths = {}
        for key, words in self._items:
            tab = self._buttons[key]
            tab.ensurePolished()
            tab.setText(tab.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, px(WIDEST)))
            widths[key] = tab.sizeHint().width()
        room = self.width()
        if sum(widths.values()) > room:
            room -= self.more.sizeHint().width()
        shown = {self._current} & widths.keys()
        room -= sum(widths[key] for key in shown)
        for key, width in widths.items():
            if key in shown:
                continue
            if width > room:
                break
            shown.add(key)
            room -= width
        self._menu.clear()
        for key, words in self._items:
            self._buttons[key].setVisible(key in shown)
            if key not in shown:
                self._menu.addAction(words, functools.partial(self.choose, key))
        self.more.setVisible(len(shown) < len(widths))

    def retranslate(self) -> None:
        self.more.setToolTip(self._ctx.t("More frameworks"))
        self.more.setAccessibleName(self._ctx.t("More frameworks"))
        self.setAccessibleName(self._ctx.t("Frameworks"))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
            self._buttons[self._current].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
