"""A triangulation matrix as a table on landscape pages, in parts when it has too many columns for one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.analysis.results import Cell, Kind, Matrix, Row, Stance
from coding.errors import mark
from coding.reports.desk import Desk
from coding.reports.tables import (
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    cell,
    head,
    plain,
    with_reference,
)
from coding.reports.verdicts import coverage, judgements, status_cell
from coding.reports.wording import GLYPHS, SPEAKING, STATUSES, TRIANGULATIONS, stance, voices_shown
from coding.words import Words

# Centimetres on a landscape A4 page with margins of 3 cm at both sides.
PAGE = 23.7
_NUMBER, _LABEL, _COVERAGE, _STATUS = 1.0, 3.6, 1.9, 2.2
# A column that only has a count, and one that also quotes.
_NARROW, _QUOTING = 1.15, 3.0
_MOST_QUOTING = 5
_SNIPPET = 60
_LETTER = 0.19
_GROUPS: dict[Kind, str] = {
    "method": mark("Methods"),
    "time": mark("Time"),
    "place": mark("Place"),
    "investigator": mark("Coders"),
}


@dataclass(frozen=True, slots=True)
class Triangulation:
    """A matrix at level dimension, and the same matrix at level indicator when its rows are shown expanded."""

    matrix: Matrix
    indicators: Matrix | None = None

    def below(self, row: Row) -> list[Row]:
        """The rows of the indicators of a dimension."""
        return [one for one in self.indicators.rows if one.parent == row.code] if self.indicators else []

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each dimension followed by its indicators."""
        return tuple(one for row in self.matrix.rows for one in (row, *self.below(row)))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns stand in which part, how wide they are, and whether their cells quote."""

    parts: tuple[tuple[int, ...], ...]
    width: float
    quoting: bool


def matrix_blocks(desk: Desk, found: Triangulation, name: str) -> list[Block]:
    """A triangulation matrix under the name of its table (`triangulation` or `method`)."""
    words, matrix = desk.words, found.matrix
    framework = matrix.framework_label.in_(words.language)
    title = words.t(TRIANGULATIONS[matrix.kind])
    key = f"{name}.{matrix.framework}"
    layout = _layout(desk, matrix)
    caption = words.t("{triangulation} by {framework}", triangulation=title, framework=framework)
    tables = [_table(desk, found, layout, index, name, key, caption) for index in range(len(layout.parts))]
    sentence = words.t(
        "{table} sets side by side what is said on each row of {framework}, by direction and number of passages.",
        table=REFERENCE,
        framework=framework,
    )
    return [Narrative(caption, (Paragraph(with_reference(sentence, key)),), landscape=True), *tables]


def _layout(desk: Desk, matrix: Matrix) -> _Layout:
    """Few columns quote; more show direction and count alone; too many for a page are split into even parts."""
    labels = [desk.column(matrix, index) for index in range(len(matrix.columns))]
    room = PAGE - _NUMBER - _LABEL - _COVERAGE - _STATUS
    quoting = len(labels) <= _MOST_QUOTING
    longest = max((len(word) for label in labels for word in label.split()), default=0)
    needed = max(_QUOTING if quoting else _NARROW, longest * _LETTER + 0.35)
    fit = max(1, int(room / needed))
    count = max(1, -(-len(labels) // fit))
    size, larger = divmod(len(labels), count)
    parts, start = [], 0
    for index in range(count):
        end = start + size + (index < larger)
        parts.append(tuple(range(start, end)))
        start = end
    widest = max(len(part) for part in parts)
    width = min(room / max(widest, 1), 6.0 if quoting else 2.6)
    return _Layout(tuple(parts), round(width, 2), quoting)


def _table(desk: Desk, found: Triangulation, layout: _Layout, index: int, name: str, key: str, caption: str) -> Table:
    part, first, last = layout.parts[index], index == 0, index == len(layout.parts) - 1
    label = _LABEL + min(2.4, max(0.0, PAGE - _NUMBER - _LABEL - _COVERAGE - _STATUS - layout.width * len(part)))
    return Table(
        name,
        key if first else f"{key}.{index + 1}",
        caption,
        _heads(desk, found, part),
        tuple(_row(desk, found, layout, part, row, number) for row, number in _numbered(found, desk.words)),
        (_NUMBER, round(label, 2), *(layout.width for _ in part), _COVERAGE, _STATUS),
        desk.source_line,
        _notes(desk, found) if last else (),
        landscape=True,
        continues=None if first else key,
    )


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
        return words.t("Dimensions of the second framework")
    return words.t(_GROUPS[matrix.kind])


def _column_head(desk: Desk, matrix: Matrix, index: int) -> str:
    column = matrix.columns[index]
    label = desk.column(matrix, index)
    if column.of == "informants" and matrix.columns_by != "informant" and matrix.kind == "source" and column.members:
        return f"{label} ({desk.words.number(column.members)})"
    return label


def _numbered(found: Triangulation, words: Words) -> list[tuple[Row, str]]:
    """Rows with what stands in the column “No”: 1, 1.1, 1.2, 2, …"""
    numbered, dimension, below = [], 0, 0
    for row in found.rows:
        if row.parent is None:
            dimension, below = dimension + 1, 0
            numbered.append((row, words.number(dimension)))
        else:
            below += 1
            numbered.append((row, f"{dimension}.{below}"))
    return numbered


def _row(
    desk: Desk, found: Triangulation, layout: _Layout, part: Sequence[int], row: Row, number: str
) -> tuple[TableCell, ...]:
    top = row.parent is None and found.indicators is not None
    return (
        cell(number, align="center", bold=top),
        cell(row.label.in_(desk.words.language), bold=top, indent=0 if row.parent is None else 1),
        *(_cell(desk, found.matrix, row.cells[index], layout.quoting) for index in part),
        cell(coverage(desk.words, row), align="center"),
        status_cell(desk.words, row),
    )


def _cell(desk: Desk, matrix: Matrix, c: Cell, quoting: bool) -> TableCell:
    """Direction and number of passages; of several voices how they are divided; where there is room, the exemplar."""
    if c.stance == "silent":
        return cell(GLYPHS["silent"], align="center")
    lines = [plain(f"{GLYPHS[c.stance]} {desk.words.number(c.passages)}")]
    if shown := voices_shown(desk.words, c):
        lines.append(plain(f"({shown})"))
    if not quoting:
        return cell(lines, align="center")
    voice = c.column if matrix.kind == "source" and matrix.columns_by == "informant" else None
    return cell([*lines, *desk.quotes(c.exemplars[:1], voice, width=_SNIPPET)])


def _notes(desk: Desk, found: Triangulation) -> tuple[Paragraph, ...]:
    """The legend of signs and statuses that occur, the threshold when it is not whole, judgements, notices."""
    words, matrix = desk.words, found.matrix
    every: tuple[Stance, ...] = (*SPEAKING, "silent")
    stances = [key for key in every if any(c.stance == key for row in found.rows for c in row.cells)]
    signs = "; ".join(f"{GLYPHS[key]} {stance(words, key)}" for key in stances)
    notes = [words.t("Legend: {signs}. The numbers are passages.", signs=signs)]
    if any(len(c.split) > 1 for row in found.rows for c in row.cells):
        notes.append(words.t("In brackets: how many voices of a cell speak in which direction."))
    statuses = [key for key in STATUSES if any(row.status == key for row in found.rows)]
    notes.append(" ".join(_explained(words, key) for key in statuses))
    if matrix.threshold != 1:
        notes.append(
            words.t(
                "A voice counts as supporting or inhibiting from {percent} of its passages with a direction.",
                percent=words.percent(matrix.threshold),
            )
        )
    return (*(plain(note) for note in notes), *judgements(desk, found.rows), *desk.notices(matrix.notices))


def _explained(words: Words, key: str) -> str:
    sentences = {
        "convergent": words.t("Convergent: all that speak point the same way, which does not mean the same content."),
        "partial": words.t("Partial: those that speak agree only in part."),
        "divergent": words.t("Divergent: at least one supports and at least one inhibits."),
        "single": words.t("Single: one alone speaks, so that nothing is triangulated."),
        "covered": words.t("Without direction: two or more speak, none with a direction."),
        "absent": words.t("No evidence: nobody speaks."),
    }
    return sentences[key]
