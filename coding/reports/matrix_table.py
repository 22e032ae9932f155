"""A triangulation matrix as a table on landscape pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coding.analysis.results import KINDS, Cell, Kind, Level, Matrix, Row, Stance
from coding.analysis.wording import GLYPHS, STATUS_LABELS, stance_word
from coding.errors import mark
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results, settled
from coding.reports.options import ReportItem
from coding.reports.tables import (
    EDGES,
    LANDSCAPE_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Run,
    Table,
    TableCell,
    Value,
    cell,
    head,
    needed,
    plain,
    with_reference,
)
from coding.reports.verdicts import compared, coverage_cell, judgements, status_cell, threshold
from coding.reports.wording import SPEAKING, TRIANGULATIONS, voices_shown
from coding.words import Words

# Centimetres.
# with some room to spare: the pages of a template may be narrower
_NUMBER, _LABEL, _COVERAGE, _STATUS = 1.0, 3.2, 1.9, 2.2
_FIXED = _NUMBER + _LABEL + _COVERAGE + _STATUS
# A column is at least so wide that its longest word and number fit; one that quotes needs room to read.
_LEAST, _QUOTING, _DIGIT = 0.9, 2.5, 0.15
_MOST_QUOTING = 6
_SNIPPET = 60
_GROUPS: dict[Kind, str] = {
    "method": mark("Methods"),
    "time": mark("Time"),
    "place": mark("Place"),
    "investigator": mark("Coders"),
}


@dataclass(frozen=True, slots=True)
class Triangulation:
    """A matrix at level dimension, and the same matrix at level indicator when its rows are shown expanded, else as
    `hidden`: what the analyst wrote on its rows is printed all the same."""

    matrix: Matrix
    indicators: Matrix | None = None
    hidden: Matrix | None = None

    def below(self, row: Row) -> list[Row]:
        """The rows of the indicators of a dimension."""
        return [one for one in self.indicators.rows if one.parent == row.code] if self.indicators else []

    def topics(self, row: Row) -> tuple[Row, ...]:
        """The rows of the topics inside a row that has no indicators beneath it."""
        if self.indicators is None or self.below(row):
            return ()
        return next((one.topics for one in self.indicators.rows if one.place == row.place), ())

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each dimension followed by its indicators, each of these by its topics."""
        opened = (one for row in self.matrix.rows for one in (row, *self.below(row)))
        return tuple(one for row in opened for one in (row, *self.topics(row)))

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """The matrix at each level there is."""
        return (self.matrix, self.indicators) if self.indicators else (self.matrix,)


def matrix_blocks(desk: Desk, found: Triangulation, name: str) -> list[Block]:
    """A triangulation matrix under the name of its table (`triangulation` or `method`)."""
    words, matrix = desk.words, found.matrix
    framework = matrix.framework_label.in_(words.language)
    title = words.t(TRIANGULATIONS[matrix.kind])
    key = f"{name}.{matrix.framework}"
    quoting = len(matrix.columns) <= _MOST_QUOTING
    caption = words.t("{triangulation} by {framework}", triangulation=title, framework=framework)
    table = Table(
        name,
        key,
        caption,
        _heads(desk, found, range(len(matrix.columns))),
        tuple(_row(desk, found, quoting, row, number) for row, number in _numbered(found, words)),
        _widths(desk, found, quoting),
        desk.source_line,
        _notes(desk, found),
        landscape=True,
        tail=2,
    )
    if found.indicators:
        sentence = words.t(
            "{table} sets side by side what is said on each dimension and indicator of {framework}, by direction and"
            " number of passages.",
            table=REFERENCE,
            framework=framework,
        )
    else:
        sentence = words.t(
            "{table} sets side by side what is said on each dimension of {framework}, by direction and number of"
            " passages.",
            table=REFERENCE,
            framework=framework,
        )
    if sources := compared(desk, matrix):
        sentence += f" {sources}"
    if sum(column.key is not None for column in matrix.columns) == 1:
        sentence += " " + words.t("There is one column only, so that nothing is compared.")
    elif matrix.kind != "source" or _members_shown(matrix):
        sentence += " " + words.t("Its statuses compare these columns and can differ from those by informant.")
    blocks: list[Block] = [Narrative(caption, (Paragraph(with_reference(sentence, key)),), landscape=True), table]
    if written := _written(desk, found):
        blocks.append(Narrative(words.t("What the analyst found in this matrix"), written, level=2, landscape=True))
    return blocks


