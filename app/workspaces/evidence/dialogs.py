"""The small questions of Evidence: between which dates, under which name, and what to note on many segments."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label, set_look
from coding.transcripts.dates import parse_date


class DatesDialog(Dialog):
    """Asks between which dates the sources lie; either may stay open."""

    def __init__(
        self, ctx: Context, parent: QWidget, first: str, last: str, chosen: Callable[[str, str], object]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Date of the source"))
        self.setObjectName("dates_dialog")
        self.setMinimumWidth(ctx.theme.px(400))
        self._chosen = chosen
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self.first, self.last = QLineEdit(ctx.words.date(first)), QLineEdit(ctx.words.date(last))
        for field, name, words in ((self.first, "first_date", ctx.t("From")), (self.last, "last_date", ctx.t("Until"))):
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.textChanged.connect(self._check)
            form.addRow(words, field)
        self.content.addLayout(form)
        hint = ctx.t("A day, a month or a year, as in 16 August 2022, 2022-08 or 2022. An empty field is open.")
        self.content.addWidget(label(hint, "dim", wrap=True))
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(ctx.t("Filter"), "primary", name="dates_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self._check()

    def _value(self, field: QLineEdit) -> str | None:
        text = field.text().strip()
        return parse_date(text) if text else ""

    def _check(self) -> None:
        values = [self._value(field) for field in (self.first, self.last)]
        for field, value in zip((self.first, self.last), values, strict=True):
            set_look(field, "invalid", value is None)
        self.ok.setEnabled(None not in values)

    def _on_ok(self) -> None:
        self._chosen(self._value(self.first) or "", self._value(self.last) or "")
        self.accept()


class NameDialog(Dialog):
    """Asks under which name a filter is kept."""

    def __init__(self, ctx: Context, parent: QWidget, taken: list[str], named: Callable[[str], object]) -> None:
        super().__init__(ctx, parent, ctx.t("Save the filter"))
        self.setObjectName("filter_name_dialog")
        self.setMinimumWidth(ctx.theme.px(380))
        self._named, self._taken = named, {name.casefold() for name in taken}
        self.name = QLineEdit()
        self.name.setObjectName("filter_name")
        caption = label(ctx.t("Name of the filter"))
        caption.setBuddy(self.name)
        self.name.setAccessibleName(caption.text())
        self.hint = label("", "dim", wrap=True)
        for widget in (caption, self.name, self.hint):
            self.content.addWidget(widget)
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(ctx.t("Save"), "primary", name="filter_save", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.name.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        name = " ".join(self.name.text().split())
        self.ok.setEnabled(bool(name))
        again = name.casefold() in self._taken
        self.hint.setText(self.ctx.t("It takes the place of the one that has this name.") if again else "")

    def _on_ok(self) -> None:
        self._named(" ".join(self.name.text().split()))
        self.accept()


class NoteDialog(Dialog):
    """Asks for what is added to the memos of `count` segments."""

    def __init__(self, ctx: Context, parent: QWidget, count: int, written: Callable[[str], object]) -> None:
        title = ctx.n("Memo on {count} segment", "Memo on {count} segments", count=count)
        super().__init__(ctx, parent, title)
        self.setObjectName("note_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        self._written = written
        self.text = QPlainTextEdit()
        self.text.setObjectName("note_text")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        self.text.setFixedHeight(ctx.theme.px(120))
        self.content.addWidget(self.text)
        hint = ctx.t("It is added as a paragraph to the memos that are there already.")
        self.content.addWidget(label(hint, "dim", wrap=True))
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(ctx.t("Add"), "primary", name="note_add", default=True)
        self.ok.clicked.connect(self._on_ok)
        self.text.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.text.toPlainText().strip()))

    def _on_ok(self) -> None:
        self._written(self.text.toPlainText())
        self.accept()
