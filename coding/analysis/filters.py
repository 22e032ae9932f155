"""What of the evidence a matrix or a factor summary is to count: a period, places, coders, verdicts, quotations.

Passages are formed after all filters, within what is counted (DOMAIN.md §3). A filter narrows what is looked at and
never what the analyst has written: judgements and findings rest on all that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.analysis.evidence import CODER, REPORTED, SEGMENT, SOURCE, STAR, Evidence, SourceInfo
from coding.analysis.numbers import unique
from coding.errors import CodingError, mark
from coding.store.models import Coder, Segment
from coding.words import Notice, Words

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
    reported in the analyst's own words; `exemplars` leaves out what is not starred; `verdicts` (`VERDICTS`) keep what
    a supervisor said one of these words on, `none` what nobody has judged yet.
    """

    since: str | None = None
    until: str | None = None
    places: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    verbatim: bool = False
    exemplars: bool = False
    verdicts: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == EVERYTHING

    def takes(self, source: SourceInfo) -> bool:
        """Whether the source is of the period and the places."""
        if not within(source.date, self.since, self.until):
            return False
        return not self.places or source.place in self.places


def within(day: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date lies between two others, both included; no date lies in no period.

    A month stands for its days: dates are compared as far as both are given.
    """
    if not day:
        return not since and not until
    early, late = since or "", until or ""
    return day[: len(early)] >= early[: len(day)] and (not late or day[: len(late)] <= late[: len(day)])


EVERYTHING = EvidenceChoice()
NO_VERDICT = "none"
VERDICTS: dict[str, str] = {
    "agreed": mark("agreed"),
    "question": mark("question"),
    "revise": mark("revise"),
    NO_VERDICT: mark("no verdict yet"),
}
"""What a supervisor can have said on a segment, in words."""


def choice_from(values: object) -> EvidenceChoice:
    """The filters kept as `values` (what `dataclasses.asdict` gave, from JSON or not); what makes no sense in them
    gives way to the default."""
    if not isinstance(values, Mapping):
        return EVERYTHING
    kept: dict[str, Any] = {name: values[name] for name in ("since", "until") if is_day(values.get(name))}
    for name in ("places", "coders", "verdicts"):
        keys = values.get(name)
        if isinstance(keys, list | tuple) and all(isinstance(key, str) for key in keys):
            kept[name] = tuple(key for key in keys if name != "verdicts" or key in VERDICTS)
    kept |= {name: True for name in ("verbatim", "exemplars") if values.get(name) is True}
    return EvidenceChoice(**kept)


def is_day(value: object) -> bool:
    """Whether `value` is a day (`2026-05-12`), a month (`2026-05`) or a year (`2026`)."""
    if not isinstance(value, str) or not value.isascii():
        return False
    parts = value.split("-")
    widths = [len(part) for part in parts]
    if widths not in ([4], [4, 2], [4, 2, 2]) or not all(part.isdigit() for part in parts):
        return False
    try:
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return False
    return True


def check_choice(project: Reader, choice: EvidenceChoice) -> None:
    """Make sure that the project has the places and coders named. Raises CodingError("filter_unknown")."""
    known = filter_choices(project)
    for asked, there in ((choice.places, known.places), (choice.coders, known.coders)):
        for name in asked:
            if name not in there:
                raise CodingError("filter_unknown", name=name, known=", ".join(there) or "–")


UNDER_QUESTION = "{count} of {total} segments is under question"
"""The notice of segments that a supervisor questions or wants revised."""


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What filters can be set to in a project: its first and last date, places and coders in order."""

    dates: tuple[str, str] | None
    places: tuple[str, ...]
    coders: tuple[str, ...]
    reported: bool
    exemplars: bool
    verdicts: tuple[str, ...] = ()


def filter_choices(project: Reader) -> FilterChoices:
    """What the project's counted sources and its coders can be told apart by; `reported` and `exemplars` say whether
    there is any such segment."""
    from coding.analysis.evidence import evidence

    with project.read() as session:
        found = evidence(project, session)
        coders = session.scalars(select(Coder.name).where(Coder.id.in_(select(Segment.coder_id))).order_by(Coder.id))
        names = tuple(coders.all())
        said = {verdict for _, verdict in _verdicts(session)}
    counted = [source for source in found.sources if source.counted]
    dates = sorted(source.date for source in counted if source.date)
    return FilterChoices(
        dates=(dates[0], dates[-1]) if dates else None,
        places=tuple(dict.fromkeys(source.place for source in counted if source.place)),
        coders=names,
        reported=bool(found.claims[:, REPORTED].any()),
        exemplars=bool(found.claims[:, STAR].any()),
        verdicts=tuple(verdict for verdict in VERDICTS if verdict in said or (said and verdict == NO_VERDICT)),
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
    if choice.verdicts:
        keep &= np.isin(claims[:, SEGMENT], _with_verdicts(session, claims, choice.verdicts))
    return replace(found, claims=claims[keep])


def _verdicts(session: Session) -> list[tuple[int, str]]:
    """Id of a segment and the verdict on it; a segment that two supervisors judged stands twice."""
    sql = (
        "SELECT g.id, v.verdict FROM verdict v JOIN segment g ON g.guid = v.target_guid "
        "WHERE v.target_table = 'segment' AND v.verdict IS NOT NULL"
    )
    return [(number, said) for number, said in session.connection().exec_driver_sql(sql).fetchall()]


def _with_verdicts(session: Session, claims: Ints, wanted: tuple[str, ...]) -> Ints:
    """The ids of the segments that have one of the `wanted` verdicts."""
    import numpy as np

    rows = _verdicts(session)
    said = np.array([number for number, verdict in rows if verdict in wanted], np.int64)
    if NO_VERDICT not in wanted:
        return said
    judged = np.array([number for number, _ in rows], np.int64)
    return np.union1d(said, np.setdiff1d(claims[:, SEGMENT], judged))


def verdict_notice(session: Session, counted: Callable[[], Ints]) -> tuple[Notice, ...]:
    """“3 of 12 segments are under question” by the verdicts question and revise, over what `counted` gives; nothing
    when none is."""
    import numpy as np

    asked = np.array([number for number, verdict in _verdicts(session) if verdict in ("question", "revise")], np.int64)
    if not len(asked):
        return ()
    ids = unique(counted()[:, SEGMENT])
    count = int(np.isin(ids, asked).sum())
    if not count:
        return ()
    params = (("count", count), ("total", len(ids)))
    return (Notice(UNDER_QUESTION, params, "{count} of {total} segments are under question"),)


def filter_notices(choice: EvidenceChoice, counted: Ints, whole: Ints) -> tuple[Notice, ...]:
    """What is filtered, and how many of the segments of the rows are left by it; nothing when nothing is filtered."""
    if choice.everything:
        return ()
    left, all_of_them = len(unique(counted[:, SEGMENT])), len(unique(whole[:, SEGMENT]))
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
    if choice.verdicts:
        said = tuple(Notice(VERDICTS[one]) for one in VERDICTS if one in choice.verdicts)
        found.append(Notice("only with the verdict {verdicts}", _params(verdicts=Several(said))))
    return tuple(found)


def _day(iso: str) -> date | str:
    """The day, to be written out; a month or a year alone stays as it is."""
    return date.fromisoformat(iso) if len(iso) == len("2026-05-12") else iso


@dataclass(frozen=True, slots=True)
class Several:
    """Notices one after the other, worded where they are shown."""

    parts: tuple[Notice, ...]

    def say(self, words: Words) -> str:
        return ", ".join(part.say(words) for part in self.parts)


def _params(**values: date | str | Several) -> tuple[tuple[str, Any], ...]:
    return tuple(values.items())
