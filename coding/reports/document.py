"""A report as the writers beside Word get it: its blocks, and the coded segments that its figures stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coding.reports.options import ReportOptions
from coding.reports.tables import Block, Narrative, Table
from coding.segments.rows import Valence
from coding.words import Words

if TYPE_CHECKING:
    from coding.project import Reader


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """One coded segment as it may be printed: names are masked where the report is anonymised.

    `text` is the quotation without quotation marks, each further turn on a line of its own; `voices` are those heard in
    it, or its source; `date` is ISO or None; `code` is the label of its code, `framework` that of its framework or "".
    `coder` is "" where they are all of one.
    """

    guid: str
    text: str
    voices: tuple[str, ...]
    attribution: str
    source: str
    date: str | None
    framework: str
    code: str
    valence: Valence | None
    memo: str = ""
    coder: str = ""

    @property
    def who(self) -> str:
        return ", ".join(self.voices)


class ReportDocument:
    """The blocks of one report with its wording and choices."""

    def __init__(self, project: Reader, blocks: Sequence[Block], words: Words, options: ReportOptions) -> None:
        self.blocks = tuple(blocks)
        self.words = words
        self.options = options
        self._project = project

    @property
    def title(self) -> str:
        """What the report is headed by."""
        found = (block.heading for block in self.blocks if isinstance(block, Narrative) and block.level == 0)
        return next((heading for heading in found if heading), "")

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, whole, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def segments(self) -> Mapping[str, ShownSegment]:
        """Every coded segment that a figure of the report stands on, by guid, in the order of sources."""
        guids = dict.fromkeys(guid for table in self.tables for guid in _behind(table))
        return shown_segments(self._project, list(guids), self.words, self.options) if guids else {}


Writer = Callable[[ReportDocument, Path], tuple[Path, ...]]
"""Writes a report to a path and gives the files it wrote. Raises what `saving.save` raises."""


def shown_segments(
    project: Reader, guids: Sequence[str], words: Words, options: ReportOptions
) -> dict[str, ShownSegment]:
    """These coded segments as `options` let them be printed, in the order of sources."""
    from coding.analysis.results import Label
    from coding.codes.queries import frameworks
    from coding.informants.queries import informants
    from coding.reports.build import breaks
    from coding.reports.desk import Desk, Material
    from coding.segments.queries import segments
    from coding.transcripts.queries import sources

    found = segments(project, guids=guids)
    material = Material(
        "", tuple(informants(project)), tuple(sources(project)), {row.guid: row for row in found},
        breaks(project, found),
        frameworks={row.key: Label(row.label_id, row.label_en) for row in frameworks(project)},
    )  # fmt: skip
    desk = Desk(material, words, options)
    several = len({row.coder for row in found}) > 1
    shown: dict[str, ShownSegment] = {}
    for row in found:
        framework = material.frameworks.get(row.framework or "")
        source = desk.naming.source(row.source)
        shown[row.guid] = ShownSegment(
            row.guid,
            desk.quotation(row),
            tuple(desk.naming.voice(code) for code in row.informants) or (source,),
            desk.naming.attribute(row),
            source,
            row.source_date,
            framework.in_(words.language) if framework else "",
            desk.naming.text(row.label(words.language)),
            row.valence,
            desk.naming.text(row.memo),
            desk.naming.text(row.coder) if several else "",
        )
    return shown


def _behind(table: Table) -> Iterable[str]:
    for row in table.rows:
        for one in row:
            yield from one.segments
