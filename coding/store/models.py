"""The tables of a project file, with the terms of DOMAIN.md §1; positions are code points, half-open, in stored text.

Every table whose rows are content has a `guid`; `id` is the row's number inside this file and never leaves it. Tables
marked `journal` are watched by triggers (`store.journal`); texts are immutable and shared by hash, so they need none.
"""

# No postponed annotations here: SQLAlchemy would have to evaluate each of them, a twelfth of the time of a start.

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPLICATION_ID = 0x54454C41
"""`TELA`, in the header of every project file."""
SCHEMA_VERSION = 2
"""`PRAGMA user_version` of the schema below; each Alembic revision raises it by one."""


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
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, int: Integer}


def _table(*constraints: Any, journal: bool = True) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True, "info": {"journal": journal}})


def _refers(target: str, *, cascade: bool = True) -> ForeignKey:
    # deferred: an undo puts rows back in whatever order they went
    action = "CASCADE" if cascade else "RESTRICT"
    return ForeignKey(target, ondelete=action, deferrable=True, initially="DEFERRED")


class Identified(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(unique=True, default=new_guid)


class ProjectRow(Identified):
    """The study itself: one row."""

    __tablename__ = "project"
    __table_args__ = _table()
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="id")
    created_at: Mapped[str] = mapped_column(default=now)
    memo: Mapped[str] = mapped_column(default="")


class Coder(Identified):
    """Who tags. Not journalled: undoing a coder's first step must not make the coder unknown."""

    __tablename__ = "coder"
    __table_args__ = _table(CheckConstraint("role IN ('researcher', 'supervisor')", name="role"), journal=False)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(default="researcher")


class SourceText(Base):
    """A text, immutable, by the SHA-256 of its UTF-8 form; several sources or earlier forms of one may share it."""

    __tablename__ = "source_text"
    __table_args__ = _table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    characters: Mapped[int]
    words: Mapped[int]


class Source(Identified):
    """One text with how it was gathered. `sentences` is a JSON list s0, e0, s1, e1, … made by `segmenter`."""

    __tablename__ = "source"
    __table_args__ = _table(
        CheckConstraint(
            "method IN ('interview', 'focus_group', 'observation', 'document', 'questionnaire')", name="method"
        )
    )
    name: Mapped[str] = mapped_column(unique=True)
    method: Mapped[str]
    text_id: Mapped[int] = mapped_column(_refers("source_text.id", cascade=False), index=True)
    position: Mapped[int]
    date: Mapped[str | None]
    place: Mapped[str | None]
    header_end: Mapped[int] = mapped_column(default=0)
    sentences: Mapped[str] = mapped_column(default="[]")
    segmenter: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    file_hash: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[str] = mapped_column(default=now)
    left_out: Mapped[int] = mapped_column(default=0)
    own_statements: Mapped[int] = mapped_column(default=0)


class Informant(Identified):
    __tablename__ = "informant"
    __table_args__ = _table(CheckConstraint("category IN ('key', 'main', 'supporting')", name="category"))
    code: Mapped[str]
    code_folded: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    initials: Mapped[str | None]
    name: Mapped[str | None]
    role: Mapped[str | None]
    group: Mapped[str | None]
    category: Mapped[str | None]
    age: Mapped[int | None]
    gender: Mapped[str | None]
    place: Mapped[str | None]
    remark: Mapped[str | None]
    left_out: Mapped[int] = mapped_column(default=0)


class Attribute(Identified):
    """An attribute of informants that the study itself defines."""

    __tablename__ = "attribute"
    __table_args__ = _table()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class AttributeValue(Identified):
    __tablename__ = "attribute_value"
    __table_args__ = _table(UniqueConstraint("informant_id", "attribute_id"))
    informant_id: Mapped[int] = mapped_column(_refers("informant.id"))
    attribute_id: Mapped[int] = mapped_column(_refers("attribute.id"), index=True)
    value: Mapped[str]


class Turn(Identified):
    """A stretch by one speaker, without its label; `informant_id` is set for informants alone."""

    __tablename__ = "turn"
    __table_args__ = _table(
        CheckConstraint("kind IN ('researcher', 'informant', 'unknown')", name="kind"),
        CheckConstraint('0 <= label_start AND label_start <= label_end AND start <= "end"', name="span"),
        Index("ix_turn_source_start", "source_id", "start"),
    )
    source_id: Mapped[int] = mapped_column(_refers("source.id"))
    start: Mapped[int]
    end: Mapped[int]
    label_start: Mapped[int]
    label_end: Mapped[int]
    label: Mapped[str]
    kind: Mapped[str]
    informant_id: Mapped[int | None] = mapped_column(_refers("informant.id", cascade=False), index=True)


