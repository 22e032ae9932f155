"""Pages of a Word document: their size, margins and direction, and what stands at their head and foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from coding.reports.tables import LANDSCAPE_TEXT, PORTRAIT_TEXT

# A4 with the margins of an Indonesian thesis: 4 cm at top and left, 3 cm elsewhere; turned, the binding is on top.
_SHORT, _LONG, _WIDE, _USUAL = 21.0, 29.7, 4.0, 3.0
_START = re.compile(r' w:start="\d+"')
_MARGINS = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a report, lengths in centimetres; `turned` is the margin at each side of a landscape page.

    `references` are the elements for head and foot, as they stand in the first section; with `title_page` its first
    page has a head and foot of its own. `distances` (twips) are those of head and foot from the edges, `counting` and
    `grid` the elements for the numbers of pages and the grid of lines.
    """

    width: float = _SHORT
    height: float = _LONG
    margins: tuple[float, float, float, float] = (_WIDE, _USUAL, _USUAL, _WIDE)
    turned: tuple[float, float, float, float] = (_WIDE, _USUAL, _USUAL, _USUAL)
    references: str = ""
    title_page: bool = False
    distances: tuple[int, int] = (709, 709)
    counting: str = ""
    grid: str = ""

    def room(self, landscape: bool) -> float:
        """What a page leaves for text."""
        _, right, _, left = self.turned if landscape else self.margins
        return max(4.0, (self.height if landscape else self.width) - left - right)

    def height_of_text(self, landscape: bool) -> float:
        """What a page leaves for text from top to bottom."""
        top, _, bottom, _ = self.turned if landscape else self.margins
        return max(6.0, (self.width if landscape else self.height) - top - bottom)

    def scale(self, landscape: bool) -> float:
        """By how much a table made for the usual page is widened or narrowed."""
        scale = self.room(landscape) / (LANDSCAPE_TEXT if landscape else PORTRAIT_TEXT)
        return 1.0 if abs(scale - 1) < 0.01 else scale

    def section(self, landscape: bool, *, first: bool, opening: bool = False) -> str:
        """The properties of a section; the first says what the others take over. An `opening` one may have a first page
        of its own."""
        from coding.reports.word_parts import twips

        wide, high = (self.height, self.width) if landscape else (self.width, self.height)
        turn = ' w:orient="landscape"' if landscape else ""
        sides = zip(_MARGINS, self.turned if landscape else self.margins, strict=True)
        margins = " ".join(f'w:{side}="{twips(size)}"' for side, size in sides)
        return (
            f'<w:sectPr>{self.references if first else ""}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{turn}/>'
            f'<w:pgMar {margins} w:header="{self.distances[0]}" w:footer="{self.distances[1]}" w:gutter="0"/>'
            f"{self.counting if first else _START.sub('', self.counting)}"
            f"{'<w:titlePg/>' if opening and self.title_page else ''}{self.grid}</w:sectPr>"
        )


def usual_pages(document: Any) -> Pages:
    """The pages of a report without a template, with the number in the middle of the foot."""
    from docx.oxml import parse_xml

    from coding.reports.word_parts import NAMESPACES, field

    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = 1
    for made in parse_xml(f"<w:p {NAMESPACES}>{field('PAGE', '1')}</w:p>"):
        paragraph._p.append(made)
    return Pages(references=_references(document))


def pages_of(document: Any) -> Pages:
    """The pages of a template: those of its last portrait section, with the heads and feet in force there."""
    sections = list(document.sections)
    upright = [one for one in sections if one.page_width <= one.page_height] or sections
    section = upright[-1]
    sizes = (section.page_width, section.page_height)
    width, height = (min(sizes).cm, max(sizes).cm) if all(sizes) else (_SHORT, _LONG)
    sides = [getattr(section, f"{side}_margin") for side in _MARGINS]
    top, right, bottom, left = (abs(side.cm) if side is not None else _USUAL for side in sides)
    left += section.gutter.cm if section.gutter is not None else 0
    # turned to the left: the edge of the binding comes to the top
    turned = (left, top, right, bottom)
    distances = (section.header_distance, section.footer_distance)
    title_page = section.different_first_page_header_footer
    return Pages(
        width,
        height,
        (top, right, bottom, left),
        turned,
        _references(document, sections.index(section), first=title_page),
        title_page,
        tuple(709 if one is None else round(one.twips) for one in distances),  # type: ignore[arg-type]
        _element(section, "pgNumType"),
        _element(section, "docGrid"),
    )


def _element(section: Any, name: str) -> str:
    """An element of a section's properties as it stands there, "" where it has none."""
    from lxml import etree

    found = section._sectPr.find(_w(name))
    return "" if found is None else etree.tostring(found, encoding="unicode", with_tail=False)


def _references(document: Any, last: int = 0, *, first: bool = False) -> str:
    """Heads and feet in force at a section: its own, else those of a section before it; with `first` also those of the
    first page."""
    from lxml import etree

    found: dict[tuple[str, str], str] = {}
    for section in list(document.sections)[: last + 1]:
        for child in section._sectPr:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            if name in ("headerReference", "footerReference"):
                kind = child.get(_w("type")) or "default"
                mark = child.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
                found[name, kind] = f'<w:{name} w:type="{kind}" r:id="{mark}"/>'
    # without `first`, the first page of a report is a page like any other
    shown = sorted((key for key in found if first or key[1] != "first"), key=lambda key: key[0], reverse=True)
    return "".join(found[key] for key in shown)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
