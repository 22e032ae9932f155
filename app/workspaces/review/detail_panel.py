"""One thing under review: its words in their context, verdicts, proposals and the conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.models.evidence_words import one_line, valence_word
from app.models.review_words import (
    ONE_OF,
    VERDICT_COLORS,
    VERDICT_GLYPHS,
    VERDICT_NAMES,
    proposed,
    written_place,
)
from app.theme import GLYPHS
from app.widgets.flow import FlowLayout
from app.widgets.parts import Dot, EmptyState, SectionHeader, button, clear_layout, label, line, set_look
from app.workspaces.review.conversation import Conversation
from app.workspaces.review.evidence_list import EvidenceList
from coding.findings.richtext import plain, to_html
from coding.review.details import Detail
from coding.review.rows import VERDICTS, ProposalRow

MEASURE = 780
"""Pixels of the widest line, so that a passage can be read."""
LONG = 2000
"""Characters of a passage that are shown; the whole of it stands in its transcript."""


class DetailPanel(QFrame):
    """`meant` carries what is to be done (as the keys of the list do), `answered` a proposal and whether it is
    accepted, `withdrawn` a proposal, `opened` the guid of a segment to show in its transcript, `matrix_asked` that the
    row of a finding is wanted."""

    meant = Signal(str)
    answered = Signal(str, bool)
    withdrawn = Signal(str)
    opened = Signal(str)
    matrix_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._detail: Detail | None = None
        self._role = "researcher"
        self._writable = True
        self.setObjectName("review_detail")
        self.setProperty("surface", "panel")
        self.empty = EmptyState(ctx, "review")
        self._about = QVBoxLayout()
        self._about.setSpacing(8)
        self._foot = self._build_foot()
        self._said = QVBoxLayout()
        self._said.setSpacing(4)
        self.conversation = Conversation(ctx)
        self._evidence = QVBoxLayout()
        self._inside = QWidget()
        self._inside.setProperty("transparent", "true")
        self._measure = QWidget()
        self._measure.setMaximumWidth(ctx.theme.px(MEASURE))
        centred = QHBoxLayout(self._inside)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(self._measure)
        column = QVBoxLayout(self._measure)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._about)
        column.addLayout(self._said)
        column.addWidget(self.conversation)
        column.addLayout(self._evidence)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._inside)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._foot)
        outer.addWidget(self.empty, 1)
        self.refresh()

    def _build_foot(self) -> QFrame:
        """Verdicts and proposals, beneath what scrolls, so that they stay where they are from one thing to the next."""
        foot, self._verdict_row, self._proposing_row = QFrame(), QWidget(), QWidget()
        foot.setObjectName("review_foot")
        self.verdict_buttons = {}
        row = FlowLayout(self._verdict_row, spacing=8, line_spacing=4)
        for verdict in VERDICTS:
            made = button("", "", name=f"verdict_{verdict}")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            meaning = {"agreed": "agree", "question": "question", "revise": "revise"}[verdict]
            made.clicked.connect(lambda _=False, meaning=meaning: self.meant.emit(meaning))
            self.verdict_buttons[verdict] = made
            row.addWidget(made)
        self.look = button("", "quiet", name="verdict_looked")
        self.look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look.clicked.connect(lambda: self.meant.emit("look"))
        row.addWidget(self.look)
        self._proposing_flow = FlowLayout(self._proposing_row, spacing=6, line_spacing=2)
        policy = self._proposing_row.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._proposing_row.setSizePolicy(policy)
        ways = QWidget()
        ways.setMaximumWidth(self._ctx.theme.px(MEASURE))
        inner = QVBoxLayout(ways)
        inner.setContentsMargins(24, 10, 24, 10)
        inner.setSpacing(6)
        inner.addWidget(self._verdict_row)
        inner.addWidget(self._proposing_row)
        centred = QHBoxLayout()
        centred.addWidget(ways)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        column.addLayout(centred)
        return foot

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    def show_detail(self, detail: Detail | None, role: str, *, writable: bool) -> None:
        """Show one thing as a coder of this role sees it; what is being written about the same thing stays."""
        if (detail, role, writable) == (self._detail, self._role, self._writable):
            return
        other = detail is None or self._detail is None or detail.line.target != self._detail.line.target
        self._detail, self._role, self._writable = detail, role, writable
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Make everything again, in the words and colours at hand."""
        detail = self._detail
        self._scroll.setVisible(detail is not None)
        self.empty.setVisible(detail is None)
        self._foot.setVisible(detail is not None and self._role == "supervisor")
        self.conversation.retranslate()
        clear_layout(self._about)
        clear_layout(self._said)
        clear_layout(self._evidence)
        if detail is None:
            return
        self._show_about(detail)
        self._show_verdicts(detail)
        self._show_proposals(detail)
        if detail.line.written is not None:
            self._evidence.addWidget(EvidenceList(self._ctx, detail, self.opened.emit))
        self.conversation.show_rows(detail.comments, writable=self._writable)

    # what it is

    def _show_about(self, detail: Detail) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        segment, written = detail.line.segment, detail.line.written
        head = QHBoxLayout()
        head.setSpacing(8)
        if segment is not None:
            head.addWidget(Dot(ctx, segment.color))
            title = f"{segment.label(ctx.language)}"
            glyph = QLabel(GLYPHS[segment.valence] or "·")
            tone = theme.readable(theme.valence_color(segment.valence), theme.color("panel"))
            glyph.setStyleSheet(f"color: {tone.name()}; font-weight: 700; font-size: {theme.px(15)}px;")
            glyph.setToolTip(valence_word(ctx, segment.valence))
            head.addWidget(self._title(title))
            head.addWidget(glyph)
            way = button(ctx.t("Open transcript"), "link", name="review_open")
            way.clicked.connect(lambda: self.opened.emit(segment.guid))
        else:
            assert written is not None
            if written.code:
                head.addWidget(Dot(ctx, written.color))
            head.addWidget(self._title(written.label(ctx.language) or ctx.t(ONE_OF[written.kind])))
            way = button(ctx.t("Show in Matrices"), "link", name="review_open")
            way.setVisible(bool(written.code))
            way.clicked.connect(self.matrix_asked)
        head.addStretch(1)
        head.addWidget(way)
        self._about.addLayout(head)
        self._about.addWidget(label(self._under_title(detail), "dim", wrap=True))
        self._about.addWidget(self._words(detail))
        if segment is not None and segment.memo:
            self._about.addWidget(label(ctx.t("Memo: {text}", text=segment.memo), "dim", wrap=True, select=True))

    def _title(self, text: str) -> QLabel:
        made = label(text, wrap=False)
        made.setStyleSheet(f"font-size: {self._ctx.theme.px(17)}px; font-weight: 600;")
        return made

    def _under_title(self, detail: Detail) -> str:
        ctx, segment, written = self._ctx, detail.line.segment, detail.line.written
        if segment is not None:
            who = ", ".join(segment.informants)
            changed = ctx.words.date(segment.modified_at[:10])
            coded = ctx.t("coded by {coder}, {date}", coder=segment.coder, date=changed)
            return " · ".join(part for part in (who, segment.source, coded) if part)
        assert written is not None
        by = ctx.t("written by {coder}, {date}", coder=written.coder, date=ctx.words.date(written.modified_at[:10]))
        parts = [ctx.t(ONE_OF[written.kind]), *written_place(ctx, written)[1 if written.code else 0 :], by]
        return " · ".join(parts)

    def _words(self, detail: Detail) -> QLabel:
        """The passage in its context, or the text that was written."""
        theme = self._ctx.theme
        shown = QLabel()
        shown.setObjectName("review_words")
        shown.setWordWrap(True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setFont(theme.text_font(15))
        shown.setStyleSheet(f"font: {theme.px(15)}px '{shown.font().family()}';")
        segment = detail.line.segment
        if segment is None:
            assert detail.line.written is not None
            written = detail.line.written
            rich = written.kind == "finding"
            shown.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
            shown.setText(to_html(written.text) if rich else written.text)
            shown.setAccessibleName(one_line(plain(written.text) if rich else written.text))
            return shown
        text = segment.text if len(segment.text) <= LONG else segment.text[:LONG].rsplit(" ", 1)[0] + " …"
        tint, edge = theme.tint(theme.code_color(segment.color)), theme.code_color(segment.color)
        dim = theme.hex("dim")
        before, after = _escaped(one_line(detail.before)), _escaped(one_line(detail.after))
        shown.setTextFormat(Qt.TextFormat.RichText)
        html = (
            f'<p style="line-height:150%"><span style="color:{dim}">{before} </span>'
            f'<span style="background-color:{tint.name()}; border-bottom: 2px solid {edge.name()}">'
            f'{_escaped(one_line(text))}</span><span style="color:{dim}"> {after}</span></p>'
        )
        shown.setText(html)
        shown.setAccessibleName(one_line(segment.text))
        return shown

    # verdicts

    def _show_verdicts(self, detail: Detail) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        supervisor = self._role == "supervisor"
        keys = {"agreed": "A", "question": "Q", "revise": "R"}
        for verdict, made in self.verdict_buttons.items():
            chosen = detail.line.mine == verdict and not detail.line.changed
            made.setText(f"{VERDICT_GLYPHS[verdict]}  {ctx.t(VERDICT_NAMES[verdict])} ({keys[verdict]})")
            made.setChecked(chosen)
            made.setEnabled(self._writable)
            set_look(made, "chosen", chosen)
            color = theme.readable(theme.color(VERDICT_COLORS[verdict]), theme.color("panel"))
            width = 2 if chosen else 1
            border = color.name() if chosen else theme.hex("border")
            made.setStyleSheet(
                f"QPushButton {{ color: {color.name()}; border: {width}px solid {border}; font-weight:"
                f" {700 if chosen else 500}; padding: 5px 12px; }}"
            )
        self.look.setText(ctx.t("Looked at (L)"))
        self.look.setEnabled(self._writable)
        for row in detail.verdicts:
            word = ctx.t(VERDICT_NAMES[row.verdict]) if row.verdict else ctx.t("looked at")
            glyph = f"{VERDICT_GLYPHS[row.verdict]} " if row.verdict else ""
            said = f"{glyph}{row.coder}: {word} · {ctx.words.date(row.at[:10])}"
            if row.changed:
                said += " · " + ctx.t("changed since then")
            self._said.addWidget(label(said, "dim"))
        if not supervisor and not detail.verdicts and not detail.proposals:
            self._said.addWidget(label(ctx.t("No supervisor has looked at this yet."), "dim"))

    # proposals

    def _show_proposals(self, detail: Detail) -> None:
        ctx = self._ctx
        self._show_proposing(detail)
        if detail.line.segment is None:
            return
        if detail.proposals:
            self._said.addWidget(line())
            self._said.addWidget(SectionHeader(ctx.t("Proposals")))
        for row in detail.proposals:
            self._said.addWidget(self._proposal(row))

    def _show_proposing(self, detail: Detail) -> None:
        """What can be proposed for a segment; the room for it is kept for what is none."""
        ctx, flow = self._ctx, self._proposing_flow
        self._proposing_row.setVisible(detail.line.segment is not None)
        self._proposing_row.setEnabled(self._writable)
        clear_layout(flow)
        flow.addWidget(label(ctx.t("Propose:"), "dim"))
        for text, meaning in (
            (ctx.t("Another code… (K)"), "propose_code"),
            (ctx.t("Other edges… (E)"), "edges"),
            ("+", "supporting"),
            ("−", "inhibiting"),
            ("○", "neutral"),
            (ctx.t("Remove (X)"), "remove"),
        ):
            made = button(text, "quiet", name=f"propose_{meaning}")
            if len(text) == 1:
                made.setAccessibleName(valence_word(ctx, meaning))
                made.setToolTip(ctx.t("The direction: {valence}", valence=valence_word(ctx, meaning)))
            made.clicked.connect(lambda _=False, meaning=meaning: self.meant.emit(meaning))
            flow.addWidget(made)

    def _proposal(self, row: ProposalRow) -> QWidget:
        ctx = self._ctx
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(label(f"→ {proposed(ctx, row)}", "" if row.state == "open" else "dim", wrap=True))
        words = {"open": ctx.t("open"), "accepted": ctx.t("accepted"), "declined": ctx.t("declined")}
        parts = [row.coder, ctx.words.date(row.created_at[:10]), words[row.state]]
        if row.answered_by:
            parts[-1] = f"{words[row.state]} ({row.answered_by})"
        column.addWidget(label(" · ".join(parts), "small"))
        for said in (row.reason, row.answer):
            if said:
                column.addWidget(label(said, "dim", wrap=True, select=True))
        if row.state == "open" and self._writable:
            ways = QHBoxLayout()
            ways.setSpacing(8)
            mine = ctx.project is not None and row.coder == ctx.project.coder
            if self._role == "researcher":
                yes = button(ctx.t("Accept (Y)"), "", name="accept_proposal")
                yes.clicked.connect(lambda: self.answered.emit(row.guid, True))
                no = button(ctx.t("Decline (N)"), "", name="decline_proposal")
                no.clicked.connect(lambda: self.answered.emit(row.guid, False))
                ways.addWidget(yes)
                ways.addWidget(no)
            if mine:
                back = button(ctx.t("Take back"), "link", name="withdraw_proposal")
                back.clicked.connect(lambda: self.withdrawn.emit(row.guid))
                ways.addWidget(back)
            ways.addStretch(1)
            column.addLayout(ways)
        return holder


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
