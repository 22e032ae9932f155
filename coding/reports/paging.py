"""Tables that are wider than a page, in parts that each fit: for the formats that have pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from coding.reports.tables import LANDSCAPE_TEXT, PORTRAIT_TEXT, Block, Contents, Narrative, Table, TableCell

_SLACK = 0.05
_MOST_MORE = 1.2
"""Centimetres by which a column of a part is widened at most."""


def paged(blocks: Sequence[Block]) -> list[Block]:
    """`blocks`, each table in as many parts as it needs to fit on pages; the first has its key, the rest continue it.

    A part has the table's first `lead` and last `tail` columns and an even share of those between. A portrait table
    that is too wide is turned. Notes stand below the last part. The heading of the chapter stands in the place of the
    title, behind the lists, on the page of what it heads.
    """
    parts: list[Block] = [
        part for block in blocks for part in (_parts(_on_paper(block)) if isinstance(block, Table) else [block])
    ]
    if not parts or not isinstance(title := parts[0], Narrative) or title.level or title.paragraphs:
        return parts
    lists = [block for block in parts[1:] if isinstance(block, Contents)]
    rest = [block for block in parts[1:] if not isinstance(block, Contents)]
    if title.chapter is not None:
        title = replace(title, heading=title.chapter.heading, opens=True)
    heads = rest if title.opens else parts[1:]
    title = replace(title, landscape=heads[0].landscape if heads else title.landscape)
    return [*lists, title, *rest] if title.opens else [title, *heads]


def _on_paper(table: Table) -> Table:
    if table.paper is None:
        return table
    return replace(table.paper(), key=table.key, origin=table.origin, continues=table.continues)


def _parts(table: Table) -> list[Block]:
    if sum(table.widths) <= _room(table) + _SLACK:
        return [table]
    table = replace(table, landscape=True)
    room, widths = _room(table), table.widths
    if sum(widths) <= room + _SLACK:
        return [table]
    lead, tail = min(table.lead, len(widths) - 1), table.tail
    between = range(lead, len(widths) - tail)
    fixed = sum(widths[:lead]) + sum(widths[len(widths) - tail :])
    chunks = _even(between, widths, room - fixed)
    parts: list[Block] = []
    for number, chunk in enumerate(chunks):
        columns = [*range(lead), *chunk, *range(len(widths) - tail, len(widths))]
        parts.append(
            replace(
                table,
                key=f"{table.key}.{number + 1}" if number else table.key,
                heads=_rows_of(table.heads, columns, len(widths)),
                rows=_rows_of(table.rows, columns, len(widths)),
                widths=_spread([widths[column] for column in columns], lead, len(chunk), room),
                notes=table.notes if number == len(chunks) - 1 else (),
                continues=(table.continues or table.key) if number else table.continues,
            )
        )
    return parts


def _room(table: Table) -> float:
    return LANDSCAPE_TEXT if table.landscape else PORTRAIT_TEXT


def _even(columns: range, widths: Sequence[float], room: float) -> list[range]:
    """As few even runs of `columns` as fit into `room`; one column that is too wide is a run of its own."""
    for count in range(2, len(columns) + 1):
        size, larger = divmod(len(columns), count)
        edges = accumulate((size + (index < larger) for index in range(count)), initial=columns.start)
        chunks = [range(start, end) for start, end in pairwise(edges)]
        if all(sum(widths[column] for column in chunk) <= room + _SLACK for chunk in chunks):
            return chunks
    return [range(column, column + 1) for column in columns]


def _spread(widths: list[float], lead: int, between: int, room: float) -> tuple[float, ...]:
    """`widths` with what a part leaves of the page given to its own columns, or scaled down to fit."""
    left = room - sum(widths)
    if left < 0:
        return tuple(width * room / sum(widths) for width in widths)
    more = min(left / max(1, between), _MOST_MORE)
    return tuple(width + (more if lead <= index < lead + between else 0) for index, width in enumerate(widths))


def _rows_of(
    rows: Sequence[tuple[TableCell, ...]], columns: Sequence[int], width: int
) -> tuple[tuple[TableCell, ...], ...]:
    """Each row with these columns of the grid alone; a cell over several spans what is left of it."""
    chosen = set(columns)
    kept: list[tuple[TableCell, ...]] = []
    free = [0] * width  # rows for which a place is still taken by a cell from above
    for row in rows:
        at, cells = 0, []
        for one in row:
            while at < width and free[at]:
                at += 1
            span = sum(place in chosen for place in range(at, at + one.span))
            for place in range(at, min(at + one.span, width)):
                free[place] = one.deep
            if span:
                cells.append(one if span == one.span else replace(one, span=span))
            at += one.span
        free = [max(0, left - 1) for left in free]
        kept.append(tuple(cells))
    return tuple(kept)
