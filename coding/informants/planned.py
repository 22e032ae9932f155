"""Informants that the study planned to hear against those it heard (N11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coding.informants.queries import informants
from coding.project import Reader
from coding.transcripts.drafts import CATEGORIES
from coding.transcripts.rows import InformantRow

By = Literal["category", "group", "role"]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One value (None where there is none), or all together: codes of who was planned, who was heard, who of the
    planned was not heard, and who was heard although not planned."""

    value: str | None
    planned: tuple[str, ...]
    heard: tuple[str, ...]
    missing: tuple[str, ...]
    unplanned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """Planned against heard by one attribute; heard is who has a turn in a source that counts."""

    by: By
    rows: tuple[PlannedRow, ...]
    total: PlannedRow


def planned_against_heard(project: Reader, by: By = "category") -> PlannedTable:
    """The table; categories in their own order, other values in the order of the study, none last."""
    return planned_table(informants(project), by)


def planned_table(people: Sequence[InformantRow], by: By = "category") -> PlannedTable:
    """As `planned_against_heard`, of rows already read."""
    values: list[str | None] = list(dict.fromkeys(getattr(person, by) for person in people))
    if by == "category":
        values.sort(key=(*CATEGORIES, None).index)
    elif None in values:
        values.remove(None)
        values.append(None)
    rows = [_row(value, [person for person in people if getattr(person, by) == value]) for value in values]
    kept = tuple(row for row in rows if row.planned or row.heard)
    return PlannedTable(by, kept, _row(None, people))


def _row(value: str | None, people: Sequence[InformantRow]) -> PlannedRow:
    return PlannedRow(
        value,
        tuple(person.code for person in people if person.planned),
        tuple(person.code for person in people if person.heard),
        tuple(person.code for person in people if person.planned and not person.heard),
        tuple(person.code for person in people if person.heard and not person.planned),
    )
