"""Do coders agree? Units, decisions and coefficients of DOMAIN.md §6."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal

from coding.analysis.coefficients import Fourfold, alpha, kappa, nominal_kappa, pooled_kappa
from coding.analysis.results import Label
from coding.codes.queries import framework_by_key
from coding.errors import mark
from coding.project import Reader
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]

Unit = Literal["sentence", "turn", "character"]
UNITS: tuple[Unit, ...] = ("sentence", "turn", "character")
VALENCES = ("supporting", "inhibiting", "neutral", None)
NO_COMMON = mark("no source was marked as done by two coders; nothing can be compared")
UNDEFINED = mark("where all decisions are the same a coefficient is 0/0; it is not given")


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code between two coders; `kappa` None where it is 0/0. `percent` is a fraction (0–1)."""

    code: str
    label: Label
    table: Fourfold
    percent: Fraction | None
    kappa: Fraction | None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders over the sources that both marked as done. `kappa` is pooled over the codes; `valence` is Cohen's
    kappa of the direction over the `valence_units` in which both put the code."""

    coders: tuple[str, str]
    sources: int
    units: int
    codes: tuple[CodeAgreement, ...]
    percent: Fraction | None
    kappa: Fraction | None
    valence_units: int
    valence_percent: Fraction | None
    valence: Fraction | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A unit that one coder of a pair gave a code and the other did not: `[start, end)` of a source, code points."""

    source: str
    source_guid: str
    start: int
    end: int
    text: str
    code: str
    label: Label
    by: str
    not_by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """`units` are those judged by at least two coders. `kappa` and `percent` are the one pair's, None for more coders;
    `alpha` is Krippendorff's over units × codes, of all coders."""

    unit: Unit
    framework: str | None
    coders: tuple[str, ...]
    units: int
    pairs: tuple[PairAgreement, ...]
    alpha: Fraction | None
    disagreements: tuple[Disagreement, ...]
    notices: tuple[Notice, ...]

    @property
    def percent(self) -> Fraction | None:
        return self.pairs[0].percent if len(self.pairs) == 1 else None

    @property
    def kappa(self) -> Fraction | None:
        return self.pairs[0].kappa if len(self.pairs) == 1 else None


@dataclass(slots=True)
class _Source:
    """A source in which coders can be compared. `starts` and `ends` are its units; `solid` counts the non-space code
    points before each position."""

    guid: str
    name: str
    text: str
    done: frozenset[str]
    starts: Numbers
    ends: Numbers
    solid: Numbers
    segments: dict[tuple[str, int], list[tuple[int, int, str | None]]]

    def flags(self, coder: str, code: int) -> Flags:
        """Which units have the code by the coder: more than half of their non-space code points are covered."""
        import numpy as np

        covered = np.zeros(len(self.starts), np.int64)
        for start, end in _merged((s, e) for s, e, _ in self.segments.get((coder, code), ())):
            first = int(np.searchsorted(self.ends, start, "right"))
            last = int(np.searchsorted(self.starts, end, "left"))
            low = np.maximum(self.starts[first:last], start)
            high = np.minimum(self.ends[first:last], end)
            covered[first:last] += self.solid[high] - self.solid[low]
        return covered * 2 > self.solid[self.ends] - self.solid[self.starts]

    def valence(self, coder: str, code: int, unit: int) -> str | None:
        """The direction of the code's segment by the coder that covers most of the unit (the first of equals)."""
        low, high = int(self.starts[unit]), int(self.ends[unit])
        best, most = None, 0
        for start, end, valence in self.segments.get((coder, code), ()):
            shared = int(self.solid[max(min(end, high), low)] - self.solid[min(max(start, low), high)])
            if shared > most:
                best, most = valence, shared
        return best


@dataclass(frozen=True, slots=True)
class _Code:
    id: int
    path: str
    label: Label


