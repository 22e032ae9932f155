"""The text of a Word document, in the order in which it is read, and nothing that the file does not show."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coding.errors import CodingError
from coding.transcripts.archives import check_archive, too_large

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Text that was deleted or moved away, properties, what fields are made from, phonetic guides.
_LEFT_OUT = frozenset("del moveFrom rPr pPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr instrText delText rt".split())


def word_text(file_name: str, data: bytes, limits: Limits) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The body of a .docx: paragraphs and soft breaks end with a line feed, table cells are parted by tabs; and the
    paragraphs that are headings, in order, with their levels from 1.

    Text in hyperlinks, content controls, text boxes and insertions is kept, deleted text is not. Raises
    CodingError("source_not_docx") for anything that is no readable Word document, CodingError("source_too_large").
    """
    check_archive(file_name, data, limits, "source_not_docx")
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError,
            OSError, EOFError) as error:  # fmt: skip
        # What the library raises on a document whose parts do not fit together.
        raise CodingError("source_not_docx", file=file_name) from error
    if body is None:
        raise CodingError("source_not_docx", file=file_name)
    blocks = _Blocks(file_name, limits, _heading_styles(document))
    return "\n".join(blocks.lines(body, 0)), tuple(blocks.headings)


def _heading_styles(document: Any) -> dict[str, int]:
    """By the identifier of a paragraph style: its level, for those that are headings of some level or rest on one."""
    levels: dict[str, int] = {}
    styles = document.styles.element.findall(f"{_W}style")
    based = {s.get(f"{_W}styleId"): s.find(f"{_W}basedOn") for s in styles}
    for style in styles:
        name = style.find(f"{_W}name")
        match = (
            re.fullmatch(r"(?i)(?:heading|judul)\s*([1-9])", name.get(f"{_W}val") or "") if name is not None else None
        )
        if match:
            levels[style.get(f"{_W}styleId")] = int(match[1])
    for identifier in based:
        at, seen = identifier, set()
        while at is not None and at not in levels and at not in seen:
            seen.add(at)
            below = based.get(at)
            at = below.get(f"{_W}val") if below is not None else None
        if at in levels:
            levels[identifier] = levels[at]
    return levels


class _Blocks:
    """Walks what a body, a table cell, a content control or a text box holds."""

    def __init__(self, file_name: str, limits: Limits, heading_styles: dict[str, int]) -> None:
        self.file_name = file_name
        self.limits = limits
        self.heading_styles = heading_styles
        self.headings: list[tuple[str, int]] = []

    def lines(self, parent: Any, depth: int) -> Iterator[str]:
        """A text for each paragraph and table row in `parent`, in order."""
        if depth > self.limits.word_depth:
            raise too_large(self.file_name, f"{depth} levels", str(self.limits.word_depth))
        for child in parent.iterchildren("{*}*"):
            name = _local(child)
            if name == "p":
                boxes: list[Any] = []
                text = "".join(self._runs(child, boxes, depth + 1))
                # A page ends between two words as a line does, and adds no line where one ends anyway.
                line = re.sub(r"(?<=\S)\f(?=\S)", "\n", text).replace("\f", "")
                if level := self._level(child):
                    self.headings.append((line, level))
                yield line
                for box in boxes:
                    yield from self.lines(box, depth + 1)
            elif name == "tbl":
                yield from self._table(child, depth + 1)
            elif name == "Choice" or (name not in _LEFT_OUT and name != "Fallback"):
                yield from self.lines(child, depth + 1)

    def _level(self, paragraph: Any) -> int:
        """The level of a heading; 0 for what is none."""
        look = paragraph.find(f"{_W}pPr")
        if look is None:
            return 0
        outline, style = look.find(f"{_W}outlineLvl"), look.find(f"{_W}pStyle")
        if outline is not None and (outline.get(f"{_W}val") or "9") in "012345678":
            return int(outline.get(f"{_W}val")) + 1
        return self.heading_styles.get(style.get(f"{_W}val"), 0) if style is not None else 0

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        for row in _members(table, "tr"):
            cells = ["\n".join(self.lines(cell, depth + 1)) for cell in _members(row, "tc")]
            yield "\t".join(cells)

    def _runs(self, parent: Any, boxes: list[Any], depth: int) -> Iterator[str]:
        if depth > self.limits.word_depth:
            raise too_large(self.file_name, f"{depth} levels", str(self.limits.word_depth))
        for child in parent.iterchildren("{*}*"):
            name = _local(child)
            if name == "t":
                yield (child.text or "").replace("\r", "").replace("\n", " ")
            elif name in ("br", "cr"):
                yield "\f" if child.get(f"{_W}type") in ("page", "column") else "\n"
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(child)
            elif name == "txbxContent":
                boxes.append(child)
            elif name not in _LEFT_OUT and name != "Fallback":
                yield from self._runs(child, boxes, depth + 1)


def _members(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and insertions."""
    for child in parent.iterchildren("{*}*"):
        local = _local(child)
        if local == name:
            yield child
        elif local in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _members(child, name)


def _symbol(element: Any) -> str:
    """A character given by its number in a symbol font; those fonts keep theirs in the private area."""
    for key, value in element.attrib.items():
        if key.endswith("}char") and re.fullmatch(r"[0-9A-Fa-f]{4,5}", value):
            code = int(value, 16)
            return chr(code) if not 0xE000 <= code <= 0xF8FF else "•"
    return ""


def _local(element: Any) -> str:
    """The name of an element of Word's own (or of what it is wrapped in), without its namespace."""
    tag: str = element.tag
    namespace, _, name = tag.rpartition("}")
    if namespace + "}" in (_W, _MC):
        return name
    return "" if name in ("t", "p", "tbl", "tab", "br", "cr") else name
