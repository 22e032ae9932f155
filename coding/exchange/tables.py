"""A plain table written for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from coding.errors import CodingError
from coding.reports.saving import save

SUFFIXES = (".xlsx", ".csv")
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

_SIGNED = re.compile(r"[+-](?:\d[\d.,]*%?)?")

LONGEST_NAME = 31
"""Characters of the name of a sheet."""

Cell = str | int | float | None


def write_workbook(path: Path, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> None:
    """Write sheets (title, heads, rows) as .xlsx. Text is never a formula. Raises what `saving.save` raises."""
    save(path, _xlsx([(title, heads, [list(row) for row in rows]) for title, heads, rows in sheets]))


def write_table(path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table as .xlsx or .csv, by the suffix of `path`; returns how many rows it has.

    A .csv begins with a byte order mark, without which Excel takes UTF-8 for something else. Text is never a formula.
    Raises CodingError("table_suffix") for another suffix, else what `saving.save` raises.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CodingError("table_suffix", file=path.name)
    kept = [list(row) for row in rows]
    save(path, _xlsx([(title, heads, kept)]) if suffix == ".xlsx" else csv_bytes(heads, kept))
    return len(kept)


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Cell]], separator: str = ",") -> bytes:
    """A table as values set apart by `separator` in UTF-8 with a byte order mark.

    Text that a spreadsheet would take for a formula begins with an apostrophe, which keeps it text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow([_harmless(head) for head in heads])
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet computes: a sign alone or before a number is no formula."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    start = text.lstrip()
    if start[:1] in {"=", "@"} or (start[:1] in {"+", "-"} and not _SIGNED.fullmatch(start)):
        return f"'{text}"
    return f"'{text}" if text[:1] in {"\t", "\r"} else text


def _xlsx(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Telaah"
    taken: set[str] = set()
    for title, heads, rows in sheets:
        name = sheet_name(title, taken)
        taken.add(name.casefold())
        _fill(book.create_sheet(name), heads, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number in range(len(heads)):
        longest = max((len(str(row[number] or "")) for row in rows[:200]), default=0)
        width = min(max(longest, len(heads[number])) + 2, 60)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(heads)))}{len(rows) + 1}"

    def cell(value: Cell, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=allowed(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # text that begins with "=" stays text
        if bold:
            made.font = Font(bold=True)
        made.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 40)
        return made

    sheet.append([cell(head, bold=True) for head in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])


def allowed(text: str) -> str:
    """`text` without what a workbook can't hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST]


def sheet_name(title: str, taken: Collection[str] = ()) -> str:
    """`title` as a sheet may be called: short, without what is forbidden, none of the names in `taken` (casefolded)."""
    legal = allowed(title)
    kept = " ".join("".join(" " if c in "[]:*?/\\" else c for c in legal).split()).strip("' ")
    # a sheet called so can't be opened, in no language of Excel
    kept = f"{kept} 1" if kept.casefold() == "history" else kept
    name, number = kept[:LONGEST_NAME].strip("' ") or "1", 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = kept[: LONGEST_NAME - len(end)].strip("' ") + end
    return name
