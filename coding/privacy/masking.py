"""Replacing personal data in the stored texts so that it can be put back exactly.

Every position moves by the rules of an edit of a text (`store.shifts`), in one line of the journal per source. What is
replaced by what stands in the table `mask_key`. A replacement stands nowhere else in the texts, so what stands there
later is known to be one. A passage that began or ended inside what is replaced holds the whole replacement; where it
began and ended is remembered.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from coding.errors import CodingError, mark
from coding.privacy.elsewhere import changed_elsewhere, mask_elsewhere, pattern_of, snapshot, unmask_elsewhere
from coding.privacy.finding import borders_of
from coding.privacy.known import AGAIN, Known, known_in, name_words
from coding.privacy.rows import Choice
from coding.progress import Progress
from coding.project import Operation
from coding.store import journal, shifts
from coding.store.models import FormerText, Heading, MaskKey, SavedView, Segment, Source, SourceText, Turn, now
from coding.text import Hunk, Shift, normalise
from coding.transcripts.editing_text import store_text

MASK_TITLE = mark("Replace personal data at {count} places")
UNMASK_TITLE = mark("Put the originals back")
EDGES = "privacy_edges"
"""The kind of saved view that remembers where a passage began or ended inside what was replaced."""
Edit = tuple[int, int, str]
_TWO_LETTERS = re.compile(r"\w\w")


@dataclass(frozen=True, slots=True)
class Done:
    """What was replaced, or put back: places in texts, sources touched, passages elsewhere, and places left as they
    were because a turn, a heading or a page begins inside them."""

    places: int
    sources: int
    elsewhere: int
    left: int


def mask(op: Operation, choices: Sequence[Choice], progress: Progress, *, everywhere: bool = False) -> Done:
    """Replace what was chosen; `everywhere` also in names of sources, labels, codes of informants, memos, findings and
    whatever else people wrote, with all other ways of writing the names of the informants concerned.

    Raises CodingError: "mask_taken" for a replacement that is used for something else or stands in a text already,
    "mask_names" for one that holds the name itself, "mask_empty", "text_changed_since", "cancelled" from `progress`.
    """
    about = known_in(op.session)
    instead, fresh = _checked(op, choices, about)
    bodies = _bodies(op)
    _refuse_standing(op, bodies, fresh)
    edits: dict[str, list[Edit]] = {}
    for choice in choices:
        for source, start, end in choice.places:
            edits.setdefault(source, []).append((start, end, instead[choice.kind, choice.text]))
    originals = {(source, start): choice.text for choice in choices for source, start, _ in choice.places}
    places = left = 0
    pattern = pattern_of(op.session.scalars(select(MaskKey.replacement)).all())
    for number, (guid, mine) in enumerate(edits.items()):
        work = SourceWork(op, guid)
        progress.step(number, len(edits), work.source.name)
        for start, end, _ in mine:
            if work.body[start:end] != originals[guid, start]:
                raise CodingError("text_changed_since", source=work.source.name)
        fine = work.possible(sorted(mine))
        left += len(mine) - len(fine)
        places += len(fine)
        work.replace(fine, remember=True)
        _refuse_chance(pattern, bodies[guid], fine, set(fresh))
    progress.step(len(edits), len(edits))
    elsewhere = 0
    if everywhere and choices:
        stand_ins: dict[str, str] = {}
        for choice in choices:
            if (code := _whose(choice, about)) is not None:
                stand_ins.setdefault(code, instead[choice.kind, choice.text].rstrip(AGAIN))
        before = snapshot(op)
        mask_elsewhere(op, stand_ins, bodies.values())
        elsewhere = changed_elsewhere(op, before)
    return Done(places, len(edits), elsewhere, left)


def unmask(op: Operation, progress: Progress, key: Mapping[str, str] | None = None) -> Done:
    """Put the originals back wherever a replacement still stands, and forget the key; passages and turns are what they
    were. `key` (replacement: original) restricts it.

    Raises CodingError("mask_none") when there is no key in the project, "cancelled" from `progress`.
    """
    found = key or dict(op.session.execute(select(MaskKey.replacement, MaskKey.original)).all())
    if not found:
        raise CodingError("mask_none")
    pattern = pattern_of(found)
    bodies = _bodies(op)
    places = touched = 0
    for number, (guid, body) in enumerate(bodies.items()):
        progress.step(number, len(bodies))
        edits = [(m.start(), m.end(), found[m.group()]) for m in pattern.finditer(body)]
        if edits:
            work = SourceWork(op, guid)
            fine = work.possible(edits, back=True)
            places, touched = places + len(fine), touched + 1
            work.replace(fine, remember=False)
    progress.step(len(bodies), len(bodies))
    before = snapshot(op)
    unmask_elsewhere(op, found)
    elsewhere = changed_elsewhere(op, before)
    op.session.execute(delete(MaskKey).where(MaskKey.replacement.in_(list(found))))
    op.session.execute(delete(SavedView).where(SavedView.kind == EDGES))
    op.session.flush()
    return Done(places, touched, elsewhere, 0)


def _checked(op: Operation, choices: Sequence[Choice], about: Known) -> tuple[dict[tuple[str, str], str], list[str]]:
    """The replacement of each text of a kind, and those that are new, which are written into the key."""
    known = {row.replacement: row.original for row in op.session.scalars(select(MaskKey))}
    kinds = {row.replacement: row.kind for row in op.session.scalars(select(MaskKey))}
    instead: dict[tuple[str, str], str] = {}
    fresh = []
    for choice in choices:
        text, whose = normalise(choice.replacement), _whose(choice, about)
        if not text.strip() or text != text.strip() or "\n" in text or text == choice.text:
            raise CodingError("mask_empty", original=choice.text)
        if tells(choice.kind, choice.text, text) or (whose is not None and about.bears(whose, text)):
            raise CodingError("mask_names", original=choice.text, replacement=text.rstrip(AGAIN))
        while known.get(text, choice.text) != choice.text:
            if whose is None or kinds[text] != "name" or about.whose(known[text]) != whose:
                raise CodingError("mask_taken", replacement=text)
            text += AGAIN  # the same person, written otherwise
        if text not in known:
            known[text], kinds[text] = choice.text, choice.kind
            fresh.append(text)
            op.session.add(MaskKey(replacement=text, original=choice.text, kind=choice.kind))
        instead[choice.kind, choice.text] = text
    op.session.flush()
    return instead, fresh


def _whose(choice: Choice, about: Known) -> str | None:
    return about.whose(choice.text) if choice.kind == "name" else None


def tells(kind: str, original: str, replacement: str) -> bool:
    """Whether the replacement holds what it is to hide: a word of the name, or the whole of anything else."""
    if kind != "name":
        return len(original) > 2 and original.casefold() in replacement.casefold()
    own = {word.casefold() for word in name_words(original) if len(word) > 2}
    return not own.isdisjoint(word.casefold() for word in name_words(replacement))


def _bodies(op: Operation) -> dict[str, str]:
    query = select(Source.guid, SourceText.body).join(SourceText, SourceText.id == Source.text_id)
    return dict(op.session.execute(query.order_by(Source.position)).all())


def _refuse_standing(op: Operation, bodies: Mapping[str, str], fresh: Sequence[str]) -> None:
    """A replacement that stands somewhere already could not be told from the new ones later."""
    if not fresh:
        return
    alike = [(text, re.compile(rf"{re.escape(text)}(?!{AGAIN})")) for text in fresh]
    for body in (*bodies.values(), *(text for texts in snapshot(op).values() for text in texts if text)):
        for text, pattern in alike:
            if pattern.search(body):
                raise CodingError("mask_taken", replacement=text)


def _refuse_chance(pattern: re.Pattern[str], body: str, edits: Sequence[Edit], fresh: Collection[str]) -> None:
    """Each replacement must be found again where it was put, and nowhere else by chance with what stands beside it."""
    old = [match.group() not in fresh for match in pattern.finditer(body)]
    pieces, at, grown = [], 0, 0
    expected = []
    for start, end, text in edits:
        pieces += [body[at:start], text]
        expected.append((start + grown, start + grown + len(text)))
        grown += len(text) - (end - start)
        at = end
    found = {match.span() for match in pattern.finditer("".join([*pieces, body[at:]]))}
    missing = [number for number, span in enumerate(expected) if span not in found]
    if missing or len(found) != len(expected) + sum(old):
        raise CodingError("mask_taken", replacement=edits[missing[0] if missing else 0][2])


class SourceWork:
    """One source whose text is given other words at some places."""

    def __init__(self, op: Operation, guid: str) -> None:
        self.op = op
        found = op.session.execute(
            select(Source, SourceText.body).join(SourceText).where(Source.guid == guid)
        ).one_or_none()
        if found is None:
            raise CodingError("source_unknown_none", source=guid)
        self.source, self.body = found
        self.id = self.source.id
        turns = select(Turn.id, Turn.label_start, Turn.label_end, Turn.start, Turn.end, Turn.label)
        self.turns = op.session.execute(turns.where(Turn.source_id == self.id)).all()
        edges = borders_of(self.source, [row[1:5] for row in self.turns], ())
        self.borders = sorted(edges)

    def possible(self, edits: Sequence[Edit], *, back: bool = False) -> list[Edit]:
        """Those of `edits`, in order, that lie across no turn, header or page, and leave the letters beside them as
        they are. On the way `back` an original may join the word beside it."""
        fine: list[Edit] = []
        for start, end, text in edits:
            at = bisect_left(self.borders, start + 1)
            crossed = at < len(self.borders) and self.borders[at] < end
            beside = self.body[max(0, start - 1) : start] + text + self.body[end : end + 1]
            joins = not unicodedata.is_normalized("NFC", beside) or (not back and _grows(beside, len(text), start > 0))
            if not crossed and not joins and not (fine and start < fine[-1][1]):
                fine.append((start, end, text))
        return fine

    def replace(self, edits: Sequence[Edit], *, remember: bool | None) -> None:
        """Store the text with the edits made, and take everything in it along. `remember` where passages began and
        ended inside of them; False puts them back there, None does neither."""
        if not edits:
            return
        hunks, pieces, at, grown = [], [], 0, 0
        for start, end, text in edits:
            pieces += [self.body[at:start], text]
            hunks.append(Hunk(start, end, start + grown, start + grown + len(text)))
            grown += len(text) - (end - start)
            at = end
        body = "".join([*pieces, self.body[at:]])
        shift = Shift(hunks)
        for table in (Segment, Heading):
            self._passages(table, shift, remember=bool(remember))
        flat: list[int] = json.loads(self.source.sentences)
        whole = _outwards(flat, shift)
        self.op.session.flush()
        splices, back = _splices(flat, whole, shift)
        journal.shift(self.op.raw(), self.id, shifts.image_of(hunks, splices, back))
        self.op.session.expire_all()
        self._labels(shift, body)
        if remember is False:
            self._remembered(shift)
        self._text(body, shift)

    def _passages(self, table: Any, shift: Shift, *, remember: bool) -> None:
        """Passages that begin or end inside a hunk reach to its edge from now on."""
        inside = select(table.id, table.guid, table.start, table.end).where(table.source_id == self.id)
        for number, guid, start, end in self.op.session.execute(inside).all():
            wide_start, wide_end = _wide(shift, start, end)
            if (wide_start, wide_end) == (start, end):
                continue
            if remember:
                kept = {
                    "head": start - wide_start, "tail": wide_end - end, "from": self.body[wide_start:start],
                    "to": self.body[end:wide_end],
                }  # fmt: skip
                self.op.session.execute(delete(SavedView).where(SavedView.kind == EDGES, SavedView.name == guid))
                self.op.session.add(SavedView(kind=EDGES, name=guid, params=json.dumps(kept)))
            self.op.session.execute(update(table).where(table.id == number).values(start=wide_start, end=wide_end))

    def _remembered(self, shift: Shift) -> None:
        """Passages whose edge was inside what now stands there again have it there again."""
        query = select(SavedView.name, SavedView.params).where(SavedView.kind == EDGES)
        known = {name: json.loads(params) for name, params in self.op.session.execute(query).all()}
        starts = {hunk.new_start for hunk in shift.hunks}
        ends = {hunk.new_end for hunk in shift.hunks}
        for table in (Segment, Heading) if known else ():
            mine: Any = table
            for row in self.op.session.execute(
                select(mine.id, mine.guid, mine.start, mine.end).where(mine.source_id == self.id)
            ).all():
                kept = known.get(row.guid)
                if kept is None:
                    continue
                start = row.start + (kept["head"] if row.start in starts else 0)
                end = row.end - (kept["tail"] if row.end in ends else 0)
                if start < end:
                    self.op.session.execute(update(mine).where(mine.id == row.id).values(start=start, end=end))

    def _labels(self, shift: Shift, body: str) -> None:
        for number, label_start, label_end, _, _, label in self.turns:
            written = self.body[label_start:label_end]
            at = written.find(label)
            if at < 0 or not label:
                continue
            start, end = _wide(shift, label_start + at, label_start + at + len(label))
            now_ = body[shift.start(start) : shift.end(end)]
            if now_ != self.body[start:end] and (start, end) == (label_start + at, label_start + at + len(label)):
                self.op.session.execute(update(Turn).where(Turn.id == number).values(label=now_))

    def _text(self, body: str, shift: Shift) -> None:
        source = self.source
        former = FormerText(source_id=self.id, text_id=source.text_id, coder_id=self.op.coder_id, replaced_at=now())
        self.op.session.add(former)
        anchors = [[shift.end(at), *rest] for at, *rest in json.loads(source.anchors)]
        self.op.session.execute(
            update(Source).where(Source.id == self.id).values(
                text_id=store_text(self.op, body), header_end=shift.end(source.header_end),
                anchors=json.dumps(anchors, separators=(",", ":"), ensure_ascii=False),
            )
        )  # fmt: skip
        self.op.session.flush()


def _grows(beside: str, length: int, preceded: bool) -> bool:
    """Whether a replacement that begins or ends with a letter would become part of the word beside it."""
    at = 1 if preceded else 0
    pairs = (beside[max(0, at - 1) : at + 1], beside[at + length - 1 : at + length + 1])
    return any(_TWO_LETTERS.fullmatch(pair) is not None for pair in pairs)


def _wide(shift: Shift, start: int, end: int) -> tuple[int, int]:
    """The passage grown to the edges of the hunks that hold its own."""
    inside = shift.kept_start(start)
    if inside != start:
        start = next(hunk.start for hunk in shift.hunks if hunk.end == inside)
    inside = shift.kept_end(end)
    if inside != end:
        end = next(hunk.end for hunk in shift.hunks if hunk.start == inside)
    return start, end


def _outwards(flat: Sequence[int], shift: Shift) -> list[int]:
    """The sentences with no edge inside a hunk: two that met in one become one."""
    made: list[int] = []
    for start, end in zip(flat[::2], flat[1::2], strict=True):
        wide_start, wide_end = _wide(shift, start, end)
        if made and wide_start < made[-1]:
            made[-1] = max(made[-1], wide_end)
        else:
            made += [wide_start, wide_end]
    return made


def _splices(
    flat: Sequence[int], whole: Sequence[int], shift: Shift
) -> tuple[list[shifts.Splice], list[shifts.Splice]]:
    """Nothing where the sentences only move; else all of them, the old list being kept for undo."""
    if list(flat) == list(whole):
        return [], []
    moved = list(whole)
    moved[::2], moved[1::2] = map(shift.start, whole[::2]), map(shift.end, whole[1::2])
    return [(0, len(flat), moved)], [(0, len(moved), list(flat))]
