"""A report as a Word document: captions that Word renumbers, tables that break well, pages that turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from coding.errors import CodingError
from coding.progress import Progress, Silent
from coding.reports import word_headings
from coding.reports import word_parts as xml
from coding.reports import word_styles as styles
from coding.reports.numbering import Number, chapter_of, entries, numbers
from coding.reports.options import ReportOptions
from coding.reports.paging import paged
from coding.reports.saving import save
from coding.reports.tables import Block, Contents, Figure, Narrative, Paragraph, Table, TableCell
from coding.reports.word_keeping import lines, row_heights, rows_kept, stays_whole
from coding.reports.word_marks import put_marks
from coding.reports.word_notes import Footnotes
from coding.reports.word_pages import Pages, pages_of, usual_pages
from coding.words import Words

_INDENT = 0.4
# What a figure leaves on its page for its caption and its source line, in centimetres.
_CAPTION = 3.0
# More lines than this in a row, and it may go on over the page: kept whole, it would leave half a page empty.
_WHOLE_LINES = 34
# A turned page is low: what follows on it is short, or has a page of its own. A heading and its sentence take so much.
_SHORT, _HEADED = 0.5, 2.6
# So many lines of lists stand on a page at the front, of which a heading takes some; a list that does not fit under the
# one before it begins a page.
_LIST_LINES, _LIST_HEADING = 36, 3


def write_word(
    blocks: Sequence[Block], path: Path, words: Words, options: ReportOptions, progress: Progress | None = None
) -> None:
    """Write `blocks` as a Word document to `path`, whole or not at all.

    Raises `CodingError`: `report_format` for another ending than .docx, what `word_template.open_template` raises for
    the template chosen, `cancelled`, else what `saving.save` raises.
    """
    if path.suffix.lower() != ".docx":
        raise CodingError("report_format", file=str(path), known=".docx")
    save(path, word_bytes(blocks, words, options, progress))


def word_bytes(
    blocks: Sequence[Block], words: Words, options: ReportOptions, progress: Progress | None = None
) -> bytes:
    """The Word document as it would stand in a file."""
    title = next((b.heading for b in blocks if isinstance(b, Narrative) and b.level == 0 and b.heading), "")
    blocks, chapter = paged(blocks), None
    if (found := chapter_of(blocks)) is not None and found.numbered:
        chapter = options.chapter
    document, chosen, pages = _prepared(words, options, title, chapter)
    headings = word_headings.Headings(
        blocks, words, chosen, number=options.chapter, document=document, template=options.template is not None
    )
    writer = _Writer(document, words, options, numbers(blocks, words, options.chapter), headings, pages)
    _fill(document, writer.write(blocks, progress or Silent()))
    if writer.notes:
        writer.notes.put_into(document)
    styles.tidy(document)
    put_marks(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _prepared(
    words: Words, options: ReportOptions, title: str, chapter: int | None
) -> tuple[Any, Mapping[str, str], Pages]:
    """An empty document, the style of each role, and its pages; headings count on from `chapter` where there is one."""
    if options.template is None:
        from docx import Document

        document = Document()
        chosen = styles.prepare(document, words, title)
        if chapter is not None:
            word_headings.number(document, words, chapter)
        return document, chosen, usual_pages(document)
    from coding.reports.word_template import open_template, settle_styles

    document = open_template(options.template.path)
    chosen = settle_styles(document, words, options.template.styles)
    if chapter is not None:
        word_headings.start(document, chosen["heading1"], chapter)
    pages = pages_of(document)
    styles.describe(document, words, title)
    return document, chosen, pages


def _fill(document: Any, body: str) -> None:
    """Put the text of a body in the place of that of `document`."""
    from docx.oxml import parse_xml

    made = parse_xml(f"<w:body {xml.NAMESPACES}>{body}</w:body>")
    old = document.element.body
    old.getparent().replace(old, made)


class _Writer:
    """Puts blocks one after the other into the text of a body."""

    def __init__(
        self,
        document: Any,
        words: Words,
        options: ReportOptions,
        counted: Mapping[str, Number],
        headings: word_headings.Headings,
        pages: Pages,
    ) -> None:
        self.document = document
        self.words = words
        self.numbers = counted
        self.order = {key: index for index, key in enumerate(counted, 1)}
        self.headings = headings
        # what a template has of its own keeps the look it has there
        theirs = {role for role, style in headings.style.items() if style != styles.USUAL[role]}
        self.style = dict(headings.style)
        if "table_text" in theirs:
            self.style["table_quote"] = self.style["table_text"]
        self.spaced = not {"source", "note"} & theirs
        self.pages = pages
        self.notes = Footnotes(self.style["footnote"], self.style["footnote_mark"])
        self.footnotes = options.footnotes

    def write(self, blocks: Sequence[Block], progress: Progress) -> str:
        """The body: every block, sections where pages turn, and the last section's properties."""
        landscape = bool(blocks) and blocks[0].landscape
        pieces: list[str] = []
        first, opening, new_page, listed = True, True, False, 0
        titled = next((n for n, b in enumerate(blocks, 1) if isinstance(b, Narrative) and b.level == 0), 0)
        for index, block in enumerate(blocks):
            progress.step(index, len(blocks), "")
            # the first page of the chapter may have a head of its own, also behind the lists
            chapter = listed > 0 and isinstance(block, Narrative) and block.opens and self.pages.title_page
            turned = block.landscape != landscape or chapter
            if turned:
                pieces[-1] = xml.with_section(pieces[-1], self.pages.section(landscape, first=first, opening=opening))
                first, opening, landscape = False, chapter, block.landscape
            if isinstance(block, Contents):
                lines = len(list(entries(self.headings.shown, self.numbers, block.of))) + _LIST_HEADING
                apart = listed > 0 and listed + lines > _LIST_LINES
                listed = lines if apart else listed + lines
                pieces.append(self._contents(block, blocks, new_page=apart))
                new_page = True
                continue
            if isinstance(block, Table):
                pieces.extend(self._table(block, progress))
            elif isinstance(block, Figure):
                pieces.append(self._figure(block))
            else:
                after = blocks[index + 1] if index + 1 < len(blocks) else None
                apart = (landscape and index > titled and block.level < 2 and not self._short(after)) or new_page
                leads = isinstance(after, Table | Figure) and after.landscape == landscape
                pieces.append(self._narrative(block, new_page=apart and not turned, leads=leads))
            new_page = False
        return "".join(pieces) + self.pages.section(landscape, first=first, opening=opening)

    def _short(self, block: Block | None) -> bool:
        """Whether a table with the heading before it takes half a page at most."""
        if not isinstance(block, Table):
            return False
        page = self.pages.height_of_text(block.landscape)
        widths = self._widths(block)
        return stays_whole(block, widths, page) and sum(row_heights(block, widths)) + _HEADED <= _SHORT * page

    def _widths(self, block: Table) -> list[float]:
        scale = self.pages.scale(block.landscape)
        return [width * scale for width in block.widths]

    def _narrative(self, block: Narrative, *, new_page: bool, leads: bool) -> str:
        """Prose under its heading; the last of it stays with the table or figure it `leads` to."""
        shown = []
        if block.heading:
            shown.append(self.headings.paragraph(block, new_page=new_page))
        for index, one in enumerate(block.paragraphs):
            role = "quote" if one.style == "quote" else "note" if one.style == "note" else "body"
            after = block.paragraphs[index + 1 : index + 2]
            kept = role == "body" and any(next_one.style == "quote" for next_one in after)
            kept = kept or (leads and not after and role == "body")
            page = new_page and not block.heading and not index
            shown.append(self._paragraph(one, role, keep_next=kept, new_page=page))
        return "".join(shown)

    def _contents(self, block: Contents, blocks: Sequence[Block], *, new_page: bool) -> str:
        """A list at the front. Its page numbers come when Word brings its fields up to date."""
        lines = list(entries(self.headings.shown, self.numbers, block.of))
        marks: Iterator[str] = (
            (word_headings.mark(number) for number in range(1, len(lines) + 1))
            if block.of == "headings"
            else (one.mark for key, one in self.numbers.items() if self._listed(key, block.of, blocks))
        )
        if block.of == "headings":
            instruction = 'TOC \\o "1-3" \\h \\z \\u'
        else:
            label = self.words.t("Table") if block.of == "tables" else self.words.t("Figure")
            instruction = f'TOC \\h \\z \\c "{label}"'
        shown = [self.headings.of_list(block.heading, new_page=new_page)]
        for number, ((level, text), mark) in enumerate(zip(lines, marks, strict=True)):
            role = f"contents{min(level, 3)}" if block.of == "headings" else "contents_captions"
            content = xml.linked(xml.run(f"{text}\t") + xml.field(f"PAGEREF {mark} \\h", ""), mark)
            content = (xml.field_begin(instruction) if not number else "") + content
            content += xml.FIELD_END if number == len(lines) - 1 else ""
            shown.append(xml.paragraph(content, self.style[role]))
        return "".join(shown)

    def _listed(self, key: str, of: str, blocks: Sequence[Block]) -> bool:
        kind = Table if of == "tables" else Figure
        return any(isinstance(block, kind) and block.key == key for block in blocks)

    def _table(self, block: Table, progress: Progress) -> Iterator[str]:
        widths = self._widths(block)
        kept = rows_kept(block, widths, self.pages.height_of_text(block.landscape))
        yield self._caption(block.continues or block.key, block.caption, "caption_table", block.continues is not None)
        yield xml.table_start(block, self.style["table"], widths)
        rows = len(block.heads) + len(block.rows)
        for index, (cells, above) in enumerate(xml.laid_out(block)):
            if not index % 256:
                progress.step(index, rows, block.caption)
            yield self._row(widths, cells, above, head=index < len(block.heads), keep=index in kept)
        yield "</w:tbl>" + self._below(block.source_line, block.notes)

    def _row(
        self, widths: Sequence[float], cells: Sequence[TableCell], above: Sequence[bool], *, head: bool, keep: bool
    ) -> str:
        """One row; `above` marks the cells that only go on from the row above. With `keep`, the next stays with it."""
        shown, column, longest = list[str](), 0, 0
        for one, continued in zip(cells, above, strict=True):
            merge = None if one.deep == 1 and not continued else "continue" if continued else "restart"
            width = sum(widths[column : column + one.span])
            column += one.span
            longest = max(longest, lines(one, width))
            empty = continued or not one.paragraphs
            content = (
                xml.paragraph("", self.style["table_text"], keep_next=keep)
                if empty
                else "".join(self._cell_paragraph(text, one, head=head, keep=keep) for text in one.paragraphs)
            )
            shown.append(xml.cell(content, width=width, span=one.span, merge=merge, shaded=one.shaded))
        start = xml.row_start(whole=head or longest <= _WHOLE_LINES, repeats=head)
        return f"{start}{''.join(shown)}</w:tr>"

    def _cell_paragraph(self, one: Paragraph, of: TableCell, *, head: bool, keep: bool) -> str:
        role = "table_head" if head else "table_quote" if one.style == "quote" else "table_text"
        return xml.paragraph(
            self._runs(one, footnotes=False),
            self.style[role],
            keep_next=keep,
            from_right=xml.from_right(one.text),
            indent=_INDENT * of.indent,
            align=of.align,
        )

    def _figure(self, block: Figure) -> str:
        from docx.shared import Cm
        from lxml import etree

        high = self.pages.height_of_text(block.landscape) - _CAPTION
        scale = min(1.0, self.pages.room(block.landscape) / block.width, high / block.height)
        size = (Cm(block.width * scale), Cm(block.height * scale))
        inline = self.document.part.new_pic_inline(BytesIO(block.png), *size)
        inline.docPr.set("descr", xml.legal(block.alt))
        inline.docPr.set("title", xml.legal(block.caption))
        drawing = f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"
        return (
            xml.paragraph(drawing, self.style["figure"], keep_next=True)
            + self._caption(block.key, block.caption, "caption_figure")
            + self._below(block.source_line, ())
        )

    def _below(self, source_line: str, notes: Sequence[Paragraph]) -> str:
        """The source line and the notes; a space after the last sets the next paragraph apart."""
        last = 12 if not notes and self.spaced else None
        shown = [xml.paragraph(xml.run(source_line), self.style["source"], after=last, keep_next=bool(notes))]
        shown += [
            self._paragraph(
                note, "note", after=12 if number == len(notes) and self.spaced else None, keep_next=number < len(notes)
            )
            for number, note in enumerate(notes, 1)
        ]
        return "".join(shown)

    def _caption(self, key: str, caption: str, role: str, continued: bool = False) -> str:
        """`Tabel 4.2 …`; a table that goes on refers to the number of the first part, so that it follows it."""
        number = self.numbers[key]
        if continued:
            content = xml.field(f"REF {number.mark} \\h", str(number))
            content += xml.run(" " + self.words.t("(continued)") + " " + caption)
        else:
            # A sequence that sets itself: the chapter is a field of its own, and stays right when the table is moved.
            counted = (
                xml.run(f"{number.label} ")
                + xml.field(f"SEQ Bab \\r {number.chapter}", str(number.chapter))
                + xml.run(".")
                + xml.field(f"SEQ {number.label} \\* ARABIC \\s 1", str(number.number))
            )
            content = xml.bookmarked(counted, self.order[key], number.mark) + xml.run(f" {caption}")
        return xml.paragraph(content, self.style[role], keep_next=True)

    def _paragraph(
        self, one: Paragraph, role: str, *, keep_next: bool = False, new_page: bool = False, after: int | None = None
    ) -> str:
        return xml.paragraph(
            self._runs(one, footnotes=self.footnotes),
            self.style[role],
            keep_next=keep_next,
            new_page=new_page,
            from_right=xml.from_right(one.text),
            after=after,
        )

    def _runs(self, one: Paragraph, *, footnotes: bool) -> str:
        shown = []
        for run in one.runs:
            if run.ref is not None:
                number = self.numbers[run.ref]
                shown.append(xml.field(f"REF {number.mark} \\h", str(number)))
            elif run.note and footnotes:
                shown.append(self.notes.add(as_footnote(run.text)))
            elif run.text:
                shown.append(xml.run(run.text, italic=run.italic, bold=run.bold))
        return "".join(shown)


def as_footnote(text: str) -> str:
    """An attribution as it stands in a footnote: without the brackets it has in the text, closed by a full stop."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")") and ")" not in text[1:-1]:
        text = text[1:-1]
    return text if text.endswith((".", "!", "?")) else f"{text}."
