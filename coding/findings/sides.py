"""The analyst's sentence on each side of a factor (DOMAIN.md §4). Writing is inside `project.operation(...)`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal, get_args

from sqlalchemy import select

from coding.analysis.columns import METHOD_LABELS
from coding.analysis.judging import Finding
from coding.analysis.results import FactorRow, Factors, Side
from coding.analysis.wording import STANCE_LABELS
from coding.codes.naming import code_row
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.store.models import Code, Framework, now
from coding.store.models import Finding as FindingTable
from coding.text import normalise
from coding.words import Words

VIEW = "factors"
"""The view under which findings on factors are kept."""
Direction = Literal["supporting", "inhibiting"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
Place = tuple[str, str, str]
"""Where a finding stands: code and part of the factor, and the side."""


def side_of(row: FactorRow, direction: str) -> Side:
    """The side of a factor that a finding is written on. Raises LookupError for anything but the two directions."""
    if direction not in DIRECTIONS:
        raise LookupError(direction)
    return row.supporting if direction == "supporting" else row.inhibiting


def side_basis(side: Side) -> str:
    """Changes when the evidence of the side does."""
    found = json.dumps([side.passages, sorted(side.segment_ids)])
    return hashlib.sha256(found.encode("utf-8")).hexdigest()[:32]


def write_side(op: Operation, factors: Factors, code: str, part: str, direction: str, text: str) -> str | None:
    """Write the finding on one side of the factor `code`, `part`; an empty text removes it. It rests on all evidence of
    that side, whatever `factors` was filtered by. Returns its guid, None when it is gone.

    Raises LookupError for no such side, CodingError("code_gone") when the factor is gone meanwhile.
    """
    row = next((one for one in (factors.whole or factors).rows if (one.code, one.part) == (code, part)), None)
    if row is None:
        raise CodingError("code_gone")
    side = side_of(row, direction)
    place = {
        "view": VIEW, "code_id": code_row(op.session, row.code_guid).id, "part": part, "columns_by": "", "against": "",
        "scope": "cell", "column": direction,
    }  # fmt: skip
    found = op.session.scalars(select(FindingTable).filter_by(**place)).first()
    text = normalise(text).strip()
    if not text:
        if found is not None:
            op.session.delete(found)
            op.session.flush()
        return None
    if found is None:
        found = FindingTable(**place, coder_id=op.coder_id)
        op.session.add(found)
    found.text, found.basis, found.modified_at = text, side_basis(side), now()
    op.session.flush()
    return found.guid


def side_findings(project: Reader, factors: Factors) -> Mapping[Place, Finding]:
    """The findings written on the sides of these factors."""
    rows: dict[tuple[str, str], FactorRow] = {(row.code, row.part): row for row in (factors.whole or factors).rows}
    query = select(FindingTable, Code.path).join(Code).join(Framework)
    query = query.where(Framework.key == factors.framework, FindingTable.view == VIEW)
    with project.read() as session:
        stored = session.execute(query.order_by(FindingTable.id)).all()
    found: dict[Place, Finding] = {}
    for one, path in stored:
        row = rows.get((path, one.part))
        if row is not None and one.column in DIRECTIONS:
            stale = side_basis(side_of(row, one.column)) != one.basis
            found[path, one.part, one.column] = Finding(one.guid, path, one.part, True, one.column, one.text, stale)
    return found


def column_said(view: str, column: str | None, words: Words) -> str:
    """The column of a finding in words: of a factor its side, a method by its name, else what the column is called
    itself, "" for a whole row."""
    if view == VIEW and column in DIRECTIONS:
        return STANCE_LABELS[column].in_(words.language)
    if view in ("source", "method") and column in METHOD_LABELS:
        return METHOD_LABELS[column].in_(words.language)
    return column or ""
