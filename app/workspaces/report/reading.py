"""What the workspace Report reads of a project, in the reader's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coding.analysis.results import Label

if TYPE_CHECKING:
    from pathlib import Path

    from coding.codes.rows import FrameworkRow
    from coding.progress import Progress
    from coding.project import Reader
    from coding.reports.options import ReportOptions, ReportResult
    from coding.reports.preview import Sheet
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import InformantRow, SourceRow


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be chosen from, and a coded segment whose attribution serves as the example (None without any)."""

    language: str
    frameworks: tuple[FrameworkRow, ...]
    columns: tuple[tuple[str, Label], ...]
    informants: tuple[InformantRow, ...]
    sources: tuple[SourceRow, ...]
    example: SegmentRow | None


def read_facts(reader: Reader) -> Facts:
    """What can be chosen from."""
    from coding.analysis.columns import column_choices
    from coding.codes.queries import frameworks
    from coding.informants.queries import informants
    from coding.reports.build import project_language
    from coding.transcripts.queries import sources

    return Facts(
        project_language(reader),
        tuple(frameworks(reader)),
        tuple(column_choices(reader)),
        tuple(informants(reader)),
        tuple(sources(reader)),
        _example(reader),
    )


def _example(reader: Reader) -> SegmentRow | None:
    """A coded segment of an informant, a starred one rather than another."""
    from coding.segments.queries import segments

    spoken = [row for row in segments(reader) if row.informants]
    return next((row for row in spoken if row.exemplar), spoken[0] if spoken else None)


@dataclass(frozen=True, slots=True)
class Preview:
    """The report as it will be, in sheets of one orientation each."""

    sheets: tuple[Sheet, ...]


def read_preview(reader: Reader, options: ReportOptions) -> Preview:
    """The report of these options. Raises CodingError as `coding.reports.report` does."""
    from coding.reports.build import project_language, report_tables
    from coding.reports.preview import sheets
    from coding.words import Words

    words = Words(options.language or project_language(reader))
    blocks = report_tables(reader, words, options)
    return Preview(tuple(sheets(blocks, words, options)))


def write_report(reader: Reader, path: Path, options: ReportOptions, progress: Progress) -> ReportResult:
    """Write the report to Word. Raises CodingError as `coding.reports.report` does."""
    from coding.reports import report

    return report(reader, path, options, progress)
