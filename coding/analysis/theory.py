"""Theory triangulation: the passages of one framework's rows that another framework's dimensions speak of too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from coding.analysis import passages as forming
from coding.analysis.counting import Tally, directions_notice, segments_by_cell, voice_stance
from coding.analysis.evidence import CODE, DIRECTION, END, INHIBITING, SOURCE, START, SUPPORTING, VOICE, Evidence
from coding.analysis.framework_rows import Rows, framework_rows
from coding.analysis.results import Column, Level, Matrix, VoiceCell
from coding.errors import CodingError

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(slots=True)
class _Heard:
    """What one voice says in one cell: its passages with the direction they have there."""

    directions: dict[int, int]


def theory_matrix(
    session: Session,
    found: Evidence,
    rows: Rows,
    against: str | None,
    level: Level,
    threshold: Fraction,
) -> Matrix:
    """A cell = the row's passages that share a code point and a voice with a segment of the column's dimension; counts
    are of those passages, the direction is the row's, and an opposite one in the column counts too.

    Raises CodingError("against_missing") or for an unknown framework.
    """
    from coding.analysis.triangulation import matrix_rows

    if not against:
        raise CodingError("against_missing")
    claims, row = rows.gather(found.claims)
    other = framework_rows(session, against, "dimension", set())
    column = other.row_of(found.claims[:, CODE])
    theirs, column = found.claims[column >= 0], column[column >= 0]
    columns = tuple(Column(plan.code.key, plan.label, 0, "none") for plan in other.plans)
    formed = forming.form(found, claims, row * max(len(found.voices), 1) + claims[:, VOICE])
    width = len(columns) + 1
    heard = _overlaps(found, formed, theirs, column, width)
    counted = _tallies(found, claims, formed, heard, threshold)
    return Matrix(
        kind="theory",
        columns_by=against,
        framework=rows.framework.key,
        framework_label=rows.label,
        against=against,
        level=level,
        threshold=threshold,
        columns=columns,
        rows=matrix_rows(rows, columns, counted, width),
        notices=directions_notice(claims),
    )


def _overlaps(
    found: Evidence, formed: forming.Passages, theirs: Ints, column: Ints, width: int
) -> dict[int, dict[int, _Heard]]:
    """Per cell, per voice, the row's passages that the column's segments touch."""
    voices = max(len(found.voices), 1)
    index = _by_voice_and_source(theirs, column)
    cells: dict[int, dict[int, _Heard]] = {}
    stretches = zip(
        formed.passage.tolist(), formed.source.tolist(), formed.start.tolist(), formed.end.tolist(), strict=True
    )
    groups, directions = formed.group.tolist(), formed.direction.tolist()
    for passage, source, start, end in stretches:
        number, voice = divmod(groups[passage], voices)
        for at, their_direction in _touching(index.get((voice, source), ()), start, end):
            heard = cells.setdefault(number * width + at, {}).setdefault(voice, _Heard({}))
            own = directions[passage]
            heard.directions[passage] = heard.directions.get(passage, own) | _opposite(own, their_direction)
    return cells


def _by_voice_and_source(theirs: Ints, column: Ints) -> dict[tuple[int, int], list[tuple[int, int, int, int]]]:
    """(start, end, column, direction) of the column framework's claims, by start."""
    index: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
    wanted = theirs[:, [VOICE, SOURCE, START, END, DIRECTION]].tolist()
    for (voice, source, start, end, direction), at in zip(wanted, column.tolist(), strict=True):
        index.setdefault((voice, source), []).append((start, end, at, direction))
    for spans in index.values():
        spans.sort()
    return index


def _touching(spans: Sequence[tuple[int, int, int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """(column, direction) of the spans that share a code point with `[start, end)`."""
    last = bisect_left(spans, (end,))
    return [(at, direction) for s, e, at, direction in spans[:last] if e > start]


def _opposite(own: int, theirs: int) -> int:
    """The direction that the column adds to a passage: only one opposite to what the row says of it."""
    added = 0
    if own & SUPPORTING and theirs & INHIBITING:
        added |= INHIBITING
    if own & INHIBITING and theirs & SUPPORTING:
        added |= SUPPORTING
    return added


def _tallies(
    found: Evidence,
    claims: Ints,
    formed: forming.Passages,
    cells: dict[int, dict[int, _Heard]],
    threshold: Fraction,
) -> dict[int, Tally]:
    import numpy as np

    lines: dict[int, list[int]] = {}
    for i, passage in enumerate(formed.of_claim.tolist()):
        lines.setdefault(passage, []).append(i)
    picked, cell_of = [], []
    for number, by_voice in cells.items():
        for heard in by_voice.values():
            for passage in heard.directions:
                picked += lines[passage]
                cell_of += [number] * len(lines[passage])
    segments = segments_by_cell(found, claims[np.array(picked, np.int64)], np.array(cell_of, np.int64))
    tallies = {}
    for number, by_voice in cells.items():
        voices = tuple(_voice_cell(found, voice, by_voice[voice], threshold) for voice in sorted(by_voice))
        tallies[number] = Tally(
            passages=sum(voice.passages for voice in voices),
            informants=sum(found.voices[voice].informant is not None for voice in by_voice),
            voices=voices,
            segment_ids=segments[number][0],
            exemplars=segments[number][1],
        )
    return tallies


def _voice_cell(found: Evidence, voice: int, heard: _Heard, threshold: Fraction) -> VoiceCell:
    supporting = sum(1 for d in heard.directions.values() if d & SUPPORTING)
    inhibiting = sum(1 for d in heard.directions.values() if d & INHIBITING)
    stance = voice_stance(supporting, inhibiting, threshold)
    return VoiceCell(found.voices[voice].name, stance, len(heard.directions), supporting, inhibiting)
