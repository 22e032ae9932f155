"""The tables of a project file, with the terms of DOMAIN.md §1; positions are code points, half-open, in stored text.

Every table whose rows are content has a `guid`; `id` is the row's number inside this file and never leaves it. Tables
marked `journal` are watched by triggers (`store.journal`); texts are immutable and shared by hash, so they need none.
"""

# No postponed annotations here: SQLAlchemy would have to evaluate each of them, a twelfth of the time of a start.

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coding.store.base import Base, Identified, later, new_guid, now, refers, table, text_hash
from coding.store.models_findings import (
    Conclusion,
    ConclusionFinding,
    Finding,
    FindingSegment,
    JudgementRow,
    Recommendation,
    RecommendationFactor,
)
from coding.store.models_review import Comment, MaskKey, Package, Proposal, Settlement, Stamp, VerdictRow

__all__ = [
    "APPLICATION_ID", "SCHEMA_VERSION", "Assignment", "Attribute", "AttributeValue", "Base", "ChangeRow", "Code",
    "CodeLink", "Coder", "Comment", "Conclusion", "ConclusionFinding", "DoneMark", "Finding", "FindingSegment",
    "FormerText", "Framework", "Heading", "Informant", "JournalEntry", "JudgementRow", "MaskKey", "Memo",
    "OperationRow", "Original", "Package", "Preference", "ProjectRow", "Proposal", "Recommendation",
    "RecommendationFactor", "SavedView", "Segment", "Settlement", "Source", "SourceText", "Stamp", "Topic", "Turn",
    "VerdictRow", "new_guid", "now", "text_hash",
]  # fmt: skip

APPLICATION_ID = 0x54454C41
"""`TELA`, in the header of every project file."""
SCHEMA_VERSION = 4
"""`PRAGMA user_version` of the schema below; each Alembic revision raises it by one."""


class ProjectRow(Identified):
    """The study itself: one row."""

    __tablename__ = "project"
    __table_args__ = table()
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="id")
    created_at: Mapped[str] = mapped_column(default=now)
    memo: Mapped[str] = mapped_column(default="")


class Coder(Identified):
    """Who tags. Not journalled: undoing a coder's first step must not make the coder unknown."""

    __tablename__ = "coder"
    __table_args__ = table(CheckConstraint("role IN ('researcher', 'supervisor')", name="role"), journal=False)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(default="researcher")
    initials: Mapped[str] = later("")
    color: Mapped[int] = later(0)


class SourceText(Base):
    """A text, immutable, by the SHA-256 of its UTF-8 form; several sources or earlier forms of one may share it."""

    __tablename__ = "source_text"
    __table_args__ = table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    characters: Mapped[int]
    words: Mapped[int]


class Source(Identified):
    """One text with how it was gathered. `sentences` is a JSON list s0, e0, s1, e1, … made by `segmenter`; `anchors`
    one of [position, kind, value]: the page or the second of a recording that begins there."""

    __tablename__ = "source"
    __table_args__ = table(
        CheckConstraint(
            "method IN ('interview', 'focus_group', 'observation', 'document', 'questionnaire')", name="method"
        )
    )
    name: Mapped[str] = mapped_column(unique=True)
    method: Mapped[str]
    text_id: Mapped[int] = mapped_column(refers("source_text.id", cascade=False), index=True)
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
    anchors: Mapped[str] = later("[]")


class Informant(Identified):
    __tablename__ = "informant"
    __table_args__ = table(CheckConstraint("category IN ('key', 'main', 'supporting')", name="category"))
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
    planned: Mapped[int] = later(0)
    consent: Mapped[str | None]
    keep_until: Mapped[str | None]


class Attribute(Identified):
    """An attribute of informants that the study itself defines; `choices` is a JSON list of what it may be."""

    __tablename__ = "attribute"
    __table_args__ = table()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    kind: Mapped[str] = later("text")
    choices: Mapped[str] = later("[]")


class AttributeValue(Identified):
    __tablename__ = "attribute_value"
    __table_args__ = table(UniqueConstraint("informant_id", "attribute_id"))
    informant_id: Mapped[int] = mapped_column(refers("informant.id"))
    attribute_id: Mapped[int] = mapped_column(refers("attribute.id"), index=True)
    value: Mapped[str]


class FormerText(Identified):
    """A text that a source had before it was edited."""

    __tablename__ = "former_text"
    __table_args__ = table()
    source_id: Mapped[int] = mapped_column(refers("source.id"), index=True)
    text_id: Mapped[int] = mapped_column(refers("source_text.id", cascade=False), index=True)
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    replaced_at: Mapped[str] = mapped_column(default=now)


class Original(Base):
    """The file a source was read from, as it was, by its SHA-256 in hex (`source.file_hash`)."""

    __tablename__ = "original"
    __table_args__ = table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    body: Mapped[bytes]


class Heading(Identified):
    """A heading inside a source; the text up to the next one stands under it. `code_id`: the code it names, if any."""

    __tablename__ = "heading"
    __table_args__ = table(Index("ix_heading_source_start", "source_id", "start"))
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    start: Mapped[int]
    end: Mapped[int]
    level: Mapped[int]
    code_id: Mapped[int | None] = mapped_column(refers("code.id", cascade=False), index=True)


