"""Editing the text of a source: what it would do to what is coded, and doing it in one step.

The new text is a row of its own; every segment, turn, heading, anchor and sentence moves with it (the rules are
those of `editing_spans`), and the text before is kept as a former text.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from coding.errors import CodingError, mark
from coding.project import Operation, Reader
from coding.segments.editing import remove
from coding.store import journal, search_index, shifts
from coding.store.models import (
    Code,
    Coder,
    FormerText,
    Heading,
    Segment,
    Source,
    SourceText,
    Turn,
    now,
    text_hash,
)
from coding.text import Hunk, Shift, Span, normalise
from coding.transcripts.editing_labels import ReadTurn, read_labels, voices_of
from coding.transcripts.editing_spans import (
    Edited,
    Fate,
    Stretch,
    TurnSpans,
    rough_sentences,
    touched_sentences,
)
from coding.transcripts.reanchor import hunks_between
from coding.transcripts.wraps import hard_wraps

EDIT_TITLE = mark("Edit the text of “{source}”")
Sentences = Mapping[Span, Sequence[tuple[int, int]]]
"""What a segmenter found in the pieces of a plan, in code points of the new text."""


@dataclass(frozen=True, slots=True)
class TouchedSegment:
    """A coded segment whose words an edit changes; `after` is empty where it takes them all away."""

    guid: str
    start: int
    end: int
    before: str
    after: str
    code: str
    label_id: str
    label_en: str
    color: int
    coder: str

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en


@dataclass(frozen=True, slots=True)
class EditPlan:
    """What an edit would do: `kept` segments keep their words, `changed` have other words afterwards, `vanishing` none.

    `turns_gone` are the labels of turns with nothing left, `turns_read` the turns that are new or another's now because
    of a label in what was written; `pieces` the stretches of the new text in which sentences
    are to be found anew. `based_on` is the hash of the text that was edited. Spans of `changed` are in the new text, of
    `vanishing` in the old.
    """

    source: str
    name: str
    based_on: str
    text: str
    hunks: tuple[Hunk, ...]
    kept: int
    changed: tuple[TouchedSegment, ...]
    vanishing: tuple[TouchedSegment, ...]
    turns_gone: tuple[str, ...]
    turns_read: tuple[ReadTurn, ...]
    pieces: tuple[Span, ...]
    wraps: tuple[int, ...] = field(default=(), repr=False)


def plan_edit(project: Reader, source: str, text: str) -> EditPlan:
    """What storing `text` as the text of the source with guid `source` would do. It is normalised first.

    Raises CodingError("text_emptied") when nothing but white space is left, "source_unknown_none" when it is gone.
    """
    with project.read() as session:
        work = _Work(session, source, text)
        return work.plan(work.wraps())


def apply_edit(
    op: Operation, source: str, text: str, *, based_on: str | None = None, sentences: Sentences | None = None
) -> EditPlan:
    """Store `text` as the text of the source and take everything in it along; returns what was done.

    `sentences` are those of the plan's pieces; without them sentences end where they did. A text equal to what is
    stored changes nothing. Raises as `plan_edit`, and CodingError("text_changed_since") when the stored text is no
    longer the one with the hash `based_on`.
    """
    work = _Work(op.session, source, text)
    if based_on is not None and work.hash != based_on:
        raise CodingError("text_changed_since", source=work.name)
    plan = work.plan()
    if plan.hunks:
        work.store(op, sentences or {})
    return plan


def sentence_request(plan: EditPlan) -> list[dict[str, Any]]:
    """The pieces of a plan as the helper process takes them: their text and the wraps in it."""
    asked = []
    for piece in plan.pieces:
        wraps = [at - piece.start for at in plan.wraps if piece.start <= at < piece.end]
        asked.append({"text": piece.of(plan.text), "wraps": wraps})
    return asked


def sentences_from(plan: EditPlan, found: Sequence[Sequence[Sequence[int]]]) -> dict[Span, list[tuple[int, int]]]:
    """What the helper process answered, in positions of the new text."""
    return {
        piece: [(piece.start + start, piece.start + end) for start, end in answer]
        for piece, answer in zip(plan.pieces, found, strict=True)
    }


class _Work:
    """One edit of one source, over the session of a read or of an operation."""

    def __init__(self, session: Session, guid: str, text: str) -> None:
        found = session.execute(
            select(Source, SourceText.hash, SourceText.body).join(SourceText).where(Source.guid == guid)
        ).one_or_none()
        if found is None:
            raise CodingError("source_unknown_none", source=guid)
        source, self.hash, old = found
        self.id: int = source.id
        self.guid, self.name, self.text_id = source.guid, source.name, source.text_id
        new = normalise(text)
        if not new.strip():
            raise CodingError("text_emptied", source=source.name)
        self.session = session
        self.hunks = hunks_between(old, new)
        self.edited = Edited(old, new, Shift(self.hunks))
        self.header_end = min(self.edited.point(source.header_end), len(new))
        self.anchors = [[self.edited.point(at), *rest] for at, *rest in json.loads(source.anchors)]
        self.flat: list[int] = json.loads(source.sentences)
        self._turns(source.method)
        self._passages()

    def _turns(self, method: Any) -> None:
        columns = (Turn.id, Turn.start, Turn.end, Turn.label_start, Turn.label_end, Turn.label)
        mine = select(*columns).where(Turn.source_id == self.id).order_by(Turn.start, Turn.id)
        rows = self.session.execute(mine).all()
        low = bisect_left(rows, self.hunks[0].start, key=lambda row: row[2]) if self.hunks else 0
        high = bisect_right(rows, self.hunks[-1].end, key=lambda row: row[3]) if self.hunks else 0
        window = [TurnSpans(*row) for row in rows[max(0, low - 2) : high + 2]]
        limit = rows[high + 2][3] if high + 2 < len(rows) else None
        self.turns = list(self.edited.turns(window, limit)) if self.hunks else []
        near = {was.id: now for was, _, now in self.turns}
        moved = [near[turn.id] if turn.id in near else self._moved(turn) for turn in window]
        there = self._read(moved, window, limit)
        if low <= 2 and there:
            self.header_end = min(self.header_end, there[0].label_start)
        fresh = [Span(read.spans.label_start, read.spans.end) for read in self.read if read.new]
        self.stretches = touched_sentences(self.edited, self.flat, method, self.header_end, there, fresh)

    def _read(
        self, moved: Sequence[TurnSpans | None], window: Sequence[TurnSpans], limit: int | None
    ) -> list[TurnSpans]:
        """The turns in the window once the labels in what was written are read."""
        there = [turn for turn in moved if turn is not None]
        self.read: tuple[ReadTurn, ...] = ()
        if not self.hunks:
            return there
        end = self.edited.shift.start(limit) if limit is not None else len(self.edited.new)
        found = read_labels(self.edited, there, end, self.header_end, voices_of(self.session, self.id))
        self.read = found.read
        after = {turn.id: turn for turn in found.turns if turn.id}
        before = {turn.id: turn for turn in there}
        listed = {was.id: (was, kept) for was, kept, _ in self.turns}
        for was in window:
            if was.id in before and after.get(was.id) != before[was.id]:
                listed[was.id] = (was, listed[was.id][1] if was.id in listed else was)
                before[was.id] = after.get(was.id)  # type: ignore[assignment]
        self.turns = [(was, kept, before.get(was.id)) for was, kept in listed.values()]
        return list(found.turns)

    def _moved(self, turn: TurnSpans) -> TurnSpans:
        shift = self.edited.shift
        return replace(
            turn, start=shift.start(turn.start), end=shift.end(turn.end), label_start=shift.start(turn.label_start),
            label_end=shift.end(turn.label_end),
        )  # fmt: skip

    def wraps(self) -> tuple[int, ...]:
        """The line ends in the touched stretches that only wrap a line."""
        pieces = [piece for stretch in self.stretches for piece in stretch.pieces]
        new = self.edited.new
        if not any("\n" in piece.of(new) for piece in pieces):
            return ()
        near = {was.id: now for was, _, now in self.turns}
        columns = (Turn.id, Turn.start, Turn.end, Turn.label_start, Turn.label_end, Turn.label)
        turns = [TurnSpans(*row) for row in self.session.execute(select(*columns).where(Turn.source_id == self.id))]
        labelled = [near.get(turn.id) if turn.id in near else self._moved(turn) for turn in turns]
        labelled += [read.spans for read in self.read if read.new]
        found = hard_wraps(new, [turn for turn in labelled if turn is not None], self.header_end)
        return tuple(at for at in found if any(piece.start <= at < piece.end for piece in pieces))

    def _passages(self) -> None:
        first = self.hunks[0].start if self.hunks else 0
        last = self.hunks[-1].end if self.hunks else -1
        near = select(Segment.id, Segment.guid, Segment.start, Segment.end).where(
            Segment.source_id == self.id, Segment.end >= first, Segment.start <= last
        )
        self.segments: list[tuple[int, str, Span, Fate | None]] = [
            (number, guid, Span(start, end), self.edited.passage(start, end))
            for number, guid, start, end in self.session.execute(near.order_by(Segment.start, Segment.end, Segment.id))
            if self.edited.touches(start, end)
        ]
        headings = select(Heading.id, Heading.start, Heading.end).where(Heading.source_id == self.id)
        self.headings = [
            (number, Span(start, end), self.edited.heading(start, end))
            for number, start, end in self.session.execute(headings)
            if self.edited.touches(start, end)
        ]

    def plan(self, wraps: tuple[int, ...] = ()) -> EditPlan:
        old, new = self.edited.old, self.edited.new
        changed = {
            guid: (fate.new, span.of(old), fate.new.of(new))
            for _, guid, span, fate in self.segments
            if fate is not None and span.of(old) != fate.new.of(new)
        }
        vanishing = {guid: (span, span.of(old), "") for _, guid, span, fate in self.segments if fate is None}
        total = self.session.scalar(select(func.count(Segment.id)).where(Segment.source_id == self.id)) or 0
        pieces = tuple(piece for stretch in self.stretches for piece in stretch.pieces)
        return EditPlan(
            source=self.guid, name=self.name, based_on=self.hash, text=new, hunks=self.hunks,
            kept=total - len(changed) - len(vanishing), changed=self._touched(changed),
            vanishing=self._touched(vanishing),
            turns_gone=tuple(was.label for was, _, now in reversed(self.turns) if now is None),
            turns_read=self.read, pieces=pieces, wraps=wraps,
        )  # fmt: skip

    def _touched(self, which: dict[str, tuple[Span, str, str]]) -> tuple[TouchedSegment, ...]:
        described: dict[str, Any] = {}
        guids = list(which)
        for i in range(0, len(guids), 500):
            rows = self.session.execute(
                select(Segment.guid, Code.path, Code.label_id, Code.label_en, Code.color, Coder.name)
                .join(Code, Code.id == Segment.code_id)
                .join(Coder, Coder.id == Segment.coder_id)
                .where(Segment.guid.in_(guids[i : i + 500]))
            )
            described.update({guid: rest for guid, *rest in rows})
        return tuple(
            TouchedSegment(guid, span.start, span.end, before, after, *described[guid])
            for guid, (span, before, after) in which.items()
        )

    # doing it

    def store(self, op: Operation, sentences: Sentences) -> None:
        session = op.session
        moment = now()
        remove(op, [guid for _, guid, _, fate in self.segments if fate is None])
        for number, span, fate in self.headings:
            if fate is None:
                session.delete(session.get_one(Heading, number))
            elif fate.kept != span:
                _set(session, Heading, number, start=fate.kept.start, end=fate.kept.end)
        for number, _, span, fate in self.segments:
            if fate is not None and fate.kept != span:
                _set(session, Segment, number, start=fate.kept.start, end=fate.kept.end)
        for was, kept, now_ in self.turns:
            if kept is None or now_ is None:
                session.delete(session.get_one(Turn, was.id))
            elif kept != was:
                _set(session, Turn, was.id, **_spans(kept))
        session.flush()
        self._shift(op, sentences)
        session.expire_all()
        self._settle(session, moment)
        self._new_text(op, moment)

    def _shift(self, op: Operation, sentences: Sentences) -> None:
        splices: list[shifts.Splice] = []
        back: list[shifts.Splice] = []
        grown = 0
        for stretch in self.stretches:
            values = self._sentences(stretch, sentences)
            first, last = 2 * stretch.first, 2 * stretch.last
            splices.append((first, last, values))
            back.append((first + grown, first + grown + len(values), self.flat[first:last]))
            grown += len(values) - (last - first)
        journal.shift(op.raw(), self.id, shifts.image_of(self.hunks, splices, back))

    def _sentences(self, stretch: Stretch, known: Sentences) -> list[int]:
        if all(piece in known for piece in stretch.pieces):
            return [edge for piece in stretch.pieces for pair in known[piece] for edge in pair]
        return rough_sentences(self.edited, self.flat, stretch)

    def _settle(self, session: Session, moment: str) -> None:
        """Where the rules say otherwise than plain moving did."""
        old, new, shift = self.edited.old, self.edited.new, self.edited.shift
        for number, _, span, fate in self.segments:
            if fate is not None and span.of(old) != fate.new.of(new):
                _set(session, Segment, number, start=fate.new.start, end=fate.new.end, modified_at=moment)
        for number, _, fate in self.headings:
            if fate is not None and fate.new != Span(shift.start(fate.kept.start), shift.end(fate.kept.end)):
                _set(session, Heading, number, start=fate.new.start, end=fate.new.end)
        for was, _, turn in self.turns:
            if turn is not None:
                _set(session, Turn, was.id, **_spans(turn), label=turn.label)
        for read in self.read:
            voice = {"kind": read.speaking.kind, "informant_id": read.speaking.informant_id}
            if read.new:
                session.add(Turn(source_id=self.id, **_spans(read.spans), label=read.spans.label, **voice))
            else:
                _set(session, Turn, read.spans.id, **voice)

    def _new_text(self, op: Operation, moment: str) -> None:
        session = op.session
        session.add(FormerText(source_id=self.id, text_id=self.text_id, coder_id=op.coder_id, replaced_at=moment))
        anchors = json.dumps(self.anchors, separators=(",", ":"), ensure_ascii=False)
        _set(
            session, Source, self.id,
            text_id=store_text(op, self.edited.new), header_end=self.header_end, anchors=anchors,
        )  # fmt: skip
        session.flush()


def store_text(op: Operation, body: str) -> int:
    """The id of the text `body`, stored and indexed once however many sources have had it."""
    digest = text_hash(body)
    known = op.session.scalar(select(SourceText.id).where(SourceText.hash == digest))
    if known is not None:
        return known
    row = SourceText(hash=digest, body=body, characters=len(body), words=len(body.split()))
    op.session.add(row)
    op.session.flush()
    search_index.add(op.raw(), row.id, body)
    return row.id


def _set(session: Session, table: Any, number: int, **values: Any) -> None:
    session.execute(update(table).where(table.id == number).values(**values))


def _spans(turn: TurnSpans) -> dict[str, int]:
    return {
        "start": turn.start,
        "end": turn.end,
        "label_start": turn.label_start,
        "label_end": turn.label_end,
    }
