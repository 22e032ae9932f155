"""What the table of coded segments is asked for: a filter and an order, as plain values that can be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from coding.segments.rows import VALENCES

UNMARKED = "unmarked"
"""Stands among the valences of a filter for segments that have none."""
OPEN = ""
"""Stands among the frameworks of a filter for the codes under no framework."""

SortKey = Literal[
    "place", "code", "valence", "informant", "coder", "date", "length", "modified", "exemplar", "source", "memo"
]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Which coded segments are wanted; what is empty or None asks for nothing, everything else must hold at once.

    `segments`, `codes`, `sources` and `informants` are guids, `coders` names, `frameworks` keys (`OPEN`: open codes),
    `valences` values of a valence or `UNMARKED`; of each, any one will do. With `below`, a code brings those below it.
    One informant heard in the segment must be among `informants` and have, for each attribute named in `attributes`,
    one of its values ("" is none). `text` stands in the passage, whatever its case and accents, any white space between
    its words. `first_date` and `last_date` are ISO dates of the source, both included. `counted` is False for what the
    analysis leaves out, True for what it counts.
    """

    segments: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    below: bool = True
    frameworks: tuple[str, ...] = ()
    valences: tuple[str, ...] = ()
    informants: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    exemplar: bool | None = None
    reported: bool | None = None
    memo: bool | None = None
    counted: bool | None = None
    text: str = ""
    first_date: str = ""
    last_date: str = ""

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return self != EvidenceFilter(below=self.below)

    def to_json(self) -> dict[str, Any]:
        """What differs from asking for nothing, as plain values."""
        nothing = asdict(EvidenceFilter())
        return {name: value for name, value in asdict(self).items() if value != nothing[name]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> EvidenceFilter:
        """What `to_json` gave; what is not understood, of a later edition or damaged, is left out."""
        known = {}
        for field in fields(cls):
            value = stored.get(field.name)
            if _fits(field.name, value):
                known[field.name] = _frozen(value)
        return cls(**known)


@dataclass(frozen=True, slots=True)
class EvidenceSort:
    """An order; equals stand in the order of the study (source, start, end). `place` is that order itself.

    Codes stand as in the code tree, valences supporting, inhibiting, neutral, unmarked; informants (the first one
    heard), coders and sources by name; what has no date or informant last; with `exemplar` and `memo` those that have
    one first.
    """

    key: SortKey = "place"
    descending: bool = False

    def to_json(self) -> list[Any]:
        return [self.key, self.descending]

    @classmethod
    def from_json(cls, stored: Any) -> EvidenceSort:
        """What `to_json` gave, else the order of the study."""
        match stored:
            case [str() as key, bool() as descending] if key in SORT_KEYS:
                return cls(key, descending)
        return cls()


def _fits(name: str, value: Any) -> bool:
    kind = type(getattr(EvidenceFilter(), name))
    if name == "attributes":
        return isinstance(value, list | tuple) and all(
            isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
            for pair in value
        )
    if kind is tuple:
        fine = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        return fine and (name != "valences" or set(value) <= {*VALENCES, UNMARKED})
    if kind is str:
        return isinstance(value, str)
    return isinstance(value, bool) or (value is None and name != "below")


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


VIEW_KIND = "evidence"
"""The kind of a saved filter (`coding.views`)."""


def to_params(chosen: EvidenceFilter, sort: EvidenceSort) -> dict[str, Any]:
    """Filter and order as the parameters of a saved view."""
    return {"filter": chosen.to_json(), "sort": sort.to_json()}


def from_params(params: Mapping[str, Any]) -> tuple[EvidenceFilter, EvidenceSort]:
    """What `to_params` gave; what can't be understood asks for nothing."""
    chosen, sort = params.get("filter"), EvidenceSort.from_json(params.get("sort"))
    return EvidenceFilter.from_json(chosen if isinstance(chosen, dict) else {}), sort