class Turn(Identified):
    """A stretch by one speaker, without its label; `informant_id` is set for informants alone."""

    __tablename__ = "turn"
    __table_args__ = table(
        CheckConstraint("kind IN ('researcher', 'informant', 'unknown')", name="kind"),
        CheckConstraint('0 <= label_start AND label_start <= label_end AND start <= "end"', name="span"),
        Index("ix_turn_source_start", "source_id", "start"),
    )
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    start: Mapped[int]
    end: Mapped[int]
    label_start: Mapped[int]
    label_end: Mapped[int]
    label: Mapped[str]
    kind: Mapped[str]
    informant_id: Mapped[int | None] = mapped_column(refers("informant.id", cascade=False), index=True)


class Framework(Identified):
    """An edition of a theory as this project adopted it; its guid is the same in every project."""

    __tablename__ = "framework"
    __table_args__ = table()
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
    __table_args__ = table(CheckConstraint("level IN ('dimension', 'indicator', 'open')", name="level"))
    framework_id: Mapped[int | None] = mapped_column(refers("framework.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(refers("code.id"), index=True)
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
    __table_args__ = table(UniqueConstraint("code_id", "label"))
    code_id: Mapped[int] = mapped_column(refers("code.id"))
    label: Mapped[str]
    position: Mapped[int]


class CodeLink(Identified):
    """A factor mapped onto a dimension or indicator of a theory."""

    __tablename__ = "code_link"
    __table_args__ = table(UniqueConstraint("code_id", "other_id"))
    code_id: Mapped[int] = mapped_column(refers("code.id"))
    other_id: Mapped[int] = mapped_column(refers("code.id"), index=True)


class Segment(Identified):
    """One code put by one coder on one span of one source; `reported` when it is a paraphrase, not a quotation."""

    __tablename__ = "segment"
    __table_args__ = table(
        CheckConstraint("valence IN ('supporting', 'inhibiting', 'neutral')", name="valence"),
        CheckConstraint('0 <= start AND start < "end"', name="span"),
        Index("ix_segment_source_span", "source_id", "start", "end", "code_id", "valence"),
        Index("ix_segment_code", "code_id", "source_id"),
    )
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    code_id: Mapped[int] = mapped_column(refers("code.id"))
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False), index=True)
    start: Mapped[int]
    end: Mapped[int]
    valence: Mapped[str | None]
    exemplar: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)
    reported: Mapped[int] = later(0)
    topic_id: Mapped[int | None] = mapped_column(refers("topic.id", cascade=False), index=True)


class Memo(Identified):
    """The analyst's note on one thing, named by its table and guid."""

    __tablename__ = "memo"
    __table_args__ = table(UniqueConstraint("target_guid"))
    target_table: Mapped[str]
    target_guid: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class JournalEntry(Identified):
    """A page of the research journal."""

    __tablename__ = "journal_entry"
    __table_args__ = table()
    date: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class SavedView(Identified):
    """A search, a filter or a report with a name; `params` is JSON, understood by what `kind` names."""

    __tablename__ = "saved_view"
    __table_args__ = table(UniqueConstraint("kind", "name"))
    kind: Mapped[str]
    name: Mapped[str]
    params: Mapped[str]


class Preference(Base):
    """How the study is looked at (order of columns, periods); no step of the history. `value` is JSON."""

    __tablename__ = "preference"
    __table_args__ = table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Assignment(Identified):
    """A source given to a coder to code."""

    __tablename__ = "assignment"
    __table_args__ = table(UniqueConstraint("source_id", "coder_id"))
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    coder_id: Mapped[int] = mapped_column(refers("coder.id"))


class DoneMark(Identified):
    """A coder's word that a source is coded to the end."""

    __tablename__ = "done_mark"
    __table_args__ = table(UniqueConstraint("source_id", "coder_id"))
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    coder_id: Mapped[int] = mapped_column(refers("coder.id"))
    at: Mapped[str] = mapped_column(default=now)


class OperationRow(Identified):
    """One step of the history. Undo and redo name in `target_id` the step they concern; what a project begins with
    (`start`) can't be undone. `clock` is its logical time: later than every step that was known when it was done."""

    __tablename__ = "operation"
    __table_args__ = table(CheckConstraint("kind IN ('start', 'do', 'undo', 'redo')", name="kind"), journal=False)
    kind: Mapped[str]
    title: Mapped[str]
    params: Mapped[str] = mapped_column(default="{}")
    coder_guid: Mapped[str] = mapped_column(index=True)
    at: Mapped[str] = mapped_column(default=now)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"), index=True)
    clock: Mapped[int] = later(0)


class ChangeRow(Base):
    """What one operation did to one row: action I, U, D, or S (`store.shifts`); `image` is JSON, dropped
    when too old to be undone."""

    __tablename__ = "change"
    __table_args__ = table(journal=False)
    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    row_guid: Mapped[str]
    action: Mapped[str]
    image: Mapped[str | None]
