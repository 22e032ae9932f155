"""Pinned analyses: a triangulation or a factor summary, filters and all, kept in the project under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Self

from coding.analysis.filters import EVERYTHING, EvidenceChoice, choice_from
from coding.analysis.results import KINDS, Factors, Kind, Level, Matrix
from coding.errors import CodingError
from coding.text import normalise
from coding.views import remove_view, save_view, views

if TYPE_CHECKING:
    from coding.project import Operation, Reader

About = Literal["matrix", "factors"]
MATRIX: About = "matrix"
FACTORS: About = "factors"
"""What a saved view of these kinds is."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is counted, not what came out. `kind`, `columns`, `against` and `threshold` are a matrix's alone."""

    about: About
    framework: str
    level: Level = "dimension"
    kind: Kind = "source"
    columns: str = "informant"
    against: str | None = None
    threshold: Fraction = Fraction(1)
    evidence: EvidenceChoice = EVERYTHING

    def to_params(self) -> dict[str, Any]:
        """Plain values for the project."""
        return {**asdict(self), "threshold": str(self.threshold)}

    @classmethod
    def from_params(cls, about: About, params: Mapping[str, Any]) -> Self | None:
        """What `to_params` gave; None without a framework. What makes no sense gives way to the default."""
        framework = params.get("framework")
        if not isinstance(framework, str) or not framework:
            return None
        kept: dict[str, Any] = {}
        if params.get("level") in ("dimension", "indicator"):
            kept["level"] = params["level"]
        if params.get("kind") in KINDS:
            kept["kind"] = params["kind"]
        kept |= {n: params[n] for n in ("columns", "against") if isinstance(params.get(n), str) and params[n]}
        threshold = _share(params.get("threshold"))
        if threshold is not None:
            kept["threshold"] = threshold
        return cls(about, framework, evidence=choice_from(params.get("evidence")), **kept)


@dataclass(frozen=True, slots=True)
class Pinned:
    """An analysis with its name."""

    guid: str
    name: str
    analysis: Analysis


def pinned(reader: Reader) -> list[Pinned]:
    """All pinned analyses by name, matrices before factors where two have one name."""
    abouts: tuple[About, ...] = (MATRIX, FACTORS)
    found = [
        Pinned(view.guid, view.name, analysis)
        for about in abouts
        for view in views(reader, about)
        if (analysis := Analysis.from_params(about, view.params)) is not None
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def pinned_named(reader: Reader, name: str, about: About | None = None) -> Pinned:
    """The one called `name`, its case ignored. Raises CodingError("analysis_unknown")."""
    known = [one for one in pinned(reader) if about is None or one.analysis.about == about]
    wanted = " ".join(normalise(name).split()).casefold()
    for one in known:
        if one.name.casefold() == wanted:
            return one
    raise CodingError("analysis_unknown", name=name, known=", ".join(one.name for one in known) or "–")


def pin(op: Operation, name: str, analysis: Analysis) -> str:
    """Keep `analysis` as `name`, in the place of one of its kind that has the name; returns its guid.

    Raises CodingError("analysis_no_name").
    """
    if not normalise(name).split():
        raise CodingError("analysis_no_name")
    return save_view(op, analysis.about, name, analysis.to_params())


def unpin(op: Operation, guid: str) -> None:
    """Forget a pinned analysis; nothing happens to one that is gone."""
    remove_view(op, guid)


def counted(reader: Reader, analysis: Analysis) -> Matrix | Factors:
    """What comes out now. Raises CodingError as `triangulate` and `summarise` do."""
    if analysis.about == FACTORS:
        from coding.analysis.factors import summarise

        return summarise(reader, analysis.framework, analysis.level, analysis.evidence)
    return matrix_of(reader, analysis)


def matrix_of(reader: Reader, analysis: Analysis, level: Level | None = None) -> Matrix:
    """The matrix of an analysis, at its own level or at `level`. Raises CodingError as `triangulate` does."""
    from coding.analysis.triangulation import triangulate

    return triangulate(
        reader, analysis.framework, analysis.kind, analysis.columns, analysis.against, level or analysis.level,
        analysis.threshold, analysis.evidence,
    )  # fmt: skip


def _share(value: object) -> Fraction | None:
    if not isinstance(value, str) or len(value) > 20:
        return None
    try:
        found = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None
    return found if Fraction(1, 2) < found <= 1 else None
