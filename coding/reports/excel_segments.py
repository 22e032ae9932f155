"""Which lines of a sheet of segments stand behind which figure of a table, and those lines as a workbook holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from coding.analysis.wording import VALENCE_LABELS
from coding.exchange.tables import allowed
from coding.reports.document import ShownSegment
from coding.reports.grid import Grid
from coding.reports.tables import Table, TableCell
from coding.words import Words

WIDTHS = (20, 18, 9, 66, 12, 13, 22, 14, 24, 12, 20)
"""Characters of the columns of a sheet of segments, before those of memo and coder."""
MEMO, CODER = 30, 16
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Behind:
    """`lines` are (row, column, guid) below the head of the sheet, those of one figure together; those of a dimension
    hold those of its indicators, each together. `links` give the first and last row of a figure's lines on the sheet.
    """

    lines: tuple[tuple[int, int, str], ...]
    links: dict[tuple[int, int], tuple[int, int]]


def behind(table: Table, shown: Grid, known: Collection[str]) -> Behind:
    """What stands behind the figures of `table`; guids that are not `known` are left out. A total whose segments are
    those of the row, or of all rows so far, leads to these instead of having them once more."""
    lines: list[tuple[int, int, str]] = []
    links: dict[tuple[int, int], tuple[int, int]] = {}
    for rows in _families(table, shown.rows):
        begun: dict[tuple[tuple[str, ...], ...], int] = {}
        start = len(lines)
        for column in range(len(shown.heads)):
            guids = tuple(tuple(g for g in shown.rows[row][column].segments if g in known) for row in rows)
            if not any(guids):
                continue
            if guids in begun:  # three figures of one and the same segments
                links |= {(row, column): links[row, begun[guids]] for row, own in zip(rows, guids, strict=True) if own}
                continue
            begun[guids] = column
            first = _summed(lines, start, guids[0]) if len(rows) == 1 else None
            if first is not None:
                links[rows[0], column] = (first + 2, len(lines) + 1)
            else:
                _place(lines, links, rows, column, guids)
    return Behind(tuple(lines), links)


def _summed(lines: Sequence[tuple[int, int, str]], start: int, own: Sequence[str]) -> int | None:
    """Where the lines begin that are all of a total: those since `start`, or all. A segment that stands in several
    columns has as many lines."""
    for first in (start, 0):
        if len(own) <= len(lines) - first <= 2 * len(own) and {guid for _, _, guid in lines[first:]} == set(own):
            return first
    return None


def _place(
    lines: list[tuple[int, int, str]],
    links: dict[tuple[int, int], tuple[int, int]],
    rows: Sequence[int],
    column: int,
    guids: Sequence[Sequence[str]],
) -> None:
    """The lines of one column of a dimension: those of its indicators one after the other, then what is its own."""
    placed: dict[str, int] = {}
    start = len(lines) + 2
    for row, own in (*zip(rows[1:], guids[1:], strict=True), (rows[0], guids[0])):
        for guid in own:
            if guid not in placed:
                placed[guid] = len(lines) + 2
                lines.append((row, column, guid))
        if own and row == rows[0]:
            links[row, column] = (start, len(lines) + 1)
        elif own:
            links[row, column] = (min(placed[guid] for guid in own), max(placed[guid] for guid in own))


def _families(table: Table, rows: Sequence[Sequence[TableCell]]) -> Iterator[list[int]]:
    """Each row that is not indented, with those below it that are; without such a row, each by itself."""
    family: list[int] = []
    for number, row in enumerate(rows):
        indented = bool(row[min(table.lead, len(row)) - 1].indent)
        if family and (not indented or rows[family[0]][min(table.lead, len(row)) - 1].indent):
            yield family
            family = []
        family.append(number)
    if family:
        yield family


def heads(words: Words, segments: Iterable[ShownSegment]) -> tuple[list[str], list[float]]:
    """Heads and widths of the columns; that of memos, or of coders, only where there are any."""
    t, found = words.t, list(segments)
    named = [
        t("Row"), t("Column"), t("Number shown"), t("Text"), t("Who"), t("Direction"), t("Code"), t("Framework"),
        t("Source"), t("Date"), t("Attribution"),
    ]  # fmt: skip
    widths: list[float] = [*WIDTHS]
    for there, name, width in ((any(s.memo for s in found), t("Memo"), MEMO),
                               (any(s.coder for s in found), t("Coder"), CODER)):  # fmt: skip
        if there:
            named.append(name)
            widths.append(width)
    return named, widths


class SegmentLines:
    """Lines of sheets of segments as they stand in the file. A segment stands behind many figures, so what is said of
    it is written once and repeated. `styles` gives the number of a look in the workbook by its name."""

    def __init__(
        self, segments: Mapping[str, ShownSegment], words: Words, styles: Callable[[str], int],
        height: Callable[[Sequence[str]], float | None],
    ) -> None:  # fmt: skip
        self._segments = segments
        self._words = words
        self._styles = styles
        self._height = height
        self._memos = any(one.memo for one in segments.values())
        self._coders = any(one.coder for one in segments.values())
        self._known: dict[str, tuple[str, str]] = {}

    def line(self, number: int, row: str, column: str, figure: str, guid: str) -> str:
        """The line with the number `number`; `row`, `column` and `figure` are cells already."""
        if guid not in self._known:
            self._known[guid] = self._written(self._segments[guid])
        height, cells = self._known[guid]
        return f'<row r="{number}"{height}>{row}{column}{figure}{cells}</row>'

    def text(self, text: str, style: str = "") -> str:
        """A cell that stays text, whatever it begins with."""
        text = allowed(text)
        if not text:
            return "<c/>"
        # a carriage return would be read as a line feed
        kept = escape(text).replace("\r", "&#13;")
        look = self._styles(f"{style}!" if text[0] in "=+-@\t\r" else style)
        return f'<c s="{look}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'

    def number(self, number: float, style: str) -> str:
        """A cell of a number."""
        return f'<c s="{self._styles(style)}"><v>{number!r}</v></c>'

    def _written(self, one: ShownSegment) -> tuple[str, str]:
        direction = VALENCE_LABELS[one.valence].in_(self._words.language) if one.valence else ""
        cells = [self.text(one.text, "wrapped")]
        cells += [self.text(text) for text in (one.who, direction, one.code, one.framework, one.source)]
        if one.date and len(one.date) == 10:
            cells.append(self.number((date.fromisoformat(one.date) - _EPOCH).days, "date"))
        else:
            cells.append(self.text(one.date or ""))
        cells.append(self.text(one.attribution))
        if self._memos:
            cells.append(self.text(one.memo, "wrapped"))
        if self._coders:
            cells.append(self.text(one.coder))
        height = self._height(["", "", "", one.text, *[""] * (len(WIDTHS) - 4), one.memo if self._memos else ""])
        return f' ht="{height:g}" customHeight="1"' if height else "", "".join(cells)
