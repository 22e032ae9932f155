"""The quick-code palette: type what a code is called, Enter puts it on the passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.models.code_book import CodeBook, fold
from app.models.row_lists import ROW, RowList
from app.widgets.painting import RIGHT, square, width_of, write
from app.widgets.parts import label
from coding.codes.rows import CodeRow
from coding.segments.rows import Valence

WIDTH = 460
SHOWN = 9
"""Codes in sight at once."""

_SIGNS: dict[str, Valence] = {
    "+": "supporting",
    "-": "inhibiting",
    "−": "inhibiting",
    "○": "neutral",
    "0": "neutral",
}


_GLYPHS: dict[Valence | None, str] = {None: "✓", "supporting": "✓ +", "inhibiting": "✓ −", "neutral": "✓ ○"}
"""What stands beside a marked code."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: words to find a code by, and the direction that stood behind them."""

    words: str
    valence: Valence | None


def understand(text: str) -> Typed:
    """`"konsis +"` is the code like “konsis”, supporting; `-` or `−` inhibiting, `0` or `○` after a blank neutral."""
    match = re.fullmatch(r"(.*?)\s*([+−○]|(?<=\s)[-0]|(?<=\d)-)\s*", text, re.DOTALL)
    if match is None:
        return Typed(text.strip(), None)
    return Typed(match[1].strip(), _SIGNS[match[2]])


