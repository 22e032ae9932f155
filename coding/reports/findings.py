"""Findings per dimension: a verdict that says what the numbers say, then what each voice says, with its quotation."""

from __future__ import annotations

from collections.abc import Mapping

from coding.analysis.results import Cell, Matrix, Row, Stance
from coding.analysis.wording import stance_word
from coding.errors import mark
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
from coding.reports.verdicts import (
    compared,
    coverage_cell,
    in_brief,
    judgement,
    judgements,
    status_cell,
    threshold,
    verdict,
)
from coding.reports.wording import capital, divided, listed, spelled, varied
from coding.words import Words

# What is said alike of every voice is said in turn in these ways; the sentence ends with what it is made of.
_STANCES: Mapping[Stance, tuple[str, ...]] = {
    "supporting": (
        mark("The evidence from {who} is supporting ({passages})"),
        mark("There is supporting evidence from {who} ({passages})"),
        mark("Supporting evidence comes from {who} ({passages})"),
    ),
    "inhibiting": (
        mark("The evidence from {who} is inhibiting ({passages})"),
        mark("There is inhibiting evidence from {who} ({passages})"),
        mark("Inhibiting evidence comes from {who} ({passages})"),
    ),
    "mixed": (
        mark("The evidence from {who} is mixed ({passages})"),
        mark("There is mixed evidence from {who} ({passages})"),
        mark("Mixed evidence comes from {who} ({passages})"),
    ),
    "neutral": (
        mark("The evidence from {who} has no direction ({passages})"),
        mark("There is evidence without a direction from {who} ({passages})"),
        mark("Evidence without a direction comes from {who} ({passages})"),
    ),
}
_TURNS = 3
_BRACKETS = str.maketrans("()", "[]")
"""Brackets within brackets are square."""
_DIRECTIONS: Mapping[Stance, set[str]] = {
    "supporting": {"supporting"},
    "inhibiting": {"inhibiting"},
    "mixed": {"supporting", "inhibiting"},
}
"""The directions of quotations that accord with a stance."""


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
    said = " ".join(one for one in (introduction, compared(desk, matrix)) if one)
    dimensions = (
        Narrative(row.label.in_(words.language), _dimension(desk, found, row), level=2) for row in matrix.rows
    )
    return [Narrative(title, (Paragraph(with_reference(said, table.key)),)), table, *dimensions]


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
                coverage_cell(words, row),
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
        (*judgements(desk, matrix.rows), *_threshold(desk, matrix), *desk.notices(matrix.notices)),
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
    for turn, index in enumerate(speaking):
        paragraphs += _voice(desk, found, row, index, turn)
    return tuple(paragraphs)


def _threshold(desk: Desk, matrix: Matrix) -> tuple[Paragraph, ...]:
    said = threshold(desk.words, matrix)
    return (plain(said),) if said else ()


def _voice(desk: Desk, found: Triangulation, row: Row, index: int, turn: int) -> list[Paragraph]:
    """What a column says on a row: the analyst's own words on it, or else a sentence that `turn` varies."""
    c = row.cells[index]
    written = (desk.finding(found.matrix, r, c) for r in (row, *found.below(row)))
    own = [finding for finding in written if finding]
    sentence = " ".join(own) or _stance_sentence(desk, found, row, index, turn)
    quotes = desk.quotes(c.exemplars, c.column, width=desk.options.quote_length)
    if quotes:
        sentence += " " + _bridge(desk, found.matrix, index, c, len(quotes), 0 if own else turn)
    return [plain(sentence), *quotes]


def _stance_sentence(desk: Desk, found: Triangulation, row: Row, index: int, turn: int) -> str:
    """What a cell's stance and counts say: `The evidence from AS is supporting (4 passages: Clarity; Transmission).`"""
    words, c = desk.words, row.cells[index]
    passages = words.n("{count} passage", "{count} passages", count=c.passages)
    if indicators := _indicators(desk, found, row, index):
        passages += ": " + "; ".join(indicators).translate(_BRACKETS)
    said = varied(words, _STANCES[c.stance], turn, who=desk.who(found.matrix, index), passages=passages)
    parts = _directions(desk, c) if len(c.split) == 1 else _voices(desk, found.matrix, index, c)
    return capital(f"{said}: {parts}." if parts else f"{said}.")


def _directions(desk: Desk, c: Cell) -> str:
    """How the passages of one voice are divided, when they do not all go in one direction."""
    words, one = desk.words, c.split[0]
    pointing = one.supporting + one.inhibiting
    if not pointing or one.passages in (one.supporting, one.inhibiting) and pointing == one.passages:
        return ""
    params = {"supporting": one.supporting, "inhibiting": one.inhibiting}
    if not one.inhibiting:
        return words.t("{supporting} supporting, the rest without a direction", **params)
    if not one.supporting:
        return words.t("{inhibiting} inhibiting, the rest without a direction", **params)
    if pointing < one.passages:
        return words.t("{supporting} supporting, {inhibiting} inhibiting, the rest without a direction", **params)
    said = words.t("{supporting} supporting and {inhibiting} inhibiting", **params)
    if pointing > one.passages:
        said += words.t(", of which some point both ways")
    return said


def _voices(desk: Desk, matrix: Matrix, index: int, c: Cell) -> str:
    """How the voices of a cell are divided, as `one observation supporting and one mixed`."""
    words = desk.words
    parts: list[str] = []
    for key, count in divided(c):
        (number,) = spelled(words, count)
        kind = _voice_word(words, matrix.columns[index].key, count) if not parts else ""
        noun = f"{number} {kind}" if kind else number
        parts.append(words.t("{voices} {direction}", voices=noun, direction=stance_word(key, words)))
    return listed(words, parts)


def _voice_word(words: Words, column: str | None, count: int) -> str:
    if column == "observation":
        return words.n("observation", "observations", count=count)
    if column == "document":
        return words.n("document", "documents", count=count)
    return words.n("voice", "voices", count=count)


def _indicators(desk: Desk, found: Triangulation, row: Row, index: int) -> list[str]:
    """The indicators of the dimension on which this column speaks."""
    return [
        below.label.in_(desk.words.language)
        for below in found.below(row)
        if below.part == "indicator" and below.cells[index].passages
    ]


def _bridge(desk: Desk, matrix: Matrix, index: int, cell: Cell, count: int, turn: int) -> str:
    """The half sentence that leads from a finding to its quotations. It says that they accord with it only where their
    own direction does."""
    words, column = desk.words, matrix.columns[index]
    who = desk.who(matrix, index)
    quoted = {segment.valence for guid in cell.exemplars if (segment := desk.material.segments.get(guid)) is not None}
    if cell.stance != "neutral" and quoted != _DIRECTIONS.get(cell.stance):
        return words.n("This is quoted from {who}:", "These are quoted from {who}:", count=count, who=who)
    if turn % _TURNS == 1:
        return words.n("This is what it rests on:", "These are what it rests on:", count=count)
    if turn % _TURNS == 2:
        return words.n("The following quotation shows it:", "The following quotations show it:", count=count)
    if column.key == "document" and column.of == "sources":
        return words.n("This accords with the following text:", "This accords with the following texts:", count=count)
    if column.of == "sources":
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
