"""From a project to the blocks of a report: which tables have content, and in what order they are printed.

A new table has a module of its own with its `MAKER`, is named in `options.TABLES` and stands in `MAKERS` below.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from coding.analysis.judging import findings
from coding.analysis.results import Label
from coding.errors import CodingError
from coding.findings.sides import side_findings
from coding.informants.queries import informants
from coding.progress import Progress, Silent
from coding.project import Reader
from coding.reports import (
    agreement_table,
    audit_table,
    checklist,
    codebook_table,
    conclusions_table,
    cooccurrence_table,
    crosstab_table,
    factor_table,
    framework_matrix_table,
    frequencies_table,
    informant_table,
    matrix_table,
    method_section,
    narrative,
    saturation_table,
    segments_table,
)
from coding.reports import findings as findings_part
from coding.reports.desk import Desk, Material, written_at
from coding.reports.makers import Maker, Results
from coding.reports.options import CHAPTER, ON_REQUEST, PRESETS, TABLES, ReportItem, ReportOptions
from coding.reports.origin import as_made, origin
from coding.reports.tables import Block, Chapter, Contents, Figure, Narrative, Paragraph, Run, Table, TableCell, plain
from coding.segments.rows import SegmentRow
from coding.store.models import ProjectRow
from coding.transcripts.queries import source_text, sources
from coding.words import Words

MAKERS: Mapping[str, Maker] = {
    maker.name: maker
    for maker in (
        method_section.MAKER,
        informant_table.MAKER,
        findings_part.MAKER,
        narrative.MAKER,
        matrix_table.MAKER,
        matrix_table.METHOD_MAKER,
        factor_table.MAKER,
        framework_matrix_table.MAKER,
        conclusions_table.MAKER,
        frequencies_table.MAKER,
        crosstab_table.MAKER,
        cooccurrence_table.MAKER,
        agreement_table.MAKER,
        saturation_table.MAKER,
        codebook_table.MAKER,
        segments_table.MAKER,
        audit_table.MAKER,
        checklist.MAKER,
    )
}

_USUAL = tuple(name for name in TABLES if name not in ON_REQUEST)


def report_tables(
    project: Reader, words: Words, options: ReportOptions, progress: Progress | None = None
) -> list[Block]:
    """The blocks of a report on `project`, headed by its title, worded by `words`.

    Without `options.items`, `options.tables` and `options.preset` every table that has content; a table asked for by
    name is there even when nothing has been tagged yet. Raises `CodingError`: `table_unknown`, `placeholder_unknown`,
    `framework_not_adopted`, what triangulation raises, and `cancelled`.
    """
    items, watched = _items(options), progress or Silent()
    results = Results(project, options, _asked(options, items))
    planned: list[tuple[int, Maker, Any]] = []
    for done, item in enumerate(items):
        watched.step(done, 2 * len(items), item.name)
        maker = MAKERS[item.name]
        planned += [(done, maker, part) for part in maker.gather(results, item)]
    desk = Desk(_material(results, [(maker, part) for _, maker, part in planned]), words, options)
    blocks: list[Block] = []
    guid = project_guid(project)
    for number, item in enumerate(items):
        watched.step(len(items) + number, 2 * len(items), item.name)
        made = [
            replace(block, origin=origin(guid, words, options, as_made(item, maker.factors(part)), block.key))
            if isinstance(block, Table)
            else block
            for at, maker, part in planned
            if at == number
            for block in maker.blocks(desk, part)
        ]
        if not any(isinstance(block, Table | Figure) for block in made):
            made = [replace(block, part=item.name) if isinstance(block, Narrative) else block for block in made]
        blocks += distinct(made, {block.key for block in blocks if isinstance(block, Table | Figure)})
    if not blocks:
        blocks = [Narrative(None, (plain(words.t("There is nothing to report yet: no passage has been tagged.")),))]
    lists = _contents(words, options, blocks)
    # the title is on the page of what it heads
    title = Narrative(
        desk.material.title,
        level=0,
        landscape=not lists and blocks[0].landscape,
        chapter=_chapter(items, words, options),
    )
    return [title, *lists, *blocks]


def _chapter(items: Iterable[ReportItem], words: Words, options: ReportOptions) -> Chapter:
    """The heading of the report on pages: its own, else that of a chapter of findings, or of appendices."""
    appendix = not any(item.name in (*CHAPTER, "narrative") for item in items)
    usual = words.t("Appendices") if appendix else words.t("Results and discussion")
    return Chapter((options.heading or "").strip() or usual, numbered=not appendix)


def project_guid(project: Reader) -> str:
    """What tells the project from every other."""
    with project.read() as session:
        return str(session.scalars(select(ProjectRow.guid)).one())


def project_language(project: Reader) -> str:
    """The language of the project, in which it is reported unless another is chosen."""
    with project.read() as session:
        return str(session.scalars(select(ProjectRow.language)).one())


def table_names(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The names of the tables among `blocks`, and of parts that are prose alone, each once, in order."""
    names = (
        block.name if isinstance(block, Table | Figure) else block.part if isinstance(block, Narrative) else ""
        for block in blocks
    )
    return tuple(dict.fromkeys(name for name in names if name))


