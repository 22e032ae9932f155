"""What of the evidence a matrix or a factor summary is to count: a period, places, coders, quotations, exemplars.

Passages are formed after all filters, within what is counted (DOMAIN.md §3). A filter narrows what is looked at and
never what the analyst has written: judgements and findings rest on all that counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.analysis.evidence import CODER, REPORTED, SEGMENT, SOURCE, STAR, Evidence, SourceInfo
from coding.store.models import Coder, Segment
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    from coding.project import Reader

    Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """Which coded segments count; by default all that DOMAIN.md §3 counts.

    `since` and `until` are the first and the last day (`2026-05-12`, or a month or year alone) of the sources' dates;
    a source without a date is in no period. Empty `places` or `coders` mean all of them; `verbatim` leaves out what is
    reported in the analyst's own words; `exemplars` leaves out what is not starred.
    """

    since: str | None = None
    until: str | None = None
    places: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    verbatim: bool = False
    exemplars: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == EVERYTHING

    def takes(self, source: SourceInfo) -> bool:
        """Whether the source is of the period and the places."""
        if (self.since or self.until) and not source.date:
            return False
        day = source.date or ""
        early, late = self.since or "", self.until or ""
        # a month stands for its days: it is compared as far as both dates are given
        if day[: len(early)] < early[: len(day)] or (late and day[: len(late)] > late[: len(day)]):
            return False
        return not self.places or source.place in self.places


EVERYTHING = EvidenceChoice()


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What filters can be set to in a project: its first and last date, places and coders in order."""

    dates: tuple[str, str] | None
    places: tuple[str, ...]
    coders: tuple[str, ...]
    reported: bool
    exemplars: bool


def filter_choices(project: Reader) -> FilterChoices:
    """What the project's counted sources and its coders can be told apart by; `reported` and `exemplars` say whether
    there is any such segment."""
    from coding.analysis.evidence import evidence

    with project.read() as session:
        found = evidence(project, session)
        coders = session.scalars(select(Coder.name).where(Coder.id.in_(select(Segment.coder_id))).order_by(Coder.id))
        names = tuple(coders.all())
    counted = [source for source in found.sources if source.counted]
    dates = sorted(source.date for source in counted if source.date)
    return FilterChoices(
        dates=(dates[0], dates[-1]) if dates else None,
        places=tuple(dict.fromkeys(source.place for source in counted if source.place)),
        coders=names,
        reported=bool(found.claims[:, REPORTED].any()),
        exemplars=bool(found.claims[:, STAR].any()),
    )


def narrowed(session: Session, found: Evidence, choice: EvidenceChoice) -> Evidence:
    """`found` with the claims that `choice` counts alone; voices, sources and texts stay, so that columns do."""
    import numpy as np

    if choice.everything:
        return found
    claims = found.claims
    keep = np.ones(len(claims), bool)
    if choice.since or choice.until or choice.places:
        taken = np.array([choice.takes(source) for source in found.sources], bool)
        keep &= taken[claims[:, SOURCE]] if len(taken) else False
    if choice.coders:
        ids = list(session.scalars(select(Coder.id).where(Coder.name.in_(choice.coders))))
        keep &= np.isin(claims[:, CODER], ids)
    if choice.verbatim:
        keep &= claims[:, REPORTED] == 0
    if choice.exemplars:
        keep &= claims[:, STAR] > 0
    return replace(found, claims=claims[keep])


def filter_notices(choice: EvidenceChoice, counted: Ints, whole: Ints) -> tuple[Notice, ...]:
    """What is filtered, and how many of the segments of the rows are left by it; nothing when nothing is filtered."""
    import numpy as np

    if choice.everything:
        return ()
    left, all_of_them = len(np.unique(counted[:, SEGMENT])), len(np.unique(whole[:, SEGMENT]))
    said = Notice(
        "filtered: {count} of {total} segments counts; findings and judgements rest on all of them",
        (("count", left), ("total", all_of_them)),
        "filtered: {count} of {total} segments count; findings and judgements rest on all of them",
    )
    return (said, *described(choice))


def described(choice: EvidenceChoice) -> tuple[Notice, ...]:
    """Each filter that is set, in words, in the order of the fields."""
    found: list[Notice] = []
    if choice.since and choice.until:
        both = _params(since=_day(choice.since), until=_day(choice.until))
        found.append(Notice("only sources from {since} to {until}", both))
    elif choice.since:
        found.append(Notice("only sources from {since} on", _params(since=_day(choice.since))))
    elif choice.until:
        found.append(Notice("only sources until {until}", _params(until=_day(choice.until))))
    if choice.places:
        found.append(Notice("only from {places}", _params(places=", ".join(choice.places))))
    if choice.coders:
        found.append(Notice("only coded by {coders}", _params(coders=", ".join(choice.coders))))
    if choice.verbatim:
        found.append(Notice("only verbatim quotations"))
    if choice.exemplars:
        found.append(Notice("only exemplars"))
    return tuple(found)


def _day(iso: str) -> date | str:
    """The day, to be written out; a month or a year alone stays as it is."""
    return date.fromisoformat(iso) if len(iso) == len("2026-05-12") else iso


def _params(**values: date | str) -> tuple[tuple[str, Any], ...]:
    return tuple(values.items())
