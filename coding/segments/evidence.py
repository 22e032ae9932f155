"""The table of coded segments: which ones, in which order, and a page of them with everything a row shows.

`evidence_ids` answers any filter and order with the ids of all segments that fit; `evidence_rows` reads those that are
looked at. So a window holds eight bytes for each of a million segments, and never their texts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.analysis.columns import FIELDS
from coding.project import Reader
from coding.segments.evidence_filter import UNMARKED, EvidenceFilter, EvidenceSort
from coding.segments.evidence_table import INHIBITING, NEUTRAL, SUPPORTING, EvidenceTable, prepare, prepare_texts, table
from coding.segments.evidence_voices import heard, prepare_voices
from coding.segments.evidence_words import Needle

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Numbers = np.ndarray[Any, np.dtype[Any]]
    Ids = np.ndarray[Any, np.dtype[np.int64]]

_MANY = 800
_VALENCES = {"supporting": SUPPORTING, "inhibiting": INHIBITING, "neutral": NEUTRAL, UNMARKED: 0}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The ids that fit, in order; `total` is how many coded segments the project has. Not `complete` when it was only
    asked for the first ones."""

    ids: Ids
    total: int
    complete: bool = True


def evidence_ids(
    reader: Reader,
    chosen: EvidenceFilter | None = None,
    sort: EvidenceSort | None = None,
    first: int | None = None,
) -> Found:
    """The ids of the coded segments that fit, in this order. The first call after opening reads all segments (see
    `evidence_table.prepare` to have that done before); afterwards it costs milliseconds.

    With `first`, a search for words may end with so many found, where the order allows it.
    """
    import numpy as np

    chosen, sort = chosen or EvidenceFilter(), sort or EvidenceSort()
    with reader.read() as session:
        made = table(reader, session)
        stop = first if sort == EvidenceSort() else None
        fits = _fitting(session, made, chosen, stop)
        places = np.arange(len(made)) if fits is None else np.flatnonzero(fits)
        rank = _rank(session, made, sort)
        ids, total = made["id"], len(made)
    if rank is not None:
        here = rank[places]
        if sort.descending:
            here = here.max(initial=0) - here
        places = places[np.argsort(here, kind="stable")]
    elif sort.descending:
        places = places[::-1]
    complete = stop is None or not chosen.text or len(places) < stop
    return Found(ids[places], total, complete)


def first_ids(reader: Reader, limit: int) -> list[int]:
    """The ids of the first segments of the study, in its order, without reading all."""
    found: list[int] = []
    sql = 'SELECT id FROM segment WHERE source_id = ? ORDER BY start, "end", id LIMIT ?'
    with reader.read() as session:
        for (source,) in _all(session, "SELECT id FROM source ORDER BY position, id"):
            found += (row[0] for row in _all(session, sql, source, limit - len(found)))
            if len(found) >= limit:
                break
    return found


def advance(reader: Reader, seconds: float = 0.05) -> float:
    """Make ready what `evidence_ids` needs, for about so many seconds at a time; gives the share that is done. From
    `SEGMENTS_READY` on, filters and orders that know nothing of texts and voices are quick; at 1 all are."""
    until = time.monotonic() + seconds
    work = reader.cache.setdefault("evidence_work", None) or _work(reader)
    reader.cache["evidence_work"] = None  # work that is interrupted can't be gone on with
    for share in work:
        if time.monotonic() >= until:
            reader.cache["evidence_work"] = work
            return share
    return 1.0


SEGMENTS_READY = 0.6


