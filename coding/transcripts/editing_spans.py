"""What an edit of a text does to each passage in it: the rules, without a database.

A passage the edit does not touch keeps exactly its characters. What is inserted at its very edge stays outside, unless
it continues the passage's last or first word (a letter that was missing); what replaces characters of a passage is in
it; what was cut away at its edge is gone from it, and the white space there with it; with its last character it
vanishes. Turns are otherwise: what is written between a turn and the next label is the turn's, as it is at import.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coding.text import Shift, Span, trim
from coding.transcripts.drafts import Draft, DraftTurn, Method
from coding.transcripts.reading import sentence_spans

_FIRST_WORD = re.compile(r"\w+")
_BLANK_LINE = re.compile(r"\n\s*\n")
_LAST_WORD = re.compile(r"\w+\Z")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a passage: what is left of it in the old text, and where it is in the new one."""

    kept: Span
    new: Span


@dataclass(frozen=True, slots=True)
class TurnSpans:
    """A turn by its row; spans without and with its label, as stored."""

    id: int
    start: int
    end: int
    label_start: int
    label_end: int
    label: str


class Edited:
    """An old text and a new one, and where everything is in the new."""

    def __init__(self, old: str, new: str, shift: Shift) -> None:
        self.old, self.new, self.shift = old, new, shift
        self._inserted = {hunk.start: hunk for hunk in shift.hunks if hunk.start == hunk.end}
        self._firsts = [hunk.start for hunk in shift.hunks]
        self._lasts = [hunk.end for hunk in shift.hunks]

    def touches(self, start: int, end: int) -> bool:
        """Whether something was edited in `[start, end]` of the old text, the edges included."""
        return bisect_left(self._lasts, start) < bisect_right(self._firsts, end)

    def passage(self, start: int, end: int) -> Fate | None:
        """What becomes of the passage `[start, end)`; None when nothing is left but white space."""
        shift = self.shift
        kept_start, kept_end = shift.kept_start(start), shift.kept_end(end)
        if kept_start >= kept_end:
            return None
        new_start, new_end = shift.start(kept_start), shift.end(kept_end)
        if (kept_start, kept_end) == (start, end):
            new_start -= self._begun_before(start)
            new_end += self._continued(end)
        inner = trim(self.new, new_start, new_end)
        if not inner:
            return None
        # white space at an edge is the edit's where none was before
        new_start = new_start if self.old[start].isspace() else inner.start
        new_end = new_end if self.old[end - 1].isspace() else inner.end
        return Fate(Span(kept_start, kept_end), Span(new_start, new_end))

    def _continued(self, end: int) -> int:
        hunk = self._inserted.get(end)
        if hunk is None or not _is_word(self.old, end - 1) or _is_word(self.old, end):
            return 0
        found = _FIRST_WORD.match(self.new, hunk.new_start, hunk.new_end)
        return len(found.group()) if found else 0

    def _begun_before(self, start: int) -> int:
        hunk = self._inserted.get(start)
        if hunk is None or not _is_word(self.old, start) or _is_word(self.old, start - 1):
            return 0
        found = _LAST_WORD.search(self.new[hunk.new_start : hunk.new_end])
        return len(found.group()) if found else 0

    def heading(self, start: int, end: int) -> Fate | None:
        """As `passage`; a heading that was a whole line stays one."""
        fate = self.passage(start, end)
        if fate is None or trim(self.old, *_line(self.old, start)) != Span(start, end):
            return fate
        line = trim(self.new, *_line(self.new, fate.new.start))
        return replace(fate, new=line) if line.start <= fate.new.start and fate.new.end <= line.end else fate

    def point(self, at: int) -> int:
        """Where a place between two characters is now; what was inserted there comes after it."""
        return self.shift.end(self.shift.kept_end(at))

    # turns

    def turns(
        self, turns: Sequence[TurnSpans], after: int | None = None
    ) -> Iterator[tuple[TurnSpans, TurnSpans | None, TurnSpans | None]]:
        """(as it was, what is left of it in the old text, as it is) for each turn near an edit; None when it is gone.

        `turns` are those around the edits, in order; `after` is where the label of the one after them begins.
        """
        following = self.shift.start(after) if after is not None else None
        for number in range(len(turns) - 1, -1, -1):
            turn = turns[number]
            limit = (
                turns[number + 1].label_start
                if number + 1 < len(turns)
                else after
                if after is not None
                else len(self.old)
            )
            new_limit = following if following is not None else len(self.new)
            if not self.touches(turn.label_start, limit):
                following = self._label_start(turn)
                continue
            kept = self._kept_turn(turn)
            now = self._turn(turn, kept, limit, new_limit) if kept is not None else None
            if now is not None:
                following = now.label_start
            elif turn.label_end > turn.label_start and (fate := self.passage(turn.label_start, turn.label_end)):
                following = fate.new.start
            yield turn, kept, now

    def _label_start(self, turn: TurnSpans) -> int:
        empty = turn.label_start == turn.label_end
        return self.shift.end(turn.label_start) if empty else self.shift.start(turn.label_start)

    def _kept_turn(self, turn: TurnSpans) -> TurnSpans | None:
        shift = self.shift
        start, end = shift.kept_start(turn.start), shift.kept_end(turn.end)
        if start >= end:
            return None
        label_start, label_end = shift.kept_start(turn.label_start), shift.kept_end(turn.label_end)
        if turn.label_start == turn.label_end or label_start >= label_end:
            label_start = label_end = shift.kept_end(turn.label_start)
        return replace(turn, start=start, end=end, label_start=label_start, label_end=label_end)

    def _turn(self, was: TurnSpans, kept: TurnSpans, limit: int, new_limit: int) -> TurnSpans | None:
        shift, old, new = self.shift, self.old, self.new
        label_start, label_end = self._label_start(kept), shift.end(kept.label_end)
        start, end = shift.start(kept.start), shift.end(kept.end)
        if trim(old, was.start, limit).end == was.end:
            end = trim(new, start, new_limit).end
        if trim(old, was.label_end, was.end).start == was.start:
            start = trim(new, label_end, end).start
        if start >= end:
            return None
        label = was.label
        now = new[label_start:label_end]
        if now and now != old[was.label_start : was.label_end]:
            label = now.strip(" \t\n:[]") or label
        return TurnSpans(was.id, start, end, label_start, label_end, label)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences `[first, last)` of the old text that an edit touched, and `pieces` of the new text in their place."""

    first: int
    last: int
    pieces: tuple[Span, ...]


def touched_sentences(
    edited: Edited,
    flat: Sequence[int],
    method: Method,
    header_end: int,
    turns: Sequence[TurnSpans],
    fresh: Sequence[Span] = (),
) -> list[Stretch]:
    """The stretches whose sentences have to be found anew; `turns` and `header_end` are those of the new text, `fresh`
    what of it is a turn that was none before."""
    starts, ends = flat[::2], flat[1::2]
    shift, back = edited.shift, edited.shift.back()
    places = [(hunk.start, hunk.end, hunk.new_start, hunk.new_end) for hunk in shift.hunks]
    places += [(back.start(span.start), back.end(span.end), span.start, span.end) for span in fresh]
    found: list[tuple[int, int, int, int]] = []
    for start, end, low, high in sorted(places, key=lambda place: (place[2], place[0])):
        first, last = bisect_left(ends, start), bisect_right(starts, max(start, end))
        last = max(first, last)
        if first < last:
            low = min(low, shift.start(shift.kept_start(starts[first])))
            high = max(high, shift.end(shift.kept_end(ends[last - 1])))
        while found and (first < found[-1][1] or low <= found[-1][3]):
            before = found.pop()
            first, last = min(first, before[0]), max(last, before[1])
            low, high = min(low, before[2]), max(high, before[3])
        found.append((first, last, low, high))
    spans = _spoken(edited.new, method, header_end, turns)
    return [Stretch(a, b, tuple(_inside(spans, edited.new, low, high))) for a, b, low, high in found]


def _spoken(text: str, method: Method, header_end: int, turns: Sequence[TurnSpans]) -> list[tuple[int, int]]:
    drafted = tuple(DraftTurn(t.start, t.end, t.label_start, t.label_end, 0) for t in turns)
    return sentence_spans(Draft("", text, method, header_end=header_end, turns=drafted))


def _inside(spans: Sequence[tuple[int, int]], text: str, low: int, high: int) -> Iterator[Span]:
    number = max(0, bisect_right(spans, (low, len(text))) - 1)
    for start, end in spans[number:]:
        if start > high:
            return
        piece = trim(text, max(start, low), max(min(end, high), start, low))
        if piece:
            yield piece


def rough_sentences(edited: Edited, flat: Sequence[int], stretch: Stretch) -> list[int]:
    """The sentences of a stretch as well as they can be known without a segmenter: where old ones ended, and at line
    ends."""
    ends = []
    for number in range(stretch.first, stretch.last):
        kept = edited.shift.kept_end(flat[2 * number + 1])
        ends.append(edited.shift.end(kept))
    found: list[int] = []
    for piece in stretch.pieces:
        cuts = {end for end in ends if piece.start < end < piece.end}
        cuts |= {found_at.end() for found_at in _BLANK_LINE.finditer(edited.new, piece.start, piece.end)}
        at = piece.start
        for cut in [*sorted(cuts), piece.end]:
            part = trim(edited.new, at, cut)
            if part:
                found += [part.start, part.end]
            at = cut
    return found


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)
