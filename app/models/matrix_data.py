"""What a matrix on screen is made of, read in one go in the reader's thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.models.matrix_choice import FactorChoice, MatrixChoice
from coding.analysis.column_plan import AS_IMPORTED, ColumnPlan, plan_of
from coding.analysis.filters import EVERYTHING, EvidenceChoice
from coding.analysis.results import Cell, Factors, Label, Matrix, Row

if TYPE_CHECKING:
    from coding.analysis.filters import FilterChoices
    from coding.analysis.judging import Finding
    from coding.codes.rows import FrameworkRow, LinkedCode
    from coding.project import Reader
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import InformantRow

Written = tuple[str, str, bool, str | None]
"""Where a finding stands: a row's code and part, whether it is on a cell, and the cell's column."""
NO_DIRECTION = "{count} segment has no direction"
"""The notice of the counting whose number is a door here."""


@dataclass(frozen=True, slots=True)
class MatrixData:
    """A triangulation matrix at both levels, what can be chosen instead, and the passages quoted in its cells.

    `matrix` and `indicators` are None when the project has no framework. `quotes` are exemplars by guid, `roles` the
    roles of informants by code, `findings` what the analyst wrote on rows and cells, by where they stand,
    `filters` what filters can be set to, `links` the codes that a row's code is mapped onto, or that are mapped onto
    it, by the row's guid, `plan` what the study decided about columns.
    """

    choice: MatrixChoice
    frameworks: tuple[FrameworkRow, ...]
    columns: tuple[tuple[str, Label], ...]
    matrix: Matrix | None
    indicators: Matrix | None
    quotes: Mapping[str, SegmentRow]
    roles: Mapping[str, str]
    findings: Mapping[Written, Finding]
    filters: FilterChoices | None = None
    links: Mapping[str, tuple[LinkedCode, ...]] = field(default_factory=dict)
    plan: ColumnPlan = AS_IMPORTED

    def matrix_of(self, row: Row) -> Matrix:
        """The matrix that `row` stands in."""
        matrix = self.matrix if row.parent is None else self.indicators
        assert matrix is not None
        return matrix

    def finding(self, row: Row, cell: Cell | None = None) -> Finding | None:
        """The analyst's finding on `row`, or on its `cell`."""
        if row.topic is not None:
            return None
        return self.findings.get((row.code, row.part, cell is not None, cell.column if cell is not None else None))

    def below(self, row: Row) -> tuple[Row, ...]:
        """What stands inside a row: of a dimension the indicators, the one without indicator last, of these the topics.
        A dimension that has no indicators has its topics itself."""
        if self.indicators is None or row.topic is not None:
            return ()
        if row.part != "dimension":
            return row.topics
        below = tuple(one for one in self.indicators.rows if one.parent == row.code)
        return below or next((one.topics for one in self.indicators.rows if one.place == row.place), ())

    def row(self, code: str, part: str) -> Row | None:
        """The row at a place: `code` and what tells rows of one code apart."""
        fine = self.indicators.rows if self.indicators else ()
        every = (*(self.matrix.rows if self.matrix else ()), *fine, *(one for row in fine for one in row.topics))
        return next((row for row in every if row.place == (code, part)), None)


@dataclass(frozen=True, slots=True)
class FactorData:
    """A factor summary, what can be chosen instead, the passages quoted in it, and what the analyst wrote on its sides.
    `factors` is None without any framework."""

    choice: FactorChoice
    frameworks: tuple[FrameworkRow, ...]
    factors: Factors | None
    quotes: Mapping[str, SegmentRow]
    filters: FilterChoices | None = None
    links: Mapping[str, tuple[LinkedCode, ...]] = field(default_factory=dict)
    findings: Mapping[tuple[str, str, str], Finding] = field(default_factory=dict)


