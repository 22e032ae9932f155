"""A plain table written for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from coding.errors import CodingError
from coding.reports.saving import save

SUFFIXES = (".xlsx", ".csv")
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

Cell = str | int | float | None


def write_table(path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table as .xlsx or .csv, by the suffix of `path`; returns how many rows it has.

    A .csv begins with a byte order mark, without which Excel takes UTF-8 for something else. Text is never a formula.
    Raises CodingError("table_suffix") for another suffix, else what `saving.save` raises.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CodingError("table_suffix", file=path.name)
    kept = [list(row) for row in rows]
    save(path, _xlsx(title, heads, kept) if suffix == ".xlsx" else _csv(heads, kept))
    return len(kept)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(heads)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def _xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for number in range(len(heads)):
        longest = max((len(str(row[number] or "")) for row in rows[:200]), default=0)
        width = min(max(longest, len(heads[number])) + 2, 60)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(heads)))}{len(rows) + 1}"

    def cell(value: Cell, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_allowed(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # text that begins with "=" stays text
        if bold:
            made.font = Font(bold=True)
        made.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 40)
        return made

    sheet.append([cell(head, bold=True) for head in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _allowed(text: str) -> str:
    """`text` without what a workbook can't hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST]


def _sheet_name(title: str) -> str:
    kept = "".join(" " if c in "[]:*?/\\" else c for c in title).strip().strip("'")
    return kept[:31] or "1"
