"""One passage as a card: what was said, in which direction, by whom, when, and the way to its transcript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.context import Context
from app.icons import pixmap
from app.models.matrix_evidence import Stretch
from app.theme import GLYPHS
from app.widgets.flow import FlowLayout
from app.widgets.parts import ElidedLabel, button, label
from coding.reports.desk import in_quotes

if TYPE_CHECKING:
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import InformantRow

LONG = 900
"""Characters of a passage that are shown at first."""


class EvidenceCard(QFrame):
    """A stretch of text with its coded segments. `opened` carries the guid of the segment to show in its transcript,
    `stepped` +1 or −1 when the person goes on to the next card or back."""

    opened = Signal(str)
    stepped = Signal(int)

    def __init__(self, ctx: Context, stretch: Stretch, people: Mapping[str, InformantRow], *, codes: bool) -> None:
        """`codes` names each segment's code, where those of several stand together."""
        super().__init__()
        self._ctx, self.stretch, self._people = ctx, stretch, people
        self._codes = codes or len(stretch.segments) > 1
        self.setObjectName("evidence_card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(self._quote())
        if self._codes:
            column.addWidget(self._segments())
        column.addWidget(self._foot())
        if stretch.again:
            column.addWidget(label(ctx.t("The same words as before: counted once."), "small", wrap=True))
        self._look()
        self.setAccessibleName(self._spoken())

    def _look(self) -> None:
        theme = self._ctx.theme
        self.setStyleSheet(
            f"QFrame#evidence_card {{ background: {theme.hex('panel')}; border: 1px solid {theme.hex('line')};"
            f" border-radius: 6px; margin: 1px; }}"
            f" QFrame#evidence_card:hover {{ border-color: {theme.hex('border')}; }}"
            f" QFrame#evidence_card:focus {{ border: 2px solid {theme.hex('accent')}; margin: 0; }}"
        )

    def _quote(self) -> QLabel:
        text = in_quotes(self.stretch.text)
        quote = label(text, wrap=True, select=True)
        quote.setFont(self._ctx.theme.text_font(13.5, italic=True))
        quote.setStyleSheet(f"font: italic {self._ctx.theme.px(13.5)}px '{quote.font().family()}';")
        quote.setCursor(Qt.CursorShape.IBeamCursor)
        self.quote = quote
        if len(text) > LONG:
            quote.setText(text[:LONG].rsplit(" ", 1)[0] + " …")
            self._whole = text
        return quote

    def _segments(self) -> QWidget:
        """A line for each segment: its direction and code, each a way to it."""
        holder = QWidget()
        row = FlowLayout(holder, spacing=4, line_spacing=2)
        several = len({segment.coder for segment in self.stretch.segments}) > 1
        theme = self._ctx.theme
        for segment in self.stretch.segments:
            name = segment.label(self._ctx.language)
            glyph = GLYPHS[segment.valence] or "·"
            words = f"{glyph} {name} · {segment.coder}" if several else f"{glyph} {name}"
            made = button(words, "quiet", name="card_segment")
            color = theme.readable(theme.valence_color(segment.valence), theme.color("hover"))
            made.setStyleSheet(
                f"QPushButton {{ color: {color.name()}; font-size: {theme.px(12)}px; padding: 0 4px; min-height: 0;"
                " text-align: left; }"
            )
            made.setAccessibleName(f"{name}, {self._direction(segment)}")
            made.setToolTip(self._ctx.t("Show this coded segment in its transcript"))
            made.clicked.connect(lambda _=False, guid=segment.guid: self.opened.emit(guid))
            row.addWidget(made)
        return holder

    def _foot(self) -> QWidget:
        ctx, theme, stretch = self._ctx, self._ctx.theme, self.stretch
        holder = QWidget()
        holder.setStyleSheet(f"QLabel, QPushButton {{ font-size: {theme.px(12)}px; }}")
        row = FlowLayout(holder, spacing=7, line_spacing=0)
        if not self._codes:
            valence = stretch.first.valence
            glyph = QLabel(GLYPHS[valence] or "·")
            color = theme.readable(theme.valence_color(valence), theme.color("panel"))
            glyph.setStyleSheet(f"color: {color.name()}; font-weight: 700; font-size: {theme.px(14)}px;")
            glyph.setToolTip(self._direction(stretch.first))
            row.addWidget(glyph)
        who = ElidedLabel(self.speakers(), "dim")
        who.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(who)
        if stretch.first.source_date:
            row.addWidget(label(ctx.words.short_date(stretch.first.source_date), "dim"))
        if stretch.exemplar:
            row.addWidget(self._mark("star_full", ctx.t("Exemplar")))
        if stretch.memo:
            row.addWidget(self._mark("memo", stretch.memo))
        way = button(ctx.t("Open transcript"), "link", name="open_transcript")
        way.setStyleSheet("QPushButton { font-weight: 400; padding: 1px 1px; min-height: 0; }")
        way.setAccessibleName(ctx.t("Open transcript"))
        way.clicked.connect(lambda: self.opened.emit(stretch.first.guid))
        row.right_from = row.count()
        if len(in_quotes(stretch.text)) > LONG:
            row.addWidget(self._more())
        row.addWidget(way)
        return holder

    def _more(self) -> QWidget:
        more = button(self._ctx.t("Show all"), "link", name="show_whole")
        more.setStyleSheet("QPushButton { font-weight: 400; padding: 1px 3px; min-height: 0; }")

        def show() -> None:
            self.quote.setText(self._whole)
            more.hide()

        more.clicked.connect(show)
        return more

    def _mark(self, icon_name: str, words: str) -> QLabel:
        mark = QLabel()
        size = self._ctx.theme.px(14)
        mark.setPixmap(pixmap(icon_name, self._ctx.theme.color("dim"), size, self.devicePixelRatioF()))
        mark.setToolTip(words)
        mark.setAccessibleName(words)
        return mark

    def speakers(self) -> str:
        """Who says it, with age; the source where no informant speaks."""
        codes = self.stretch.informants
        if not codes:
            return self.stretch.first.source
        return ", ".join(self._speaker(code) for code in codes)

    def _speaker(self, code: str) -> str:
        person = self._people.get(code)
        if person is None or person.age is None:
            return code
        return f"{code} ({self._ctx.words.number(person.age)})"

    def _direction(self, segment: SegmentRow) -> str:
        t = self._ctx.t
        said = {"supporting": t("supporting"), "inhibiting": t("inhibiting"), "neutral": t("neutral")}
        return said[segment.valence] if segment.valence else t("no direction yet")

    def _spoken(self) -> str:
        t, stretch = self._ctx.t, self.stretch
        parts = [in_quotes(stretch.text), *dict.fromkeys(self._direction(row) for row in stretch.segments)]
        parts += [self.speakers(), self._ctx.words.date(stretch.first.source_date)]
        parts += [t("Exemplar")] if stretch.exemplar else []
        parts += [t("Memo: {text}", text=stretch.memo)] if stretch.memo else []
        return "; ".join(part for part in parts if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.stretch.first.guid)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.stretch.first.guid)
