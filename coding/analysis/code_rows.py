"""The codes that counts have rows for, and the coded segments that fall to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.analysis.counting import segments_by_cell
from coding.analysis.evidence import CODE, END, SEGMENT, SOURCE, START, VOICE, WORDS, Evidence
from coding.analysis.framework_rows import NO_INDICATOR
from coding.analysis.numbers import distinct
from coding.analysis.passages import text_order
from coding.analysis.results import Label, Level
from coding.analysis.results_counts import CodeLine, Part
from coding.codes.queries import framework_by_key
from coding.store.models import Code, Framework
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

_FAR = 1 << 40


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line before anything is counted; `codes` are the ids of the codes it gathers."""

    line: CodeLine
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Unbroken stretches of text that segments of one group cover, in order of group, source and start. `words`
    are pieces of its text between white space; `of_claim[i]` is the stretch that claim i lies in."""

    group: Ints
    source: Ints
    start: Ints
    end: Ints
    words: Ints
    of_claim: Ints


def planned(session: Session, framework: str | None, coded: set[int], level: Level | None = None) -> list[PlannedLine]:
    """Lines for the codes of `framework`, or of all frameworks and the open codes.

    Without `level` each dimension, rolled up, comes before its indicators; with it a segment falls to one line only:
    dimensions rolled up, or indicators, and what is on the dimension itself. `coded` are ids of codes with counted
    segments. Raises CodingError("framework_not_adopted").
    """
    if framework is not None:
        framework_by_key(session, framework)
    found = select(Code, Framework.key).join(Framework, Code.framework_id == Framework.id, isouter=True)
    ordered = found.order_by(Framework.position.is_(None), Framework.position, Code.position, Code.id)
    below: dict[int | None, list[tuple[Code, str | None]]] = {}
    for code, of in session.execute(ordered).all():
        if framework is None or of == framework:
            below.setdefault(code.parent_id, []).append((code, of))
    lines: list[PlannedLine] = []
    for top, key in below.get(None, []):
        inner = [code for code, _ in below.get(top.id, [])]
        everything = frozenset([top.id, *(code.id for code in inner)])
        if level != "indicator" or not inner:
            lines.append(_planned(top, key, None, "open" if key is None else "dimension", everything))
        if level == "dimension" or not inner:
            continue
        lines += [_planned(code, key, top, "indicator", frozenset([code.id])) for code in inner]
        if top.id in coded:
            lines.append(_planned(top, key, top, "no_indicator", frozenset([top.id])))
    return lines


def chosen(session: Session, guids: Sequence[str]) -> list[PlannedLine]:
    """A line for each of these codes that still exists, in their order; dimensions gather their indicators."""
    rows = select(Code, Framework.key).join(Framework, Code.framework_id == Framework.id, isouter=True)
    found = {code.guid: (code, key) for code, key in session.execute(rows.where(Code.guid.in_(guids))).all()}
    lines = []
    for code, key in (found[guid] for guid in guids if guid in found):
        parent = session.get(Code, code.parent_id) if code.parent_id is not None else None
        inner = session.scalars(select(Code.id).where(Code.parent_id == code.id))
        part: Part = "indicator" if parent is not None else "open" if key is None else "dimension"
        lines.append(_planned(code, key, parent, part, frozenset([code.id, *inner])))
    return lines


def _planned(code: Code, key: str | None, parent: Code | None, part: Part, codes: frozenset[int]) -> PlannedLine:
    own = Label(code.label_id, code.label_en)
    above = Label(parent.label_id, parent.label_en) if parent is not None else None
    label = NO_INDICATOR if part == "no_indicator" else own
    path = parent.path if parent is not None else None
    return PlannedLine(CodeLine(code.guid, code.path, label, part, code.color, key, path, above), codes)


def by_line(lines: Sequence[PlannedLine], claims: Ints) -> tuple[Ints, Ints]:
    """The claims of each line and, for each, the number of its line; a claim stands once for every line it falls to."""
    import numpy as np

    pairs = sorted((code, number) for number, line in enumerate(lines) for code in line.codes)
    codes = np.array([code for code, _ in pairs], np.int64)
    numbers = np.array([number for _, number in pairs], np.int64)
    first = np.searchsorted(codes, claims[:, CODE], "left")
    times = np.searchsorted(codes, claims[:, CODE], "right") - first
    which = np.repeat(np.arange(len(claims)), times)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    return claims[which], numbers[np.repeat(first, times) + offset] if len(which) else np.empty(0, np.int64)


def segments_per(claims: Ints, group: Ints, groups: int) -> Ints:
    """Different coded segments per group."""
    return distinct(group, claims[:, SEGMENT], groups)


def informants_per(found: Evidence, claims: Ints, group: Ints, groups: int) -> Ints:
    """Different informants per group."""
    import numpy as np

    people = np.array([voice.informant is not None for voice in found.voices], bool)
    heard = people[claims[:, VOICE]] if len(claims) else np.empty(0, bool)
    return distinct(group[heard], claims[heard, VOICE], groups)


def words_per(found: Evidence, claims: Ints, group: Ints, groups: int) -> Ints:
    """Words of the text that the segments of each group cover, overlaps once."""
    import numpy as np

    made = stretches(found, claims, group)
    totals = np.zeros(groups, np.int64)
    np.add.at(totals, made.group, made.words)
    return totals


def stretches(found: Evidence, claims: Ints, group: Ints) -> Stretches:
    """What the segments of each group cover, whoever speaks; touching is not overlap."""
    import numpy as np

    if not len(claims):
        none = np.empty(0, np.int64)
        return Stretches(none, none, none, none, none, none)
    order = text_order(claims, group)
    g, source, start, end = group[order], *(claims[order, field] for field in (SOURCE, START, END))
    run = np.ones(len(order), bool)
    run[1:] = (g[1:] != g[:-1]) | (source[1:] != source[:-1])
    shift = np.cumsum(run) * _FAR
    reach = np.maximum.accumulate(end + shift) - shift
    head = run.copy()
    head[1:] |= start[1:] >= reach[:-1]
    heads = np.flatnonzero(head)
    s_start, s_end, s_source = start[heads], np.maximum.reduceat(end, heads), source[heads]
    words = claims[order, WORDS][heads].copy()
    # the first segment of a stretch often covers it whole, and its words are known
    rest = np.flatnonzero(end[heads] != s_end)
    for i, where, a, b in zip(
        rest.tolist(), s_source[rest].tolist(), s_start[rest].tolist(), s_end[rest].tolist(), strict=True
    ):
        words[i] = found.words_in(where, a, b)
    of_claim = np.empty(len(order), np.int64)
    of_claim[order] = np.cumsum(head) - 1
    return Stretches(g[heads], s_source, s_start, s_end, words, of_claim)


def guids_of(found: Evidence, claims: Ints) -> tuple[str, ...]:
    """The segments of these claims, each once, in the order of sources and then of the text."""
    import numpy as np

    if not len(claims):
        return ()
    return segments_by_cell(found, claims, np.zeros(len(claims), np.int64))[0][0]


def guids_by(found: Evidence, claims: Ints, cell: Ints) -> dict[int, tuple[str, ...]]:
    """As `guids_of`, for each number in `cell`, which is per claim."""
    return {number: guids for number, (guids, _) in segments_by_cell(found, claims, cell).items()}


def source_guids(session: Session) -> dict[int, str]:
    """The guid of every source by its id."""
    return {row[0]: row[1] for row in session.connection().exec_driver_sql("SELECT id, guid FROM source").fetchall()}


def counted_notice(count: int) -> Notice:
    """Over how many segments a result was computed."""
    return Notice("{count} coded segment is counted", (("count", count),), "{count} coded segments are counted")