def read_matrix(reader: Reader, choice: MatrixChoice) -> MatrixData:
    """The matrix of `choice`, settled on what the project has."""
    from coding.analysis.columns import column_choices
    from coding.analysis.filters import filter_choices
    from coding.analysis.judging import findings
    from coding.analysis.triangulation import triangulate
    from coding.codes.links import links
    from coding.codes.queries import frameworks
    from coding.informants.queries import informants

    found = tuple(frameworks(reader))
    columns = tuple(column_choices(reader))
    if not choice.framework and found:
        # the first look is at a theory with something in it
        choice = MatrixChoice(next((row.key for row in found if row.segments), found[0].key))
    choice = choice.settled([row.key for row in found], [key for key, _ in columns])
    if not choice.framework:
        return MatrixData(choice, found, columns, None, None, {}, {}, {})
    against = choice.against if choice.kind == "theory" else None
    matrix, indicators = (
        triangulate(
            reader, choice.framework, choice.kind, choice.columns, against, level, choice.threshold, choice.evidence
        )
        for level in ("dimension", "indicator")
    )
    roles = {row.code: row.role or "" for row in informants(reader)}
    written = {(w.code, w.part, w.cell, w.column): w for one in (matrix, indicators) for w in findings(reader, one)}
    quotes = _quotes(reader, matrix, indicators)
    filters, mapped = filter_choices(reader), links(reader)
    plan = plan_of(reader)
    return MatrixData(choice, found, columns, matrix, indicators, quotes, roles, written, filters, mapped, plan)


def _quotes(reader: Reader, *matrices: Matrix) -> dict[str, SegmentRow]:
    cells: list[Cell] = [cell for matrix in matrices for row in _rows(matrix) for cell in row.cells]
    return _segments(reader, [guid for cell in cells for guid in cell.exemplars[:1]])


def _rows(matrix: Matrix) -> Iterator[Row]:
    for row in matrix.rows:
        yield row
        yield from row.topics


def _segments(reader: Reader, guids: list[str]) -> dict[str, SegmentRow]:
    from coding.segments.queries import segments

    return {row.guid: row for row in segments(reader, guids=list(dict.fromkeys(guids)))}


def read_factors(reader: Reader, choice: FactorChoice) -> FactorData:
    """The factor summary of `choice`, settled on what the project has."""
    from coding.analysis.factors import summarise
    from coding.analysis.filters import filter_choices
    from coding.codes.links import links
    from coding.codes.queries import frameworks
    from coding.findings.sides import side_findings

    found = tuple(frameworks(reader))
    choice = choice.settled(found)
    if not found:
        return FactorData(choice, found, None, {})
    factors = summarise(reader, choice.framework, choice.level, choice.evidence)
    sides = [side for row in factors.rows for side in (row.supporting, row.inhibiting)]
    quotes = _segments(reader, [guid for s in sides for guid in s.exemplars[:1]])
    written = side_findings(reader, factors)
    return FactorData(choice, found, factors, quotes, filter_choices(reader), links(reader), written)


def read_undirected(
    reader: Reader, framework: str, matrix: Matrix | None = None, choice: EvidenceChoice = EVERYTHING
) -> tuple[str, ...]:
    """The guids of the counted segments of a framework that have no direction, as the notice of `matrix`, or of the
    framework's factor summary, counts them."""
    from coding.analysis.triangulation import triangulate

    # a theory matrix counts segments that stand in none of its cells; by method every one stands in some
    whole = (
        triangulate(reader, framework, "method", choice=choice) if matrix is None or matrix.kind == "theory" else matrix
    )
    return _undirected(reader, [guid for row in whole.rows for cell in row.cells for guid in cell.segment_ids])


def _undirected(reader: Reader, guids: list[str]) -> tuple[str, ...]:
    return tuple(guid for guid, row in _segments(reader, guids).items() if row.valence is None)


@dataclass(frozen=True, slots=True)
class EvidenceData:
    """Coded segments to show as passages, and who the informants in them are, by code."""

    segments: tuple[SegmentRow, ...]
    informants: Mapping[str, InformantRow]


def read_evidence(reader: Reader, guids: tuple[str, ...]) -> EvidenceData:
    """The segments of `guids` that still exist, in the order of the study."""
    from coding.informants.queries import informants
    from coding.segments.queries import segments

    return EvidenceData(tuple(segments(reader, guids=guids)), {row.code: row for row in informants(reader)})
