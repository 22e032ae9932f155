"""What parts of a report are called in the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.context import Context
from app.models.matrix_choice import MatrixChoice
from app.workspaces.report.reading import Facts
from app.workspaces.report_draft import ReportChoice
from coding.analysis.fitting import fitting
from coding.analysis.results import Level
from coding.codes.rows import FrameworkRow
from coding.reports.options import TITLES, ReportItem
from coding.transcripts.numerals import roman


def table_title(ctx: Context, name: str) -> str:
    """What a table of the report is called."""
    return ctx.t(TITLES[name]) if name in TITLES else name


def preset_titles(ctx: Context, choice: ReportChoice) -> list[tuple[str, str]]:
    """The presets that can be chosen from, each with what it is called; "" for the parts ticked by hand."""
    t = ctx.t
    titles = [
        ("chapter", t("Chapter {number}", number=roman(choice.chapter).upper())),
        ("appendices", t("Appendices")),
        ("everything", t("Everything")),
    ]
    if choice.tables is not None or choice.own:
        titles.append(("", t("My own choice")))
    elif not choice.preset:
        titles.append(("", t("All tables with content")))
    return titles


def part_title(ctx: Context, item: ReportItem, facts: Facts | None) -> str:
    """What a part is called: its table, and what sets it apart."""
    title, settings = table_title(ctx, item.name), item.settings
    if settings.get("pinned"):
        return f"{title}: {settings['pinned']}"
    labels = {row.key: row.label(ctx.language) for row in facts.frameworks} if facts is not None else {}
    told = [labels.get(str(settings["framework"]), str(settings["framework"]))] if settings.get("framework") else []
    kinds = _kinds(ctx)
    if settings.get("kind") in kinds:
        told.append(kinds[settings["kind"]].lower())
    if item.name == "crosstab" and settings.get("columns"):
        columns = {key: one.in_(ctx.language) for key, one in facts.columns} if facts is not None else {}
        told.append(columns.get(str(settings["columns"]), str(settings["columns"])).lower())
    if settings.get("sort") == "code":
        told.append(ctx.t("by code"))
    return f"{title}: {', '.join(told)}" if told else title


def automatic_factors(ctx: Context, frameworks: Sequence[FrameworkRow]) -> str:
    """Which framework the factors are of while the person has chosen none."""
    key, _ = fitting(frameworks)
    label = next((row.label(ctx.language) for row in frameworks if row.key == key), "–")
    return ctx.t("What has evidence: {framework}", framework=label)


def matrix_said(ctx: Context, matrix: MatrixChoice, facts: Facts | None) -> str:
    """Which matrix the table “triangulation” is, as it was chosen in Matrices."""
    parts = [_kinds(ctx)[matrix.kind]]
    if matrix.kind == "source" and facts is not None:
        columns = {key: one.in_(ctx.language) for key, one in facts.columns}
        parts.append(columns.get(matrix.columns, matrix.columns).lower())
    if matrix.kind == "theory" and facts is not None:
        labels = {row.key: row.label(ctx.language) for row in facts.frameworks}
        parts.append(labels.get(matrix.against, matrix.against))
    parts.append(ctx.t("threshold {percent}", percent=ctx.words.percent(matrix.threshold)))
    return ", ".join(parts)


def _kinds(ctx: Context) -> dict[str, str]:
    return {
        "source": ctx.t("By source"), "method": ctx.t("By method"), "time": ctx.t("By time"),
        "place": ctx.t("By place"), "investigator": ctx.t("By investigator"), "theory": ctx.t("By theory"),
    }  # fmt: skip


def matrix_settings(matrix: MatrixChoice, level: Level) -> dict[str, Any]:
    """The settings of a part that shows `matrix` as it is now."""
    kept = matrix.to_json()
    return {
        "framework": matrix.framework, "kind": matrix.kind, "columns": matrix.columns,
        "against": matrix.against or None, "level": level, "threshold": str(matrix.threshold),
        "evidence": kept["evidence"],
    }  # fmt: skip
