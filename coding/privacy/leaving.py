"""The texts that an output would hold, and what personal data is in them, before it is written.

The output itself is made for it, a package in a file that is gone afterwards: what is looked at is what would be sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import mark
from coding.privacy.exporting import Held, Outgoing
from coding.privacy.rows import KIND_NAMES
from coding.words import Words

if TYPE_CHECKING:
    from coding.project import Reader
    from coding.reports.document import ReportDocument
    from coding.reports.tables import Block
    from coding.review.extract import Chosen

HEADLINE = mark("Personal data in it: {kinds}")
_LINKED = (".html", ".htm", ".xlsx")
"""Formats of reports that lead from a figure to the passages behind it."""


def in_report(project: Reader, document: ReportDocument, suffix: str) -> list[Held]:
    """What a report in the format `suffix` would hold."""
    texts = list(block_texts(document.blocks))
    if suffix.lower() in _LINKED:
        for shown in document.segments.values():
            texts += [shown.text, shown.who, shown.source, shown.attribution, shown.memo]
    return Outgoing(project).held(texts)


def block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """All text of the blocks of a report."""
    from coding.reports.tables import Contents, Figure, Narrative, Table

    for block in blocks:
        if isinstance(block, Narrative):
            yield block.heading or ""
            yield from (paragraph.text for paragraph in block.paragraphs)
        elif isinstance(block, Table):
            yield block.caption
            yield from (cell.text for row in (*block.heads, *block.rows) for cell in row)
            yield from (note.text for note in block.notes)
        elif isinstance(block, Figure):
            yield from (block.caption, block.alt)
        else:
            assert isinstance(block, Contents)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A name that is not sent: `shown` is sent instead, `count` times."""

    text: str
    shown: str
    count: int


def in_package(project: Reader, chosen: Chosen) -> list[Held]:
    """What a review package or page of `chosen` would hold. Raises as making one does."""
    return sent_and_replaced(project, chosen)[0]


def sent_and_replaced(project: Reader, chosen: Chosen) -> tuple[list[Held], list[Replaced]]:
    """What a review package or page of `chosen` would hold, and the names that it would not. Raises as making one
    does."""
    from coding.review import extract
    from coding.review.anonymising import WRITTEN, anonymise
    from coding.store.sql import rows

    outgoing = Outgoing(project)
    told: Mapping[tuple[str, str], int] = {}
    with (
        tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder,
        extract.made(project.path, Path(folder) / "sent.telaah", chosen) as connection,
    ):
        if chosen.anonymised:
            ((language,),) = rows(connection, "SELECT language FROM project")
            told = anonymise(connection, Words(language)).told
        texts = [body for (body,) in rows(connection, "SELECT body FROM source_text")]
        columns = {**WRITTEN, "informant": ("name", "remark", *WRITTEN["informant"]), "source": ("name", "place")}
        for table, names in columns.items():
            for name in names:
                texts += [text for (text,) in rows(connection, f'SELECT "{name}" FROM "{table}"') if text]
    replaced = [Replaced(text, shown, count) for (text, shown), count in told.items()]
    return outgoing.held(texts), sorted(replaced, key=lambda one: (one.shown, -one.count, one.text))


def in_tables(project: Reader, words: Words, suffix: str) -> list[Held]:
    """What the study written as tables would hold."""
    from coding.exchange.study import sheets

    cells = (cell for _, _, found in sheets(project, words, suffix) for row in found for cell in row)
    return Outgoing(project).held(cell for cell in cells if isinstance(cell, str))


def headline(held: Sequence[Held], words: Words) -> str:
    """One line: how many different texts of each kind; "" where there are none. Place names alone are no reason for a
    word, and what is merely possible is none."""
    kinds = []
    for kind, name in KIND_NAMES.items():
        count = sum(1 for one in held if one.kind == kind and one.certain)
        if count and kind != "place":
            kinds.append(f"{words.t(name)} ({words.number(count)})")
    return words.t(HEADLINE, kinds=", ".join(kinds)) if kinds else ""
