"""Reads what a report wrote: its tables out of Word, Excel and HTML, and the figures in them, as a person would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURE = {"id": re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?"), "en": re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?")}
NOTHING = "–"


@dataclass
class Read:
    """A table as it was read: rows of texts, a place for every column; of merged cells the first place has the text."""

    caption: str
    heads: list[list[str]]
    rows: list[list[str]]


@dataclass
class Page:
    """What a part of a report shows: its tables, those over several pages put together, its prose under headings, what
    is said of its figures, and the notes below its tables."""

    language: str
    tables: list[Read] = field(default_factory=list)
    prose: list[tuple[str, list[str]]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    notes: str = ""

    @property
    def table(self) -> Read:
        """The only table."""
        (one,) = self.tables
        return one

    def said(self, heading: str | None = None) -> str:
        """The prose without its quotations, or that under one heading."""
        return "\n".join(text for under, texts in self.prose if heading in (None, under) for text in texts)

    def shown(self, value: Fraction | int | None, decimals: int = 0, *, percent: bool = False) -> str:
        """How a figure is written in the language of the page."""
        return shown(value, self.language, decimals, percent=percent)

    def count(self, value: int) -> str:
        """How a table of counts has a number: nothing is a dash."""
        return self.shown(value) if value else NOTHING

    def numbers(self, text: str) -> list[Fraction]:
        """The figures in a text, in order."""
        return [parsed(one, self.language) for one in FIGURE[self.language].findall(text)]


def shown(value: Fraction | int | None, language: str, decimals: int = 0, *, percent: bool = False) -> str:
    """A figure rounded half up in decimal, with the separators of the language; undefined is a dash."""
    if value is None:
        return NOTHING
    exact = abs(Fraction(value)) * (100 if percent else 1)
    digits = str(int(exact * 10**decimals + Fraction(1, 2))).rjust(decimals + 1, "0")
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    groups = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "." if language == "id" else ",", whole)
    sign = "-" if value < 0 and digits.strip("0") else ""
    return sign + groups + ({"id": ",", "en": "."}[language] + rest if rest else "") + ("%" if percent else "")


def parsed(text: str, language: str) -> Fraction:
    """The number that a figure says; of a percentage the fraction."""
    assert FIGURE[language].fullmatch(text), text
    bare = text.rstrip("%")
    bare = bare.replace(".", "").replace(",", ".") if language == "id" else bare.replace(",", "")
    return Fraction(bare) / (100 if text.endswith("%") else 1)


def word_tables(content: bytes) -> list[Read]:
    """The tables of a Word file in order, as they stand on the pages."""
    body = _word_body(content)
    caption, found = "", []
    for element in body.iter(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            found.append(_word_table(element, caption))
        elif element.find(f"{W}pPr/{W}pStyle[@{W}val='Caption']") is not None:
            caption = _word_text(element)
    return found


def word_text(content: bytes) -> str:
    """Every word of a Word file, without spaces."""
    return "".join("".join(one.text or "" for one in _word_body(content).iter(f"{W}t")).split())


def _word_body(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _word_text(element: Any) -> str:
    signs = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(signs[one.tag] or one.text or "" for one in element.iter(*signs)).replace("\xa0", " ")


def _word_table(element: Any, caption: str) -> Read:
    read = Read(caption, [], [])
    for row in element.iter(f"{W}tr"):
        places: list[str] = []
        for cell in row.iter(f"{W}tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            continued = merge is not None and merge.get(f"{W}val") != "restart"
            text = "" if continued else "\n".join(_word_text(one) for one in cell.iter(f"{W}p"))
            places += [text, *[""] * (int(span.get(f"{W}val")) - 1 if span is not None else 0)]
        (read.heads if row.find(f"{W}trPr/{W}tblHeader") is not None else read.rows).append(places)
    return read


def joined(parts: Sequence[Read], lead: int, tail: int) -> Read:
    """A table from its parts on several pages, each with the first `lead` and the last `tail` columns."""

    def whole(rows: Sequence[Sequence[str]]) -> list[str]:
        between = [text for row in rows for text in row[lead : len(row) - tail]]
        return [*rows[0][:lead], *between, *rows[-1][len(rows[-1]) - tail :]]

    if len(parts) == 1:
        return parts[0]
    heads, rows = (
        [whole(lines) for lines in zip(*(getattr(part, name) for part in parts), strict=True)]
        for name in ("heads", "rows")
    )
    return Read(parts[0].caption, heads, rows)


def page_tables(page: str) -> list[Read]:
    """The tables of a report as an HTML page, in order."""
    found = []
    for section in html.fromstring(page).iterfind(".//section"):
        table = section.find(".//table")
        if "table" not in (section.get("class") or "").split() or table is None:
            continue
        caption = section.findtext("p[@class='caption']") or ""
        made = Read(caption, *(_page_rows(table.find(name)) for name in ("thead", "tbody")))
        found.append(made)
    return found


def _page_rows(part: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    below: dict[int, int] = {}
    for row in part.iterfind("tr"):
        places: list[str] = []
        deep: dict[int, int] = {}
        cells = list(row)
        while cells or below.get(len(places)):
            at = len(places)
            if below.get(at):
                below[at] -= 1
                places.append("")
                continue
            cell = cells.pop(0)
            span = int(cell.get("colspan", "1"))
            deep |= dict.fromkeys(range(at, at + span), int(cell.get("rowspan", "1")) - 1)
            places += ["\n".join(_page_text(one) for one in cell.iterfind("p")), *[""] * (span - 1)]
        below |= deep
        rows.append(places)
    return rows


def _page_text(element: Any) -> str:
    for line_end in element.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    return str(element.text_content()).replace("\xa0", " ")
