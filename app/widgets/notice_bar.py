"""Notices: what happened, over the foot of the window, without stopping anybody."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.context import Context
from app.icons import pixmap
from app.messages import Message
from app.widgets.parts import button, icon_button, label, set_look

SECONDS = 6
_WIDTH = 620
_TONES = {"info": "accent", "warning": "warning", "error": "inhibiting"}


class NoticeBar(QFrame):
    """Shows one message at a time over the foot of `parent`, the newest; earlier ones of another kind that stay wait
    and are counted. One of the same kind is replaced: what went wrong before was tried again, or overtaken.

    An info goes away by itself after some seconds; a warning or an error stays until it is closed, or until a project
    was opened, which leaves what was said before behind.
    """

    def __init__(self, ctx: Context, parent: QWidget, bottom: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._over, self._bottom = ctx, parent, bottom
        self._waiting: list[Message] = []
        self._message: Message | None = None
        self.setObjectName("notice_bar")
        self.setProperty("surface", "card")
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        ctx.notice.connect(lambda text, kind, details: self.show_message(Message(text, kind, details)))
        ctx.project_opened.connect(self.clear)
        ctx.theme_changed.connect(self._refresh)
        ctx.language_changed.connect(self._refresh)
        self.hide()

    def _build(self) -> None:
        self._picture = QLabel()
        self._text = label("", wrap=True, select=True)
        self._text.setMinimumWidth(200)
        self._more = label("", "dim")
        self._details_button = button("", "link", name="notice_details")
        self._details_button.setCheckable(True)
        self._details_button.toggled.connect(self._on_details)
        self._copy = button("", "link", name="notice_copy")
        self._copy.clicked.connect(self._on_copy)
        self._close = icon_button(self._ctx, "close", "", name="notice_close")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        for widget in (self._more, self._details_button, self._copy, self._close):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFixedHeight(110)
        self._details.setObjectName("notice_details_text")
        self._details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.addLayout(row)
        column.addWidget(self._details)

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show `message` now; one of another kind that it takes the place of comes back after it, if it stays."""
        if self._message is not None and self._message.kind != "info":
            self._waiting.insert(0, self._message)
        self._waiting = [one for one in self._waiting if one.kind != message.kind]
        self._show(message)

    def dismiss(self) -> None:
        """Close the message shown; the one before it comes back."""
        self._timer.stop()
        self._message = None
        if self._waiting:
            self._show(self._waiting.pop(0))
        else:
            self.hide()

    def clear(self) -> None:
        """Close all messages."""
        self._waiting.clear()
        self.dismiss()

    def _show(self, message: Message) -> None:
        self._message = message
        self._details_button.setChecked(False)
        self._refresh()
        self.show()
        self._place()
        self.raise_()
        # a screen reader says it without the keyboard going there
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))
        if message.kind == "info":
            self._timer.start()
        else:
            self._timer.stop()

    def _refresh(self) -> None:
        t, theme, message = self._ctx.t, self._ctx.theme, self._message
        self._details_button.setText(t("Details"))
        self._copy.setText(t("Copy"))
        self._close.setToolTip(t("Close"))
        self._close.setAccessibleName(t("Close this message"))
        if message is None:
            return
        color = theme.readable(theme.color(_TONES[message.kind]), theme.color("panel"), 3)
        self._picture.setPixmap(pixmap(message.kind, color, 20, self.devicePixelRatioF()))
        self._text.setText(message.text)
        self.setAccessibleName(message.text)
        self._details.setPlainText(message.details)
        self._details_button.setVisible(bool(message.details))
        self._copy.setVisible(bool(message.details) and self._details_button.isChecked())
        self._more.setText(self._ctx.n("{count} more", "{count} more", count=len(self._waiting)))
        self._more.setVisible(bool(self._waiting))
        set_look(self, "kind", message.kind)
        self.setStyleSheet(
            f"QFrame#notice_bar {{ background: {theme.hex('panel')}; border: 1px solid {color.name()};"
            " border-radius: 6px; }"
        )
        self._place()

    def _on_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._copy.setVisible(shown)
        self._timer.stop()
        self._place()

    def _on_copy(self) -> None:
        if self._message is not None:
            QGuiApplication.clipboard().setText(f"{self._message.text}\n{self._message.details}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self._message is not None and self._message.kind == "info" and not self._details_button.isChecked():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        parent = self._over
        width = min(self._ctx.theme.px(_WIDTH), parent.width() - 32)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        foot = self._bottom.height() if self._bottom.isVisible() else 0
        self.setGeometry((parent.width() - width) // 2, parent.height() - foot - height - 12, width, height)
