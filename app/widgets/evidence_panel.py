"""What stands behind a number: where it comes from in words, and its passages as cards."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_data import EvidenceData, read_evidence
from app.models.matrix_evidence import Opened, Stretch, stretches
from app.widgets.evidence_card import EvidenceCard
from app.widgets.evidence_finding import FindingBox, JudgementLine
from app.widgets.flow import FlowLayout
from app.widgets.parts import EmptyState, SectionHeader, button, clear_layout, label

PAGE = 12
"""How many cards are made at a time; further ones when the person comes near the end."""


class EvidencePanel(QFrame):
    """Shows what an `Opened` stands for. `left` when the person goes back (Esc), `filled` when the cards are there.

    `finding_written` carries the door and the text of a finding; `judging_asked` and `judgement_removed` the door of a
    row.
    """

    left = Signal()
    filled = Signal()
    finding_written = Signal(object, str)
    judging_asked = Signal(object)
    judgement_removed = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._opened: Opened | None = None
        self._data = EvidenceData((), {})
        self._voice = ""
        self._stretches: list[Stretch] = []
        self._cards: list[EvidenceCard] = []
        self._voice_buttons: dict[str, QPushButton] = {}
        self._focus_first = False
        self.setObjectName("evidence_panel")
        self.setProperty("surface", "side")
        self._build()
        ctx.theme_changed.connect(self._fill)
        ctx.language_changed.connect(self._say)
        self.clear()

    def _build(self) -> None:
        self.heading = SectionHeader()
        self.why = label("", wrap=True, select=True)
        self.why.setTextFormat(Qt.TextFormat.RichText)
        self.number = label("", "dim", wrap=True, select=True)
        self.judgement = JudgementLine(self._ctx)
        self.judgement.judging_asked.connect(self.judging_asked)
        self.judgement.removed.connect(self.judgement_removed)
        self.finding = FindingBox(self._ctx)
        self.finding.written.connect(self.finding_written)
        self.finding.left.connect(self.left)
        self._voices = QWidget()
        self._voices_row = FlowLayout(self._voices, spacing=4, line_spacing=4)
        self._list = QWidget()
        self._list.setProperty("transparent", "true")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(16, 4, 14, 16)
        self._column.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self._empty = EmptyState(self._ctx, "matrices")
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(16, 14, 14, 8)
        head.setSpacing(6)
        for widget in (self.heading, self.why, self.number, self.judgement, self._voices):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.finding)

    # what is shown

    @property
    def opened(self) -> Opened | None:
        """What is shown, or about to be."""
        return self._opened

    def cards(self) -> list[EvidenceCard]:
        """The cards that are shown, in order."""
        return list(self._cards)

    def guids(self) -> tuple[str, ...]:
        """The segments shown, in the order of the study."""
        return tuple(row.guid for row in self._data.segments)

    def clear(self) -> None:
        """Show nothing but what to do here."""
        self._opened, self._data, self._voice = None, EvidenceData((), {}), ""
        self._fill()

    def show_opened(self, opened: Opened, *, focus: bool = False) -> None:
        """Read and show the passages of `opened`; with `focus` the keyboard goes to the first."""
        same = self._opened is not None and self._opened.door == opened.door
        self._opened, self._focus_first = opened, focus
        if same:
            self._say()
            self._fill_voices()
        else:
            self._voice = opened.door.voice
        self._ctx.read(
            lambda reader: read_evidence(reader, opened.guids),
            lambda data: self._take(data, opened, keep=same),
            key="evidence_panel",
        )

    def _take(self, data: EvidenceData, opened: Opened, *, keep: bool) -> None:
        if self._opened is not opened:
            return
        at = self._scroll.verticalScrollBar().value() if keep else 0
        if not (keep and data == self._data and self._cards) or self._focus_first:
            self._data = data
            self._fill()
            QTimer.singleShot(0, self._scroll, lambda: self._scroll.verticalScrollBar().setValue(at))
        if self._focus_first and self._cards:
            self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_first = False
        self.filled.emit()

    def _say(self) -> None:
        """Head and hint in the language of the interface; the owner gives the words of what is opened."""
        t, opened = self._ctx.t, self._opened
        self._empty.set(t("Every number is a door"), t("Choose a cell, a status or a row: its passages open here."))
        self._head.setVisible(opened is not None)
        self._empty.setVisible(opened is None)
        self._scroll.setVisible(opened is not None)
        self.setAccessibleName(t("Passages"))
        self.judgement.show_opened(opened)
        self.finding.show_opened(opened)
        if opened is None:
            return
        self.heading.set_text(opened.heading)
        self.number.setText(opened.number)
        if opened.why is not None:
            question, sentence = (_escaped(part) for part in opened.why)
            self.why.setText(f"<b>{question}</b> {sentence}")
        self.why.setVisible(opened.why is not None)

    def _fill(self) -> None:
        """Make head and cards again."""
        self._say()
        self._fill_voices()
        self._fill_cards()

    def _fill_cards(self) -> None:
        clear_layout(self._column)
        self._cards = []
        rows = [row for row in self._data.segments if self._heard(row.informants, row.source)]
        self._stretches = stretches(rows)
        self._add_page()

    def _heard(self, informants: tuple[str, ...], source: str) -> bool:
        return not self._voice or self._voice in informants or (not informants and self._voice == source)

    def _fill_voices(self) -> None:
        clear_layout(self._voices_row)
        self._voice_buttons = {}
        voices = self._opened.voices if self._opened is not None else ()
        self._voices.setVisible(len(voices) > 1)
        if len(voices) < 2:
            return
        theme = self._ctx.theme
        for voice in voices:
            made = button(f"{voice.voice}  {words.voice_shown(self._ctx, voice)}", name="voice")
            made.setCheckable(True)
            made.setChecked(voice.voice == self._voice)
            made.setAccessibleName(words.voice_spoken(self._ctx, voice))
            made.setToolTip(words.voice_spoken(self._ctx, voice))
            made.setStyleSheet(f"QPushButton {{ padding: 1px 7px; min-height: 0; font-size: {theme.px(12)}px; }}")
            made.clicked.connect(lambda _=False, name=voice.voice: self._choose_voice(name))
            self._voices_row.addWidget(made)
            self._voice_buttons[voice.voice] = made

    def _choose_voice(self, name: str) -> None:
        self._voice = "" if self._voice == name else name
        for voice, made in self._voice_buttons.items():
            made.setChecked(voice == self._voice)
        self._fill_cards()

    def _add_page(self) -> None:
        """Make the next cards, and a button for those after them."""
        if self._column.count():
            last = self._column.takeAt(self._column.count() - 1)
            widget = last.widget() if last is not None else None
            if widget is not None:
                widget.deleteLater()
        codes = len({row.code_guid for row in self._data.segments}) > 1
        first = len(self._cards)
        for stretch in self._stretches[first : first + PAGE]:
            card = EvidenceCard(self._ctx, stretch, self._data.informants, codes=codes)
            card.opened.connect(self._ctx.go_to_segment)
            at = len(self._cards)
            card.stepped.connect(lambda step, at=at: self._step(at + step))
            self._cards.append(card)
            self._column.addWidget(card)
        rest = len(self._stretches) - len(self._cards)
        if rest:
            more = button(
                self._ctx.n("Show {count} more", "Show {count} more", count=min(rest, PAGE)), "link", name="more_cards"
            )
            more.clicked.connect(self._on_more)
            self._column.addWidget(more)
        else:
            self._column.addStretch(1)

    def _on_scrolled(self, value: int) -> None:
        bar = self._scroll.verticalScrollBar()
        if bar.maximum() and bar.maximum() - value < bar.pageStep() // 2 and len(self._cards) < len(self._stretches):
            self._add_page()

    def _on_more(self) -> None:
        at = len(self._cards)
        self._add_page()
        self._cards[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, at: int) -> None:
        if at == len(self._cards) < len(self._stretches):
            self._add_page()
        if 0 <= at < len(self._cards):
            self._cards[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self._cards[at], 0, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened is not None:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)
