"""What was said about one thing: remarks in threads, and the field for the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import SectionHeader, button, clear_layout, label
from coding.review.rows import CommentRow


class CommentField(QPlainTextEdit):
    """Ctrl+Enter sends, Esc goes back to the list."""

    sent = Signal()
    left = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName("review_comment")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, self._ctx.theme.px(58))


class Conversation(QWidget):
    """`written` carries the words and the guid of the thread that is answered, or None; `closed` a thread and whether
    it is to be closed; `removed` a remark; `left` when the keys go back to the list, `went_on` when they do with the
    next thing, after what was asked."""

    written = Signal(str, object)
    closed = Signal(str, bool)
    removed = Signal(str)
    left = Signal()
    went_on = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._asked = ""
        self._rows: Sequence[CommentRow] = ()
        self._answering: CommentRow | None = None
        self._writable = True
        self.heading = SectionHeader()
        self._threads = QVBoxLayout()
        self._threads.setSpacing(6)
        self.answering = label("", "dim", wrap=True)
        self.field = CommentField(ctx)
        self.field.sent.connect(self._send)
        self.field.left.connect(self._leave)
        self.send = button("", "", name="send_comment")
        self.send.clicked.connect(self._send)
        self.field.textChanged.connect(self._enable)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addLayout(self._threads)
        column.addWidget(self.answering)
        column.addLayout(row)
        self.retranslate()

    def show_rows(self, rows: Sequence[CommentRow], *, writable: bool) -> None:
        """Show these remarks; what is being written stays."""
        if tuple(rows) == tuple(self._rows) and writable == self._writable:
            return
        self._rows, self._writable = tuple(rows), writable
        if self._answering is not None and self._answering.guid not in {row.guid for row in rows}:
            self._answering = None
        self.refresh()

    def answer(self, guid: str | None = None) -> None:
        """Go to the field: to answer this thread, or to begin a new one."""
        self._answering = next((row for row in self._rows if row.guid == guid), None)
        self._say_answering()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self, question: str) -> None:
        """Go to the field with this question in it, which need not be answered."""
        self._asked = question
        self._say_hint()
        self.answer()

    def stop_asking(self) -> None:
        """The thing that was asked about is no longer the one shown."""
        self._asked = ""
        self._say_hint()

    def _say_hint(self) -> None:
        t = self._ctx.t
        hint = t("Ctrl+Enter goes on to the next, Esc stays") if self._asked else ""
        self.field.setPlaceholderText(
            f"{self._asked}\n{hint}" if self._asked else t("Write a comment (C), Ctrl+Enter sends it")
        )

    def open_thread(self) -> str | None:
        """The last thread that is not closed."""
        return next((row.guid for row in reversed(self._rows) if row.reply_to is None and not row.closed), None)

    def draft(self) -> str:
        """What is written and not sent."""
        return self.field.toPlainText()

    def set_draft(self, text: str) -> None:
        """Put back what was being written."""
        if self.field.toPlainText() != text:
            self.field.setPlainText(text)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self.heading.set_text(t("Conversation"))
        self._say_hint()
        self.field.setAccessibleName(t("Comment"))
        self.send.setText(t("Send"))
        self._enable()
        self.refresh()

    def refresh(self) -> None:
        """Draw the remarks again."""
        clear_layout(self._threads)
        for row in self._rows:
            self._threads.addWidget(self._remark(row))
        self.field.setEnabled(self._writable)
        self._say_answering()
        self._enable()

    def _remark(self, row: CommentRow) -> QWidget:
        ctx, theme = self._ctx, self._ctx.theme
        frame = QFrame()
        frame.setObjectName("remark")
        edge = theme.hex("line" if row.closed or row.reply_to else "accent")
        frame.setStyleSheet(f"QFrame#remark {{ border: none; border-left: 2px solid {edge}; }}")
        column = QVBoxLayout(frame)
        column.setContentsMargins(10, 0, 0, 2)
        column.setSpacing(2)
        when = ctx.words.date(row.created_at[:10])
        who = f"{row.coder} · {when}"
        if row.reply_to is None and row.closed:
            who += " · " + ctx.t("closed")
        column.addWidget(label(who, "small"))
        column.addWidget(label(row.text, "dim" if row.closed else "", wrap=True, select=True))
        if self._writable:
            column.addLayout(self._ways(row))
        holder = QWidget()
        indent = QHBoxLayout(holder)
        indent.setContentsMargins(18 if row.reply_to else 0, 0, 0, 0)
        indent.addWidget(frame)
        return holder

    def _ways(self, row: CommentRow) -> QHBoxLayout:
        t = self._ctx.t
        ways = QHBoxLayout()
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(10)

        def way(text: str, name: str) -> None:
            made = button(text, "link", name=name)
            made.setStyleSheet("QPushButton { font-weight: 400; padding: 0 1px; min-height: 0; }")
            made.clicked.connect({"answer": lambda: self.answer(row.guid), "close": close, "remove": remove}[name])
            ways.addWidget(made)

        def close() -> None:
            self.closed.emit(row.guid, not row.closed)

        def remove() -> None:
            self.removed.emit(row.guid)

        if row.reply_to is None:
            way(t("Answer"), "answer")
            way(t("Open again") if row.closed else t("Close conversation"), "close")
        mine = self._ctx.project is not None and row.coder == self._ctx.project.coder
        if mine and not any(other.reply_to == row.guid for other in self._rows):
            way(t("Remove"), "remove")
        ways.addStretch(1)
        return ways

    def _say_answering(self) -> None:
        row = self._answering
        self.answering.setVisible(row is not None)
        if row is not None:
            self.answering.setText(self._ctx.t("Answer to {name}: {text}", name=row.coder, text=row.text[:80]))

    def _enable(self) -> None:
        self.send.setEnabled(self._writable and bool(self.field.toPlainText().strip()))

    def _send(self) -> None:
        text = self.field.toPlainText().strip()
        if text and self._writable:
            thread = self._answering.guid if self._answering is not None else None
            self._answering = None
            self.field.clear()
            self._say_answering()
            self.written.emit(text, thread)
        if self._asked:
            self.stop_asking()
            self.went_on.emit()
        elif not text:
            return
        self.left.emit()

    def _leave(self) -> None:
        self.stop_asking()
        self._answering = None
        self._say_answering()
        self.left.emit()
