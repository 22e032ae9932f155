"""Coefficients of agreement on yes-or-no decisions; None where a formula comes to 0/0.

Sources: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960);
De Vries and others, "Using pooled kappa to summarize interrater agreement across many items", Field Methods 20 (2008);
Krippendorff, "Content Analysis" (2004), chapter 11, nominal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Fourfold:
    """Decisions of two coders over the same units: both yes, only the first, only the second, neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def units(self) -> int:
        return self.both + self.first + self.second + self.neither

    @property
    def observed(self) -> Fraction | None:
        """The share of units on which both decided alike; None without units."""
        return Fraction(self.both + self.neither, self.units) if self.units else None

    @property
    def expected(self) -> Fraction | None:
        """The share that chance would give with these margins (Cohen 1960)."""
        n = self.units
        if not n:
            return None
        yes = (self.both + self.first) * (self.both + self.second)
        no = (self.neither + self.first) * (self.neither + self.second)
        return Fraction(yes + no, n * n)


def kappa(table: Fourfold) -> Fraction | None:
    """Cohen's kappa, (po - pe) / (1 - pe); None when chance alone gives full agreement."""
    return pooled_kappa([table])


def pooled_kappa(tables: Iterable[Fourfold]) -> Fraction | None:
    """One kappa over many codes (De Vries and others 2008): the means of po and of pe in Cohen's formula."""
    used = [(t.observed, t.expected) for t in tables if t.units]
    if not used:
        return None
    observed = sum((po for po, _ in used if po is not None), Fraction()) / len(used)
    expected = sum((pe for _, pe in used if pe is not None), Fraction()) / len(used)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def nominal_kappa(counts: Sequence[Sequence[int]]) -> Fraction | None:
    """Cohen's kappa over several categories; `counts[i][j]`: units the first coder put in i, the second in j."""
    n = sum(map(sum, counts))
    if not n:
        return None
    observed = Fraction(sum(counts[i][i] for i in range(len(counts))), n)
    columns = [sum(row[j] for row in counts) for j in range(len(counts))]
    expected = Fraction(sum(sum(row) * column for row, column in zip(counts, columns, strict=True)), n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Iterable[tuple[int, int, int]]) -> Fraction | None:
    """Krippendorff's alpha for two values: 1 - Do/De. Each entry is (coders who said yes, coders who said no, units of
    which that holds); what fewer than two coders judged drops out. None when all values are the same."""
    ones = zeros = 0
    unlike = Fraction()
    for yes, no, times in units:
        if yes + no < 2:
            continue
        ones, zeros = ones + yes * times, zeros + no * times
        unlike += Fraction(2 * yes * no * times, yes + no - 1)
    if not ones or not zeros:
        return None
    return 1 - unlike / Fraction(2 * ones * zeros, ones + zeros - 1)
