"""The marks of tables once more, where LibreOffice leaves them: it drops the description of a table when it saves.

A hidden bookmark in the first cell of a table says which of the marks in a part of the document's own (custom XML) is
that of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

NAMESPACE = "urn:telaah:tables"
PREFIX = "_Telaah_"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_FIRST = 90_000
"""Number of the first bookmark, above those of captions and headings."""


def put_marks(document: Any) -> None:
    """Mark every table with a description in a document of python-docx that is about to be saved."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    # what lxml's types say knows no namespace without a prefix
    root = etree.Element(f"{{{NAMESPACE}}}tables", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for table in document.element.body.iter(f"{W}tbl"):
        told, first = table.find(f"{W}tblPr/{W}tblDescription"), next(table.iter(f"{W}p"), None)
        if told is None or first is None:
            continue
        text, number = told.get(f"{W}val") or "", len(root)
        name = f"{PREFIX}{sha256(f'{number} {text}'.encode()).hexdigest()[:20]}"
        etree.SubElement(root, f"{{{NAMESPACE}}}table", name=name).text = text
        _put_bookmark(first, name, _FIRST + number)
    if not len(root):
        return
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", content, package)
    document.part.relate_to(part, _RELATION)


def _put_bookmark(paragraph: Any, name: str, number: int) -> None:
    start = paragraph.makeelement(f"{W}bookmarkStart", {f"{W}id": str(number), f"{W}name": name})
    end = paragraph.makeelement(f"{W}bookmarkEnd", {f"{W}id": str(number)})
    at = 1 if paragraph.find(f"{W}pPr") is not None else 0
    paragraph.insert(at, start)
    paragraph.insert(at + 1, end)


def mark_name(table: Any) -> str | None:
    """By what name a table is marked, None for one that is not."""
    cell = next(table.iter(f"{W}tc"), None)
    found = cell.iter(f"{W}bookmarkStart") if cell is not None else ()
    names = (one.get(f"{W}name") or "" for one in found)
    return next((name for name in names if name.startswith(PREFIX)), None)


class Marks:
    """The marks that a document has in parts of its own, by name; `parts` are those parts, by theirs."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        from lxml import etree

        self._roots: dict[str, Any] = {}
        self._marks: dict[str, Any] = {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        for name, content in parts.items():
            try:
                root = etree.fromstring(content, parser)
            except etree.XMLSyntaxError:  # somebody else's, and none of our business
                continue
            if root.tag == f"{{{NAMESPACE}}}tables":
                self._roots[name] = root
                self._marks |= {one.get("name", ""): one for one in root}

    def told(self, name: str | None) -> str | None:
        """What the mark of this name says."""
        mark = self._marks.get(name or "")
        return None if mark is None else mark.text or ""

    def tell(self, name: str | None, told: str) -> None:
        """Have the mark of this name, if there is one, say something else."""
        if (mark := self._marks.get(name or "")) is not None:
            mark.text = told

    def written(self) -> dict[str, bytes]:
        """The parts as they are now."""
        from lxml import etree

        return {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self._roots.items()
        }


def marked(root: Any, marks: Marks) -> Iterator[tuple[Any, str | None]]:
    """Every table that we know or knew, in order, with what its description says, or the mark of its name; None where
    that was lost."""
    for table in _tables(root):
        told, name = table.find(f"{W}tblPr/{W}tblDescription"), mark_name(table)
        text = told.get(f"{W}val") if told is not None else None
        if text is None:
            text = marks.told(name)
        if text is not None or name is not None:
            yield table, text


def _tables(root: Any) -> Iterable[Any]:
    found: Iterable[Any] = root.iter(f"{W}tbl")
    return found
