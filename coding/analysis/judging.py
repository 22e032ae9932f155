"""What the analyst writes beside the computed results: findings on rows and cells, and judgements on rows.

Each keeps a `basis`, the fingerprint of the cells it was written on; when that no longer fits, it is stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.analysis.results import Cell, Judgement, Matrix, Row, Status
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.store.models import Code, Framework, JudgementRow, now
from coding.store.models import Finding as FindingTable


@dataclass(frozen=True, slots=True)
class Finding:
    """The analyst's synthesis for the row `code` (`column` and `cell` unset), or for its cell in `column`."""

    guid: str
    code: str
    part: str
    cell: bool
    column: str | None
    text: str
    stale: bool


def fingerprint(cells: Iterable[Cell]) -> str:
    """Changes when one of the cells does: its evidence, its passages, or what they say; not when columns are ordered or
    called otherwise."""
    return _digest(sorted([c.stance, c.passages, sorted(c.segment_ids)] for c in cells if c.segments))


def holds(cells: Sequence[Cell], basis: str) -> bool:
    """Whether cells are still those that `basis` was taken of."""
    # earlier versions took it in the order of columns and with their names
    named = [[c.column, c.stance, c.passages, sorted(c.segment_ids)] for c in cells if c.segments]
    return basis in (fingerprint(cells), _digest(named))


def _digest(parts: list[list[Any]]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8")).hexdigest()[:32]


def basis(matrix: Matrix, row: Row, cell: Cell | None = None) -> str:
    """The fingerprint that what is written on `row`, or on its `cell`, rests on: all that counts, filter or not."""
    cells = _resting(matrix, row)
    return fingerprint(cells if cell is None else [one for one in cells if one.column == cell.column])


def _resting(matrix: Matrix, row: Row) -> tuple[Cell, ...]:
    if matrix.whole is None:
        return row.cells
    return next(one for one in matrix.whole.rows if one.place == row.place).cells


def row_named(matrix: Matrix, code: str, part: str | None = None) -> Row:
    """The row of `matrix` for the code at path `code`. Raises LookupError."""
    for row in matrix.rows:
        if row.code == code and part in (None, row.part):
            return row
    raise LookupError(code)


def _place(op_session: Session, matrix: Matrix, row: Row) -> dict[str, object]:
    code = op_session.scalars(select(Code.id).where(Code.guid == row.code_guid)).one()
    return {
        "view": matrix.kind,
        "code_id": code,
        "part": row.part,
        "columns_by": matrix.columns_by if matrix.kind == "source" else "",
        "against": matrix.against or "",
    }


def judge(op: Operation, matrix: Matrix, row: Row, status: Status, reason: str) -> None:
    """Put the analyst's status with its reason beside the computed one of `row`; an earlier judgement is replaced.

    Raises CodingError("judgement_reason") when no reason is given.
    """
    if status not in get_args(Status):
        raise ValueError(status)
    if not reason.strip():
        raise CodingError("judgement_reason")
    place = _place(op.session, matrix, row)
    found = op.session.scalars(select(JudgementRow).filter_by(**place)).first()
    if found is None:
        found = JudgementRow(**place, coder_id=op.coder_id)
        op.session.add(found)
    found.status, found.reason, found.basis = status, reason.strip(), basis(matrix, row)
    found.modified_at = now()
    op.session.flush()


def unjudge(op: Operation, matrix: Matrix, row: Row) -> None:
    """Take the judgement of `row` away; the computed status stands alone again."""
    found = op.session.scalars(select(JudgementRow).filter_by(**_place(op.session, matrix, row))).first()
    if found is not None:
        op.session.delete(found)
        op.session.flush()


def write_finding(op: Operation, matrix: Matrix, row: Row, text: str, cell: Cell | None = None) -> None:
    """Write the finding of `row`, or of its `cell`; an empty text removes it."""
    place = _place(op.session, matrix, row)
    place |= {"scope": "row" if cell is None else "cell", "column": cell.column if cell else None}
    found = op.session.scalars(select(FindingTable).filter_by(**place)).first()
    if not text.strip():
        if found is not None:
            op.session.delete(found)
    else:
        if found is None:
            found = FindingTable(**place, coder_id=op.coder_id)
            op.session.add(found)
        found.text, found.modified_at = text.strip(), now()
        found.basis = basis(matrix, row, cell)
    op.session.flush()


def findings(project: Reader, matrix: Matrix) -> list[Finding]:
    """The findings written on the rows and cells of `matrix`, in the order of rows, then columns."""
    rows: dict[tuple[str, str], tuple[int, Row]] = {(r.code, r.part): (i, r) for i, r in enumerate(matrix.rows)}
    found = []
    with project.read() as session:
        query = (
            select(FindingTable, Code.path)
            .join(Code)
            .join(Framework)
            .where(Framework.key == matrix.framework, FindingTable.view == matrix.kind)
            .where(FindingTable.columns_by == (matrix.columns_by if matrix.kind == "source" else ""))
            .where(FindingTable.against == (matrix.against or ""))
        )
        for written, path in session.execute(query).all():
            if (path, written.part) not in rows:
                continue
            number, row = rows[path, written.part]
            is_cell = written.scope == "cell"
            resting = _resting(matrix, row)
            cells = [c for c in resting if c.column == written.column] if is_cell else list(resting)
            order = next((i for i, c in enumerate(row.cells) if is_cell and c.column == written.column), -1)
            stale = not holds(cells, written.basis)
            finding = Finding(written.guid, path, written.part, is_cell, written.column, written.text, stale)
            found.append(((number, order), finding))
    return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]


def with_judgements(session: Session, matrix: Matrix) -> tuple[Row, ...]:
    """The rows of `matrix` with the judgements that were made on them in this view."""
    made = session.execute(
        select(JudgementRow, Code.path)
        .join(Code)
        .join(Framework)
        .where(Framework.key == matrix.framework, JudgementRow.view == matrix.kind)
        .where(JudgementRow.columns_by == (matrix.columns_by if matrix.kind == "source" else ""))
        .where(JudgementRow.against == (matrix.against or ""))
    ).all()
    by_row = {(path, judged.part): judged for judged, path in made}
    shown = []
    for row in matrix.rows:
        judged = by_row.get((row.code, row.part))
        if judged is not None:
            stale = not holds(_resting(matrix, row), judged.basis)
            row = replace(row, judgement=Judgement(judged.status, judged.reason, stale))  # type: ignore[arg-type]
        shown.append(row)
    return tuple(shown)
