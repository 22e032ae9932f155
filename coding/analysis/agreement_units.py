"""Who put which code on which units, as runs of units in which nothing changes (DOMAIN.md §6).

A source is read, swept once and let go: no decision is ever kept for a single unit, so that characters cost what the
edges of coded segments cost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Literal

from coding.store.sql import rows

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    States = np.ndarray[Any, Any]

Unit = Literal["sentence", "turn", "character"]
UNITS: tuple[Unit, ...] = ("sentence", "turn", "character")
VALENCES = ("supporting", "inhibiting", "neutral", None)
BITS = 3
"""Bits of a state for each coder: 0 where the coder did not put the code, else 1 + the place in `VALENCES`."""
_LAST_SPACE = 0x3000
_MOST = 62
"""Bits that fit in a whole number of numpy; larger ones are Python's own."""


@dataclass(frozen=True, slots=True)
class Places:
    """The units of one text. `starts` and `ends` are code points; for characters they are those of the turns, and
    `rank` counts the characters before each position. `solid` counts the non-space code points before each position
    of the text; `count` is how many units there are."""

    starts: Numbers
    ends: Numbers
    solid: Numbers
    rank: Numbers | None
    count: int

    def spans(self, first: int, last: int) -> list[tuple[int, int]]:
        """Where the units `[first, last)` are: each of them, or for characters the stretches of turns they fill."""
        import numpy as np

        if self.rank is None:
            return list(zip(self.starts[first:last].tolist(), self.ends[first:last].tolist(), strict=True))
        edges = self.rank[self.ends]
        cuts = edges[np.searchsorted(edges, first, "right") : np.searchsorted(edges, last, "left")].tolist()
        bounds = sorted({first, *cuts, last})
        starts = np.searchsorted(self.rank, np.array(bounds[:-1]) + 1) - 1
        return list(zip(starts.tolist(), np.searchsorted(self.rank, bounds[1:]).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Judged:
    """A source that at least two `coders` (in the order of their names) marked as done. Of the units `[first, last)` of
    each run one code, by its number among those asked for, has one `state`; where nobody put it there is no run. Runs
    are in the order of codes, then of the text. `used` are the codes that the coders put anywhere in the source."""

    guid: str
    name: str
    text: str
    coders: tuple[str, ...]
    places: Places
    used: frozenset[int]
    code: Numbers
    first: Numbers
    last: Numbers
    state: States

    def digit(self, coder: str) -> Numbers:
        """What `coder` decided in each run: 0, or 1 + the place of the direction in `VALENCES`."""
        return digit(self.state, self.coders.index(coder))


def digit(state: States, place: int) -> Numbers:
    """The decisions of the coder at `place` in these states."""
    import numpy as np

    return ((state >> (BITS * place)) & ((1 << BITS) - 1)).astype(np.int64)


def judged(session: Session, unit: Unit, codes: Sequence[int]) -> Iterator[Judged]:
    """The counted sources in which decisions on `codes` (ids) can be compared, in order, one at a time."""
    run = session.connection().exec_driver_sql
    done: dict[int, list[tuple[str, int]]] = {}
    for source, name, coder in run(
        "SELECT d.source_id, c.name, c.id FROM done_mark d JOIN coder c ON c.id = d.coder_id"
    ).fetchall():
        done.setdefault(source, []).append((name, coder))
    number_of = {code: number for number, code in enumerate(codes)}
    for source, guid, name in run(
        "SELECT id, guid, name FROM source WHERE left_out = 0 AND own_statements = 0 ORDER BY position, id"
    ).fetchall():
        coders = sorted(done.get(source, ()))
        if len(coders) < 2:
            continue
        ((sentences, text),) = run(
            "SELECT s.sentences, t.body FROM source s JOIN source_text t ON t.id = s.text_id WHERE s.id = ?", (source,)
        ).fetchall()
        turns = run(
            'SELECT t.start, t."end" FROM turn t JOIN informant i ON i.id = t.informant_id '
            "WHERE t.source_id = ? AND t.kind = 'informant' AND i.left_out = 0 ORDER BY t.start",
            (source,),
        ).fetchall()
        places = _places(text, [tuple(turn) for turn in turns], json.loads(sentences), unit)
        if not places.count:
            continue
        marks = _marks(session, source, number_of, {coder: place for place, (_, coder) in enumerate(coders)})
        used = frozenset(marks[:, 0].tolist())
        names = tuple(name for name, _ in coders)
        yield Judged(guid, name, text, names, places, used, *_runs(places, marks, len(coders), len(codes)))


def _marks(session: Session, source: int, codes: dict[int, int], coders: dict[int, int]) -> Numbers:
    """The segments of the source as (code, coder, start, end, decision), in this order and then that of their making;
    code and coder are places in what was asked for."""
    import numpy as np

    driver: Any = session.connection().connection.driver_connection
    found = rows(
        driver,
        "SELECT id, code_id, coder_id, start, \"end\", CASE valence WHEN 'supporting' THEN 1 WHEN 'inhibiting' THEN 2 "
        "WHEN 'neutral' THEN 3 ELSE 4 END FROM segment WHERE source_id = ?",
        source,
    )
    lines = np.fromiter(chain.from_iterable(found), np.int64, 6 * len(found)).reshape(-1, 6)
    code = np.array([codes.get(one, -1) for one in lines[:, 1].tolist()], np.int64)
    coder = np.array([coders.get(one, -1) for one in lines[:, 2].tolist()], np.int64)
    order = np.lexsort((lines[:, 0], lines[:, 3], coder, code))
    marks = np.stack([code, coder, lines[:, 3], lines[:, 4], lines[:, 5]], axis=1)[order]
    return marks[(marks[:, 0] >= 0) & (marks[:, 1] >= 0)]


def _runs(places: Places, marks: Numbers, coders: int, codes: int) -> tuple[Numbers, Numbers, Numbers, States]:
    """Code, first unit, end and state of each run of units on which the decisions are the same."""
    import numpy as np

    group = marks[:, 0] * coders + marks[:, 1]
    length = len(places.solid)
    start, end = marks[:, 2] + group * length, marks[:, 3] + group * length
    fresh = _uncovered(start, end)
    kept = end > fresh
    offset = (group * length)[kept]
    low, high = fresh[kept] - offset, end[kept] - offset
    if places.rank is not None:
        # on one character each of them covers, the first of equals decides the direction
        first, last = places.rank[low], places.rank[high]
        there = last > first
        return _swept(group[kept][there], first[there], last[there], marks[kept, 4][there], coders, codes, places.count)
    at, unit, shared = _touched(places, low, high)
    key = group[kept][at] * places.count + unit
    heads = _heads(key)
    covered = np.add.reduceat(shared, heads) if len(heads) else shared
    unit = unit[heads]
    yes = 2 * covered > places.solid[places.ends[unit]] - places.solid[places.starts[unit]]
    unit = unit[yes]
    decision = _decisions(places, group, marks)[yes]
    return _swept(key[heads][yes] // places.count, unit, unit + 1, decision, coders, codes, places.count)


def _uncovered(start: Numbers, end: Numbers) -> Numbers:
    """Where each span, in order of starts, begins to cover what none before it covers."""
    import numpy as np

    if not len(start):
        return start
    reached = np.maximum.accumulate(end)
    fresh: Numbers = np.maximum(start, np.concatenate([start[:1], reached[:-1]]))
    return fresh


def _heads(key: Numbers) -> Numbers:
    """Where each stretch of equal keys begins."""
    import numpy as np

    heads: Numbers = np.flatnonzero(np.concatenate([np.ones(min(len(key), 1), bool), key[1:] != key[:-1]]))
    return heads


def _touched(places: Places, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each span against each unit it touches: their numbers, and the non-space code points that they share."""
    import numpy as np

    first = np.searchsorted(places.ends, low, "right")
    count = np.searchsorted(places.starts, high, "left") - first
    at = np.repeat(np.arange(len(low)), count)
    unit = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    begin, end = np.maximum(places.starts[unit], low[at]), np.minimum(places.ends[unit], high[at])
    return at, unit, places.solid[end] - places.solid[begin]


def _decisions(places: Places, group: Numbers, marks: Numbers) -> Numbers:
    """For each group and unit that spans touch, in order: the decision of the segment that covers most of the unit, the
    first of equals."""
    import numpy as np

    at, unit, shared = _touched(places, marks[:, 2], marks[:, 3])
    key = group[at] * places.count + unit
    order = np.lexsort((np.arange(len(key)), -shared, key))
    decisions: Numbers = marks[at[order], 4][_heads(key[order])]
    return decisions


def _swept(
    group: Numbers, first: Numbers, last: Numbers, decision: Numbers, coders: int, codes: int, units: int
) -> tuple[Numbers, Numbers, Numbers, States]:
    """The runs of all coders of each code laid over each other. Those of one group do not overlap."""
    import numpy as np

    kind: Any = np.int64 if codes.bit_length() + BITS * coders <= _MOST else object
    weight = np.array([1 << (BITS * place) for place in range(coders)], kind)
    code, coder = group // coders, group % coders
    change = decision.astype(kind) * weight[coder]
    place = code * (units + 1)
    edge = np.concatenate([place + first, place + last])
    order = np.argsort(edge, kind="stable")
    edge = edge[order]
    state = np.cumsum(np.concatenate([change, -change])[order])
    kept = np.flatnonzero((edge[1:] > edge[:-1]) & (state[:-1] != 0)) if len(edge) else order
    start = edge[kept]
    code = start // (units + 1)
    return code, start - code * (units + 1), edge[kept + 1] - code * (units + 1), state[kept]


@cache
def _spaces() -> Flags:
    """Which code points up to the last space there is are spaces; the one after stands for all others."""
    import numpy as np

    return np.array([chr(point).isspace() for point in range(_LAST_SPACE + 2)], bool)


def _places(text: str, turns: Sequence[tuple[int, int]], sentences: Sequence[int], unit: Unit) -> Places:
    """The units inside the turns that hold a non-space code point."""
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    blank = _spaces()[np.minimum(points, _LAST_SPACE + 1)]
    solid = np.concatenate([[0], np.cumsum(~blank)]).astype(np.int64)
    if unit == "character":
        edges = np.array(turns, np.int64).reshape(-1, 2)
        inside = np.zeros(len(points), bool)
        for start, end in turns:
            inside[start:end] = True
        rank = np.concatenate([[0], np.cumsum(inside & ~blank)]).astype(np.int64)
        return Places(edges[:, 0].copy(), edges[:, 1].copy(), solid, rank, int(rank[-1]))
    spans = list(turns) if unit == "turn" else _inside(turns, sorted(list(pairwise(sentences))[::2]))
    pairs = np.array(spans, np.int64).reshape(-1, 2)
    pairs = pairs[solid[pairs[:, 1]] > solid[pairs[:, 0]]]
    return Places(pairs[:, 0].copy(), pairs[:, 1].copy(), solid, None, len(pairs))


def _inside(turns: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that lie in a turn; both in order."""
    edges = iter(turns)
    turn = next(edges, None)
    found = []
    for start, end in spans:
        while turn is not None and turn[1] <= start:
            turn = next(edges, None)
        if turn is not None and turn[0] <= start and end <= turn[1]:
            found.append((start, end))
    return found
