"""Every coded segment as an appendix: what was said, by whom, under which code and in which direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from coding.analysis.wording import GLYPHS, VALENCE_LABELS
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    EDGES,
    LANDSCAPE_TEXT,
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Run,
    Table,
    TableCell,
    cell,
    head,
    needed,
    plain,
    text_width,
    with_reference,
)
from coding.segments.rows import SegmentRow

_KEY = "segments"
_WIDTHS = (1.3, 3.6, 3.6, 2.4)
"""Of number, source, code and direction in the list; the passage has the rest of a page on its side."""
_NUMBER, _DIRECTION = 1.0, 1.15
_SIDE = 3.6
"""Of number, direction and at most what stands beside the passage on pages; it has the rest of an upright one."""


def segment_blocks(desk: Desk, rows: Sequence[SegmentRow], by_code: bool = False) -> list[Block]:
    """One row for each coded segment, in the order of the sources or, `by_code`, under one another by code. Those of
    sources that are left out of the analysis are not listed, as they are not counted in the section on method either.

    On pages the rows of one source (or code) stand under it, a passage with several codes once, signs for directions.
    """
    words = desk.words
    uncounted = {row.guid for row in desk.material.sources if row.left_out or row.own_statements}
    left_out = {row.source_guid for row in rows} & uncounted
    rows = [row for row in rows if row.source_guid not in uncounted]
    heads = ("No", words.t("Source and informant"), words.t("Code"), words.t("Direction"), words.t("Passage"))
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
    table = replace(table, paper=lambda: _on_paper(desk, rows, table, by_code=by_code))
    legend = ", ".join(f"{GLYPHS[key]} {label.in_(words.language).lower()}" for key, label in VALENCE_LABELS.items())
    told = f"{sentence} {words.t('The signs say the direction: {legend}.', legend=legend)}"
    if len({(row.source_guid, row.start, row.end, row.code_guid) for row in rows}) < len(rows):
        told += " " + words.t("A code stands twice at a passage that two coders gave it.")
    return [Narrative(title, (Paragraph(with_reference(told, _KEY)),)), table]


def _on_paper(desk: Desk, rows: Sequence[SegmentRow], table: Table, *, by_code: bool) -> Table:
    """The list as it is printed: what its rows have in common once, over them."""
    words = desk.words
    informants = {row.guid: row.informants for row in desk.material.sources}
    sides = [_beside(desk, row, by_code=by_code) for row in rows]
    lines: list[tuple[TableCell, ...]] = []
    number = 0
    for _, group in groupby(rows, lambda row: row.code_guid if by_code else row.source_guid):
        under = list(group)
        lines.append(_over(desk, under[0], informants, by_code=by_code, count=len(under)))
        for _, same in groupby(under, lambda row: (row.source_guid, row.start, row.end)):
            shared = list(same)
            for at, row in enumerate(shared):
                several = by_code or len(informants.get(row.source_guid, ())) != 1
                passage = (_passage(desk, row, named=several, deep=len(shared)),) if not at else ()
                side = cell(sides[number])
                number += 1
                lines.append(
                    (
                        cell(words.number(number), align="center"), side,
                        cell(GLYPHS[row.valence] if row.valence else "", align="center"), *passage,
                    )
                )  # fmt: skip
    side_head = words.t("Source") if by_code else words.t("Code")
    beside = dict.fromkeys([side_head, *(one.text for side in sides for one in side)])
    side_width = max(needed(beside, 2.0, 4.2), min(_SIDE, max(map(text_width, beside)) + EDGES))
    direction = needed([words.t("Direction")], _DIRECTION, 2.0)
    fixed = (_NUMBER, round(side_width, 2), direction)
    return replace(
        table,
        heads=(tuple(map(head, ("No", side_head, words.t("Direction"), words.t("Passage")))),),
        rows=tuple(lines),
        widths=(*fixed, round(PORTRAIT_TEXT - sum(fixed), 2)),
        landscape=False,
        paper=None,
    )


def _over(
    desk: Desk, row: SegmentRow, informants: Mapping[str, Sequence[str]], *, by_code: bool, count: int
) -> tuple[TableCell, ...]:
    """What heads the rows of one source, or of one code."""
    words = desk.words
    if by_code:
        framework = desk.material.frameworks.get(row.framework or "")
        parts = [row.label(words.language), *([framework.in_(words.language)] if framework else [])]
    else:
        heard = ", ".join(desk.naming.voice(code) for code in informants.get(row.source_guid, ()))
        source = desk.naming.source(row.source)
        parts = [f"{source} ({heard})" if heard and heard != source else source]
        if row.source_date:
            parts.append(words.date(row.source_date))
    parts.append(words.n("{count} segment", "{count} segments", count=count))
    return (cell(plain(" · ".join(parts), bold=True), span=4, shaded=True),)


def _beside(desk: Desk, row: SegmentRow, *, by_code: bool) -> list[Paragraph]:
    """What stands beside a passage: its code, or under codes its source; and the topic."""
    said = [plain(desk.naming.source(row.source) if by_code else row.label(desk.words.language))]
    if row.topic:
        said.append(plain(desk.naming.text(row.topic), italic=True))
    return said


def _passage(desk: Desk, row: SegmentRow, *, named: bool, deep: int) -> TableCell:
    """What was said, and, where more than one is heard in the source, by whom."""
    said = desk.passage(row)
    voices = ", ".join(desk.naming.voice(code) for code in row.informants)
    if named and voices:
        said = replace(said, runs=(*said.runs, Run(f" ({voices})")))
    return cell([said], deep=deep)


def _notes(desk: Desk, left_out: int) -> tuple[Paragraph, ...]:
    if not left_out:
        return ()
    told = desk.words.n(
        "{count} source is left out of the analysis and not counted.",
        "{count} sources are left out of the analysis and not counted.",
        count=left_out,
    )
    return (desk.noted(told),)


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


def _gather(results: Results, item: ReportItem) -> list[tuple[list[SegmentRow], bool]]:
    rows = results.standing()
    by_code = item.settings.get("sort") == "code"
    if framework := item.settings.get("framework"):
        rows = [row for row in rows if row.framework == framework]
    if by_code:
        # those of one code keep the order of the sources
        rows = sorted(rows, key=lambda row: (row.framework is None, row.framework or "", results.place(row.code_guid)))
    return [(rows, by_code)] if rows or item.name in results.asked else []


MAKER = Maker(
    "segments", _gather, lambda desk, part: segment_blocks(desk, *part), lambda part: [row.guid for row in part[0]]
)
