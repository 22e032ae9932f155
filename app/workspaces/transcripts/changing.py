"""What is done to a coded segment that is there: direction, star, topic, memo, edges, away with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject

from app.context import Context
from app.models.code_book import CodeBook
from app.workspaces.transcripts.gestures import GESTURE, Gesture
from app.workspaces.transcripts.late import TOO_LATE, unless_late
from app.workspaces.transcripts.open_rows import OpenRows
from coding.codes import topics
from coding.codes.rows import CodeRow
from coding.errors import mark
from coding.project import Operation
from coding.segments import editing
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span
from coding.transcripts.rows import SourceText


class Changing(OpenRows):
    """Changes the current segment. What is done to a segment within a second of its making belongs to one gesture,
    which is one step of the history."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(ctx, parent)
        self.book = CodeBook()
        self.clock: Callable[[], float] = time.monotonic
        self._gesture: Gesture | None = None

    def open_source(self, source: SourceText | None, rows: Sequence[SegmentRow], stamp: int | None = None) -> None:
        self._gesture = None
        super().open_source(source, rows, stamp)

    def choose(self, guid: str | None) -> None:
        if guid != self._current:
            self._gesture = None
        super().choose(guid)

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

    def set_reported(self, reported: bool) -> None:
        """Mark the current segment as reported speech, or as verbatim."""
        row = self._asked()
        if row is not None:
            title = mark("Mark as reported speech") if reported else mark("Mark as verbatim")
            self._change(row, title, lambda op: editing.set_reported(op, row.guid, reported), reported=reported)

    def may_recode(self) -> SegmentRow | None:
        """The current segment, if its code can be changed; why not is said."""
        return self._asked()

    def set_topic(self, topic: str | None, label: str) -> None:
        """Put the current segment under a topic of its code, or under none."""
        row = self._asked()
        if row is not None and row.topic_guid != topic:
            title = mark("Put under the topic “{topic}”") if topic else mark("Take out of the topic")
            self._put_under(row, title, topic, label, lambda op: topics.set_topic(op, [row.guid], topic))

    def put_under_new_topic(self, label: str) -> None:
        """Put the current segment under a topic made for it, which its code does not have yet."""
        row = self._asked()
        if row is not None:
            guid, code = str(uuid4()), row.code_guid

            def work(op: Operation) -> None:
                topics.set_topic(op, [row.guid], topics.add_topic(op, code, label, guid))

            self._put_under(row, mark("Put under the topic “{topic}”"), guid, label, work)

    def _put_under(
        self, row: SegmentRow, title: str, topic: str | None, label: str, work: Callable[[Operation], Any]
    ) -> None:
        self._gesture = None
        self._set(replace(row, topic=label, topic_guid=topic))
        self.rows_changed.emit()
        self.current_changed.emit()
        named: dict[str, Any] = {"topic": label} if topic else {}
        self._operate(title, work, **named)

    def set_memo(self, guid: str, text: str) -> None:
        """Store the memo of a segment, which need not be the current one any more."""
        if not self.may_change():
            return
        row = self.rows.get(guid)
        if row is not None:
            self._change(row, mark("Write a memo"), lambda op: editing.set_memo(op, guid, text), memo=text)
        else:
            self._operate(mark("Write a memo"), lambda op: editing.set_memo(op, guid, text))

    def move_edges(self, guid: str, start: int, end: int) -> None:
        """Give a segment another span; one where the same code stands already is refused, and that one is current."""
        row = self.rows.get(guid)
        code = self.book.get(row.code_guid) if row else None
        if row is None or self.source is None:
            return
        if not self.may_change():
            self.show_all()
            return
        twin = self._twin(Span(start, end), code, row.coder) if code is not None else None
        if code is not None and twin is not None and twin.guid != guid:
            self.show_all()
            self._say_twin(twin, code)
            return
        work = partial(editing.set_span, guid=guid, start=start, end=end)
        text = self.source.text[start:end]
        self._change(row, mark("Move an edge"), work, start=start, end=end, text=text)

    def remove(self) -> None:
        """Remove the current segment."""
        row = self._asked()
        if row is None:
            return
        self._take_away(row)

    def _take_away(self, row: SegmentRow, gesture: Gesture | None = None) -> None:
        self._drop(row.guid)
        self._current = None
        self.rows_changed.emit()
        self.current_changed.emit()
        self._operate(
            mark("Remove “{code}” from a passage"),
            lambda op: editing.remove(op, [row.guid]),
            gesture=gesture.name if gesture else "",
            code=row.label(self._ctx.language),
        )

    def _asked(self) -> SegmentRow | None:
        """The current segment, if it can be changed; why not is said."""
        row = self.current
        if row is None:
            self._ctx.say(self._ctx.t("Choose a coded segment first: click it, or press F4"))
            return None
        return row if self.may_change() else None

    def _change(self, row: SegmentRow, title: str, work: Callable[[Operation], Any], **values: Any) -> None:
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        gesture = self._alive(row.guid)
        if gesture is None or not values.keys() & gesture.fields:
            again = frozenset({"start"}) & values.keys()
            gesture = self._gesture = Gesture(row.guid, frozenset(again), self.clock(), title, {})
        gesture.at = self.clock()
        self._set(replace(row, **values))
        self.rows_changed.emit()
        self.current_changed.emit()
        gone = TOO_LATE[:1] if "memo" not in values else ()
        self._operate(
            gesture.title, lambda op: unless_late(gone, lambda: work(op)), gesture=gesture.name, **gesture.params
        )

    # the rest

    def _twin(self, span: Span, code: CodeRow, coder: str | None = None) -> SegmentRow | None:
        """The segment by which this coder has put this code on this very span already."""
        coder = coder or self._coder
        return next((row for row in self.rows_on(span) if row.code_guid == code.guid and row.coder == coder), None)

    @property
    def _coder(self) -> str:
        return self._ctx.project.coder if self._ctx.project else ""

    def _say_twin(self, twin: SegmentRow, code: CodeRow) -> None:
        self.choose(twin.guid)
        label = code.label(self._ctx.language)
        self._ctx.say(self._ctx.t("This passage has “{code}” already; it is selected now", code=label))

    def _alive(self, guid: str | None = None) -> Gesture | None:
        """The gesture that a key pressed now goes on with; of the segment `guid` if one is given."""
        gesture = self._gesture
        if gesture is None or self.clock() - gesture.at >= GESTURE or (guid is not None and gesture.guid != guid):
            return None
        taken_back = gesture.guid and gesture.guid not in self.rows
        return None if taken_back else gesture
