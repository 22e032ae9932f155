"""One coded segment: what it says, its code and topic, its direction, its memo, who made it."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.models.code_book import CodeBook
from app.widgets.parts import Dot, ElidedLabel, KeyBadge, SectionHeader, button, dress, icon_button, label
from app.workspaces.transcripts.memo_editor import MemoEditor
from app.workspaces.transcripts.segment_parts import Quote, Valences
from coding.codes.rows import CodeRow
from coding.segments.rows import SegmentRow

REVIEW_PAUSE = 150
"""Milliseconds one stays with a segment before it is asked what reviewers said of it."""
STAR_ROOM, PLACE_ROOM, WALK_ROOM = 72, 84, 138
"""Pixels that the star takes beside the heading's and its own words, “2 of 3” with its key, and all three without the
star's word."""


class SegmentDetails(QWidget):
    """One coded segment: quotation, code, exemplar, valence, memo, coder and date."""

    valence_chosen = Signal(object)
    exemplar_toggled = Signal(bool)
    remove_asked = Signal()
    code_asked = Signal()
    reported_toggled = Signal(bool)
    topic_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._row: SegmentRow | None = None
        self._code: CodeRow | None = None
        self._book = CodeBook()
        self._place = (0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        self._head = SectionHeader()
        self._place_label = label("", "small")
        self._walk_key = KeyBadge(ctx, "O")
        self._head.row.addWidget(self._place_label)
        self._head.row.addWidget(self._walk_key)
        self.star = button("", "quiet", name="exemplar")
        self.star.setCheckable(True)
        # a click leaves the keys with the text
        self.star.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.star.clicked.connect(self.exemplar_toggled)
        self._head.row.addWidget(self.star)
        self.quote = Quote(ctx)
        self.valences = Valences(ctx)
        self.valences.layout().setSpacing(4)
        self.memo = MemoEditor(ctx)
        self.uncounted = label("", "warning", wrap=True)
        self.uncounted.setObjectName("uncounted")
        self.uncounted.hide()
        column.addWidget(self._head)
        column.addWidget(self.quote)
        column.addWidget(self.uncounted)
        column.addLayout(self._code_line())
        column.addWidget(self.valences)
        column.addWidget(self.memo, 1)
        column.addLayout(self._foot())
        self.valences.valence_chosen.connect(self.valence_chosen)

    def _code_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        self._dot = Dot(self._ctx, 0)
        self.code = label("", wrap=True)
        self.code.setTextFormat(Qt.TextFormat.RichText)
        self.change = icon_button(self._ctx, "pencil", "", name="change_code")
        self.change.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.change.clicked.connect(self.code_asked)
        self.topic = icon_button(self._ctx, "topic", "", name="segment_topic")
        self.topic.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.topic.clicked.connect(self.topic_asked)
        row.addWidget(self._dot)
        row.addWidget(self.code, 1)
        row.addWidget(self.topic)
        row.addWidget(self.change)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.made = ElidedLabel("", "small")
        self.reported = button("", "quiet", name="reported")
        self.reported.setCheckable(True)
        self.reported.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reported.clicked.connect(self.reported_toggled)
        self.remove = icon_button(self._ctx, "trash", "", name="remove_segment")
        self.remove.clicked.connect(self.remove_asked)
        self.review = button("", "quiet", name="segment_review")
        self.review.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.review.clicked.connect(self._go_to_review)
        self._verdict = ""
        # what reviewers said is read once one stays with a segment
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REVIEW_PAUSE)
        self._later.timeout.connect(self._read_review)
        row.addWidget(self.made, 1)
        row.addWidget(self.review)
        row.addWidget(self.reported)
        row.addWidget(self.remove)
        return row

    def show_uncounted(self, why: str) -> None:
        """Say why the segment counts nowhere, if it does not."""
        self.uncounted.setText(why)
        self.uncounted.setVisible(bool(why))

    def show_segment(self, row: SegmentRow, book: CodeBook, place: tuple[int, int]) -> None:
        """Show `row`; `place` says that it is the n-th of m segments under the caret."""
        if self._row is None or self._row.guid != row.guid:
            self._show_review("", "")
        self._row, self._book, self._place = row, book, place
        self._refresh()
        self._later.start()
        self.memo.show_memo(row.guid, row.memo)

    def _refresh(self) -> None:
        ctx, row = self._ctx, self._row
        if row is None:
            return
        t = ctx.t
        code = self._book.get(row.code_guid)
        number, total = self._place
        self._place_label.setVisible(total > 1)
        self._place_label.setText(t("{number} of {total}", number=number, total=total))
        self.quote.set_passage(row.text)
        self._dot.set_color(row.color)
        parent = self._book.parent(code) if code else None
        above = f"{escape(parent.label(ctx.language))} › " if parent else ""
        topic = f" · <i>{escape(row.topic)}</i>" if row.topic else ""
        self.code.setText(f"{above}<b>{escape(row.label(ctx.language))}</b>{topic}")
        self.star.setChecked(row.exemplar)
        self._dress_star()
        self.reported.setChecked(row.reported)
        self._dress_reported()
        self.valences.set_valence(row.valence)
        self.made.setText(f"{row.coder} · {_moment(ctx, row.created_at)}")

    def _read_review(self) -> None:
        ctx, row = self._ctx, self._row
        if row is None or ctx.project is None or not self.isVisible():
            return
        from app.models.review_words import said_of
        from coding.review.details import QueueLine, lines
        from coding.review.rows import Target

        guid, me = row.guid, ctx.project.coder

        def done(found: list[QueueLine]) -> None:
            if self._row is not None and self._row.guid == guid and found:
                self._show_review(*said_of(ctx, found[0]))

        ctx.read(lambda reader: lines(reader, [Target("segment", guid)], me), done, key="segment.review")

    def _show_review(self, sign: str, words: str) -> None:
        """A door to the review, with the worst verdict and how many points are open."""
        self.review.setText(sign)
        self.review.setIcon(icon("review", self._ctx.theme.color("dim")) if not sign else QIcon())
        said = self._ctx.t("Show in Review")
        self.review.setToolTip(f"{said}: {words}" if words else said)
        self.review.setAccessibleName(self.review.toolTip())
        dress(self.review, f"QPushButton {{ padding: 0 4px; font-size: {self._ctx.theme.px(12)}px; }}")

    def _go_to_review(self) -> None:
        if self._row is not None:
            self._ctx.go_to_review("segment", self._row.guid)

    def _dress_star(self) -> None:
        theme, on = self._ctx.theme, self.star.isChecked()
        color = theme.color("warning" if on else "dim")
        self.star.setIcon(icon("star_full" if on else "star", color, color))
        several = self._place[1] > 1
        self._walk_key.setVisible(several and self.width() >= self._head.title_width() + theme.px(WALK_ROOM))
        word = self._ctx.t("exemplar")
        taken = self._head.title_width() + QFontMetrics(theme.ui_font(12)).horizontalAdvance(word) + theme.px(STAR_ROOM)
        taken += theme.px(PLACE_ROOM) if several else 0
        self.star.setText(word if self.width() >= taken else "")
        ink = theme.hex("ink" if on else "dim")
        dress(self.star, f"QPushButton {{ color: {ink}; padding: 0 2px; font-size: {theme.px(12)}px; }}")

    def _dress_reported(self) -> None:
        """A word where it is reported speech, a dim sign where it is verbatim."""
        theme, on = self._ctx.theme, self.reported.isChecked()
        color = theme.color("accent" if on else "dim")
        self.reported.setIcon(icon("reported", color, color))
        self.reported.setText(self._ctx.t("reported") if on else "")
        ink = theme.hex("accent" if on else "dim")
        dress(self.reported, f"QPushButton {{ color: {ink}; padding: 0 2px; font-size: {theme.px(12)}px; }}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress_star()

    def retranslate(self) -> None:
        t = self._ctx.t
        self._head.set_text(t("Coded segment"))
        self.star.setAccessibleName(t("exemplar"))
        self.star.setToolTip(t("{action} ({keys})", action=t("Star it as quotable"), keys="*"))
        self.reported.setAccessibleName(t("Reported speech"))
        self.reported.setToolTip(t("Reported speech: a paraphrase, not a quotation (P)"))
        self.change.setAccessibleName(t("Change the code…"))
        self.change.setToolTip(t("{action} ({keys})", action=t("Change the code…"), keys="C"))
        self.topic.setAccessibleName(t("Topic of the segment…"))
        self.topic.setToolTip(t("{action} ({keys})", action=t("Topic of the segment…"), keys="T"))
        self.memo.setPlaceholderText(t("Memo… (Ctrl+M)"))
        self.memo.setAccessibleName(t("Memo on the coded segment"))
        self.remove.setToolTip(t("Remove this coded segment (Del)"))
        self.remove.setAccessibleName(t("Remove this coded segment (Del)"))
        self._walk_key.setToolTip(t("The next segment at the same place"))
        self._refresh()

    def recolor(self) -> None:
        """Take on the present theme."""
        self.remove.setIcon(icon("trash", self._ctx.theme.color("dim")))
        self.change.setIcon(icon("pencil", self._ctx.theme.color("dim")))
        self.topic.setIcon(icon("topic", self._ctx.theme.color("dim")))
        self._dress_reported()
        self.quote.fit()
        self._dress_star()


def _moment(ctx: Context, iso: str) -> str:
    """Date and time of day here, of a moment in UTC."""
    here = datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone()
    time = here.strftime("%H.%M" if ctx.language == "id" else "%H:%M")
    return f"{ctx.words.date(here.date().isoformat())}, {time}"
