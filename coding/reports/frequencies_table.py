"""How often each code was put, as a table and a chart."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from coding.analysis.frequencies import frequencies, frequency_guids
from coding.analysis.results_counts import Frequencies, Frequency
from coding.reports.charts import frequency_spec
from coding.reports.count_tables import (
    code_cells,
    fitted,
    named,
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

NAME = "frequencies"
_ENOUGH = 3
"""With so many dimensions the chart compares them alone: a dimension beside its own indicators says little."""


Behind = Mapping[tuple[str, str] | None, tuple[str, ...]]
"""The segments behind each row, and (None) behind all of them."""


def frequency_blocks(desk: Desk, found: Frequencies, behind: Behind | None = None) -> list[Block]:
    """Codes with segments, passages, informants, words and the share of all segments."""
    words, behind = desk.words, behind or {}
    caption = named(desk, words.t("Frequency of codes"), found.framework)
    heads = ("Code", "Segments", "Share", "Passages", "Informants", "Words")
    rows = [row for row in found.rows if row.segments or row.code.part in ("dimension", "open")]
    lines = [_row(words, row, number, behind.get(row.code.key, ())) for number, row in enumerate(rows, 1)]
    totals = [
        number_cell(words, count, bold=True, segments=behind.get(None, ()))
        for count in (found.segments, found.informants, found.words)
    ]
    total = (
        cell(""),
        cell(words.t("Total"), bold=True),
        totals[0],
        share_cell(words, Fraction(1), bold=True, segments=behind.get(None, ())),
        cell(""),
        *totals[1:],
    )
    rows_shown = (*lines, total) if found.segments else (nothing_row(words, 7),)
    texts = [words.t(text) for text in heads]
    widths, turned = fitted(texts, rows_shown)
    table = Table(
        NAME,
        f"{NAME}.{found.framework or 'all'}",
        caption,
        ((head("No"), *map(head, texts)),),
        rows_shown,
        widths,
        desk.source_line,
        _notes(desk, found),
        landscape=turned,
    )
    sentence = words.t("{table} counts how often each code was put.", table=REFERENCE)
    upper = sum(row.code.part == "dimension" and row.segments > 0 for row in found.rows) >= _ENOUGH
    chart = named(desk, words.t("Coded segments by dimension"), found.framework) if upper else caption
    return with_chart(desk, table, sentence, frequency_spec(found, words, upper=upper), chart)


def _notes(desk: Desk, found: Frequencies) -> tuple[Paragraph, ...]:
    """What the shares are of, and why the rows do not add up to the total."""
    words = desk.words
    if not found.segments:
        return desk.notices(found.notices)
    parts = [
        words.n(
            "Shares are of the {count} coded segment counted.",
            "Shares are of the {count} coded segments counted.",
            count=found.segments,
        )
    ]
    if any(row.code.part == "indicator" for row in found.rows):
        parts.append(words.t("A dimension includes its indicators."))
    parts.append(words.t("Informants and words are counted once in the total."))
    return (plain(" ".join(parts)),)


def _row(words: Words, row: Frequency, number: int, behind: tuple[str, ...]) -> tuple[TableCell, ...]:
    counts = (row.passages, row.informants, row.words)
    return (
        *code_cells(words, row.code, number),
        number_cell(words, row.segments, segments=behind),
        share_cell(words, row.share, segments=behind) if row.share else number_cell(words, 0),
        *(number_cell(words, count, segments=behind) for count in counts),
    )


def _gather(results: Results, item: ReportItem) -> list[tuple[Frequencies, Behind]]:
    project = results.project
    made = [(frequencies(project, key), key) for key in results.frameworks(item)]
    return [(one, frequency_guids(project, key)) for one, key in made if one.segments or item.name in results.asked]


MAKER = Maker(NAME, _gather, lambda desk, part: frequency_blocks(desk, *part))
