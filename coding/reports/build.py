"""From a project to the blocks of a report: which tables have content, and in what order they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import select

from coding.analysis.factors import summarise
from coding.analysis.judging import findings
from coding.analysis.results import Factors, Kind, Label, Level, Matrix
from coding.analysis.triangulation import triangulate
from coding.codes.codebook import Codebook, codebook
from coding.codes.queries import frameworks
from coding.codes.rows import FrameworkRow
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.progress import Progress, Silent
from coding.project import Reader
from coding.reports.codebook_table import codebook_blocks
from coding.reports.desk import Desk, Material
from coding.reports.factor_table import factor_blocks
from coding.reports.findings import finding_blocks
from coding.reports.informant_table import informant_blocks
from coding.reports.matrix_table import Triangulation, matrix_blocks
from coding.reports.options import TABLES, ReportOptions
from coding.reports.tables import Block, Figure, Narrative, Table, plain
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import ProjectRow
from coding.transcripts.queries import source_text, sources
from coding.words import Words

FACTORS = "factors"
"""The framework whose indicators are factors."""
_LEVELS: tuple[Level, Level] = ("dimension", "indicator")

Part = Triangulation | Factors | Codebook


def report_tables(
    project: Reader, words: Words, options: ReportOptions, progress: Progress | None = None
) -> list[Block]:
    """The blocks of a report on `project`, headed by its title, worded by `words`.

    Without `options.tables` every table that has content; a table asked for by name is there even when nothing has been
    tagged yet. Raises `CodingError`: `table_unknown`, `placeholder_unknown`, `framework_not_adopted`, what
    triangulation raises, and `cancelled`.
    """
    wanted, watched = _wanted(options), progress or Silent()
    results = _Results(project, options)
    planned: list[tuple[str, Part]] = []
    for done, name in enumerate(wanted):
        watched.step(done, 2 * len(wanted), name)
        planned += [(name, part) for part in results.of(name)]
    desk = Desk(_material(project, [part for _, part in planned], results.adopted), words, options)
    blocks: list[Block] = []
    for done, name in enumerate(wanted, len(wanted)):
        watched.step(done, 2 * len(wanted), name)
        if name == "informants":
            blocks += informant_blocks(desk)
        for found, part in planned:
            if found == name:
                blocks += _blocks(desk, name, part)
    if not blocks:
        blocks = [Narrative(None, (plain(words.t("There is nothing to report yet: no passage has been tagged.")),))]
    return [Narrative(desk.material.title, level=0), *blocks]


def project_language(project: Reader) -> str:
    """The language of the project, in which it is reported unless another is chosen."""
    with project.read() as session:
        return str(session.scalars(select(ProjectRow.language)).one())


def table_names(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The names of the tables among `blocks`, each once, in order."""
    return tuple(dict.fromkeys(block.name for block in blocks if isinstance(block, Table | Figure)))


def _wanted(options: ReportOptions) -> tuple[str, ...]:
    asked = tuple(name.strip() for name in options.tables) if options.tables is not None else TABLES
    for name in asked:
        if name not in TABLES:
            raise CodingError("table_unknown", table=name, known=", ".join(TABLES))
    return tuple(name for name in TABLES if name in asked)


