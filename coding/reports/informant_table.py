"""The table of informants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coding.errors import mark
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    EDGES,
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    cell,
    head,
    plain,
    text_width,
    with_reference,
)
from coding.reports.wording import listed
from coding.transcripts.drafts import CATEGORIES as CATEGORY_KEYS
from coding.transcripts.rows import InformantRow
from coding.words import Words

# Head, and width in centimetres when every column is there.
_HEADS = {
    "code": (mark("Code"), 1.5),
    "name": (mark("Name"), 2.6),
    "role": (mark("Role"), 3.2),
    "category": (mark("Category"), 2.2),
    "group": (mark("Group"), 2.2),
    "age": (mark("Age"), 1.2),
    "sources": (mark("Source and date"), 3.6),
}
_NUMBER = 0.9


def informant_blocks(desk: Desk) -> list[Block]:
    """Who was heard: those counted in the analysis, in the order of the study. Nothing when there is nobody."""
    counted = [row for row in desk.material.informants if row.counted]
    if not counted:
        return []
    words = desk.words
    lines, on_paper = ([_fields(desk, row, gap) for row in counted] for gap in (" ", "\u00a0"))
    shown = [key for key in _HEADS if any(line[key] for line in lines)]
    if "name" in shown and all(line["name"] in ("", line["code"]) for line in lines):
        shown.remove("name")
    table = Table(
        "informants",
        "informants",
        words.t("Informants of the study"),
        ((head("No"), *(head(words.t(_HEADS[key][0])) for key in shown)),),
        _rows(words, lines, shown),
        _widths(shown, max(text_width(line["code"]) for line in lines)),
        desk.source_line,
        _left_out(desk),
    )
    table = replace(table, paper=lambda: replace(table, rows=_rows(words, on_paper, shown), paper=None))
    introduction = Paragraph(with_reference(_introduction(desk, counted), table.key))
    return [Narrative(words.t("Informants"), (introduction,)), table]


def _rows(words: Words, lines: Sequence[dict[str, str]], shown: Sequence[str]) -> tuple[tuple[TableCell, ...], ...]:
    return tuple(
        (cell(words.number(number), align="center"), *(_cell(key, line[key]) for key in shown))
        for number, line in enumerate(lines, 1)
    )


def _fields(desk: Desk, row: InformantRow, gap: str) -> dict[str, str]:
    """What the columns hold; `gap` stands within a date."""
    fields = desk.naming.fields(row)
    if "name" not in desk.naming.attribution.placeholders or desk.options.anonymise:
        fields["name"] = ""
    dates = {source.name: source.date for source in desk.material.sources}
    heard = []
    for name in row.sources:
        date = desk.words.short_date(dates.get(name)).replace(" ", gap)
        heard.append(desk.naming.source(name) + (f" ({date})" if date else ""))
    return fields | {"sources": "\n".join(heard)}


def _cell(key: str, text: str) -> TableCell:
    if key == "age":
        return cell(text or "–", align="center")
    return cell([plain(line) for line in (text or "–").split("\n")])


def _widths(shown: list[str], longest_code: float) -> tuple[float, ...]:
    """A code stays on one line when it can; the other columns share the rest in their proportions."""
    code = min(2.8, max(_HEADS["code"][1], round(longest_code + EDGES, 2)))
    wanted = [_HEADS[key][1] for key in shown[1:]]
    share = (PORTRAIT_TEXT - _NUMBER - code) / max(1.0, sum(wanted))
    return (_NUMBER, code, *(round(width * share, 2) for width in wanted))


def _introduction(desk: Desk, counted: list[InformantRow]) -> str:
    words = desk.words
    by_category = [(key, sum(row.category == key for row in counted)) for key in CATEGORY_KEYS]
    parts = [_counted(words, key, count) for key, count in by_category if count]
    if not parts or sum(count for _, count in by_category) < len(counted):
        return words.n(
            "This study draws on {count} informant, shown in {table}.",
            "This study draws on {count} informants, shown in {table}.",
            count=len(counted),
            table=REFERENCE,
        )
    return words.n(
        "This study draws on {count} informant ({categories}), shown in {table}.",
        "This study draws on {count} informants ({categories}), shown in {table}.",
        count=len(counted),
        categories=listed(words, parts),
        table=REFERENCE,
    )


def _counted(words: Words, category: str, count: int) -> str:
    if category == "key":
        return words.n("{count} key informant", "{count} key informants", count=count)
    if category == "main":
        return words.n("{count} main informant", "{count} main informants", count=count)
    return words.n("{count} supporting informant", "{count} supporting informants", count=count)


def _left_out(desk: Desk) -> tuple[Paragraph, ...]:
    count = sum(row.left_out for row in desk.material.informants)
    if not count:
        return ()
    sentence = desk.words.n(
        "{count} informant is left out of the analysis and not listed.",
        "{count} informants are left out of the analysis and not listed.",
        count=count,
    )
    return (desk.noted(sentence),)


def _gather(results: Results, item: ReportItem) -> list[ReportItem]:
    """The people come with every report's material; there is nothing to compute."""
    return [item]


MAKER = Maker("informants", _gather, lambda desk, _part: informant_blocks(desk))
