"""What the table shows, read beside the window: ids for a filter and an order, and the rows in sight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.models.code_book import CodeBook
from app.models.evidence_model import EvidenceModel
from app.models.evidence_words import Choices
from coding.codes.counts import counts_by_guid
from coding.project import Reader
from coding.segments.evidence import SEGMENTS_READY, Found, advance, evidence_ids, first_ids, offered
from coding.segments.evidence_filter import EvidenceFilter, EvidenceSort
from coding.segments.evidence_rows import EvidenceRow, evidence_rows

FIRST = 200
"""Segments shown before all are known."""
PATIENCE = 120
"""Milliseconds after which the rest is read, should no row have to be read before."""


class EvidenceReading(QObject):
    """Asks for what is shown. `found` comes with the ids; not complete ones are followed by all."""

    found = Signal(object)
    choices_read = Signal(object)

    def __init__(self, ctx: Context, model: EvidenceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._model = ctx, model
        self.chosen = EvidenceFilter()
        self.sort = EvidenceSort()
        self._ready = 0.0
        self._round = 0
        self._waiting = False
        self._making_ready = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PATIENCE)
        self._rest.timeout.connect(self._read_rest)
        model.rows_wanted.connect(self.read_rows)

    @property
    def ready(self) -> bool:
        """Whether every filter and order is quick now."""
        return self._ready >= 1.0

    def begin(self) -> None:
        """Another project is open, or none."""
        self._ready, self._waiting, self._making_ready = 0.0, False, False
        self._round += 1
        self._rest.stop()

    def ask(self, chosen: EvidenceFilter, sort: EvidenceSort) -> None:
        """Show what fits `chosen` in the order `sort`."""
        self.chosen, self.sort = chosen, sort
        self._rest.stop()
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown."""
        chosen, sort = self._shown(), self.sort
        if self._ready >= self._needed():
            self._waiting = False
            only = self._only()
            self._ctx.read(lambda reader: _found(reader, chosen, sort, FIRST, only), self._take, key="evidence.ids")
            return
        self._waiting = True
        if not chosen and sort == EvidenceSort() and not len(self._model.ids):
            self._ctx.read(lambda reader: first_ids(reader, FIRST), self._take_first, key="evidence.ids")
        self._make_ready()

    def read_choices(self) -> None:
        """Read what a filter can choose from."""
        self._ctx.read(read_choices, self.choices_read.emit, key="evidence.choices")

    def read_rows(self, ids: list[int]) -> None:
        """Read these rows for the model."""

        def done(rows: list[EvidenceRow]) -> None:
            self._model.take_rows(rows, ids)
            if self._rest.isActive():
                self._read_rest()

        self._ctx.read(lambda reader: evidence_rows(reader, ids), done, key="evidence.rows")

    def _only(self) -> str | None:
        return self._ctx.project.only_coder if self._ctx.project is not None else None

    def _shown(self) -> EvidenceFilter:
        """The filter, narrowed to one's own codings where coders code blind."""
        only = self._only()
        return self.chosen if only is None else replace(self.chosen, coders=(only,))

    def _needed(self) -> float:
        chosen = self.chosen
        plain = not (chosen.informants or chosen.attributes or chosen.counted is not None)
        if plain and self.sort.key != "informant" and (not chosen.text or self.sort == EvidenceSort()):
            return SEGMENTS_READY
        return 1.0

    def _make_ready(self) -> None:
        if self._making_ready or self.ready or self._ctx.project is None:
            return
        number = self._round
        self._making_ready = True

        def done(share: float) -> None:
            if number != self._round:
                return
            self._making_ready = False
            self._ready = share
            if self._waiting and share >= self._needed():
                self.refresh()
            self._make_ready()

        def failed(_: Exception) -> None:
            self._making_ready = False

        self._ctx.read(advance, done, failed=failed)

    def _take_first(self, ids: list[int]) -> None:
        self.found.emit(Found(ids, len(ids), complete=False))  # type: ignore[arg-type]

    def _take(self, found: Found) -> None:
        self.found.emit(found)
        if not found.complete:
            self._rest.start()  # the rows in sight are read before the rest
        self._make_ready()

    def _read_rest(self) -> None:
        """After the first ones, ask for all."""
        self._rest.stop()
        chosen, sort, only = self._shown(), self.sort, self._only()
        self._ctx.read(lambda reader: _found(reader, chosen, sort, None, only), self.found.emit, key="evidence.ids")


def _found(reader: Reader, chosen: EvidenceFilter, sort: EvidenceSort, most: int | None, only: str | None) -> Found:
    """What fits the filter, of all there is; of one's own, where coders code blind."""
    found = evidence_ids(reader, chosen, sort, most)
    return found if only is None else replace(found, total=sum(counts_by_guid(reader, only).values()))


def read_choices(reader: Reader) -> Choices:
    """What a filter can choose from."""
    from coding.codes.queries import frameworks, open_codes
    from coding.codes.topics import topics
    from coding.informants.queries import informants

    found = offered(reader)
    book = CodeBook.of(frameworks(reader), open_codes(reader))
    people = tuple(replace(row, sources=()) for row in informants(reader))
    return Choices(book, people, found.sources, found.coders, found.attributes, tuple(topics(reader)), known=True)
