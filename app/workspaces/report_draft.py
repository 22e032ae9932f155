"""The report as it is being put together: what Report shows and what Matrices adds to it, kept per project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.models.matrix_choice import MatrixChoice
from coding.analysis.results import Level
from coding.reports.attribution import DEFAULT
from coding.reports.options import TABLES, ReportOptions
from coding.words import LANGUAGES

FACTORS = "factors"
FIRST_CHAPTER, LAST_CHAPTER = 1, 99
_NAME = "report_draft"
_KEY = "report_draft"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """What the person chose for the report. None and "" leave the choice to the project, as in `ReportOptions`."""

    language: str = ""
    attribution: str = DEFAULT
    tables: tuple[str, ...] | None = None
    frameworks: tuple[str, ...] | None = None
    factor_framework: str = FACTORS
    chapter: int = 4
    source_line: str = ""
    anonymise: bool = False
    matrix: MatrixChoice = field(default_factory=MatrixChoice)
    level: Level = "dimension"

    def options(self) -> ReportOptions:
        """The choice as the reports take it."""
        return ReportOptions(
            language=self.language or None,
            attribution=self.attribution,
            tables=self.tables,
            chapter=self.chapter,
            source_line=self.source_line.strip() or None,
            anonymise=self.anonymise,
            frameworks=self.frameworks,
            factor_framework=self.factor_framework,
            kind=self.matrix.kind,
            columns=self.matrix.columns,
            against=self.matrix.against or None,
            level=self.level,
            threshold=self.matrix.threshold,
        )

    def with_tables(self, *names: str) -> Self:
        """The choice with these tables in it as well."""
        if self.tables is None:
            return self
        return replace(self, tables=tuple(name for name in TABLES if name in self.tables or name in names))

    def to_json(self) -> dict[str, Any]:
        """Plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The choice kept as `values`; what makes no sense in them gives way to the default."""
        kept: dict[str, Any] = {}
        for name in ("attribution", "factor_framework", "source_line"):
            if isinstance(values.get(name), str):
                kept[name] = values[name]
        if values.get("language") in LANGUAGES:
            kept["language"] = values["language"]
        for name in ("tables", "frameworks"):
            if isinstance(values.get(name), list | tuple):
                kept[name] = tuple(str(one) for one in values[name])
        if "tables" in kept:
            kept["tables"] = tuple(name for name in TABLES if name in kept["tables"])
        chapter = values.get("chapter")
        if isinstance(chapter, int) and FIRST_CHAPTER <= chapter <= LAST_CHAPTER:
            kept["chapter"] = chapter
        if isinstance(values.get("anonymise"), bool):
            kept["anonymise"] = values["anonymise"]
        if isinstance(values.get("matrix"), dict):
            kept["matrix"] = MatrixChoice.from_json(values["matrix"])
        if values.get("level") in ("dimension", "indicator"):
            kept["level"] = values["level"]
        return cls(**kept)


class ReportDraft(QObject):
    """The choice for the report of the open project. `changed` after every change and when another project is open."""

    changed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._ctx = ctx
        self.choice = ReportChoice()
        self.setObjectName(_NAME)
        ctx.project_opened.connect(self._load)
        ctx.project_closed.connect(self._load)
        self._load()

    @classmethod
    def of(cls, ctx: Context) -> ReportDraft:
        """The draft of the window; there is one, made when it is first asked for."""
        found = ctx.findChild(ReportDraft, _NAME)
        return found if isinstance(found, ReportDraft) else cls(ctx)

    def _load(self) -> None:
        project = self._ctx.project
        kept = self._ctx.settings.project_state(project.guid).get(_KEY, {}) if project is not None else {}
        self.choice = ReportChoice.from_json(kept if isinstance(kept, dict) else {})
        self.changed.emit()

    def take(self, choice: ReportChoice) -> None:
        """Make `choice` the one, and keep it."""
        project = self._ctx.project
        if project is None or choice == self.choice:
            return
        self.choice = choice
        state = self._ctx.settings.project_state(project.guid)
        state[_KEY] = choice.to_json()
        self._ctx.settings.keep_project_state(project.guid, state)
        self.changed.emit()

    def add_matrix(self, matrix: MatrixChoice, level: Level, coded: tuple[str, ...]) -> None:
        """Put the triangulation matrix `matrix` into the report; `coded` are the frameworks with segments, which are in
        it anyway while no others are chosen."""
        choice = self.choice
        if matrix.kind == "method":
            # by method is a table of its own; what the other one shows stays
            choice = replace(choice, matrix=replace(choice.matrix, percent=matrix.percent), level=level)
            choice = choice.with_tables("method")
        else:
            choice = replace(choice, matrix=matrix, level=level).with_tables("triangulation")
        chosen = choice.frameworks if choice.frameworks is not None else coded
        if matrix.framework not in chosen:
            choice = replace(choice, frameworks=(*chosen, matrix.framework))
        self.take(choice)

    def add_factors(self, framework: str) -> None:
        """Put the factor summary over `framework` into the report."""
        self.take(replace(self.choice, factor_framework=framework).with_tables("factors"))
