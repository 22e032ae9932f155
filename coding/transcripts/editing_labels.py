"""Speakers' labels in what an edit wrote: the lines that begin with one are turns from there on, as at import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.store.models import Informant, Turn
from coding.text import trim
from coding.transcripts.drafts import SpeakerKind
from coding.transcripts.editing_spans import Edited, TurnSpans
from coding.transcripts.labels import Mark, find_marks, label_key
from coding.transcripts.lines import Line
from coding.transcripts.voices_shown import is_researchers

_SEPARATORS = frozenset({":", "]", "\t"})


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks under a label: the kind, for an informant the row and the code."""

    kind: SpeakerKind
    informant_id: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn as its label was read in the new text; `spans.id` is 0 for one that was not there before."""

    spans: TurnSpans
    speaking: Speaking

    @property
    def new(self) -> bool:
        return self.spans.id == 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """The turns around an edit once its labels are read: all in order, and those that are new or another's now."""

    turns: tuple[TurnSpans, ...]
    read: tuple[ReadTurn, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in a source: by label, as `label_key` gives it, and by the row of the turn."""

    labels: Mapping[str, Speaking]
    turns: Mapping[int, Speaking]


def voices_of(session: Session, source_id: int) -> Voices:
    """Who speaks under each label most often; informants are known by code, initials and name too. Nobody in a source
    without turns."""
    columns = (Turn.id, Turn.label, Turn.kind, Turn.informant_id, Informant.code, Informant.initials, Informant.name)
    found = session.execute(select(*columns).outerjoin(Informant).where(Turn.source_id == source_id)).all()
    counted: dict[str, Counter[Speaking]] = {}
    named: dict[str, Speaking] = {}
    turns: dict[int, Speaking] = {}
    for number, label, kind, informant, code, initials, name in found:
        voice = turns[number] = Speaking(kind, informant, code)  # type: ignore[arg-type]
        if key := label_key(label):
            counted.setdefault(key, Counter())[voice] += 1
        named.update({label_key(other): voice for other in (code, initials, name) if other})
    return Voices(named | {key: voices.most_common(1)[0][0] for key, voices in counted.items()}, turns)


def read_labels(edited: Edited, turns: Sequence[TurnSpans], limit: int, header_end: int, voices: Voices) -> Labelled:
    """The turns with the labels in the touched lines read. `turns` are those around the edit in the new text, in order;
    `limit` is where the label after them begins; before `header_end` no label is one.

    A label that stood at the beginning of a line already, and was no turn's, stays what it was: words.
    """
    there, read = list(turns), dict[int, ReadTurn]()
    for mark, speaking in _marks(edited, header_end, voices.labels):
        at = next((i for i, turn in enumerate(there) if turn.label_start <= mark.start < turn.start), None)
        if at is not None:
            if not _is_old(edited, mark.start, mark.end) and voices.turns.get(there[at].id) != speaking:
                read[there[at].label_start] = ReadTurn(there[at], speaking)
            continue
        if _is_old(edited, mark.start, mark.end, line=True):
            continue
        made = _given(edited.new, there, mark) or _made(edited.new, there, mark, limit)
        if made is not None and (made.id == 0 or voices.turns.get(made.id) != speaking):
            read[made.label_start] = ReadTurn(made, speaking)
    left = {turn.label_start: turn for turn in there}
    kept = [replace(one, spans=left[start]) for start, one in sorted(read.items()) if start in left]
    return Labelled(tuple(there), tuple(kept))


def _given(text: str, there: list[TurnSpans], mark: Mark) -> TurnSpans | None:
    """The turn whose words begin with `mark` or right after it, and that has no label, with this one for its own; None
    when there is none."""
    for number, turn in enumerate(there):
        begins = turn.start == mark.start or (turn.start >= mark.end and not text[mark.end : turn.start].strip())
        if turn.label_start == turn.label_end and begins:
            words = trim(text, mark.end, max(mark.end, turn.end))
            if words:
                given = there[number] = replace(turn, **_label(text, mark), start=words.start)
                _cut_before(text, there, number, mark.start)
                return given
    return None


def _cut_before(text: str, there: list[TurnSpans], number: int, at: int) -> None:
    """The turn before `there[number]` ends before `at`; it is gone when nothing is left of it."""
    if number and there[number - 1].end > at:
        before = there[number - 1]
        rest = trim(text, before.start, max(before.start, at))
        there[number - 1 : number] = [replace(before, end=rest.end)] if rest else []


def _label(text: str, mark: Mark) -> dict[str, Any]:
    label_end = mark.start + len(text[mark.start : mark.end].rstrip())
    return {"label_start": mark.start, "label_end": label_end, "label": mark.label}


def _made(text: str, there: list[TurnSpans], mark: Mark, limit: int) -> TurnSpans | None:
    """Put a turn for `mark` into `there`, and take its words from the one before; None when nothing is said."""
    number = sum(turn.label_start < mark.start for turn in there)
    before = there[number - 1] if number else None
    end = there[number].label_start if number < len(there) else limit
    if before is not None and before.end > mark.start:
        end = min(end, before.end)
    words = trim(text, mark.end, end)
    if not words:
        return None
    made = TurnSpans(0, words.start, words.end, **_label(text, mark))
    there.insert(number, made)
    _cut_before(text, there, number, mark.start)
    return made


def _marks(edited: Edited, header_end: int, known: Mapping[str, Speaking]) -> Iterator[tuple[Mark, Speaking]]:
    """The known labels in the lines of the new text that were touched, at their places in it."""
    if not known:
        return
    new, done = edited.new, header_end
    for hunk in edited.shift.hunks:
        at = max(new.rfind("\n", 0, hunk.new_start) + 1, done)
        end = new.find("\n", hunk.new_end)
        done = end if end >= 0 else len(new)
        while at < done:
            line_end = new.find("\n", at, done)
            line_end = line_end if line_end >= 0 else done
            for mark in find_marks([Line(at, line_end, new[at:line_end])], known):
                speaking = known.get(label_key(mark.name))
                if speaking is None and is_researchers(mark.base) and len(mark.base) > 1:
                    speaking = Speaking("researcher")
                if mark.separator in _SEPARATORS and speaking is not None:
                    yield mark, speaking
            at = line_end + 1


def _is_old(edited: Edited, start: int, end: int, *, line: bool = False) -> bool:
    """Whether `[start, end)` of the new text stood in the old one as it is; with `line`, at the beginning of a line."""
    if any(hunk.new_start < end and start < hunk.new_end for hunk in edited.shift.hunks):
        return False
    back = edited.shift.back()
    first, last = back.start(start), back.end(end)
    if edited.old[first:last] != edited.new[start:end]:
        return False
    return not line or first == 0 or edited.old[:first].rstrip(" \t")[-1:] in ("\n", "")