def _written(desk: Desk, found: Triangulation) -> tuple[Paragraph, ...]:
    """The analyst's findings on the rows and cells that are shown. Those on informants stand in the findings by
    dimension where the report has these."""
    matrix, language = found.matrix, desk.words.language
    told = matrix.kind == "source" and matrix.columns_by == "informant" and "findings" in desk.material.parts
    lines = []
    fine = found.indicators or found.hidden
    rows = [
        one for row in matrix.rows for one in (row, *(r for r in (fine.rows if fine else ()) if r.parent == row.code))
    ]
    for row in () if told else rows:
        own = row.label.in_(language)
        above = next((one for one in matrix.rows if one.code == row.parent), None)
        name = f"{above.label.in_(language)} – {own}" if above is not None else own
        if text := desk.finding(matrix, row):
            lines.append((name, text))
        for index, c in enumerate(row.cells):
            if text := desk.finding(matrix, row, c):
                lines.append((f"{name} ({desk.column(matrix, index)})", text))
    return tuple(Paragraph((Run(f"{name}: ", bold=True), Run(text))) for name, text in lines)


def _width(desk: Desk, found: Triangulation, index: int, quoting: bool) -> float:
    """The width in centimetres without which a word or number of a column would break."""
    least = _QUOTING if quoting else _LEAST
    cells = [row.cells[index] for row in found.rows]
    numbers = [_count(desk.words, c) for c in cells]
    numbers += [_voices(desk.words, c) for c in cells]
    number = max((len(text) for text in numbers), default=0)
    return max(needed([_column_head(desk, found.matrix, index)], least, 6.0), number * _DIGIT + EDGES)


def _widths(desk: Desk, found: Triangulation, quoting: bool) -> tuple[float, ...]:
    """Widths of all columns; what is left of a page goes to the columns, the label and the quotations."""
    least = [_width(desk, found, index, quoting) for index in range(len(found.matrix.columns))]
    left = max(0.0, LANDSCAPE_TEXT - _FIXED - sum(least))
    label = 0.0 if quoting else min(left / 4, 2.0)
    more = min((left - label) / max(1, len(least)), 4.0 if quoting else 1.2)
    return (_NUMBER, _LABEL + label, *(width + more for width in least), _COVERAGE, _STATUS)


def _heads(desk: Desk, found: Triangulation, part: Sequence[int]) -> tuple[tuple[TableCell, ...], ...]:
    """Two header rows: informants stand under one spanning head, other kinds of sources beside it."""
    words, matrix = desk.words, found.matrix
    rows = words.t("Dimension / indicator") if found.indicators else words.t("Dimension")
    upper = [head("No", deep=2), head(rows, deep=2)]
    lower: list[TableCell] = []
    grouped: list[int] = []

    def close_group() -> None:
        if grouped:
            upper.append(head(_group_head(desk, matrix), span=len(grouped)))
            lower.extend(head(_column_head(desk, matrix, index)) for index in grouped)
            grouped.clear()

    for index in part:
        if matrix.kind == "source" and matrix.columns[index].of == "sources":
            close_group()
            upper.append(head(_column_head(desk, matrix, index), deep=2))
        else:
            grouped.append(index)
    close_group()
    upper += [head(words.t("Coverage"), deep=2), head(words.t("Status"), deep=2)]
    return (tuple(upper), tuple(lower)) if lower else (tuple(_flat(one) for one in upper),)


