"""Forming passages (DOMAIN.md §3): what overlaps is one, then what says the same in the same words is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.analysis.evidence import DIRECTION, END, KEY, SEGMENT, SOURCE, START, Evidence
from coding.analysis.numbers import order_of

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

_FAR = 1 << 40
"""More than any position in a text."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of claims that were grouped by what is counted and voice.

    `of_claim[i]` is the passage of claim i. `group`, which is in order, and `direction` (bits of all its segments) are
    per passage.
    `stretch_of_claim[i]` is the unbroken stretch of text that claim i lies in, `passage`, `source`, `start` and `end`
    say where each stretch is; a passage has several when equal quotations were made one.
    """

    of_claim: Ints
    group: Ints
    direction: Ints
    passage: Ints
    source: Ints
    start: Ints
    end: Ints


def form(found: Evidence, claims: Ints, group: Ints) -> Passages:
    """Passages within each value of `group` (one integer per claim, ≥ 0), which must tell voices apart."""
    import numpy as np

    if not len(claims):
        none = np.empty(0, np.int64)
        return Passages(none, none, none, none, none, none, none)
    order = text_order(claims, group)
    g, source = group[order], claims[order, SOURCE]
    start, end = claims[order, START], claims[order, END]
    new_run = np.ones(len(order), bool)
    new_run[1:] = (g[1:] != g[:-1]) | (source[1:] != source[:-1])
    run = np.cumsum(new_run) * _FAR
    reach = np.maximum.accumulate(end + run) - run
    first = new_run.copy()
    first[1:] |= start[1:] >= reach[:-1]
    heads = np.flatnonzero(first)
    stretch = np.cumsum(first) - 1
    s_group, s_source, s_start = g[heads], source[heads], start[heads]
    s_end = np.maximum.reduceat(end, heads)
    keys = claims[order, KEY][heads]
    grown = np.flatnonzero(s_end != end[heads])
    places = (column[grown].tolist() for column in (s_source, s_start, s_end))
    keys[grown] = np.array([found.key_of(*place) for place in zip(*places, strict=True)], np.int64)
    passage = _same_words(s_group, keys)
    of_claim = np.empty(len(order), np.int64)
    of_claim[order] = passage[stretch]
    count = int(passage.max()) + 1
    p_group = np.empty(count, np.int64)
    p_group[passage] = s_group
    direction = np.zeros(count, np.int64)
    np.bitwise_or.at(direction, of_claim, claims[:, DIRECTION])
    return Passages(of_claim, p_group, direction, passage, s_source, s_start, s_end)


def text_order(claims: Ints, cell: Ints) -> Ints:
    """The order of the claims by cell, then by source, start, end and segment."""
    import numpy as np

    # evidence stands in the order of the text already, and so does most of what is taken from it
    place = claims[:, SOURCE] * _FAR + claims[:, START]
    later = place[1:] - place[:-1]
    if (later > 0).all():
        return order_of(cell)
    same = np.flatnonzero(later == 0)
    length, segment = claims[:, END], claims[:, SEGMENT]
    tied = (length[same + 1] > length[same]) | (
        (length[same + 1] == length[same]) & (segment[same + 1] >= segment[same])
    )
    if (later >= 0).all() and tied.all():
        return order_of(cell)
    return np.lexsort((segment, length, claims[:, START], claims[:, SOURCE], cell))


def _same_words(group: Ints, keys: Ints) -> Ints:
    """A passage number per stretch: stretches of one group with the same key (≥ 0) share it. `group` is in order, and
    so are the groups of passages then."""
    import numpy as np

    said = np.flatnonzero(keys >= 0)
    # only what is said more than once anywhere can be said again
    said = said[np.bincount(keys[said])[keys[said]] > 1] if len(said) else said
    again = np.zeros(len(keys), bool)
    first = np.arange(len(keys))
    if len(said):
        place = said[np.lexsort((keys[said], group[said]))]
        fresh = np.ones(len(place), bool)
        fresh[1:] = (group[place[1:]] != group[place[:-1]]) | (keys[place[1:]] != keys[place[:-1]])
        heads = place[np.flatnonzero(fresh)]
        first[place] = heads[np.cumsum(fresh) - 1]
        again[place] = ~fresh
    return (np.cumsum(~again) - 1)[first]
