"""A report as a workbook: a sheet for each table with figures that are numbers, each leading to what it stands on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from coding.errors import mark
from coding.exchange.tables import allowed, sheet_name
from coding.reports import excel_segments
from coding.reports.document import ReportDocument
from coding.reports.excel_segments import Behind, SegmentLines, behind
from coding.reports.grid import Grid, column_names, grid, read_date, rest
from coding.reports.numbering import numbers
from coding.reports.saving import save
from coding.reports.tables import Narrative, Table, TableCell, Value
from coding.words import Words

DETAILS, PASSAGES = mark("details"), mark("Coded segments")
"""Heads of columns beside others."""
_CHARACTER = 0.19
"""Centimetres of a column of one character."""
_WIDE = 60
_UPRIGHT = 110
"""Characters of the widest sheet that can be read on an upright page."""
_LINE, _HIGHEST = 15.0, 400.0
"""Points of a line of text, and of the highest row that Excel has room for."""
_DATE = "mm-dd-yy"
"""The format by which Excel shows a date as the reader's own computer does."""


def write_excel(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write `document` as a workbook. Raises what `saving.save` raises."""
    save(path, workbook(document))
    return (path,)


def workbook(document: ReportDocument) -> bytes:
    """The workbook as it would stand in a file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    # what the file says of itself names the program, and nobody
    book.properties.creator = "Telaah"
    book.properties.title = allowed(document.title)
    book.properties.language = document.words.language
    writer = _Writer(book, document)
    writer.write()
    content = io.BytesIO()
    book.save(content)
    return writer.filled(content.getvalue())


class _Writer:
    def __init__(self, book: Any, document: ReportDocument) -> None:
        self.book = book
        self.document = document
        self.words: Words = document.words
        self._styles: dict[str, Any] = {}
        self._taken: set[str] = set()
        # what is written into sheets of segments, by the number of the sheet
        self._later: dict[int, bytes] = {}
        self._numbers: dict[str, int] = {}
        self._sheet: Any = None
        self._made = SegmentLines(document.segments, document.words, self._look_number, _segment_height)

    def write(self) -> None:
        """A sheet that lists the others, then for each table its own and that of its segments."""
        words, counted = self.words, numbers(self.document.blocks, self.words, self.document.options.chapter)
        contents = self._name(words.t("Contents"))
        planned = []
        for table in self.document.tables:
            number = counted[table.key]
            name = self._name(f"{number.chapter}.{number.number} {table.caption}")
            shown = grid(table, words)
            found = behind(table, shown, self.document.segments)
            segments = (
                self._name(f"{number.chapter}.{number.number} {words.t('Coded segments')}") if found.lines else ""
            )
            planned.append((str(number), table, shown, found, name, segments))
        self._contents(contents, [(number, table, name) for number, table, _, _, name, _ in planned])
        for label, table, shown, found, name, segments in planned:
            title = f"{label} {table.caption}"
            self._table(table, shown, found, name, segments, title)
            if segments:
                self._segments(table, shown, found, name, segments, title)

    def _name(self, title: str) -> str:
        name = sheet_name(title, self._taken)
        self._taken.add(name.casefold())
        return name

    def _contents(self, name: str, tables: Sequence[tuple[str, Table, str]]) -> None:
        sheet = self._sheet = self.book.create_sheet(name)
        sheet.column_dimensions["A"].width = 14
        sheet.column_dimensions["B"].width = 80
        _paper(sheet, self.document.title)
        self._below(sheet, [self.document.title, ""], (14, 80), "title")
        for number, table, target in tables:
            link = self._text(sheet, number, "link")
            self._lead(link, target, "A1")
            sheet.append([link, self._text(sheet, table.caption, "wrapped")])
        if not tables:
            said = [p.text for block in self.document.blocks if isinstance(block, Narrative) for p in block.paragraphs]
            self._below(sheet, said, (14, 80), first=3)

    def _below(
        self,
        sheet: Any,
        texts: Sequence[str],
        widths: Sequence[float],
        style: str = "note",
        first: int = 1,
    ) -> None:
        """Lines of text from row `first` on, each over columns of these widths, as high as it needs."""
        from openpyxl.utils import get_column_letter

        for number, text in enumerate(texts, first):
            if text and len(widths) > 1:
                sheet.merged_cells.add(f"A{number}:{get_column_letter(len(widths))}{number}")
            _set_height(sheet, number, [text], [sum(widths)])
            sheet.append([self._text(sheet, text, style)] if text else [])

    # a table

    def _table(self, table: Table, shown: Grid, found: Behind, name: str, segments: str, title: str) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(name)
        beside = [self._beside([row[column] for row in shown.rows]) for column in range(len(shown.heads))]
        heads: list[str] = []
        widths: list[float] = []
        for column, head in enumerate(shown.heads):
            heads.append(head)
            widths.append(min(max(table.widths[column] / _CHARACTER, 10.0 if column else 6.0), _WIDE))
            if beside[column]:
                heads.append(f"{head} – {self.words.t(beside[column])}")
                widths.append(30 if beside[column] == DETAILS else 12)
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        lead = sum(1 + bool(beside[column]) for column in range(min(table.lead, len(shown.heads) - 1)))
        sheet.freeze_panes = f"{get_column_letter(lead + 1)}2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(shown.rows) + 1}"
        _paper(sheet, title, landscape=table.landscape or sum(widths) > _UPRIGHT, heads=True)
        _set_height(sheet, 1, heads, widths)
        sheet.append([self._text(sheet, head, "head") for head in heads])
        for number, row in enumerate(shown.rows):
            cells: list[Any] = []
            for column, one in enumerate(row):
                pair = [self._cell(sheet, one, shown.heads[column]), self._more(sheet, one, beside[column])]
                if at := found.links.get((number, column)):
                    self._lead(pair[one.value is None], segments, f"A{at[0]}:D{at[1]}")
                cells += pair if beside[column] else pair[:1]
            _set_height(sheet, number + 2, [one and one.value for one in cells], widths)
            sheet.append(cells)
        below = ["", *(text for text in (table.source_line, *(note.text for note in table.notes)) if text)]
        self._below(sheet, below, widths, first=len(shown.rows) + 2)

    @staticmethod
    def _beside(cells: Sequence[TableCell]) -> str:
        """What a further column beside one holds: what its figures are followed by, or how many coded segments its
        words stand on; "" where there is none."""
        if any(one.value is None and one.segments for one in cells):
            return PASSAGES
        return DETAILS if any(one.value is not None and rest(one) for one in cells) else ""

    def _more(self, sheet: Any, one: TableCell, beside: str) -> Any:
        if beside == PASSAGES:  # a link in a cell of words would keep them on one line in some programs
            known = sum(guid in self.document.segments for guid in one.segments)
            return self._styled(sheet, known, "linked") if known and one.value is None else None
        return self._text(sheet, rest(one), "wrapped") if beside and one.value is not None and rest(one) else None

    def _cell(self, sheet: Any, one: TableCell, head: str) -> Any:
        if one.value is None and head == "No" and one.text.isascii() and one.text.isdigit():
            return self._styled(sheet, int(one.text), "figure")
        if one.value is None and (day := read_date(one.text, self.words.language)):
            made = self._styled(sheet, day, "date")
            made.number_format = _DATE
            return made
        if one.value is None:
            return self._text(sheet, one.text, "wrapped") if one.text else None
        made = self._styled(sheet, _number(one.value), "linked" if one.segments else "figure")
        made.number_format = _format(one.value)
        return made

    # the segments behind its figures

    def _segments(self, table: Table, shown: Grid, found: Behind, name: str, segments: str, title: str) -> None:
        """The sheet with its head; its lines are put into the file by `_filled`."""
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(segments)
        heads, widths = excel_segments.heads(self.words, self.document.segments.values())
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(found.lines) + 1}"
        _paper(sheet, f"{self.words.t('Coded segments')}: {title}", landscape=True, heads=True)
        top = [self._text(sheet, head, "head") for head in heads]
        self._lead(top[0], name, "A1")
        sheet.append(top)
        # before the workbook is saved, because it saves the looks they have
        lines = "".join(self._lines(table, shown, found))
        self._later[len(self.book.worksheets)] = lines.encode("utf-8")

    def _lines(self, table: Table, shown: Grid, found: Behind) -> Iterator[str]:
        made = self._made
        labels = [made.text(row[min(table.lead, len(row)) - 1].text.split("\n")[0]) for row in shown.rows]
        heads = [made.text(head) for head in column_names(table, shown.heads)]
        figures: dict[tuple[int, int], str] = {}
        for number, (row, column, guid) in enumerate(found.lines, 2):
            if (row, column) not in figures:
                figure = shown.rows[row][column].value
                figures[row, column] = made.number(_number(figure), f"top {_format(figure)}") if figure else "<c/>"
            yield made.line(number, labels[row], heads[column], figures[row, column], guid)

    def filled(self, content: bytes) -> bytes:
        """The workbook `content` with the lines of its sheets of segments."""
        parts = {f"xl/worksheets/sheet{number}.xml": lines for number, lines in self._later.items()}
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                part = old.read(entry)
                if entry.filename in parts:
                    before, end, after = part.partition(b"</sheetData>")
                    part = b"".join((before, parts[entry.filename], end, after))
                new.writestr(entry, part)
        return written.getvalue()

    def _look_number(self, style: str) -> int:
        """The number of a look in the workbook, with "!" at its end of text that may not be computed, of figures with
        their format after "top "."""
        if style not in self._numbers:
            made = self._styled(self._sheet, None, style.rstrip("!").partition(" ")[0])
            if style.startswith("top "):
                made.number_format = style.removeprefix("top ")
            elif style == "date":
                made.number_format = _DATE
            if style.endswith("!"):
                made.quotePrefix = True
            self._numbers[style] = made.style_id
        return self._numbers[style]

    # cells

    def _text(self, sheet: Any, text: str, style: str = "") -> Any:
        """A cell that stays text, whatever it begins with and whoever edits it."""
        text = allowed(text)
        made = self._styled(sheet, text, style)
        if text:
            made.data_type = "s"
            if text[0] in "=+-@\t\r":
                made.quotePrefix = True
        return made

    def _lead(self, made: Any, sheet: str, place: str) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        quoted = sheet.replace("'", "''")
        made.hyperlink = Hyperlink(ref=made.coordinate, location=f"'{quoted}'!{place}", display=None)

    def _styled(self, sheet: Any, value: Any, style: str) -> Any:
        """A cell in one of our looks; each look is put together once, because that is slow."""
        from copy import copy

        from openpyxl.cell import WriteOnlyCell

        made: Any = WriteOnlyCell(sheet, value=value)
        if style not in self._styles:
            self._look(made, style)
            self._styles[style] = copy(made._style)
        made._style = copy(self._styles[style])
        return made

    def _look(self, made: Any, style: str) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        link = "2F5D8A"
        if style == "head":
            made.font, made.fill = Font(bold=True), PatternFill("solid", fgColor="EDEDED")
        elif style == "title":
            made.font = Font(bold=True, size=14)
        elif style in ("link", "linked"):
            made.font = Font(color=link, underline="single")
        made.alignment = Alignment(
            vertical="center" if style == "head" else "top",
            wrap_text=style in ("head", "title", "wrapped", "note") or None,
            horizontal="center" if style in ("figure", "linked") else "left" if style == "date" else None,
        )


