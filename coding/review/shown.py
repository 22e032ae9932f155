"""What is shown of a row that several people changed without knowing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding.review import clocks
from coding.review.clocks import Heads
from coding.review.copies import Values
from coding.review.tables import Spec

if TYPE_CHECKING:
    from coding.review.merging import Merging


def shown(spec: Spec, heads: Heads, merging: Merging) -> Values | None:
    """The latest version, None when that is a removal. Written words of all versions stay, each after a line that names
    who; where a column may say nothing, the latest that says something is shown."""
    version = clocks.latest(heads)
    latest = heads.get(version)
    if latest is None:
        return None
    others = [(v, values) for v, values in sorted(heads.items()) if values is not None]
    if len(others) < 2:
        return dict(latest)
    found = dict(latest)
    for column in spec.fill:
        said = [values[column] for _, values in others if values.get(column) not in (None, "")]
        if found.get(column) in (None, "") and said:
            found[column] = said[-1]
    for column in spec.texts:
        found[column] = _together([(merging.name_of(v), values[column]) for v, values in others])
    if "modified_at" in found:
        found["modified_at"] = max(values["modified_at"] for _, values in others)
    return found


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
