"""What a list of projects says of each: whose study it is, what is open, when it was worked on last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from coding.errors import CodingError
from coding.project import Reader
from coding.review.queue import open_points
from coding.store import files
from coding.store.models import SCHEMA_VERSION, Coder, OperationRow, Segment


@dataclass(frozen=True, slots=True)
class Glance:
    """`researcher` is who, of those who code, was there first, "" when nobody codes; `changed` the UTC time of the last
    step, ISO 8601, or ""."""

    researcher: str
    open_points: int
    changed: str


def glance(path: Path) -> Glance | None:
    """A look into a project file without opening it for work; None when it is not there, can't be read, or has another
    format than today's (it is brought up to date when it is opened)."""
    try:
        if files.inspect(path) != SCHEMA_VERSION:
            return None
        with closing(Reader(path)) as reader:
            with reader.read() as session:
                codes = select(Segment.id).where(Segment.coder_id == Coder.id).exists()
                whose = session.scalar(
                    select(Coder.name).where(Coder.role == "researcher", codes).order_by(Coder.id).limit(1)
                )
                last = session.scalar(select(OperationRow.at).order_by(OperationRow.id.desc()).limit(1))
            return Glance(whose or "", open_points(reader), last or "")
    except CodingError:
        return None
