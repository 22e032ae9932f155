"""Lists, numbers and days to choose from, whose choice changes only for somebody who works with them.

Qt lets the wheel change such a field as soon as the pointer passes over it, so that scrolling a panel would change what
is chosen there unnoticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSpinBox, QWidget

if TYPE_CHECKING:
    _Field = QWidget
else:
    _Field = object


class _StillUnderTheWheel(_Field):
    """Without the keyboard the wheel is left to what the field stands in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboBox(_StillUnderTheWheel, QComboBox):
    """A list to choose from."""


class SpinBox(_StillUnderTheWheel, QSpinBox):
    """A number."""


class DateEdit(_StillUnderTheWheel, QDateEdit):
    """A day."""
