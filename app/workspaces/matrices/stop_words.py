"""The words that are left out of the count of words, for the study to change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from coding.analysis.stop_list import OwnWords, read_words, usual_stop_words


class StopWordsDialog(Dialog):
    """Asks what is left out besides the usual words, and which of those are counted all the same."""

    def __init__(
        self, ctx: Context, parent: QWidget | None, own: OwnWords, decided: Callable[[list[str], list[str]], object]
    ) -> None:
        """`decided(added, kept)` is called when the person has decided."""
        super().__init__(ctx, parent, ctx.t("Common words"))
        self._decided = decided
        self.setObjectName("stop_words_dialog")
        self.setMinimumWidth(ctx.theme.px(460))
        t = ctx.t
        usual = len(usual_stop_words())
        told = ctx.n(
            "{count} usual word of Indonesian and English is left out of the count. Here the study adds its own.",
            "{count} usual words of Indonesian and English are left out of the count. Here the study adds its own.",
            count=usual,
        )
        self.content.addWidget(label(told, "dim", wrap=True))
        self.added = self._field("stop_words_added", t("Leave these out too"), own.added)
        self.kept = self._field("stop_words_kept", t("Count these all the same"), own.kept)
        self.content.addWidget(label(t("One word a line, or commas between them."), "dim", wrap=True))
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(t("Save"), "primary", name="stop_words_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.added.setFocus()

    def _field(self, name: str, caption: str, words: tuple[str, ...]) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(words))
        field.setObjectName(name)
        field.setAccessibleName(caption)
        field.setTabChangesFocus(True)
        field.setFixedHeight(self.ctx.theme.px(110))
        said = label(caption)
        said.setBuddy(field)
        self.content.addWidget(said)
        self.content.addWidget(field)
        return field

    def _on_ok(self) -> None:
        self._decided(read_words(self.added.toPlainText()), read_words(self.kept.toPlainText()))
        self.accept()
