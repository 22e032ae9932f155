"""How far coders agree, a table for each pair."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from coding.analysis.agreement import UNITS, Agreement, CodeAgreement, PairAgreement, Unit, agree
from coding.analysis.agreement_segments import Decided, Pair, agreement_guids
from coding.reports.count_tables import figure_cell, fitted, named, nothing_row, share_cell
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    Value,
    cell,
    head,
    plain,
    with_reference,
)
from coding.reports.wording import listed
from coding.words import Words

NAME = "agreement"


Behind = Mapping[Pair, Mapping[str, Decided]]
_NONE: Mapping[Pair, Mapping[str, Decided]] = MappingProxyType({})


def agreement_blocks(desk: Desk, found: Agreement, behind: Behind = _NONE) -> list[Block]:
    """By code: percent agreement, kappa and the four counts it comes from; below it what holds for all codes, and over
    which units it was computed."""
    words = desk.words
    title = named(desk, words.t("Agreement between coders"), found.framework)
    if not found.pairs:
        return [Narrative(title, desk.notices(found.notices))]
    tables = [
        _table(desk, found, pair, number, title, behind.get(pair.coders, {})) for number, pair in enumerate(found.pairs)
    ]
    keys = [table.key for table in tables]
    if len(keys) == 1:
        sentence = words.t("{table} sets the decisions of two coders side by side.", table=REFERENCE)
    else:
        sentence = words.t(
            "{tables} set the decisions of {count} pairs of coders side by side.",
            tables=listed(words, [REFERENCE] * len(keys)),
            count=len(keys),
        )
    alpha = words.number(found.alpha, 2) if found.alpha is not None else words.t("0/0, not given")
    all_coders = words.t("Krippendorff's alpha over all coders: {value}.", value=alpha)
    runs = with_reference(f"{sentence} {all_coders}", *keys)
    turned = any(table.landscape for table in tables)
    return [Narrative(title, (Paragraph(runs),), landscape=turned), *tables]


def _table(
    desk: Desk, found: Agreement, pair: PairAgreement, number: int, title: str, behind: Mapping[str, Decided]
) -> Table:
    words = desk.words
    one, other = (desk.naming.text(name) for name in pair.coders)
    heads = (
        words.t("Code"), words.t("Percent agreement"), words.t("Cohen's kappa"), words.t("Both"),
        words.t("Only {name}", name=one), words.t("Only {name}", name=other), words.t("Neither"),
    )  # fmt: skip
    rows = tuple(_row(words, code, at, behind.get(code.code, Decided())) for at, code in enumerate(pair.codes, 1))
    whole = tuple(dict.fromkeys(guid for one in behind.values() for guid in one.any))
    total = (
        cell(""), cell(words.t("All codes"), bold=True), share_cell(words, pair.percent, bold=True, segments=whole),
        figure_cell(words, pair.kappa, bold=True, segments=whole), cell("", span=4),
    )  # fmt: skip
    shown = (*rows, total) if rows else (nothing_row(words, 8),)
    widths, turned = fitted(heads, shown)
    return Table(
        NAME,
        f"{NAME}.{found.framework or 'all'}" + (f".{number + 1}" if number else ""),
        f"{title}: {one} – {other}",
        ((head("No"), *map(head, heads)),),
        shown,
        widths,
        desk.source_line,
        (plain(_over(words, found, pair)), *desk.notices(found.notices)),
        landscape=turned,
    )


def _row(words: Words, code: CodeAgreement, number: int, decided: Decided) -> tuple[TableCell, ...]:
    table = code.table
    counts = (
        (table.both, decided.both), (table.first, decided.first), (table.second, decided.second), (table.neither, ()),
    )  # fmt: skip
    return (
        cell(words.number(number), align="center"),
        cell(code.label.in_(words.language)),
        share_cell(words, code.percent, segments=decided.any),
        figure_cell(words, code.kappa, segments=decided.any),
        # a dash would read as a coefficient that is 0/0
        *(
            cell(words.number(count), align="center", value=Value(count), segments=tuple(guids))
            for count, guids in counts
        ),
    )


def _over(words: Words, found: Agreement, pair: PairAgreement) -> str:
    """Over which units the figures were computed, and how far the directions agree."""
    units = {
        "sentence": words.n("{count} sentence", "{count} sentences", count=pair.units),
        "turn": words.n("{count} turn", "{count} turns", count=pair.units),
        "character": words.n("{count} character", "{count} characters", count=pair.units),
    }[found.unit]
    over = words.n(
        "Computed over {units} of {count} source that both marked as done; the row for all codes has the mean share"
        " and the pooled kappa (De Vries and others 2008).",
        "Computed over {units} of {count} sources that both marked as done; the row for all codes has the mean share"
        " and the pooled kappa (De Vries and others 2008).",
        units=units,
        count=pair.sources,
    )
    if pair.valence is None:
        return over
    return f"{over} " + words.t(
        "Direction: kappa {kappa} over {units} units.", kappa=words.number(pair.valence, 2), units=pair.valence_units
    )


def _gather(results: Results, item: ReportItem) -> list[tuple[Agreement, Behind]]:
    framework = item.settings.get("framework")
    unit: Unit = next((one for one in UNITS if one == item.settings.get("unit")), "sentence")
    key = str(framework) if framework else None
    found = agree(results.project, key, unit, listed=0)
    if not found.pairs and item.name not in results.asked:
        return []
    return [(found, agreement_guids(results.project, key, unit))]


MAKER = Maker(NAME, _gather, lambda desk, part: agreement_blocks(desk, *part))
