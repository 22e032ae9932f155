"""Numbers of captions, one count for tables and one for figures in the chapter of the report, and of its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coding.reports.tables import Block, Chapter, Figure, Narrative, Table
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
    deeper = int(chapter_of(blocks) is not None)
    for block in blocks:
        if of == "headings":
            if isinstance(block, Narrative) and block.heading and is_listed(block):
                yield block.level + deeper, block.heading.replace("\n", " ")
        elif isinstance(block, Table if of == "tables" else Figure) and not getattr(block, "continues", None):
            yield 1, f"{counted[block.key]} {block.caption}"


def chapter_of(blocks: Sequence[Block]) -> Chapter | None:
    """The chapter that the blocks are on pages; None where they are headed by a title."""
    return next((b.chapter for b in blocks if isinstance(b, Narrative) and b.opens), None)


def is_listed(block: Narrative) -> bool:
    """Whether the heading stands in the list of headings: the title of a report does not, a chapter does."""
    return bool(block.level) or block.opens


def with_heading_numbers(blocks: Sequence[Block], words: Words, chapter: int) -> list[Block]:
    """`blocks` as `paging.paged` gives them, each heading with its number: `BAB IV` above that of the chapter, `4.1`,
    `4.1.1` before those below it. Blocks that are headed by a title, and appendices, have none."""
    found = chapter_of(blocks)
    if found is None or not found.numbered:
        return list(blocks)
    return [
        replace(block, heading=shown) if isinstance(block, Narrative) and shown else block
        for block, shown in zip(blocks, _numbered(blocks, words, chapter), strict=True)
    ]


def _numbered(blocks: Sequence[Block], words: Words, chapter: int) -> Iterator[str]:
    count = [0, 0]
    for block in blocks:
        heading = block.heading if isinstance(block, Narrative) else None
        if not isinstance(block, Narrative) or not heading:
            yield ""
        elif not block.level:
            yield f"{chapter_label(words, chapter)}\n{heading.upper()}"
        else:
            level = min(block.level, 2)
            count = [count[0] + 1, 0] if level == 1 else [count[0], count[1] + 1]
            yield ".".join(map(str, (chapter, *count[:level]))) + f" {heading}"


def chapter_label(words: Words, chapter: int) -> str:
    """`BAB IV`, `CHAPTER 4`."""
    return label_of(words, roman(chapter) if words.language == "id" else str(chapter))


def label_of(words: Words, number: str) -> str:
    """What stands above the heading of a chapter of this number."""
    return words.t("CHAPTER {number}", number=number)


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman figures."""
    shown = ""
    for value, figure in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        times, number = divmod(number, value)
        shown += figure * times
    return shown
