"""A report as a Word document: captions that Word renumbers, tables that break well, pages that turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from coding.errors import CodingError
from coding.reports import word_styles as styles
from coding.reports.numbering import Number, entries, numbers
from coding.reports.options import ReportOptions
from coding.reports.paging import paged
from coding.reports.saving import save
from coding.reports.tables import Block, Contents, Figure, Narrative, Paragraph, Table, TableCell, plain
from coding.reports.word_parts import bookmark, field, laid_out, legal, mark_cell, new_row, new_table, write_text
from coding.words import Words

# A4 with the margins of an Indonesian thesis: 4 cm at top and left, 3 cm elsewhere; turned, the binding is on top.
_SHORT, _LONG, _WIDE, _USUAL = 21.0, 29.7, 4.0, 3.0
_INDENT = 0.4


def write_word(blocks: Sequence[Block], path: Path, words: Words, options: ReportOptions) -> None:
    """Write `blocks` as a Word document to `path`, whole or not at all.

    Raises `CodingError`: `report_format` for another ending than .docx, else what `saving.save` raises.
    """
    if path.suffix.lower() != ".docx":
        raise CodingError("report_format", file=str(path))
    save(path, word_bytes(blocks, words, options))


def word_bytes(blocks: Sequence[Block], words: Words, options: ReportOptions) -> bytes:
    """The Word document as it would stand in a file."""
    from docx import Document

    blocks = paged(blocks)
    document = Document()
    title = next((b.heading for b in blocks if isinstance(b, Narrative) and b.level == 0 and b.heading), "")
    styles.prepare(document, words, title)
    _Writer(document, words, numbers(blocks, words, options.chapter)).write(blocks)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


class _Writer:
    """Puts blocks one after the other into a document of python-docx."""

    def __init__(self, document: Any, words: Words, counted: Mapping[str, Number]) -> None:
        self.document = document
        self.words = words
        self.numbers = counted

    def write(self, blocks: Sequence[Block]) -> None:
        landscape = bool(blocks) and blocks[0].landscape
        self._turn(self.document.sections[0], landscape)
        self._footer(self.document.sections[0])
        for index, block in enumerate(blocks):
            turned = block.landscape != landscape
            if turned:
                landscape = block.landscape
                self._turn(self.document.add_section(), landscape)
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Figure):
                self._figure(block)
            elif isinstance(block, Contents):
                self._narrative(Narrative(block.heading), new_page=False)
                for _, text in entries(blocks, self.numbers, block.of):
                    self._styled(text, styles.BODY)
            else:
                # A landscape page is low: what a heading announces would seldom fit under it and something else.
                self._narrative(block, new_page=landscape and index > 0 and not turned)

    def _turn(self, section: Any, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(_LONG if landscape else _SHORT), Cm(_SHORT if landscape else _LONG)
        section.top_margin, section.bottom_margin = Cm(_WIDE), Cm(_USUAL)
        section.left_margin, section.right_margin = Cm(_USUAL if landscape else _WIDE), Cm(_USUAL)

    def _footer(self, section: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field(paragraph, "PAGE", "1")

    def _narrative(self, block: Narrative, new_page: bool) -> None:
        if block.heading:
            heading = self.document.add_heading(level=block.level)
            heading.paragraph_format.page_break_before = new_page or None
            write_text(heading, block.heading)
        for index, paragraph in enumerate(block.paragraphs):
            quote = paragraph.style == "quote"
            written = self._paragraph(self.document.add_paragraph(), paragraph, styles.QUOTE if quote else styles.BODY)
            if not quote and any(after.style == "quote" for after in block.paragraphs[index + 1 : index + 2]):
                written.paragraph_format.keep_with_next = True

    def _table(self, block: Table) -> None:
        self._caption(block.continues or block.key, block.caption, block.continues is not None)
        table = new_table(self.document, block)
        for index, (cells, above) in enumerate(laid_out(block)):
            head = index < len(block.heads)
            last = index == len(block.heads) + len(block.rows) - 1
            self._row(table, block, cells, above, head=head, keep=head or last)
        self._below(block.source_line, block.notes)

    def _row(
        self, table: Any, block: Table, cells: Sequence[TableCell], above: Sequence[bool], *, head: bool, keep: bool
    ) -> None:
        """One row; `above` marks the cells that only go on from the row above. With `keep`, the next stays with it."""
        from docx.table import _Cell

        row, column = new_row(table, repeats=head), 0
        for one, continued in zip(cells, above, strict=True):
            tc = row.add_tc()
            merge = None if one.deep == 1 and not continued else "continue" if continued else "restart"
            width = sum(block.widths[column : column + one.span])
            mark_cell(tc, width=width, span=one.span, merge=merge, shaded=one.shaded)
            column += one.span
            content = _Cell(tc, table)
            for index, paragraph in enumerate(() if continued else one.paragraphs):
                written = content.add_paragraph() if index else content.paragraphs[0]
                self._cell_paragraph(written, paragraph, one, head)
            for written in content.paragraphs if keep else ():
                written.paragraph_format.keep_with_next = True

    def _cell_paragraph(self, written: Any, paragraph: Paragraph, one: TableCell, head: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        style = styles.TABLE_HEAD if head else styles.TABLE_QUOTE if paragraph.style == "quote" else styles.TABLE_TEXT
        self._paragraph(written, paragraph, style)
        if one.align != "left":
            written.alignment = getattr(WD_ALIGN_PARAGRAPH, one.align.upper())
        if one.indent:
            written.paragraph_format.left_indent = Cm(_INDENT * one.indent)

    def _figure(self, block: Figure) -> None:
        from docx.shared import Cm

        paragraph = self.document.add_paragraph()
        paragraph._p.style = styles.FIGURE
        shape = paragraph.add_run().add_picture(BytesIO(block.png), Cm(block.width), Cm(block.height))
        shape._inline.docPr.set("descr", legal(block.alt))
        shape._inline.docPr.set("title", legal(block.caption))
        self._caption(block.key, block.caption)
        self._below(block.source_line, ())

    def _below(self, source_line: str, notes: Sequence[Paragraph]) -> None:
        from docx.shared import Pt

        written = self._styled(source_line, styles.SOURCE)
        for note in notes:
            written = self._paragraph(self.document.add_paragraph(), note, styles.NOTE)
        written.paragraph_format.space_after = Pt(12)

    def _caption(self, key: str, caption: str, continued: bool = False) -> None:
        """`Tabel 4.2 …`; a table that goes on refers to the number of the first part, so that it follows it."""
        number, paragraph = self.numbers[key], self._styled("", styles.CAPTION)
        if continued:
            field(paragraph, f"REF {number.mark} \\h", str(number))
            write_text(paragraph, " " + self.words.t("(continued)") + " " + caption)
            return
        identifier = str(1 + list(self.numbers).index(key))
        bookmark(paragraph, "Start", id=identifier, name=number.mark)
        write_text(paragraph, f"{number.label} ")
        # A sequence that sets itself: the chapter is a field of its own, and stays right when the table is moved.
        field(paragraph, f"SEQ Bab \\r {number.chapter}", str(number.chapter))
        write_text(paragraph, ".")
        field(paragraph, f"SEQ {number.label} \\* ARABIC", str(number.number))
        bookmark(paragraph, "End", id=identifier)
        write_text(paragraph, f" {caption}")

    def _styled(self, text: str, style: str) -> Any:
        return self._paragraph(self.document.add_paragraph(), plain(text), style)

    def _paragraph(self, written: Any, paragraph: Paragraph, style: str) -> Any:
        """Fill `written` with the runs of `paragraph` in a style."""
        written._p.style = style
        for run in paragraph.runs:
            if run.ref is not None:
                number = self.numbers[run.ref]
                field(written, f"REF {number.mark} \\h", str(number))
            elif run.text:
                write_text(written, run.text, italic=run.italic, bold=run.bold)
        return written
