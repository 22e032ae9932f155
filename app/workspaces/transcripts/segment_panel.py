"""The lower right: the current coded segment, or all segments of the chosen code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.models.code_book import CodeBook
from app.widgets.parts import Dot, ElidedLabel, KeyBadge, SectionHeader, ValenceButtons, button, icon_button, label
from app.workspaces.transcripts.code_segments import CodeNav, CodeSegments
from app.workspaces.transcripts.memo_editor import MemoEditor
from coding.codes.rows import CodeRow
from coding.segments.rows import SegmentRow

QUOTE_LINES = 4
REVIEW_PAUSE = 150
"""Milliseconds one stays with a segment before it is asked what reviewers said of it."""
STAR_ROOM, PLACE_ROOM, WALK_ROOM = 72, 84, 138
"""Pixels that the star takes beside the heading's and its own words, “2 of 3” with its key, and all three without the
star's word."""


class Quote(QLabel):
    """A passage in the reading face, on at most `QUOTE_LINES` lines; in full in its tooltip."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_passage(self, text: str) -> None:
        """Show `text`, its white space collapsed."""
        self._full = f"“{' '.join(text.split())}”"
        self.setAccessibleName(self._full)
        self.fit()

    def fit(self) -> None:
        """Take on font and width."""
        font = self._ctx.theme.text_font(13.5, italic=True)
        if self.font() != font:
            self.setFont(font)
        metrics = QFontMetrics(font)
        width = max(self.width(), 60)
        room = metrics.lineSpacing() * QUOTE_LINES
        text = self._full
        if _height(metrics, text, width) > room:
            low, high = 1, min(len(text), 2000)
            while low < high:
                middle = (low + high + 1) // 2
                if _height(metrics, _cut(text, middle), width) <= room:
                    low = middle
                else:
                    high = middle - 1
            text = _cut(text, low)
        if text != self.text():
            self.setText(text)
        self.setFixedHeight(min(_height(metrics, text, width), room) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self.text() != self._full:
                QToolTip.showText(event.globalPos(), f"<p>{escape(self._full[:1500])}</p>", self)
            return True
        return super().event(event)


class Valences(ValenceButtons):
    """The three directions in words, or by their glyphs alone where the words have no room."""

    def refresh(self) -> None:
        t, theme = self._ctx.t, self._ctx.theme
        metrics = QFontMetrics(theme.ui_font(12, QFont.Weight.Bold))
        names = (t("Supporting"), t("Inhibiting"), t("Neutral"))
        needed = sum(metrics.horizontalAdvance(f"+ {name}") + 14 for name in names) + 8
        self._words = not self.isVisible() or self.width() >= needed
        super().refresh()
        size = f"font-size: {theme.px(12)}px;"
        tight = f"QPushButton {{ {size} padding: 3px 5px; }} QPushButton:focus {{ {size} padding: 2px 4px; }}"
        for made in self._buttons.values():
            made.setStyleSheet(f"{made.styleSheet()} {tight}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._ctx.theme.px(100), super().minimumSizeHint().height())


class SegmentDetails(QWidget):
    """One coded segment: quotation, code, exemplar, valence, memo, coder and date."""

    valence_chosen = Signal(object)
    exemplar_toggled = Signal(bool)
    remove_asked = Signal()
    code_asked = Signal()
    reported_toggled = Signal(bool)

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
        column.addWidget(self._head)
        column.addWidget(self.quote)
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
        row.addWidget(self._dot)
        row.addWidget(self.code, 1)
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
        self.review.setStyleSheet(f"QPushButton {{ padding: 0 4px; font-size: {self._ctx.theme.px(12)}px; }}")

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
        self.star.setStyleSheet(f"QPushButton {{ color: {ink}; padding: 0 2px; font-size: {theme.px(12)}px; }}")

    def _dress_reported(self) -> None:
        """A word where it is reported speech, a dim sign where it is verbatim."""
        theme, on = self._ctx.theme, self.reported.isChecked()
        color = theme.color("accent" if on else "dim")
        self.reported.setIcon(icon("reported", color, color))
        self.reported.setText(self._ctx.t("reported") if on else "")
        ink = theme.hex("accent" if on else "dim")
        self.reported.setStyleSheet(f"QPushButton {{ color: {ink}; padding: 0 2px; font-size: {theme.px(12)}px; }}")

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
        self._dress_reported()
        self.quote.fit()
        self._dress_star()


class SegmentPanel(QFrame):
    """Shows a segment, a code's segments, or what to do when there is neither.

    While a code's segments are gone through, `nav` stays above both the list and the single segment.
    """

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("surface", "panel")
        self.nav = CodeNav(ctx)
        self.details = SegmentDetails(ctx)
        self.code_segments = CodeSegments(ctx)
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        self._empty_head = SectionHeader()
        self._hint = label("", "dim", wrap=True)
        column.addWidget(self._empty_head)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.stack = QStackedWidget()
        for page in (self._empty, self.details, self.code_segments):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.nav)
        outer.addWidget(self.stack, 1)
        self.nav.hide()
        self.nav.list_asked.connect(self.show_list)
        self.nav.stepped.connect(self.code_segments.step)
        self.retranslate()
        self.recolor()

    def show_segment(self, row: SegmentRow, book: CodeBook, place: tuple[int, int]) -> None:
        """Show one segment; when it is none of the code's that are gone through, those are left."""
        number, total = self.code_segments.place_of(row.guid)
        if not number:
            self.nav.hide()
        self.nav.show_place(number, total)
        self.code_segments.choose(row.guid)
        self.details.show_segment(row, book, place)
        self.stack.setCurrentWidget(self.details)

    def show_code(self, name: str, full: str, color: int, rows: Sequence[SegmentRow]) -> None:
        """Show the segments of a code as a list; `full` is its name with the dimension."""
        self.nav.show_code(name, full, color)
        self.code_segments.show_segments(rows)
        self.show_list()

    def renew_code(self, rows: Sequence[SegmentRow]) -> None:
        """The segments of the code that is gone through were read again."""
        self.code_segments.show_segments(rows)
        self._place()

    def show_list(self) -> None:
        """Show the list of the code that is gone through."""
        self.details.memo.store()
        self.nav.show()
        self.stack.setCurrentWidget(self.code_segments)
        self._place()

    def show_nothing(self) -> None:
        """Say what to do."""
        self.details.memo.store()
        self.nav.hide()
        self.stack.setCurrentWidget(self._empty)

    @property
    def goes_through_code(self) -> bool:
        """Whether the segments of a code are gone through."""
        return not self.nav.isHidden()

    @property
    def shows_list(self) -> bool:
        """Whether the list of a code's segments is shown."""
        return self.stack.currentWidget() is self.code_segments

    @property
    def shows_segment(self) -> bool:
        """Whether a single segment is shown."""
        return self.stack.currentWidget() is self.details

    def _place(self) -> None:
        at = self.code_segments.view.currentIndex().row() + 1
        self.nav.show_place(at, self.code_segments.model.rowCount())

    def retranslate(self) -> None:
        t = self._ctx.t
        self._empty_head.set_text(t("Coded segment"))
        self._hint.setText(
            t("Select words, or put the caret in a sentence, and press a number. Then +, - or 0 for its direction.")
        )
        for part in (self.nav, self.details, self.code_segments):
            part.retranslate()
        self._place()

    def recolor(self) -> None:
        """Take on the present theme."""
        for part in (self.nav, self.details, self.code_segments):
            part.recolor()


def _moment(ctx: Context, iso: str) -> str:
    """Date and time of day here, of a moment in UTC."""
    here = datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone()
    time = here.strftime("%H.%M" if ctx.language == "id" else "%H:%M")
    return f"{ctx.words.date(here.date().isoformat())}, {time}"


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(0, 0, width, 100_000, Qt.TextFlag.TextWordWrap, text).height()


def _cut(text: str, length: int) -> str:
    return text if length >= len(text) else text[:length].rstrip(" ,;:.–—-") + "…”"
