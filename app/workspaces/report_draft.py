"""The report as it is being put together: what Report shows and what Matrices adds to it, kept per project."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.models.matrix_choice import MatrixChoice
from coding.analysis.results import Level
from coding.reports.attribution import DEFAULT
from coding.reports.options import ON_REQUEST, PRESETS, TABLES, ReportItem, ReportOptions, Sort, Template, unasked
from coding.reports.saved import from_params, to_params
from coding.words import LANGUAGES

USUAL = tuple(name for name in TABLES if name not in ON_REQUEST)
"""The parts of a report for which neither parts nor a preset were chosen, as the command line writes it."""
NEW = "chapter"
"""The preset of a report while the person has chosen nothing."""
FIRST_CHAPTER, LAST_CHAPTER = 1, 99
_NAME = "report_draft"
_KEY = "report_draft"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """What the person chose for the report. None and "" leave the choice to the project, as in `ReportOptions`.

    While `tables` is None, the parts are those of `preset` that have content.
    """

    language: str = ""
    attribution: str = DEFAULT
    tables: tuple[str, ...] | None = None
    frameworks: tuple[str, ...] | None = None
    factor_framework: str = ""
    chapter: int = 4
    heading: str = ""
    source_line: str = ""
    anonymise: bool = False
    matrix: MatrixChoice = field(default_factory=MatrixChoice)
    level: Level = "dimension"
    order: tuple[str, ...] = ()
    """The parts in the user's order, names of tables and of `extra` ones; () is the usual order."""
    extra: tuple[ReportItem, ...] = ()
    """Parts put in with settings of their own; the first is called `+0` in `order`."""
    footnotes: bool = False
    contents: bool = False
    quote_length: int = 0
    sort: Sort = "study"
    template: Template | None = None
    wording: Mapping[str, str] = field(default_factory=dict)
    preset: str = NEW
    own: tuple[str, ...] = ()
    """The tables last ticked by hand, to come back to from a preset."""

    @property
    def tables_in(self) -> tuple[str, ...]:
        """The tables that are ticked."""
        if self.tables is not None:
            return self.tables
        return PRESETS[self.preset] if self.preset else USUAL

    @property
    def parts(self) -> tuple[str, ...]:
        """All parts that can be in the report, in the user's order."""
        every = (*TABLES, *(f"+{number}" for number in range(len(self.extra))))
        known = [name for name in self.order if name in every]
        return (*known, *(name for name in every if name not in known))

    def has(self, part: str) -> bool:
        """Whether a part is in the report."""
        return part.startswith("+") or part in self.tables_in

    def item(self, part: str) -> ReportItem:
        """A part as the reports take it."""
        if part.startswith("+"):
            return self.extra[int(part[1:])]
        return ReportItem(part) if self.tables is not None else unasked(part)

    def with_extra(self, item: ReportItem) -> Self:
        """The choice with a part more, at the end."""
        parts = (*self.parts, f"+{len(self.extra)}")
        return replace(self, extra=(*self.extra, item), order=parts)

    def without_extra(self, part: str) -> Self:
        """The choice without a part that was put in."""
        gone = int(part[1:])
        moved = {f"+{old}": f"+{old - (old > gone)}" for old in range(len(self.extra)) if old != gone}
        order = tuple(moved.get(name, name) for name in self.parts if name != part)
        return replace(self, extra=(*self.extra[:gone], *self.extra[gone + 1 :]), order=order)

    def options(self) -> ReportOptions:
        """The choice as the reports take it."""
        return ReportOptions(
            language=self.language or None,
            attribution=self.attribution,
            tables=self.tables,
            chapter=self.chapter,
            heading=self.heading.strip() or None,
            source_line=self.source_line.strip() or None,
            anonymise=self.anonymise,
            frameworks=self.frameworks,
            factor_framework=self.factor_framework,
            kind=self.matrix.kind,
            columns=self.matrix.columns,
            against=self.matrix.against or None,
            level=self.level,
            threshold=self.matrix.threshold,
            items=tuple(self.item(part) for part in self.parts if self.has(part)) if self.order else None,
            footnotes=self.footnotes,
            quote_length=self.quote_length or None,
            sort=self.sort,
            contents=self.contents,
            template=self.template,
            wording=self.wording,
            preset=(self.preset or None) if self.tables is None else None,
        )

    @classmethod
    def of(cls, options: ReportOptions) -> Self:
        """The choice that gives these options."""
        standard = [item.name for item in options.items or () if _is_standard(item)]
        extra = tuple(item for item in options.items or () if not _is_standard(item))
        order, number = [], 0
        for item in options.items or ():
            order.append(item.name if _is_standard(item) else f"+{number}")
            number += not _is_standard(item)
        automatic = any(item.settings.get("optional") for item in options.items or ())
        matrix = MatrixChoice(
            kind=options.kind,
            columns=options.columns,
            against=options.against or "",
            percent=round(options.threshold * 100),
        )
        return cls(
            language=options.language or "",
            attribution=DEFAULT if options.attribution is None else options.attribution,
            tables=options.tables if options.items is None else None if automatic else tuple(standard),
            frameworks=options.frameworks,
            factor_framework=options.factor_framework,
            chapter=options.chapter,
            heading=options.heading or "",
            source_line=options.source_line or "",
            anonymise=options.anonymise,
            matrix=matrix,
            level=options.level,
            order=tuple(order),
            extra=extra,
            footnotes=options.footnotes,
            contents=options.contents,
            quote_length=options.quote_length or 0,
            sort=options.sort,
            template=options.template,
            wording=options.wording,
            preset=options.preset or "",
        )

    def with_preset(self, preset: str) -> Self:
        """The choice with the tables of a preset, those that have content; "" for the tables ticked by hand."""
        return replace(self, preset=preset, tables=None if preset else self.own or self.tables_in)

    def with_ticks(self, tables: Collection[str]) -> Self:
        """The choice with just these tables."""
        ticked = tuple(name for name in TABLES if name in tables)
        preset = next((key for key, names in PRESETS.items() if names == ticked), None)
        return self.with_preset(preset) if preset else replace(self, tables=ticked, own=ticked)

    def with_tables(self, *names: str) -> Self:
        """The choice with these tables in it as well."""
        return self if set(names) <= set(self.tables_in) else self.with_ticks({*self.tables_in, *names})

    def to_json(self) -> dict[str, Any]:
        """Plain values for the settings."""
        kept = to_params(self.options())
        return {
            **asdict(replace(self, extra=(), template=None)),
            "extra": [{"name": item.name, "settings": dict(item.settings)} for item in self.extra],
            "template": kept["template"],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The choice kept as `values`; what makes no sense in them gives way to the default."""
        kept: dict[str, Any] = {}
        for name in ("attribution", "factor_framework", "heading", "source_line"):
            if isinstance(values.get(name), str):
                kept[name] = values[name]
        if values.get("language") in LANGUAGES:
            kept["language"] = values["language"]
        for name in ("tables", "frameworks"):
            if isinstance(values.get(name), list | tuple):
                kept[name] = tuple(str(one) for one in values[name])
        if isinstance(values.get("own"), list | tuple):
            kept["own"] = tuple(str(one) for one in values["own"])
        for name in kept.keys() & {"tables", "own"}:
            kept[name] = tuple(one for one in TABLES if one in kept[name])
        if values.get("preset") in ("", *PRESETS):
            kept["preset"] = values["preset"]
        chapter = values.get("chapter")
        if isinstance(chapter, int) and FIRST_CHAPTER <= chapter <= LAST_CHAPTER:
            kept["chapter"] = chapter
        if isinstance(values.get("anonymise"), bool):
            kept["anonymise"] = values["anonymise"]
        if isinstance(values.get("matrix"), dict):
            kept["matrix"] = MatrixChoice.from_json(values["matrix"])
        if values.get("level") in ("dimension", "indicator"):
            kept["level"] = values["level"]
        more = from_params({**values, "items": values.get("extra")})
        kept |= {name: getattr(more, name) for name in ("footnotes", "contents", "sort", "template", "wording")}
        kept |= {"quote_length": more.quote_length or 0, "extra": more.items or ()}
        if isinstance(values.get("order"), list | tuple):
            kept["order"] = tuple(str(one) for one in values["order"])
        return cls(**kept)


def _is_standard(item: ReportItem) -> bool:
    """Whether a part has no settings of its own."""
    return not set(item.settings) - {"optional"}


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

    def add_part(self, item: ReportItem) -> None:
        """Put a part into the report, with settings of its own where it has any; one that is there stays one."""
        if not item.settings:
            self.take(self.choice.with_tables(item.name))
        elif item not in self.choice.extra:
            self.take(self.choice.with_extra(item))

    def add_factors(self, framework: str) -> None:
        """Put the factor summary over `framework` into the report, "" for the one that fits."""
        self.take(replace(self.choice, factor_framework=framework).with_tables("factors"))
