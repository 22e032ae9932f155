"""From results to documents: plain tables first, then the writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.reports.options import TABLES, ReportOptions, ReportResult

if TYPE_CHECKING:
    from coding.progress import Progress
    from coding.project import Reader
    from coding.reports.document import ReportDocument, Writer

__all__ = ["TABLES", "ReportOptions", "ReportResult", "report"]


def report(
    project: Reader,
    path: Path,
    options: ReportOptions | None = None,
    progress: Progress | None = None,
    writers: Mapping[str, Writer] | None = None,
    looked: Callable[[ReportDocument], None] | None = None,
) -> ReportResult:
    """Write the tables of a project in the format that `path` ends in: the one way of window and command line.

    `progress` counts tables; cancelling leaves no file behind. `writers` are more formats by their ending, those that
    this room can't write itself. `looked` is given what is going to be written, before it is.

    Raises `CodingError` (`report_format`, `table_unknown`, `placeholder_unknown`, `framework_not_adopted`, `disk_full`,
    `file_unwritable`, `folder_missing`, `report_over_template`, `document_open`, …); a file that was at `path` is then
    untouched.
    """
    from coding.reports.build import project_language, report_tables, table_names
    from coding.reports.document import ReportDocument
    from coding.reports.formats import writer_for
    from coding.reports.places import check_place, digest_of
    from coding.words import Words

    options = options or ReportOptions()
    write = writer_for(path, writers or {})  # before the work, not after it
    if not path.parent.is_dir():
        raise CodingError("folder_missing", folder=str(path.parent))
    check_place(path, options)
    words = Words(options.language or project_language(project))
    blocks = report_tables(project, words, options, progress)
    document = ReportDocument(project, blocks, words, options)
    if looked is not None:
        looked(document)
    files = write(document, path)
    return ReportResult(files[0], table_names(blocks), files, digest_of(files[0]))
