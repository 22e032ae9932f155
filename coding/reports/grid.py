"""A table as a plain grid: one line of heads and every place filled, for formats without spanning cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from coding.reports.tables import Table, TableCell, Value
from coding.reports.word_parts import laid_out
from coding.words import MONTHS, Words

_FIGURE = {
    "en": re.compile(r"[−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?"),
    "id": re.compile(r"[−-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?"),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads` are unique texts, those of spanning heads put before those under them (`Supporting (+) – Passages`).

    A cell over several columns stands in the first of them, the others are empty; one over several rows stands in each
    of them, its figure and segments in the first alone. `rows` are as wide as `heads`.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def grid(table: Table, words: Words) -> Grid:
    """`table` as a grid; a cell that shows nothing but a figure has its `value` in any case."""
    laid = list(laid_out(table))
    heads = [_spread(cells) for cells, _ in laid[: len(table.heads)]]
    names = [_head([row[column] for row in heads]) for column in range(len(table.widths))]
    numbered = {column for column, name in enumerate(names) if name == "No"}
    rows = []
    for cells, above in laid[len(table.heads) :]:
        places: list[TableCell] = []
        for one, continued in zip(cells, above, strict=True):
            shown = replace(one, value=None, segments=()) if continued else one
            if not continued and shown.value is None and len(places) not in numbered:
                shown = replace(shown, value=read_figure(shown, words.language))
            places += [shown, *[TableCell(()) for _ in range(one.span - 1)]]
        rows.append(tuple(places))
    return Grid(_unique(names), tuple(rows))


def column_names(table: Table, heads: Sequence[str]) -> list[str]:
    """What columns are called away from their table: one headed by the number of a row, by what stands in that row."""
    named = {
        row[0].text: row[table.lead - 1].text.split("\n")[0] for row in table.rows if len(row) == len(table.widths)
    }
    return [named.get(head, head) if head.isdigit() else head for head in heads]


def read_figure(one: TableCell, language: str) -> Value | None:
    """The figure that a cell shows and nothing else, as it is rounded there; text at the left is never a figure."""
    text = one.text
    if one.align == "left" or not _FIGURE[language].fullmatch(text):
        return None
    bare = text.rstrip("%").replace("−", "-")
    bare = bare.replace(".", "").replace(",", ".") if language == "id" else bare.replace(",", "")
    decimals = len(bare.partition(".")[2])
    if text.endswith("%"):
        return Value(Fraction(Decimal(bare)) / 100, percent=True, decimals=decimals)
    return Value(Fraction(Decimal(bare)) if decimals else int(bare), decimals=decimals)


def read_date(text: str, language: str) -> date | None:
    """The day that a text is, written out as `Words.date` does, and nothing else."""
    day, _, rest = text.partition(" ")
    month, _, year = rest.partition(" ")
    if not (month in MONTHS[language] and len(year) == 4 and (day + year).isascii() and (day + year).isdigit()):
        return None
    try:
        return date(int(year), MONTHS[language].index(month) + 1, int(day))
    except ValueError:
        return None


def plain_figure(value: Value) -> str:
    """An exact figure with a decimal point, a percent as a fraction; at most ten decimals."""
    number = value.number
    if isinstance(number, int):
        return str(number)
    return f"{float(number):.10f}".rstrip("0").rstrip(".")


def rest(one: TableCell) -> str:
    """What a cell says beside its figure."""
    return "\n".join(paragraph.text for paragraph in one.paragraphs[1:])


def _spread(cells: Sequence[TableCell]) -> list[str]:
    return [one.text.replace("\n", " ") for one in cells for _ in range(one.span)]


def _head(parts: Sequence[str]) -> str:
    return " – ".join(dict.fromkeys(part for part in parts if part))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    taken: dict[str, int] = {}
    shown = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        shown.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return tuple(shown)
