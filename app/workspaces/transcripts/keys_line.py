"""One line over the codes: whose the number keys are, once some were given to codes of one's own choice."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.context import Context
from app.models.code_book import CodeBook
from app.workspaces.transcripts.number_keys import NumberKeys


class KeysLine(QPushButton):
    """A click changes between one's own codes and the framework's. Hidden as long as no key was given to a code."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._numbers, self._book = NumberKeys(), CodeBook()
        self.setObjectName("number_keys")
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_keys(self, numbers: NumberKeys, book: CodeBook) -> None:
        """Say what the keys stand for now."""
        self._numbers, self._book = numbers, book
        self.retranslate()

    def retranslate(self) -> None:
        t, language = self._ctx.t, self._ctx.language
        given = [
            (number, code.label(language))
            for number, guid in sorted(self._numbers.given.items())
            if (code := self._book.get(guid)) is not None
        ]
        self.setVisible(bool(given))
        own = self._numbers.own
        words = t("Number keys: my own codes") if own else t("Number keys: the framework")
        self.setText(f"{words}  ⇄  K")
        lines = "<br>".join(f"<b>{number}</b>&nbsp; {escape(name)}" for number, name in given)
        self.setToolTip(f"{lines}<br>{escape(t('Click, or press K in the text, to change'))}")
        self.setAccessibleName(words)
        self.setAccessibleDescription("; ".join(f"{number} {name}" for number, name in given))
        theme = self._ctx.theme
        color = theme.hex("accent" if own else "dim")
        self.setStyleSheet(
            f"QPushButton {{ color: {color}; font-size: {theme.px(12)}px; padding: 1px 12px; text-align: left; }}"
        )
