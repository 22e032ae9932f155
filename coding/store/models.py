"""The tables of a project file, with the terms of DOMAIN.md §1; positions are code points, half-open, in stored text.

Every table whose rows are content has a `guid`; `id` is the row's number inside this file and never leaves it. Tables
marked `journal` are watched by triggers (`store.journal`); texts are immutable and shared by hash, so they need none.
"""

# No postponed annotations here: SQLAlchemy would have to evaluate each of them, a twelfth of the time of a start.

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPLICATION_ID = 0x54454C41
"""`TELA`, in the header of every project file."""
SCHEMA_VERSION = 3
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
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, int: Integer, bytes: LargeBinary}


def _table(*constraints: Any, journal: bool = True) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True, "info": {"journal": journal}})


def _refers(target: str, *, cascade: bool = True) -> ForeignKey:
    # deferred: an undo puts rows back in whatever order they went
    action = "CASCADE" if cascade else "RESTRICT"
    return ForeignKey(target, ondelete=action, deferrable=True, initially="DEFERRED")


def _later(default: str | int) -> Any:
    """A column that came with a later schema: rows written before have `default`."""
    return mapped_column(
        default=default, server_default=text(str(default) if isinstance(default, int) else f"'{default}'")
    )


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
    initials: Mapped[str] = _later("")
    color: Mapped[int] = _later(0)


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
    """One text with how it was gathered. `sentences` is a JSON list s0, e0, s1, e1, … made by `segmenter`; `anchors`
    one of [position, kind, value]: the page or the second of a recording that begins there."""

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
    anchors: Mapped[str] = _later("[]")


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
    honorific: Mapped[str | None]
    pseudonym: Mapped[str | None]
    planned: Mapped[int] = _later(0)
    consent: Mapped[str | None]
    keep_until: Mapped[str | None]


class Attribute(Identified):
    """An attribute of informants that the study itself defines; `choices` is a JSON list of what it may be."""

    __tablename__ = "attribute"
    __table_args__ = _table()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    kind: Mapped[str] = _later("text")
    choices: Mapped[str] = _later("[]")


class AttributeValue(Identified):
    __tablename__ = "attribute_value"
    __table_args__ = _table(UniqueConstraint("informant_id", "attribute_id"))
    informant_id: Mapped[int] = mapped_column(_refers("informant.id"))
    attribute_id: Mapped[int] = mapped_column(_refers("attribute.id"), index=True)
    value: Mapped[str]


class FormerText(Identified):
    """A text that a source had before it was edited."""

    __tablename__ = "former_text"
    __table_args__ = _table()
    source_id: Mapped[int] = mapped_column(_refers("source.id"), index=True)
    text_id: Mapped[int] = mapped_column(_refers("source_text.id", cascade=False), index=True)
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    replaced_at: Mapped[str] = mapped_column(default=now)


class Original(Base):
    """The file a source was read from, as it was, by its SHA-256 in hex (`source.file_hash`)."""

    __tablename__ = "original"
    __table_args__ = _table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    body: Mapped[bytes]


class Heading(Identified):
    """A heading inside a source; the text up to the next one stands under it. `code_id`: the code it names, if any."""

    __tablename__ = "heading"
    __table_args__ = _table(Index("ix_heading_source_start", "source_id", "start"))
    source_id: Mapped[int] = mapped_column(_refers("source.id"))
    start: Mapped[int]
    end: Mapped[int]
    level: Mapped[int]
    code_id: Mapped[int | None] = mapped_column(_refers("code.id", cascade=False), index=True)


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
    based_on: Mapped[str | None]


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


class Topic(Identified):
    """A label inside a code that tells apart what would else contradict (internal and external communication)."""

    __tablename__ = "topic"
    __table_args__ = _table(UniqueConstraint("code_id", "label"))
    code_id: Mapped[int] = mapped_column(_refers("code.id"))
    label: Mapped[str]
    position: Mapped[int]


class CodeLink(Identified):
    """A factor mapped onto a dimension or indicator of a theory."""

    __tablename__ = "code_link"
    __table_args__ = _table(UniqueConstraint("code_id", "other_id"))
    code_id: Mapped[int] = mapped_column(_refers("code.id"))
    other_id: Mapped[int] = mapped_column(_refers("code.id"), index=True)


class Segment(Identified):
    """One code put by one coder on one span of one source; `reported` when it is a paraphrase, not a quotation."""

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
    reported: Mapped[int] = _later(0)
    topic_id: Mapped[int | None] = mapped_column(_refers("topic.id", cascade=False), index=True)


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


class JournalEntry(Identified):
    """A page of the research journal."""

    __tablename__ = "journal_entry"
    __table_args__ = _table()
    date: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class SavedView(Identified):
    """A search, a filter or a report with a name; `params` is JSON, understood by what `kind` names."""

    __tablename__ = "saved_view"
    __table_args__ = _table(UniqueConstraint("kind", "name"))
    kind: Mapped[str]
    name: Mapped[str]
    params: Mapped[str]


class Preference(Base):
    """How the study is looked at (order of columns, periods); no step of the history. `value` is JSON."""

    __tablename__ = "preference"
    __table_args__ = _table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Assignment(Identified):
    """A source given to a coder to code."""

    __tablename__ = "assignment"
    __table_args__ = _table(UniqueConstraint("source_id", "coder_id"))
    source_id: Mapped[int] = mapped_column(_refers("source.id"))
    coder_id: Mapped[int] = mapped_column(_refers("coder.id"))


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


class FindingSegment(Identified):
    """A passage that a finding rests on."""

    __tablename__ = "finding_segment"
    __table_args__ = _table(UniqueConstraint("finding_id", "segment_id"))
    finding_id: Mapped[int] = mapped_column(_refers("finding.id"))
    segment_id: Mapped[int] = mapped_column(_refers("segment.id"), index=True)


class Recommendation(Identified):
    """What the study recommends."""

    __tablename__ = "recommendation"
    __table_args__ = _table()
    text: Mapped[str]
    position: Mapped[int]


class RecommendationFactor(Identified):
    """The factor that a recommendation answers."""

    __tablename__ = "recommendation_factor"
    __table_args__ = _table(UniqueConstraint("recommendation_id", "code_id"))
    recommendation_id: Mapped[int] = mapped_column(_refers("recommendation.id"))
    code_id: Mapped[int] = mapped_column(_refers("code.id"), index=True)


class Conclusion(Identified):
    """One sentence of the study's answer."""

    __tablename__ = "conclusion"
    __table_args__ = _table()
    text: Mapped[str]
    position: Mapped[int]
    coder_id: Mapped[int] = mapped_column(_refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class ConclusionFinding(Identified):
    """A finding that a sentence of the conclusion rests on."""

    __tablename__ = "conclusion_finding"
    __table_args__ = _table(UniqueConstraint("conclusion_id", "finding_id"))
    conclusion_id: Mapped[int] = mapped_column(_refers("conclusion.id"))
    finding_id: Mapped[int] = mapped_column(_refers("finding.id"), index=True)


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
    """What one operation did to one row: action I, U, D, or S (`store.shifts`); `image` is JSON, dropped
    when too old to be undone."""

    __tablename__ = "change"
    __table_args__ = _table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    row_guid: Mapped[str]
    action: Mapped[str]
    image: Mapped[str | None]
