"""The done mark: a coder's word that a source is coded to the end."""

from __future__ import annotations

from sqlalchemy import delete, select

from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import DoneMark, Source


def set_done(op: Operation, source: str, done: bool) -> None:
    """Mark the source with guid `source` as done by the coder of this operation, or take the mark away.

    Raises CodingError("source_unknown_none") when the source is gone.
    """
    source_id = op.session.scalar(select(Source.id).where(Source.guid == source))
    if source_id is None:
        raise CodingError("source_unknown_none", source=source)
    mine = (DoneMark.source_id == source_id, DoneMark.coder_id == op.coder_id)
    if not done:
        op.session.execute(delete(DoneMark).where(*mine))
    elif op.session.scalar(select(DoneMark.id).where(*mine)) is None:
        op.session.add(DoneMark(source_id=source_id, coder_id=op.coder_id))
    op.session.flush()
