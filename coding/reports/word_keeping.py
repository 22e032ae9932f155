"""Which rows of a table stay with the next one, so that its pages begin and end where a reader expects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from coding.reports.tables import Table, TableCell, text_width
from coding.reports.word_parts import laid_out

_BORDERS = 0.25
"""Centimetres of the margins of a cell on both sides."""
_LINE, _PARAGRAPH, _EDGE = 0.42, 0.07, 0.03
"""Centimetres of a line, of the space around a paragraph, and of the border of a row."""
_WHOLE, _ALONE = 0.6, 0.85
"""The share of a page up to which a table is kept in one piece: under its heading, and where it goes on without one."""
_TOGETHER = 0.5
"""The share of a page that the first rows, or the last, take at most where they are kept together."""
_LABEL = 1
"""The column after the number, whose labels stand in where they belong to the row above."""
_FIRST, _LAST = 2, 2
"""So many rows of a longer table at least stand under its heads, and over its source line."""


def lines(one: TableCell, width: float) -> int:
    """About how many lines a cell of a width (cm) takes at most."""
    room = max(_LINE, width - _BORDERS)
    parts = (part for paragraph in one.paragraphs for part in paragraph.text.split("\n"))
    return sum(max(1, ceil(text_width(part) / room)) for part in parts)


def row_heights(table: Table, widths: Sequence[float]) -> list[float]:
    """About how high each row is, heads first, in centimetres."""
    heights = []
    for cells, above in laid_out(table):
        column, high = 0, _LINE
        for one, continued in zip(cells, above, strict=True):
            width = sum(widths[column : column + one.span])
            column += one.span
            if not continued and one.deep == 1:
                high = max(high, _LINE * lines(one, width) + _PARAGRAPH * len(one.paragraphs))
        heights.append(high + _EDGE)
    return heights


def stays_whole(table: Table, widths: Sequence[float], page: float) -> bool:
    """Whether the table is kept in one piece on pages of this height of text (cm)."""
    room = page * (_ALONE if table.landscape and table.continues else _WHOLE)
    # before measuring every row of a long appendix
    return len(table.rows) * _LINE <= page and sum(row_heights(table, widths)) <= room


def rows_kept(table: Table, widths: Sequence[float], page: float) -> set[int]:
    """The rows, heads first, that stay with the next: all of a table in one piece; else the first and the last ones
    where they are not high, each row that heads those below it, and those that share a cell."""
    count = len(table.heads) + len(table.rows)
    if stays_whole(table, widths, page):
        return set(range(count))
    first = _FIRST if _low(table, table.rows[:_FIRST], widths, page) else 1
    last = _LAST if _low(table, table.rows[-_LAST:], widths, page) else 1
    kept = {*range(len(table.heads) + first - 1), *range(count - last, count)}
    free, columns = 0, len(table.widths)
    for number, row in enumerate(table.rows, len(table.heads)):
        free = max(free - 1, max((one.deep for one in row), default=1) - 1)
        if free or (row and row[0].span == columns and len(table.rows) > 1):
            kept.add(number)
        at = number - len(table.heads)
        if _indented(table, at + 1) > _indented(table, at) and _low(table, table.rows[at : at + 2], widths, page):
            kept.add(number)
    return kept


def _indented(table: Table, number: int) -> int:
    """How far the label of a row stands in; what is further in than the row above belongs to it."""
    label = table.rows[number][_LABEL : _LABEL + 1] if number < len(table.rows) else ()
    return label[0].indent if label else 0


def _low(table: Table, rows: Sequence[tuple[TableCell, ...]], widths: Sequence[float], page: float) -> bool:
    """Whether these rows under the heads leave room on their page for what stands around the table."""
    return sum(row_heights(replace(table, rows=tuple(rows)), widths)) <= _TOGETHER * page
