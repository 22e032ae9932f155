"""What every part of one report is written from: the choices, the wording, the people and the quoted segments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from coding.analysis.results import Cell, Label, Matrix, Row
from coding.reports.attribution import Attribution
from coding.reports.naming import Naming
from coding.reports.options import ReportOptions
from coding.reports.tables import Paragraph, Run, plain
from coding.reports.wording import opened
from coding.segments.rows import SegmentRow
from coding.text import snippet
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import Notice, Words

_INNER = re.compile(r'"([^"\n]+)"|“([^“”\n]+)”')
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“"}


WrittenAt = tuple[str, str, str, str, str, bool, str | None]
"""The view (kind, columns, second theory), code and part of the row, whether it is on a cell, and the cell's column."""


def written_at(matrix: Matrix, code: str, part: str, cell: bool, column: str | None) -> WrittenAt:
    """Where a finding on a row of `matrix`, or on its cell in `column`, stands."""
    by = matrix.columns_by if matrix.kind == "source" else ""
    return matrix.kind, by, matrix.against or "", code, part, cell, column


@dataclass(frozen=True)
class Material:
    """What the project gives to a report besides its results.

    `segments` has at least the exemplars, by guid. `breaks` says where further turns begin inside a segment, in code
    points from its start. `findings` are the analyst's own sentences by where they stand (`written_at`), `sides` those
    on factors by framework, code, part and side. `frameworks` are the labels of those adopted, by key, `parts` the
    names of the tables that the report has.
    """

    title: str
    informants: tuple[InformantRow, ...]
    sources: tuple[SourceRow, ...]
    segments: Mapping[str, SegmentRow]
    breaks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    findings: Mapping[WrittenAt, str] = field(default_factory=dict)
    sides: Mapping[tuple[str, str, str, str], str] = field(default_factory=dict)
    frameworks: Mapping[str, Label] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()


class Desk:
    """Material, wording and choices of one report. Raises `CodingError("placeholder_unknown")`."""

    def __init__(self, material: Material, words: Words, options: ReportOptions) -> None:
        self.material = material
        self.words = words
        self.options = options
        attribution = Attribution(options.attribution)
        self.naming = Naming(material.informants, material.sources, words, attribution, options.anonymise)

    @property
    def source_line(self) -> str:
        """The line below each table and figure."""
        if self.options.source_line is not None:
            return self.options.source_line
        return self.words.t("Source: primary data, processed, {year}", year=str(date.today().year))

    def column(self, matrix: Matrix, index: int) -> str:
        """What stands above a column of `matrix`."""
        column = matrix.columns[index]
        label = column.label.in_(self.words.language)
        if column.key is not None and column.of == "informants" and matrix.columns_by == "informant":
            return self.naming.voice(column.key)
        return self.naming.text(label)

    def who(self, matrix: Matrix, index: int) -> str:
        """What a column of a source matrix is called within a sentence."""
        column = matrix.columns[index]
        if column.of == "sources" and matrix.kind == "source":
            if column.key == "observation":
                return self.words.n("the observation", "the observations", count=column.members)
            if column.key == "document":
                return self.words.n("the document", "the documents", count=column.members)
        if column.key is None and matrix.kind == "source" and matrix.columns_by == "informant":
            return self.words.t("unknown speakers")
        return self.column(matrix, index)

    def finding(self, matrix: Matrix, row: Row, cell: Cell | None = None) -> str:
        """The analyst's own sentence on a row, or on its `cell`, "" where there is none."""
        if row.topic is not None:
            return ""
        column = cell.column if cell is not None else None
        place = written_at(matrix, row.code, row.part, cell is not None, column)
        return self.naming.text(self.material.findings.get(place, ""))

    def noted(self, sentence: str) -> Paragraph:
        """A sentence below a table; none begins with a figure."""
        return plain(opened(self.words, sentence))

    def notices(self, notices: Sequence[Notice]) -> tuple[Paragraph, ...]:
        return tuple(plain(self.naming.notice(notice)) for notice in notices)

    def quotes(self, guids: Sequence[str], voice: str | None, *, width: int | None = None) -> list[Paragraph]:
        """A paragraph for each of these segments: its text in quotation marks, italic, then who said it.

        Segments on the same passage are quoted once. With `width`, a text is cut to so many characters.
        """
        seen: set[tuple[str, int, int]] = set()
        shown = []
        for guid in guids:
            segment = self.material.segments.get(guid)
            if segment is None or (segment.source_guid, segment.start, segment.end) in seen:
                continue
            seen.add((segment.source_guid, segment.start, segment.end))
            shown.append(self._quote(segment, voice, width))
        return shown

    def _quote(self, segment: SegmentRow, voice: str | None, width: int | None) -> Paragraph:
        text = self.quotation(segment)
        if width is not None:
            text = snippet(text, 0, len(text), width)
        attribution = self.naming.attribute(segment, voice)
        runs = [Run(in_quotes(text), italic=True)]
        if attribution:
            runs.append(Run(f" {attribution}", note=True))
        return Paragraph(tuple(runs), "quote")

    def passage(self, segment: SegmentRow) -> Paragraph:
        """A segment's text in full in quotation marks, without its attribution."""
        return Paragraph((Run(in_quotes(self.quotation(segment)), italic=True),), "quote")

    def quotation(self, segment: SegmentRow) -> str:
        """A segment's text in full: hard wraps joined, each further turn on a line of its own, names masked."""
        text = segment.text
        edges = [0, *self.material.breaks.get(segment.guid, ()), len(text)]
        lines = (" ".join(text[start:end].split()) for start, end in pairwise(edges))
        return self.naming.text("\n".join(line for line in lines if line))


def in_quotes(text: str) -> str:
    """`text` in quotation marks, unless it brought its own around the whole; those inside it are single."""
    closing = _PAIRS.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing) and not re.search(f"[{text[0]}{closing}]", text[1:-1]):
        return text
    return f"“{_INNER.sub(lambda match: f'‘{match[1] or match[2]}’', text)}”"
