"""A report as one page of HTML that asks for nothing: every figure leads to the coded segments it counts.

Without scripts a figure leads to the list of its segments further down, and from there to each of them; the script
shows them beside the table instead. The page may run its own script and style alone, and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

from coding.analysis.wording import GLYPHS, VALENCE_LABELS
from coding.reports.document import ReportDocument, ShownSegment
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


class _Page:
    def __init__(self, document: ReportDocument) -> None:
        self.document = document
        self.words: Words = document.words
        self.numbers: Mapping[str, Number] = numbers(document.blocks, self.words, document.options.chapter)
        self.anchors = {key: f"t{number}" for number, key in enumerate(self.numbers, 1)}
        # the coded segments of a report by guid, and the place of each on the page
        self.segments = document.segments
        self.places = {guid: number for number, guid in enumerate(self.segments, 1)}
        self.lists: list[tuple[str, tuple[str, ...]]] = []
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
        yield from self._behind()
        yield "</main>"
        yield from self._panel()
        yield f"<script>{script}</script></body></html>\n"

    def _t(self, msgid: str, **params: object) -> str:
        return _text(self.words.t(msgid, **params))

    def _navigation(self) -> Iterator[str]:
        shown = [
            (f"h{number}", block.heading or "", block.level)
            for number, block in enumerate(_headed(self.document.blocks), 1)
        ]
        yield f'<nav aria-label="{self._t("Contents")}"><p class="nav-title">{self._t("Contents")}</p><ol>'
        for anchor, heading, level in shown:
            if level:
                yield f'<li class="level{level}"><a href="#{anchor}">{_text(heading)}</a></li>'
        if self.segments:
            yield f'<li class="level1"><a href="#segments">{self._t("All coded segments")}</a></li>'
        yield "</ol></nav>"

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
            yield f'<figure id="{self.anchors[block.key]}">'
            yield f'<img src="data:image/png;base64,{picture}" alt="{_text(block.alt)}">'
            yield f"<figcaption>{_text(str(self.numbers[block.key]))} {_text(block.caption)}</figcaption>"
            yield f'<p class="below">{_text(block.source_line)}</p></figure>'
        else:
            yield from self._table(block)

    def _narrative(self, block: Narrative) -> Iterator[str]:
        if block.heading:
            self._headings += 1
            level = min(block.level + 1, 6)
            yield f'<h{level} id="h{self._headings}">{_text(block.heading)}</h{level}>'
        for paragraph in block.paragraphs:
            tag = "blockquote" if paragraph.style == "quote" else "p"
            yield f'<{tag} class="{paragraph.style}" dir="auto">{self._runs(paragraph)}</{tag}>'

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
        shown, column, known = [], 0, dict[tuple[str, ...], str]()
        called = cells[table.lead - 1].text.split("\n")[0] if table.lead <= len(cells) else ""
        for one, continued in zip(cells, above, strict=True):
            first, column = column, column + one.span
            if continued:
                continue
            anchor = ""
            there = tuple(guid for guid in one.segments if guid in self.places)
            if there and not head:
                anchor = known.get(there, "")
                if not anchor:
                    title = f"{called} · {names[first]}: {one.paragraphs[0].text}"
                    self.lists.append((title, there))
                    anchor = known[there] = f"c{len(self.lists)}"
            shown.append(self._cell(one, head=head, lead=not head and first == table.lead - 1, anchor=anchor))
        return f"<tr>{''.join(shown)}</tr>"

    def _cell(self, one: TableCell, *, head: bool, lead: bool, anchor: str) -> str:
        tag = "th" if head or lead else "td"
        attributes = ' scope="row"' if lead else ""
        attributes += f' colspan="{one.span}"' if one.span > 1 else ""
        attributes += f' rowspan="{one.deep}"' if one.deep > 1 else ""
        classes = [one.align, *(["lead"] if lead else []), *([f"in{min(one.indent, 6)}"] if one.indent else [])]
        content = []
        for index, paragraph in enumerate(one.paragraphs):
            text = self._runs(paragraph)
            if anchor and index == 0:
                text = f'<a class="count" href="#{anchor}">{text}</a>'
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

    # what stands behind the figures

    def _behind(self) -> Iterator[str]:
        if not self.segments:
            return
        yield f'<section class="lists"><h2>{self._t("What the figures stand on")}</h2>'
        for number, (title, guids) in enumerate(self.lists, 1):
            yield f'<section class="list" id="c{number}"><h3>{_text(title)}</h3><ol>'
            for guid in guids:
                segment = self.segments[guid]
                told = _text(f"{segment.who} · {segment.code}")
                yield f'<li><a href="#p{self.places[guid]}">{told}</a></li>'
            yield "</ol></section>"
        yield f'</section><section class="segments" id="segments"><h2>{self._t("All coded segments")}</h2>'
        yield '<p class="print"><label><input type="checkbox" id="with_segments">'
        yield f" {self._t('Print the coded segments, too')}</label></p>"
        for guid, number in self.places.items():
            yield self._segment(number, self.segments[guid])
        yield "</section>"

    def _segment(self, number: int, segment: ShownSegment) -> str:
        valence = segment.valence
        told = VALENCE_LABELS[valence].in_(self.words.language) if valence else ""
        sign = f'<b class="{valence}" title="{_text(told)}">{GLYPHS[valence]}</b> ' if valence else ""
        under = " · ".join(part for part in (segment.framework, segment.code) if part)
        where = ", ".join(part for part in (segment.source, self.words.date(segment.date)) if part)
        quoted = _text(segment.text).replace("\n", "<br>")
        return (
            f'<article id="p{number}"><blockquote dir="auto">{quoted}</blockquote>'
            f"<p>{sign}{_text(segment.attribution or segment.who)}</p>"
            f'<p class="meta">{_text(under)}<br>{_text(where)}</p></article>'
        )

    def _panel(self) -> Iterator[str]:
        """What the script fills; its words stand here, in the language of the report."""
        t = self._t
        yield f'<aside id="panel" hidden tabindex="-1" aria-label="{t("Coded segments")}"><header>'
        yield '<h2 id="panel_title"></h2><p id="panel_count"></p>'
        yield f'<div class="tools"><input id="panel_filter" type="search" aria-label="{t("Find in these segments")}"'
        yield f' placeholder="{t("Find in these segments")}">'
        yield f'<button id="panel_before" title="{t("Former figure")}  ←" aria-label="{t("Former figure")}">‹</button>'
        yield f'<button id="panel_after" title="{t("Next figure")}  →" aria-label="{t("Next figure")}">›</button>'
        yield f'<button id="panel_close" title="{t("Close")}  Esc" aria-label="{t("Close")}">×</button></div></header>'
        one, many = self.words.n("{count} coded segment", "{count} coded segments", count=1), self._many()
        yield f'<div id="panel_list" aria-live="polite" data-one="{_text(one)}" data-many="{_text(many)}"'
        yield f' data-some="{t("{shown} of {all}", shown="#", all="##")}"></div>'
        told = t("Segments that overlap, or say the same, count as one passage.")
        yield f'<p class="meta">{told}</p><button id="panel_more" hidden>{t("Show more")}</button></aside>'

    def _many(self) -> str:
        """The plural with a mark where the number goes."""
        return self.words.n("{count} coded segment", "{count} coded segments", count=7).replace("7", "#")


def _captioned(block: Contents) -> type[Table | Figure]:
    return Table if block.of == "tables" else Figure


def _headed(blocks: Iterable[Block]) -> Iterator[Narrative]:
    return (block for block in blocks if isinstance(block, Narrative) and block.heading)


def _text(text: str) -> str:
    return escape(legal(text))
