"""The process that makes reports for the window, with the formats that need Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coding.report_worker import ReportWorker
from coding.worker import main

if TYPE_CHECKING:
    from coding.reports.document import ReportDocument


def _pdf(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from app.printing.report import write_pdf

    return write_pdf(document, path)


class WindowReportWorker(ReportWorker):
    """Knows PDF, too."""

    writers = {".pdf": _pdf}


if __name__ == "__main__":
    raise SystemExit(main(kind=WindowReportWorker))
