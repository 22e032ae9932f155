"""WordprocessingML as text: paragraphs, runs, fields and tables, each with its parts in the order of the schema.

A report of thousands of rows is parsed once from this text, which takes time and memory in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from coding.reports.origin import description
from coding.reports.tables import Align, Table, TableCell

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# What XML 1.0 can't hold; a text from anywhere may bring it.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Stretches written from right to left (Hebrew, Arabic and their kin), with what stands between two such words.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_STRETCH = re.compile(rf"([{_RTL}](?:[^A-Za-z\u00c0-\u058f\n]*[{_RTL}])?)")
_FIRST_LETTER = re.compile(rf"[A-Za-z\u00c0-\u024f{_RTL}]")
_PIECE = re.compile(r"([\n\t])")
_TEXT_ALIGN: dict[Align, str] = {"left": "", "center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}
GROUND = "EDEDED"


def legal(text: str) -> str:
    """`text` without the characters that XML can't hold."""
    return _ILLEGAL.sub("", text)


def from_right(text: str) -> bool:
    """Whether a paragraph of this text reads from right to left, by its first letter."""
    first = _FIRST_LETTER.search(text)
    return first is not None and first[0] >= "\u0590" and first[0] > "\u024f"


def run(text: str, *, italic: bool = False, bold: bool = False, style: str = "") -> str:
    """One or more runs; `\\n` becomes a line break, a stretch from right to left is marked as such."""
    text = legal(text).replace("\r", "")
    shown = []
    for number, stretch in enumerate(_RTL_STRETCH.split(text)):
        if stretch:
            look = f'<w:rStyle w:val="{style}"/>' if style else ""
            look += "<w:b/><w:bCs/>" if bold else ""
            look += "<w:i/><w:iCs/>" if italic else ""
            look += "<w:rtl/>" if number % 2 else ""
            shown.append(f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_pieces(stretch)}</w:r>")
    return "".join(shown)


def _pieces(text: str) -> str:
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in _PIECE.split(text) if piece
    )


def field(instruction: str, result: str) -> str:
    """A field that Word computes again when asked to, showing `result` until then."""
    return field_begin(instruction) + run(result) + FIELD_END


def field_begin(instruction: str) -> str:
    """The start of a field whose result may be several paragraphs; `FIELD_END` ends it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmarked(content: str, number: int, name: str) -> str:
    """`content` inside a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def linked(content: str, mark: str) -> str:
    """`content` as a link to a bookmark of the document."""
    return f'<w:hyperlink w:anchor={quoteattr(mark)} w:history="1">{content}</w:hyperlink>'


def paragraph(
    content: str,
    style: str,
    *,
    keep_next: bool = False,
    new_page: bool = False,
    from_right: bool = False,
    after: int | None = None,
    indent: float = 0,
    align: Align = "left",
    numbered: bool = True,
    outline: int | None = None,
) -> str:
    """A paragraph of runs in a style; `after` in points, `indent` in centimetres stand before those of the style. Not
    `numbered`, it has none of the numbers of its style; `outline` is its level as a heading, from 1, 0 for none."""
    look = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    look += "<w:keepNext/>" if keep_next else ""
    look += "<w:pageBreakBefore/>" if new_page else ""
    look += "" if numbered else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    look += "<w:bidi/>" if from_right else ""
    look += f'<w:spacing w:after="{after * 20}"/>' if after is not None else ""
    look += f'<w:ind w:left="{twips(indent)}"/>' if indent else ""
    look += _TEXT_ALIGN[align]
    look += f'<w:outlineLvl w:val="{(outline or 10) - 1}"/>' if outline is not None else ""
    return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>"


def with_section(last: str, section: str) -> str:
    """A piece of the body that ends with a paragraph, which now ends a section, too."""
    head, sep, tail = last.rpartition("</w:pPr>")
    if not sep or not last.endswith("</w:p>"):
        return f"{last}<w:p><w:pPr>{section}</w:pPr></w:p>"
    return f"{head}{section}</w:pPr>{tail}"


def table_start(block: Table, style: str, widths: Iterable[float]) -> str:
    """The start of a table with the widths (cm) of its columns, which LibreOffice takes from the grid and Word from the
    cells."""
    widths = list(widths)
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    # What a screen reader says of the table.
    told = f"<w:tblCaption w:val={quoteattr(legal(block.caption))}/>"
    if made_from := description(block):
        told += f"<w:tblDescription w:val={quoteattr(legal(made_from))}/>"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val={quoteattr(style)}/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/>{told}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def row_start(*, whole: bool, repeats: bool) -> str:
    """The start of a row that stays on one page (`whole`), or that repeats at the head of every page."""
    look = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if repeats else "")
    return f"<w:tr><w:trPr>{look}</w:trPr>" if look else "<w:tr>"


def cell(content: str, *, width: float, span: int, merge: str | None, shaded: bool) -> str:
    """A cell of paragraphs with its width (cm), its span over columns, its part in a merge over rows, its ground."""
    look = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUND}"/><w:vAlign w:val="center"/>' if shaded else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def laid_out(block: Table) -> Iterator[tuple[list[TableCell], list[bool]]]:
    """The rows of a table with every place of its grid taken: the cells, and which of them go on from the row above."""
    above: dict[int, tuple[TableCell, int]] = {}
    for row in (*block.heads, *block.rows):
        cells: list[TableCell] = []
        continued: list[bool] = []
        waiting, column, below = iter(row), 0, dict[int, tuple[TableCell, int]]()
        while column < len(block.widths):
            if column in above:
                one, left = above[column]
            else:
                one = next(waiting)
                left = one.deep
            cells.append(one)
            continued.append(column in above)
            if left > 1:
                below[column] = (one, left - 1)
            column += one.span
        above = below
        yield cells, continued


def twips(centimetres: float) -> int:
    """A length as Word counts it, 1,440 to the inch."""
    return round(centimetres * 1440 / 2.54)
