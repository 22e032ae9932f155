"""Findings per dimension: a verdict that says what the numbers say, then what each voice says, with its quotation."""

from __future__ import annotations

from coding.analysis.results import Matrix, Row
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.matrix_table import Triangulation, both_levels, exemplars
from coding.reports.options import ReportItem
from coding.reports.tables import (
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    cell,
    head,
    needed,
    plain,
    with_reference,
)
from coding.reports.verdicts import coverage, in_brief, judgement, judgements, status_cell, verdict
from coding.reports.wording import voices_shown


def finding_blocks(desk: Desk, found: Triangulation) -> list[Block]:
    """The findings of one framework, from its source matrix by informant.

    A summary table, then a heading for each dimension; dimensions without evidence say so.
    """
    words, matrix = desk.words, found.matrix
    title = words.t("Findings by {framework}", framework=matrix.framework_label.in_(words.language))
    table = _summary(desk, matrix, title)
    introduction = words.t(
        "{table} sums up the findings on each dimension; the statements they rest on follow it.", table=REFERENCE
    )
    dimensions = (
        Narrative(row.label.in_(words.language), _dimension(desk, found, row), level=2) for row in matrix.rows
    )
    return [Narrative(title, (Paragraph(with_reference(introduction, table.key)),)), table, *dimensions]


def _summary(desk: Desk, matrix: Matrix, title: str) -> Table:
    words = desk.words
    lines = []
    for number, row in enumerate(matrix.rows, 1):
        own = desk.finding(matrix, row)
        lines.append(
            (
                cell(words.number(number), align="center"),
                cell(row.label.in_(words.language)),
                cell(own or in_brief(desk, matrix, row)),
                cell(coverage(words, row), align="center"),
                status_cell(words, row),
            )
        )
    heads = (
        head("No"),
        head(words.t("Dimension")),
        head(words.t("Finding")),
        head(words.t("Coverage")),
        head(words.t("Status")),
    )
    label = needed((row.label.in_(words.language) for row in matrix.rows), 2.2, 3.6)
    return Table(
        "findings",
        f"findings.{matrix.framework}",
        title,
        (heads,),
        tuple(lines),
        (0.9, label, round(PORTRAIT_TEXT - 4.9 - label, 2), 1.9, 2.1),
        desk.source_line,
        (*judgements(desk, matrix.rows), *desk.notices(matrix.notices)),
    )


def _dimension(desk: Desk, found: Triangulation, row: Row) -> tuple[Paragraph, ...]:
    """The verdict on a dimension, then for each voice what it says and the cell's exemplar in full."""
    opening = [verdict(desk, found.matrix, row), judgement(desk, row)]
    if own := desk.finding(found.matrix, row):
        opening.insert(0, own)
    paragraphs = [plain(" ".join(sentence for sentence in opening if sentence))]
    paragraphs += [
        plain(f"{below.label.in_(desk.words.language)}: {own}")
        for below in found.below(row)
        if (own := desk.finding(found.matrix, below))
    ]
    speaking = [index for index, c in enumerate(row.cells) if c.stance != "silent"]
    if desk.options.sort == "evidence":
        speaking.sort(key=lambda index: -row.cells[index].passages)
    for index in speaking:
        paragraphs += _voice(desk, found, row, index)
    return tuple(paragraphs)


def _voice(desk: Desk, found: Triangulation, row: Row, index: int) -> list[Paragraph]:
    c = row.cells[index]
    written = (desk.finding(found.matrix, r, c) for r in (row, *found.below(row)))
    own = [finding for finding in written if finding]
    sentence = " ".join(own) or _stance_sentence(desk, found, row, index)
    quotes = desk.quotes(c.exemplars, c.column, width=desk.options.quote_length)
    if quotes:
        sentence += " " + _bridge(desk, found.matrix, index, len(quotes))
    return [plain(sentence), *quotes]


def _stance_sentence(desk: Desk, found: Triangulation, row: Row, index: int) -> str:
    """What a cell's stance and counts say: `The evidence from AS is supporting (4 passages: Clarity; Transmission).`"""
    words, c = desk.words, row.cells[index]
    passages = words.n("{count} passage", "{count} passages", count=c.passages)
    if indicators := _indicators(desk, found, row, index):
        passages += ": " + "; ".join(indicators)
    if shown := voices_shown(words, c):
        passages += f"; {shown}"
    params = {"who": desk.column(found.matrix, index), "passages": passages}
    if c.stance == "supporting":
        return words.t("The evidence from {who} is supporting ({passages}).", **params)
    if c.stance == "inhibiting":
        return words.t("The evidence from {who} is inhibiting ({passages}).", **params)
    if c.stance == "neutral":
        return words.t("The evidence from {who} has no direction ({passages}).", **params)
    if len(c.split) != 1:
        return words.t("The evidence from {who} is mixed ({passages}).", **params)
    return words.t(
        "The evidence from {who} is mixed ({passages}): {supporting} supporting and {inhibiting} inhibiting.",
        supporting=c.split[0].supporting,
        inhibiting=c.split[0].inhibiting,
        **params,
    )


def _indicators(desk: Desk, found: Triangulation, row: Row, index: int) -> list[str]:
    """The indicators of the dimension on which this column speaks."""
    return [
        below.label.in_(desk.words.language)
        for below in found.below(row)
        if below.part == "indicator" and below.cells[index].passages
    ]


def _bridge(desk: Desk, matrix: Matrix, index: int, count: int) -> str:
    """The half sentence that leads from a finding to its quotations."""
    words, who = desk.words, desk.column(matrix, index)
    if matrix.columns[index].of == "sources":
        return words.n(
            "This accords with the following record:", "This accords with the following records:", count=count
        )
    return words.n(
        "This accords with the following statement by {who}:",
        "This accords with the following statements by {who}:",
        count=count,
        who=who,
    )


def _gather(results: Results, item: ReportItem) -> list[Triangulation]:
    return [both_levels(results, item, key, "source", "informant") for key in results.frameworks(item)]


MAKER = Maker("findings", _gather, finding_blocks, exemplars, lambda part: part.matrices)
