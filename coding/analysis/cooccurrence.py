"""Which codes go together (DOMAIN.md §6): pairs of passages of one source, swept over with numpy.

A passage here is an unbroken stretch of a source under one code, whoever speaks and whatever coder tagged it; the same
words elsewhere are another place, so they are not made one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.analysis.code_rows import by_line, chosen, guids_by, guids_of, planned, stretches
from coding.analysis.evidence import CODE, Evidence, evidence
from coding.analysis.numbers import present, unique
from coding.analysis.results import Level
from coding.analysis.results_counts import CodeLine, CoOccurrence, CoPair, Counts, Measure, symmetric
from coding.project import Reader
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

AT_ONCE = 2_000_000
"""Pairs that are looked at at a time, so that dense coding does not fill the memory."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """Passages in the order of the study; `start` and `end` run on from source to source, `first` and `after` are the
    turns they touch, numbered on through the study (equal when they touch none)."""

    found: Evidence
    lines: list[CodeLine]
    claims: Ints
    of_claim: Ints
    line: Ints
    source: Ints
    start: Ints
    end: Ints
    first: Ints
    after: Ints
    base: Ints


def cooccurrence(
    project: Reader, framework: str | None = None, level: Level = "indicator", codes: Sequence[str] | None = None
) -> CoOccurrence:
    """How the codes of `framework` (None: all), or just the `codes` named by guid, go together.

    Raises CodingError("framework_not_adopted").
    """
    import numpy as np

    made = _passages(project, framework, level, codes)
    count = len(made.lines)
    overlap, inclusion, shared = (np.zeros(count * count, np.int64) for _ in range(3))
    for a, b in _meeting(made.start, made.end):
        cell = _cell(made.line[a], made.line[b], count)
        overlap += np.bincount(cell, minlength=count * count)
        inside = _inside(made, a, b)
        inclusion += np.bincount(cell[inside], minlength=count * count)
        common = np.minimum(made.end[a], made.end[b]) - made.start[b]
        # sums of code points stay far below 2^53
        shared += np.bincount(cell, common, minlength=count * count).astype(np.int64)
    turn = np.zeros(count * count, np.int64)
    order = np.lexsort((made.after, made.first))
    order = order[made.after[order] > made.first[order]]
    for a, b in _meeting(made.first[order], made.after[order]):
        turn += np.bincount(_cell(made.line[order[a]], made.line[order[b]], count), minlength=count * count)
    lengths = np.bincount(made.line, made.end - made.start, minlength=count).astype(np.int64)
    over = (("count", len(made.line)), ("sources", len(np.unique(made.source))))
    return CoOccurrence(
        codes=tuple(made.lines),
        overlap=_mirrored(overlap, count),
        inclusion=_mirrored(inclusion, count),
        turn=_mirrored(turn, count),
        shared=_mirrored(shared, count),
        lengths=tuple(lengths.tolist()),
        passages=tuple(np.bincount(made.line, minlength=count).tolist()),
        notices=(
            Notice("over {count} passage of {sources} sources", over, "over {count} passages of {sources} sources"),
        ),
    )


def cooccurring(
    project: Reader,
    one: tuple[str, str],
    other: tuple[str, str],
    measure: Measure = "overlap",
    framework: str | None = None,
    level: Level = "indicator",
    codes: Sequence[str] | None = None,
) -> tuple[CoPair, ...]:
    """The pairs behind a cell, in the order of the study: passages of the line `one` and of `other` (path and part)."""
    made = _passages(project, framework, level, codes)
    numbers = {line.key: i for i, line in enumerate(made.lines)}
    if one not in numbers or other not in numbers:
        return ()
    return tuple(_pairs(made, numbers[one], numbers[other], measure))


def cooccurring_guids(
    project: Reader,
    measure: Measure = "overlap",
    framework: str | None = None,
    level: Level = "indicator",
    codes: Sequence[str] | None = None,
) -> tuple[dict[tuple[int, int], tuple[str, ...]], list[tuple[str, ...]]]:
    """The guids of the segments in the pairs behind each cell that has any, by the places of both codes (the smaller
    first), and those of all passages of each code."""
    import numpy as np

    made = _passages(project, framework, level, codes)
    count, size = len(made.lines), len(made.line)
    low, high = (made.first, made.after) if measure == "turn" else (made.start, made.end)
    order = np.lexsort((high, low))
    order = order[high[order] > low[order]]
    met = [np.empty(0, np.int64)]
    for a, b in _meeting(low[order], high[order]):
        x, y = order[a], order[b]
        if measure == "inclusion":
            inside = _inside(made, x, y)
            x, y = x[inside], y[inside]
        cell = _cell(made.line[x], made.line[y], count)
        met.append(unique(np.concatenate([cell * size + x, cell * size + y])))
    places = unique(np.concatenate(met))
    # the claims of a passage stand together
    by_passage = np.argsort(made.of_claim, kind="stable")
    edges = np.searchsorted(made.of_claim[by_passage], np.arange(size + 1))
    passage = places % max(size, 1)
    times = edges[passage + 1] - edges[passage]
    offset = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    claims = made.claims[by_passage[np.repeat(edges[passage], times) + offset]]
    by_cell = guids_by(made.found, claims, np.repeat(places // max(size, 1), times))
    whole = guids_by(made.found, made.claims, made.line[made.of_claim])
    return {divmod(cell, count): guids for cell, guids in by_cell.items()}, [whole.get(i, ()) for i in range(count)]


def _pairs(made: _Passages, one: int, other: int, measure: Measure) -> list[CoPair]:
    import numpy as np

    mine = np.flatnonzero((made.line == one) | (made.line == other))
    low, high = (made.first, made.after) if measure == "turn" else (made.start, made.end)
    mine = mine[np.lexsort((high[mine], low[mine]))]
    mine = mine[high[mine] > low[mine]]
    met: list[tuple[int, int]] = []
    for a, b in _meeting(low[mine], high[mine]):
        x, y = mine[a], mine[b]
        keep = ((made.line[x] == one) & (made.line[y] == other)) | ((made.line[x] == other) & (made.line[y] == one))
        if measure == "inclusion":
            keep &= _inside(made, x, y)
        met += zip(x[keep].tolist(), y[keep].tolist(), strict=True)
    ordered = [(x, y) if made.line[x] == one else (y, x) for x, y in met]
    ordered.sort(key=lambda pair: (made.start[pair[0]], made.start[pair[1]]))
    by_passage = np.argsort(made.of_claim, kind="stable")
    edges = np.searchsorted(made.of_claim[by_passage], np.arange(len(made.line) + 1))
    pairs = []
    for one_place, other_place in ordered:
        both = [made.claims[by_passage[edges[p] : edges[p + 1]]] for p in (one_place, other_place)]
        pairs.append(_pair(made, one_place, other_place, guids_of(made.found, np.concatenate(both))))
    return pairs


def _pair(made: _Passages, x: int, y: int, guids: tuple[str, ...]) -> CoPair:
    source, base = made.found.sources[int(made.source[x])], int(made.base[int(made.source[x])])
    first, second = ((int(made.start[p]) - base, int(made.end[p]) - base) for p in (x, y))
    return CoPair(source.name, first, second, guids)


def _inside(made: _Passages, a: Ints, b: Ints) -> Any:
    """Of which pairs one passage includes the other."""
    return ((made.start[a] <= made.start[b]) & (made.end[b] <= made.end[a])) | (
        (made.start[b] <= made.start[a]) & (made.end[a] <= made.end[b])
    )


def _cell(one: Ints, other: Ints, count: int) -> Ints:
    import numpy as np

    cell: Ints = np.minimum(one, other) * count + np.maximum(one, other)
    return cell


def _mirrored(table: Ints, count: int) -> Counts:
    import numpy as np

    square = table.reshape(count, count)
    return symmetric((square + np.triu(square, 1).T).tolist())


def _meeting(start: Ints, end: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs (a before b) of intervals, in order of `start`, that share a point: b starts before a ends."""
    import numpy as np

    times = np.searchsorted(start, end, "left") - np.arange(len(start)) - 1
    times = np.maximum(times, 0)
    sums = np.concatenate([[0], np.cumsum(times)])
    low = 0
    while low < len(start):
        high = max(int(np.searchsorted(sums, sums[low] + AT_ONCE, "right")) - 1, low + 1)
        part = times[low:high]
        a = np.repeat(np.arange(low, high), part)
        b = a + 1 + np.arange(len(a)) - np.repeat(sums[low:high] - sums[low], part)
        if len(a):
            yield a, b
        low = high


