"""Tables of talk (.csv, .xlsx): a row for each turn, or a row for each respondent with a column for each question."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.transcripts.anchors import Anchor
from coding.transcripts.archives import check_archive, too_large
from coding.transcripts.columns import Columns, guessed, mapped_text

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_CELLS = 2_000_000


def csv_rows(file_name: str, text: str) -> list[list[str]]:
    """The cells of a .csv, whatever parts them. Raises CodingError("source_no_table")."""
    sample = text[:20_000]
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error as error:
        raise CodingError("source_no_table", file=file_name) from error
    return [[cell.strip() for cell in row] for row in rows]


def xlsx_rows(file_name: str, data: bytes, limits: Limits) -> list[list[str]]:
    """The cells of the first sheet that has any. Raises CodingError("source_no_table")."""
    check_archive(file_name, data, limits, "source_no_table")
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows, cells = [], 0
            for row in sheet.iter_rows(values_only=True):
                cells += len(row)
                if cells > _CELLS:
                    raise too_large(file_name, f"{cells:,} cells", f"{_CELLS:,}")
                rows.append([_shown(value) for value in row])
            if any(any(row) for row in rows):
                return rows
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError,
            EOFError) as error:  # fmt: skip
        raise CodingError("source_no_table", file=file_name) from error
    raise CodingError("source_no_text", file=file_name)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def filled_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows that hold anything."""
    return [list(row) for row in rows if any(cell for cell in row)]


def table_text(filled: Sequence[Sequence[str]], columns: Columns | None = None) -> tuple[str, tuple[Anchor, ...]]:
    """The table as a transcript, and the times that stand in it; `columns` as guessed when None.

    Where a column holds the text: as `mapped_text` has it. Else, where the first row looks like heads: for each row its
    first cell as a line, then `head: cell` for the others. Else the cells parted by tabs.
    """
    if not filled:
        return "", ()
    columns = guessed(filled[0]) if columns is None else columns
    if "text" in columns:
        return mapped_text(filled[1:], columns)
    if len(filled) > 1 and len([head for head in filled[0] if head]) > 1 and _are_heads(filled[0]):
        return _answers(filled[0], filled[1:]), ()
    return "\n".join("\t".join(row).rstrip("\t") for row in filled), ()


def _are_heads(row: Sequence[str]) -> bool:
    """Whether a first row looks like names of columns: words, none twice, no plain numbers."""
    named = [cell for cell in row if cell]
    return len(set(named)) == len(named) and not any(cell.replace(".", "").isdecimal() for cell in named)


def _answers(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    parts = []
    for row in rows:
        lines = [row[0] or heads[0]]
        for head, cell in zip(heads[1:], row[1:], strict=False):
            if cell:
                lines.append(f"{head}: {cell}" if head else cell)
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
