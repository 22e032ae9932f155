"""The outline of a PDF file: Qt writes none, so it is added behind what Qt wrote, as the format allows for changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OBJECT = rb"(?s)(?<!\d)%d 0 obj\s*<<(.*?)>>\s*endobj"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline: `level` from 1, `page` from 0, `top` in points from the page's lower edge."""

    level: int
    text: str
    page: int
    top: float


def with_outline(pdf: bytes, headings: Sequence[Heading], language: str) -> bytes:
    """`pdf`, as Qt writes it, with an outline and the language of its text.

    Follows ISO 32000-1: incremental updates (7.5.6), document outline (12.3.3). Raises ValueError for another PDF.
    """
    root, size, start = (
        _number(pdf, pattern) for pattern in (rb"/Root (\d+) 0 R", rb"/Size (\d+)", rb"startxref\s+(\d+)")
    )
    catalog = _inside(pdf, root)
    pages = re.findall(rb"(\d+) 0 R", _inside(pdf, _number(catalog, rb"/Pages (\d+) 0 R")).partition(b"/Count")[0])
    numbers = {at: size + 1 + at for at in range(len(headings))}
    parents = _parents([heading.level for heading in headings])
    updated = {root: _catalog(catalog, size if headings else None, language)}
    if headings:
        top = [at for at, parent in enumerate(parents) if parent is None]
        ends = f"/First {numbers[top[0]]} 0 R /Last {numbers[top[-1]]} 0 R"
        updated[size] = f"<< /Type /Outlines {ends} /Count {len(top)} >>".encode("ascii")
    for at, heading in enumerate(headings):
        updated[numbers[at]] = _item(at, heading, pages, parents, numbers, size)
    return _appended(pdf, updated, root, size + len(headings) + bool(headings), start)


def _catalog(catalog: bytes, outlines: int | None, language: str) -> bytes:
    more = f"/Lang ({language})" + (f" /Outlines {outlines} 0 R /PageMode /UseOutlines" if outlines else "")
    return b"<<" + catalog.rstrip() + b"\n" + more.encode("ascii") + b"\n>>"


def _item(
    at: int,
    heading: Heading,
    pages: Sequence[bytes],
    parents: Sequence[int | None],
    numbers: dict[int, int],
    root: int,
) -> bytes:
    beside = [other for other, parent in enumerate(parents) if parent == parents[at]]
    below = [other for other, parent in enumerate(parents) if parent == at]
    place, parent = beside.index(at), parents[at]
    links = {"Parent": root if parent is None else numbers[parent]}
    if place:
        links["Prev"] = numbers[beside[place - 1]]
    if place + 1 < len(beside):
        links["Next"] = numbers[beside[place + 1]]
    if below:
        links |= {"First": numbers[below[0]], "Last": numbers[below[-1]]}
    told = " ".join(f"/{name} {number} 0 R" for name, number in links.items())
    # a negative count: closed until somebody opens it
    count = f" /Count -{len(below)}" if below else ""
    title = (b"\xfe\xff" + heading.text.encode("utf-16-be", "replace")).hex()
    page = pages[min(heading.page, len(pages) - 1)].decode("ascii")
    return f"<< /Title <{title}> {told}{count} /Dest [{page} 0 R /XYZ 0 {heading.top:.1f} 0] >>".encode("ascii")


def _parents(levels: Sequence[int]) -> list[int | None]:
    """For each heading the nearest one before it of a higher rank."""
    found: list[int | None] = []
    for at, level in enumerate(levels):
        above = (before for before in range(at - 1, -1, -1) if levels[before] < level)
        found.append(next(above, None))
    return found


def _appended(pdf: bytes, objects: dict[int, bytes], root: int, size: int, start: int) -> bytes:
    body = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    lines = []
    for number in sorted(objects):
        lines.append(b"%d 1\n%010d 00000 n \n" % (number, len(body)))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    info = re.search(rb"/Info \d+ 0 R", pdf[start:])
    kept = re.search(rb"/ID \[.*?\]", pdf[start:], re.DOTALL)
    more = b" ".join(found[0] for found in (info, kept) if found)
    xref = len(body)
    body += b"xref\n" + b"".join(lines)
    body += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        start,
        more,
        xref,
    )
    return bytes(body)


def _number(where: bytes, pattern: bytes) -> int:
    found = list(re.finditer(pattern, where))
    if not found:
        raise ValueError(f"no {pattern!r} in the PDF")
    return int(found[-1][1])


def _inside(pdf: bytes, number: int) -> bytes:
    found = re.search(_OBJECT % number, pdf)
    if found is None:
        raise ValueError(f"no object {number} in the PDF")
    return found[1]
