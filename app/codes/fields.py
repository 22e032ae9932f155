"""Fields of the code editor: what is written is stored when the field is left, as one step of the history."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.context import Context
from app.theme import CODE_COLORS
from coding.errors import mark

KEPT_EVERY = 2000
"""Milliseconds after which a draft is kept while somebody writes."""
COLOR_NAMES = (
    mark("Blue"), mark("Green"), mark("Rose"), mark("Ochre"), mark("Purple"), mark("Teal"), mark("Brown"), mark("Grey"),
)  # fmt: skip


class Value:
    """What a field holds: whose it is, as it is stored, and as it is now."""

    def __init__(self, name: str, language: str) -> None:
        self.name, self.language = name, language
        self.owner = ""
        self.known = ""


class LineField(QLineEdit):
    """One line. `stored` carries the field itself, `draft_changed` too."""

    stored = Signal(object)
    draft_changed = Signal(object)

    def __init__(self, name: str, language: str) -> None:
        super().__init__()
        self.value = Value(name, language)
        self.setObjectName(f"{name}_{language}")
        self._keep = QTimer(self, singleShot=True, interval=KEPT_EVERY)
        self._keep.timeout.connect(lambda: self.draft_changed.emit(self))
        self.textEdited.connect(lambda _: self._keep.start())
        self.editingFinished.connect(self.store)

    def now(self) -> str:
        """What stands there."""
        return self.text()

    def show_value(self, owner: str, text: str) -> None:
        """Show what is stored. What is being written there is not overwritten."""
        value = self.value
        if owner == value.owner and (self.text() != value.known or text == value.known):
            return
        if owner != value.owner:
            self.store()
        value.owner, value.known = owner, text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def store(self) -> None:
        """Ask for what was written to be stored, if it differs."""
        self._keep.stop()
        if self.value.owner and self.text() != self.value.known:
            self.value.known = self.text()
            self.stored.emit(self)

    def forget(self) -> None:
        """Be nobody's, and store nothing."""
        self._keep.stop()
        self.value.owner = self.value.known = ""
        self.clear()

    def event(self, event: QEvent) -> bool:
        if _wants_undo(event) and not (self.isUndoAvailable() or self.isReadOnly()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.value.known:
            self.setText(self.value.known)
            return
        super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """Several lines, as high as its text within limits. `stored` carries the field itself, `draft_changed` too."""

    stored = Signal(object)
    draft_changed = Signal(object)

    def __init__(self, ctx: Context, name: str, language: str, lines: int = 3) -> None:
        super().__init__()
        self._ctx, self._lines = ctx, lines
        self.value = Value(name, language)
        self.setObjectName(f"{name}_{language}")
        self.setTabChangesFocus(True)
        self._keep = QTimer(self, singleShot=True, interval=KEPT_EVERY)
        self._keep.timeout.connect(lambda: self.draft_changed.emit(self))
        self.textChanged.connect(self._on_text)

    def now(self) -> str:
        """What stands there."""
        return self.toPlainText()

    def show_value(self, owner: str, text: str) -> None:
        """Show what is stored. What is being written there is not overwritten."""
        value = self.value
        if owner == value.owner and (self.toPlainText() != value.known or text == value.known):
            return
        if owner != value.owner:
            self.store()
        value.owner, value.known = owner, text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._keep.stop()

    def store(self) -> None:
        """Ask for what was written to be stored, if it differs."""
        self._keep.stop()
        if self.value.owner and self.toPlainText() != self.value.known:
            self.value.known = self.toPlainText()
            self.stored.emit(self)

    def forget(self) -> None:
        """Be nobody's, and store nothing."""
        self.value.owner = self.value.known = ""
        self.clear()
        self._keep.stop()

    def _on_text(self) -> None:
        if self.value.owner and self.toPlainText() != self.value.known and not self._keep.isActive():
            self._keep.start()
        self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.store()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if _wants_undo(event) and not self.document().isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        shown = max(self._lines, min(int(self.document().size().height()), 9))
        return QSize(120, shown * self.fontMetrics().lineSpacing() + 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


def _wants_undo(event: QEvent) -> bool:
    """Whether a field is asked if it takes the undo key for itself."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
    )


Field = LineField | TextField


class Swatches(QWidget):
    """The palette of code colours; Left and Right move along it. `color_chosen` carries the number of a colour."""

    color_chosen = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons = [_Swatch(ctx, number) for number in range(len(CODE_COLORS))]
        for number, made in enumerate(self.buttons):
            made.clicked.connect(lambda _=False, n=number: self._on_clicked(n))
            row.addWidget(made)
        row.addStretch(1)

    def show_color(self, color: int) -> None:
        """Mark the colour that is set."""
        for number, made in enumerate(self.buttons):
            made.setChecked(number == color % len(CODE_COLORS))

    def _on_clicked(self, number: int) -> None:
        self.show_color(number)
        self.color_chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), None)
        if step is not None and focused is not None:
            self.buttons[(focused + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        for made, name in zip(self.buttons, COLOR_NAMES, strict=True):
            made.setToolTip(self._ctx.t(name))
            made.setAccessibleName(self._ctx.t(name))


class _Swatch(QPushButton):
    def __init__(self, ctx: Context, number: int) -> None:
        super().__init__()
        self._ctx, self._number = ctx, number
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setObjectName(f"swatch_{number}")
        self.setFixedSize(26, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._ctx.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.code_color(self._number))
        painter.drawRoundedRect(self.rect().adjusted(6, 6, -6, -6), 3, 3)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(theme.color("accent" if self.hasFocus() else "ink" if self.isChecked() else "border"), 2)
            )
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 5, 5)
