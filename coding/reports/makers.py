"""What makes a part of a report: from the project to a result, from the result to blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from coding.analysis.filters import EvidenceChoice, choice_from
from coding.analysis.pinned import About, pinned_named
from coding.analysis.results import Factors, Kind, Level, Matrix
from coding.codes.links import FACTORS
from coding.codes.queries import frameworks
from coding.project import Reader
from coding.reports.desk import Desk
from coding.reports.options import ReportItem, ReportOptions
from coding.reports.tables import Block
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Code


def _nothing(_part: Any) -> Iterable[str]:
    return ()


def _no_findings(_part: Any) -> Sequence[Matrix]:
    return ()


def _no_factors(_part: Any) -> Sequence[Factors]:
    return ()


@dataclass(frozen=True, slots=True)
class Maker:
    """How the table `name` comes about.

    `gather(results, item)` gives the results it is made of, none when there is nothing to print; `blocks(desk, part)`
    words one of them. `quoted(part)` are the guids of the coded segments whose text `desk.quotes` will be asked for,
    `matrices(part)` the matrices, and `factors(part)` the summaries of factors, whose written findings it needs.
    """

    name: str
    gather: Callable[[Results, ReportItem], Sequence[Any]]
    blocks: Callable[[Desk, Any], list[Block]]
    quoted: Callable[[Any], Iterable[str]] = _nothing
    matrices: Callable[[Any], Sequence[Matrix]] = _no_findings
    factors: Callable[[Any], Sequence[Factors]] = _no_factors


class Results:
    """The results that parts of one report are made of; what two of them need is computed once.

    `asked` are the names of parts that the user chose by name, which are there even when they are empty.
    """

    def __init__(self, project: Reader, options: ReportOptions, asked: frozenset[str] = frozenset()) -> None:
        self.project = project
        self.options = options
        self.asked = asked
        self.adopted = frameworks(project)
        self._made: dict[object, Any] = {}

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` gives, made the first time `key` is asked for."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def frameworks(self, item: ReportItem) -> list[str]:
        """The frameworks of a part: its own, those chosen for the report, those with segments, or (asked by name) the
        first. The framework of factors has a table of its own."""
        if own := item.settings.get("framework"):
            return [str(own)]
        if self.options.frameworks is not None:
            return list(dict.fromkeys(self.options.frameworks))
        theories = [row for row in self.adopted if row.key != FACTORS]
        tagged = [row.key for row in theories if row.segments]
        return tagged or ([row.key for row in theories[:1]] if item.name in self.asked else [])

    def matrix(
        self, framework: str, item: ReportItem, kind: Kind, columns: str, against: str | None, level: Level
    ) -> Matrix:
        """A triangulation matrix with the threshold and the filter of the part."""
        from coding.analysis.triangulation import triangulate

        threshold, choice = self.threshold(item), evidence_of(item.settings)
        key = (framework, kind, columns, against, level, threshold, choice)
        return self.once(  # type: ignore[no-any-return]
            key, lambda: triangulate(self.project, framework, kind, columns, against, level, threshold, choice)
        )

    def segments(self) -> list[SegmentRow]:
        """All coded segments of the study in the order of its sources."""
        return self.once("segments", lambda: segments(self.project))  # type: ignore[no-any-return]

    def standing(self) -> list[SegmentRow]:
        """Those that count where there is an agreed version."""
        from coding.analysis.agreed import agreed_version, standing
        from coding.store.models import Segment

        with self.project.read() as session:
            if agreed_version(session) is None:
                return self.segments()
            stand = set(session.scalars(select(Segment.guid).where(standing(session))))
        return [row for row in self.segments() if row.guid in stand]

    def quoted(self, guids: Collection[str]) -> list[SegmentRow]:
        """The coded segments of these guids."""
        if "segments" in self._made:
            wanted = set(guids)
            return [row for row in self.segments() if row.guid in wanted]
        return segments(self.project, guids=guids)

    def place(self, code_guid: str) -> int:
        """The place of a code among all codes of the project."""
        places: dict[str, int] = self.once("places", self._places)
        return places.get(code_guid, len(places))

    def _places(self) -> dict[str, int]:
        with self.project.read() as session:
            found = session.execute(
                select(Code.guid, Code.parent_id, Code.position, Code.id).order_by(Code.framework_id, Code.position)
            ).all()
        whole = {row.id: (row.position, row.id) for row in found}
        ordered = sorted(
            found, key=lambda row: (whole.get(row.parent_id, whole[row.id]), row.parent_id is not None, row.position)
        )
        return {row.guid: place for place, row in enumerate(ordered)}

    def threshold(self, item: ReportItem) -> Fraction:
        """The threshold of a part, a share written as a fraction, else that of the report."""
        try:
            return Fraction(str(item.settings["threshold"]))
        except (KeyError, ValueError, ZeroDivisionError):
            return self.options.threshold

    def factors(self, framework: str, item: ReportItem) -> Factors:
        """The summary of factors over a framework."""
        from coding.analysis.factors import summarise

        level: Level = "dimension" if item.settings.get("level") == "dimension" else "indicator"
        choice = evidence_of(item.settings)
        return self.once(  # type: ignore[no-any-return]
            (framework, level, choice), lambda: summarise(self.project, framework, level, choice)
        )


def settled(project: Reader, item: ReportItem, about: About) -> ReportItem:
    """The part with the settings of the pinned analysis it names, as that is now. Raises `analysis_unknown`."""
    name = item.settings.get("pinned")
    if not name:
        return item
    analysis = pinned_named(project, str(name), about).analysis
    return ReportItem(item.name, {**analysis.to_params(), **item.settings})


def evidence_of(settings: Mapping[str, Any]) -> EvidenceChoice:
    """The filter that a part's settings ask for; nothing is left out when there is none."""
    return choice_from(settings.get("evidence"))
