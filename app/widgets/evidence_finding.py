"""The analyst's own sentences beside the evidence: the finding of a cell or a row, and the judgement on a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.context import Context
from app.models.matrix_evidence import Door, Opened
from app.widgets.parts import SectionHeader, button, label, line
from coding.analysis.wording import status_word

PAUSE = 900
"""Milliseconds without a key after which a finding is kept."""


class FindingEdit(QPlainTextEdit):
    """The text of a finding; `finished` when the person turns to something else."""

    finished = Signal()
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindingBox(QFrame):
    """The finding that belongs to what is opened. `written` carries the door and the new text, some moments after the
    last key, and at once when the person turns to something else; `left` when that was Esc."""

    written = Signal(object, str)
    left = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._door: Door | None = None
        self._kept = ""
        self.setObjectName("finding_box")
        self.heading = SectionHeader()
        self.confirm = button("", "link", name="finding_confirm")
        self.confirm.clicked.connect(self._on_confirm)
        self.stale = label("", "warning", wrap=True)
        self.edit = FindingEdit()
        self.edit.setObjectName("finding_text")
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.finished.connect(self.flush)
        self.edit.left.connect(self.left)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(line())
        column = QVBoxLayout()
        column.setContentsMargins(16, 10, 14, 12)
        column.setSpacing(6)
        for widget in (self.heading, self.stale, self.confirm, self.edit):
            column.addWidget(widget)
        outer.addLayout(column)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.retranslate)
        self.retranslate()

    @property
    def unkept(self) -> bool:
        """Whether something was written that is not kept yet."""
        return self._door is not None and self.edit.toPlainText().strip() != self._kept

    def show_opened(self, opened: Opened | None) -> None:
        """Show the finding of `opened`; what is being written on it stays."""
        door = opened.door if opened is not None and opened.finding is not None else None
        if door != self._door:
            self.flush()
        elif self.unkept:
            return
        self._door = door
        self.setVisible(door is not None)
        if opened is None or opened.finding is None:
            self._load("")
            return
        self._load(opened.finding.text)
        self.stale.setVisible(opened.finding.stale)
        self.confirm.setVisible(opened.finding.stale)

    def _load(self, text: str) -> None:
        self._kept = text
        if self.edit.toPlainText().strip() != text:
            self.edit.blockSignals(True)
            self.edit.setPlainText(text)
            self.edit.blockSignals(False)

    def _on_changed(self) -> None:
        self._timer.start()

    def flush(self) -> None:
        """Keep what was written, now."""
        self._timer.stop()
        if self._door is not None and self.unkept:
            self._kept = self.edit.toPlainText().strip()
            self.written.emit(self._door, self._kept)

    def _on_confirm(self) -> None:
        if self._door is not None:
            self._kept = self.edit.toPlainText().strip()
            self.written.emit(self._door, self._kept)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t, theme = self._ctx.t, self._ctx.theme
        self.heading.set_text(t("Finding"))
        self.stale.setText(t("The cells have changed since this was written."))
        self.confirm.setText(t("It still holds"))
        self.edit.setPlaceholderText(t("What do these passages come to? Your sentence goes into the report."))
        self.edit.setAccessibleName(t("Finding"))
        self.edit.setFixedHeight(theme.px(92))


class JudgementLine(QWidget):
    """The analyst's judgement on a row beside its computed status, and the ways to make, change and remove it."""

    judging_asked = Signal(object)
    removed = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._opened: Opened | None = None
        self.text = label("", wrap=True, select=True)
        self.stale = label("", "warning", wrap=True)
        self.judge = button("", "link", name="judge_row")
        self.remove = button("", "link", name="remove_judgement")
        for made in (self.judge, self.remove):
            made.setStyleSheet("QPushButton { font-weight: 400; padding: 1px 2px; min-height: 0; }")
        self.judge.clicked.connect(lambda: self._opened and self.judging_asked.emit(self._opened.door))
        self.remove.clicked.connect(lambda: self._opened and self.removed.emit(self._opened.door))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.judge)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.text)
        column.addWidget(self.stale)
        column.addLayout(row)

    def show_opened(self, opened: Opened | None) -> None:
        """Show the judgement on the row of `opened`, where it is a row."""
        self._opened = opened
        self.setVisible(opened is not None and opened.judgeable)
        if opened is None or not opened.judgeable:
            return
        t, made = self._ctx.t, opened.judgement
        self.judge.setText(t("Judge otherwise…") if made is None else t("Change…"))
        self.remove.setText(t("Remove the judgement"))
        self.text.setVisible(made is not None)
        self.stale.setVisible(made is not None and made.stale)
        self.remove.setVisible(made is not None)
        self.stale.setText(t("The cells have changed since this was judged."))
        if made is not None:
            status = status_word(made.status, self._ctx.words)
            self.text.setText(t("Your judgement: {status}. {reason}", status=status, reason=made.reason))