def _passages(project: Reader, framework: str | None, level: Level, codes: Sequence[str] | None) -> _Passages:
    import numpy as np

    with project.read() as session:
        found = evidence(project, session)
        if codes is not None:
            lines = chosen(session, codes)
        else:
            lines = planned(session, framework, present(found.claims[:, CODE]), level)
    claims, line = by_line(lines, found.claims)
    made = stretches(found, claims, line)
    base = np.concatenate([[0], np.cumsum([len(source.text) + 1 for source in found.sources])]).astype(np.int64)
    start, end = made.start + base[made.source], made.end + base[made.source]
    order = np.lexsort((end, start))
    first, after = _turns(found, base, start, end)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return _Passages(
        found, [plan.line for plan in lines], claims, place[made.of_claim], made.group[order], made.source[order],
        start[order], end[order], first[order], after[order], base,
    )  # fmt: skip


def _turns(found: Evidence, base: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The first turn each stretch touches and the one after the last, over all turns of voices in the study."""
    import numpy as np

    spans = np.array(
        [
            (base[i] + s, base[i] + e)
            for i, source in enumerate(found.sources)
            for s, e, voice in source.spans
            if found.voices[voice].informant is not None
            or (source.method not in ("observation", "document") and (s, e) != (0, len(source.text)))
        ],
        np.int64,
    ).reshape(-1, 2)
    first = np.searchsorted(spans[:, 1], start, "right")
    return first, np.maximum(np.searchsorted(spans[:, 0], end, "left"), first)
