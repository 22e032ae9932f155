"""What stands behind the numbers of a triangulation matrix, in words and in segments."""

from __future__ import annotations

from collections.abc import Iterable

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_data import MatrixData
from app.models.matrix_evidence import Door, Opened, Written
from coding.analysis.results import Cell, Matrix, Row


def opened(ctx: Context, data: MatrixData, door: Door) -> Opened | None:
    """What stands behind `door` in `data`; None when it is gone."""
    if data.matrix is None:
        return None
    number = _column(data.matrix, door)
    if door.about == "column":
        return _opened_column(ctx, data.matrix, number, door) if number is not None else None
    row = data.row(door.code, door.part)
    if row is None or (door.about == "cell" and number is None):
        return None
    if number is None:
        return _opened_row(ctx, data, row, door)
    return _opened_cell(ctx, data, row, number, door)


def target(data: MatrixData | None, door: Door) -> tuple[Matrix, Row, Cell | None] | None:
    """The matrix, row and cell (None for the row itself) behind a door of a cell or a row; None when they are gone."""
    row = data.row(door.code, door.part) if data is not None else None
    if data is None or row is None:
        return None
    matrix = data.matrix_of(row)
    if door.place is None:
        return matrix, row, None
    number = _column(matrix, door)
    return (matrix, row, row.cells[number]) if number is not None else None


def row_name(ctx: Context, data: MatrixData | None, row: Row) -> str:
    """A row's label; where it has none of its own, after its dimension's."""
    name = words.in_words(ctx, row.label)
    if row.part not in ("no_indicator", "topic") or data is None or row.parent is None:
        return name
    parts = ("dimension",) if row.part == "no_indicator" else ("indicator", "no_indicator", "dimension")
    top = next((one for part in parts if (one := data.row(row.parent, part)) is not None), None)
    return f"{words.in_words(ctx, top.label)} · {name}" if top is not None else name


def _column(matrix: Matrix, door: Door) -> int | None:
    keys = [column.key or "" for column in matrix.columns]
    return keys.index(door.place) if door.place is not None and door.place in keys else None


def _opened_cell(ctx: Context, data: MatrixData, row: Row, number: int, door: Door) -> Opened:
    matrix, cell = data.matrix_of(row), row.cells[number]
    if cell.segments:
        said = words.number_explained(ctx, cell)
    else:
        said = ctx.t("Nothing from here has been tagged with it.")
    return Opened(
        door=door,
        heading=f"{row_name(ctx, data, row)} · {words.column_name(ctx, matrix.columns[number])}",
        number=said,
        why=words.why(ctx, matrix, row),
        guids=cell.segment_ids,
        voices=cell.split,
        finding=_written(data, row, cell) if row.topic is None else None,
    )


def _opened_row(ctx: Context, data: MatrixData, row: Row, door: Door) -> Opened:
    guids = _distinct(row.cells)
    mapped = f"\n{said}" if (said := words.mapped(ctx, data.links.get(row.code_guid, ()))) else ""
    return Opened(
        door=door,
        heading=row_name(ctx, data, row),
        number=f"{words.segments_explained(ctx, len(guids))} · {words.coverage_spoken(ctx, row)}{mapped}",
        why=words.why(ctx, data.matrix_of(row), row),
        guids=guids,
        finding=_written(data, row, None) if row.topic is None else None,
        judgeable=row.topic is None,
        judgement=row.judgement,
    )


def _opened_column(ctx: Context, matrix: Matrix, number: int, door: Door) -> Opened:
    column = matrix.columns[number]
    guids = _distinct(row.cells[number] for row in matrix.rows)
    parts = [words.segments_explained(ctx, len(guids)), words.members(ctx, column)]
    heading = words.column_name(ctx, column)
    return Opened(door, heading, " · ".join(part for part in parts if part), None, guids)


def _written(data: MatrixData, row: Row, cell: Cell | None) -> Written:
    found = data.finding(row, cell)
    return Written(found.text, found.stale) if found is not None else Written()


def _distinct(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(guid for cell in cells for guid in cell.segment_ids))
