"""What became of the files of an import: to be read, copied and kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import keep_folder, start_folder
from app.widgets.parts import label
from coding.errors import CodingError
from coding.transcripts.import_summary import Line, heads, summary_text


class SummaryDialog(Dialog):
    """How many came in and how many did not, and the list of them."""

    def __init__(self, ctx: Context, parent: QWidget | None, lines: Sequence[Line]) -> None:
        super().__init__(ctx, parent, ctx.t("What came in"))
        self.setObjectName("import_summary")
        t = ctx.t
        head = label(" · ".join(heads(lines, ctx.words)), wrap=True)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        self.text = QPlainTextEdit(summary_text(lines, ctx.words))
        self.text.setObjectName("import_summary_text")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(t("What came in"))
        self.content.addWidget(head)
        self.content.addWidget(self.text, 1)
        self.copy = self.add_button(t("Copy"), name="summary_copy")
        self.copy.clicked.connect(self._on_copy)
        self.save = self.add_button(t("Save as text…"), name="summary_save")
        self.save.clicked.connect(self._on_save)
        self.add_button(t("Close"), "primary", name="summary_close", default=True).clicked.connect(self.accept)
        self.resize(ctx.theme.px(720), ctx.theme.px(480))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.ctx.say(self.ctx.t("Copied"))

    def _on_save(self) -> None:
        t = self.ctx.t
        first = start_folder(self.ctx) / f"{t('What came in')}.txt"
        chosen, _ = QFileDialog.getSaveFileName(self, t("Save as text"), str(first), f"{t('Text')} (*.txt)")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".txt")
        keep_folder(self.ctx, path)
        try:
            path.write_text(self.text.toPlainText(), encoding="utf-8")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.ctx.say_error(CodingError("file_unwritable", file=path.name, reason=reason))
