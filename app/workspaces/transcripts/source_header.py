"""The line over the text: which source it is, how it was gathered, and where the reader is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.context import Context
from app.icons import icon
from app.models.informants import CATEGORY_NAMES
from app.models.sources import METHOD_NAMES
from app.widgets.parts import Chip, ElidedLabel, button, label, line
from coding.transcripts.rows import InformantRow, SourceText

NAMES_SHOWN = 3


class SourceHeader(QFrame):
    """Name, chips, and “turn 7 of 42”."""

    details_asked = Signal()
    reading_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._source: SourceText | None = None
        self._informants: tuple[InformantRow, ...] = ()
        self._turn: int | None = None
        self.setProperty("surface", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(8)
        self.name = ElidedLabel("", "heading")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name.setMinimumWidth(80)
        self.method, self.when, self.who = Chip(ctx), Chip(ctx), Chip(ctx)
        self.details = button("", "quiet", name="source_details")
        self.details.clicked.connect(self.details_asked)
        self.coded = label("", "dim")
        self.coded.setMinimumWidth(1)
        self.reading = button("Aa", "quiet", name="reading_menu")
        self.reading.clicked.connect(self.reading_asked)
        self._share: float | None = None
        self._turns = (0, 0)
        self.turn = label("", "dim")
        row.addWidget(self.name, 1)
        for chip in (self.method, self.when, self.who):
            row.addWidget(chip)
        row.addWidget(self.details)
        row.addWidget(self.reading)
        row.addSpacing(4)
        row.addWidget(self.coded)
        row.addSpacing(4)
        row.addWidget(self.turn)
        outer.addLayout(row)
        outer.addWidget(line())
        self.recolor()
        self.refresh()

    def show_source(self, source: SourceText | None, informants: tuple[InformantRow, ...] = ()) -> None:
        """Say which source is open and who speaks in it."""
        self._source, self._informants = source, informants
        self.refresh()

    def show_turn(self, number: int | None) -> None:
        """Say in which turn (0-based) the caret is."""
        if number != self._turn:
            self._turn = number
            self._say_turn()

    def show_coded(self, share: float | None, coded: int, turns: int) -> None:
        """Say which share (0–1) of what informants say is coded, and in how many of their turns something is."""
        if (share, (coded, turns)) != (self._share, self._turns):
            self._share, self._turns = share, (coded, turns)
            self._say_coded()
            self._fit()

    def _say_coded(self) -> None:
        ctx, share = self._ctx, self._share
        coded, turns = self._turns
        if share is None or self._source is None:
            self.coded.setText("")
            self.coded.setToolTip("")
            return
        self.coded.setText(ctx.t("{share} coded", share=ctx.words.percent(share)))
        self.coded.setToolTip(
            ctx.n(
                "Something is coded in {coded} of {count} informants' turn",
                "Something is coded in {coded} of {count} informants' turns",
                count=turns,
                coded=coded,
            )
            if turns
            else ""
        )

    def refresh(self) -> None:
        """Say everything in the language at hand."""
        t, source = self._ctx.t, self._source
        self.details.setVisible(source is not None)
        self.details.setToolTip(t("Details of the source…"))
        self.details.setAccessibleName(t("Details of the source…"))
        self.reading.setVisible(source is not None)
        self.reading.setToolTip(t("How the text looks"))
        self.reading.setAccessibleName(t("How the text looks"))
        self._say_coded()
        if source is None:
            self.name.setText("")
            for chip in (self.method, self.when, self.who):
                chip.set("")
            self.turn.setText("")
            return
        self.name.setText(source.name)
        self._say_turn()
        self._fit()

    def _fit(self) -> None:
        """Say as much behind the name as there is room for; the whole is in the tooltips."""
        source, ctx = self._source, self._ctx
        if source is None:
            return
        method, date = ctx.t(METHOD_NAMES[source.method]), ctx.words.short_date(source.date)
        where = " · ".join(part for part in (date, source.place) if part)
        people = self._people()
        room = self.width() - self.name.sizeHint().width() - self.turn.sizeHint().width() - ctx.theme.px(214)
        room -= self.coded.sizeHint().width()
        choices = [
            (method, where, people),
            (method, self._cut(where, 200), self._cut(people, 150)),
            (method, date, self._cut(people, 110)),
            (method, date, ""),
            ("", date, ""),
            ("", "", ""),
        ]
        self.coded.setVisible(bool(self.coded.text()) and room > 0)
        # the name comes first; where the caret is, the gutter tells too
        fixed = self.reading.sizeHint().width() + self.details.sizeHint().width() + ctx.theme.px(196)
        self.turn.setVisible(self.width() - fixed > self.turn.sizeHint().width())
        chips = (self.method, self.when, self.who)
        shown = next(c for c in choices if c == choices[-1] or self._width_of(c) <= room)
        whole = (
            method,
            " · ".join(part for part in (ctx.words.date(source.date), source.place) if part),
            self._names(),
        )
        for chip, text, full in zip(chips, shown, whole, strict=True):
            chip.set(text)
            chip.setToolTip(full)

    def _width_of(self, texts: tuple[str, ...]) -> int:
        metrics = QFontMetrics(self._ctx.theme.ui_font(11.5))
        return sum(metrics.horizontalAdvance(text) + self._ctx.theme.px(30) for text in texts if text)

    def _cut(self, text: str, width: int) -> str:
        metrics = QFontMetrics(self._ctx.theme.ui_font(11.5))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._ctx.theme.px(width))

    def _names(self) -> str:
        return "\n".join(", ".join(part for part in (p.code, p.name, p.role) if part) for p in self._informants)

    def minimumSizeHint(self) -> QSize:
        # what is said follows the width and never the other way round
        return QSize(self._ctx.theme.px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _people(self) -> str:
        people = self._informants
        if len(people) == 1:
            person = people[0]
            return self._ctx.t(CATEGORY_NAMES[person.category]) if person.category else person.role or person.code
        return ", ".join(person.code for person in people[:NAMES_SHOWN]) + (" …" if len(people) > NAMES_SHOWN else "")

    def _say_turn(self) -> None:
        source = self._source
        if source is None or self._turn is None or not source.turns:
            self.turn.setText("")
        else:
            self.turn.setText(self._ctx.t("turn {number} of {total}", number=self._turn + 1, total=len(source.turns)))

    def recolor(self) -> None:
        """Take on the present theme."""
        self.details.setIcon(icon("pencil", self._ctx.theme.color("dim")))
