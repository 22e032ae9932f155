"""The framework matrix as a table: what the analyst wrote on each informant and dimension."""

from __future__ import annotations

from collections.abc import Iterable

from coding.analysis.framework_matrix import FrameworkCell, FrameworkMatrix, framework_matrix
from coding.analysis.results import Level
from coding.findings.richtext import parse
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Run,
    Table,
    TableCell,
    cell,
    head,
    plain,
    with_reference,
)

_NUMBER, _INFORMANT, _LEAST = 0.8, 2.4, 3.6
"""Widths in centimetres: of the number, the informant, and the least of a dimension."""


def written(desk: Desk, markup: str) -> list[Paragraph]:
    """A text in the markup of summaries as paragraphs, names masked; items of lists have a bullet or their number."""
    made, number = [], 0
    for line in parse(markup):
        number = number + 1 if line.kind == "number" else 0
        lead = {"plain": "", "bullet": "• ", "number": f"{desk.words.number(number)}. "}[line.kind]
        runs = [Run(desk.naming.text(span.text), italic=span.italic, bold=span.bold) for span in line.spans]
        made.append(Paragraph((Run(lead), *runs) if lead else tuple(runs)))
    return made


def framework_blocks(desk: Desk, matrix: FrameworkMatrix) -> list[Block]:
    """One row for each informant with a summary, one column for each dimension; empty cells say how many passages there
    are. A summary whose passages changed since is marked."""
    words, language = desk.words, desk.words.language
    key = f"framework_matrix.{matrix.framework}.{matrix.level}"
    framework = matrix.framework_label.in_(language)
    title = words.t("Framework matrix by {framework}", framework=framework)
    sentence = words.t(
        "{table} sums up, for each informant, what was said on each dimension of {framework}.",
        table=REFERENCE,
        framework=framework,
    )
    labels = []
    for column in matrix.columns:
        label = column.label.in_(language)
        if column.part == "no_indicator" and column.parent_label is not None:
            label = f"{column.parent_label.in_(language)} – {label}"
        labels.append(label)
    rows = [row for row in matrix.rows if any(one.summary is not None or one.passages for one in row.cells)]
    room = (LANDSCAPE_TEXT - _NUMBER - _INFORMANT) / max(len(labels), 1)
    table = Table(
        "framework_matrix",
        key,
        title,
        ((head("No"), head(words.t("Informant")), *(head(label) for label in labels)),),
        tuple(
            (
                cell(words.number(number), align="center"),
                cell(desk.naming.voice(row.informant), bold=True),
                *(_cell(desk, one) for one in row.cells),
            )
            for number, row in enumerate(rows, 1)
        ),
        (_NUMBER, _INFORMANT, *(round(max(room, _LEAST), 2) for _ in labels)),
        desk.source_line,
        _notes(desk, matrix),
        landscape=True,
    )
    return [Narrative(title, (Paragraph(with_reference(sentence, key)),), landscape=True), table]


def _cell(desk: Desk, one: FrameworkCell) -> TableCell:
    words = desk.words
    if one.summary is not None and one.summary.text:
        paragraphs = written(desk, one.summary.text)
        if one.summary.stale:
            paragraphs.append(plain(words.t("[evidence changed]"), italic=True))
        return cell(paragraphs, segments=one.summary.rests_on or one.segment_ids)
    if not one.passages:
        return cell("–", align="center")
    said = words.n("{count} passage", "{count} passages", count=one.passages)
    return cell(plain(said, italic=True), segments=one.segment_ids)


def _notes(desk: Desk, matrix: FrameworkMatrix) -> tuple[Paragraph, ...]:
    notes = list(desk.notices(matrix.notices))
    cells = [one for row in matrix.rows for one in row.cells]
    if any(one.passages and not (one.summary is not None and one.summary.text) for one in cells):
        notes.insert(0, plain(desk.words.t("Cells without a summary show the number of passages.")))
    if matrix.stale:
        said = desk.words.n(
            "[evidence changed]: the passages of {count} summary changed after it was written.",
            "[evidence changed]: the passages of {count} summaries changed after they were written.",
            count=matrix.stale,
        )
        notes.append(plain(said))
    return tuple(notes)


def _gather(results: Results, item: ReportItem) -> list[FrameworkMatrix]:
    level: Level = "indicator" if item.settings.get("level") == "indicator" else "dimension"
    keys = results.frameworks(item)
    if item.name in results.asked and item.settings.get("framework"):
        return [framework_matrix(results.project, key, level) for key in keys]
    found = [framework_matrix(results.project, key, level) for key in keys]
    begun = [matrix for matrix in found if matrix.written]
    return begun or (found[:1] if item.name in results.asked else [])


def _quoted(_: FrameworkMatrix) -> Iterable[str]:
    return ()


MAKER = Maker("framework_matrix", _gather, framework_blocks, _quoted)
