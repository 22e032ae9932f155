"""Which framework stands for the factors of a study while nobody has chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from coding.analysis.results import Level
from coding.codes.links import FACTORS
from coding.codes.rows import FrameworkRow


def fitting(adopted: Sequence[FrameworkRow]) -> tuple[str, Level]:
    """The framework and the level of the factors to show while nobody has chosen: the framework of factors, or a copy
    of it, by its indicators; where no segment has a code of one, the dimensions of the theory with most segments."""

    def of_factors(row: FrameworkRow) -> bool:
        return FACTORS in (row.key, (row.based_on or "").partition("/")[0])

    evident = max(adopted, key=lambda row: row.segments, default=None)
    factors = max(filter(of_factors, adopted), key=lambda row: row.segments, default=None)
    if factors is not None and (factors.segments or evident is None or not evident.segments):
        return factors.key, "indicator"
    return (evident.key, "dimension") if evident is not None else (FACTORS, "indicator")