def _flat(one: TableCell) -> TableCell:
    return head(one.text, span=one.span)


def _group_head(desk: Desk, matrix: Matrix) -> str:
    words = desk.words
    if matrix.kind == "source":
        return words.t("Informants") if matrix.columns_by == "informant" else words.t("Groups of informants")
    if matrix.kind == "theory":
        against = desk.material.frameworks.get(matrix.against or "")
        return words.t("Dimensions of {framework}", framework=against.in_(words.language) if against else "–")
    return words.t(_GROUPS[matrix.kind])


def _column_head(desk: Desk, matrix: Matrix, index: int) -> str:
    column = matrix.columns[index]
    label = desk.column(matrix, index)
    if _members_shown(matrix) and column.of == "informants" and column.members:
        return f"{label} ({desk.words.number(column.members)})"
    return label


def _members_shown(matrix: Matrix) -> bool:
    """Whether the heads say how many informants a group has."""
    return matrix.kind == "source" and matrix.columns_by != "informant"


def _numbered(found: Triangulation, words: Words) -> list[tuple[Row, str]]:
    """Rows with what stands in the column “No”: 1, 1.1, 1.2, 2, …; topics have none."""
    numbered, dimension, below = [], 0, 0
    for row in found.rows:
        if row.topic is not None:
            numbered.append((row, ""))
        elif row.parent is None:
            dimension, below = dimension + 1, 0
            numbered.append((row, words.number(dimension)))
        else:
            below += 1
            numbered.append((row, f"{dimension}.{below}"))
    return numbered


def _row(desk: Desk, found: Triangulation, quoting: bool, row: Row, number: str) -> tuple[TableCell, ...]:
    top = row.parent is None and found.indicators is not None
    return (
        cell(number, align="center", bold=top),
        _row_label(desk, row, bold=top),
        # what a dimension would quote stands with its indicators
        *(_cell(desk, found.matrix, c, quoting, quoted=not found.below(row)) for c in row.cells),
        coverage_cell(desk.words, row),
        status_cell(desk.words, row),
    )


def _row_label(desk: Desk, row: Row, *, bold: bool) -> TableCell:
    name = row.label.in_(desk.words.language)
    if row.topic is not None:
        return cell(plain(name, italic=True), indent=2)
    return cell(name, bold=bold, indent=0 if row.parent is None else 1)


def _cell(desk: Desk, matrix: Matrix, c: Cell, quoting: bool, *, quoted: bool) -> TableCell:
    """Direction and number of passages; of several voices how they are divided; where there is room, the exemplar, if
    it is `quoted` here."""
    if c.stance == "silent":
        return cell(GLYPHS["silent"], align="center")
    lines = [plain(_count(desk.words, c))]
    if shown := _voices(desk.words, c):
        lines.append(plain(shown))
    value = Value(c.passages, sign=GLYPHS[c.stance])
    if not quoting:
        return cell(lines, align="center", value=value, segments=c.segment_ids)
    voice = c.column if matrix.kind == "source" and matrix.columns_by == "informant" else None
    quotes = desk.quotes(c.exemplars[:1], voice, width=_SNIPPET) if quoted else []
    return cell([*lines, *quotes], value=value, segments=c.segment_ids)


def _voices(words: Words, c: Cell) -> str:
    """How the voices of a cell are divided, in brackets."""
    shown = voices_shown(words, c)
    return f"({shown})" if shown else ""


def _count(words: Words, c: Cell) -> str:
    return f"{GLYPHS[c.stance]} {words.number(c.passages)}"


