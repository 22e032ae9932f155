"""The sentences of the running text, which the user can write otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label, set_look
from coding.errors import CodingError
from coding.reports.narrative import PLACEHOLDERS, SENTENCES, TURNS, check_wording
from coding.words import Words


class SentencesDialog(Dialog):
    """A field for each sentence, in the language of the report; an empty one stands for ours, which it shows.

    Sentences with a sign between them are used in turn.
    """

    def __init__(
        self,
        ctx: Context,
        parent: QWidget,
        wording: Mapping[str, str],
        language: str,
        chosen: Callable[[dict[str, str]], object],
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Sentences of the running text"))
        self.setObjectName("sentences_dialog")
        self.setMinimumWidth(ctx.theme.px(720))
        self._chosen = chosen
        words, t = Words(language), ctx.t
        captions = {
            "supports": t("What supports"),
            "inhibits": t("What inhibits"),
            "indicators": t("Which indicators"),
            "no_support": t("Nothing supports"),
            "no_obstacle": t("Nothing inhibits"),
            "neutral": t("Without direction"),
            "quotation": t("Before a quotation"),
            "quotations": t("Before quotations"),
            "agreement": t("Agreement of the sources"),
        }
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        self.fields: dict[str, QLineEdit] = {}
        for key, texts in SENTENCES.items():
            field = QLineEdit(wording.get(key, ""))
            field.setObjectName(f"sentence_{key}")
            field.setAccessibleName(captions[key])
            usual = f" {TURNS} ".join(words.t(text) for text in texts) or t("the sentence that fits the status")
            field.setPlaceholderText(usual)
            field.setCursorPosition(0)
            known = " ".join("{" + name + "}" for name in PLACEHOLDERS[key])
            field.setToolTip(
                t(
                    "It can have {placeholders}. Sentences with {sign} between them are used one after the other.",
                    placeholders=known,
                    sign=TURNS,
                )
            )
            field.textChanged.connect(self._check)
            form.addRow(captions[key], field)
            self.fields[key] = field
        self.content.addLayout(form)
        self.error = label("", "error", wrap=True)
        self.error.setObjectName("sentence_error")
        self.content.addWidget(self.error)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(t("Use these"), "primary", name="sentences_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self._check()

    @property
    def wording(self) -> dict[str, str]:
        """The sentences that were written, by their key."""
        return {key: text for key, field in self.fields.items() if (text := field.text().strip())}

    def _check(self) -> None:
        said = ""
        for key, field in self.fields.items():
            try:
                check_wording({key: field.text()})
            except CodingError as error:
                said = error.sentence(self.ctx.words)
                set_look(field, "invalid", "true")
            else:
                set_look(field, "invalid", "false")
        self.error.setText(said)
        self.error.setVisible(bool(said))
        self.ok.setEnabled(not said)

    def _on_ok(self) -> None:
        self._chosen(self.wording)
        self.accept()
