"""Counting passages into cells: per voice, then per cell, with the exemplars and the evidence behind every number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from coding.analysis.evidence import (
    DIRECTION,
    INHIBITING,
    SEGMENT,
    STAR,
    SUPPORTING,
    WORDS,
    Evidence,
)
from coding.analysis.numbers import unique
from coding.analysis.passages import Passages, text_order
from coding.analysis.results import Stance, VoiceCell
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

IDEAL_WORDS = 25
"""A cell's exemplar is, without a star, the segment nearest this length."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands behind one cell. Guids are in the order of sources, then of the text; `passages` is the sum over
    `voices`."""

    passages: int
    informants: int
    voices: tuple[VoiceCell, ...]
    segment_ids: tuple[str, ...]
    exemplars: tuple[str, ...]


def voice_stance(supporting: int, inhibiting: int, threshold: Fraction) -> Stance:
    """The stance of a voice with so many passages that support and that inhibit (one may do both)."""
    both = supporting + inhibiting
    if not both:
        return "neutral"
    if Fraction(supporting, both) >= threshold:
        return "supporting"
    if Fraction(inhibiting, both) >= threshold:
        return "inhibiting"
    return "mixed"


def tally(found: Evidence, claims: Ints, formed: Passages, cell: Ints, threshold: Fraction) -> dict[int, Tally]:
    """A tally per cell that has evidence. `cell` is per claim; the passages were formed within cell × voice, grouped by
    cell · number of voices + voice."""
    voices = _voice_cells(found, formed.group, formed.direction, threshold)
    segments = segments_by_cell(found, claims, cell)
    return {
        number: Tally(
            passages=sum(voice.passages for voice, _ in heard),
            informants=sum(informant for _, informant in heard),
            voices=tuple(voice for voice, _ in heard),
            segment_ids=segments[number][0],
            exemplars=segments[number][1],
        )
        for number, heard in voices.items()
    }


def _voice_cells(
    found: Evidence, group: Ints, direction: Ints, threshold: Fraction
) -> dict[int, list[tuple[VoiceCell, bool]]]:
    """Per cell its voices in order, each with whether it is an informant. `group` is in order."""
    import numpy as np

    if not len(group):
        return {}
    heads = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    cell, index = (part.tolist() for part in np.divmod(group[heads], len(found.voices)))
    total = np.diff(np.append(heads, len(group))).tolist()
    sides = [np.add.reduceat((direction & bit) > 0, heads, dtype=np.int64).tolist() for bit in (SUPPORTING, INHIBITING)]
    names = [voice.name for voice in found.voices]
    people = [voice.informant is not None for voice in found.voices]
    stances: dict[tuple[int, int], Stance] = {}
    cells: dict[int, list[tuple[VoiceCell, bool]]] = {}
    for number, at, n, s, i in zip(cell, index, total, *sides, strict=True):
        stance = stances.get((s, i))
        if stance is None:
            stance = stances[s, i] = voice_stance(s, i, threshold)
        cells.setdefault(number, []).append((VoiceCell(names[at], stance, n, s, i), people[at]))
    return cells


def segments_by_cell(found: Evidence, claims: Ints, cell: Ints) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Per cell the guids of its distinct segments in the order of the text, and of its exemplars: the starred ones,
    else the one nearest 25 words, then by position."""
    import numpy as np

    if not len(claims):
        return {}
    order = text_order(claims, cell)
    number, segment = cell[order], claims[order, SEGMENT]
    # one segment of several voices stands in neighbouring lines of a cell: same source, same start, same id
    fresh = np.ones(len(order), bool)
    fresh[1:] = (number[1:] != number[:-1]) | (segment[1:] != segment[:-1])
    order = order[fresh]
    cells = cell[order]
    heads = np.flatnonzero(np.append(True, cells[1:] != cells[:-1]))
    bounds = [*heads.tolist(), len(order)]
    guids = found.guids.of(claims[order, SEGMENT])
    starred = claims[order, STAR] > 0
    distance = np.abs(claims[order, WORDS] - IDEAL_WORDS)
    result = {}
    for first, last in pairwise(bounds):
        here = tuple(guids[first:last])
        stars = np.flatnonzero(starred[first:last]).tolist()
        best = stars or [int(np.argmin(distance[first:last]))]
        result[int(cells[first])] = (here, tuple(here[i] for i in best))
    return result


def directions_notice(claims: Ints) -> tuple[Notice, ...]:
    """“12 segments have no direction”, over the segments counted; nothing when all have one."""
    unmarked = len(unique(claims[claims[:, DIRECTION] == 0, SEGMENT]))
    if not unmarked:
        return ()
    params = (("count", unmarked),)
    return (Notice("{count} segment has no direction", params, "{count} segments have no direction"),)