@dataclass(frozen=True, slots=True)
class Pick:
    """A code to tag with, or the name of a new one, and a direction."""

    code: str | None
    name: str
    valence: Valence | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: a code, or the name of a new one."""

    code: CodeRow | None
    name: str = ""


class _Choices(RowList[Choice]):
    def __init__(self, ctx: Context, book: CodeBook, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._book = ctx, book

    def key_of(self, row: Choice) -> str:
        return row.code.guid if row.code else f"new {row.name}"

    def text_of(self, row: Choice) -> str:
        if row.code is None:
            return self._ctx.t("New open code “{name}”", name=row.name)
        return self._book.full_label(row.code, self._ctx.language)


class Palette(QFrame):
    """Floats over the window. `code_chosen` and `name_chosen` carry a direction, too; then it is gone.

    Where several are offered, Ctrl+Enter marks one and goes on; `several_chosen` carries a `Pick` for each then.
    """

    code_chosen = Signal(str, object)
    name_chosen = Signal(str, object)
    several_chosen = Signal(list)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget, book: CodeBook, framework: str, passage: str) -> None:
        super().__init__(parent)
        self._ctx, self._book, self._framework = ctx, book, framework
        self._recent: list[CodeRow] = []
        self._several = False
        self.marked: dict[Choice, Valence | None] = {}
        self.setObjectName("palette")
        self.setProperty("surface", "card")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 150 if ctx.theme.dark else 60))
        self.setGraphicsEffect(shadow)
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setPlaceholderText(ctx.t("Type a code, or a new name; + − 0 behind it for the direction"))
        self.field.setAccessibleName(ctx.t("Code"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text)
        quote = label("", "dim")
        quote.setFont(ctx.theme.text_font(12.5, italic=True))
        width = min(ctx.theme.px(WIDTH), parent.width() - 32)
        words = f"“{' '.join(passage[:400].split())}”"
        quote.setText(quote.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width - 28))
        self.model = _Choices(ctx, book, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self._delegate = _ChoiceDelegate(ctx, book, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(ctx.t("Codes"))
        self.view.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(quote)
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        self.hint = label(ctx.t("Enter tags · ↑ ↓ choose · Esc leaves"), "small")
        column.addWidget(self.hint)
        self.resize(width, ctx.theme.px(34) * SHOWN + ctx.theme.px(120))
        self._on_text("")
        parent.installEventFilter(self)

    def show_keys(self, keys_of: Callable[[CodeRow], str]) -> None:
        """Let the number keys of each code stand beside it."""
        self._delegate.keys_of = keys_of

    def show_recent(self, codes: Sequence[CodeRow]) -> None:
        """Let these codes stand first as long as nothing is typed."""
        self._recent = list(codes)
        self._on_text(self.field.text())

    def offer_several(self) -> None:
        """Let several codes be marked and chosen together."""
        self._several = True
        self._say_marked()

    def ask_for(self, words: str) -> None:
        """Say in the empty field what is wanted."""
        self.field.setPlaceholderText(words)

    def open_at(self, room: QRect) -> None:
        """Show it in the upper middle of `room`, a rectangle of the parent, and take the keys."""
        height = min(self.height(), room.height() - 24)
        corner = QPoint(room.center().x() - self.width() // 2, room.top() + max((room.height() - height) // 5, 12))
        self.setGeometry(QRect(corner, QSize(self.width(), height)))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def choice(self) -> Choice | None:
        """The line that Enter would take."""
        found: Choice | None = self.view.currentIndex().data(ROW)
        return found

    def take(self) -> None:
        """Tag with the chosen line; with those marked, and the chosen one if it was looked for, when there are any."""
        choice, typed = self.choice(), understand(self.field.text())
        if self.marked:
            marked = dict(self.marked)
            if choice is not None and typed.words:
                marked.setdefault(choice, typed.valence)
            self.close_palette()
            self.several_chosen.emit([Pick(_guid(c), c.name, valence) for c, valence in marked.items()])
            return
        if choice is None:
            return
        self.close_palette()
        if choice.code is not None:
            self.code_chosen.emit(choice.code.guid, typed.valence)
        else:
            self.name_chosen.emit(choice.name, typed.valence)

    def mark(self) -> None:
        """Mark the chosen line, or no longer, and go on looking."""
        choice = self.choice()
        if choice is None:
            return
        if choice in self.marked:
            del self.marked[choice]
        else:
            self.marked[choice] = understand(self.field.text()).valence
        if self.field.text():
            self.field.clear()
        else:
            at = self.view.currentIndex().row()
            self._on_text("")
            self.view.setCurrentIndex(self.model.index(min(at, self.model.rowCount() - 1)))
        self._say_marked()

    def _on_clicked(self, _: QModelIndex) -> None:
        if self._several and QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mark()
        else:
            self.take()

    def _say_marked(self) -> None:
        t = self._ctx.t
        if self.marked:
            words = self._ctx.n(
                "{count} marked · Enter tags with it", "{count} marked · Enter tags with all", count=len(self.marked)
            )
        else:
            words = t("Enter tags · Ctrl+Enter marks several · ↑ ↓ choose · Esc leaves")
        self.hint.setText(words)

    def close_palette(self) -> None:
        """Go without doing anything."""
        if self.isVisible():
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def _on_text(self, text: str) -> None:
        typed = understand(text)
        choices = self._found(typed) if typed.words else self._standing()
        self._delegate.marked = self.marked
        self.model.set_rows(choices)
        self.view.setCurrentIndex(self.model.index(0))
        self.view.scrollToTop()

    def _standing(self) -> list[Choice]:
        """What is offered before anything is typed: what is marked, what was used last, all codes."""
        every = self._book.find("", self._ctx.language, self._framework)
        return list(dict.fromkeys([*self.marked, *map(Choice, self._recent), *map(Choice, every)]))

    def _found(self, typed: Typed) -> list[Choice]:
        found = self._book.find(typed.words, self._ctx.language, self._framework)
        choices = [Choice(code) for code in found]
        name = " ".join(typed.words.split())
        if not name.isdigit() and not any(fold(name) == fold(code.label(self._ctx.language)) for code in found):
            # what only a cue points to is a guess; the name that was typed is not
            choices.insert(self._book.named(found, typed.words), Choice(None, name))
        return choices

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible() and not _has_focus(self):
                self.close_palette()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self.close_palette()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), self.model.rowCount()
        at = self.view.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._several and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.mark()
            else:
                self.take()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            pass  # there is nowhere else to go in here
        elif key in steps and count:
            self.view.setCurrentIndex(self.model.index(min(max(at + steps[Qt.Key(key)], 0), count - 1)))
        else:
            return False
        return True


class _ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, ctx: Context, book: CodeBook, view: QListView) -> None:
        super().__init__(view)
        self._ctx, self._book = ctx, book
        self.keys_of: Callable[[CodeRow], str] = lambda code: ""
        self.marked: Mapping[Choice, Valence | None] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self._ctx.theme.px(34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ctx, theme, choice = self._ctx, self._ctx.theme, index.data(ROW)
        state = option.state  # type: ignore[attr-defined]
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 5, 5)
        inner = box.adjusted(10, 0, -10, 0)
        if choice in self.marked:
            sign = _GLYPHS[self.marked[choice]]
            inner.setRight(
                inner.right() - 8 - write(painter, inner, sign, theme.ui_font(13), theme.color("accent"), RIGHT)
            )
        dim, small = theme.readable(theme.color("dim"), theme.color("accent_soft")), theme.ui_font(11.5)
        if choice.code is None:
            words = ctx.t("New open code “{name}”", name=choice.name)
            write(painter, inner.adjusted(theme.px(18), 0, 0, 0), words, theme.ui_font(13), theme.color("accent"))
        else:
            code: CodeRow = choice.code
            framework = self._book.framework(code.framework)
            named = framework.label(ctx.language) if framework else ctx.t("open code")
            right = self.keys_of(code) or named
            square(painter, inner.left(), box.center().y(), theme, code.color)
            write(painter, inner, right, small, dim, RIGHT)
            line = inner.adjusted(theme.px(18), 0, -width_of(right, small) - 12, 0)
            name = theme.ui_font(13)
            taken = write(painter, line, code.label(ctx.language), name, theme.color("ink"))
            parent = self._book.parent(code)
            if parent is not None:
                write(painter, line.adjusted(taken + 8, 0, 0, 0), parent.label(ctx.language), small, dim)
        painter.restore()


def _guid(choice: Choice) -> str | None:
    return choice.code.guid if choice.code is not None else None


def _has_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)
