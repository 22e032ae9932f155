"""Numbers of captions: one count for tables and one for figures, in the chapter of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coding.reports.tables import Block, Figure, Narrative, Table
from coding.words import Words

Listed = Literal["headings", "tables", "figures"]
LISTS: tuple[Listed, ...] = ("headings", "tables", "figures")


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a table or figure: `label` is also the name of the sequence that a word processor counts by."""

    label: str
    chapter: int
    number: int
    mark: str

    def __str__(self) -> str:
        return f"{self.label} {self.chapter}.{self.number}"


def numbers(blocks: Sequence[Block], words: Words, chapter: int) -> Mapping[str, Number]:
    """The number of each captioned block by its key; a table that continues another has none of its own.

    `mark` is the name of the bookmark around the number. Raises KeyError when two blocks have one key.
    """
    tables = [block.key for block in blocks if isinstance(block, Table) and block.continues is None]
    figures = [block.key for block in blocks if isinstance(block, Figure)]
    counted: dict[str, Number] = {}
    for label, keys in ((words.t("Table"), tables), (words.t("Figure"), figures)):
        for number, key in enumerate(keys, 1):
            if key in counted:
                raise KeyError(f"two blocks are called {key}")
            counted[key] = Number(label, chapter, number, f"_Ref{len(counted) + 1:09d}")
    return counted


def entries(blocks: Sequence[Block], counted: Mapping[str, Number], of: Listed) -> Iterator[tuple[int, str]]:
    """The lines of a list at the front of a report: a level (1, 2, …) and a text each."""
    for block in blocks:
        if of == "headings":
            if isinstance(block, Narrative) and block.heading and block.level:
                yield block.level, block.heading
        elif isinstance(block, Table if of == "tables" else Figure) and not getattr(block, "continues", None):
            yield 1, f"{counted[block.key]} {block.caption}"
