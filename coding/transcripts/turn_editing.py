"""Who speaks in which turns, mended. Each function is called inside `project.operation(...)` and is one step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sqlalchemy import select

from coding.errors import CodingError
from coding.informants.editing import add_informant
from coding.project import Operation
from coding.store.models import Informant, Source, SourceText, Turn
from coding.text import Span, trim
from coding.transcripts.drafts import SpeakerKind

Reach = Literal["turn", "label", "onward"]
"""This turn alone; all turns of the source with its label; those with its label from here on."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the researcher, an unknown one, or the informant with guid `informant`, who may be `new` (a code)."""

    kind: SpeakerKind
    informant: str | None = None
    new: str | None = None


def reassign_turns(op: Operation, guid: str, voice: Voice, reach: Reach = "turn") -> int:
    """Give the turn with this guid, and others by `reach`, to `voice`; returns how many turns changed hands.

    Turns of one label are those whose label reads the same and whom the same person speaks. Raises
    CodingError("turn_gone"), "informant_unknown".
    """
    turn = _turn(op, guid)
    informant_id = _informant_id(op, voice)
    chosen = [turn]
    if reach != "turn":
        same = select(Turn).where(
            Turn.source_id == turn.source_id,
            Turn.label == turn.label,
            Turn.kind == turn.kind,
            Turn.informant_id.is_not_distinct_from(turn.informant_id),
        )
        if reach == "onward":
            same = same.where(Turn.start >= turn.start)
        chosen = list(op.session.scalars(same.order_by(Turn.start)))
    changed = 0
    for row in chosen:
        if (row.kind, row.informant_id) != (voice.kind, informant_id):
            row.kind, row.informant_id = voice.kind, informant_id
            changed += 1
    op.session.flush()
    return changed


def _informant_id(op: Operation, voice: Voice) -> int | None:
    if voice.kind != "informant":
        return None
    guid = voice.informant
    if guid is None:
        code = " ".join((voice.new or "").split())
        if not code:
            raise CodingError("informant_unknown", code="")
        guid = op.session.scalar(select(Informant.guid).where(Informant.code_folded == code.casefold()))
        guid = guid or add_informant(op, code, {})
    found = op.session.scalar(select(Informant.id).where(Informant.guid == guid))
    if found is None:
        raise CodingError("informant_unknown", code=guid)
    return found


def join_with_next(op: Operation, guid: str) -> str:
    """Make the turn and the one after it one turn of the first speaker; returns its guid. The next one's label is then
    a part of what is said, as it stands in the text.

    Raises CodingError("turn_gone"), "turn_last" when no turn follows.
    """
    turn = _turn(op, guid)
    following = op.session.scalars(
        select(Turn).where(Turn.source_id == turn.source_id, Turn.start > turn.start).order_by(Turn.start).limit(1)
    ).first()
    if following is None:
        raise CodingError("turn_last")
    end, label = following.end, (following.label_start, following.label_end)
    op.session.delete(following)
    op.session.flush()
    turn.end = end
    op.session.flush()
    if label[1] > label[0]:
        _tell_sentences(op, turn.source_id, *label)
    return turn.guid


def split_turn(op: Operation, guid: str, at: int) -> str:
    """Part the turn at `at` (code points of the text), before the word it is in; returns the guid of the second half.

    Where a speaker's label stands at the beginning of the line there, the second half has it, and is of whoever speaks
    under that label in this source; else the same one speaks until it is given to somebody else. Raises
    CodingError("turn_gone"), "turn_split" when one half would have no words.
    """
    session = op.session
    turn = _turn(op, guid)
    text = _body(op, turn.source_id)
    at = _before_word(text, min(max(at, turn.start), turn.end), turn.start)
    first, rest = trim(text, turn.start, at), trim(text, at, turn.end)
    if not first or not rest:
        raise CodingError("turn_split")
    found = _label_at(text, rest.start, rest.end)
    label, label_end = found if found is not None else (turn.label, rest.start)
    second = trim(text, label_end, rest.end)
    if not second:
        raise CodingError("turn_split")
    known = turn
    if found is not None:
        of_label = select(Turn).where(Turn.source_id == turn.source_id, Turn.label == label).limit(1)
        known = session.scalars(of_label).first() or turn
    made = Turn(
        source_id=turn.source_id, start=second.start, end=second.end, label_start=rest.start, label_end=label_end,
        label=label, kind=known.kind, informant_id=known.informant_id,
    )  # fmt: skip
    turn.end = first.end
    session.add(made)
    session.flush()
    _cut_sentences(op, turn.source_id, (first.end, second.start))
    return made.guid


