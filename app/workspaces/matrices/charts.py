"""The charts that the tabs of Matrices can be saved as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.context import Context
from app.models import matrix_words
from app.models.matrix_data import MatrixData
from app.workspaces.matrices.tab import Chart
from coding.analysis.results import Level
from coding.project import Reader
from coding.reports.drawing import ChartSpec
from coding.words import Words


def matrix_charts(ctx: Context, data: MatrixData, level: Level) -> Sequence[Chart]:
    """Of a matrix: who says how much on what, and how much is for and against each dimension."""
    from coding.reports.charts import dimension_spec, matrix_spec

    matrix = data.matrix if level == "dimension" else data.indicators
    top = data.matrix
    assert matrix is not None
    assert top is not None
    words, choice = ctx.words, data.choice
    names = tuple(matrix_words.column_name(ctx, column) for column in matrix.columns)
    framework = top.framework_label.in_(ctx.language)

    def ring(reader: Reader) -> ChartSpec | None:
        from coding.analysis.factors import summarise

        summary = summarise(reader, choice.framework, "dimension", choice.evidence)
        return dimension_spec(summary, words, [row.code for row in top.rows])

    heat = ctx.t("{framework}: rows and columns", framework=framework)
    rings = ctx.t("{framework}: for and against each dimension", framework=framework)
    return [Chart(heat, lambda _reader: matrix_spec(matrix, words, names)), Chart(rings, ring)]


def count_chart(ctx: Context, name: str, made: Callable[[Any, Words], ChartSpec | None], result: Any) -> list[Chart]:
    """The one chart of a count."""
    words = ctx.words
    return [Chart(name, lambda _reader: made(result, words))]
