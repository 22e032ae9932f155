"""The small bar at a selection: recent codes, valence, memo, and the way to all other codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.transcript.margin import paint_valence
from app.transcript.spoken import VALENCE_NAMES
from coding.segments.rows import VALENCES, SegmentRow

if TYPE_CHECKING:
    from app.context import Context

CODES_SHOWN = 3
SHADOW = 8


@dataclass(frozen=True, slots=True)
class BarCode:
    """A recent code as the bar offers it; `keys` are the digits that tag with it (`"1 3"`), or empty."""

    guid: str
    label: str
    color: int
    keys: str = ""


class _Button(QAbstractButton):
    """A flat button of the bar, with a square in a code's colour or a valence glyph, words, and the keys that do it."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.square: QColor | None = None
        self.valence: str | None = None
        self.keys = ""
        self.quiet = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Whether it is checked says what the segment has, not what was clicked."""

    def sizeHint(self) -> QSize:
        px = self._ctx.theme.px
        width = px(18)
        if self.square is not None or self.valence is not None:
            width += px(10)
        if self.text():
            width += round(QFontMetricsF(self._font()).horizontalAdvance(self.text()) + 0.5)
            width += px(8) if self.square is not None else 0
        if self.keys:
            width += px(8) + round(self._keys_width())
        return QSize(max(width, px(28)), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._ctx.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground())
            painter.drawRoundedRect(box, 6, 6)
        x = float(theme.px(9))
        middle = box.center().y()
        if self.valence is not None:
            size = theme.px(8)
            glyph = QRectF(box.center().x() - size / 2, middle - size / 2, size, size)
            paint_valence(painter, self.valence, theme.valence_color(self.valence), glyph)
        if self.square is not None:
            side = theme.px(9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.square)
            painter.drawRoundedRect(QRectF(x, middle - side / 2, side, side), 2, 2)
            x += theme.px(17)
        painter.setFont(self._font())
        painter.setPen(theme.color("dim" if self.quiet else "ink"))
        painter.drawText(QRectF(x, 0, box.width(), box.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.keys:
            self._paint_keys(painter, box)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def _ground(self) -> QColor:
        theme = self._ctx.theme
        if not self.isChecked():
            return theme.color("hover")
        return theme.tint(theme.valence_color(self.valence), 0.14) if self.valence else theme.color("accent_soft")

    def _paint_keys(self, painter: QPainter, box: QRectF) -> None:
        theme = self._ctx.theme
        width = self._keys_width()
        cap = QRectF(box.right() - theme.px(9) - width, box.center().y() - theme.px(9), width, theme.px(18))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.ui_font(11))
        painter.setPen(theme.color("dim"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.keys)

    def _keys_width(self) -> float:
        return QFontMetricsF(self._ctx.theme.ui_font(11)).horizontalAdvance(self.keys) + self._ctx.theme.px(10)

    def _font(self) -> QFont:
        return self._ctx.theme.ui_font(12)


class SelectionBar(QWidget):
    """Floats over the text beside a selection; never takes the focus, since all it does has a key."""

    code_chosen = Signal(str)
    valence_chosen = Signal(object)
    memo_asked = Signal()
    in_vivo_asked = Signal()
    palette_asked = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._codes: tuple[BarCode, ...] = ()
        self._row: SegmentRow | None = None
        self._code_buttons = [self._add() for _ in range(CODES_SHOWN)]
        self._valence_buttons = {valence: self._add() for valence in VALENCES}
        self._memo, self._in_vivo, self._other = self._add(), self._add(), self._add()
        for number, button in enumerate(self._code_buttons):
            button.clicked.connect(lambda _=False, n=number: self.code_chosen.emit(self._codes[n].guid))
        for valence, button in self._valence_buttons.items():
            button.valence = valence
            button.clicked.connect(lambda _=False, v=valence: self.valence_chosen.emit(v))
        self._memo.clicked.connect(self.memo_asked)
        self._in_vivo.clicked.connect(self.in_vivo_asked)
        self._other.clicked.connect(self.palette_asked)
        self._other.quiet = True
        self._other.keys = "Enter"
        self._offers_in_vivo = False
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 4, SHADOW + 2, SHADOW + 4, SHADOW + 4)
        row.setSpacing(2)
        for button in self._buttons():
            row.addWidget(button)
        self.hide()
        self.retranslate()

    def _add(self) -> _Button:
        return _Button(self._ctx, self)

    def _buttons(self) -> list[_Button]:
        return [*self._code_buttons, *self._valence_buttons.values(), self._memo, self._in_vivo, self._other]

    def set_codes(self, codes: Sequence[BarCode]) -> None:
        """Offer these codes, the first `CODES_SHOWN` of them."""
        self._codes = tuple(codes[:CODES_SHOWN])
        self._refresh()

    def set_row(self, row: SegmentRow | None) -> None:
        """Show what the selected segment has already."""
        self._row = row
        self._refresh()

    def offer_in_vivo(self, offered: bool) -> None:
        """Whether there is a button that makes a code of the selected words."""
        self._offers_in_vivo = offered
        self._in_vivo.setVisible(offered)

    def retranslate(self) -> None:
        t = self._ctx.t
        self.setAccessibleName(t("Code the selection"))
        for valence, button in self._valence_buttons.items():
            button.setAccessibleName(t(VALENCE_NAMES[valence]))
            keys = {"supporting": "+", "inhibiting": "-", "neutral": "0"}[valence]
            button.setToolTip(t("{action} ({keys})", action=t(VALENCE_NAMES[valence]), keys=keys))
        self._memo.setText(t("Memo"))
        self._memo.setToolTip(t("{action} ({keys})", action=t("Memo"), keys="Ctrl+M"))
        self._in_vivo.setText(t("In vivo"))
        self._in_vivo.setToolTip(t("Make a code of the selected words (Ctrl+Shift+V)"))
        self._other.setText(t("Other code…"))
        self._refresh()

    def _refresh(self) -> None:
        theme = self._ctx.theme
        for number, button in enumerate(self._code_buttons):
            code = self._codes[number] if number < len(self._codes) else None
            button.setVisible(code is not None)
            if code is not None:
                metrics = QFontMetricsF(button._font())
                button.setText(metrics.elidedText(code.label, Qt.TextElideMode.ElideRight, theme.px(150)))
                button.setAccessibleName(code.label)
                button.setToolTip(code.label)
                button.square = theme.code_color(code.color)
                button.keys = code.keys
                button.setChecked(self._row is not None and self._row.code_guid == code.guid)
        self._memo.show()
        self._in_vivo.setVisible(self._offers_in_vivo)
        for valence, button in self._valence_buttons.items():
            button.setChecked(self._row is not None and self._row.valence == valence)
        self.layout().invalidate()
        for button in self._buttons():
            button.updateGeometry()
        self.update()

    def place(self, selected: Sequence[QRectF], room: QRect) -> bool:
        """Show it below the selected lines inside `room`, or above them; hidden when it would cover them.

        `selected` are the rectangles of the selected text, in the parent's coordinates, in order. Says if it is shown.
        """
        size = self._fit(room.width())
        seen = [r for r in selected if r.bottom() > room.top() and r.top() < room.bottom()]
        if not seen or size.width() > room.width():
            self.hide()
            return False
        below, above = round(seen[-1].bottom()) + 1, round(seen[0].top()) - 1 - size.height()
        y = below if below + size.height() - SHADOW <= room.bottom() and seen[-1] is selected[-1] else above
        beside = seen[-1].right() if y == below else seen[0].left() + size.width()
        if y + SHADOW < room.top():
            self.hide()
            return False
        x = round(min(max(beside - size.width() + SHADOW * 4, room.left()), room.right() - size.width()))
        self.setGeometry(x, y, size.width(), size.height())
        self.raise_()
        self.show()
        return True

    def _fit(self, width: int) -> QSize:
        """The size for a window so wide: where there is little room, the codes used longest ago are left out first."""
        self._refresh()
        for button in [None, *reversed(self._code_buttons), self._in_vivo, self._memo]:
            if button is not None:
                button.hide()
            self.layout().activate()
            if self.sizeHint().width() <= width:
                break
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._ctx.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(SHADOW, SHADOW - 2, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 10 if theme.dark else 5))
            painter.drawRoundedRect(body.adjusted(-spread, -spread + 2, spread, spread), 6 + spread, 6 + spread)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
