"""What a table was made from, in a form that stays with the table wherever it is copied to in a word processor.

It stands in the description of the table (`w:tblDescription`): a content control or a bookmark around a table is left
behind when the table alone is copied, and a property of the table is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from coding.reports.options import ReportItem, ReportOptions
from coding.reports.saved import from_params, to_params
from coding.reports.tables import Table
from coding.words import Words

_OPENING = "Telaah 1 "
_LONGEST = 20_000
# What says nothing about a single table, or nothing that another document should know.
_LEFT_OUT = ("tables", "preset", "items", "contents", "template", "wording", "frameworks")


@dataclass(frozen=True, slots=True)
class Origin:
    """The project by its guid, the key of the table among those its options give, and which part of it this is."""

    project: str
    key: str
    part: int
    options: ReportOptions

    @property
    def item(self) -> ReportItem:
        return (self.options.items or (ReportItem(""),))[0]


def origin(project: str, words: Words, options: ReportOptions, item: ReportItem, key: str) -> str:
    """What a table carries; empty when that would tell more than an anonymised report may."""
    if options.anonymise and {"evidence", "pinned"} & item.settings.keys():
        return ""
    usual = to_params(ReportOptions())
    params = {
        name: value
        for name, value in to_params(replace(options, language=words.language)).items()
        if name not in _LEFT_OUT and value != usual[name]
    }
    if item.settings.get("framework") is None and options.frameworks is not None:
        params["frameworks"] = list(options.frameworks)
    params["items"] = [{"name": item.name, "settings": dict(item.settings)}]
    return json.dumps({"project": project, "key": key, "options": params}, ensure_ascii=False, separators=(",", ":"))


def description(table: Table) -> str:
    """What stands in the description of a table in Word."""
    part = int(table.key.rpartition(".")[2]) if table.continues else 1
    return f"{_OPENING}{part} {table.origin}" if table.origin else ""


def read_origin(text: str | None) -> Origin | None:
    """What `description` wrote; None for anything else."""
    if not text or not text.startswith(_OPENING) or len(text) > _LONGEST:
        return None
    part, _, rest = text.removeprefix(_OPENING).partition(" ")
    try:
        told: Any = json.loads(rest)
    except ValueError:
        return None
    if not part.isdecimal() or not isinstance(told, Mapping) or not isinstance(told.get("options"), Mapping):
        return None
    options = from_params(told["options"])
    if not options.items or not isinstance(told.get("project"), str) or not isinstance(told.get("key"), str):
        return None
    return Origin(told["project"], told["key"], int(part), replace(options, items=options.items[:1]))
