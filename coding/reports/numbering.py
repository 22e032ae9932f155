"""Numbers of captions: one count for tables and one for figures, in the chapter of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.reports.tables import Block, Figure, Table
from coding.words import Words


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
