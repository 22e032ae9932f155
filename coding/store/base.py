"""What all tables have in common: identity, strictness, the naming of constraints."""

# No postponed annotations here: SQLAlchemy would have to evaluate each of them, a twelfth of the time of a start.

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Integer, LargeBinary, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def new_guid() -> str:
    return str(uuid.uuid4())


def now() -> str:
    """The present in UTC, ISO 8601 with milliseconds and `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def text_hash(body: str) -> str:
    """The name of a text: SHA-256 of its UTF-8 form, in hex."""
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, int: Integer, bytes: LargeBinary}


def table(*constraints: Any, journal: bool = True) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True, "info": {"journal": journal}})


def refers(target: str, *, cascade: bool = True) -> ForeignKey:
    # deferred: an undo puts rows back in whatever order they went
    action = "CASCADE" if cascade else "RESTRICT"
    return ForeignKey(target, ondelete=action, deferrable=True, initially="DEFERRED")


def later(default: str | int) -> Any:
    """A column that came with a later schema: rows written before have `default`."""
    return mapped_column(
        default=default, server_default=text(str(default) if isinstance(default, int) else f"'{default}'")
    )


class Identified(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(unique=True, default=new_guid)
