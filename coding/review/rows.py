"""Frozen rows of the review, for views and writers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from coding.segments.rows import Valence

Verdict = Literal["agreed", "question", "revise"]
VERDICTS: tuple[Verdict, ...] = ("agreed", "question", "revise")
TargetKind = Literal["segment", "finding", "judgement", "conclusion"]
TARGET_KINDS: tuple[TargetKind, ...] = ("segment", "finding", "judgement", "conclusion")
ProposalKind = Literal["code", "valence", "span", "remove"]
ProposalState = Literal["open", "accepted", "declined"]


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One thing that can be reviewed."""

    kind: TargetKind
    guid: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One reviewer's word on one thing; None where it was looked at and no more. `changed`: the thing is no longer
    what it was when the word was given. `at` is UTC, ISO 8601."""

    target: Target
    coder: str
    verdict: Verdict | None
    at: str
    changed: bool


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One remark. `reply_to` is the guid of the first remark of its thread, None for the first itself; `about` says
    what the thing was when the remark was written; `gone`: it is not there any more."""

    guid: str
    target: Target
    reply_to: str | None
    text: str
    closed: bool
    coder: str
    created_at: str
    modified_at: str
    about: str
    gone: bool


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What a reviewer would change in a coded segment. `start` and `end` are where the proposed passage is in the text
    as it is now, code points; None when the edit of the text took it away, or for another kind. `gone`: the segment
    is not there any more."""

    guid: str
    segment: str
    kind: ProposalKind
    code: str | None
    code_label_id: str | None
    code_label_en: str | None
    valence: Valence | None
    start: int | None
    end: int | None
    text: str
    reason: str
    state: ProposalState
    answer: str
    coder: str
    answered_by: str | None
    created_at: str
    gone: bool


def worst(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """The word that shows where several reviewers gave theirs: revise before question before agreed."""
    given = set(verdicts)
    for verdict in reversed(VERDICTS):
        if verdict in given:
            return verdict
    return None