def distinct(blocks: Sequence[Block], taken: set[str]) -> list[Block]:
    """`blocks` with keys that are not among `taken`, references within them following."""
    renamed: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Table | Figure) and block.key in taken:
            number = 2
            while f"{block.key}#{number}" in taken:
                number += 1
            renamed[block.key] = f"{block.key}#{number}"
    return [_renamed(block, renamed) for block in blocks] if renamed else list(blocks)


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    def paragraphs(of: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(replace(one, runs=tuple(run(r) for r in one.runs)) for one in of)

    def run(of: Run) -> Run:
        return replace(of, ref=names.get(of.ref, of.ref)) if of.ref is not None else of

    def cells(of: Sequence[TableCell]) -> tuple[TableCell, ...]:
        return tuple(replace(one, paragraphs=paragraphs(one.paragraphs)) for one in of)

    if isinstance(block, Narrative):
        return replace(block, paragraphs=paragraphs(block.paragraphs))
    if isinstance(block, Table):
        return replace(
            block,
            key=names.get(block.key, block.key),
            continues=names.get(block.continues, block.continues) if block.continues else None,
            rows=tuple(cells(row) for row in block.rows),
            notes=paragraphs(block.notes),
        )
    return replace(block, key=names.get(block.key, block.key)) if isinstance(block, Figure) else block


def _contents(words: Words, options: ReportOptions, blocks: Sequence[Block]) -> list[Block]:
    """The lists at the front, those of tables and figures where there are any."""
    if not options.contents:
        return []
    lists: list[Block] = [Contents(words.t("Contents"), "headings")]
    if any(isinstance(block, Table) for block in blocks):
        lists.append(Contents(words.t("List of tables"), "tables"))
    if any(isinstance(block, Figure) for block in blocks):
        lists.append(Contents(words.t("List of figures"), "figures"))
    return lists


def _items(options: ReportOptions) -> tuple[ReportItem, ...]:
    if options.items is not None:
        items = options.items
    elif options.tables is not None:
        asked = [name.strip() for name in options.tables]
        # in the order of print, whatever the order asked for; unknown ones last, to be refused
        ordered = [name for name in TABLES if name in asked] + [name for name in asked if name not in TABLES]
        items = tuple(ReportItem(name) for name in ordered)
    else:
        items = tuple(ReportItem(name) for name in (PRESETS[options.preset] if options.preset else _USUAL))
    for item in items:
        if item.name not in MAKERS:
            raise CodingError("table_unknown", table=item.name, known=", ".join(TABLES))
    return items


def _asked(options: ReportOptions, items: Sequence[ReportItem]) -> frozenset[str]:
    """The parts that somebody chose by name."""
    if options.items is None and options.tables is None:
        return frozenset(ON_REQUEST)
    return frozenset(item.name for item in items if not item.settings.get("optional"))


def _material(results: Results, parts: Sequence[tuple[Maker, Any]]) -> Material:
    """People, sources and the segments that the results quote."""
    project = results.project
    quoted = dict.fromkeys(guid for maker, part in parts for guid in maker.quoted(part))
    found = results.quoted(quoted)
    with project.read() as session:
        title = session.scalars(select(ProjectRow.title)).one()
    return Material(
        title=title,
        informants=tuple(informants(project)),
        sources=tuple(sources(project)),
        segments={row.guid: row for row in found},
        breaks=breaks(project, found),
        findings={
            written_at(matrix, finding.code, finding.part, finding.cell, finding.column): finding.text
            for maker, part in parts
            for matrix in maker.matrices(part)
            for finding in findings(project, matrix)
        },
        sides={
            (factors.framework, *place): finding.text
            for maker, part in parts
            for factors in maker.factors(part)
            for place, finding in side_findings(project, factors).items()
        },
        frameworks={row.key: Label(row.label_id, row.label_en) for row in results.adopted},
        parts=frozenset(maker.name for maker, _ in parts),
    )


def breaks(project: Reader, rows: Sequence[SegmentRow]) -> dict[str, tuple[int, ...]]:
    """Where further turns begin inside each segment, in code points from the segment's start."""
    starts: dict[str, list[int]] = {}
    for guid in dict.fromkeys(row.source_guid for row in rows):
        starts[guid] = [turn.label_start for turn in source_text(project, guid).turns]
    found: dict[str, tuple[int, ...]] = {}
    for row in rows:
        turns = starts[row.source_guid]
        first = bisect_right(turns, row.start)
        found[row.guid] = tuple(at - row.start for at in turns[first : bisect_left(turns, row.end, first)])
    return found
