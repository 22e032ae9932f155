"""Tagging: what the keys, the mouse and the palette do to the coded segments of the open source."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.models.code_book import OPEN_CODES, CodeBook
from coding.codes.editing import new_open_code
from coding.codes.rows import CodeRow
from coding.errors import CodingError, mark
from coding.project import Operation
from coding.segments import editing
from coding.segments.queries import SegmentChanges
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span, snippet
from coding.transcripts.rows import SourceText

GESTURE = 1.0
"""Seconds in which a second digit narrows what the first one tagged."""
IN_VIVO_LENGTH = 60
"""Characters of the name of a code made of the words it is put on."""
RECENT = 8
TOO_LATE = ("segment_gone", "segment_twice")
"""Errors of a key that was pressed before the one before it was stored, as after a quick undo."""


@dataclass(frozen=True, slots=True)
class _Gesture:
    """A first digit: the dimension, where it was put, as which segment (empty where the passage had it), and when."""

    dimension: CodeRow
    span: Span
    guid: str
    at: float


class Tagging(QObject):
    """Keeps the segments of the open source as they are shown, changes of one's own ahead of the project.

    Every change is shown at once and queued as an operation; a segment's guid is chosen here, so that the next key can
    change what the last one made without waiting. What is read again meanwhile is older and is not taken.
    `rows_changed` is followed by `take_changes`, which says what has to be shown anew.
    """

    rows_changed = Signal()
    current_changed = Signal()
    recent_changed = Signal()
    reading_asked = Signal()

    def __init__(self, ctx: Context, target: Callable[[], Span], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._target = target
        self.book = CodeBook()
        self.framework = ""
        self.source: SourceText | None = None
        self.rows: dict[str, SegmentRow] = {}
        self.recent: list[str] = []
        self.keys: dict[int, str] = {}
        """Number keys that the user has given to codes of their own choice."""
        self.clock: Callable[[], float] = time.monotonic
        self._current: str | None = None
        self._pending = 0
        self._touched: str | None = None
        self._gesture: _Gesture | None = None
        self._wanted: str | None = None
        self._missed = False
        self._to_show: set[str] | None = None
        self._unsettled: set[str] = set()
        self.stamp: int | None = None
        """Up to which change of the project `rows` are known; None when they are to be read as a whole."""

    # what is shown

    def open_source(self, source: SourceText | None, rows: Sequence[SegmentRow], stamp: int | None = None) -> None:
        """Another source is open, with these segments, read at `stamp`."""
        self.source = source
        self.rows = {row.guid: row for row in rows}
        self.stamp = stamp
        self._to_show = None
        self._unsettled.clear()
        self._gesture = None
        self._current = None
        self.rows_changed.emit()
        self.current_changed.emit()

    def take_read(self, read: SegmentChanges) -> None:
        """The segments of the open source, or those that changed since `stamp`, were read again."""
        if self._pending:
            self._missed = True
            return
        self._missed = False
        self.stamp = read.stamp
        before = self.current
        if read.whole:
            self.rows = {row.guid: row for row in read.rows}
            self._to_show = None
        else:
            for row in read.rows:
                if self.rows.get(row.guid) != row:
                    self._set(row)
            for guid in read.gone:
                self._drop(guid)
        current = self._wanted if self._wanted in self.rows else self._current
        self._current = current if current in self.rows else None
        self._wanted = None
        if self._to_show is None or self._to_show or self.current != before:
            self.rows_changed.emit()
            self.current_changed.emit()
        self._unsettled.clear()

    def take_changes(self) -> tuple[list[SegmentRow], list[str]] | None:
        """The segments that came or differ and the guids of those that went since this was asked last; None when all
        may be others."""
        touched, self._to_show = self._to_show, set()
        if touched is None:
            return None
        rows = self.rows
        return [rows[guid] for guid in touched if guid in rows], [guid for guid in touched if guid not in rows]

    def unsettled(self) -> set[str]:
        """The segments changed here of which it is not known yet what the project made of it."""
        return set(self._unsettled)

    def show_all(self) -> None:
        """Show the segments again, on a text that is another."""
        self._to_show = None
        self.rows_changed.emit()

    def _set(self, row: SegmentRow) -> None:
        self.rows[row.guid] = row
        self._unsettled.add(row.guid)
        if self._to_show is not None:
            self._to_show.add(row.guid)

    def _drop(self, guid: str) -> None:
        if self.rows.pop(guid, None) is None:
            return
        self._unsettled.add(guid)
        if self._to_show is not None:
            self._to_show.add(guid)

    @property
    def current(self) -> SegmentRow | None:
        """The current segment."""
        return self.rows.get(self._current) if self._current else None

    def choose(self, guid: str | None) -> None:
        """Make a segment the current one."""
        guid = guid if guid in self.rows else None
        if guid != self._current:
            self._current = guid
            self.current_changed.emit()

    def in_order(self) -> list[SegmentRow]:
        """The segments by place, the longer one first."""
        return sorted(self.rows.values(), key=lambda row: (row.start, -row.end, row.guid))

    def take_touched(self) -> str | None:
        """The guid of the one source that the operation just committed has changed; None when it is not known."""
        touched, self._touched = self._touched, None
        return touched

    # number keys

    def give_key(self, number: int, guid: str | None) -> None:
        """Let a number key stand for a code, whatever framework is at hand; None gives it back to the framework."""
        self.keys = {key: code for key, code in self.keys.items() if key != number and code != guid}
        if guid is not None:
            self.keys[number] = guid
        self.recent_changed.emit()

    def keys_of(self, code: CodeRow) -> str:
        """The digits that tag with the code now (`"1 3"`, or a key of its own); empty when there are none."""
        own = next((number for number, guid in self.keys.items() if guid == code.guid), None)
        if own is not None:
            return str(own)
        digits = self.book.digits(code) if (code.framework or OPEN_CODES) == self.framework else ""
        taken = bool(digits) and self.book.get(self.keys.get(int(digits[0]))) is not None
        return "" if taken else digits

    # putting codes on passages

    def digit(self, number: int) -> None:
        """A number key: the dimension with this number, or, within a second, the indicator below the last one."""
        gesture, self._gesture = self._gesture, None
        target = self._target()
        if gesture is not None and self.clock() - gesture.at < GESTURE and gesture.span == target:
            indicator = self.book.below(gesture.dimension, number)
            if indicator is not None:
                self._narrow(gesture, indicator)
                return
        code = self.book.get(self.keys.get(number)) or self.book.numbered(self.framework, number)
        if code is None:
            self._ctx.say(self._ctx.t("No code has the number {number} here", number=number))
            return
        twin = self._twin(target, code)
        guid = self.put(code, target)
        if code.level == "dimension" and guid:
            self._gesture = _Gesture(code, target, "" if twin else guid, self.clock())

    def put(self, code: CodeRow, span: Span | None = None, valence: Valence | None = None) -> str:
        """Tag the target, or `span`, with the code; gives the guid of the segment that has it then, empty if none."""
        span = span or self._target()
        if self.source is None or not span:
            self._ctx.say(self._ctx.t("There is no text here to tag"))
            return ""
        self._remember(code.guid)
        twin = self._twin(span, code)
        if twin is not None:
            self._say_twin(twin, code)
            if valence is not None:
                self.set_valence(valence)
            return twin.guid
        guid, source = str(uuid4()), self.source.guid
        self._set(self._provisional(guid, span, code, valence))
        self._show(guid)

        def work(op: Operation) -> bool:
            return _unless(
                TOO_LATE, lambda: editing.tag(op, source, span.start, span.end, code.guid, valence, guid=guid)
            )

        self._operate(mark("Tag with “{code}”"), work, code=code.label(self._ctx.language))
        return guid

    def put_new(self, name: str, span: Span | None = None, valence: Valence | None = None) -> None:
        """Tag with an open code called `name`, made if there is none."""
        span = span or self._target()
        if self.source is None or not span:
            self._ctx.say(self._ctx.t("There is no text here to tag"))
            return
        source, guid = self.source.guid, str(uuid4())

        def work(op: Operation) -> str:
            code = new_open_code(op, name)
            _unless(TOO_LATE, lambda: editing.tag(op, source, span.start, span.end, code, valence, guid=guid))
            return code

        def done(code: str) -> None:
            self._remember(code)
            self._wanted = guid

        self._operate(mark("Tag with “{code}”"), work, done, code=name)

    def in_vivo(self, selection: Span | None) -> None:
        """Tag the selected words with an open code that is called as they are."""
        if self.source is None or selection is None:
            self._ctx.say(self._ctx.t("Select the words first that the code is to be called by"))
            return
        name = snippet(self.source.text, selection.start, selection.end, IN_VIVO_LENGTH)
        self.put_new(name.strip(" \"'“”‘’.,;:!?"), self._target())

    def _narrow(self, gesture: _Gesture, indicator: CodeRow) -> None:
        """Give the segment that the first digit made the indicator; a passage that has it already keeps just that."""
        guid, row = gesture.guid, self.rows.get(gesture.guid)
        if row is None:
            self.put(indicator, gesture.span)
            return
        self.recent = [known for known in self.recent if known != gesture.dimension.guid]
        self._remember(indicator.guid)
        twin = self._twin(gesture.span, indicator)
        if twin is not None:
            self.remove()
            self._say_twin(twin, indicator)
            return
        narrowed = replace(
            row, framework=indicator.framework, code=indicator.path, code_guid=indicator.guid,
            label_id=indicator.label_id, label_en=indicator.label_en, color=indicator.color,
        )  # fmt: skip
        self._set(narrowed)
        self._show(guid)

        def work(op: Operation) -> bool:
            return _unless(TOO_LATE, lambda: editing.set_code(op, guid, indicator.guid))

        self._operate(mark("Narrow to “{code}”"), work, code=indicator.label(self._ctx.language))

    # changing the current segment

    def set_valence(self, valence: Valence | None) -> None:
        """Give the current segment a direction, or none."""
        row = self._asked()
        if row is None:
            return
        title = mark("Set direction") if valence else mark("Clear direction")
        self._change(row, title, lambda op: editing.set_valence(op, [row.guid], valence), valence=valence)

    def set_exemplar(self, exemplar: bool) -> None:
        """Star the current segment, or take the star away."""
        row = self._asked()
        if row is not None:
            title = mark("Star as exemplar") if exemplar else mark("Remove the star")
            self._change(row, title, lambda op: editing.set_exemplar(op, row.guid, exemplar), exemplar=exemplar)

    def set_memo(self, guid: str, text: str) -> None:
        """Store the memo of a segment, which need not be the current one any more."""
        row = self.rows.get(guid)
        if row is not None:
            self._change(row, mark("Write a memo"), lambda op: editing.set_memo(op, guid, text), memo=text)
        else:
            self._operate(mark("Write a memo"), lambda op: editing.set_memo(op, guid, text))

    def move_edges(self, guid: str, start: int, end: int) -> None:
        """Give a segment another span; one that would be the same as another's is refused."""
        row = self.rows.get(guid)
        if row is None or self.source is None:
            return
        text = self.source.text[start:end]
        self._change(
            row,
            mark("Move an edge"),
            lambda op: editing.set_span(op, guid, start, end),
            start=start,
            end=end,
            text=text,
        )

    def remove(self) -> None:
        """Remove the current segment."""
        row = self._asked()
        if row is None:
            return
        self._drop(row.guid)
        self._current = None
        self.rows_changed.emit()
        self.current_changed.emit()
        code = row.label(self._ctx.language)
        self._operate(mark("Remove “{code}” from a passage"), lambda op: editing.remove(op, [row.guid]), code=code)

    def _asked(self) -> SegmentRow | None:
        row = self.current
        if row is None:
            self._ctx.say(self._ctx.t("Choose a coded segment first: click it, or press F4"))
        return row

    def _change(self, row: SegmentRow, title: str, work: Callable[[Operation], Any], **values: Any) -> None:
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        self._set(replace(row, **values))
        self.rows_changed.emit()
        self.current_changed.emit()
        gone = TOO_LATE[:1] if "memo" not in values else ()
        self._operate(title, lambda op: _unless(gone, lambda: work(op)))

    # the rest

    def _twin(self, span: Span, code: CodeRow) -> SegmentRow | None:
        """The segment by which this coder has put this code on this very span already."""
        coder = self._ctx.project.coder if self._ctx.project else ""
        here = (row for row in self.rows.values() if row.start == span.start and row.end == span.end)
        return next((row for row in here if row.code_guid == code.guid and row.coder == coder), None)

    def _say_twin(self, twin: SegmentRow, code: CodeRow) -> None:
        self.choose(twin.guid)
        label = code.label(self._ctx.language)
        self._ctx.say(self._ctx.t("This passage has “{code}” already; it is selected now", code=label))

    def _provisional(self, guid: str, span: Span, code: CodeRow, valence: Valence | None) -> SegmentRow:
        source, project = self.source, self._ctx.project
        assert source is not None
        assert project is not None
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return SegmentRow(
            guid=guid, source=source.name, source_guid=source.guid, start=span.start, end=span.end,
            text=source.text[span.start : span.end], framework=code.framework, code=code.path, code_guid=code.guid,
            label_id=code.label_id, label_en=code.label_en, color=code.color, valence=valence, coder=project.coder,
            informants=(), memo="", exemplar=False, created_at=moment, modified_at=moment, source_date=source.date,
        )  # fmt: skip

    def _show(self, guid: str) -> None:
        self._current = guid
        self.rows_changed.emit()
        self.current_changed.emit()

    def _remember(self, code: str) -> None:
        if self.recent[:1] != [code]:
            self.recent = [code, *(known for known in self.recent if known != code)][:RECENT]
            self.recent_changed.emit()

    def _operate(
        self, title: str, work: Callable[[Operation], Any], done: Callable[[Any], None] | None = None, **params: Any
    ) -> None:
        source = self.source.guid if self.source else None
        self._pending += 1

        def finished(result: Any) -> None:
            self._pending -= 1
            self._touched = source
            QTimer.singleShot(0, self.take_touched)
            if done is not None:
                done(result)
            # what was read in between was not taken, and an operation that changed nothing brings no new reading
            if result is False or (self._missed and not self._pending):
                self.reading_asked.emit()

        def failed(_: Exception) -> None:
            self._pending -= 1
            self.reading_asked.emit()

        self._ctx.operate(title, work, finished, failed, **params)


def _unless(codes: tuple[str, ...], change: Callable[[], Any]) -> bool:
    """Make the change; False when one of these errors says that it came too late, after another one just made."""
    try:
        change()
    except CodingError as error:
        if error.code not in codes:
            raise
        return False
    return True
