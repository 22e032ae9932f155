"""A report as plain tables, one file each, as the Excel of the report's language opens it: UTF-8 with the mark by which
Excel knows it; in Indonesian, where the comma is that of decimals, with semicolons between the fields."""

from __future__ import annotations

from pathlib import Path

from coding.exchange.tables import csv_bytes
from coding.reports.document import ReportDocument
from coding.reports.grid import grid, plain_figure, rest
from coding.reports.saving import save
from coding.reports.tables import Table, TableCell
from coding.words import Words

MARKS = {"id": (";", ","), "en": (",", ".")}
"""What stands between fields, and before decimals, by language."""
_FORBIDDEN = '<>:"/\\|?*'


def write_csv(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write the tables of `document`: one to `path`; several beside it, each with its caption in its name.

    Figures stand unrounded. Raises what `saving.save` raises.
    """
    tables = document.tables
    if len(tables) == 1:
        save(path, table_csv(tables[0], document.words))
        return (path,)
    written: list[Path] = []
    for table in tables:
        target = _beside(path, table, {one.name.casefold() for one in written})
        save(target, table_csv(table, document.words))
        written.append(target)
    if not written:  # nothing to report yet: a file that says so
        save(path, csv_bytes([document.words.t("There is nothing to report yet: no passage has been tagged.")], []))
        written.append(path)
    return tuple(written)


def table_csv(table: Table, words: Words) -> bytes:
    """One table as a file of values."""
    shown = grid(table, words)
    separator, point = MARKS[words.language]
    rows = [[_content(one, point) for one in row] for row in shown.rows]
    return csv_bytes(shown.heads, rows, separator)


def _content(one: TableCell, point: str) -> str:
    """A figure as a plain number; what a cell says beside it follows on lines of its own."""
    if one.value is None:
        return one.text
    # the sign behind the figure, or a spreadsheet would compute it
    figure = plain_figure(one.value).replace(".", point) + (f" ({one.value.sign})" if one.value.sign else "")
    more = rest(one)
    return f"{figure}\n{more}" if more else figure


def _beside(path: Path, table: Table, taken: set[str]) -> Path:
    caption = "".join(" " if sign in _FORBIDDEN or ord(sign) < 32 else sign for sign in table.caption)
    name = f"{path.stem} - {' '.join(caption.split())[:80].strip(' .')}"
    number, shown = 1, f"{name}{path.suffix}"
    while shown.casefold() in taken:
        number += 1
        shown = f"{name} {number}{path.suffix}"
    return path.with_name(shown)
