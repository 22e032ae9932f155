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
    EDGES,
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
    text_width,
    with_reference,
)
from coding.words import Words

NUMBER = 0.9
"""Centimetres of the column No."""
_CODE, _FIGURE = (2.2, 4.6), (0.67, 3.0)
"""Centimetres that the longest word of a code, and of the head of a column of figures, may take: least and most."""
_STEP = 0.4
NOTHING = "–"


def fitted(heads: Sequence[str], rows: Sequence[Sequence[TableCell]]) -> tuple[tuple[float, ...], bool]:
    """Widths in centimetres of a table with a number, a code, and a column of figures under each further one of
    `heads` (without “No”), so that neither head nor name breaks within a word; and whether that takes a page on its
    side. A table that is too wide for that, too, goes on over pages."""
    plain_rows = [row for row in rows if len(row) == len(heads) + 1]
    codes = [row[1] for row in plain_rows]
    names = [heads[0], *(one.text for one in codes)]
    steps = _STEP * max((one.indent for one in codes), default=0)
    code = needed(names, *_CODE) + steps
    figures = [
        max([needed([text], *_FIGURE), *(round(text_width(row[at].text) + EDGES, 2) for row in plain_rows)])
        for at, text in enumerate(heads[1:], 2)
    ]
    total = NUMBER + code + sum(figures)
    turned = total > PORTRAIT_TEXT + 0.05
    left = (LANDSCAPE_TEXT if turned else PORTRAIT_TEXT) - total
    if left > 0:
        # names on one line first, then the rest to all alike
        more = min(left, max(0.0, max(map(text_width, names)) + steps + EDGES - code))
        share = (left - more) / (len(figures) + 1)
        code, figures = code + more + share, [width + share for width in figures]
    return (NUMBER, round(code, 2), *(round(width, 2) for width in figures)), turned


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


def code_cells(words: Words, line: CodeLine, number: int, *, nested: bool = True) -> tuple[TableCell, TableCell]:
    """Number and name of a row; dimensions and open codes stand out where what belongs to them is `nested` below."""
    top = line.part in ("dimension", "open")
    name = line.label.in_(words.language) if line.part == "indicator" else line_name(line, words)
    return cell(words.number(number), align="center"), cell(name, bold=top, indent=0 if top or not nested else 1)


def named(desk: Desk, title: str, framework: str | None) -> str:
    """The title with the framework it is about, where it is about one."""
    label = desk.material.frameworks.get(framework or "") or (Label(framework, framework) if framework else None)
    if label is None:
        return title
    return desk.words.t("{title}, {framework}", title=title, framework=label.in_(desk.words.language))


def with_chart(
    desk: Desk, table: Table, sentence: str, spec: ChartSpec | None, caption: str, notes: Sequence[Paragraph] = ()
) -> list[Block]:
    """A heading, the sentence that names the table (as `REFERENCE`), the table, and the chart where there is one, on an
    upright page, which has the room that its letters need."""
    runs = with_reference(sentence, table.key)
    blocks: list[Block] = []
    if spec is not None:
        key = f"{table.key}.chart"
        runs = (*runs, *with_reference(" " + desk.words.t("{figure} shows it.", figure=REFERENCE), key))
        made = drawn(spec)
        alt = f"{caption}. {spec.spoken}"
        blocks = [
            Figure(table.name, key, caption, made.png, made.width, made.height, desk.naming.text(alt), desk.source_line)
        ]
    return [Narrative(table.caption, (Paragraph(runs), *notes), landscape=table.landscape), table, *blocks]


def nothing_row(words: Words, span: int) -> tuple[TableCell, ...]:
    """The one row of a table that has nothing to show."""
    return (cell(plain(words.t("no evidence yet"), italic=True), span=span, align="center"),)
