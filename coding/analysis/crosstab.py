"""Codes against attributes: how much of each code falls to whom, to which method, place, month, source or coder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coding.analysis.code_rows import (
    PlannedLine,
    by_line,
    counted_notice,
    guids_by,
    guids_of,
    informants_per,
    planned,
    segments_per,
    words_per,
)
from coding.analysis.columns import NO_VALUE, assign, column_choices, columns_named
from coding.analysis.evidence import CODE, CODER, SOURCE, Evidence, evidence
from coding.analysis.numbers import present
from coding.analysis.results import Column, Kind, Label, Level
from coding.analysis.results_counts import CountUnit, Crosstab
from coding.errors import mark
from coding.project import Reader
from coding.store.models import Coder, Framework
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

METHOD, SOURCE_NAME, SOURCE_PLACE, MONTH, CODER_NAME = (
    "source.method", "source.name", "source.place", "source.month", "segment.coder",
)  # fmt: skip
_KINDS: dict[str, Kind] = {METHOD: "method", SOURCE_PLACE: "place", MONTH: "time"}
OF_SOURCES: dict[str, Label] = {
    METHOD: Label("Metode", "Method"),
    SOURCE_NAME: Label("Sumber data", "Source"),
    SOURCE_PLACE: Label("Tempat sumber data", "Place of the source"),
    MONTH: Label("Bulan", "Month"),
    CODER_NAME: Label("Pengode", "Coder"),
}
SEVERAL = mark("what stands in several columns is counted once in the totals")


@dataclass(frozen=True, slots=True)
class _Table:
    """Claims with their row and column (the last one is “no value”)."""

    found: Evidence
    lines: list[PlannedLine]
    columns: tuple[Column, ...]
    claims: Ints
    row: Ints
    column: Ints
    notices: tuple[Notice, ...]


def crosstab_choices(project: Reader) -> list[tuple[str, Label]]:
    """What can stand in the columns: informants, their attributes that have values, what sources and coders give."""
    return [*column_choices(project), *OF_SOURCES.items()]


def crosstab(
    project: Reader,
    by: str = "informant",
    framework: str | None = None,
    level: Level = "dimension",
    unit: CountUnit = "segments",
) -> Crosstab:
    """The codes of `framework` (None: all) against `by`, one of `crosstab_choices`.

    Raises CodingError("framework_not_adopted"), CodingError("columns_unknown").
    """
    import numpy as np

    table = _table(project, by, framework, level)
    rows, wide = len(table.lines), len(table.columns)

    def count(group: Ints, groups: int) -> Ints:
        if unit == "segments":
            return segments_per(table.claims, group, groups)
        per = informants_per if unit == "informants" else words_per
        return per(table.found, table.claims, group, groups)

    counts = count(table.row * wide + table.column, rows * wide).reshape(rows, wide)
    row_totals, column_totals = count(table.row, rows), count(table.column, wide)
    total = int(count(np.zeros(len(table.claims), np.int64), 1)[0])
    shown = wide
    if table.columns and table.columns[-1].key is None and not np.any(table.column == wide - 1):
        shown -= 1  # nobody stands there
    notices = [counted_notice(int(segments_per(table.claims, np.zeros(len(table.claims), np.int64), 1)[0]))]
    notices += table.notices
    if (counts.sum(axis=1) > row_totals).any():
        notices.append(Notice(SEVERAL))
    return Crosstab(
        by, framework, level, unit, table.columns[:shown], tuple(plan.line for plan in table.lines),
        tuple(map(tuple, counts[:, :shown].tolist())), tuple(row_totals.tolist()),
        tuple(column_totals[:shown].tolist()), total, tuple(notices),
    )  # fmt: skip


def crosstab_segments(
    project: Reader,
    by: str,
    framework: str | None,
    level: Level,
    row: tuple[str, str] | None,
    column: str | None = None,
    *,
    whole: bool = False,
) -> tuple[str, ...]:
    """The guids behind a cell: of the line `row` (path and part; None for all) in the column with the key `column`
    (None is “no value”), or in all columns with `whole`."""
    import numpy as np

    table = _table(project, by, framework, level)
    here = np.ones(len(table.claims), bool)
    if row is not None:
        numbers = [i for i, plan in enumerate(table.lines) if plan.line.key == row]
        here &= np.isin(table.row, np.array(numbers, np.int64))
    if not whole:
        places = [i for i, one in enumerate(table.columns) if one.key == column]
        here &= np.isin(table.column, np.array(places, np.int64))
    return guids_of(table.found, table.claims[here])


def crosstab_guids(
    project: Reader, by: str, framework: str | None, level: Level
) -> dict[tuple[int | None, int | None], tuple[str, ...]]:
    """The guids behind every number of a table, by row and column as `Crosstab.count` takes them; none where nothing
    was counted."""
    table = _table(project, by, framework, level)
    wide = max(len(table.columns), 1)
    made: dict[tuple[int | None, int | None], tuple[str, ...]] = {(None, None): guids_of(table.found, table.claims)}
    for place, guids in guids_by(table.found, table.claims, table.row * wide + table.column).items():
        made[divmod(place, wide)] = guids
    made |= {(row, None): guids for row, guids in guids_by(table.found, table.claims, table.row).items()}
    made |= {(None, column): guids for column, guids in guids_by(table.found, table.claims, table.column).items()}
    return made


def _table(project: Reader, by: str, framework: str | None, level: Level) -> _Table:
    import numpy as np

    with project.read() as session:
        found = evidence(project, session)
        lines = planned(session, framework, present(found.claims[:, CODE]), level)
        claims, row = by_line(lines, found.claims)
        columns, column, notices = _columns(session, found, claims, by)
    last = len(columns)
    columns = (*columns, Column(None, NO_VALUE, 0, "none"))
    return _Table(found, lines, columns, claims, row, np.where(column < 0, last, column), notices)


def _columns(
    session: Session, found: Evidence, claims: Ints, by: str
) -> tuple[tuple[Column, ...], Ints, tuple[Notice, ...]]:
    import numpy as np

    if by == SOURCE_NAME:
        counted = [i for i, source in enumerate(found.sources) if source.counted]
        table = np.full(max(len(found.sources), 1), -1)
        table[counted] = np.arange(len(counted))
        names = [found.sources[i].name for i in counted]
        return tuple(Column(n, Label(n, n), 0, "none") for n in names), table[claims[:, SOURCE]], ()
    if by == CODER_NAME:
        here = set(np.unique(claims[:, CODER]).tolist())
        known = session.execute(select(Coder.id, Coder.name).order_by(Coder.id)).all()
        coders = [(number, name) for number, name in known if number in here]
        ids = np.array([number for number, _ in coders], np.int64)
        columns = tuple(Column(name, Label(name, name), 0, "none") for _, name in coders)
        return columns, np.searchsorted(ids, claims[:, CODER]), ()
    if by in _KINDS:
        made = assign(session, found, claims, _KINDS[by], "", Framework())
    else:
        made = assign(session, found, claims, "source", columns_named(session, by), Framework())
    return made.columns, made.of_claim, made.notices
