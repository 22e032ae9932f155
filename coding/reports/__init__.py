"""From results to documents: plain tables first, then the writers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.reports.options import TABLES, ReportOptions, ReportResult

if TYPE_CHECKING:
    from coding.progress import Progress
    from coding.project import Reader

__all__ = ["TABLES", "ReportOptions", "ReportResult", "report"]


def report(
    project: Reader, path: Path, options: ReportOptions | None = None, progress: Progress | None = None
) -> ReportResult:
    """Write the tables of a project to a Word document: the one way of window and command line.

    `progress` counts tables; cancelling leaves no file behind.

    Raises `CodingError` (`report_format`, `table_unknown`, `placeholder_unknown`, `framework_not_adopted`, `disk_full`,
    `file_unwritable`, `folder_missing`, …); a file that was at `path` is then untouched.
    """
    from coding.reports.build import project_language, report_tables, table_names
    from coding.reports.word import write_word
    from coding.words import Words

    options = options or ReportOptions()
    if path.suffix.lower() != ".docx":  # before the work, not after it
        raise CodingError("report_format", file=str(path))
    words = Words(options.language or project_language(project))
    blocks = report_tables(project, words, options, progress)
    write_word(blocks, path, words, options)
    return ReportResult(path, table_names(blocks))
