"""Making and changing codes."""

from __future__ import annotations

from sqlalchemy import func, select

from coding.codes.adopt import COLORS
from coding.codes.queries import unknown_code
from coding.project import Operation
from coding.store.models import Code, new_guid
from coding.text import normalise


def new_open_code(op: Operation, name: str) -> str:
    """Make an open code called `name` (or find the one that is, whatever its case); returns its guid.

    Raises CodingError("code_unknown") for a name of nothing but spaces.
    """
    name = " ".join(normalise(name).split())
    if not name:
        raise unknown_code(op.session, name)
    for guid, path in op.session.execute(select(Code.guid, Code.path)).all():
        if path.casefold() == name.casefold():
            return str(guid)
    position = op.session.scalar(select(func.count()).select_from(Code).where(Code.framework_id.is_(None))) or 0
    code = Code(
        guid=new_guid(), level="open", key=name, path=name, label_id=name, label_en=name,
        color=position % COLORS, position=position,
    )  # fmt: skip
    op.session.add(code)
    op.session.flush()
    return code.guid
