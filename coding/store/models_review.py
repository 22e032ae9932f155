"""The tables of reviewing and of working as a team: verdicts, comments, proposals, settlements, packages, stamps."""

# No postponed annotations here, as in `models`.

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coding.store.base import Identified, now, refers, table


class VerdictRow(Identified):
    """A supervisor's word on one thing, named by its table and guid; without a `verdict` it was looked at and no more.

    `basis` tells what the thing was at that moment, so that a change since then shows.
    """

    __tablename__ = "verdict"
    __table_args__ = table(
        CheckConstraint("verdict IN ('agreed', 'question', 'revise')", name="verdict"),
        UniqueConstraint("target_guid", "coder_id"),
    )
    target_table: Mapped[str]
    target_guid: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False), index=True)
    verdict: Mapped[str | None]
    basis: Mapped[str]
    at: Mapped[str] = mapped_column(default=now)


class Comment(Identified):
    """One remark in the conversation on a thing, named by its table and guid; `reply_to` is the guid of the remark it
    answers. `closed` belongs to the first of a thread: nothing is open there any more. `about` says in words what the
    thing was, for when it is gone."""

    __tablename__ = "comment"
    __table_args__ = table(Index("ix_comment_target_guid", "target_guid"))
    target_table: Mapped[str]
    target_guid: Mapped[str]
    reply_to: Mapped[str | None]
    about: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    closed: Mapped[int] = mapped_column(default=0)
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class Proposal(Identified):
    """What a reviewer would change in one coded segment: another code, direction or edge, or its removal.

    `kind` says which of the columns hold: `code` (code_guid), `valence` (valence, empty for none), `span` (start and
    end, code points in the text whose hash is `text_hash`), `remove`. `state` is the answer.
    """

    __tablename__ = "proposal"
    __table_args__ = table(
        CheckConstraint("kind IN ('code', 'valence', 'span', 'remove')", name="kind"),
        CheckConstraint("state IN ('open', 'accepted', 'declined')", name="state"),
        CheckConstraint("valence IN ('supporting', 'inhibiting', 'neutral')", name="valence"),
        Index("ix_proposal_segment_guid", "segment_guid"),
    )
    segment_guid: Mapped[str]
    kind: Mapped[str]
    code_guid: Mapped[str | None]
    valence: Mapped[str | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    text_hash: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    answered_by: Mapped[str | None]
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class Settlement(Identified):
    """What coders who disagreed settled on for one passage and code: whether the code is put there, and which way.

    `start` and `end` are code points in the text whose hash is `text_hash`, the source's at that moment."""

    __tablename__ = "settlement"
    __table_args__ = table(
        CheckConstraint('0 <= start AND start < "end"', name="span"),
        CheckConstraint("valence IN ('supporting', 'inhibiting', 'neutral')", name="valence"),
        Index("ix_settlement_source_start", "source_id", "start"),
    )
    source_id: Mapped[int] = mapped_column(refers("source.id"))
    code_id: Mapped[int] = mapped_column(refers("code.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text_hash: Mapped[str]
    put: Mapped[int]
    valence: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class Package(Identified):
    """A review package or a copy that left (`sent`) or came in (`received`); `hash` is that of its manifest, `params`
    JSON: what was chosen."""

    __tablename__ = "package"
    __table_args__ = table(CheckConstraint("kind IN ('sent', 'received')", name="kind"))
    kind: Mapped[str]
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(index=True)
    params: Mapped[str] = mapped_column(default="{}")
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    at: Mapped[str] = mapped_column(default=now)


class Stamp(Identified):
    """When, in logical time, and by whom a row was last changed that a merge took from another copy.

    `operation_guid` names the step that did it. `known` is a JSON list of [clock, coder guid, step guid]: every version
    of the row that this one builds on, empty when it is the one above alone. `heads` is a JSON list of
    [clock, coder guid, step guid, values or null], the versions that stand beside each other when several people
    changed the row without knowing of each other (null: removed), empty when there is one. A row that is another one
    here, known elsewhere by `row_guid`, is named in `same_as`. A stamp without its row is the tombstone of a row that
    was removed elsewhere.
    """

    __tablename__ = "stamp"
    __table_args__ = table(UniqueConstraint("row_guid"))
    table_name: Mapped[str]
    row_guid: Mapped[str]
    clock: Mapped[int]
    coder_guid: Mapped[str]
    operation_guid: Mapped[str] = mapped_column(default="")
    known: Mapped[str] = mapped_column(default="")
    heads: Mapped[str] = mapped_column(default="")
    same_as: Mapped[str | None]


class MaskKey(Identified):
    """What stands in the texts for a name, number or place, and what stood there."""

    __tablename__ = "mask_key"
    __table_args__ = table()
    replacement: Mapped[str] = mapped_column(unique=True)
    original: Mapped[str]
    kind: Mapped[str]
