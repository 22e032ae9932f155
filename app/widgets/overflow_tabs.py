"""A row of tabs of which those without room stand in a menu at its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.widgets.parts import SegmentedTabs, button


class OverflowTabs(SegmentedTabs):
    """Words of which one is chosen; the chosen one always stands in the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: dict[str, str] = {}
        self.more = button("", "tab", name="more_tabs")
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        self._row.addWidget(self.more)
        self._menu.aboutToShow.connect(self._fill)
        self.chosen.connect(lambda _: self.fold())

    def set_items(self, items: Sequence[tuple[str, str]], current: str | None = None) -> None:
        self._words = dict(items)
        # the base class puts words before the last thing of the row
        self._row.removeWidget(self.more)
        super().set_items(items, current)
        self._row.addWidget(self.more)
        self.fold()

    def set_more(self, text: str) -> None:
        """The word of the menu."""
        self.more.setText(text)
        self.more.setAccessibleName(text)
        self.fold()

    def choose(self, key: str) -> None:
        super().choose(key)
        self.fold()

    def step(self, by: int) -> None:
        """Choose the tab `by` places further on, round and round."""
        keys = list(self._buttons)
        self.choose(keys[(keys.index(self.current() or keys[0]) + by) % len(keys)])

    def hidden_keys(self) -> list[str]:
        """Those that stand in the menu."""
        return [key for key, tab in self._buttons.items() if tab.isHidden()]

    def fold(self) -> None:
        """Show as many as there is room for."""
        wide = {key: max(tab.sizeHint().width(), tab.minimumWidth()) + 2 for key, tab in self._buttons.items()}
        room, kept = self.width(), list(self._buttons)
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width() + 6
            while len(kept) > 1 and sum(wide[key] for key in kept) > room:
                kept.remove(next(key for key in reversed(kept) if key != self.current()))
        for key, tab in self._buttons.items():
            tab.setVisible(key in kept)
        self.more.setVisible(len(kept) < len(self._buttons))

    def _fill(self) -> None:
        self._menu.clear()
        for key in self.hidden_keys():
            self._menu.addAction(self._words[key]).triggered.connect(lambda _=False, k=key: self.choose(k))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())
