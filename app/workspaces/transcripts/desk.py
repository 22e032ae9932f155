"""Which source is open, where the reader is in each, and how one gets to a passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.transcript.prepared import Prepared
from app.transcript.view import TranscriptView
from app.workspaces.transcripts.places import Places, Spot
from app.workspaces.transcripts.tagging import Tagging
from coding.project import Reader
from coding.segments.queries import SegmentChanges, segments, segments_since
from coding.text import Span
from coding.transcripts.queries import source_text
from coding.transcripts.rows import SourceRow, SourceText
from coding.transcripts.wraps import hard_wraps

PLACES_KEPT = 300
NOWHERE = SourceText("", "", "interview", None, None, "", 0, (), ())


@dataclass(frozen=True, slots=True)
class _Opened:
    source: SourceText
    prepared: Prepared
    read: SegmentChanges


class Desk(QObject):
    """Opens sources in the view. What comes too late for what is asked for now is dropped."""

    opened = Signal()
    lost = Signal()
    """What was asked for does not exist, and nothing is open."""

    def __init__(self, ctx: Context, view: TranscriptView, tagging: Tagging, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._view, self._tagging = ctx, view, tagging
        self._sources: Callable[[], Sequence[SourceRow]] = tuple
        self._read_only_of: str | None = None
        self._places: dict[str, dict[str, int]] = {}
        self._asked: str | None = None
        self._returning = False
        self.history = Places()
        view.jumped.connect(self.remember)

    @property
    def source(self) -> SourceText | None:
        """The open source."""
        return self._tagging.source

    @property
    def asked(self) -> str | None:
        """The guid of the source that is open or about to be; empty when it is not known yet."""
        return self._asked

    def open(self, guid: str, then: Callable[[], None] | None = None) -> None:
        """Open the source where the reader left it, then call `then`."""
        self._asked = guid
        if self.source is not None and self.source.guid == guid:
            self.drop_late()
            if then is not None:
                then()
            return
        only = self._only()
        self._ctx.read(
            lambda reader: _read(reader, guid, only), lambda got: self._show(got, then), key="transcripts.source"
        )

    def open_segment(self, guid: str) -> None:
        """Open the source of a segment, with that segment current and in the middle."""
        if guid in self._tagging.rows:
            self._asked = self.source.guid if self.source else None
            self.drop_late()
            self.remember()
            self._reveal(guid)
            return

        self._asked = self._asked or ""
        only = self._only()

        def read(reader: Reader) -> _Opened | None:
            found = segments(reader, guids=[guid])
            return _read(reader, found[0].source_guid, only) if found else None

        def show(got: _Opened | None) -> None:
            if got is None:
                self._ctx.say(self._ctx.t("This coded segment no longer exists"))
                self._asked = self.source.guid if self.source else None
                if self.source is None:
                    self.lost.emit()
            else:
                self._show(got, lambda: self._reveal(guid))

        self._ctx.read(read, show, key="transcripts.source")

    def open_passage(self, guid: str, start: int, end: int) -> None:
        """Open the source with `[start, end)` selected and in the middle."""
        if self.source is not None and self.source.guid == guid:
            self.remember()
        self.open(guid, lambda: self._view.select_span(Span(start, end), reveal=True))

    def know_sources(self, sources: Callable[[], Sequence[SourceRow]]) -> None:
        """`sources` tells which sources there are."""
        self._sources = sources

    def drop_late(self) -> None:
        """What was asked for is not wanted any more: whatever is open stays."""
        if self._ctx.project is not None:
            self._ctx.read(lambda _: None, lambda _: None, key="transcripts.source")

    def _reveal(self, guid: str) -> None:
        self._tagging.choose(guid)
        self._view.select_segment(guid, reveal=True)

    def _show(self, got: _Opened, then: Callable[[], None] | None) -> None:
        self.keep_place()
        same = self.source is not None and self.source.guid == got.source.guid
        if not same and not self._returning:
            self.remember()
        self._returning = False
        self._asked = got.source.guid
        if not same:
            self._view.set_source(got.source, prepared=got.prepared)
        self._tagging.open_source(got.source, got.read.rows, got.read.stamp)
        place = self._places.get(got.source.guid)
        if not same and place is not None:
            self._view.restore_place(place)
        self.opened.emit()
        if then is not None:
            then()

    def renew_source(self, source: SourceText) -> None:
        """The open source was read again; a text or turns that changed are shown from the same place."""
        before = self.source
        if before is None or before.guid != source.guid or before == source:
            return
        if (before.text, before.turns) != (source.text, source.turns):
            place = self._view.place()
            wraps = hard_wraps(source.text, source.turns, source.header_end)
            self._view.set_source(source, wraps)
            self._view.restore_place(place)
            self._tagging.source = source
            self._tagging.show_all()
        self._tagging.source = source
        self.opened.emit()

    def close(self) -> None:
        """Show no source."""
        self.keep_place()
        self._asked = None
        self._view.set_source(NOWHERE)
        self._tagging.open_source(None, ())
        self.opened.emit()

    def renew_rows(self) -> None:
        """Read again what has changed of the segments of the open source."""
        source, tagging = self.source, self._tagging
        if source is not None and self._ctx.project is not None:
            guid, since, also = source.guid, tagging.stamp, tagging.unsettled()
            only = self._only()
            if only != self._read_only_of:
                since, self._read_only_of = None, only
            self._ctx.read(
                lambda reader: own(segments_since(reader, guid, since, also), only),
                lambda read: self._take_read(guid, read),
                key="transcripts.rows",
            )

    def _only(self) -> str | None:
        return self._ctx.project.only_coder if self._ctx.project is not None else None

    def _take_read(self, guid: str, read: SegmentChanges) -> None:
        if self.source is not None and self.source.guid == guid:
            self._tagging.take_read(read)

    # places

    def remember(self) -> None:
        """The reader is about to be taken elsewhere: keep where they are for the way back."""
        here = self._here()
        if here is not None:
            self.history.leave(here)
            self._ctx.actions.refresh()

    def step_back(self, by: int) -> None:
        """Go back (-1) to where the reader was before the last jump, or forward (1) again."""
        known = {row.guid for row in self._sources()}
        spot = self.history.step(by, self._here(), known.__contains__)
        if spot is None:
            return
        self._returning = self.source is None or self.source.guid != spot.source
        self.open(spot.source, lambda: self._view.restore_place(spot.place))
        self._ctx.actions.refresh()

    def _here(self) -> Spot | None:
        return Spot(self.source.guid, self._view.place()) if self.source is not None else None

    def keep_place(self) -> None:
        """Remember where the reader is."""
        if self.source is not None:
            self._places.pop(self.source.guid, None)
            self._places[self.source.guid] = self._view.place()
            while len(self._places) > PLACES_KEPT:
                del self._places[next(iter(self._places))]

    def places(self) -> dict[str, dict[str, int]]:
        """Where the reader was in each source."""
        self.keep_place()
        return dict(self._places)

    def set_places(self, places: Mapping[str, Any]) -> None:
        """Start with places kept before; what is none is left out."""
        names = {"top", "below", "anchor", "caret"}
        self._places = {
            guid: {name: int(place[name]) for name in names}
            for guid, place in places.items()
            if isinstance(place, dict) and names <= place.keys()
        }


def own(read: SegmentChanges, only: str | None) -> SegmentChanges:
    """What was read, of the coder `only` alone where coders code blind."""
    if only is None:
        return read
    return replace(read, rows=[row for row in read.rows if row.coder == only])


def _read(reader: Reader, guid: str, only: str | None) -> _Opened:
    source = source_text(reader, guid)
    wraps = hard_wraps(source.text, source.turns, source.header_end)
    return _Opened(source, Prepared.of(source, wraps), own(segments_since(reader, guid), only))
