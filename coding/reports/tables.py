"""What a report consists of, before it is Word or anything else: headed prose, tables and figures, all frozen.

Lengths are centimetres. Texts are final: worded, masked and rounded; a writer adds only numbers of captions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Align = Literal["left", "center", "right"]
# Stands in a sentence for the number of the table or figure it speaks of, until `with_reference` puts it in.
REFERENCE = "\x00"
# What A4 leaves for text, in centimetres, with the margins of an Indonesian thesis (4 at the left, 3 elsewhere; turned,
# 3 at both sides).
PORTRAIT_TEXT, LANDSCAPE_TEXT = 14.0, 23.7
# The mean width of a letter of table text, and the margins of a cell on both sides with a little to spare.
LETTER, EDGES = 0.2, 0.32
# Advance widths of Times New Roman Bold in thousandths of the size, in which heads and labels of rows are set.
_WIDE: dict[str, int] = {
    letter: width
    for letters, width in (
        ("il ,.|·", 278), ("fjt-()/:;", 333), ("s'’", 389), ("ceryz", 444), ("Javgox–0123456789", 500),
        ("bdhknpqu+−", 570), ("FPS", 611), ("ELTZB", 667), ("ACDNRUVXYw", 722), ("GHKOQ&", 778), ("m", 833),
        ("MW%—", 1000), ("I", 389),
    )
    for letter in letters
}  # fmt: skip
_OTHER, _POINTS, _CM_POINT = 600, 10, 2.54 / 72
_WORD = re.compile(r"[^\s-]+-?")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. With `ref`, its text is the number of the table or figure of that key.

    A `note` stands in a footnote where a format has footnotes, and in its place in the text where it has none.
    """

    text: str
    italic: bool = False
    bold: bool = False
    ref: str | None = None
    note: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs in one paragraph. A `\\n` in a run is a line break."""

    runs: tuple[Run, ...]
    style: Literal["body", "quote", "note"] = "body"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Value:
    """The exact figure that the first paragraph of a cell shows, for formats that hold numbers.

    `sign` is what stands before it, `decimals` are those shown; a `percent` is a fraction (0–1), shown times 100.
    """

    number: int | float | Fraction
    percent: bool = False
    decimals: int = 0
    sign: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over `span` columns and `deep` rows. `indent` counts steps of 0.4 cm.

    `segments` are the guids of the coded segments that the figure in it counts, for formats that lead from a figure
    to what it stands on.
    """

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    deep: int = 1
    align: Align = "left"
    shaded: bool = False
    indent: int = 0
    value: Value | None = None
    segments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table. `widths` are those of its columns; `key` is unique in the report, `name` is the CLI's.

    Rows of `heads` repeat on every page. A table may be wider than any page: `paging.paged` gives it in parts, each
    with its first `lead` and last `tail` columns; only such a part `continues` the table of that key.
    `origin` says what the table was made from, for a file in which it can be made again (see `origin.description`).
    `paper` makes the form it has on pages, where that is to be shorter than a list to sort and filter.
    """

    name: str
    key: str
    caption: str
    heads: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    source_line: str
    notes: tuple[Paragraph, ...] = ()
    landscape: bool = False
    continues: str | None = None
    lead: int = 2
    tail: int = 0
    origin: str = ""
    paper: Callable[[], Table] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the report is headed by on pages: a chapter of a thesis, or appendices, which have no number."""

    heading: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Narrative:
    """Prose under a heading (level 0 is the title of the report), or without one.

    On pages the heading of the title's `chapter` stands in the place of the title (`opens`, see `paging.paged`).
    `part` is the part of the report that consists of prose alone, which no table speaks for.
    """

    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    level: int = 1
    landscape: bool = False
    chapter: Chapter | None = None
    opens: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A captioned picture (PNG); `alt` says in words what it shows."""

    name: str
    key: str
    caption: str
    png: bytes
    width: float
    height: float
    alt: str
    source_line: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of what the report holds: its headings, its tables or its figures, which the writer gathers itself."""

    heading: str
    of: Literal["headings", "tables", "figures"]
    landscape: bool = False


Block = Table | Narrative | Figure | Contents


def plain(text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, italic=italic, bold=bold),))


def cell(
    content: str | Paragraph | Iterable[Paragraph],
    *,
    bold: bool = False,
    span: int = 1,
    deep: int = 1,
    align: Align = "left",
    shaded: bool = False,
    indent: int = 0,
    value: Value | None = None,
    segments: tuple[str, ...] = (),
) -> TableCell:
    """A cell of a text, of one paragraph or of several."""
    if isinstance(content, str):
        paragraphs: tuple[Paragraph, ...] = (plain(content, bold=bold),)
    elif isinstance(content, Paragraph):
        paragraphs = (content,)
    else:
        paragraphs = tuple(content)
    return TableCell(paragraphs, span, deep, align, shaded, indent, value, segments)


def head(text: str, *, span: int = 1, deep: int = 1) -> TableCell:
    """A cell of a header row: bold, centred, shaded."""
    return cell(text, bold=True, span=span, deep=deep, align="center", shaded=True)


def text_width(text: str) -> float:
    """How wide a line of this text is in a table in centimetres, in the bold of the typeface of the report."""
    return sum(_WIDE.get(letter, _OTHER) for letter in text) * _POINTS * _CM_POINT / 1000


def needed(texts: Iterable[str], least: float, most: float) -> float:
    """The width in centimetres in which no word of these texts breaks in a table, within `least` and `most`."""
    longest = max((text_width(word) for text in texts for word in _WORD.findall(text)), default=0.0)
    return min(most, max(least, round(longest + EDGES, 2)))


def with_reference(sentence: str, *keys: str) -> tuple[Run, ...]:
    """`sentence` as runs, each `REFERENCE` in it replaced by the number of the table or figure of the next key."""
    runs: list[Run] = []
    for index, part in enumerate(sentence.split(REFERENCE)):
        if index:
            runs.append(Run("", ref=keys[index - 1]))
        if part:
            runs.append(Run(part))
    return tuple(runs)
