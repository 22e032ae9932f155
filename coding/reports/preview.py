"""A report as HTML that Qt's text document understands: what the Word file will look like, before it is written."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape

from coding.reports.numbering import Number, numbers
from coding.reports.options import ReportOptions
from coding.reports.tables import Block, Figure, Narrative, Paragraph, Table, TableCell
from coding.reports.word_parts import legal
from coding.words import Words

# Pixels per centimetre on a screen of 96 dots to the inch.
_PIXELS = 96 / 2.54
_STYLE = """
body { font-family: 'Times New Roman', 'Liberation Serif', 'Tinos', serif; font-size: 12pt; color: #000000; }
h1 { font-size: 14pt; text-align: center; margin-top: 0; margin-bottom: 14px; }
h2 { font-size: 13pt; margin-top: 18px; margin-bottom: 6px; }
h3 { font-size: 12pt; margin-top: 12px; margin-bottom: 4px; }
p { margin-top: 0; margin-bottom: 6px; }
p.body { text-indent: 46px; line-height: 140%; text-align: justify; }
p.quote { margin-left: 46px; margin-right: 46px; text-align: justify; }
p.caption { font-weight: bold; text-align: center; margin-top: 12px; margin-bottom: 4px; }
p.below { font-size: 10pt; margin-top: 4px; margin-bottom: 2px; }
td, th { font-size: 10pt; }
"""


def to_html(blocks: Sequence[Block], words: Words, options: ReportOptions) -> str:
    """A page of HTML with the same texts, numbers and order as the Word document."""
    counted = numbers(blocks, words, options.chapter)
    body = "\n".join(_block(block, words, counted) for block in blocks)
    return f'<html lang="{words.language}"><head><style>{_STYLE}</style></head><body>\n{body}\n</body></html>'


def _block(block: Block, words: Words, counted: Mapping[str, Number]) -> str:
    if isinstance(block, Narrative):
        level = block.level + 1
        heading = f"<h{level}>{_text(block.heading)}</h{level}>" if block.heading else ""
        return heading + "".join(_paragraph(one, one.style, counted) for one in block.paragraphs)
    if isinstance(block, Figure):
        picture = base64.b64encode(block.png).decode("ascii")
        size = f'width="{round(block.width * _PIXELS)}" height="{round(block.height * _PIXELS)}"'
        image = f'<p align="center"><img src="data:image/png;base64,{picture}" {size} alt="{_text(block.alt)}"></p>'
        return image + _caption(block.key, block.caption, "", counted) + _below(block.source_line, (), counted)
    going_on = " " + words.t("(continued)") if block.continues else ""
    caption = _caption(block.continues or block.key, block.caption, going_on, counted)
    return caption + _table(block, counted) + _below(block.source_line, block.notes, counted)


def _caption(key: str, caption: str, going_on: str, counted: Mapping[str, Number]) -> str:
    return f'<p class="caption">{_text(str(counted[key]))}{_text(going_on)} {_text(caption)}</p>'


def _below(source_line: str, notes: Sequence[Paragraph], counted: Mapping[str, Number]) -> str:
    shown = f'<p class="below">{_text(source_line)}</p>'
    return shown + "".join(_paragraph(note, "below", counted) for note in notes)


def _table(block: Table, counted: Mapping[str, Number]) -> str:
    width = round(sum(block.widths) * _PIXELS)
    frame = 'border="1" cellspacing="0" cellpadding="4" style="border-collapse: collapse; border-color: #000000;"'
    heads = "".join(_row(row, block, "th", counted) for row in block.heads)
    rows = "".join(_row(row, block, "td", counted) for row in block.rows)
    return f'<table align="center" width="{width}" {frame}><thead>{heads}</thead>{rows}</table>'


def _row(row: Sequence[TableCell], block: Table, tag: str, counted: Mapping[str, Number]) -> str:
    # A row whose grid begins under cells that reach down into it has no widths to give; the first row has.
    sized = sum(one.span for one in row) == len(block.widths)
    shown, column = [], 0
    for one in row:
        share = 100 * sum(block.widths[column : column + one.span]) / sum(block.widths)
        column += one.span
        attributes = f' width="{share:.1f}%"' if sized else ""
        attributes += f' colspan="{one.span}"' if one.span > 1 else ""
        attributes += f' rowspan="{one.deep}"' if one.deep > 1 else ""
        attributes += ' bgcolor="#ededed"' if one.shaded else ""
        vertical = "middle" if tag == "th" else "top"
        content = "<br>".join(_runs(paragraph, counted) for paragraph in one.paragraphs)
        if one.indent:
            content = f'<p style="margin-left: {16 * one.indent}px; margin-bottom: 0;">{content}</p>'
        shown.append(f'<{tag} align="{one.align}" valign="{vertical}"{attributes}>{content}</{tag}>')
    return f"<tr>{''.join(shown)}</tr>"


def _paragraph(paragraph: Paragraph, style: str, counted: Mapping[str, Number]) -> str:
    return f'<p class="{style}">{_runs(paragraph, counted)}</p>'


def _runs(paragraph: Paragraph, counted: Mapping[str, Number]) -> str:
    shown = []
    for run in paragraph.runs:
        text = _text(str(counted[run.ref]) if run.ref is not None else run.text).replace("\n", "<br>")
        text = f"<i>{text}</i>" if run.italic else text
        shown.append(f"<b>{text}</b>" if run.bold else text)
    return "".join(shown)


def _text(text: str) -> str:
    return escape(legal(text))
