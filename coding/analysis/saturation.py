"""Does a further interview still bring new codes? (DOMAIN.md §6)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coding.analysis.code_rows import PlannedLine, by_line, guids_by, guids_of, planned, source_guids
from coding.analysis.evidence import CODE, SEGMENT, SOURCE, Evidence, evidence
from coding.analysis.numbers import present
from coding.analysis.results import Level
from coding.analysis.results_counts import Saturation, SaturationStep
from coding.project import Reader
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]

INTERVIEWS = ("interview", "focus_group")


def saturation(
    project: Reader,
    framework: str | None = None,
    level: Level = "indicator",
    order: Sequence[str] | None = None,
) -> Saturation:
    """How many codes of `framework` (None: all) each interview adds to those of the interviews before it.

    By date, undated ones last in order of import; `order` names sources by guid that come first, in this order.
    Raises CodingError("framework_not_adopted").
    """
    import numpy as np

    found, lines, claims, line, guids = _read(project, framework, level)
    steps: list[SaturationStep] = []
    seen: set[int] = set()
    places = _ordered(found, guids, order)
    # claims stand in the order of sources
    edges = np.searchsorted(claims[:, SOURCE], np.arange(len(found.sources) + 1)).tolist()
    for i in places:
        here = slice(edges[i], edges[i + 1])
        codes = np.unique(line[here]).tolist()
        new = [code for code in codes if code not in seen]
        seen.update(new)
        source = found.sources[i]
        segments = len(np.unique(claims[here, SEGMENT]))
        steps.append(
            SaturationStep(
                source.name, guids[source.id], source.date, segments, len(codes),
                tuple(lines[code].line for code in new), len(seen),
            )
        )  # fmt: skip
    return Saturation(framework, tuple(steps), _notices(found, places, order))


def saturation_segments(
    project: Reader, framework: str | None, level: Level, source: str, keys: Sequence[tuple[str, str]] | None = None
) -> tuple[str, ...]:
    """The guids of the counted segments of the source with the guid `source`; with `keys` of these codes alone."""
    import numpy as np

    found, lines, claims, line, guids = _read(project, framework, level)
    place = next((i for i, one in enumerate(found.sources) if guids[one.id] == source), -1)
    here = claims[:, SOURCE] == place
    if keys is not None:
        wanted = [i for i, plan in enumerate(lines) if plan.line.key in set(keys)]
        here &= np.isin(line, np.array(wanted, np.int64))
    return guids_of(found, claims[here])


def saturation_guids(
    project: Reader, framework: str | None, level: Level, order: Sequence[str] | None = None
) -> list[tuple[str, ...]]:
    """For each step of `saturation` the segments with which its new codes came in."""
    import numpy as np

    found, lines, claims, line, guids = _read(project, framework, level)
    places = np.full(len(found.sources), -1, np.int64)
    ordered = _ordered(found, guids, order)
    places[ordered] = np.arange(len(ordered))
    step = places[claims[:, SOURCE]]
    first = np.full(len(lines), len(ordered), np.int64)
    there = step >= 0
    np.minimum.at(first, line[there], step[there])
    new = there & (step == first[line])
    made = guids_by(found, claims[new], step[new])
    return [made.get(number, ()) for number in range(len(ordered))]


def _read(
    project: Reader, framework: str | None, level: Level
) -> tuple[Evidence, list[PlannedLine], Ints, Ints, dict[int, str]]:

    with project.read() as session:
        found = evidence(project, session)
        lines = planned(session, framework, present(found.claims[:, CODE]), level)
        guids = source_guids(session)
    claims, line = by_line(lines, found.claims)
    return found, lines, claims, line, guids


def _ordered(found: Evidence, guids: dict[int, str], order: Sequence[str] | None) -> list[int]:
    """The interviews that count, as indices of `found.sources`, which stand in order of import."""
    places = [i for i, source in enumerate(found.sources) if source.counted and source.method in INTERVIEWS]
    places.sort(key=lambda i: (found.sources[i].date is None, found.sources[i].date or ""))
    if order is None:
        return places
    rank = {guid: number for number, guid in enumerate(order)}
    return sorted(places, key=lambda i: rank.get(guids[found.sources[i].id], len(rank)))


def _notices(found: Evidence, places: list[int], order: Sequence[str] | None) -> tuple[Notice, ...]:
    over = (("count", len(places)),)
    if order is not None:
        return (
            Notice(
                "over {count} interview and focus group, in the chosen order",
                over,
                "over {count} interviews and focus groups, in the chosen order",
            ),
        )
    undated = [found.sources[i].name for i in places if found.sources[i].date is None]
    notices = [
        Notice(
            "over {count} interview and focus group, in order of date",
            over,
            "over {count} interviews and focus groups, in order of date",
        )
    ]
    if undated:
        params = (("count", len(undated)), ("names", ", ".join(undated)))
        notices.append(
            Notice(
                "{count} has no date and stands last: {names}", params, "{count} have no date and stand last: {names}"
            )
        )
    return tuple(notices)
