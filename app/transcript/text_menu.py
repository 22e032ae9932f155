"""The context menu of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QTextEdit

if TYPE_CHECKING:
    from app.context import Context


def text_menu(ctx: Context, text: QTextEdit, find: Callable[[], None]) -> QMenu:
    """A menu with what a text that is only read can do; it deletes itself when it is closed."""
    menu = QMenu(text)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction(ctx.t("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), text.copy)
    copy.setEnabled(text.textCursor().hasSelection())
    menu.addAction(ctx.t("Select all"), QKeySequence(QKeySequence.StandardKey.SelectAll), text.selectAll)
    menu.addAction(ctx.t("Find in this transcript"), QKeySequence(QKeySequence.StandardKey.Find), find)
    return menu
