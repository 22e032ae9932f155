"""Small pieces many panels are made of: labels, lines, buttons, chips, tabs, empty places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.icons import icon, pixmap


def label(text: str = "", tone: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A label in the look `tone` (see app.stylesheet), plain text; `wrap` breaks lines, `select` lets it be copied."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if tone:
        result.setProperty("tone", tone)
    if select:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set the dynamic property `name`, on which the style sheet depends, and take on the look."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def dress(widget: QWidget, sheet: str) -> None:
    """Give `widget` the style `sheet` unless it has it: Qt polishes a widget anew for a sheet that is the same."""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)


def line(orientation: str = "h") -> QFrame:
    """A one-pixel line, `"h"` or `"v"`."""
    result = QFrame()
    result.setProperty("line", orientation)
    return result


class TabButton(QPushButton):
    """A button with room for its words in bold, which they are while it is chosen; if `steady`, always."""

    steady = False

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.toggled.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not (self.steady or self.isChecked()):
            return hint
        bold = self.font()
        bold.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, wider), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def button(text: str = "", kind: str = "", *, name: str = "") -> QPushButton:
    """A button in the look `kind` (see app.stylesheet); `name` is its object name."""
    result = TabButton(text) if kind == "tab" else QPushButton(text)
    result.setAutoDefault(False)
    if kind:
        result.setProperty("kind", kind)
    if name:
        result.setObjectName(name)
    return result


def clear_layout(layout: QLayout) -> None:
    """Take everything out of `layout` and delete the widgets."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


class ElidedLabel(QLabel):
    """A label of one line that ends in … where it has no room; the whole text is in its tooltip then."""

    def __init__(self, text: str = "", tone: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._full = text
        self._mode = mode
        if tone:
            self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._fit()

    def setText(self, text: str) -> None:
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def full_text(self) -> str:
        """The text as it was given."""
        return self._full

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, self._mode, max(self.width(), 20))
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class Dot(QWidget):
    """The small square in a code's colour that stands before its label."""

    def __init__(self, ctx: Context, color: int, size: int = 9) -> None:
        super().__init__()
        self._ctx, self._color, self._size = ctx, color, size
        self.setFixedSize(size, size)
        ctx.theme_changed.connect(self.update)

    def set_color(self, color: int) -> None:
        """Take the colour of the code with the index `color`."""
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ctx.theme.code_color(self._color))
        painter.drawRoundedRect(self.rect(), 2.5, 2.5)


class Chip(QLabel):
    """A word in a rounded field: quiet with a line around it, or tinted in a colour of the theme (`tone`)."""

    def __init__(self, ctx: Context, text: str = "", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._ctx = ctx
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        ctx.theme_changed.connect(self.refresh)
        self.refresh()

    def set(self, text: str, tone: str = "") -> None:
        """Show `text` in `tone`; without text the chip is hidden."""
        self._tone = tone
        self.setText(text)
        self.setVisible(bool(text))
        self.refresh()

    def refresh(self) -> None:
        """Take on the theme's colours."""
        theme = self._ctx.theme
        size = theme.px(11.5)
        if self._tone:
            color = theme.color(self._tone)
            ground = theme.tint(color, 0.14)
            ink = theme.readable(color, ground)
            back = ground.name()
            look = f"background: {back}; color: {ink.name()}; border: 1px solid {back}; font-weight: 600;"
        else:
            look = f"color: {theme.hex('dim')}; border: 1px solid {theme.hex('line')};"
        self.setStyleSheet(
            f"QLabel {{ {look} border-radius: {theme.px(10)}px; padding: 1px 8px; font-size: {size}px; }}"
        )


class KeyBadge(QLabel):
    """A key as it stands on the keyboard, small and quiet."""

    def __init__(self, ctx: Context, text: str = "") -> None:
        super().__init__(text)
        self._ctx = ctx
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        ctx.theme_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take on the theme's colours."""
        theme = self._ctx.theme
        self.setStyleSheet(
            f"QLabel {{ color: {theme.hex('dim')}; background: {theme.hex('panel')};"
            f" border: 1px solid {theme.hex('border')}; border-radius: 3px; padding: 0 4px;"
            f" font-size: {theme.px(10.5)}px; }}"
        )


class SegmentedTabs(QWidget):
    """A row of words of which one is chosen, as in “Edward III · Jones · Dwiyanto”. Left and Right move along it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)

    def set_items(self, items: Sequence[tuple[str, str]], current: str | None = None) -> None:
        """Show `items` (key, words); the same one stays chosen, else `current`, else the first. Emits nothing."""
        kept = self.current()
        for old in self._buttons.values():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {}
        for key, words in items:
            tab = button(words, "tab")
            assert isinstance(tab, TabButton)
            tab.steady = True
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(tab)
            self._row.insertWidget(self._row.count() - 1, tab)
            self._buttons[key] = tab
        keys = list(self._buttons)
        if keys:
            chosen = next((key for key in (kept, current) if key in self._buttons), keys[0])
            assert chosen is not None
            self._buttons[chosen].setChecked(True)

    def current(self) -> str | None:
        """The key of the chosen word."""
        return next((key for key, tab in self._buttons.items() if tab.isChecked()), None)

    def choose(self, key: str) -> None:
        """Choose `key`, as if it were clicked."""
        if key in self._buttons and self.current() != key:
            self._buttons[key].setChecked(True)
            self.chosen.emit(key)

    def button(self, key: str) -> QPushButton:
        """The button of `key`."""
        return self._buttons[key]


class SectionHeader(QWidget):
    """A quiet heading over a list, in capitals, with room for a button at its right."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self._label = label("", "section")
        self.row.addWidget(self._label)
        self.row.addStretch(1)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say `text`."""
        self._label.setText(text.upper())
        self._label.setAccessibleName(text)

    def title_width(self) -> int:
        """Pixels that the words take."""
        return self._label.sizeHint().width()


class EmptyState(QWidget):
    """What stands in an empty place: a drawing, what is missing, what to do, and the button that does it."""

    def __init__(self, ctx: Context, icon_name: str) -> None:
        super().__init__()
        self._ctx, self._icon = ctx, icon_name
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self._picture = QLabel()
        self._title = label("", "heading", wrap=True)
        self._text = label("", "dim", wrap=True)
        self.button = button("", "primary")
        column.addStretch(1)
        for widget in (self._picture, self._title, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self.button.hide()
        self.button.clicked.connect(self._on_clicked)
        self._run: Callable[[], object] | None = None
        ctx.theme_changed.connect(self.refresh)
        self.refresh()

    def set(self, title: str, text: str, button_text: str = "", run: Callable[[], object] | None = None) -> None:
        """Say `title` and `text`; with `button_text` a button that calls `run`."""
        self._run = run
        self._title.setText(title)
        self._text.setText(text)
        self.button.setText(button_text)
        self.button.setVisible(bool(button_text))

    def _on_clicked(self) -> None:
        if self._run is not None:
            self._run()

    def refresh(self) -> None:
        """Take on the theme's colours."""
        density = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon, self._ctx.theme.color("dim"), 40, density))


def icon_button(ctx: Context, icon_name: str, text: str, *, name: str = "") -> QPushButton:
    """A quiet button with an icon alone; `text` is its tooltip and accessible name."""
    result = button("", "quiet", name=name)
    color = ctx.theme.color("dim")
    result.setIcon(icon(icon_name, color, ctx.theme.color("accent"), QColor(ctx.theme.hex("line"))))
    result.setIconSize(QSize(ctx.theme.px(18), ctx.theme.px(18)))
    result.setToolTip(text)
    result.setAccessibleName(text)
    return result
