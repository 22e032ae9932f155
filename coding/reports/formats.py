"""The formats a report can be written in, by the ending of the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import CodingError

if TYPE_CHECKING:
    from coding.reports.document import ReportDocument, Writer

SUFFIXES = (".docx", ".xlsx", ".html", ".csv", ".md", ".tex")
"""Those written without help from outside this room; the window and the command line bring `.pdf`."""


def writer_for(path: Path, more: Mapping[str, Writer]) -> Writer:
    """What writes a file of this ending. Raises CodingError("report_format")."""
    writers: dict[str, Writer] = {
        ".docx": _word, ".xlsx": _excel, ".html": _html, ".htm": _html, ".csv": _csv, ".md": _markdown, ".tex": _latex,
        **more,
    }  # fmt: skip
    found = writers.get(path.suffix.lower())
    if found is None:
        known = ", ".join(dict.fromkeys([*SUFFIXES, *more]))
        raise CodingError("report_format", file=str(path), known=known)
    return found


def _word(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.word import write_word

    write_word(document.blocks, path, document.words, document.options)
    return (path,)


def _excel(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.excel import write_excel

    return write_excel(document, path)


def _html(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.html_page import write_html

    return write_html(document, path)


def _csv(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.csv_files import write_csv

    return write_csv(document, path)


def _markdown(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.markup import write_markdown

    return write_markdown(document, path)


def _latex(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    from coding.reports.markup import write_latex

    return write_latex(document, path)
