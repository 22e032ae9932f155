"""Who works on the study: names, initials, roles, colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select

from coding.project import Reader
from coding.store.models import Coder, Segment

Role = Literal["researcher", "supervisor"]
ROLES: tuple[Role, ...] = ("researcher", "supervisor")


@dataclass(frozen=True, slots=True)
class CoderRow:
    """One coder. `color` is a number in the palette of codes, `segments` how many coded segments are theirs."""

    guid: str
    name: str
    role: Role
    initials: str
    color: int
    segments: int


def coders(reader: Reader) -> list[CoderRow]:
    """Everybody who ever worked on the project, in order of appearance. Initials that nobody gave are made from the
    name; a colour that nobody gave is the place in that order."""
    with reader.read() as session:
        counts = dict(session.execute(select(Segment.coder_id, func.count()).group_by(Segment.coder_id)).all())
        return [
            CoderRow(row.guid, row.name, row.role, row.initials or initials_of(row.name), row.color or number,  # type: ignore[arg-type]
                     counts.get(row.id, 0))
            for number, row in enumerate(session.scalars(select(Coder).order_by(Coder.id)))
        ]  # fmt: skip


def initials_of(name: str) -> str:
    """Up to three capitals from the words of a name, without what a title leaves behind (“Prof.”, “Dr.”)."""
    words = [word for word in name.replace(",", " ").split() if not word.endswith(".")] or name.split()
    return "".join(word[0] for word in words[:3]).upper()
