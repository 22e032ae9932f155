"""A report in pieces for pages that are cut by ourselves: what may part, and what stays with what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coding.reports.numbering import Number, entries, is_listed, numbers, with_heading_numbers
from coding.reports.options import ReportOptions
from coding.reports.paging import paged
from coding.reports.preview import (
    below_of,
    caption_of,
    entry_of,
    figure_of,
    heading_of,
    list_heading_of,
    opening_of,
    page_of,
    paragraph_of,
    row_of,
)
from coding.reports.tables import Block, Contents, Figure, Narrative, Table
from coding.reports.word_keeping import rows_kept
from coding.reports.word_pages import Pages
from coding.reports.word_parts import laid_out
from coding.words import Words


@dataclass(frozen=True, slots=True)
class Rows:
    """A table to be cut between its rows: HTML of what stands before and after them with its heads, of each row, and
    the rows that stay with the next (the last one with what stands below)."""

    before: str
    after: str
    rows: tuple[str, ...]
    kept: frozenset[int]

    def html(self, first: int, last: int) -> str:
        """The table with the rows from `first` to before `last` under its heads."""
        return f"{self.before}{''.join(self.rows[first:last])}{self.after}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a page shows: prose, a caption, a figure, or a table that may go on over the next page.

    `stays` with the next piece on one page; `new_page` begins one. `mark` is the name of what begins here, `heading`
    its level and text. In a list at the front, the page of the piece called `leads_to` stands at the end of the line.
    """

    landscape: bool
    html: str
    stays: bool = False
    new_page: bool = False
    mark: str = ""
    heading: tuple[int, str] | None = None
    leads_to: str = ""
    table: Rows | None = None


def pieces(blocks: Sequence[Block], words: Words, options: ReportOptions) -> list[Piece]:
    """The report in pieces, with the same texts, numbers and order as the Word document."""
    blocks = with_heading_numbers(paged(blocks), words, options.chapter)
    counted = numbers(blocks, words, options.chapter)
    made: list[Piece] = []
    headings = 0
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        fresh = index > 0 and isinstance(blocks[index - 1], Contents) and not isinstance(block, Contents)
        if isinstance(block, Contents):
            made.extend(_contents(block, blocks, counted, words))
        elif isinstance(block, Narrative):
            headings += bool(block.heading and is_listed(block))
            made.extend(_narrative(block, after, words, counted, f"h{headings}", new_page=fresh))
        elif isinstance(block, Figure):
            made.append(Piece(block.landscape, page_of([figure_of(block, counted)], words), mark=block.key))
        else:
            made.extend(_table(block, words, counted))
    return made


def _contents(block: Contents, blocks: Sequence[Block], counted: Mapping[str, Number], words: Words) -> Iterator[Piece]:
    yield Piece(block.landscape, page_of([list_heading_of(block)], words), stays=True)
    kinds = Table if block.of == "tables" else Figure
    keys = [one.key for one in blocks if isinstance(one, kinds) and not getattr(one, "continues", None)]
    for number, (level, text) in enumerate(entries(blocks, counted, block.of)):
        mark = f"h{number + 1}" if block.of == "headings" else keys[number]
        yield Piece(block.landscape, page_of([entry_of(level, text)], words), leads_to=mark)


def _narrative(
    block: Narrative, after: Block | None, words: Words, counted: Mapping[str, Number], mark: str, *, new_page: bool
) -> Iterator[Piece]:
    leads = isinstance(after, Table | Figure) and after.landscape == block.landscape
    if block.heading:
        named = (block.level, block.heading.replace("\n", " "))
        yield Piece(
            block.landscape, page_of([heading_of(block)], words),
            is_listed(block) and bool(block.paragraphs or leads or block.opens), new_page,
            mark if is_listed(block) else "", named,
        )  # fmt: skip
    for number, one in enumerate(block.paragraphs):
        following = block.paragraphs[number + 1 : number + 2]
        stays = one.style == "body" and (any(two.style == "quote" for two in following) or (leads and not following))
        html = page_of([paragraph_of(one, one.style, counted)], words)
        yield Piece(block.landscape, html, stays, new_page and not number and not block.heading)


def _table(block: Table, words: Words, counted: Mapping[str, Number]) -> Iterator[Piece]:
    going_on = " " + words.t("(continued)") if block.continues else ""
    caption = caption_of(block.continues or block.key, block.caption, going_on, counted)
    mark = "" if block.continues else block.key
    yield Piece(block.landscape, page_of([caption], words), stays=True, mark=mark)
    shown = [
        row_of(cells, above, block, "th" if index < len(block.heads) else "td", counted)
        for index, (cells, above) in enumerate(laid_out(block))
    ]
    count, page = len(block.heads), Pages().height_of_text(block.landscape)
    heads = f"{opening_of(block)}<thead>{''.join(shown[:count])}</thead>"
    before, after = page_of([heads, "</table>"], words).split("</table>")
    rows = Rows(
        before, f"</table>{after}", tuple(shown[count:]),
        frozenset(at - count for at in rows_kept(block, block.widths, page) if at >= count),
    )  # fmt: skip
    yield Piece(block.landscape, rows.html(0, len(rows.rows)), stays=True, table=rows)
    yield Piece(block.landscape, page_of([below_of(block.source_line, block.notes, counted)], words))
