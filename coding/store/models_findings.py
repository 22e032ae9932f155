"""The tables of what the analyst concludes: findings, judgements, recommendations, conclusions."""

# No postponed annotations here, as in `models`.

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coding.store.base import Identified, now, refers, table


class Finding(Identified):
    """The analyst's written synthesis for a row of a view, or for one cell of it (`scope`).

    `view` is a kind of triangulation, `factors` or `framework_matrix`; `columns_by` and `against` are empty where the
    view has none. `basis` names the cells it was written on, so that a change of them shows.
    """

    __tablename__ = "finding"
    __table_args__ = table(
        CheckConstraint("scope IN ('row', 'cell')", name="scope"),
        CheckConstraint("part IN ('dimension', 'indicator', 'no_indicator')", name="part"),
    )
    view: Mapped[str]
    code_id: Mapped[int] = mapped_column(refers("code.id"), index=True)
    part: Mapped[str]
    columns_by: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    scope: Mapped[str]
    column: Mapped[str | None]
    text: Mapped[str]
    basis: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class JudgementRow(Identified):
    """The status that the analyst gives a row instead of the computed one, with the reason. `basis` as of a finding."""

    __tablename__ = "judgement"
    __table_args__ = table(
        CheckConstraint("part IN ('dimension', 'indicator', 'no_indicator')", name="part"),
        CheckConstraint(
            "status IN ('absent', 'single', 'covered', 'convergent', 'divergent', 'partial')", name="status"
        ),
        UniqueConstraint("view", "code_id", "part", "columns_by", "against"),
    )
    view: Mapped[str]
    code_id: Mapped[int] = mapped_column(refers("code.id"), index=True)
    part: Mapped[str]
    columns_by: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    status: Mapped[str]
    reason: Mapped[str]
    basis: Mapped[str]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class FindingSegment(Identified):
    """A passage that a finding rests on."""

    __tablename__ = "finding_segment"
    __table_args__ = table(UniqueConstraint("finding_id", "segment_id"))
    finding_id: Mapped[int] = mapped_column(refers("finding.id"))
    segment_id: Mapped[int] = mapped_column(refers("segment.id"), index=True)


class Recommendation(Identified):
    """What the study recommends."""

    __tablename__ = "recommendation"
    __table_args__ = table()
    text: Mapped[str]
    position: Mapped[int]


class RecommendationFactor(Identified):
    """The factor that a recommendation answers."""

    __tablename__ = "recommendation_factor"
    __table_args__ = table(UniqueConstraint("recommendation_id", "code_id"))
    recommendation_id: Mapped[int] = mapped_column(refers("recommendation.id"))
    code_id: Mapped[int] = mapped_column(refers("code.id"), index=True)


class Conclusion(Identified):
    """One sentence of the study's answer."""

    __tablename__ = "conclusion"
    __table_args__ = table()
    text: Mapped[str]
    position: Mapped[int]
    coder_id: Mapped[int] = mapped_column(refers("coder.id", cascade=False))
    created_at: Mapped[str] = mapped_column(default=now)
    modified_at: Mapped[str] = mapped_column(default=now)


class ConclusionFinding(Identified):
    """A finding that a sentence of the conclusion rests on."""

    __tablename__ = "conclusion_finding"
    __table_args__ = table(UniqueConstraint("conclusion_id", "finding_id"))
    conclusion_id: Mapped[int] = mapped_column(refers("conclusion.id"))
    finding_id: Mapped[int] = mapped_column(refers("finding.id"), index=True)