def _number(value: Value) -> int | float:
    number = value.number
    if isinstance(number, Fraction):
        return int(number) if number.denominator == 1 else float(number)
    return number


def _format(value: Value) -> str:
    """How Excel shows the figure: as the report does, in the separators of the reader's own computer."""
    places = "." + "0" * value.decimals if value.decimals else ""
    shown = f"0{places}%" if value.percent else f"#,##0{places}"
    quoted = value.sign.replace('"', "")
    return f'"{quoted} "{shown}' if quoted else shown


def _segment_height(texts: Sequence[str]) -> float | None:
    return _height(texts, (*excel_segments.WIDTHS, excel_segments.MEMO))


def _set_height(sheet: Any, row: int, texts: Sequence[Any], widths: Sequence[float]) -> None:
    """Make a row as high as its longest text needs; not every program does so by itself."""
    if height := _height(texts, widths):
        sheet.row_dimensions[row].height = height


def _height(texts: Sequence[Any], widths: Sequence[float]) -> float | None:
    """Points that the longest of these texts needs in columns of these widths, None for one line."""
    lines = 1
    for text, width in zip(texts, widths, strict=False):
        if isinstance(text, str) and (len(text) > width or "\n" in text):
            lines = max(lines, sum(-(-max(len(part), 1) // max(1, int(width - 1))) for part in text.split("\n")))
    return min(lines * _LINE, _HIGHEST) if lines > 1 else None


def _paper(sheet: Any, title: str, *, landscape: bool = False, heads: bool = False) -> None:
    """On paper the sheet is as wide as a page, with `title` above, number of the page below and its heads on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    if heads:
        sheet.print_options.gridLines = True
        sheet.print_title_rows = "1:1"
        sheet.oddHeader.left.text = allowed(title).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = "&P/&N"
