"""The slim bar that finds words in the open transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.icons import icon
from app.transcript.finding import FindOptions
from coding.errors import CodingError

if TYPE_CHECKING:
    from app.context import Context


class FindBar(QFrame):
    """A field, the count, and ways on, back and out. It holds no text and finds nothing itself."""

    words_changed = Signal(str)
    options_changed = Signal()
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setProperty("surface", "side")
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(False)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.words_changed)
        self.count = QLabel(self)
        self.count.setProperty("tone", "dim")
        self.previous, self.next, self.close_button = (self._button() for _ in range(3))
        self.whole, self.case, self.regular = (self._switch(sign) for sign in ("“w”", "Aa", ".*"))
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(4)
        self.field.setMaximumWidth(360)
        row.addWidget(self.field, 3)
        for switch in (self.whole, self.case, self.regular):
            row.addWidget(switch)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addSpacing(8)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self._found = (0, 0)
        self.hide()
        self.retranslate()
        self.recolor()

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        return button

    def _switch(self, sign: str) -> QToolButton:
        switch = self._button()
        switch.setText(sign)
        switch.setCheckable(True)
        switch.toggled.connect(self.options_changed)
        return switch

    def options(self) -> FindOptions:
        """How to look for the words."""
        return FindOptions(self.whole.isChecked(), self.case.isChecked(), self.regular.isChecked())

    def set_bad(self, *, endless: bool = False) -> None:
        """Say that what was typed is no regular expression, or one that may not come to an end."""
        self.set_found(0, 0)
        said = "" if not endless else CodingError("pattern_endless", pattern=self.field.text()).say(self._ctx.words)
        self.count.setText(self._ctx.t("could take for ever") if endless else self._ctx.t("not a regular expression"))
        self.count.setToolTip(said)
        self.count.setAccessibleDescription(said)

    def open_with(self, words: str) -> None:
        """Show the bar with `words` (or what was there before, when empty) selected, ready to be typed over."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_found(self, number: int, total: int) -> None:
        """Say that hit `number` (1-based; 0 for none yet) of `total` is shown."""
        self._found = (number, total)
        self.count.setToolTip("")
        self.count.setAccessibleDescription("")
        words = self._ctx
        if not self.field.text().strip():
            text = ""
        elif not total:
            text = words.t("not found")
        elif not number:
            text = words.n("{count} hit", "{count} hits", count=total)
        else:
            text = words.t("{number} of {total}", number=number, total=total)
        self.count.setText(text)
        self.field.setProperty("invalid", bool(self.field.text().strip()) and not total)
        self.field.style().polish(self.field)
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def retranslate(self) -> None:
        t = self._ctx.t
        self.setAccessibleName(t("Find in this transcript"))
        self.field.setPlaceholderText(t("Find in this transcript"))
        self.field.setAccessibleName(t("Find in this transcript"))
        self.count.setAccessibleName(t("Hits"))
        for button, name in (
            (self.whole, t("Whole words")),
            (self.case, t("Upper and lower case as typed")),
            (self.regular, t("Regular expression")),
            (self.previous, t("Previous hit (Shift+F3)")),
            (self.next, t("Next hit (F3)")),
            (self.close_button, t("Close (Esc)")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.set_found(*self._found)

    def recolor(self) -> None:
        """Draw the icons in the colours of the present theme."""
        color = self._ctx.theme.color("dim")
        self.previous.setIcon(icon("chevron_up", color))
        self.next.setIcon(icon("chevron_down", color))
        self.close_button.setIcon(icon("close", color))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)
