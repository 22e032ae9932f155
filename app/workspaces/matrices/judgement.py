"""A judgement that stands beside a computed status, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.fields import ComboBox
from app.widgets.parts import label
from coding.analysis.results import Judgement, Status
from coding.analysis.wording import status_word


class JudgementDialog(Dialog):
    """Asks which status the row has for the analyst, and why. The computed one stays beside it."""

    def __init__(
        self,
        ctx: Context,
        parent: QWidget | None,
        row: str,
        computed: Status,
        made: Judgement | None,
        decided: Callable[[Status, str], object],
    ) -> None:
        """`row` is what the row is called; `decided(status, reason)` is called when the person has decided."""
        super().__init__(ctx, parent, ctx.t("Judgement on {row}", row=row))
        self._decided = decided
        self.setObjectName("judgement_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        t = ctx.t
        counted = t("Computed from the coded segments: {status}. That stays.", status=status_word(computed, ctx.words))
        self.status = ComboBox()
        self.status.setObjectName("judgement_status")
        for status in get_args(Status):
            self.status.addItem(status_word(status, ctx.words), status)
        self.status.setCurrentIndex(self.status.findData(made.status if made is not None else computed))
        self.reason = QPlainTextEdit(made.reason if made is not None else "")
        self.reason.setObjectName("judgement_reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(ctx.theme.px(96))
        self.content.addWidget(label(counted, "dim", wrap=True))
        for caption, field in ((t("Your judgement"), self.status), (t("Reason"), self.reason)):
            words = label(caption)
            words.setBuddy(field)
            field.setAccessibleName(caption)
            self.content.addWidget(words)
            self.content.addWidget(field)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(t("Keep the judgement"), "primary", name="keep_judgement", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.reason.textChanged.connect(self._check)
        self._check()
        self.status.setFocus()

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.reason.toPlainText().strip()))

    def _on_ok(self) -> None:
        self._decided(self.status.currentData(), self.reason.toPlainText().strip())
        self.accept()
