"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coding.reports.tables import Table, TableCell

# What XML 1.0 can't hold; a text from anywhere may bring it.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def w(name: str) -> str:
    """The qualified name of an element or attribute of the main namespace."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def legal(text: str) -> str:
    """`text` without the characters that XML can't hold."""
    return _ILLEGAL.sub("", text)


def write_text(paragraph: Any, text: str, *, italic: bool = False, bold: bool = False) -> Any:
    """Add a run; `\\n` becomes a line break."""
    run = paragraph.add_run(legal(text))
    if italic:
        run.italic = True
    if bold:
        run.bold = True
    return run


def field(paragraph: Any, instruction: str, result: str) -> None:
    """Add a field that Word computes again when asked to, showing `result` until then."""
    code = _element("instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {instruction} "
    for piece in (_element("fldChar", fldCharType="begin"), code, _element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(piece)
    paragraph.add_run(legal(result))
    paragraph.add_run()._r.append(_element("fldChar", fldCharType="end"))


def bookmark(paragraph: Any, edge: str, **attributes: str) -> None:
    """Add the `Start` or `End` of a bookmark."""
    paragraph._p.append(_element(f"bookmark{edge}", **attributes))


def new_table(document: Any, block: Table) -> Any:
    """An empty table with the widths of `block`, which LibreOffice takes from the columns and Word from the cells."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = document.add_table(0, len(block.widths), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(width)
    properties = table._tbl.tblPr
    size = properties.find(w("tblW"))
    size.set(w("type"), "dxa")
    size.set(w("w"), _twips(sum(block.widths)))
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w="70", type="dxa"))
    look = properties.find(w("tblLook"))
    look.addprevious(margins)
    # What a screen reader says of the table.
    look.addnext(_element("tblCaption", val=legal(block.caption)))
    return table


def new_row(table: Any, *, repeats: bool) -> Any:
    """An empty row that stays on one page; a header row that repeats on every page."""
    row = table._tbl.add_tr()
    properties = row.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    if repeats:
        properties.append(_element("tblHeader"))
    return row


def laid_out(block: Table) -> Iterator[tuple[list[TableCell], list[bool]]]:
    """The rows of a table with every place of its grid taken: the cells, and which of them go on from the row above."""
    above: dict[int, tuple[TableCell, int]] = {}
    for row in (*block.heads, *block.rows):
        cells: list[TableCell] = []
        continued: list[bool] = []
        waiting, column, below = list(row), 0, dict[int, tuple[TableCell, int]]()
        while column < len(block.widths):
            if column in above:
                one, left = above[column]
            else:
                one = waiting.pop(0)
                left = one.deep
            cells.append(one)
            continued.append(column in above)
            if left > 1:
                below[column] = (one, left - 1)
            column += one.span
        above = below
        yield cells, continued


def mark_cell(tc: Any, *, width: float, span: int, merge: str | None, shaded: bool) -> None:
    """Set a cell's width (cm), its span over columns, its part in a merge over rows, and its ground."""
    properties = tc.get_or_add_tcPr()
    for found in list(properties):
        properties.remove(found)
    properties.append(_element("tcW", w=_twips(width), type="dxa"))
    if span > 1:
        properties.append(_element("gridSpan", val=str(span)))
    if merge:
        properties.append(_element("vMerge", val=merge))
    if shaded:
        properties.append(_element("shd", val="clear", color="auto", fill="EDEDED"))
        properties.append(_element("vAlign", val="center"))


def _element(tag: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(w(key), value)
    return element


def _twips(centimetres: float) -> str:
    return str(round(centimetres * 1440 / 2.54))
