"""What the user chooses for a report, and what a report is called by."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from coding.analysis.results import Kind, Level

# The tables a report can hold, in the order in which it prints them.
TABLES = ("informants", "findings", "triangulation", "method", "factors", "codebook")


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """None leaves the choice to the project: its language, every table with content, frameworks that have segments.

    `attribution` is a template of CLI.md; `source_line` replaces the whole line below each table. `kind`, `columns`,
    `against`, `level` and `threshold` are those of the table `triangulation` (`level` and `threshold` of `method` too).
    """

    language: str | None = None
    attribution: str | None = None
    tables: tuple[str, ...] | None = None
    chapter: int = 4
    source_line: str | None = None
    anonymise: bool = False
    frameworks: tuple[str, ...] | None = None
    factor_framework: str = "factors"
    kind: Kind = "source"
    columns: str = "informant"
    against: str | None = None
    level: Level = "dimension"
    threshold: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The file that was written, and the names of the tables in it."""

    path: Path
    tables: tuple[str, ...]
