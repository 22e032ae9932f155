"""Which findings and judgements still rest on what they were written on, in a package as at home.

A package of a part of the study, or one without names, has other cells: what stood at home would look outdated there.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from coding.analysis.judging import fingerprint, holds
from coding.findings.lines import finding_lines
from coding.project import Reader
from coding.review.behind import judged_row
from coding.store.models import JudgementRow


@dataclass(frozen=True, slots=True)
class Standing:
    """`basis` names the evidence of now; `stands`: it is still what the claim was written on."""

    table: str
    stands: bool
    basis: str


def standing(reader: Reader) -> dict[str, Standing]:
    """By guid, every finding and judgement whose row is there."""
    found = {line.guid: Standing("finding", not line.stale, line.basis) for line in finding_lines(reader) if line.basis}
    with reader.read() as session:
        judged = session.execute(select(JudgementRow.guid, JudgementRow.basis)).all()
    for guid, written in judged:
        row = judged_row(reader, guid)
        if row is not None:
            found[guid] = Standing("judgement", holds(row.cells, written), fingerprint(row.cells))
    return found


def stand_again(connection: sqlite3.Connection, path: Path, before: dict[str, Standing]) -> None:
    """Let what stood at home stand in the project file at `path`, which `connection` writes to."""
    if not any(one.stands for one in before.values()):
        return
    with closing(Reader(path)) as reader:
        now = standing(reader)
    for guid, one in now.items():
        if guid in before and before[guid].stands:
            connection.execute(f'UPDATE "{one.table}" SET basis = ? WHERE guid = ?', (one.basis, guid))
