"""Which rows of a table stay with the next one, so that its pages begin and end where a reader expects it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from coding.reports.tables import EDGES, Table, TableCell
from coding.reports.word_parts import laid_out

LETTERS = 5.5
"""Letters of the text of a table in a centimetre, rather too few than too many."""
_LINE, _PARAGRAPH, _EDGE = 0.42, 0.07, 0.03
"""Centimetres of a line, of the space around a paragraph, and of the border of a row."""
_WHOLE = {False: 0.6, True: 0.85}
"""The share of a page, upright and turned, up to which a table is kept in one piece."""
_FIRST, _LAST = 2, 2
"""So many rows of a longer table at least stand under its heads, and over its source line."""


def lines(one: TableCell, width: float) -> int:
    """About how many lines a cell of a width (cm) takes at most."""
    room = max(1.0, LETTERS * (width - EDGES))
    return sum(ceil(max(1, len(part)) / room) for paragraph in one.paragraphs for part in paragraph.text.split("\n"))


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
    # before measuring every row of a long appendix
    return len(table.rows) * _LINE <= page and sum(row_heights(table, widths)) <= _WHOLE[table.landscape] * page


def rows_kept(table: Table, *, whole: bool) -> set[int]:
    """The rows, heads first, that stay with the next: all of a table in one piece; else the first and the last ones,
    each row that heads those below it, and those that share a cell."""
    count = len(table.heads) + len(table.rows)
    if whole:
        return set(range(count))
    kept = {*range(len(table.heads) + _FIRST - 1), *range(count - _LAST, count)}
    free, columns = 0, len(table.widths)
    for number, row in enumerate(table.rows, len(table.heads)):
        free = max(free - 1, max((one.deep for one in row), default=1) - 1)
        if free or (row and row[0].span == columns and len(table.rows) > 1):
            kept.add(number)
    return kept
