"""Tables in a Word document as they stand there: what their cells say, and new content in the look of the old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from coding.reports.refresh_looks import Looks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
# What is no longer part of the text: deleted with changes tracked, or moved elsewhere.
_GONE = (f"{W}del", f"{W}moveFrom")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its element, how many columns it spans, its part in a merge over rows, and what it says."""

    element: Any
    span: int
    merge: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row and its cells; `at` says which cells of the row these are, where they are not all."""

    element: Any
    cells: tuple[Place, ...]
    at: tuple[int, ...] | None = None

    @property
    def shape(self) -> tuple[tuple[int, str], ...]:
        return tuple((one.span, one.merge) for one in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.cells)


def described(root: Any) -> Iterator[tuple[Any, str]]:
    """Every table with a description, in order."""
    for table in root.iter(f"{W}tbl"):
        told = table.find(f"{W}tblPr/{W}tblDescription")
        if told is not None:
            yield table, told.get(f"{W}val") or ""


def describe(table: Any, told: str) -> None:
    """Give a table a description."""
    look = table.find(f"{W}tblPr")
    found = look.find(f"{W}tblDescription")
    if found is None:
        found = look.makeelement(f"{W}tblDescription", {})
        change = look.find(f"{W}tblPrChange")
        look.insert(len(look) if change is None else list(look).index(change), found)
    found.set(f"{W}val", told)


def lines(table: Any) -> list[Line]:
    """The rows of a table, also those inside content controls; not those of tables within its cells."""
    return [Line(row, tuple(_place(one) for one in _within(row, f"{W}tc"))) for row in _within(table, f"{W}tr")]


def columns(table: Any) -> int:
    """How many columns the grid of a table has, as its rows use them."""
    return max((sum(one.span for one in line.cells) for line in lines(table)), default=0)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(child, tag)


def _place(cell: Any) -> Place:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    kind = "" if merge is None else merge.get(f"{W}val") or "continue"
    return Place(cell, int(span.get(f"{W}val")) if span is not None else 1, kind, _text(cell))


def _text(cell: Any) -> str:
    paragraphs = ("".join(_pieces(one)) for one in cell.iter(f"{W}p"))
    return "\n".join(paragraphs).strip()


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag != f"{W}p":
            yield from _pieces(child)


def fill(old: Any, new: Any, looks: Looks, table: int, column: int) -> None:
    """Give the cell `old` the paragraphs of `new`, each in the look that its kind has in the document."""
    before = list(old.iter(f"{W}p"))
    made = [_looking(one, at, before, looks, table, column) for at, one in enumerate(_paragraphs(new))]
    for one in made:  # what marks a place in the new text marks none here
        _unmark(one)
    opened, closed = _marks(old)
    for child in list(old):
        if child.tag != f"{W}tcPr":
            old.remove(child)
    for one in made:
        old.append(one)
    for mark in reversed(opened):
        made[0].insert(1 if made[0].find(f"{W}pPr") is not None else 0, mark)
    for mark in closed:
        made[-1].append(mark)


def _looking(new: Any, at: int, before: Sequence[Any], looks: Looks, table: int, column: int) -> Any:
    """The paragraph `new`, the `at`th of a cell that held the paragraphs `before`, as it looks in the document."""
    nearest = before[min(at, len(before) - 1)] if before else None
    own = [] if nearest is None else [nearest, *(one for one in before if one is not nearest)]
    look, placed = looks.choose(new, own, table, column)
    made = _in_look(new, look)
    return _aligned(made, new) if placed else made


def _marks(cell: Any) -> tuple[list[Any], list[Any]]:
    """What marks a place in a cell and must outlive its text: comments and bookmarks, where they begin and end."""
    opened = [*cell.iter(f"{W}commentRangeStart", f"{W}bookmarkStart")]
    closed = [*cell.iter(f"{W}commentRangeEnd", f"{W}bookmarkEnd")]
    closed += [run for run in cell.iter(f"{W}r") if run.find(f"{W}commentReference") is not None]
    return opened, closed


def _unmark(element: Any) -> None:
    """Take out what marks a place and may be there once only."""
    opened, closed = _marks(element)
    for mark in (*opened, *closed):
        mark.getparent().remove(mark)


def _paragraphs(cell: Any) -> list[Any]:
    return [child for child in cell if child.tag == f"{W}p"]


def _in_look(new: Any, look: Any) -> Any:
    """A copy of the paragraph `new` with the properties of the paragraph and of the letters of `look`."""
    made = deepcopy(new)
    if look is None:
        return made
    own, theirs = made.find(f"{W}pPr"), look.find(f"{W}pPr")
    if own is not None:
        made.remove(own)
    if theirs is not None:
        kept = deepcopy(theirs)
        # a break of pages or sections, or a change that was tracked, belongs to the old paragraph
        for name in ("sectPr", "pPrChange"):
            for child in kept.findall(f"{W}{name}"):
                kept.remove(child)
        made.insert(0, kept)
    letters = look.find(f".//{W}r/{W}rPr")
    for run in made.iter(f"{W}r"):
        _in_letters(run, letters)
    return made


def _in_letters(run: Any, letters: Any) -> None:
    """The letters of the old text; bold and italic are those of the new one."""
    own = run.find(f"{W}rPr")
    if letters is None:
        return
    kept = deepcopy(letters)
    for child in list(kept):
        if child.tag in {f"{W}{name}" for name in ("b", "bCs", "i", "iCs", "rPrChange", "rStyle", "vanish")}:
            kept.remove(child)
    if own is not None:
        emphasis = [child for child in own if child.tag in {f"{W}{name}" for name in ("b", "bCs", "i", "iCs")}]
        # the schema wants them after the fonts
        place = 1 if len(kept) and kept[0].tag == f"{W}rFonts" else 0
        for child in reversed(emphasis):
            kept.insert(place, deepcopy(child))
        run.remove(own)
    run.insert(0, kept)


def row_like(new: Line, example: Line | None, looks: Looks, table: int) -> Any:
    """A row that says what `new` says, in the look of `example` where that has as many cells and the same shape."""
    if example is None or example.shape != new.shape:
        made = deepcopy(new.element)
        for column, cell in enumerate(_within(made, f"{W}tc")):
            before = [] if example is None else list(example.element.iter(f"{W}p"))
            for at, one in enumerate(_paragraphs(cell)):
                cell.replace(one, _aligned(_looking(one, at, before, looks, table, column), one))
        return made
    made = deepcopy(example.element)
    _unmark(made)
    for name in [name for name in made.attrib if name.rpartition("}")[2] in ("paraId", "textId")]:
        del made.attrib[name]  # numbers of paragraphs and rows must differ
    cells = list(_within(made, f"{W}tc"))
    shared = example.at if example.at is not None else tuple(range(len(cells)))
    for column, (at, place) in enumerate(zip(shared, new.cells, strict=True)):
        fill(cells[at], place.element, looks, table, column)
    for at in set(range(len(cells))) - set(shared):  # columns of the user's own say nothing about it yet
        for run in [run for one in cells[at].iter(f"{W}p") for run in one.iter(f"{W}r")]:
            run.getparent().remove(run)
    return made


def _aligned(made: Any, like: Any) -> Any:
    """`made` at the left, the middle or the right as `like` is."""
    wanted, own = like.find(f"{W}pPr/{W}jc"), made.find(f"{W}pPr")
    if own is None:
        return made
    for child in own.findall(f"{W}jc"):
        own.remove(child)
    if wanted is not None:
        after = [at for at, child in enumerate(own) if child.tag in {f"{W}rPr", f"{W}textAlignment", f"{W}outlineLvl"}]
        own.insert(after[0] if after else len(own), deepcopy(wanted))
    return made


def replace_rows(table: Any, rows: Sequence[Any]) -> None:
    """Put `rows` in the place of all rows of `table`."""
    for line in lines(table):
        holder = line.element.getparent()
        holder.remove(line.element)
    for row in rows:
        table.append(row)


def new_grid(table: Any, like: Any) -> None:
    """Take over the columns of another table, where their number has changed."""
    old, new = table.find(f"{W}tblGrid"), like.find(f"{W}tblGrid")
    if old is not None and new is not None:
        table.replace(old, deepcopy(new))
