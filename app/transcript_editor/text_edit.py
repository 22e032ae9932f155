"""The stored text as it is, to be written in, with the coded passages behind it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from app.context import Context
from app.theme import TINT
from app.transcript.offsets import Offsets
from coding.segments.rows import SegmentRow
from coding.text import Shift
from coding.transcripts.reanchor import hunks_between

CHARACTERS = 92
"""Characters of a full line."""
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})


@dataclass(slots=True)
class Mark:
    """A coded passage at `[start, end)` of the document, in its units."""

    start: int
    end: int
    color: int
    guid: str


class PassageEdit(QPlainTextEdit):
    """What is written moves the passages behind the text along; where exactly they will be is for the plan to say."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._marks: list[Mark] = []
        self._longest = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("frame", "none")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(False)
        self.setCursorWidth(2)
        self._paint_later = QTimer(self, singleShot=True, interval=0)
        self._paint_later.timeout.connect(self._paint)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._paint_later.start())
        self.document().contentsChange.connect(self._on_contents)
        self.recolor()

    def set_text(self, text: str, segments: Sequence[SegmentRow] = ()) -> None:
        """Show `text` with these passages, with nothing to undo; caret and place stay as far as can be."""
        at, top = self.textCursor().position(), self.verticalScrollBar().value()
        self._marks = []
        self.setPlainText(text)
        self.set_segments(text, segments)
        self.set_place(at)
        self.verticalScrollBar().setValue(top)
        self.document().setModified(False)

    def set_segments(self, text: str, segments: Sequence[SegmentRow]) -> None:
        """Show these passages of `text`, which is what the document holds."""
        offsets = Offsets(text)
        self._marks = sorted(
            (Mark(offsets.to_qt(row.start), offsets.to_qt(row.end), row.color, row.guid) for row in segments),
            key=lambda mark: mark.start,
        )
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)
        self._paint_later.start()

    def text(self) -> str:
        """What is written, to the last character: `toPlainText` would turn spaces that do not break into others."""
        return self.document().toRawText().translate(_LINE_ENDS)

    def replace_all(self, text: str) -> None:
        """Make what is written `text`, changing only what differs; the document's own undo takes it back."""
        before = self.text()
        offsets = Offsets(before)
        hunks = hunks_between(before, text)
        shift, now = Shift(hunks), Offsets(text)
        places = [(offsets.to_cp(mark.start), offsets.to_cp(mark.end)) for mark in self._marks]
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for hunk in reversed(hunks):
            cursor.setPosition(offsets.to_qt(hunk.start))
            cursor.setPosition(offsets.to_qt(hunk.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(text[hunk.new_start : hunk.new_end])
        cursor.endEditBlock()
        # the document tells of all places as of one long change
        for mark, (start, end) in zip(self._marks, places, strict=True):
            mark.start = now.to_qt(shift.start(shift.kept_start(start)))
            mark.end = max(mark.start, now.to_qt(shift.end(shift.kept_end(end))))

    def set_place(self, position: int, end: int | None = None) -> None:
        """Put the caret at a position of the document, or select up to `end`."""
        last = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(position, last))
        if end is not None:
            cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def show_passage(self, guid: str) -> bool:
        """Select the passage of the segment with this guid; False when it is not there."""
        mark = next((mark for mark in self._marks if mark.guid == guid), None)
        if mark is not None:
            self.set_place(mark.start, mark.end)
        return mark is not None

    def _on_contents(self, position: int, removed: int, added: int) -> None:
        by = added - removed
        if not removed and not added:
            return
        end = position + removed
        for mark in self._marks:
            if mark.end <= position:
                continue
            if mark.start >= end:
                mark.start += by
                mark.end += by
            else:
                mark.start = min(mark.start, position + added)
                mark.end = mark.end + by if mark.end >= end else position
        self._paint_later.start()

    def _paint(self) -> None:
        """Lay colours behind what is in sight."""
        first = self.firstVisibleBlock().position()
        bottom = self.cursorForPosition(self.viewport().rect().bottomRight()).block()
        last = bottom.position() + bottom.length()
        starts = [mark.start for mark in self._marks]
        low, high = bisect_left(starts, first - self._longest - 1), bisect_right(starts, last)
        shown = []
        for mark in self._marks[low:high]:
            if mark.end <= mark.start or mark.end < first:
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            limit = self.document().characterCount() - 1
            cursor.setPosition(min(mark.start, limit))
            cursor.setPosition(min(mark.end, limit), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = self._format(mark.color)  # type: ignore[attr-defined]
            shown.append(selection)
        self.setExtraSelections(shown)

    def _format(self, color: int) -> QTextCharFormat:
        ink = QColor(self._ctx.theme.code_color(color))
        made = QTextCharFormat()
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        made.setUnderlineColor(ink)
        ground = QColor(ink)
        ground.setAlphaF(TINT)
        made.setBackground(ground)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._paint_later.start()

    def _fit(self) -> None:
        """No line longer than one can read: the rest is margin."""
        wanted = QFontMetricsF(self.font()).averageCharWidth() * CHARACTERS
        side = max(24, round((self.width() - self.verticalScrollBar().width() - wanted) / 2))
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (side, side):
            self.setViewportMargins(side, 12, side, 12)

    def recolor(self) -> None:
        """Take on the present theme and fonts."""
        self.setFont(self._ctx.theme.text_font())
        self._fit()
        self._paint_later.start()