class _Results:
    """The results each table is made of. An empty one is made only for a table asked for by name."""

    def __init__(self, project: Reader, options: ReportOptions) -> None:
        self.project = project
        self.options = options
        self.adopted = frameworks(project)
        self._made: dict[tuple[str, Kind, str, str | None, Level], Matrix] = {}

    def of(self, name: str) -> Sequence[Part]:
        made: Mapping[str, Callable[[], Sequence[Part]]] = {
            "informants": list,
            "findings": self._findings,
            "triangulation": self._triangulation,
            "method": self._methods,
            "factors": self._factors,
            "codebook": self._codebooks,
        }
        return made[name]()

    def _findings(self) -> list[Triangulation]:
        return [self._both(key, "source", "informant") for key in self._frameworks("findings")]

    def _triangulation(self) -> list[Triangulation]:
        o = self.options
        return [self._expanded(key, o.kind, o.columns, o.against) for key in self._frameworks("triangulation")]

    def _methods(self) -> list[Triangulation]:
        made = [self._expanded(key, "method", "informant") for key in self._frameworks("method")]
        # One method alone has nothing to be compared with.
        return [one for one in made if len(one.matrix.columns) > 1 or self._asked("method")]

    def _expanded(self, key: str, kind: Kind, columns: str, against: str | None = None) -> Triangulation:
        if self.options.level == "indicator":
            return self._both(key, kind, columns, against)
        return Triangulation(self._matrix(key, kind, columns, against, "dimension"))

    def _both(self, key: str, kind: Kind, columns: str, against: str | None = None) -> Triangulation:
        dimensions, indicators = (self._matrix(key, kind, columns, against, level) for level in _LEVELS)
        return Triangulation(dimensions, indicators)

    def _matrix(self, key: str, kind: Kind, columns: str, against: str | None, level: Level) -> Matrix:
        asked = (key, kind, columns, against, level)
        if asked not in self._made:
            self._made[asked] = triangulate(self.project, key, kind, columns, against, level, self.options.threshold)
        return self._made[asked]

    def _factors(self) -> list[Factors]:
        key = self._factor_framework()
        tagged = {row.key for row in self.adopted if row.segments}
        return [summarise(self.project, key)] if self._asked("factors") or key in tagged else []

    def _factor_framework(self) -> str:
        """The one chosen; where a study does without the framework of factors, its first theory with segments."""
        key = self.options.factor_framework
        if key != FACTORS or any(row.key == key for row in self.adopted):
            return key
        theories = sorted(self.adopted, key=lambda row: not row.segments)
        return theories[0].key if theories else key

    def _codebooks(self) -> list[Codebook]:
        return [codebook(self.project, key) for key in self._frameworks("codebook")]

    def _asked(self, name: str) -> bool:
        return self.options.tables is not None and name in self.options.tables

    def _frameworks(self, name: str) -> list[str]:
        """The frameworks of a table: those chosen, else those with segments, else (asked by name) the first.

        The framework of factors has a table of its own.
        """
        if self.options.frameworks is not None:
            return list(dict.fromkeys(self.options.frameworks))
        theories = [row for row in self.adopted if row.key != FACTORS]
        tagged = [row.key for row in theories if row.segments]
        return tagged or ([row.key for row in theories[:1]] if self._asked(name) else [])


def _blocks(desk: Desk, name: str, part: Part) -> list[Block]:
    if isinstance(part, Factors):
        return factor_blocks(desk, part)
    if isinstance(part, Codebook):
        return codebook_blocks(desk, part)
    return finding_blocks(desk, part) if name == "findings" else matrix_blocks(desk, part, name)


def _material(project: Reader, parts: Sequence[Part], adopted: Sequence[FrameworkRow]) -> Material:
    """People, sources and the segments that the results quote."""
    quoted: dict[str, None] = {}
    for part in parts:
        if isinstance(part, Triangulation):
            rows = [*part.matrix.rows, *(part.indicators.rows if part.indicators else ())]
            sides = [one.exemplars for row in rows for one in row.cells]
        elif isinstance(part, Codebook):
            sides = [entry.exemplars[:1] for entry in part.entries]
        else:
            sides = [side.exemplars for row in part.rows for side in (row.supporting, row.inhibiting)]
        quoted.update(dict.fromkeys(guid for guids in sides for guid in guids))
    found = segments(project, guids=list(quoted))
    with project.read() as session:
        title = session.scalars(select(ProjectRow.title)).one()
    return Material(
        title=title,
        informants=tuple(informants(project)),
        sources=tuple(sources(project)),
        segments={row.guid: row for row in found},
        breaks=_breaks(project, found),
        findings={
            (finding.code, finding.column if finding.cell else None): finding.text
            for part in parts
            if isinstance(part, Triangulation)
            for matrix in (part.matrix, part.indicators)
            if matrix is not None
            for finding in findings(project, matrix)
            # what is tagged with no indicator has the code of its dimension, whose finding stands
            if finding.part != "no_indicator"
        },
        frameworks={row.key: Label(row.label_id, row.label_en) for row in adopted},
    )


def _breaks(project: Reader, rows: Sequence[SegmentRow]) -> dict[str, tuple[int, ...]]:
    """Where further turns begin inside each segment, in code points from the segment's start."""
    starts: dict[str, list[int]] = {}
    for guid in dict.fromkeys(row.source_guid for row in rows):
        starts[guid] = [turn.label_start for turn in source_text(project, guid).turns]
    return {
        row.guid: tuple(at - row.start for at in starts[row.source_guid] if row.start < at < row.end) for row in rows
    }