def _work(reader: Reader) -> Iterator[float]:
    for share in prepare(reader):
        yield share * SEGMENTS_READY
    for share in prepare_texts(reader):
        yield SEGMENTS_READY + share * 0.15
    for share in prepare_voices(reader):
        yield SEGMENTS_READY + 0.15 + share * (0.85 - SEGMENTS_READY)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a filter can choose from beside codes and informants: sources (guid, name, method) in the order of the
    study, coders who have segments, attributes of informants with their values in order of first appearance."""

    sources: tuple[tuple[str, str, str], ...]
    coders: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]


def offered(reader: Reader) -> Offered:
    """What there is to choose from."""
    columns = ", ".join(f'"{field}"' for field in FIELDS)
    values: dict[str, dict[str, None]] = {field: {} for field in FIELDS}
    with reader.read() as session:
        sources = _all(session, "SELECT guid, name, method FROM source ORDER BY position, id")
        coders = _all(
            session, "SELECT name FROM coder k WHERE EXISTS (SELECT 1 FROM segment WHERE coder_id = k.id) ORDER BY id"
        )
        for row in _all(session, f"SELECT {columns} FROM informant ORDER BY position, id"):
            for field, value in zip(FIELDS, row, strict=True):
                if value is not None and str(value).strip():
                    values[field][str(value)] = None
        for name, value in _all(
            session,
            "SELECT a.name, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
            "JOIN informant i ON i.id = v.informant_id ORDER BY a.position, i.position",
        ):
            if name not in FIELDS:
                values.setdefault(name, {})[value] = None
    attributes = tuple((name, tuple(found)) for name, found in values.items() if found)
    return Offered(tuple(tuple(row) for row in sources), tuple(row[0] for row in coders), attributes)


# what fits


def _fitting(session: Session, made: EvidenceTable, chosen: EvidenceFilter, stop: int | None) -> Numbers | None:
    """Which entries of the table fit; None when all do. Words are searched for until `stop` entries have them."""
    import numpy as np

    fits: list[Numbers] = []
    if chosen.segments:
        fits.append(_marked(made["id"], _ids_of_segments(session, chosen.segments)))
    if chosen.codes or chosen.frameworks:
        fits.append(_marked(made["code"], _codes(session, chosen)))
    if chosen.valences:
        fits.append(np.isin(made["valence"], [_VALENCES[valence] for valence in chosen.valences]))
    if chosen.sources or chosen.methods or chosen.first_date or chosen.last_date:
        fits.append(_marked(made["source"], _sources(session, chosen)))
    if chosen.coders:
        fits.append(_marked(made["coder"], _ids_of(session, "coder", "name", chosen.coders)))
    for name in ("exemplar", "reported", "memo"):
        wanted = getattr(chosen, name)
        if wanted is not None:
            fits.append(made[name] == wanted)
    if chosen.informants or chosen.attributes:
        fits.append(_said(session, made, _informants(session, chosen)))
    if chosen.counted is not None:
        fits.append(heard(session, made).counted == chosen.counted)
    together = np.logical_and.reduce(fits) if fits else None
    needle = Needle(chosen.text)
    return together if needle.blank else _with_words(session, made, needle, together, stop)


def _marked(values: Numbers, wanted: set[int]) -> Numbers:
    """Which values are among those wanted; ids are small whole numbers."""
    import numpy as np

    marks = np.zeros(max(int(values.max(initial=0)), max(wanted, default=0)) + 1, bool)
    marks[list(wanted)] = True
    return marks[values]


def _ids_of_segments(session: Session, guids: tuple[str, ...]) -> set[int]:
    found: set[int] = set()
    for i in range(0, len(guids), _MANY):
        part = guids[i : i + _MANY]
        rows = _all(session, f"SELECT id FROM segment WHERE guid IN ({', '.join('?' * len(part))})", *part)
        found.update(row[0] for row in rows)
    return found


def _codes(session: Session, chosen: EvidenceFilter) -> set[int]:
    rows = _all(
        session,
        "SELECT c.id, c.guid, c.parent_id, coalesce(f.key, '') FROM code c "
        "LEFT JOIN framework f ON f.id = c.framework_id",
    )
    inside = {row[0] for row in rows if not chosen.frameworks or row[3] in chosen.frameworks}
    if not chosen.codes:
        return inside
    wanted = {row[0] for row in rows if row[1] in chosen.codes}
    while chosen.below:
        further = {row[0] for row in rows if row[2] in wanted} - wanted
        if not further:
            break
        wanted |= further
    return wanted & inside


def _sources(session: Session, chosen: EvidenceFilter) -> set[int]:
    return {
        number
        for number, guid, method, date in _all(session, "SELECT id, guid, method, date FROM source")
        if (not chosen.sources or guid in chosen.sources)
        and (not chosen.methods or method in chosen.methods)
        and _within(date, chosen.first_date, chosen.last_date)
    }


def _within(date: str | None, first: str, last: str) -> bool:
    """Whether the date lies between both; of a month or a year alone, whether a day of it may."""
    if not (first or last):
        return True
    if not date:
        return False
    return date[: len(first)] >= first[: len(date)] and (not last or date[: len(last)] <= last[: len(date)])


def _ids_of(session: Session, name: str, column: str, wanted: tuple[str, ...]) -> set[int]:
    return {number for number, value in _all(session, f'SELECT id, "{column}" FROM "{name}"') if value in wanted}


def _informants(session: Session, chosen: EvidenceFilter) -> set[int]:
    columns = ", ".join(f'"{field}"' for field in FIELDS)
    own: dict[str, dict[int, str]] = {}
    sql = "SELECT a.name, v.informant_id, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id"
    for name, informant, value in _all(session, sql):
        own.setdefault(name, {})[informant] = value
    wanted: dict[str, set[str]] = {}
    for name, value in chosen.attributes:
        wanted.setdefault(name, set()).add(value)
    fitting = set()
    for number, guid, *values in _all(session, f"SELECT id, guid, {columns} FROM informant"):
        built_in = {field: "" if value is None else str(value) for field, value in zip(FIELDS, values, strict=True)}
        has = {name: built_in[name] if name in built_in else own.get(name, {}).get(number, "") for name in wanted}
        if (not chosen.informants or guid in chosen.informants) and all(has[name] in wanted[name] for name in wanted):
            fitting.add(number)
    return fitting


def _said(session: Session, made: EvidenceTable, informants: set[int]) -> Numbers:
    import numpy as np

    found = heard(session, made)
    fits = np.zeros(len(made), bool)
    fits[found.segment[_marked(found.informant, informants)]] = True
    return fits


def _with_words(
    session: Session, made: EvidenceTable, needle: Needle, among: Numbers | None, stop: int | None
) -> Numbers:
    """Those of the entries `among` (None: all) in whose passage the words stand, or the first `stop` and some more."""
    import numpy as np

    assert made.rank is not None
    fits = np.zeros(len(made), bool)
    edges = np.searchsorted(made.rank[made["source"]], np.arange(len(made.text_of) + 1))
    starts, ends, count = made["start"], made["end"], 0
    for place, source in enumerate(made.sources()):
        here = np.arange(edges[place], edges[place + 1])
        if among is not None:
            here = here[among[here]]
        if len(here):
            fits[here] = needle.inside(made.text(session, source), starts[here], ends[here])
            count += int(np.count_nonzero(fits[here]))
            if stop is not None and count >= stop:
                break
    return fits


# in which order


def _rank(session: Session, made: EvidenceTable, sort: EvidenceSort) -> Numbers | None:
    """A small whole number for each entry, by which they are ordered; None for the order of the study."""
    import numpy as np

    match sort.key:
        case "place":
            return None
        case "length":
            length = made["end"] - made["start"]
            return length.astype(np.uint16) if length.max(initial=0) < 65536 else length
        case "modified":
            return made["modified"]
        case "exemplar" | "memo":
            return (~made[sort.key]).astype(np.uint16)
        case "valence":
            return np.array([3, 0, 1, 2], np.uint16)[made["valence"]]
        case "informant":
            return _first_heard(session, made)
        case "code":
            return _places(made["code"], _code_order(session))
        case "coder":
            return _places(made["coder"], _by_name(_all(session, "SELECT id, name FROM coder")))
        case "source":
            return _places(made["source"], _by_name(_all(session, "SELECT id, name FROM source")))
        case "date":
            return _places(made["source"], _by_value(_all(session, "SELECT id, coalesce(date, '~') FROM source")))


def _places(values: Numbers, places: dict[int, int]) -> Numbers:
    """For each id in `values` its place; sixteen bits where they do, because those are ordered ten times faster."""
    import numpy as np

    kind = np.uint16 if max(places.values(), default=0) < 65536 else np.int64
    found = np.zeros(max(int(values.max(initial=0)), max(places, default=0)) + 1, kind)
    found[list(places)] = list(places.values())
    return found[values]


def _by_name(rows: list[Any]) -> dict[int, int]:
    return _by_value([(number, name.casefold()) for number, name in rows])


def _by_value(rows: list[Any]) -> dict[int, int]:
    order = {value: place for place, value in enumerate(sorted({value for _, value in rows}))}
    return {number: order[value] for number, value in rows}


def _code_order(session: Session) -> dict[int, int]:
    """The place of each code in the tree: frameworks in order, a dimension before its indicators, open codes last."""
    rows = _all(
        session,
        "SELECT c.id, c.parent_id, c.framework_id IS NULL, coalesce(f.position, 0), c.position FROM code c "
        "LEFT JOIN framework f ON f.id = c.framework_id",
    )
    parent = {row[0]: row[1] for row in rows}
    own = {row[0]: (row[4], row[0]) for row in rows}

    def path(code: int | None) -> tuple[tuple[int, int], ...]:
        steps: list[tuple[int, int]] = []
        while code is not None:
            steps.insert(0, own[code])
            code = parent[code]
        return tuple(steps)

    order = sorted((row[2], row[3], path(row[0]), row[0]) for row in rows)
    return {row[-1]: place for place, row in enumerate(order)}


def _first_heard(session: Session, made: EvidenceTable) -> Numbers:
    import numpy as np

    found = heard(session, made)
    names = _by_name(_all(session, "SELECT id, code FROM informant"))
    rank = np.full(len(made), len(names) + 1, np.uint16 if len(names) < 65000 else np.int64)
    # from the end, so that the first one heard is the last one written
    rank[found.segment[::-1]] = _places(found.informant[::-1], names)
    return rank


def _all(session: Session, sql: str, *params: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, params).fetchall())
