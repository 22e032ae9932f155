"""Codes against what informants and sources have in common, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from coding.analysis.crosstab import OF_SOURCES, crosstab, crosstab_choices, crosstab_guids
from coding.analysis.results import Label, Level
from coding.analysis.results_counts import COUNT_UNITS, CountUnit, Crosstab
from coding.reports.count_tables import (
    code_cells,
    fitted,
    nothing_row,
    number_cell,
    share_cell,
    with_chart,
)
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import REFERENCE, Block, Paragraph, Table, TableCell, cell, head, plain
from coding.words import Words

NAME = "crosstab"
USUAL = ("category", "group", "role", "informant")
"""What stands in the columns unless the part says otherwise: the first of these that the study has."""


Behind = Mapping[tuple[int | None, int | None], tuple[str, ...]]
"""The segments behind each number, by row and column, None for the totals."""


def crosstab_blocks(desk: Desk, found: Crosstab, shown: str = "counts", behind: Behind | None = None) -> list[Block]:
    """Counts by code and column with both totals; with `shown` `rows` or `columns` as shares of their totals."""
    words = desk.words
    known = behind or {}

    def printed(row: int | None, column: int | None) -> TableCell:
        total, segments = row is None or column is None, known.get((row, column), ())
        if shown not in ("rows", "columns"):
            return number_cell(words, found.count(row, column), bold=total, segments=segments)
        share = found.row_share(row, column) if shown == "rows" else found.column_share(row, column)
        return share_cell(words, share or None, bold=total, segments=segments if share else ())

    names = [_column(desk, found, at) for at in range(len(found.columns))]
    unit = _counted(words, found.unit, shown)
    title = words.t("Codes by {columns}", columns=_said(desk, found.by))
    # “by” stands in the title already
    label = desk.material.frameworks.get(found.framework or "")
    caption = f"{title} ({label.in_(words.language)})" if label is not None else title
    columns = range(len(found.columns))
    nested = any(line.part == "dimension" for line in found.rows)
    lines: list[tuple[TableCell, ...]] = [
        (
            *code_cells(words, line, at + 1, nested=nested),
            *(printed(at, column) for column in (*columns, None)),
        )
        for at, line in enumerate(found.rows)
    ]
    totals = (
        cell(""), cell(words.t("Total"), bold=True),
        *(printed(None, column) for column in (*columns, None)),
    )  # fmt: skip
    shown_rows = (*lines, totals) if found.total else (nothing_row(words, len(names) + 3),)
    heads = (words.t("Code"), *names, words.t("Total"))
    widths, turned = fitted(heads, shown_rows)
    table = Table(
        NAME,
        f"{NAME}.{found.framework or 'all'}.{found.by}" + (f".{shown}" if shown in ("rows", "columns") else ""),
        f"{caption}: {unit}",
        ((head("No"), *map(head, heads)),),
        shown_rows,
        widths,
        desk.source_line,
        (*_shares_of(words, shown), *desk.notices(found.notices)),
        landscape=turned,
        tail=1,
    )
    sentence = words.t("{table} breaks the codes down by {columns}.", table=REFERENCE, columns=_said(desk, found.by))
    return with_chart(desk, table, sentence, None, table.caption)


def _counted(words: Words, unit: CountUnit, shown: str) -> str:
    """What the figures are, as a caption goes on."""
    if shown == "rows":
        return {
            "segments": words.t("percentage of coded segments by row"),
            "informants": words.t("percentage of informants by row"),
            "words": words.t("percentage of words by row"),
        }[unit]
    if shown == "columns":
        return {
            "segments": words.t("percentage of coded segments by column"),
            "informants": words.t("percentage of informants by column"),
            "words": words.t("percentage of words by column"),
        }[unit]
    counted = {
        "segments": words.t("Number of coded segments"),
        "informants": words.t("Number of informants"),
        "words": words.t("Number of words"),
    }[unit]
    return counted[:1].lower() + counted[1:]


def _shares_of(words: Words, shown: str) -> tuple[Paragraph, ...]:
    """What the percentages are of."""
    if shown == "rows":
        return (plain(words.t("Percentages are of the total of the row.")),)
    return (plain(words.t("Percentages are of the total of the column.")),) if shown == "columns" else ()


def _column(desk: Desk, found: Crosstab, at: int) -> str:
    column = found.columns[at]
    if found.by == "informant" and column.key is not None and column.of == "informants":
        return desk.naming.voice(column.key)
    return desk.naming.text(column.label.in_(desk.words.language))


def _said(desk: Desk, by: str) -> str:
    """What stands in the columns, in words, in the middle of a sentence."""
    from coding.analysis.columns import FIELDS

    label = {**FIELDS, **OF_SOURCES, "informant": Label("Informan", "Informant")}.get(by)
    return label.in_(desk.words.language).lower() if label is not None else by


def _gather(results: Results, item: ReportItem) -> list[tuple[Crosstab, str, Behind]]:
    known = [key for key, _ in crosstab_choices(results.project)]
    usual = next(key for key in USUAL if key in known)
    asked = item.settings.get("columns")
    by = str(asked) if asked else usual
    level: Level = "indicator" if item.settings.get("level") == "indicator" else "dimension"
    unit: CountUnit = next((one for one in COUNT_UNITS if one == item.settings.get("unit")), "segments")
    made = [(crosstab(results.project, by, key, level, unit), key) for key in results.frameworks(item)]
    shown = str(item.settings.get("shown"))
    return [
        (one, shown, crosstab_guids(results.project, by, key, level))
        for one, key in made
        if one.total or item.name in results.asked
    ]


MAKER = Maker(NAME, _gather, lambda desk, part: crosstab_blocks(desk, *part))
