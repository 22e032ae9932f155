"""What is shown of a row that several people changed without knowing of each other.

Columns that say one thing together are a unit. Of each unit the latest change is shown, so that what one changed stands
beside what the other did; where both changed the same, written words of both stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from coding.codes.adopt import built_in
from coding.review import clocks
from coding.review.clocks import PAST, Heads, Version
from coding.review.copies import Values
from coding.review.tables import Spec

if TYPE_CHECKING:
    from coding.review.merging import Merging

Beside = list[tuple[Version, Values]]


def shown(spec: Spec, guid: str, heads: Heads, merging: Merging) -> Values | None:
    """The latest version, None when that is a removal; of each unit what was changed last. Written words of all who
    changed them stay, each after a line that names who; where a column may say nothing, the latest that says something
    is shown."""
    version = clocks.latest(heads)
    latest = heads.get(version)
    if latest is None:
        return None
    beside: Beside = [(v, values) for v, values in sorted(heads.items()) if values is not None]
    found = {column: value for column, value in latest.items() if column != PAST}
    if len(beside) < 2:
        return found
    for unit in spec.units:
        standing = _standing(unit, guid, beside, merging)
        last = max(standing, key=_order)[2]
        found.update({column: last[column] for column in unit})
        if spec.positions and unit[0] in spec.positions:
            found["@"] = last["@"]
        column = unit[0]
        said_by = [(merging.name_of(v), values[column]) for v, _, values in sorted(standing, key=_order)]
        if column in spec.texts:
            found[column] = _together(said_by)
        elif column in spec.details:
            found[column] = _details(found["path"], said_by)
        elif column in spec.fill and found[column] in (None, ""):
            said = [values[column] for _, values in beside if values[column] not in (None, "")]
            found[column] = said[-1] if said else found[column]
    if "modified_at" in found:
        found["modified_at"] = max(values["modified_at"] for _, values in beside)
    return found


def clashing(spec: Spec, guid: str, heads: Heads, merging: Merging) -> list[tuple[str, ...]]:
    """The units that several changed, each to something else."""
    beside: Beside = [(v, values) for v, values in sorted(heads.items()) if values is not None]
    if len(beside) < 2:
        return []
    return [
        unit for unit in spec.units
        if len({tuple(values[c] for c in unit) for _, _, values in _standing(unit, guid, beside, merging)}) > 1
    ]  # fmt: skip


def _order(standing: tuple[Version, Version, Values]) -> tuple[Version, Version]:
    return standing[:2]


def _standing(
    unit: tuple[str, ...], guid: str, beside: Beside, merging: Merging
) -> list[tuple[Version, Version, Values]]:
    """(version that changed the unit last, version, values) of those that the others do not build on."""
    changed = [{v for v in values[PAST] if _touches(merging.columns(guid, v), unit)} for _, values in beside]
    found: dict[Version, tuple[Version, Version, Values]] = {}
    for number, (version, values) in enumerate(beside):
        last = clocks.latest(changed[number])
        known = any((last in other or not changed[number]) and clocks.latest(other) != last for other in changed)
        if not known:
            found[last] = (last, version, values)
    return list(found.values())


def _touches(columns: frozenset[str] | None, unit: tuple[str, ...]) -> bool:
    return columns is None or not columns.isdisjoint(unit)


def _together(parts: list[tuple[str, str]]) -> str:
    """The different texts, in order; one that stands whole in another is not said twice."""
    kept: list[tuple[str, str]] = []
    for number, (who, text) in enumerate(parts):
        later = [other for _, other in parts[number + 1 :]]
        earlier = [other for _, other in parts[:number] if other != text]
        if text.strip() and not any(text in other for other in (*later, *earlier)):
            kept.append((who, text))
    if len(kept) < 2:
        return kept[0][1] if kept else parts[-1][1]
    return "\n\n".join(f"{who}:\n{text}" for who, text in kept)


def _details(path: str, parts: list[tuple[str, str]]) -> str:
    """The descriptions of a code that several wrote: what each said of each thing stays, but for what the framework
    itself says where somebody says something else."""
    try:
        read = [(who, json.loads(written)) for who, written in parts]
    except ValueError:  # not written by the program
        return parts[-1][1]
    if len(read) < 2 or not all(isinstance(value, dict) for _, value in read):
        return parts[-1][1]
    return json.dumps(_joined(read, built_in(path)), ensure_ascii=False)


def _joined(parts: list[tuple[str, Any]], base: Any) -> Any:
    parts = [part for part in parts if part[1] != base] or parts
    values = [value for _, value in parts]
    if all(isinstance(value, dict) for value in values):
        below = base if isinstance(base, dict) else {}
        keys: Iterable[str] = dict.fromkeys(key for value in values for key in value)
        return {k: _joined([(who, value[k]) for who, value in parts if k in value], below.get(k)) for k in keys}
    if all(isinstance(value, list) for value in values):
        found: list[Any] = []
        for value in values:
            found += [one for one in value if one not in found]
        return found
    if all(isinstance(value, str) for value in values):
        return _together(parts)
    return values[-1]


def said_more(path: str, written: str, other: str) -> list[str]:
    """The words of a code's description that are neither in the `other` one nor the framework's own."""
    known = {*_leaves(json.loads(other)), *_leaves(built_in(path))}
    return [text for text in _leaves(json.loads(written)) if text not in known]


def _leaves(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in below for text in _leaves(one)]
