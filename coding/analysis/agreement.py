"""Do coders agree? Units, decisions and coefficients of DOMAIN.md §6."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from coding.analysis.agreement_units import UNITS, VALENCES, Judged, Unit, digit, judged
from coding.analysis.coefficients import Fourfold, alpha, kappa, nominal_kappa, pooled_kappa
from coding.analysis.results import Label
from coding.codes.queries import framework_by_key
from coding.errors import mark
from coding.project import Reader
from coding.words import Notice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coding.analysis.agreement_units import Numbers, States

__all__ = [
    "NO_COMMON", "UNDEFINED", "UNITS", "Agreement", "CodeAgreement", "Disagreement", "PairAgreement", "Shared", "Unit",
    "agree", "codes_judged", "shared",
]  # fmt: skip
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
    """A unit that one coder of a pair gave a code and the other did not: `[start, end)` of a source, code points. Where
    characters are judged it is a whole stretch of them."""

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
    counted: dict[tuple[str, ...], _Counts] = {}
    unlike: list[Disagreement] = []
    used: set[int] = set()
    with reader.read() as session:
        codes = _codes(session, framework)
        for source in judged(session, unit, [code.id for code in codes]):
            counted.setdefault(source.coders, _Counts(source.coders)).add(source, len(codes))
            used |= source.used
            if len(unlike) < listed:
                unlike += _disagreements(source, codes, listed - len(unlike))
    decided = [counts.table(len(codes)) for counts in counted.values()]
    coders = tuple(sorted({name for coders in counted for name in coders}))
    pairs = tuple(
        pair for one, two in combinations(coders, 2) if (pair := _pair(decided, codes, used, one, two)) is not None
    )
    notices = () if pairs else (Notice(NO_COMMON),)
    if any(code.kappa is None for pair in pairs for code in pair.codes):
        notices = (*notices, Notice(UNDEFINED))
    return Agreement(
        unit, framework, coders, sum(counts.units for counts in counted.values()), pairs, _alpha(decided, len(used)),
        tuple(unlike), notices,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """A unit (of characters a whole stretch) to which all who judged it gave the code; `valence` is the direction where
    they agree on that, too."""

    source_guid: str
    start: int
    end: int
    code: str
    valence: str | None


@dataclass(frozen=True, slots=True)
class Contested:
    """A unit (of characters a whole stretch) on which those who judged it differ over a code, be it over its direction
    alone. `said` gives for each of them, in order, whether the code is there, and which way."""

    source: str
    source_guid: str
    start: int
    end: int
    text: str
    code: str
    label: Label
    said: tuple[tuple[str, bool, str | None], ...]


def contested(reader: Reader, framework: str | None = None, unit: Unit = "sentence") -> list[Contested]:
    """The units on which coders differ, by source, place and code; as `agree` judges them."""
    import numpy as np

    found = []
    with reader.read() as session:
        for source, codes, decisions in _decided_on(session, framework, unit):
            here = []
            for at in np.flatnonzero((decisions != decisions[0]).any(axis=0)).tolist():
                said = tuple(
                    (name, digit > 0, VALENCES[digit - 1] if digit else None)
                    for name, digit in zip(source.coders, decisions[:, at].tolist(), strict=True)
                )
                code = codes[int(source.code[at])]
                for start, end in source.places.spans(int(source.first[at]), int(source.last[at])):
                    here.append(Contested(source.name, source.guid, start, end, source.text[start:end], code.path,
                                          code.label, said))  # fmt: skip
            found += sorted(here, key=lambda one: (one.start, one.code))
    return found


def sources_judged(reader: Reader, framework: str | None = None, unit: Unit = "sentence") -> list[str]:
    """The guids of the sources that `agree` compares, in order."""
    with reader.read() as session:
        return [source.guid for source, _, _ in _decided_on(session, framework, unit)]


def _decided_on(
    session: Session, framework: str | None, unit: Unit
) -> Iterator[tuple[Judged, Sequence[_Code], Numbers]]:
    """Each source that is judged, the codes, and a row for each of its coders with the decision on each run."""
    import numpy as np

    codes = _codes(session, framework)
    for source in judged(session, unit, [code.id for code in codes]):
        yield source, codes, np.stack([source.digit(coder) for coder in source.coders])


def shared(reader: Reader, framework: str | None = None, unit: Unit = "sentence") -> list[Shared]:
    """The units on which all coders agree that a code is there, by source, code, place; as `agree` judges them."""
    import numpy as np

    found = []
    with reader.read() as session:
        for source, codes, decisions in _decided_on(session, framework, unit):
            whole = (decisions > 0).all(axis=0)
            alike = (decisions == decisions[0]).all(axis=0)
            for at in np.flatnonzero(whole).tolist():
                way = VALENCES[int(decisions[0, at]) - 1] if alike[at] else None
                for start, end in source.places.spans(int(source.first[at]), int(source.last[at])):
                    found.append(Shared(source.guid, start, end, codes[int(source.code[at])].path, way))
    return found


@dataclass(slots=True)
class _Counts:
    """What the sources that the same coders marked as done come to: how many units have each state of each code."""

    coders: tuple[str, ...]
    sources: int = 0
    units: int = 0
    keys: list[States] = field(default_factory=list)
    lengths: list[Numbers] = field(default_factory=list)

    def add(self, source: Judged, codes: int) -> None:
        """Count one source more."""
        self.sources, self.units = self.sources + 1, self.units + source.places.count
        self.keys.append(source.state * codes + source.code)
        self.lengths.append(source.last - source.first)

    def table(self, codes: int) -> _Decided:
        """The sum of what was added."""
        import numpy as np

        key, at = np.unique(np.concatenate(self.keys), return_inverse=True)
        # sums of whole numbers, exact in floating point up to 2 ** 53 units
        units = np.bincount(at, np.concatenate(self.lengths), len(key)).astype(np.int64)
        code = (key % max(codes, 1)).astype(np.int64)
        decisions = {name: digit(key // max(codes, 1), place) for place, name in enumerate(self.coders)}
        return _Decided(self.sources, self.units, code, units, decisions)


@dataclass(frozen=True, slots=True)
class _Decided:
    """Decisions in `sources` with `all_units` units: of `code`, by its number, so many `units` in which each coder
    decided alike; what nobody gave the code has no line."""

    sources: int
    all_units: int
    code: Numbers
    units: Numbers
    decisions: dict[str, Numbers]


def _pair(
    decided: Sequence[_Decided], codes: Sequence[_Code], used: set[int], one: str, two: str
) -> PairAgreement | None:
    import numpy as np

    common = [part for part in decided if one in part.decisions and two in part.decisions]
    units = sum(part.all_units for part in common)
    if not units:
        return None
    both, first, second = (np.zeros(len(codes), np.int64) for _ in range(3))
    directions = np.zeros((len(VALENCES), len(VALENCES)), np.int64)
    for part in common:
        a, b = part.decisions[one], part.decisions[two]
        together = (a > 0) & (b > 0)
        np.add.at(both, part.code[together], part.units[together])
        np.add.at(first, part.code[a > 0], part.units[a > 0])
        np.add.at(second, part.code[b > 0], part.units[b > 0])
        np.add.at(directions, (a[together] - 1, b[together] - 1), part.units[together])
    found = []
    for at in sorted(used):
        x, y, z = int(both[at]), int(first[at]), int(second[at])
        if y or z:
            table = Fourfold(x, y - x, z - x, units - y - z + x)
            found.append(CodeAgreement(codes[at].path, codes[at].label, table, table.observed, kappa(table)))
    tables = [code.table for code in found]
    ways: list[list[int]] = directions.tolist()
    alike, judged_units = sum(ways[i][i] for i in range(len(VALENCES))), sum(map(sum, ways))
    observed = [table.observed for table in tables if table.observed is not None]
    return PairAgreement(
        (one, two), sum(part.sources for part in common), units, tuple(found),
        sum(observed, Fraction()) / len(observed) if observed else None, pooled_kappa(tables),
        judged_units, Fraction(alike, judged_units) if judged_units else None, nominal_kappa(ways),
    )  # fmt: skip


def _alpha(decided: Sequence[_Decided], codes: int) -> Fraction | None:
    """Over all units × `codes` codes."""
    import numpy as np

    counts: list[tuple[int, int, int]] = []
    for part in decided:
        judges = len(part.decisions)
        yes = np.sum([decision > 0 for decision in part.decisions.values()], axis=0)
        said = np.bincount(yes, part.units, judges + 1).astype(np.int64).tolist()
        said[0] = part.all_units * codes - sum(said)
        counts += [(number, judges - number, times) for number, times in enumerate(said) if times]
    return alpha(counts)


def _disagreements(source: Judged, codes: Sequence[_Code], listed: int) -> list[Disagreement]:
    """The first `listed` of a source, by pair of coders, place and code."""
    found: list[Disagreement] = []
    for one, two in combinations(source.coders, 2):
        here = []
        for at, a, last, by_one in _unlike(source, one, two):
            by, not_by = (one, two) if by_one else (two, one)
            code = codes[at]
            for start, end in source.places.spans(a, last):
                words = source.text[start:end]
                here.append(
                    Disagreement(source.name, source.guid, start, end, words, code.path, code.label, by, not_by)
                )
        found += sorted(here, key=lambda one: (one.start, one.code))
        if len(found) >= listed:
            return found[:listed]
    return found


def _unlike(source: Judged, one: str, two: str) -> Iterator[tuple[int, int, int, bool]]:
    """Code, first unit, end, and whether it was `one` who put it, of each run on which two coders differ; neighbouring
    runs that say the same are one."""
    import numpy as np

    a, b = source.digit(one) > 0, source.digit(two) > 0
    at = np.flatnonzero(a ^ b)
    code, first, last, by_one = source.code[at], source.first[at], source.last[at], a[at]
    apart = np.ones(len(at), bool)
    apart[1:] = (code[1:] != code[:-1]) | (first[1:] != last[:-1]) | (by_one[1:] != by_one[:-1])
    heads = np.flatnonzero(apart)
    ends = last[np.append(heads[1:], len(at)) - 1] if len(at) else last
    yield from zip(code[heads].tolist(), first[heads].tolist(), ends.tolist(), by_one[heads].tolist(), strict=True)


def codes_judged(session: Session, framework: str | None) -> list[tuple[int, str]]:
    """Id and path of each code that decisions are compared on, in their order. Raises as `agree` does."""
    return [(code.id, code.path) for code in _codes(session, framework)]


def _codes(session: Session, framework: str | None) -> list[_Code]:
    if framework is not None:
        framework_by_key(session, framework)
    rows = (
        session.connection()
        .exec_driver_sql(
            "SELECT c.id, c.path, c.label_id, c.label_en, coalesce(p.label_id, f.label_id),"
            " coalesce(p.label_en, f.label_en) FROM code c LEFT JOIN framework f ON f.id = c.framework_id "
            "LEFT JOIN code p ON p.id = c.parent_id WHERE ?1 IS NULL OR f.key = ?1 "
            "ORDER BY f.position IS NULL, f.position, coalesce(p.position, c.position), p.id IS NOT NULL, c.position",
            (framework,),
        )
        .fetchall()
    )
    times = [Counter(row[column].casefold() for row in rows) for column in (2, 3)]

    def told_apart(label: str, above: str | None, seen: Counter[str]) -> str:
        # the same label may stand under several parents
        return f"{label} ({above})" if above and seen[label.casefold()] > 1 else label

    return [
        _Code(number, path, Label(told_apart(label_id, above_id, times[0]), told_apart(label_en, above_en, times[1])))
        for number, path, label_id, label_en, above_id, above_en in rows
    ]
