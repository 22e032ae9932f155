"""How often each code was put, as a table and a chart."""

from __future__ import annotations

from coding.analysis.frequencies import frequencies
from coding.analysis.results_counts import Frequencies, Frequency
from coding.reports.charts import frequency_spec
from coding.reports.count_tables import (
    code_cells,
    counted_widths,
    named,
    nothing_row,
    number_cell,
    share_cell,
    with_chart,
)
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import REFERENCE, Block, Table, TableCell, cell, head
from coding.words import Words

NAME = "frequencies"


def frequency_blocks(desk: Desk, found: Frequencies) -> list[Block]:
    """Codes with segments, passages, informants, words and the share of all segments."""
    words = desk.words
    caption = named(desk, words.t("Frequency of codes"), found.framework)
    heads = ("Code", "Segments", "Share", "Passages", "Informants", "Words")
    rows = [row for row in found.rows if row.segments or row.code.part in ("dimension", "open")]
    lines = [_row(words, row, number) for number, row in enumerate(rows, 1)]
    total = (
        cell(""), cell(words.t("Total"), bold=True), number_cell(words, found.segments, bold=True), cell(""), cell(""),
        number_cell(words, found.informants, bold=True), number_cell(words, found.words, bold=True),
    )  # fmt: skip
    table = Table(
        NAME,
        f"{NAME}.{found.framework or 'all'}",
        caption,
        ((head("No"), *(head(words.t(text)) for text in heads)),),
        (*lines, total) if found.segments else (nothing_row(words, 7),),
        counted_widths([words.t(text) for text in heads[1:]])[0],
        desk.source_line,
        desk.notices(found.notices),
    )
    sentence = words.t("{table} counts how often each code was put.", table=REFERENCE)
    return with_chart(desk, table, sentence, frequency_spec(found, words), caption)


def _row(words: Words, row: Frequency, number: int) -> tuple[TableCell, ...]:
    counts = (row.passages, row.informants, row.words)
    return (
        *code_cells(words, row.code, number),
        number_cell(words, row.segments),
        share_cell(words, row.share),
        *(number_cell(words, count) for count in counts),
    )


def _gather(results: Results, item: ReportItem) -> list[Frequencies]:
    made = [frequencies(results.project, key) for key in results.frameworks(item)]
    return [one for one in made if one.segments or item.name in results.asked]


MAKER = Maker(NAME, _gather, frequency_blocks)
