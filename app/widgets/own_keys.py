"""Keys that work only while one widget has the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def own_key(widget: QWidget, keys: str, run: Callable[[], object]) -> QShortcut:
    """Let `keys` ("Alt+Up") call `run` while `widget` itself has the focus."""
    # set afterwards: given to the constructor together with something to call, the context is passed over
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(Qt.ShortcutContext.WidgetShortcut)
    made.activated.connect(run)
    return made
