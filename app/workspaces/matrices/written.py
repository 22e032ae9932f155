"""What the analyst writes beside a triangulation matrix: findings on rows and cells, judgements on rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models.matrix_data import MatrixData
from app.models.matrix_evidence import Door
from app.workspaces.matrices import doors
from app.workspaces.matrices.judgement import JudgementDialog
from coding.analysis.results import Status
from coding.errors import mark

if TYPE_CHECKING:
    from coding.project import Operation


def write_finding(ctx: Context, data: MatrixData | None, door: Door, text: str) -> None:
    """Keep the finding on what is behind `door`; an empty text removes it."""
    target = doors.target(data, door)
    if target is None or ctx.project is None:
        return
    matrix, row, cell = target

    def write(op: Operation) -> None:
        from coding.analysis.judging import write_finding as keep

        keep(op, matrix, row, text, cell)

    ctx.operate(mark("Write a finding"), write)


def ask_judgement(ctx: Context, window: QWidget, data: MatrixData | None, door: Door) -> None:
    """Ask for the analyst's judgement on a row."""
    target = doors.target(data, door)
    if target is None:
        return
    matrix, row, _ = target

    def decided(status: Status, reason: str) -> None:
        def write(op: Operation) -> None:
            from coding.analysis.judging import judge

            judge(op, matrix, row, status, reason)

        ctx.operate(mark("Judge a row"), write)

    JudgementDialog(ctx, window, doors.row_name(ctx, data, row), row.status, row.judgement, decided).open()


def remove_judgement(ctx: Context, data: MatrixData | None, door: Door) -> None:
    """Take the analyst's judgement on a row away."""
    target = doors.target(data, door)
    if target is None:
        return
    matrix, row, _ = target

    def write(op: Operation) -> None:
        from coding.analysis.judging import unjudge

        unjudge(op, matrix, row)

    ctx.operate(mark("Remove a judgement"), write)
