"""Which lines of a sheet of segments stand behind which figure of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coding.reports.grid import Grid
from coding.reports.tables import Table, TableCell


@dataclass(frozen=True, slots=True)
class Behind:
    """`lines` are (row, column, guid) below the head of the sheet, those of one figure together; those of a dimension
    hold those of its indicators, each together. `links` give the row of the sheet where a figure's lines begin."""

    lines: tuple[tuple[int, int, str], ...]
    links: dict[tuple[int, int], int]


def behind(table: Table, shown: Grid, known: Collection[str]) -> Behind:
    """What stands behind the figures of `table`; guids that are not `known` are left out."""
    lines: list[tuple[int, int, str]] = []
    links: dict[tuple[int, int], int] = {}
    for rows in _families(table, shown.rows):
        begun: dict[tuple[tuple[str, ...], ...], int] = {}
        for column in range(len(shown.heads)):
            guids = tuple(tuple(g for g in shown.rows[row][column].segments if g in known) for row in rows)
            if not any(guids):
                continue
            if guids in begun:  # three figures of one and the same segments
                links |= {(row, column): links[row, begun[guids]] for row, own in zip(rows, guids, strict=True) if own}
                continue
            begun[guids] = column
            _place(lines, links, rows, column, guids)
    return Behind(tuple(lines), links)


def _place(
    lines: list[tuple[int, int, str]],
    links: dict[tuple[int, int], int],
    rows: Sequence[int],
    column: int,
    guids: Sequence[Sequence[str]],
) -> None:
    """The lines of one column of a dimension: those of its indicators one after the other, then what is its own."""
    placed: dict[str, int] = {}
    start = len(lines) + 2
    for row, own in (*zip(rows[1:], guids[1:], strict=True), (rows[0], guids[0])):
        for guid in own:
            if guid not in placed:
                placed[guid] = len(lines) + 2
                lines.append((row, column, guid))
        if own:
            links[row, column] = start if row == rows[0] else placed[own[0]]


def _families(table: Table, rows: Sequence[Sequence[TableCell]]) -> Iterator[list[int]]:
    """Each row that is not indented, with those below it that are."""
    family: list[int] = []
    for number, row in enumerate(rows):
        label = row[min(table.lead, len(row)) - 1]
        if family and not label.indent:
            yield family
            family = []
        family.append(number)
    if family:
        yield family
