"""Makes the outlines in `tests/data/report_outlines`: what the XML of a Word file says, part by part, so that a change
can be read. Run by hand when a part is to look otherwise: `python -m tests.data.make_outlines`.

A line for each paragraph, with its style and what keeps it together; of a table its widths, its heads, the first rows
and the last one. What is another tomorrow (dates, keys, sizes of pictures) is left out.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.options import TABLES, ReportItem, ReportOptions
from coding.reports.word import word_bytes
from coding.words import Words
from tests.samples import open_sample

OUTLINES = Path(__file__).parent / "report_outlines"
LANGUAGES = ("id", "en")
SETTINGS: dict[str, dict[str, Any]] = {"triangulation": {"level": "indicator", "columns": "category"}}
"""How a part is made where it is not as it is by itself; all of those that know a framework are by the first."""
ROWS, PARAGRAPHS = 4, 14
"""So many rows of a table, and paragraphs under a heading, are written down."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TODAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d(?=[^\d]|$)")
_VERSION = re.compile(r"Telaah \d[\d.a-z]*")
_NUMBERED = re.compile(r"_(?:Ref|Toc)\d+")
_MARKS = {"keepNext": "keep", "pageBreakBefore": "page", "bidi": "rtl"}


def outline(content: bytes) -> str:
    """The outline of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    return "\n".join(_body(body)) + "\n"


def part_content(project: Project, name: str, language: str) -> bytes:
    """The Word file of one part of the sample study."""
    words = Words(language)
    settings = {"framework": "edward3"} if name not in ("factors", "cooccurrence", "saturation", "agreement") else {}
    items = (ReportItem(name, {**settings, **SETTINGS.get(name, {})}),)
    options = ReportOptions(language=language, items=items, source_line="Sumber: uji")
    return word_bytes(report_tables(project, words, options), words, options)


def _body(body: Any) -> Iterator[str]:
    told = 0
    for element in body:
        if element.tag == f"{W}p":
            line = _paragraph(element)
            told = 0 if line.startswith("p[Heading") else told + 1
            if told <= PARAGRAPHS:
                yield line
        elif element.tag == f"{W}tbl":
            told = 0
            yield from _table(element)
        elif element.tag == f"{W}sectPr":
            yield _section(element)


def _paragraph(element: Any) -> str:
    look = element.find(f"{W}pPr")
    marks: list[str] = []
    if look is not None:
        style = look.find(f"{W}pStyle")
        marks = [style.get(f"{W}val") if style is not None else ""]
        marks += [short for name, short in _MARKS.items() if look.find(f"{W}{name}") is not None]
        align, indent = look.find(f"{W}jc"), look.find(f"{W}ind")
        marks += [align.get(f"{W}val")] if align is not None else []
        marks += [f"in {indent.get(f'{W}left')}"] if indent is not None and indent.get(f"{W}left") else []
    section = look.find(f"{W}sectPr") if look is not None else None
    return f"p[{' '.join(marks)}] {_text(element)}".rstrip() + (f"\n{_section(section)}" if section is not None else "")


def _text(element: Any) -> str:
    said: list[str] = []
    for one in element.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name == "t":
            said.append(_looking(one))
        elif name in ("br", "tab"):
            said.append(f"<{name}>")
        elif name == "instrText":
            said.append("{" + _NUMBERED.sub("_", " ".join((one.text or "").split())) + "}")
        elif name == "docPr":
            said.append(f"<picture: {one.get('descr')}>")
    return _VERSION.sub("Telaah <version>", _TODAY.sub("<date>", "".join(said)))


def _looking(one: Any) -> str:
    text, look = one.text or "", one.getparent().find(f"{W}rPr")
    if look is not None and look.find(f"{W}b") is not None:
        text = f"**{text}**"
    return f"_{text}_" if look is not None and look.find(f"{W}i") is not None else text


def _table(element: Any) -> Iterator[str]:
    grid = [int(one.get(f"{W}w")) for one in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    style, said = element.find(f"{W}tblPr/{W}tblStyle"), element.find(f"{W}tblPr/{W}tblCaption")
    yield f"table[{style.get(f'{W}val')}] {said.get(f'{W}val') if said is not None else ''} | widths {grid}"
    lines = [(_is_head(row), _row(row)) for row in element.iterfind(f"{W}tr")]
    heads, rows = ([line for is_head, line in lines if is_head is which] for which in (True, False))
    yield from heads
    yield from rows[:ROWS]
    if len(rows) > ROWS:
        yield f"  … {len(rows)} rows"
        yield rows[-1]


def _is_head(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _row(row: Any) -> str:
    marks = ["head"] if _is_head(row) else []
    marks += ["whole"] if row.find(f"{W}trPr/{W}cantSplit") is not None else []
    cells = []
    for cell in row.iterfind(f"{W}tc"):
        look = {etree.QName(one).localname: one for one in cell.find(f"{W}tcPr")}
        shown = [f"span {look['gridSpan'].get(f'{W}val')}"] if "gridSpan" in look else []
        shown += [f"merge {look['vMerge'].get(f'{W}val')}"] if "vMerge" in look else []
        shown += ["ground"] if "shd" in look else []
        texts = [_paragraph(one) for one in cell.iterfind(f"{W}p")]
        cells.append((f"({', '.join(shown)}) " if shown else "") + " / ".join(texts))
    return f"  tr[{' '.join(marks)}] " + " | ".join(cells)


def _section(element: Any) -> str:
    size, kind = element.find(f"{W}pgSz"), element.find(f"{W}type")
    turned = size is not None and size.get(f"{W}orient") == "landscape"
    begins = kind.get(f"{W}val") if kind is not None else "nextPage"
    return f"section[{'landscape' if turned else 'portrait'} {begins}]"


def main() -> None:
    """Write all outlines anew."""
    with tempfile.TemporaryDirectory() as folder, open_sample(Path(folder, "studi.telaah"), "en") as project:
        for language in LANGUAGES:
            target = OUTLINES / language
            target.mkdir(parents=True, exist_ok=True)
            for name in TABLES:
                text = outline(part_content(project, name, language))
                (target / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
