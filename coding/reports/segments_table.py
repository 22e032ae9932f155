"""Every coded segment as an appendix: what was said, by whom, under which code and in which direction."""

from __future__ import annotations

from collections.abc import Sequence

from coding.analysis.wording import GLYPHS, VALENCE_LABELS
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    LANDSCAPE_TEXT,
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
from coding.segments.rows import SegmentRow

_KEY = "segments"
_WIDTHS = (1.3, 3.6, 3.6, 2.4)
"""Of number, source, code and direction; the passage has the rest."""


def segment_blocks(desk: Desk, rows: Sequence[SegmentRow]) -> list[Block]:
    """One row for each coded segment, in the order of the sources or under one another by code. Those of sources that
    are left out of the analysis are not listed, as they are not counted in the section on method either."""
    words = desk.words
    uncounted = {row.guid for row in desk.material.sources if row.left_out or row.own_statements}
    left_out = {row.source_guid for row in rows} & uncounted
    rows = [row for row in rows if row.source_guid not in uncounted]
    heads = (
        "No",
        words.t("Source and informant"),
        words.t("Code"),
        words.t("Direction"),
        words.t("Passage"),
    )
    title = words.t("All coded segments")
    sentence = words.n(
        "{table} lists the {count} coded segment of the study.",
        "{table} lists all {count} coded segments of the study.",
        count=len(rows),
        table=REFERENCE,
    )
    table = Table(
        "segments",
        _KEY,
        title,
        (tuple(head(text) for text in heads),),
        tuple(_row(desk, row, number) for number, row in enumerate(rows, 1)),
        (*_WIDTHS, round(LANDSCAPE_TEXT - sum(_WIDTHS), 2)),
        desk.source_line,
        _notes(desk, len(left_out)),
        landscape=True,
    )
    return [Narrative(title, (Paragraph(with_reference(sentence, _KEY)),), landscape=True), table]


def _notes(desk: Desk, left_out: int) -> tuple[Paragraph, ...]:
    if not left_out:
        return ()
    return (
        plain(
            desk.words.n(
                "{count} source is left out of the analysis and not counted.",
                "{count} sources are left out of the analysis and not counted.",
                count=left_out,
            )
        ),
    )


def _row(desk: Desk, row: SegmentRow, number: int) -> tuple[TableCell, ...]:
    words, valence = desk.words, row.valence
    source = [plain(desk.naming.source(row.source))]
    if row.informants:
        source.append(plain(", ".join(desk.naming.voice(code) for code in row.informants)))
    code = [plain(row.label(words.language))]
    if row.topic:
        code.append(plain(desk.naming.text(row.topic), italic=True))
    direction = f"{GLYPHS[valence]} {VALENCE_LABELS[valence].in_(words.language)}" if valence else "–"
    return (
        cell(words.number(number), align="center"),
        cell(source),
        cell(code),
        cell(direction),
        cell([desk.passage(row)]),
    )


def _gather(results: Results, item: ReportItem) -> list[list[SegmentRow]]:
    rows = results.segments()
    if framework := item.settings.get("framework"):
        rows = [row for row in rows if row.framework == framework]
    if item.settings.get("sort") == "code":
        # those of one code keep the order of the sources
        rows = sorted(rows, key=lambda row: (row.framework is None, row.framework or "", results.place(row.code_guid)))
    return [rows] if rows or item.name in results.asked else []


MAKER = Maker("segments", _gather, segment_blocks, lambda rows: [row.guid for row in rows])
