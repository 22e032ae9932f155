"""Footnotes of a Word document: the part of the package that holds them."""

from __future__ import annotations

import re
from typing import Any

from coding.reports.word_parts import NAMESPACES, paragraph, run

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


class Footnotes:
    """Gathers footnotes; `text_style` is that of their paragraphs, `mark_style` that of the numbers."""

    def __init__(self, text_style: str, mark_style: str) -> None:
        self._text_style, self._mark_style = text_style, mark_style
        self._written: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._written)

    def add(self, text: str) -> str:
        """Keep a footnote of `text`; gives the run that refers to it."""
        number = len(self._written) + 1
        look = f'<w:rPr><w:rStyle w:val="{self._mark_style}"/></w:rPr>'
        content = f"<w:r>{look}<w:footnoteRef/></w:r>" + run(" " + text)
        self._written.append(f'<w:footnote w:id="{number}">{paragraph(content, self._text_style)}</w:footnote>')
        return f'<w:r>{look}<w:footnoteReference w:id="{number}"/></w:r>'

    def put_into(self, document: Any) -> None:
        """Give a document of python-docx these footnotes, in the place of those it has."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = document.part
        written = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:footnotes {NAMESPACES}>{_SEPARATORS}{''.join(self._written)}</w:footnotes>"
        ).encode()
        for relation in part.rels.values():
            if relation.reltype == _RELATION and not relation.is_external:
                relation.target_part._blob = written
                return
        name = "/word/footnotes.xml"
        taken = {str(one.partname) for one in part.package.iter_parts()}
        while name in taken:
            name = re.sub(r"(\d*)\.xml$", lambda found: f"{int(found[1] or 0) + 1}.xml", name)
        part.relate_to(Part(PackURI(name), _TYPE, written, part.package), _RELATION)
