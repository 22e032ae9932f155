"""Which code a heading names."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.store.models import Code, Framework
from coding.transcripts.headings import bare


def code_named(session: Session, heading: str) -> int | None:
    """The id of the one code of a framework whose label, in either language, the heading is; None for none or several.
    A dimension goes before an indicator."""
    words = bare(heading)
    rows = session.execute(
        select(Code.id, Code.level, Code.label_id, Code.label_en)
        .join(Framework, Framework.id == Code.framework_id)
        .order_by(Framework.position)
    ).all()
    named = [row for row in rows if words in (row.label_id.casefold(), row.label_en.casefold())]
    dimensions = [row for row in named if row.level == "dimension"]
    chosen = dimensions or named
    return chosen[0].id if len(chosen) == 1 else None
