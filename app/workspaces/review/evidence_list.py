"""The evidence behind a claim under review: the passages, each a way to its transcript."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.context import Context
from app.models.evidence_words import one_line, valence_word
from app.theme import GLYPHS
from app.widgets.parts import Dot, SectionHeader, button, label
from coding.findings.richtext import plain
from coding.review.details import Detail
from coding.segments.rows import SegmentRow
from coding.text import snippet

_LONG = 320


class EvidenceList(QWidget):
    """Findings that a sentence rests on, and passages; `opened` gets the guid of one that is to be shown."""

    def __init__(self, ctx: Context, detail: Detail, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._ctx, self._opened = ctx, opened
        self.setObjectName("review_evidence")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        if detail.findings:
            column.addWidget(SectionHeader(ctx.t("Rests on these findings")))
            for text in detail.findings:
                column.addWidget(label(one_line(plain(text)), wrap=True, select=True))
        count = ctx.words.number(detail.behind)
        column.addWidget(SectionHeader(ctx.t("Evidence ({count})", count=count)))
        for segment in detail.evidence:
            column.addWidget(self._passage(segment))
        if detail.behind > len(detail.evidence):
            rest = ctx.words.number(detail.behind - len(detail.evidence))
            column.addWidget(label(ctx.t("… and {count} more", count=rest), "dim"))
        if not detail.behind:
            column.addWidget(label(ctx.t("No passage stands behind this."), "dim"))

    def _passage(self, segment: SegmentRow) -> QWidget:
        ctx, theme = self._ctx, self._ctx.theme
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        text = one_line(segment.text)
        words = label(f"“{snippet(text, 0, len(text), _LONG)}”", wrap=True, select=True)
        words.setStyleSheet(f"font: italic {theme.px(14)}px '{theme.text_font(14).family()}';")
        column.addWidget(words)
        under = QHBoxLayout()
        under.setSpacing(6)
        under.addWidget(Dot(ctx, segment.color))
        glyph = QLabel(GLYPHS[segment.valence] or "·")
        tone = theme.readable(theme.valence_color(segment.valence), theme.color("panel"))
        glyph.setStyleSheet(f"color: {tone.name()}; font-weight: 700;")
        glyph.setToolTip(valence_word(ctx, segment.valence))
        under.addWidget(glyph)
        who = " · ".join(part for part in (", ".join(segment.informants), segment.source, segment.coder) if part)
        way = button(who, "link", name="review_evidence_open")
        way.setAccessibleName(ctx.t("Open transcript: {place}", place=who))
        way.clicked.connect(lambda: self._opened(segment.guid))
        under.addWidget(way)
        under.addStretch(1)
        column.addLayout(under)
        return holder