class Framework(Identified):
    """An edition of a theory as this project adopted it; its guid is the same in every project."""

    __tablename__ = "framework"
    __table_args__ = _table()
    key: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[int]
    label_id: Mapped[str]
    label_en: Mapped[str]
    literature: Mapped[str] = mapped_column(default="[]")
    position: Mapped[int]


class Code(Identified):
    """A dimension, an indicator or an open code. `details` is JSON: definition, look_for, not_this, questions, cues."""

    __tablename__ = "code"
    __table_args__ = _table(CheckConstraint("level IN ('dimension', 'indicator', 'open')", name="level"))
    framework_id: Mapped[int | None] = mapped_column(_refers("framework.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(_refers("code.id"), index=True)
    level: Mapped[str]
    key: Mapped[str]
    path: Mapped[str] = mapped_column(unique=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    details: Mapped[str] = mapped_column(default="{}")
    color: Mapped[int]
    position: Mapped[int]


class Segment(Identified):
    """One code put by one coder on one span of one source."""

    __tablename__ = "segment"
    __table_args__ = _table(
        CheckConstraint("valence IN ('supporting', 'inhibiting', 'neutral')", name="valence"),
        CheckConstraint('0 <= start AND start < "end"', name="span"),
        Index("ix_segment_source_span", "source_id", "start", "end", "code_id", "valence"),
        Index("ix_segment_code", "code_id", "source_id"),
    )
    source_id: Mapped[int] = mapped_column(_refers("source.id"))
    code_id: Mapped[int] = mapped_column(_refers("code.id"))
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False), index=True)
    start: Mapped[int]
    end: Mapped[int]
    valence: Mapped[str | None]
    exemplar: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class Memo(Identified):
    """The analyst's note on one thing, named by its table and guid."""

    __tablename__ = "memo"
    __table_args__ = _table(UniqueConstraint("target_guid"))
    target_table: Mapped[str]
    target_guid: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class DoneMark(Identified):
    """A coder's word that a source is coded to the end."""

    __tablename__ = "done_mark"
    __table_args__ = _table(UniqueConstraint("source_id", "coder_id"))
    source_id: Mapped[int] = mapped_column(_refers("source.id"))
    coder_id: Mapped[int] = mapped_column(_refers("coder.id"))
    at: Mapped[str] = mapped_column(default=now)


class Finding(Identified):
    """The analyst's written synthesis for a row of a view, or for one cell of it (`scope`).

    `view` is a kind of triangulation, `factors` or `framework_matrix`; `columns_by` and `against` are empty where the
    view has none. `basis` names the cells it was written on, so that a change of them shows.
    """

    __tablename__ = "finding"
    __table_args__ = _table(
        CheckConstraint("scope IN ('row', 'cell')", name="scope"),
        CheckConstraint("part IN ('dimension', 'indicator', 'no_indicator')", name="part"),
    )
    view: Mapped[str]
    code_id: Mapped[int] = mapped_column(_refers("code.id"), index=True)
    part: Mapped[str]
    columns_by: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    scope: Mapped[str]
    column: Mapped[str | None]
    text: Mapped[str]
    basis: Mapped[str]
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class JudgementRow(Identified):
    """The status that the analyst gives a row instead of the computed one, with the reason. `basis` as of a finding."""

    __tablename__ = "judgement"
    __table_args__ = _table(
        CheckConstraint("part IN ('dimension', 'indicator', 'no_indicator')", name="part"),
        CheckConstraint(
            "status IN ('absent', 'single', 'covered', 'convergent', 'divergent', 'partial')", name="status"
        ),
        UniqueConstraint("view", "code_id", "part", "columns_by", "against"),
    )
    view: Mapped[str]
    code_id: Mapped[int] = mapped_column(_refers("code.id"), index=True)
    part: Mapped[str]
    columns_by: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    status: Mapped[str]
    reason: Mapped[str]
    basis: Mapped[str]
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class OperationRow(Identified):
    """One step of the history. Undo and redo name in `target_id` the step they concern; what a project begins with
    (`start`) can't be undone."""

    __tablename__ = "operation"
    __table_args__ = _table(CheckConstraint("kind IN ('start', 'do', 'undo', 'redo')", name="kind"), journal=False)
    kind: Mapped[str]
    title: Mapped[str]
    params: Mapped[str] = mapped_column(default="{}")
    coder_guid: Mapped[str] = mapped_column(index=True)
    at: Mapped[str] = mapped_column(default=now)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"), index=True)


class ChangeRow(Base):
    """What one operation did to one row: action I, U or D; `image` is JSON, dropped when too old to be undone."""

    __tablename__ = "change"
    __table_args__ = _table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    row_guid: Mapped[str]
    action: Mapped[str]
    image: Mapped[str | None]
