"""What a person chose to see in Matrices: plain values that are kept per project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from coding.analysis.filters import EVERYTHING, EvidenceChoice, choice_from
from coding.analysis.pinned import FACTORS, MATRIX, Analysis
from coding.analysis.results import KINDS, Kind, Level

if TYPE_CHECKING:
    from coding.codes.rows import FrameworkRow

INFORMANT = "informant"
LEAST_PERCENT, MOST_PERCENT = 51, 100


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """A triangulation matrix to compute; `percent` is the threshold in percent, "" means not chosen yet."""

    framework: str = ""
    kind: Kind = "source"
    columns: str = INFORMANT
    against: str = ""
    percent: int = MOST_PERCENT
    evidence: EvidenceChoice = EVERYTHING

    @property
    def threshold(self) -> Fraction:
        """The threshold as the exact share that counting takes."""
        return Fraction(self.percent, 100)

    def settled(self, frameworks: Sequence[str], columns: Sequence[str]) -> Self:
        """The choice with whatever the project does not have (any more) replaced by what comes nearest."""
        framework = self.framework if self.framework in frameworks else (frameworks[0] if frameworks else "")
        others = [key for key in frameworks if key != framework]
        against = self.against if self.against in others else (others[0] if others else "")
        kind = "source" if self.kind == "theory" and not against else self.kind
        by = self.columns if self.columns in columns else INFORMANT
        return replace(self, framework=framework, kind=kind, columns=by, against=against)

    def analysis(self, level: Level) -> Analysis:
        """The choice as it is pinned."""
        against = self.against if self.kind == "theory" else None
        return Analysis(MATRIX, self.framework, level, self.kind, self.columns, against, self.threshold, self.evidence)

    @classmethod
    def of(cls, analysis: Analysis) -> Self:
        """The choice that was pinned."""
        percent = min(max(round(analysis.threshold * 100), LEAST_PERCENT), MOST_PERCENT)
        return cls(
            analysis.framework, analysis.kind, analysis.columns, analysis.against or "", percent, analysis.evidence
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The choice kept as `values`; what makes no sense in them gives way to the default."""
        kept: dict[str, Any] = {
            name: values[name] for name in ("framework", "columns", "against") if isinstance(values.get(name), str)
        }
        if values.get("kind") in KINDS:
            kept["kind"] = values["kind"]
        percent = values.get("percent")
        if isinstance(percent, int) and LEAST_PERCENT <= percent <= MOST_PERCENT:
            kept["percent"] = percent
        kept["evidence"] = choice_from(values.get("evidence"))
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class FactorChoice:
    """A factor summary to compute. Without a framework, and as long as it is `automatic`, the one that fits."""

    framework: str = ""
    level: Level = "indicator"
    evidence: EvidenceChoice = EVERYTHING
    automatic: bool = False

    def settled(self, frameworks: Sequence[FrameworkRow]) -> Self:
        """The choice with a framework that the project has."""
        from coding.analysis.fitting import fitting

        if not frameworks or (not self.automatic and self.framework in [row.key for row in frameworks]):
            return self
        framework, level = fitting(frameworks)
        return replace(self, framework=framework, level=level, automatic=True)

    def analysis(self) -> Analysis:
        """The choice as it is pinned."""
        return Analysis(FACTORS, self.framework, self.level, evidence=self.evidence)

    @classmethod
    def of(cls, analysis: Analysis) -> Self:
        """The choice that was pinned."""
        return cls(analysis.framework, analysis.level, analysis.evidence)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The choice kept as `values`; what makes no sense in them gives way to the default."""
        kept: dict[str, Any] = {}
        if isinstance(values.get("framework"), str):
            kept["framework"] = values["framework"]
        if values.get("level") in ("dimension", "indicator"):
            kept["level"] = values["level"]
        kept["evidence"] = choice_from(values.get("evidence"))
        kept["automatic"] = values.get("automatic") is True
        return cls(**kept)