def _notes(desk: Desk, found: Triangulation) -> tuple[Paragraph, ...]:
    """The legend of signs and statuses that occur, the threshold when it is not whole, judgements, notices."""
    words, matrix = desk.words, found.matrix
    every: tuple[Stance, ...] = (*SPEAKING, "silent")
    stances = [key for key in every if any(c.stance == key for row in found.rows for c in row.cells)]
    signs = "; ".join(f"{GLYPHS[key]} {stance_word(key, words)}" for key in stances)
    legend = [words.t("Legend: {signs}. The numbers are passages.", signs=signs)]
    if any(len(c.split) > 1 for row in found.rows for c in row.cells):
        legend.append(words.t("In brackets: how many voices of a cell speak in which direction."))
    if _members_shown(matrix):
        legend.append(words.t("In the heads: how many informants a group has."))
    statuses = [key for key in STATUS_LABELS if any(row.status == key for row in found.rows)]
    said = [" ".join(legend), " ".join(_explained(words, key) for key in statuses), threshold(words, matrix)]
    # short notes stand behind each other: a turned page is low
    noticed = " ".join(one.text for one in desk.notices(matrix.notices))
    decided = judgements(desk, found.rows)
    return (*(plain(note) for note in said if note), *decided, *((plain(noticed),) if noticed else ()))


def _explained(words: Words, key: str) -> str:
    sentences = {
        "convergent": words.t("Convergent: all that speak point the same way, which does not mean the same content."),
        "partial": words.t("Partial: those that speak agree only in part."),
        "divergent": words.t("Divergent: at least one supports and at least one inhibits."),
        "single": words.t("Single: one alone speaks, so that nothing is triangulated."),
        "covered": words.t("Covered: two or more speak, none with a direction."),
        "absent": words.t("Absent: nobody speaks."),
    }
    return sentences[key]


def both_levels(
    results: Results, item: ReportItem, framework: str, kind: Kind, columns: str, against: str | None = None
) -> Triangulation:
    """A matrix at both levels, so that its rows can be shown expanded."""
    dimensions, indicators = (
        results.matrix(framework, item, kind, columns, against, level) for level in ("dimension", "indicator")
    )
    return Triangulation(dimensions, indicators)


def exemplars(found: Triangulation) -> list[str]:
    """The coded segments that the cells of a matrix may quote."""
    rows = (one for matrix in found.matrices for row in matrix.rows for one in (row, *row.topics))
    return [guid for row in rows for c in row.cells for guid in c.exemplars]


def _gather(results: Results, item: ReportItem) -> list[Triangulation]:
    item = settled(results.project, item, "matrix")
    options, settings = results.options, item.settings
    kind: Kind = settings["kind"] if settings.get("kind") in KINDS else options.kind
    columns = str(settings.get("columns") or options.columns)
    against = settings.get("against") or options.against
    return [_expanded(results, item, key, kind, columns, against) for key in results.frameworks(item)]


def _gather_methods(results: Results, item: ReportItem) -> list[Triangulation]:
    made = [_expanded(results, item, key, "method", "informant") for key in results.frameworks(item)]
    # One method alone has nothing to be compared with.
    return [one for one in made if len(one.matrix.columns) > 1 or item.name in results.asked]


def _expanded(
    results: Results, item: ReportItem, framework: str, kind: Kind, columns: str, against: str | None = None
) -> Triangulation:
    level: Level = item.settings.get("level") or results.options.level
    if level == "indicator":
        return both_levels(results, item, framework, kind, columns, against)
    coarse, fine = (results.matrix(framework, item, kind, columns, against, one) for one in ("dimension", "indicator"))
    return Triangulation(coarse, hidden=fine)


def _maker(name: str, gather: Callable[[Results, ReportItem], Sequence[Triangulation]]) -> Maker:
    def blocks(desk: Desk, part: Triangulation) -> list[Block]:
        return matrix_blocks(desk, part, name)

    def written_on(part: Triangulation) -> tuple[Matrix, ...]:
        return (*part.matrices, part.hidden) if part.hidden is not None else part.matrices

    return Maker(name, gather, blocks, exemplars, written_on)


MAKER = _maker("triangulation", _gather)
METHOD_MAKER = _maker("method", _gather_methods)
