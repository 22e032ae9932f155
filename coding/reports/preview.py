"""A report as HTML that Qt's text document understands: what the Word file will look like, before it is written."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from coding.reports.numbering import LISTS, Number, entries, numbers, with_heading_numbers
from coding.reports.options import ReportOptions
from coding.reports.paging import paged
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    PORTRAIT_TEXT,
    Block,
    Contents,
    Figure,
    Narrative,
    Paragraph,
    Table,
    TableCell,
)
from coding.reports.word_parts import laid_out, legal
from coding.words import Words

# Pixels per centimetre on a screen of 96 dots to the inch.
_PIXELS = 96 / 2.54
# The sizes and spaces of the Word document. Qt knows no gap between lines of its own, so that a line of Word's is 104 %
# of Qt's, and one and a half are 156 %.
_STYLE = """
body { font-family: 'Times New Roman', 'Liberation Serif', 'Tinos', serif; font-size: 12pt; color: #000000; }
h1 { font-size: 14pt; text-align: center; margin-top: 0; margin-bottom: 24px; }
h2 { font-size: 13pt; margin-top: 24px; margin-bottom: 8px; }
h3 { font-size: 12pt; margin-top: 16px; margin-bottom: 5px; }
h4 { font-size: 12pt; font-style: italic; margin-top: 11px; margin-bottom: 3px; }
p { margin-top: 0; margin-bottom: 8px; line-height: 104%; }
p.body { text-indent: 47px; line-height: 156%; }
p.quote { margin-left: 47px; margin-right: 47px; margin-bottom: 11px; }
p.caption { font-weight: bold; text-align: center; margin-top: 16px; margin-bottom: 5px; }
p.below { font-size: 10pt; margin-top: 5px; margin-bottom: 3px; }
td, th { font-size: 10pt; padding: 2px 3px; }
span.quote { font-size: 9pt; }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run of blocks that stand on pages of one orientation, as HTML; `width` of its text in centimetres."""

    landscape: bool
    width: float
    html: str


def sheets(
    blocks: Sequence[Block], words: Words, options: ReportOptions, *, together: int | None = None
) -> list[Sheet]:
    """The report as sheets, with the same texts, numbers and order as the Word document.

    With `together`, a table is cut after so many rows each, for who shows it piece by piece.
    """
    blocks = with_heading_numbers(paged(blocks), words, options.chapter)
    counted = numbers(blocks, words, options.chapter)
    listed = _Lists(blocks, counted, together)
    made = []
    for turned, run in groupby(blocks, key=lambda block: block.landscape):
        page = page_of([_block(block, words, counted, listed) for block in run], words)
        made.append(Sheet(turned, LANDSCAPE_TEXT if turned else PORTRAIT_TEXT, page))
    return made


def to_html(blocks: Sequence[Block], words: Words, options: ReportOptions) -> str:
    """The whole report as one page of HTML."""
    blocks = with_heading_numbers(paged(blocks), words, options.chapter)
    counted = numbers(blocks, words, options.chapter)
    listed = _Lists(blocks, counted)
    return page_of([_block(block, words, counted, listed) for block in blocks], words)


def page_of(body: Iterable[str], words: Words) -> str:
    """A whole page of these pieces."""
    shown = "\n".join(body)
    return f'<html lang="{words.language}"><head><style>{_STYLE}</style></head><body>\n{shown}\n</body></html>'


class _Lists:
    """What the lists at the front of a report say: a line of HTML for each heading, table or figure."""

    def __init__(self, blocks: Sequence[Block], counted: Mapping[str, Number], together: int | None = None) -> None:
        self.together = together
        self.of = {kind: [entry_of(level, text) for level, text in entries(blocks, counted, kind)] for kind in LISTS}


def entry_of(level: int, text: str) -> str:
    """A line of a list at the front."""
    return f'<p style="margin-left: {18 * (level - 1)}px; margin-right: 48px; margin-bottom: 2px;">{_text(text)}</p>'


def list_heading_of(block: Contents) -> str:
    """The heading of a list at the front."""
    return f'<h2 align="center">{_text(block.heading.upper())}</h2>'


def _block(block: Block, words: Words, counted: Mapping[str, Number], listed: _Lists) -> str:
    if isinstance(block, Contents):
        return list_heading_of(block) + "".join(listed.of[block.of])
    if isinstance(block, Narrative):
        return heading_of(block) + "".join(paragraph_of(one, one.style, counted) for one in block.paragraphs)
    if isinstance(block, Figure):
        return figure_of(block, counted)
    going_on = " " + words.t("(continued)") if block.continues else ""
    caption = caption_of(block.continues or block.key, block.caption, going_on, counted)
    return caption + _table(block, counted, listed.together) + below_of(block.source_line, block.notes, counted)


def heading_of(block: Narrative) -> str:
    """Its heading, "" where it has none."""
    level, shown = block.level + 1, _text(block.heading or "").replace("\n", "<br>")
    return f"<h{level}>{shown}</h{level}>" if block.heading else ""


def figure_of(block: Figure, counted: Mapping[str, Number]) -> str:
    """A picture with its caption and its source line."""
    picture = base64.b64encode(block.png).decode("ascii")
    size = f'width="{round(block.width * _PIXELS)}" height="{round(block.height * _PIXELS)}"'
    image = f'<p align="center"><img src="data:image/png;base64,{picture}" {size} alt="{_text(block.alt)}"></p>'
    return image + caption_of(block.key, block.caption, "", counted) + below_of(block.source_line, (), counted)


def caption_of(key: str, caption: str, going_on: str, counted: Mapping[str, Number]) -> str:
    """The caption of a table or figure with its number."""
    return f'<p class="caption">{_text(str(counted[key]))}{_text(going_on)} {_text(caption)}</p>'


def below_of(source_line: str, notes: Sequence[Paragraph], counted: Mapping[str, Number]) -> str:
    """What stands under a table or figure."""
    shown = f'<p class="below">{_text(source_line)}</p>'
    return shown + "".join(paragraph_of(note, "below", counted) for note in notes)


def _table(block: Table, counted: Mapping[str, Number], together: int | None) -> str:
    heads, runs, taken = list[str](), [list[str]()], 0
    for index, (cells, above) in enumerate(laid_out(block)):
        head = index < len(block.heads)
        shown = row_of(cells, above, block, "th" if head else "td", counted)
        if head:
            heads.append(shown)
            continue
        # a cell over several rows keeps them together
        if together and taken >= together and not any(above):
            runs.append([])
            taken = 0
        runs[-1].append(shown)
        taken += 1
    opened = opening_of(block)
    first = f"<thead>{''.join(heads)}</thead>"
    return "".join(f"{opened}{'' if number else first}{''.join(rows)}</table>" for number, rows in enumerate(runs))


def opening_of(block: Table) -> str:
    """The start of a table."""
    width = round(sum(block.widths) * _PIXELS)
    frame = 'border="1" cellspacing="0" style="border-collapse: collapse; border-color: #000000;"'
    return f'<table align="center" width="{width}" {frame}>'


def row_of(
    cells: Sequence[TableCell], above: Sequence[bool], block: Table, tag: str, counted: Mapping[str, Number]
) -> str:
    """A row, `above` marking the cells that only go on from the row above."""
    shown, column = [], 0
    for one, continued in zip(cells, above, strict=True):
        share = 100 * sum(block.widths[column : column + one.span]) / sum(block.widths)
        column += one.span
        if continued:
            continue
        # Qt shares the width of a spanning cell out evenly, so that only single columns may name theirs.
        attributes = f' width="{share:.1f}%"' if one.span == 1 else f' colspan="{one.span}"'
        attributes += f' rowspan="{one.deep}"' if one.deep > 1 else ""
        attributes += ' bgcolor="#ededed"' if one.shaded else ""
        vertical = "middle" if tag == "th" else "top"
        content = "<br>".join(_in_cell(paragraph, counted) for paragraph in one.paragraphs)
        if one.indent:
            content = f'<p style="margin-left: {16 * one.indent}px; margin-bottom: 0;">{content}</p>'
        shown.append(f'<{tag} align="{one.align}" valign="{vertical}"{attributes}>{content}</{tag}>')
    return f"<tr>{''.join(shown)}</tr>"


def paragraph_of(paragraph: Paragraph, style: str, counted: Mapping[str, Number]) -> str:
    """A paragraph in the look of `style`."""
    # Qt justifies for the attribute alone
    align = ' align="justify"' if style in ("body", "quote") else ""
    return f'<p class="{style}"{align}>{_runs(paragraph, counted)}</p>'


def _in_cell(paragraph: Paragraph, counted: Mapping[str, Number]) -> str:
    said = _runs(paragraph, counted)
    return f'<span class="quote">{said}</span>' if paragraph.style == "quote" else said


def _runs(paragraph: Paragraph, counted: Mapping[str, Number]) -> str:
    shown = []
    for run in paragraph.runs:
        text = _text(str(counted[run.ref]) if run.ref is not None else run.text).replace("\n", "<br>")
        text = f"<i>{text}</i>" if run.italic else text
        shown.append(f"<b>{text}</b>" if run.bold else text)
    return "".join(shown)


def _text(text: str) -> str:
    return escape(legal(text))
