"""Frozen results of counting that window, Word and command line all read. Shares are fractions (0–1), exact; what is
0/0 is None. Labels are bilingual, notices worded when shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coding.analysis.results import Column, Label, Level
from coding.words import Notice

Part = Literal["dimension", "indicator", "no_indicator", "open"]
CountUnit = Literal["segments", "informants", "words"]
COUNT_UNITS: tuple[CountUnit, ...] = ("segments", "informants", "words")
Measure = Literal["overlap", "inclusion", "turn", "jaccard"]
MEASURES: tuple[Measure, ...] = ("overlap", "inclusion", "turn", "jaccard")
Counts = tuple[tuple[int, ...], ...]


def share(part: int, whole: int) -> Fraction | None:
    """`part` of `whole`, None when there is no whole."""
    return Fraction(part, whole) if whole else None


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as a row or column of a count. `part` says whether it gathers its indicators too (`"dimension"`, and
    `"open"` for an open code with those below it), stands alone, or holds what is on a dimension itself."""

    guid: str
    path: str
    label: Label
    part: Part
    color: int
    framework: str | None
    parent: str | None
    parent_label: Label | None

    @property
    def key(self) -> tuple[str, str]:
        """What tells this line from the others: path and part."""
        return self.path, self.part


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a code was put. `words` are those of the text it covers, overlaps once; `share` is of all counted
    segments."""

    code: CodeLine
    segments: int
    passages: int
    informants: int
    voices: int
    words: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Codes in the order of the codebook, each dimension before its indicators; `segments`, `informants` and `words`
    are over all of them, each counted once."""

    framework: str | None
    rows: tuple[Frequency, ...]
    segments: int
    informants: int
    words: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Codes × columns. `counts` are by row, then column, “no value” last; totals count each segment, informant or word
    once, so that they may be less than the sum where one stands in several columns."""

    by: str
    framework: str | None
    level: Level
    unit: CountUnit
    columns: tuple[Column, ...]
    rows: tuple[CodeLine, ...]
    counts: Counts
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    notices: tuple[Notice, ...]

    def count(self, row: int | None, column: int | None) -> int:
        """The number at a place; None is the total."""
        if row is None:
            return self.total if column is None else self.column_totals[column]
        return self.row_totals[row] if column is None else self.counts[row][column]

    def row_share(self, row: int | None, column: int | None) -> Fraction | None:
        """The share of the row's total; None is the row, or the column, of totals."""
        return share(self.count(row, column), self.count(row, None))

    def column_share(self, row: int | None, column: int | None) -> Fraction | None:
        """The share of the column's total."""
        return share(self.count(row, column), self.count(None, column))


@dataclass(frozen=True, slots=True)
class CoPair:
    """Two passages of one source, `[start, end)` in code points, and the coded segments they are made of (guids)."""

    source: str
    first: tuple[int, int]
    second: tuple[int, int]
    segment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """Codes × codes, symmetric: pairs of passages that overlap, of which one includes the other, that touch the same
    turn. `shared` are code points common to both codes, `lengths` those each covers, `passages` how many each has."""

    codes: tuple[CodeLine, ...]
    overlap: Counts
    inclusion: Counts
    turn: Counts
    shared: Counts
    lengths: tuple[int, ...]
    passages: tuple[int, ...]
    notices: tuple[Notice, ...]

    def jaccard(self, one: int, other: int) -> Fraction | None:
        """Code points under both codes over those under either (Jaccard 1901); None where neither covers any."""
        common = self.lengths[one] if one == other else self.shared[one][other]
        return share(common, self.lengths[one] + self.lengths[other] - common)

    def pairs(self, measure: Measure, one: int, other: int) -> int:
        """How many pairs of passages stand behind a cell; those of Jaccard are the overlapping ones."""
        table = {"inclusion": self.inclusion, "turn": self.turn}.get(measure, self.overlap)
        return table[one][other]


@dataclass(frozen=True, slots=True)
class SaturationStep:
    """One more interview: how many coded segments and different codes it has, which of the codes are new."""

    source: str
    source_guid: str
    date: str | None
    segments: int
    codes: int
    new: tuple[CodeLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Saturation:
    """New codes per further interview. `total` of a step are the different codes up to and with it."""

    framework: str | None
    steps: tuple[SaturationStep, ...]
    notices: tuple[Notice, ...]

    @property
    def codes(self) -> int:
        return self.steps[-1].total if self.steps else 0


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word, or the forms of one stem under the most frequent of them, in lower case."""

    word: str
    count: int
    share: Fraction | None
    informants: int
    sources: int
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Words in order of frequency, then of the alphabet. `words` counts all that were said, stop words and short ones
    too; shares are of that."""

    words: int
    different: int
    informants: int
    rows: tuple[WordCount, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A word where it stands: `[start, end)` in code points, what is before and after it in the same turn."""

    source: str
    source_guid: str
    start: int
    end: int
    voice: str
    before: str
    text: str
    after: str


def symmetric(rows: Sequence[Sequence[int]]) -> Counts:
    """Rows of numbers as frozen rows."""
    return tuple(tuple(row) for row in rows)
