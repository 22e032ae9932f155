"""How the program speaks and looks: words, colours and fonts, notices, all after the person's settings."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessibilityHints, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication

from app.messages import NoticeKind
from app.settings import Settings
from app.theme import Theme
from coding.errors import CodingError
from coding.words import Words


class Interface(QObject):
    """Words, theme and notices; `language_changed` and `theme_changed` when a setting of theirs was changed."""

    language_changed = Signal()
    theme_changed = Signal()
    notice = Signal(str, str, str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.words = Words(settings.language)
        self.theme = self._make_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme)
        _hints()[1].contrastPreferenceChanged.connect(self._on_system_contrast)

    def t(self, msgid: str, **params: Any) -> str:
        """The sentence `msgid` in the language of the interface."""
        return self.words.t(msgid, **params)

    def n(self, singular: str, plural: str, *, count: int, **params: Any) -> str:
        """Like `t`, choosing by `count`."""
        return self.words.n(singular, plural, count=count, **params)

    @property
    def language(self) -> str:
        """The language of the interface, `"id"` or `"en"`."""
        return self.words.language

    def set_language(self, language: str) -> None:
        """Switch the interface to `language` at once."""
        self.settings.set("language", language)
        if language != self.words.language:
            self.words = Words(language)
            self._on_new_words()
            self.language_changed.emit()

    def _on_new_words(self) -> None:
        """The language is new; what is kept in words must be made again before the panels are told."""

    def set_appearance(self, appearance: str) -> None:
        """`"light"`, `"dark"`, or `"system"` to follow the system."""
        self.settings.set("appearance", appearance)
        self.apply_theme()

    def set_contrast(self, high: bool) -> None:
        """High contrast or not; what the system prefers is followed again once it is the same."""
        same = high == _system_contrast()
        self.settings.set("contrast", "system" if same else "more" if high else "normal")
        self.apply_theme()

    def set_text_scale(self, scale: float) -> None:
        """Text `scale` times as large (0.75–2)."""
        self.settings.set("text_scale", min(2.0, max(0.75, round(scale, 2))))
        self.apply_theme()

    def _make_theme(self) -> Theme:
        appearance = self.settings.get("appearance")
        dark = appearance == "dark"
        if appearance == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        get = self.settings.get
        wanted = get("contrast")
        contrast = wanted == "more" or (wanted == "system" and _system_contrast())
        return Theme(dark, get("text_scale"), get("text_family"), get("text_size"), contrast)

    def apply_theme(self) -> None:
        """Make the theme from the settings again and give it to the whole window."""
        self.theme = self._make_theme()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if application.palette() != self.theme.palette():
            application.setPalette(self.theme.palette())
        if application.font() != self.theme.ui_font():
            application.setFont(self.theme.ui_font())
        # Every widget there is gets its style anew, which is felt, even where the sheet is the one it had.
        if application.styleSheet() != self.theme.stylesheet():
            application.setStyleSheet(self.theme.stylesheet())
        self.theme_changed.emit()

    def _on_system_scheme(self) -> None:
        if self.settings.get("appearance") == "system" and self._make_theme().dark != self.theme.dark:
            self.apply_theme()

    def _on_system_contrast(self) -> None:
        if self._make_theme().contrast != self.theme.contrast:
            self.apply_theme()

    def say(self, text: str, kind: NoticeKind = "info", details: str = "") -> None:
        """Show a notice that does not interrupt."""
        self.notice.emit(text, kind, details)

    def say_error(self, error: Exception) -> None:
        """A notice for what the world did wrong; anything else goes to the crash dialog and the log."""
        if not isinstance(error, CodingError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif error.code == "cancelled":
            self.say(error.sentence(self.words), "info")
        else:
            cause = error.__cause__
            self.say(error.sentence(self.words), "error", f"{type(cause).__name__}: {cause}" if cause else "")


def _system_contrast() -> bool:
    """Whether the system asks for high contrast, where it tells."""
    return _hints()[1].contrastPreference() == Qt.ContrastPreference.HighContrast


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """What the system tells about looks. Both are kept: Qt for Python forgets the one when the other is let go."""
    style = QGuiApplication.styleHints()
    return style, style.accessibility()
