"""What tables of counts share: heads, rows of codes, figures that know what they stand on, a chart beneath."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from coding.analysis.results import Label
from coding.analysis.results_counts import CodeLine
from coding.reports.charts import line_name
from coding.reports.desk import Desk
from coding.reports.drawing import ChartSpec, drawn
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Figure,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    Value,
    cell,
    needed,
    plain,
    with_reference,
)
from coding.words import Words

NUMBER, CODE, FIGURE = 1.0, 4.2, 1.75
"""Centimetres: the columns No and code, and a column of figures."""
_LEAST_CODE = 2.6
NOTHING = "–"


def counted_widths(heads: Sequence[str]) -> tuple[tuple[float, ...], bool]:
    """Widths in centimetres of a table with a number, a code, and a column under each of these heads, so that no head
    breaks within a word; and whether that takes a page on its side."""
    columns = [needed([text], 1.1, 3.0) for text in heads]
    turned = sum(columns) > PORTRAIT_TEXT - NUMBER - _LEAST_CODE
    text = LANDSCAPE_TEXT if turned else PORTRAIT_TEXT
    columns = [round(width * min(1.0, (text - NUMBER - _LEAST_CODE) / sum(columns)), 2) for width in columns]
    return (NUMBER, round(text - NUMBER - sum(columns), 2), *columns), turned


def number_cell(words: Words, value: int, *, bold: bool = False, segments: tuple[str, ...] = ()) -> TableCell:
    """A count, a dash for none."""
    text = words.number(value) if value else NOTHING
    return cell(text, bold=bold, align="center", value=Value(value), segments=segments)


def share_cell(
    words: Words, value: Fraction | None, *, bold: bool = False, segments: tuple[str, ...] = ()
) -> TableCell:
    """A fraction as a percentage with one decimal; a dash where it is 0/0."""
    if value is None:
        return cell(NOTHING, bold=bold, align="center")
    shown = Value(value, percent=True, decimals=1)
    return cell(words.percent(value, 1), bold=bold, align="center", value=shown, segments=segments)


def figure_cell(
    words: Words, value: Fraction | None, *, bold: bool = False, segments: tuple[str, ...] = ()
) -> TableCell:
    """A coefficient with two decimals; a dash where it is 0/0."""
    if value is None:
        return cell(NOTHING, bold=bold, align="center")
    shown = Value(value, decimals=2)
    return cell(words.number(value, 2), bold=bold, align="center", value=shown, segments=segments)


def code_cells(words: Words, line: CodeLine, number: int) -> tuple[TableCell, TableCell]:
    """Number and name of a row; dimensions and open codes stand out."""
    top = line.part in ("dimension", "open")
    name = line.label.in_(words.language) if line.part == "indicator" else line_name(line, words)
    return cell(words.number(number), align="center"), cell(name, bold=top, indent=0 if top else 1)


def named(desk: Desk, title: str, framework: str | None) -> str:
    """The title with the framework it is about, where it is about one."""
    label = desk.material.frameworks.get(framework or "") or (Label(framework, framework) if framework else None)
    if label is None:
        return title
    return desk.words.t("{title} by {framework}", title=title, framework=label.in_(desk.words.language))


def with_chart(
    desk: Desk, table: Table, sentence: str, spec: ChartSpec | None, caption: str, notes: Sequence[Paragraph] = ()
) -> list[Block]:
    """A heading, the sentence that names the table (as `REFERENCE`), the table, and the chart where there is one."""
    runs = with_reference(sentence, table.key)
    blocks: list[Block] = []
    if spec is not None:
        key = f"{table.key}.chart"
        runs = (*runs, *with_reference(" " + desk.words.t("{figure} shows it.", figure=REFERENCE), key))
        made = drawn(spec)
        alt = f"{caption}. {spec.spoken}"
        blocks = [
            Figure(table.name, key, caption, made.png, made.width, made.height, desk.naming.text(alt), desk.source_line,
                   landscape=table.landscape)
        ]  # fmt: skip
    return [Narrative(table.caption, (Paragraph(runs), *notes), landscape=table.landscape), table, *blocks]


def nothing_row(words: Words, span: int) -> tuple[TableCell, ...]:
    """The one row of a table that has nothing to show."""
    return (cell(plain(words.t("no evidence yet"), italic=True), span=span, align="center"),)
