"""The coded segments of the open source as they are shown, changes of one's own ahead of the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.context import Context
from coding.errors import CodingError
from coding.project import Operation
from coding.segments.queries import SegmentChanges
from coding.segments.rows import SegmentRow
from coding.text import Span
from coding.transcripts.rows import SourceText


class OpenRows(QObject):
    """Keeps the segments of the open source as they are shown.

    Every change is shown at once and queued as an operation. What is read again meanwhile is older and is not taken.
    `rows_changed` is followed by `take_changes`, which says what has to be shown anew.
    """

    rows_changed = Signal()
    current_changed = Signal()
    reading_asked = Signal()

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.source: SourceText | None = None
        self.rows: dict[str, SegmentRow] = {}
        self._current: str | None = None
        self._pending = 0
        self._wanted: str | None = None
        self._missed = False
        self._to_show: set[str] | None = None
        self._unsettled: set[str] = set()
        self._starting: dict[int, set[str]] | None = None
        self.stamp: int | None = None
        """Up to which change of the project `rows` are known; None when they are to be read as a whole."""

    def may_change(self) -> bool:
        """Whether anything can be changed; where the project is open for reading only, that is said."""
        project = self._ctx.project
        if project is None or not project.read_only:
            return True
        self._ctx.say_error(CodingError("project_read_only", file=project.path.name))
        return False

    def open_source(self, source: SourceText | None, rows: Sequence[SegmentRow], stamp: int | None = None) -> None:
        """Another source is open, with these segments, read at `stamp`."""
        self.source = source
        self.rows = {row.guid: row for row in rows}
        self._starting = None
        self.stamp = stamp
        self._to_show = None
        self._unsettled.clear()
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
            self._starting = None
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

    def rows_on(self, span: Span) -> list[SegmentRow]:
        """The segments that stand on exactly this span."""
        if self._starting is None:
            self._starting = {}
            for row in self.rows.values():
                self._starting.setdefault(row.start, set()).add(row.guid)
        here = (self.rows[guid] for guid in self._starting.get(span.start, ()))
        return [row for row in here if row.end == span.end]

    def _set(self, row: SegmentRow) -> None:
        self._forget_start(row.guid)
        self.rows[row.guid] = row
        if self._starting is not None:
            self._starting.setdefault(row.start, set()).add(row.guid)
        self._touch(row.guid)

    def _drop(self, guid: str) -> None:
        if guid in self.rows:
            self._forget_start(guid)
            del self.rows[guid]
            self._touch(guid)

    def _forget_start(self, guid: str) -> None:
        if self._starting is not None and guid in self.rows:
            self._starting[self.rows[guid].start].discard(guid)

    def _touch(self, guid: str) -> None:
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

    def _show(self, guid: str) -> None:
        self._current = guid
        self.rows_changed.emit()
        self.current_changed.emit()

    def _operate(
        self, title: str, work: Callable[[Operation], Any], done: Callable[[Any], None] | None = None, **params: Any
    ) -> None:
        """Queue `work` as one operation, named as `Context.operate` wants it; one with a `gesture` goes on with it."""
        self._pending += 1

        def finished(result: Any) -> None:
            self._pending -= 1
            if done is not None:
                done(result)
            # what was read in between was not taken, and an operation that changed nothing brings no new reading
            if result is False or (self._missed and not self._pending):
                self.reading_asked.emit()

        def failed(_: Exception) -> None:
            self._pending -= 1
            self.reading_asked.emit()

        self._ctx.operate(title, work, finished, failed, **params)
