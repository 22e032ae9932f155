"""Headings of a Word document: their styles, their numbers, which Word counts itself, and their place in its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from coding.reports import word_parts as xml
from coding.reports.numbering import chapter_of, is_listed, label_of, with_heading_numbers
from coding.reports.tables import Block, Narrative
from coding.words import Words

LEVELS = 3
_BOOKMARKS = 5000
"""Where the numbers of the headings' bookmarks begin, behind those of tables and figures."""
_LETTERS = re.compile(r"[^\W\d_]")


class Headings:
    """Writes the headings of one report. With `template` the styles are not ours: what level a heading has is said in
    the paragraph, too, since lists of headings and the navigation of Word go by it."""

    def __init__(
        self,
        blocks: Sequence[Block],
        words: Words,
        style: Mapping[str, str],
        *,
        number: int,
        document: Any,
        template: bool,
    ) -> None:
        self.chapter = chapter_of(blocks)
        counted = _list_of(document, style["heading1"]) is not None
        self.shown = with_heading_numbers(blocks, words, number) if counted else list(blocks)
        """The blocks, headings with the numbers that Word gives them."""
        self.style, self._template = style, template
        self._broken = _broken(document, style["heading1"])
        self._count = 0

    def paragraph(self, block: Narrative, *, new_page: bool) -> str:
        """The heading of a block."""
        content = xml.run(block.heading or "")
        depth = block.level + (1 if self.chapter is not None else 0)
        if block.opens and self._broken and self.chapter is not None and self.chapter.numbered:
            content = "<w:r><w:br/></w:r>" + content
        if is_listed(block):
            self._count += 1
            content = xml.bookmarked(content, _BOOKMARKS + self._count, mark(self._count))
        depth = min(depth, LEVELS)
        counted = self.chapter is None or self.chapter.numbered
        return xml.paragraph(
            content,
            self.style[f"heading{depth}" if depth else "title"],
            new_page=new_page,
            numbered=counted,
            outline=depth if depth and self._template else None,
        )

    def of_list(self, heading: str, *, new_page: bool) -> str:
        """The heading of a list at the front: none of the chapter's own, whatever its style is based on."""
        return xml.paragraph(
            xml.run(heading),
            self.style["contents_heading"],
            keep_next=True,
            new_page=new_page,
            numbered=False,
            outline=0,
        )


def mark(number: int) -> str:
    """The bookmark of the heading of this number, from 1."""
    return f"_Toc{number:09d}"


def number(document: Any, words: Words, chapter: int) -> None:
    """Give the heading styles of a document of ours one list of numbers: `BAB IV`, `4.1`, `4.1.1`."""
    from docx.oxml import parse_xml

    part = document.part.numbering_part.element
    kinds = [int(one.get(_w("abstractNumId"))) for one in part.findall(_w("abstractNum"))]
    lists = [int(one.get(_w("numId"))) for one in part.findall(_w("num"))]
    kind, found = max(kinds, default=0) + 1, max(lists, default=0) + 1
    figure = "upperRoman" if words.language == "id" else "decimal"
    levels = [
        (figure, label_of(words, "%1"), chapter),
        ("decimal", f"{chapter}.%2", 1),
        ("decimal", f"{chapter}.%2.%3", 1),
    ]
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{first}"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="Heading{at + 1}"/><w:suff w:val="{"nothing" if not at else "space"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for at, (form, text, first) in enumerate(levels)
    )
    made = parse_xml(
        f'<w:abstractNum {xml.NAMESPACES} w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>{shown}'
        "</w:abstractNum>"
    )
    nums = part.findall(_w("num"))
    if nums:
        nums[0].addprevious(made)
    else:
        part.append(made)
    part.append(parse_xml(f'<w:num {xml.NAMESPACES} w:numId="{found}"><w:abstractNumId w:val="{kind}"/></w:num>'))
    for at in range(LEVELS):
        look = document.styles[f"Heading {at + 1}"].element.get_or_add_pPr()
        for old in look.findall(_w("numPr")):
            look.remove(old)
        numbered = look.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = at
        numbered.get_or_add_numId().val = found


def start(document: Any, style: str, chapter: int) -> None:
    """Let the numbers that a template gives its chapters begin at `chapter`; a template without them stays so."""
    from docx.oxml import parse_xml

    found = _list_of(document, style)
    if found is None:
        return
    level, one = found
    override = next((old for old in one.findall(_w("lvlOverride")) if old.get(_w("ilvl")) == str(level)), None)
    if override is None:
        override = parse_xml(f'<w:lvlOverride {xml.NAMESPACES} w:ilvl="{level}"/>')
        one.append(override)
    for old in override.findall(_w("startOverride")):
        override.remove(old)
    # before what the template itself says of the level, which stays
    override.insert(0, parse_xml(f'<w:startOverride {xml.NAMESPACES} w:val="{chapter}"/>'))
    for first in override.iter(_w("start")):
        first.set(_w("val"), str(chapter))


def _broken(document: Any, style: str) -> bool:
    """Whether the number of a chapter is a word on a line of its own, such as `BAB IV`."""
    found = _list_of(document, style)
    if found is None:
        return False
    level, one = found
    kind = one.find(_w("abstractNumId"))
    for abstract in document.part.numbering_part.element.findall(_w("abstractNum")):
        if kind is not None and abstract.get(_w("abstractNumId")) == kind.get(_w("val")):
            for lvl in abstract.findall(_w("lvl")):
                text = lvl.find(_w("lvlText"))
                if lvl.get(_w("ilvl")) == str(level) and text is not None:
                    return bool(_LETTERS.search(text.get(_w("val")) or ""))
    return False


def _list_of(document: Any, style: str) -> tuple[int, Any] | None:
    """The level and the list that a style, or one it is based on, counts by; None when it counts by none."""
    known = {one.get(_w("styleId")): one for one in document.styles.element.iter(_w("style"))}
    level: int | None = None
    seen: set[str] = set()
    while style in known and style not in seen:
        seen.add(style)
        numbered = known[style].find(f"{_w('pPr')}/{_w('numPr')}")
        if numbered is not None:
            depth, held = numbered.find(_w("ilvl")), numbered.find(_w("numId"))
            if level is None and depth is not None:
                level = int(depth.get(_w("val")) or 0)
            if held is not None:
                return _list(document, held.get(_w("val")) or "0", level or 0)
        below = known[style].find(_w("basedOn"))
        style = below.get(_w("val")) if below is not None else ""
    return None


def _list(document: Any, number_id: str, level: int) -> tuple[int, Any] | None:
    try:
        part = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a template without lists
        return None
    return next(((level, one) for one in part.findall(_w("num")) if one.get(_w("numId")) == number_id), None)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
