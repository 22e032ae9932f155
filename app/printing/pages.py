"""Which slab of a report comes to stand on which page, and where: lengths in any one unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Slab:
    """Something that is not parted: a paragraph, a figure, the row of a table.

    It `stays` on one page with the next, begins a `new_page`, belongs to the `table` of that number, whose heads take
    `head` wherever its rows begin or go on. What is higher than a page takes whole pages for itself. Between two slabs
    is the wider one of the spaces `below` the first and `above` the second.
    """

    height: float
    stays: bool = False
    new_page: bool = False
    table: int | None = None
    head: float = 0.0
    above: float = 0.0
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the slabs from `first` to before `last` stand, rows of one table together: `top` of the page `page`."""

    first: int
    last: int
    page: int
    top: float


def placed(slabs: Sequence[Slab], room: float) -> list[Place]:
    """The slabs on pages that are `room` high. Slabs that stay together begin a page when they do not fit on the rest
    of one; those that no page holds are parted.
    """
    page, top = 0, 0.0
    before: Slab | None = None
    runs: list[Place] = []
    for chain in _chains(slabs):
        begins = slabs[chain[0]].new_page
        if before and (begins or (top + _height(chain, slabs, before) > room >= _height(chain, slabs, None))):
            page, top, before = page + 1, 0.0, None
        for at in chain:
            slab = slabs[at]
            if before and top + _height([at], slabs, before) > room:
                page, top, before = page + 1, 0.0, None
            high = _height([at], slabs, before)
            last = runs[-1] if runs else None
            if last and before and slab.table is not None and slab.table == before.table:
                runs[-1] = Place(last.first, at + 1, last.page, last.top)
            else:
                runs.append(Place(at, at + 1, page, top + _space(slab, before)))
            top, before = top + high, slab
            if top > room:  # higher than a page
                page, top = page + ceil(top / room) - 1, room
    return runs


def _space(slab: Slab, before: Slab | None) -> float:
    return max(slab.above, before.below) if before else 0.0


def _height(chain: Sequence[int], slabs: Sequence[Slab], before: Slab | None) -> float:
    """How much a chain takes on a page behind `before`: heads stand over the first row of each table."""
    high = 0.0
    for at in chain:
        slab = slabs[at]
        begins = slab.table is not None and (before is None or slab.table != before.table)
        high += _space(slab, before) + slab.height + (slab.head if begins else 0.0)
        before = slab
    return high


def _chains(slabs: Sequence[Slab]) -> Iterator[list[int]]:
    """Places of slabs that stay together."""
    chain: list[int] = []
    for at, slab in enumerate(slabs):
        if slab.new_page and chain:
            yield chain
            chain = []
        chain.append(at)
        if not slab.stays:
            yield chain
            chain = []
    if chain:
        yield chain
