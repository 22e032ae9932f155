"""What the cells of a table said when they were written, short enough to stay with the table.

A refresh tells by it what the user has changed since from what the project has. A cell is kept as four letters that
another text has by chance once in 16 million.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from coding.analysis.wording import GLYPHS
from coding.reports.tables import Table, TableCell

UNKNOWN = "????"
"""Stands for a cell whose text Word computes."""
# that a factor is contested, and how many neutral passages it has
_SIGNS = re.compile(rf"(?: {GLYPHS['mixed']})?(?:\n{GLYPHS['neutral']} [\d.,]+)?$")
_SIZE, _BETWEEN = 4, "."
_MOST = 1600
"""Cells of a table that are kept at most: word processors are not made for a description that is longer still."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row by what it is called, and its cells."""

    key: str
    cells: tuple[str, ...]


def short(text: str) -> str:
    """The four letters for a text; white space makes no difference."""
    return urlsafe_b64encode(blake2b(" ".join(text.split()).encode("utf-8"), digest_size=3).digest()).decode("ascii")


def key_of(texts: Sequence[str], lead: int) -> tuple[str, ...]:
    """What a row is called: what stands in its first columns, without its number and the signs that come and go."""
    first = tuple(_SIGNS.sub("", text) for text in texts[:lead])
    return first[1:] if len(first) > 1 and first[0].replace(".", "").isdecimal() else first


def short_key(texts: Sequence[str], lead: int) -> str:
    """The four letters for what a row is called."""
    return short(" ".join(key_of(texts, lead)))


def rows_of(table: Table) -> tuple[WrittenRow, ...] | None:
    """The rows of a table as it is going to be written, heads first; None for one with too many cells."""
    from coding.reports.word_parts import laid_out

    if sum(map(len, table.heads)) + sum(map(len, table.rows)) > _MOST:
        return None
    rows = []
    for cells, above in laid_out(table):
        texts = ["" if continued else _text(one) for one, continued in zip(cells, above, strict=True)]
        marks = (UNKNOWN if _computed(one) else short(text) for one, text in zip(cells, texts, strict=True))
        rows.append(WrittenRow(short_key(texts, table.lead), tuple(marks)))
    return tuple(rows)


def _text(one: TableCell) -> str:
    return "\n".join(paragraph.text for paragraph in one.paragraphs)


def _computed(one: TableCell) -> bool:
    return any(run.ref is not None for paragraph in one.paragraphs for run in paragraph.runs)


def packed(rows: Sequence[WrittenRow] | None) -> str:
    """Rows as text, "-" for None."""
    return _BETWEEN.join(row.key + "".join(row.cells) for row in rows) if rows else "-"


def unpacked(text: str) -> tuple[WrittenRow, ...] | None:
    """What `packed` was given; None for anything else."""
    rows = []
    for row in text.split(_BETWEEN):
        parts = [row[at : at + _SIZE] for at in range(0, len(row), _SIZE)]
        if not parts or len(parts[-1]) != _SIZE:
            return None
        rows.append(WrittenRow(parts[0], tuple(parts[1:])))
    return tuple(rows)
