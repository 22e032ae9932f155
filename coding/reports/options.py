"""What the user chooses for a report, and what a report is called by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from coding.analysis.results import Kind, Level
from coding.errors import mark

# The tables a report can hold, in the order in which it prints them; each has its maker in `build.MAKERS`.
TABLES = (
    "method_section", "informants", "findings", "narrative", "triangulation", "method", "factors", "framework_matrix",
    "conclusions", "frequencies", "crosstab", "cooccurrence", "agreement", "saturation", "codebook", "segments",
    "audit", "checklist",
)  # fmt: skip
TITLES: Mapping[str, str] = {
    "method_section": mark("Method, in counts"),
    "informants": mark("Informants"),
    "findings": mark("Findings per dimension"),
    "narrative": mark("Findings as running text"),
    "triangulation": mark("Triangulation matrix"),
    "method": mark("Method triangulation"),
    "factors": mark("Supporting and inhibiting factors"),
    "framework_matrix": mark("Framework matrix"),
    "conclusions": mark("Conclusions"),
    "frequencies": mark("Frequencies of codes"),
    "crosstab": mark("Crosstab"),
    "cooccurrence": mark("Co-occurrence"),
    "agreement": mark("Agreement"),
    "saturation": mark("Saturation"),
    "codebook": mark("Codebook"),
    "segments": mark("Coded segments"),
    "recommendations": mark("Recommendations"),
    "audit": mark("Audit trail"),
    "checklist": mark("Reporting checklist"),
}
"""What the tables are called, and what else a report names."""
ON_REQUEST = ("narrative", "checklist")
"""Those that are there only when somebody asks for them."""
CHAPTER = ("method_section", "informants", "findings", "triangulation", "method", "factors", "conclusions")
"""What a chapter of findings is made of."""
PRESETS: Mapping[str, tuple[str, ...]] = {
    "chapter": CHAPTER,
    # the audit trail is as long as the work was, and the running text says what the findings say
    "appendices": tuple(name for name in TABLES if name not in (*CHAPTER, "narrative", "audit")),
    "everything": TABLES,
}
"""Choices of parts by name, each in the order of print."""
Sort = Literal["study", "evidence"]
"""Rows and informants in the order of the study, or those with most evidence first."""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One part of a report: the table `name` with `settings` of its own, which stand before those of the report.

    Settings are plain values by name: `framework`, `kind`, `columns`, `against`, `level`, `threshold` (a share such as
    "3/4") and `evidence` of an analysis, or `pinned`, the name of one; `sort`. What a maker does not know it leaves.
    A part that is `optional` is there only when it has content.
    """

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)


def unasked(name: str) -> ReportItem:
    """The part `name` of a report for which it was not chosen by name: there only when it has content."""
    return ReportItem(name, {} if name in ON_REQUEST else {"optional": True})


@dataclass(frozen=True, slots=True)
class Template:
    """A Word file whose page, header, footer and styles a report takes over.

    `styles` gives roles (see `word_template.ROLES`) the identifier of the style chosen by hand.
    """

    path: Path
    styles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """None leaves the choice to the project: its language, every table with content, frameworks that have segments.

    `items` are the parts in the user's order; without them those of `tables`, in the order of `TABLES`; without these,
    those of `preset` (a key of `PRESETS`) that have content.
    `factor_framework` is the framework of the factors, "" the one that fits (see `coding.analysis.fitting`).
    `attribution` is a template of CLI.md, put into footnotes with `footnotes`; `source_line` replaces the whole line
    below each table; `heading` is that of the chapter on pages, None the usual one. `quote_length` (characters) cuts
    quotations in the text, None prints them in full. `contents` puts the lists of headings, tables and figures first.
    `wording` are the user's own narrative sentences by their key.
    `kind`, `columns`, `against`, `level` and `threshold` are those of the table `triangulation` (`level` and
    `threshold` of `method` too).
    """

    language: str | None = None
    attribution: str | None = None
    tables: tuple[str, ...] | None = None
    chapter: int = 4
    source_line: str | None = None
    anonymise: bool = False
    frameworks: tuple[str, ...] | None = None
    factor_framework: str = ""
    kind: Kind = "source"
    columns: str = "informant"
    against: str | None = None
    level: Level = "dimension"
    threshold: Fraction = Fraction(1)
    items: tuple[ReportItem, ...] | None = None
    footnotes: bool = False
    quote_length: int | None = None
    sort: Sort = "study"
    contents: bool = False
    template: Template | None = None
    wording: Mapping[str, str] = field(default_factory=dict)
    heading: str | None = None
    preset: str | None = None


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The file that was written (the first of `files`), the names of the tables in it, and what tells its content from
    what anybody makes of it later (see `places.state_of`)."""

    path: Path
    tables: tuple[str, ...]
    files: tuple[Path, ...] = ()
    digest: str = ""
