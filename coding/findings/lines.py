"""Every finding of a study with what it stands on: the direction of its cell or row, and the verdict on the row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import select

from coding.analysis.factors import summarise
from coding.analysis.framework_matrix import VIEW, cell_basis
from coding.analysis.judging import fingerprint, holds
from coding.analysis.results import Cell, FactorRow, Factors, Kind, Label, Level, Matrix, Row, Status
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.findings import sides
from coding.project import Reader
from coding.store.models import Code, Finding, FindingSegment, Framework, Segment

Direction = Literal["supporting", "inhibiting", "mixed", "none"]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding that sentences can rest on. `says` is the direction of the cell or row it was written on, `row_says`
    that of the whole row (of a side of a factor its own, for that there is another side is no contradiction); `status`
    is the verdict on the row, the analyst's (`judged`) before the computed one, None where the view has none.
    `segments` is what stands behind it: the passages chosen for it, else those of its place. `basis` names the evidence
    of its place as it is now, "" where that is gone.
    """

    guid: str
    view: str
    framework: str
    code: str
    code_guid: str
    label: Label
    parent_label: Label | None
    part: str
    column: str | None
    text: str
    says: Direction
    row_says: Direction
    status: Status | None
    judged: bool
    stale: bool
    segments: tuple[str, ...]
    basis: str = ""


def direction(cells: Iterable[Cell]) -> Direction:
    """What cells say together: one way when all that have a direction point there, `mixed` when they differ or one of
    them is mixed in itself, `none` when none has a direction."""
    stances = {cell.stance for cell in cells} & {"supporting", "inhibiting", "mixed"}
    if not stances:
        return "none"
    return stances.pop() if len(stances) == 1 else "mixed"  # type: ignore[return-value]


def finding_lines(project: Reader, guids: Collection[str] | None = None) -> list[FindingLine]:
    """All findings of the study, or those with these guids, in the order of frameworks, codes and columns; each matrix
    is computed once."""
    found = [one for one in _stored(project) if guids is None or one.finding.guid in guids]
    made: dict[tuple[str, str, str, str, Level], Matrix | None] = {}
    summaries: dict[tuple[str, Level], Factors | None] = {}
    lines = []
    for one in found:
        row: Finding = one.finding
        level: Level = "dimension" if row.part == "dimension" and one.code.level == "dimension" else "indicator"
        if row.view == sides.VIEW:
            if (one.framework, level) not in summaries:
                summaries[one.framework, level] = _factors(project, one.framework, level)
            lines.append(_side_line(one, summaries[one.framework, level]))
            continue
        kind = "source" if row.view == VIEW else row.view
        by = "informant" if row.view == VIEW else row.columns_by or "informant"
        place = (one.framework, kind, by, row.against, level)
        if place not in made:
            made[place] = _matrix(project, *place)
        lines.append(_line(one, made[place]))
    return lines


@dataclass(frozen=True, slots=True)
class _Stored:
    finding: Finding
    code: Code
    framework: str
    parent: Label | None
    segments: tuple[str, ...]


def _stored(project: Reader) -> list[_Stored]:
    with project.read() as session:
        links: dict[int, list[str]] = {}
        linked = select(FindingSegment.finding_id, Segment.guid).join(Segment, Segment.id == FindingSegment.segment_id)
        for number, guid in session.execute(linked.order_by(Segment.source_id, Segment.start, Segment.id)).all():
            links.setdefault(number, []).append(guid)
        codes = {code.id: code for code in session.scalars(select(Code))}
        frameworks = {row.id: (row.position, row.key) for row in session.scalars(select(Framework))}
        stored = []
        for finding in session.scalars(select(Finding)):
            code = codes[finding.code_id]
            above = codes[code.parent_id] if code.parent_id is not None else None
            position, key = frameworks.get(code.framework_id or 0, (10**6, ""))
            parent = Label(above.label_id, above.label_en) if above is not None else None
            top = above.position if above is not None else code.position
            order = (position, top, code.position if above is not None else -1, finding.scope == "cell", finding.id)
            stored.append((order, _Stored(finding, code, key, parent, tuple(links.get(finding.id, ())))))
        return [one for _, one in sorted(stored, key=lambda pair: pair[0])]


def _matrix(project: Reader, framework: str, kind: str, by: str, against: str, level: Level) -> Matrix | None:
    if not framework or kind not in get_args(Kind):
        return None
    try:
        return triangulate(project, framework, kind, by, against or None, level)  # type: ignore[arg-type]
    except CodingError as error:
        if error.code in ("columns_unknown", "framework_not_adopted"):
            # the attribute or framework it was compared by has gone; the sentence is still there
            return None
        raise


def _factors(project: Reader, framework: str, level: Level) -> Factors | None:
    try:
        return summarise(project, framework, level)
    except CodingError as error:
        if error.code == "framework_not_adopted":
            return None
        raise


def _side_line(one: _Stored, factors: Factors | None) -> FindingLine:
    """A finding on one side of a factor."""
    finding, code = one.finding, one.code
    row: FactorRow | None = None
    if factors is not None:
        row = next((r for r in factors.rows if (r.code, r.part) == (code.path, finding.part)), None)
    side = sides.side_of(row, finding.column or "") if row is not None else None
    says: Any = finding.column if side is not None and side.segments else "none"
    return FindingLine(
        finding.guid, finding.view, one.framework, code.path, code.guid, Label(code.label_id, code.label_en),
        one.parent, finding.part, finding.column, finding.text, says, says, None, False,
        side is None or sides.side_basis(side) != finding.basis, one.segments or (side.segment_ids if side else ()),
        sides.side_basis(side) if side is not None else "",
    )  # fmt: skip


def _line(one: _Stored, matrix: Matrix | None) -> FindingLine:
    finding, code = one.finding, one.code
    row: Row | None = None
    if matrix is not None:
        row = next((r for r in matrix.rows if (r.code, r.part) == (code.path, finding.part)), None)
    is_cell = finding.scope == "cell"
    every = row.cells if row is not None else ()
    cells = tuple(cell for cell in every if not is_cell or cell.column == finding.column)
    in_status = [cell for cell in every if cell.column is not None]
    stands = finding.basis == (cell_basis(cells[0]) if cells else "") if finding.view == VIEW else holds(
        cells, finding.basis
    )  # fmt: skip
    basis = "" if row is None or not cells else cell_basis(cells[0]) if finding.view == VIEW else fingerprint(cells)
    behind = one.segments or tuple(dict.fromkeys(guid for cell in cells for guid in cell.segment_ids))
    judgement = row.judgement if row is not None else None
    status: Any = judgement.status if judgement is not None else row.status if row is not None else None
    label = Label(code.label_id, code.label_en)
    return FindingLine(
        finding.guid, finding.view, one.framework, code.path, code.guid, label, one.parent, finding.part,
        finding.column if is_cell else None, finding.text, direction(cells), direction(in_status), status,
        judgement is not None, row is None or not stands, behind, basis,
    )  # fmt: skip
