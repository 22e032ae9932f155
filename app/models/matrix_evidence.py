"""The passages behind a number, as they are shown: what overlaps in a source is one stretch of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coding.analysis.results import Judgement, VoiceCell

if TYPE_CHECKING:
    from coding.segments.rows import SegmentRow

About = Literal["cell", "row", "status", "column", "side", "notice", "researcher", "count"]


@dataclass(frozen=True, slots=True)
class Door:
    """Which number was clicked; it stays the same when the numbers are counted again.

    `code` and `part` name a row, `place` its column or side ("" is the column “no value”, None no column at all),
    `voice` one of the voices of a cell, "" for all of them.
    """

    about: About
    code: str = ""
    part: str = ""
    place: str | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The analyst's finding on what is opened, "" while there is none; stale when the evidence changed since."""

    text: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands behind a door: a heading, the number in words, a reason in words, the segments, and the voices.

    `finding` is None where none can be written; `judgeable` says whether it is a row with a status.
    """

    door: Door
    heading: str
    number: str
    why: tuple[str, str] | None
    guids: tuple[str, ...]
    voices: tuple[VoiceCell, ...] = ()
    finding: Written | None = None
    judgeable: bool = False
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken stretch of a source that one or more coded segments cover; `again` when the same voices said the same
    words before, so that it was counted once."""

    text: str
    segments: tuple[SegmentRow, ...]
    again: bool

    @property
    def first(self) -> SegmentRow:
        return self.segments[0]

    @property
    def informants(self) -> tuple[str, ...]:
        """Who is heard in it, in order."""
        return tuple(dict.fromkeys(code for row in self.segments for code in row.informants))

    @property
    def exemplar(self) -> bool:
        return any(row.exemplar for row in self.segments)

    @property
    def memo(self) -> str:
        """The analyst's notes on its segments."""
        return "\n\n".join(row.memo for row in self.segments if row.memo)


def stretches(rows: Iterable[SegmentRow]) -> list[Stretch]:
    """The stretches that `rows` cover, in the order of the study."""
    groups: list[list[SegmentRow]] = []
    reach = 0
    for row in rows:
        if groups and groups[-1][0].source_guid == row.source_guid and row.start < reach:
            groups[-1].append(row)
            reach = max(reach, row.end)
        else:
            groups.append([row])
            reach = row.end
    return _marked([(_joined(group), tuple(group)) for group in groups])


def _joined(group: Sequence[SegmentRow]) -> str:
    """The text from the first start to the last end; each row reaches into what the rows before it cover."""
    start, text = group[0].start, ""
    for row in group:
        end = start + len(text)
        if row.end > end:
            text += row.text[max(end - row.start, 0) :]
    return " ".join(text.split())


def _marked(found: list[tuple[str, tuple[SegmentRow, ...]]]) -> list[Stretch]:
    from coding.analysis.evidence import comparable

    seen: set[tuple[str, frozenset[str]]] = set()
    made = []
    for text, rows in found:
        words = comparable(text)
        voices = frozenset(code for row in rows for code in row.informants) or frozenset({rows[0].source_guid})
        key = (words, voices) if words is not None else None
        made.append(Stretch(text, rows, key in seen))
        if key is not None:
            seen.add(key)
    return made
