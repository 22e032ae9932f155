"""A report as one page of HTML that asks for nothing: every figure leads to the coded segments it counts.

What stands behind the figures is `html_passages`. The page may run its own script and style alone, and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

from coding.reports.document import ReportDocument
from coding.reports.grid import column_names
from coding.reports.html_passages import Passages
from coding.reports.numbering import Number, entries, numbers
from coding.reports.saving import save
from coding.reports.tables import Block, Contents, Figure, Narrative, Paragraph, Table, TableCell
from coding.reports.word_parts import laid_out, legal
from coding.words import Words


def write_html(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write `document` as one page of HTML. Raises what `saving.save` raises."""
    save(path, page(document).encode("utf-8"))
    return (path,)


def page(document: ReportDocument) -> str:
    """The page: the report, then the lists of coded segments behind its figures, then the segments."""
    return "\n".join(_Page(document).lines())


@cache
def _resource(name: str) -> str:
    return (resources.files("resources") / "report_page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(*, style: str, script: str) -> str:
    """What the page may do: show itself. Anything that a text could smuggle in is refused by the browser."""
    allowed = f"style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


_FIGURE = 12
"""Characters of the longest figure; what is longer is words, which may break."""


class _Page:
    def __init__(self, document: ReportDocument) -> None:
        self.document = document
        self.words: Words = document.words
        self.numbers: Mapping[str, Number] = numbers(document.blocks, self.words, document.options.chapter)
        self.anchors = {key: f"t{number}" for number, key in enumerate(self.numbers, 1)}
        self.passages = Passages(document.segments, self.words)
        self._headings = 0

    def lines(self) -> Iterator[str]:
        """The page, line by line; the lists are known once the tables have been written."""
        style, script = _resource("page.css"), _resource("page.js")
        title = _text(self.document.title)
        yield "<!DOCTYPE html>"
        yield f'<html lang="{self.words.language}"><head><meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style=style, script=script)}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer"><meta name="generator" content="Telaah">'
        yield f"<title>{title}</title>"
        yield f"<style>{style}</style></head><body>"
        yield f'<a class="skip" href="#report">{self._t("To the report")}</a>'
        yield from self._navigation()
        yield '<main id="report">'
        for block in self.document.blocks:
            yield from self._block(block)
        yield from self.passages.lists()
        yield from self.passages.all()
        yield "</main>"
        yield from self.passages.panel()
        yield f"<script>{script}</script></body></html>\n"

    def _t(self, msgid: str, **params: object) -> str:
        return _text(self.words.t(msgid, **params))

    def _navigation(self) -> Iterator[str]:
        """The headings at the side, those below another inside it; above them the field that searches the report."""
        title, find = self._t("Contents"), self._t("Find in the report")
        yield f'<nav aria-label="{title}"><div class="bar"><button id="nav_open" aria-expanded="false"'
        yield f' aria-controls="nav_list">☰ {title}</button>'
        yield f'<input id="search" type="search" placeholder="{find}" aria-label="{find}" title="{find}  /"></div>'
        yield '<ol id="nav_list">'
        groups: list[list[str]] = []
        for number, block in enumerate(_headed(self.document.blocks), 1):
            entry = f'<a href="#h{number}">{_text(block.heading or "")}</a>'
            if block.level > 1 and groups:
                groups[-1].append(entry)
            elif block.level:
                groups.append([entry])
        for first, *below in groups:
            inner = "".join(f"<li>{entry}</li>" for entry in below)
            yield f"<li>{first}{f'<ol>{inner}</ol>' if inner else ''}</li>"
        if self.passages.segments:
            yield f'<li><a class="all" href="#segments">{self._t("Passages behind the numbers")}</a></li>'
        yield "</ol></nav>"

    def _lead(self) -> str:
        """What a reader who has never seen such a page has to know."""
        when = self._t("As of {date}.", date=self.words.today())
        if not self.passages.segments:
            return f'<p class="about">{when}</p>'
        told = self._t("Each number in colour leads to the passages it counts: click it, or press Enter on it.")
        return f'<p class="about">{when} {told}</p>'

    # the report

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Narrative):
            yield from self._narrative(block)
        elif isinstance(block, Contents):
            if block.of != "headings":  # those stand at the side
                yield f"<section><h2>{_text(block.heading)}</h2><ol class='contents'>"
                anchors = [self.anchors[b.key] for b in self.document.blocks if isinstance(b, _captioned(block))]
                for anchor, (_, line) in zip(anchors, entries(self.document.blocks, self.numbers, block.of)):  # noqa: B905 - one each
                    yield f'<li><a href="#{anchor}">{_text(line)}</a></li>'
                yield "</ol></section>"
        elif isinstance(block, Figure):
            picture = base64.b64encode(block.png).decode("ascii")
            look = ' class="wide"' if block.landscape else ""
            yield f'<figure id="{self.anchors[block.key]}"{look}>'
            yield f'<img src="data:image/png;base64,{picture}" alt="{_text(block.alt)}">'
            yield f"<figcaption>{_text(str(self.numbers[block.key]))} {_text(block.caption)}</figcaption>"
            yield f'<p class="below">{_text(block.source_line)}</p></figure>'
        else:
            yield from self._table(block)

    def _narrative(self, block: Narrative) -> Iterator[str]:
        if block.heading:
            self._headings += 1
            level = min(block.level + 1, 6)
            look = ' class="wide"' if block.landscape else ""
            yield f'<h{level} id="h{self._headings}"{look}>{_text(block.heading)}</h{level}>'
            if not block.level:
                yield self._lead()
        for paragraph in block.paragraphs:
            tag = "blockquote" if paragraph.style == "quote" else "p"
            look = f"{paragraph.style} wide" if block.landscape else paragraph.style
            yield f'<{tag} class="{look}" dir="auto">{self._runs(paragraph)}</{tag}>'

    def _table(self, table: Table) -> Iterator[str]:
        anchor = self.anchors[table.key]
        yield f'<section class="table{" wide" if table.landscape else ""}" id="{anchor}">'
        yield f'<p class="caption" id="{anchor}c">{_text(str(self.numbers[table.key]))} {_text(table.caption)}</p>'
        yield f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{anchor}c">'
        yield f'<table aria-labelledby="{anchor}c"><thead>'
        laid = list(laid_out(table))
        heads = [[one.text for one in cells for _ in range(one.span)] for cells, _ in laid[: len(table.heads)]]
        names = [
            " – ".join(dict.fromkeys(row[column] for row in heads if row[column]))
            for column in range(len(table.widths))
        ]
        names = column_names(table, names)
        for index, (cells, above) in enumerate(laid):
            if index == len(table.heads):
                yield "</thead><tbody>"
            yield self._row(table, cells, above, names, head=index < len(table.heads))
        yield "</tbody></table></div>"
        yield f'<p class="below">{_text(table.source_line)}</p>'
        for note in table.notes:
            yield f'<p class="below">{self._runs(note)}</p>'
        yield "</section>"

    def _row(
        self, table: Table, cells: Sequence[TableCell], above: Sequence[bool], names: Sequence[str], *, head: bool
    ) -> str:
        shown, column = [], 0
        called = cells[table.lead - 1].text.split("\n")[0] if table.lead <= len(cells) else ""
        for one, continued in zip(cells, above, strict=True):
            first, column = column, column + one.span
            if continued:
                continue
            opening = ""
            if one.segments and not head:
                title = " · ".join(part for part in (called, names[first]) if part)
                long = len(one.paragraphs[0].text) > _FIGURE
                opening = self.passages.link(one.segments, title, self.anchors[table.key], long=long)
            shown.append(self._cell(one, head=head, lead=not head and first == table.lead - 1, opening=opening))
        return f"<tr>{''.join(shown)}</tr>"

    def _cell(self, one: TableCell, *, head: bool, lead: bool, opening: str) -> str:
        tag = "th" if head or lead else "td"
        attributes = ' scope="row"' if lead else ""
        attributes += f' colspan="{one.span}"' if one.span > 1 else ""
        attributes += f' rowspan="{one.deep}"' if one.deep > 1 else ""
        classes = [one.align, *(["lead"] if lead else []), *([f"in{min(one.indent, 6)}"] if one.indent else [])]
        content = []
        for index, paragraph in enumerate(one.paragraphs):
            text = self._runs(paragraph)
            if opening and index == 0:
                text = f"{opening}{text}</a>"
            content.append(f'<p dir="auto" class="{paragraph.style}">{text}</p>')
        return f'<{tag} class="{" ".join(classes)}"{attributes}>{"".join(content)}</{tag}>'

    def _runs(self, paragraph: Paragraph) -> str:
        shown = []
        for run in paragraph.runs:
            if run.ref is not None:
                shown.append(f'<a href="#{self.anchors[run.ref]}">{_text(str(self.numbers[run.ref]))}</a>')
                continue
            text = _text(run.text).replace("\n", "<br>")
            text = f"<i>{text}</i>" if run.italic else text
            shown.append(f"<b>{text}</b>" if run.bold else text)
        return "".join(shown)


def _captioned(block: Contents) -> type[Table | Figure]:
    return Table if block.of == "tables" else Figure


def _headed(blocks: Iterable[Block]) -> Iterator[Narrative]:
    return (block for block in blocks if isinstance(block, Narrative) and block.heading)


def _text(text: str) -> str:
    return escape(legal(text))
