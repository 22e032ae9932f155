"""What a table was made from, in a form that stays with the table wherever it is copied to in a word processor.

It stands in the description of the table (`w:tblDescription`): a content control or a bookmark around a table is left
behind when the table alone is copied, and a property of the table is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coding.analysis.results import Factors
from coding.codes.links import FACTORS
from coding.reports.attribution import DEFAULT
from coding.reports.options import ReportItem, ReportOptions
from coding.reports.saved import from_params, to_params
from coding.reports.tables import Table
from coding.reports.written_cells import WrittenRow, packed, rows_of, unpacked
from coding.words import Words

_OPENING, _OLD = "Telaah 2 ", "Telaah 1 "
# What was the default while marks of the old kind were written, which left defaults out.
_DEFAULTS_THEN: Mapping[str, Any] = {"factor_framework": FACTORS}
_LEVEL_OF_FACTORS_THEN = "indicator"
_LONGEST = 40_000
# What says nothing about a single table, or nothing that another document should know.
_LEFT_OUT = ("tables", "preset", "heading", "items", "contents", "template", "wording", "frameworks")


@dataclass(frozen=True, slots=True)
class Origin:
    """The project by its guid, the key of the table among those its options give, which part of it this is, and its
    cells as they were written (None where that is not known)."""

    project: str
    key: str
    part: int
    options: ReportOptions
    written: tuple[WrittenRow, ...] | None = None

    @property
    def item(self) -> ReportItem:
        return (self.options.items or (ReportItem(""),))[0]


def origin(project: str, words: Words, options: ReportOptions, item: ReportItem, key: str) -> str:
    """What a table carries; empty when that would tell more than an anonymised report may."""
    if options.anonymise and {"evidence", "pinned"} & item.settings.keys():
        return ""
    attribution = DEFAULT if options.attribution is None else options.attribution
    settled = replace(options, language=words.language, attribution=attribution)
    # defaults, too: a later one is not that of this table
    params = {name: value for name, value in to_params(settled).items() if name not in _LEFT_OUT and value is not None}
    if item.settings.get("framework") is None and options.frameworks is not None:
        params["frameworks"] = list(options.frameworks)
    params["items"] = [{"name": item.name, "settings": dict(item.settings)}]
    return json.dumps({"project": project, "key": key, "options": params}, ensure_ascii=False, separators=(",", ":"))


def as_made(item: ReportItem, factors: Sequence[Factors]) -> ReportItem:
    """A part of factors with the framework and the level that it was given by itself."""
    if item.name != "factors" or item.settings.get("pinned") or not factors:
        return item
    made = factors[0]
    return ReportItem(item.name, {**item.settings, "framework": made.framework, "level": made.level})


def description(table: Table) -> str:
    """What stands in the description of a table in Word."""
    part = int(table.key.rpartition(".")[2]) if table.continues else 1
    return f"{_OPENING}{part} {packed(rows_of(table))} {table.origin}" if table.origin else ""


def rewritten(told: str, rows: Sequence[WrittenRow] | None) -> str:
    """The description `told` with other cells that were written."""
    part, _, rest = told.removeprefix(_OPENING).partition(" ")
    return f"{_OPENING}{part} {packed(rows)} {rest.partition(' ')[2]}"


def read_origin(text: str | None) -> Origin | None:
    """What `description` wrote, now or before; None for anything else."""
    opening = next((one for one in (_OPENING, _OLD) if text and text.startswith(one)), None)
    if not text or opening is None or len(text) > _LONGEST:
        return None
    part, _, rest = text.removeprefix(opening).partition(" ")
    cells = ""
    if opening == _OPENING:
        cells, _, rest = rest.partition(" ")
    try:
        told: Any = json.loads(rest)
    except ValueError:
        return None
    if not part.isdecimal() or not isinstance(told, Mapping) or not isinstance(told.get("options"), Mapping):
        return None
    then = _DEFAULTS_THEN if opening == _OLD else {}
    options = from_params({**then, **told["options"]})
    if not options.items or not isinstance(told.get("project"), str) or not isinstance(told.get("key"), str):
        return None
    item = options.items[0]
    if opening == _OLD and item.name == "factors" and not item.settings.get("pinned"):
        item = ReportItem(item.name, {"level": _LEVEL_OF_FACTORS_THEN, **item.settings})
    return Origin(told["project"], told["key"], int(part), replace(options, items=(item,)), unpacked(cells))
