"""Reading one code with everything that can be edited of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from coding.codes.links import links
from coding.codes.queries import frameworks, open_codes
from coding.codes.rows import LIST_FIELDS, TEXT_FIELDS, CodeDetails, CodeRow
from coding.codes.topics import topics
from coding.project import Reader
from coding.store.models import Code, Memo


def code_details(project: Reader, guid: str) -> CodeDetails | None:
    """Everything about the code with this guid; None when it is gone."""
    with project.read() as session:
        row = _row(project, guid)
        if row is None:
            return None
        details: dict[str, Any] = json.loads(session.scalars(select(Code.details).where(Code.guid == guid)).one())
        memo = session.scalars(select(Memo.text).where(Memo.target_guid == guid)).first()
        return CodeDetails(
            code=row,
            texts={name: details.get(name, {}) for name in TEXT_FIELDS},
            lists={name: {k: tuple(v) for k, v in details.get(name, {}).items()} for name in LIST_FIELDS},
            literature=tuple(details.get("literature", ())),
            topics=tuple(topics(project, guid)),
            links=links(project).get(guid, ()),
            memo=memo or "",
        )


def _row(project: Reader, guid: str) -> CodeRow | None:
    every = [code for framework in frameworks(project) for code in framework.codes] + open_codes(project)
    return next((code for code in every if code.guid == guid), None)
