"""What the review shows of things: a line of the queue, and all there is to one of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.project import Reader
from coding.review.behind import behind
from coding.review.proposals import proposals
from coding.review.remarks import comments, verdicts
from coding.review.rows import CommentRow, ProposalRow, Target, TargetKind, Verdict, VerdictRow, worst
from coding.review.targets import TABLES
from coding.segments.evidence_rows import context
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Code, Coder, Framework, Source, SourceText


@dataclass(frozen=True, slots=True)
class Written:
    """A finding, judgement or conclusion: its words, and the row or cell it stands on. A conclusion stands on none."""

    kind: TargetKind
    text: str
    status: str | None = None
    view: str = ""
    part: str = ""
    column: str | None = None
    columns_by: str = ""
    against: str = ""
    framework: str | None = None
    code: str = ""
    code_guid: str = ""
    label_id: str = ""
    label_en: str = ""
    color: int = 0
    coder: str = ""
    modified_at: str = ""

    def label(self, language: str) -> str:
        """The code's label."""
        return self.label_id if language == "id" else self.label_en


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One thing as the queue lists it. `mine` and `looked` are this reviewer's, `worst` that of all."""

    target: Target
    segment: SegmentRow | None
    written: Written | None
    worst: Verdict | None
    mine: Verdict | None
    looked: bool
    changed: bool
    comments: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Detail:
    """All there is to one thing. `before` and `after` are the words around a coded segment's passage; `evidence` are
    the first of the `behind` coded segments that a claim stands on, `findings` the texts that a sentence rests on."""

    line: QueueLine
    before: str
    after: str
    verdicts: tuple[VerdictRow, ...]
    comments: tuple[CommentRow, ...]
    proposals: tuple[ProposalRow, ...]
    findings: tuple[str, ...] = ()
    evidence: tuple[SegmentRow, ...] = ()
    behind: int = 0


SHOWN = 20
"""Coded segments behind a claim that are shown with it."""


def lines(reader: Reader, targets: Sequence[Target], reviewer: str) -> list[QueueLine]:
    """The lines of these things, in the order given; those that are gone are left out."""
    with reader.read() as session:
        coded = {row.guid: row for row in segments(reader, guids=[t.guid for t in targets if t.kind == "segment"])}
        texts = _written(session, [t for t in targets if t.kind != "segment"])
        said = verdicts(reader, targets)
        threads = comments(reader, targets)
        open_threads = Counter(row.target.guid for row in threads if not row.reply_to and not row.closed)
        waiting = Counter(row.segment for row in proposals(reader, list(coded), only_open=True))
    made = []
    for target in targets:
        segment, written = coded.get(target.guid), texts.get(target)
        if segment is None and written is None:
            continue
        words = said.get(target, [])
        own = next((row for row in words if row.coder == reviewer), None)
        made.append(
            QueueLine(
                target, segment, written, worst(row.verdict for row in words), own.verdict if own else None,
                own is not None, bool(own and own.changed), open_threads[target.guid], waiting[target.guid],
            )
        )  # fmt: skip
    return made


def detail(reader: Reader, target: Target, reviewer: str, only: str | None = None) -> Detail | None:
    """All there is to one thing; None when it is gone. Where coders code blind, `only` names the one whose coded
    segments are shown as evidence."""
    with reader.read() as session:
        found = lines(reader, [target], reviewer)
        if not found:
            return None
        (line,) = found
        before, after = _around(session, line.segment) if line.segment is not None else ("", "")
        findings, guids = behind(reader, target)
        if only is not None and guids:
            own = {row.guid for row in segments(reader, guids=guids) if row.coder == only}
            guids = tuple(guid for guid in guids if guid in own)
        rows = {row.guid: row for row in segments(reader, guids=guids[:SHOWN])} if guids else {}
        return Detail(
            line,
            before,
            after,
            tuple(verdicts(reader, [target]).get(target, ())),
            tuple(comments(reader, [target])),
            tuple(proposals(reader, [target.guid])) if target.kind == "segment" else (),
            findings,
            tuple(rows[guid] for guid in guids[:SHOWN] if guid in rows),
            len(guids),
        )


def _around(session: Session, segment: SegmentRow) -> tuple[str, str]:
    body, sentences = session.execute(
        select(SourceText.body, Source.sentences).join(Source).where(Source.guid == segment.source_guid)
    ).one()
    return context(body, json.loads(sentences), segment.start, segment.end, 2)


def _written(session: Session, targets: Collection[Target]) -> dict[Target, Written]:
    found: dict[Target, Written] = {}
    for kind, table in TABLES.items():
        guids = [target.guid for target in targets if target.kind == kind]
        if not guids or kind == "segment":
            continue
        if kind == "conclusion":
            query = select(table, Coder.name).join(Coder, Coder.id == table.coder_id).where(table.guid.in_(guids))
            for row, coder in session.execute(query):
                found[Target(kind, row.guid)] = Written(kind, row.text, coder=coder, modified_at=row.modified_at)
            continue
        query = (
            select(table, Code, Framework.key, Coder.name)
            .join(Code, Code.id == table.code_id)
            .join(Coder, Coder.id == table.coder_id)
            .outerjoin(Framework, Framework.id == Code.framework_id)
            .where(table.guid.in_(guids))
        )
        for row, code, framework, coder in session.execute(query):
            judged = kind == "judgement"
            found[Target(kind, row.guid)] = Written(
                kind, row.reason if judged else row.text, row.status if judged else None, row.view, row.part,
                None if judged else row.column, row.columns_by, row.against, framework, code.path, code.guid,
                code.label_id, code.label_en, code.color, coder, row.modified_at,
            )  # fmt: skip
    return found