def agree(reader: Reader, framework: str | None = None, unit: Unit = "sentence", *, listed: int = 2000) -> Agreement:
    """How far coders agree over the `unit`s of informants' turns in sources that they marked as done.

    Codes are those of `framework` (all if None) that any of them used there; a dimension is not its indicators'. At
    most `listed` disagreements are given. Raises CodingError("framework_not_adopted").
    """
    with reader.read() as session:
        if framework is not None:
            framework_by_key(session, framework)
        codes = _codes(session, framework)
        sources = _sources(session, unit, {code.id for code in codes})
    used = {code for source in sources for _, code in source.segments}
    codes = [code for code in codes if code.id in used]
    coders = tuple(sorted({name for source in sources for name in source.done}))
    pairs = tuple(pair for one, two in combinations(coders, 2) if (pair := _pair(sources, codes, one, two)) is not None)
    notices = () if pairs else (Notice(NO_COMMON),)
    if any(code.kappa is None for pair in pairs for code in pair.codes):
        notices = (*notices, Notice(UNDEFINED))
    return Agreement(
        unit, framework, coders, sum(len(source.starts) for source in sources), pairs, _alpha(sources, codes),
        tuple(_disagreements(sources, codes, listed)), notices,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """A unit to which all who judged it gave the code; `valence` is the direction where they agree on that, too."""

    source_guid: str
    start: int
    end: int
    code: str
    valence: str | None


def shared(reader: Reader, framework: str | None = None, unit: Unit = "sentence") -> list[Shared]:
    """The units on which all coders agree that a code is there, by source, code, place; as `agree` judges them."""
    with reader.read() as session:
        if framework is not None:
            framework_by_key(session, framework)
        codes = _codes(session, framework)
        sources = _sources(session, unit, {code.id for code in codes})
    found = []
    for source in sources:
        coders = sorted(source.done)
        for code in codes:
            if not all((coder, code.id) in source.segments for coder in coders):
                continue
            all_of_them = source.flags(coders[0], code.id)
            for coder in coders[1:]:
                all_of_them &= source.flags(coder, code.id)
            for number in all_of_them.nonzero()[0].tolist():
                ways = {source.valence(coder, code.id, number) for coder in coders}
                start, end = int(source.starts[number]), int(source.ends[number])
                way = ways.pop() if len(ways) == 1 else None
                found.append(Shared(source.guid, start, end, code.path, way))
    return found


def _pair(sources: Sequence[_Source], codes: Sequence[_Code], one: str, two: str) -> PairAgreement | None:
    common = [source for source in sources if {one, two} <= source.done]
    units = sum(len(source.starts) for source in common)
    if not units:
        return None
    found, directions = [], [[0] * len(VALENCES) for _ in VALENCES]
    for code in codes:
        both = first = second = 0
        for source in common:
            a, b = source.flags(one, code.id), source.flags(two, code.id)
            together = a & b
            both, first, second = both + int(together.sum()), first + int(a.sum()), second + int(b.sum())
            for number in together.nonzero()[0]:
                x = VALENCES.index(source.valence(one, code.id, int(number)))
                y = VALENCES.index(source.valence(two, code.id, int(number)))
                directions[x][y] += 1
        table = Fourfold(both, first - both, second - both, units - first - second + both)
        if first or second:
            found.append(CodeAgreement(code.path, code.label, table, table.observed, kappa(table)))
    tables = [code.table for code in found]
    alike = sum(directions[i][i] for i in range(len(VALENCES)))
    judged = sum(map(sum, directions))
    observed = [table.observed for table in tables if table.observed is not None]
    return PairAgreement(
        (one, two), len(common), units, tuple(found),
        sum(observed, Fraction()) / len(observed) if observed else None, pooled_kappa(tables),
        judged, Fraction(alike, judged) if judged else None, nominal_kappa(directions),
    )  # fmt: skip


def _alpha(sources: Sequence[_Source], codes: Sequence[_Code]) -> Fraction | None:
    import numpy as np

    counts: dict[tuple[int, int], int] = {}
    for source in sources:
        judges = len(source.done)
        for code in codes:
            yes = np.sum([source.flags(coder, code.id) for coder in source.done], axis=0)
            for said in range(judges + 1):
                times = int((yes == said).sum())
                if times:
                    counts[said, judges - said] = counts.get((said, judges - said), 0) + times
    return alpha((yes, no, times) for (yes, no), times in counts.items())


def _disagreements(sources: Sequence[_Source], codes: Sequence[_Code], listed: int) -> list[Disagreement]:
    found: list[Disagreement] = []
    for source in sources:
        for one, two in combinations(sorted(source.done), 2):
            here = []
            for code in codes:
                a, b = source.flags(one, code.id), source.flags(two, code.id)
                for number in (a ^ b).nonzero()[0]:
                    by, not_by = (one, two) if a[number] else (two, one)
                    start, end = int(source.starts[number]), int(source.ends[number])
                    here.append(
                        Disagreement(
                            source.name,
                            source.guid,
                            start,
                            end,
                            source.text[start:end],
                            code.path,
                            code.label,
                            by,
                            not_by,
                        )
                    )
            found += sorted(here, key=lambda one: (one.start, one.code))
            if len(found) >= listed:
                return found[:listed]
    return found


def _codes(session: Session, framework: str | None) -> list[_Code]:
    rows = session.connection().exec_driver_sql(
        "SELECT c.id, c.path, c.label_id, c.label_en FROM code c LEFT JOIN framework f ON f.id = c.framework_id "
        "LEFT JOIN code p ON p.id = c.parent_id WHERE ?1 IS NULL OR f.key = ?1 "
        "ORDER BY f.position IS NULL, f.position, coalesce(p.position, c.position), p.id IS NOT NULL, c.position",
        (framework,),
    )
    return [_Code(number, path, Label(label_id, label_en)) for number, path, label_id, label_en in rows.fetchall()]


def _sources(session: Session, unit: Unit, codes: set[int]) -> list[_Source]:
    """The counted sources that at least two coders marked as done, in order, with their units and segments."""
    run = session.connection().exec_driver_sql
    done: dict[int, set[str]] = {}
    for source, name in run("SELECT d.source_id, c.name FROM done_mark d JOIN coder c ON c.id = d.coder_id").fetchall():
        done.setdefault(source, set()).add(name)
    found = []
    for number, guid, name, sentences, body in run(
        "SELECT s.id, s.guid, s.name, s.sentences, t.body FROM source s JOIN source_text t ON t.id = s.text_id "
        "WHERE s.left_out = 0 AND s.own_statements = 0 ORDER BY s.position, s.id"
    ).fetchall():
        coders = frozenset(done.get(number, ()))
        if len(coders) < 2:
            continue
        turns = run(
            'SELECT t.start, t."end" FROM turn t JOIN informant i ON i.id = t.informant_id '
            "WHERE t.source_id = ? AND t.kind = 'informant' AND i.left_out = 0 ORDER BY t.start",
            (number,),
        ).fetchall()
        starts, ends, solid = _units(body, [tuple(turn) for turn in turns], json.loads(sentences), unit)
        segments: dict[tuple[str, int], list[tuple[int, int, str | None]]] = {}
        for code, coder, start, end, valence in run(
            'SELECT g.code_id, c.name, g.start, g."end", g.valence FROM segment g JOIN coder c ON c.id = g.coder_id '
            "WHERE g.source_id = ? ORDER BY g.start, g.id",
            (number,),
        ).fetchall():
            if coder in coders and code in codes:
                segments.setdefault((coder, code), []).append((start, end, valence))
        if len(starts):
            found.append(_Source(guid, name, body, coders, starts, ends, solid, segments))
    return found


def _units(
    text: str, turns: Sequence[tuple[int, int]], sentences: Sequence[int], unit: Unit
) -> tuple[Numbers, Numbers, Numbers]:
    """Starts and ends of the units inside the turns that hold a non-space code point, and how many such code points
    stand before each position of the text."""
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    blank = np.isin(points, np.array([p for p in np.unique(points) if chr(p).isspace()], np.uint32))
    solid = np.concatenate([[0], np.cumsum(~blank)]).astype(np.int64)
    if unit == "character":
        inside = np.zeros(len(points), bool)
        for start, end in turns:
            inside[start:end] = True
        starts = np.flatnonzero(inside & ~blank).astype(np.int64)
        return starts, starts + 1, solid
    if unit == "turn":
        spans = list(turns)
    else:
        edges = iter(turns)
        turn = next(edges, None)
        spans = []
        for start, end in sorted(list(pairwise(sentences))[::2]):
            while turn is not None and turn[1] <= start:
                turn = next(edges, None)
            if turn is not None and turn[0] <= start and end <= turn[1]:
                spans.append((start, end))
    pairs = np.array(spans, np.int64).reshape(-1, 2)
    pairs = pairs[solid[pairs[:, 1]] > solid[pairs[:, 0]]]
    return pairs[:, 0].copy(), pairs[:, 1].copy(), solid


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans joined where they overlap or touch, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