def place_to_split(text: str, start: int, end: int, at: int) -> int | None:
    """Where a turn `[start, end)` of `text` is parted for `at`; None when one half would have no words."""
    at = _before_word(text, min(max(at, start), end), start)
    return at if trim(text, start, at) and trim(text, at, end) else None


def part_out(op: Operation, guid: str, start: int, end: int) -> str:
    """Make `[start, end)` of the turn, grown to whole words, a turn of its own; returns its guid. What stands before
    and after it are turns of the same speaker, as `split_turn` makes them.

    Raises CodingError("turn_gone"), "turn_split" when there are no words in it.
    """
    turn = _turn(op, guid)
    words = whole_words(_body(op, turn.source_id), max(start, turn.start), min(end, turn.end), turn.start, turn.end)
    if not words:
        raise CodingError("turn_split")
    if words.end < turn.end:
        split_turn(op, guid, words.end)
    return split_turn(op, guid, words.start) if words.start > turn.start else guid


def whole_words(text: str, start: int, end: int, low: int, high: int) -> Span:
    """`[start, end)` without white space at its ends, grown to whole words (what stands between white space) within
    `[low, high)`; empty when there is nothing but white space."""
    inner = trim(text, start, max(start, end))
    if not inner:
        return inner
    last = inner.end
    while last < high and not text[last].isspace():
        last += 1
    return Span(_before_word(text, inner.start, low), last)


def give_words(op: Operation, source: str, start: int, end: int, voice: Voice) -> int:
    """Give the words `[start, end)` of the source with guid `source` to `voice`, parting the turns they are in; returns
    how many turns are the voice's now that were another's.

    Raises CodingError("turn_gone") when no turn has words there, and as `reassign_turns`.
    """
    inside = select(Turn.guid, Turn.start, Turn.end).join(Source).where(
        Source.guid == source, Turn.start < end, Turn.end > start
    )  # fmt: skip
    text = op.session.scalars(select(SourceText.body).join(Source).where(Source.guid == source)).one()
    found = [
        (guid, first, last)
        for guid, first, last in op.session.execute(inside.order_by(Turn.start)).all()
        if trim(text, max(start, first), min(end, last))
    ]
    if not found:
        raise CodingError("turn_gone")
    return sum(reassign_turns(op, part_out(op, guid, start, end), voice) for guid, _, _ in found)


def _before_word(text: str, at: int, low: int) -> int:
    """`at`, or where the word begins that it is inside of, not before `low`."""
    if at >= len(text) or text[at].isspace():
        return at
    while at > low and not text[at - 1].isspace():
        at -= 1
    return at


def _label_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    """The speaker's label that stands at `at`, the beginning of a line, and where it ends; None when none does."""
    from coding.transcripts.labels import find_marks
    from coding.transcripts.lines import lines_of

    if at > 0 and text[at - 1] != "\n":
        return None
    line_end = text.find("\n", at, end)
    line = text[at : line_end if line_end >= 0 else end]
    marks = find_marks(lines_of(line))
    if not marks or marks[0].start != 0 or marks[0].separator != ":":
        return None
    return marks[0].label, at + len(line[: marks[0].end].rstrip())


def _cut_sentences(op: Operation, source_id: int, gap: tuple[int, int]) -> None:
    """No sentence runs over `gap`, which lies in no turn now."""
    source = op.session.get_one(Source, source_id)
    text = _body(op, source_id)
    cut: list[int] = []
    for start, end in _pairs(json.loads(source.sentences)):
        for a, b in ((start, min(end, gap[0])), (max(start, gap[1]), end)):
            part = trim(text, a, b) if b > a else None
            if part:
                cut += [part.start, part.end]
    _store(source, cut)
    op.session.flush()


def _tell_sentences(op: Operation, source_id: int, start: int, end: int) -> None:
    """What stood outside every turn is a sentence now, for as long as its turn is one."""
    source = op.session.get_one(Source, source_id)
    part = trim(_body(op, source_id), start, end)
    pairs = _pairs(json.loads(source.sentences))
    if part and not any(a < part.end and part.start < b for a, b in pairs):
        pairs = sorted([*pairs, (part.start, part.end)])
    _store(source, [edge for pair in pairs for edge in pair])
    op.session.flush()


def _pairs(flat: Sequence[int]) -> list[tuple[int, int]]:
    return list(pairwise(flat))[::2]


def _store(source: Source, flat: list[int]) -> None:
    source.sentences = json.dumps(flat, separators=(",", ":"))


def _turn(op: Operation, guid: str) -> Turn:
    row = op.session.scalars(select(Turn).where(Turn.guid == guid)).first()
    if row is None:
        raise CodingError("turn_gone")
    return row


def _body(op: Operation, source_id: int) -> str:
    return op.session.scalars(select(SourceText.body).join(Source).where(Source.id == source_id)).one()
