"""Which of the places where a label may stand are labels: decided for a whole text at once.

A line like `Program: …` inside an answer looks like one like `Budi: …`. What tells them apart is how often a label
stands, whether labels take turns, which words are known, and what the header says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coding.transcripts.drafts import LabelChoice
from coding.transcripts.header import Header
from coding.transcripts.labels import (
    Mark,
    capital_words,
    common_words,
    is_letter,
    is_long_word,
    is_name_here,
    is_personal,
    is_short,
    label_key,
)
from coding.transcripts.lines import Line
from coding.transcripts.matching import person_of, researcher_of
from coding.transcripts.names import is_initials
from coding.transcripts.wording import INFORMANT_WORDS, LETTERS_INFORMANT, LETTERS_RESEARCHER, RESEARCHER_WORDS

Key = tuple[str, int | None]
_QUESTION_NUMBERED = frozenset({"pertanyaan", "jawaban", "tanya", "jawab", "question", "answer", "q", "a", "t", "j"})
# Known words that also stand in front of a colon where nobody speaks, unless they come again.
_WEAK_WORDS = frozenset(
    "pertanyaan jawaban question answer peserta penulis subject subjek responden suara beberapa lainnya "
    "participant ibu bapak".split()
)
_NEEDS_PARTNER = frozenset("amfnrs")


@dataclass(slots=True)
class Decision:
    """The marks that begin turns, in reading order, and the labels that were taken or left in doubt."""

    marks: list[Mark] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """All marks with one label."""

    key: Key
    marks: list[Mark]
    forced: bool = False
    strong: bool = False

    @property
    def first(self) -> Mark:
        return self.marks[0]

    @property
    def count(self) -> int:
        return len(self.marks)

    def base_in(self, bases: set[str]) -> bool:
        return self.key[0] in bases

    @property
    def side(self) -> str | None:
        """Which side of the talk the label is known for: `researcher`, `informant`, None when not known."""
        if is_letter(self.first):
            return "researcher" if self.first.word in LETTERS_RESEARCHER else "informant"
        word = self.first.word.split()[0] if self.first.word else ""
        return "researcher" if word in RESEARCHER_WORDS else "informant" if word in INFORMANT_WORDS else None


def decide(
    text: str,
    lines: list[Line],
    marks: list[Mark],
    header: Header,
    choices: Mapping[str, LabelChoice],
    evident_only: bool,
) -> Decision:
    """The labels of `text` among `marks`.

    `choices` are the user's, by `label_key` (with ` (age)` behind it for one of several of the same letters).
    `evident_only` takes no label that is known from its frequency alone: for observations and documents.
    """
    marks = _without_lone_words([m for m in marks if m.line > header.last_line])
    marks = _without_question_numbers(marks, header)
    groups = _grouped(marks)
    taken: list[_Group] = []
    for group in list(groups):
        choice = choice_for(group.first, choices)
        if choice is not None:
            groups.remove(group)
            if choice.kind != "none":
                group.forced = group.strong = True
                taken.append(group)
        elif group.first.sure:
            groups.remove(group)
            group.strong = True
            taken.append(group)
    judge = _Judge(text, lines, header, taken, groups, {label_key(base) for base, _ in header.legend})
    judge.take_strong()
    judge.take_repeated(evident_only)
    found = sorted((m for g in judge.taken for m in g.marks), key=lambda m: m.start)
    return Decision(found, list(dict.fromkeys(judge.unsure)))


def choice_for(mark: Mark, choices: Mapping[str, LabelChoice]) -> LabelChoice | None:
    """What the user said of a mark's label, by its age first, then by its letters alone."""
    if mark.age is not None and (found := choices.get(f"{mark.base} ({mark.age})")):
        return found
    return choices.get(mark.base)


def _grouped(marks: Iterable[Mark]) -> list[_Group]:
    groups: dict[Key, _Group] = {}
    for mark in marks:
        groups.setdefault(mark.key, _Group(mark.key, [])).marks.append(mark)
    return list(groups.values())


def _without_lone_words(marks: list[Mark]) -> list[Mark]:
    """`marks` without words that stand alone on a line (`Peneliti` above a signature), unless they part the text."""
    lone = [m for m in marks if m.separator == "line"]
    bases = {m.base for m in lone}
    plain = any(m.separator == ":" and (is_letter(m) or is_long_word(m) or is_personal(m)) for m in marks)
    if len(bases) > 1 and len(lone) > 3 and not plain:
        return marks
    return [m for m in marks if m.separator != "line"]


def _without_question_numbers(marks: list[Mark], header: Header) -> list[Mark]:
    """`marks` where numbers that count questions (`T1`, `J1`, `T2`, `J2`) are taken off; numbers of people stay."""
    words: dict[str, list[int]] = {}
    plain: set[str] = set()
    for mark in marks:
        if mark.number is not None and (is_letter(mark) or mark.word in _QUESTION_NUMBERED):
            words.setdefault(mark.word, []).append(mark.number)
        elif mark.number is None:
            plain.add(mark.base)
    counting = {
        word
        for word, numbers in words.items()
        if len(numbers) > 1 and len(set(numbers)) == len(numbers) and numbers == sorted(numbers)
    }
    certain = counting & _QUESTION_NUMBERED
    answered = plain & (INFORMANT_WORDS | LETTERS_INFORMANT)
    if len(counting) < 2 and not certain and not (counting & LETTERS_RESEARCHER and (answered or header.people)):
        return marks
    return [
        replace(m, base=m.word, name=m.name.rstrip("0123456789 .-"), label=m.name.rstrip("0123456789 .-"), number=None)
        if m.number is not None and m.word in counting
        else m
        for m in marks
    ]


@dataclass(slots=True)
class _Judge:
    text: str
    lines: list[Line]
    header: Header
    taken: list[_Group]
    open: list[_Group]
    legend: set[str]
    unsure: list[str] = field(default_factory=list)

    def take_strong(self) -> None:
        """Take the groups that say by themselves who speaks, as far as the others bear them out."""
        likely = [g for g in self.open if self._is_strong(g)]
        names = [g for g in self.open if g not in likely and g.count > 1 and not is_letter(g.first)]
        for group in likely:
            others = len(likely) > 1 or bool(names) or bool(self.taken)
            partner = any(o.side != group.side for o in likely if o is not group) or bool(names) or bool(self.taken)
            word = group.first.word.split()[0] if group.first.word else ""
            if group.base_in(self.legend):
                taken = True
            elif is_letter(group.first):
                # One letter before a colon is a list's (a: b: c:) unless somebody answers.
                asks = group.side == "researcher" and self._begins_text(group) and self._is_answered(group)
                taken = partner or asks if word in _NEEDS_PARTNER or group.count == 1 else others or group.count > 2
            elif is_long_word(group.first) and group.side is None and group.first.number is None:
                taken = len(likely) > 2
            elif is_long_word(group.first) and word in _WEAK_WORDS and group.first.detail is None:
                taken = group.count > 1 and (others or group.count > 2) or (group.first.number is not None and others)
            elif is_long_word(group.first):
                taken = others or group.count > 1 or self._begins_text(group) or bool(self.header.people)
            else:
                taken = True
            if group.first.separator != ":" and not group.base_in(self.legend):
                taken = taken and (group.count > 1 or partner)
            if taken:
                self._take(group, strong=True)

    def _is_strong(self, group: _Group) -> bool:
        mark = group.first
        if is_letter(mark) or is_long_word(mark) or is_personal(mark) or group.base_in(self.legend):
            return True
        return person_of(mark, self.header.people) is not None or researcher_of(mark, self.header.researchers)

    def take_repeated(self, evident_only: bool) -> None:
        """Take initials and names that stand where turns begin, judged by how often and where they do."""
        small, capitals = common_words(self.text), capital_words(self.text)
        names = [g for g in self.open if is_name_here(g.first, small, capitals, g.count)]
        sides = {g.side for g in self.taken if g.strong}
        complete = {"researcher", "informant"} <= sides or (
            "researcher" in sides and any(person_of(g.first, self.header.people) for g in self.taken)
        )
        if self.taken and complete:
            self._take_further(names)
        elif self.taken:
            self._take_partners(names)
        elif not evident_only:
            self._take_unknown(names)
        for group in self.open:
            if group in names and group.count > 1 and self.taken and group.first.separator == ":":
                self.unsure.append(group.first.label)

    def _take_further(self, names: list[_Group]) -> None:
        """Both sides are known already: somebody else has to come more often, and is in doubt unless asked too."""
        for group in names:
            if group.count > (2 if is_short(group.first.name) else 1) and self._takes_turns(group):
                self._take(group)
                if self._times_asked(group) < 2:
                    self.unsure.append(group.first.label)

    def _take_partners(self, names: list[_Group]) -> None:
        """One side is known: who takes turns with it is the other."""
        often = [g for g in names if g.count > 1 and self._takes_turns(g)]
        often = [g for g in often if g.count > 2 or self._answers(g, often)]
        for group in often:
            self._take(group)
        if often:
            rare = [g for g in names if g.count == 1 and is_initials(g.first.name) and self._follows_other(g)]
            for group in rare:
                self._take(group)
                self.unsure.append(group.first.label)
            return
        single = [g for g in names if g.count == 1 and g.first.separator == ":" and self._follows_other(g)]
        initials = [g for g in single if is_short(g.first.name)]
        for group in initials or single:
            self._take(group)
            if not initials and len(group.first.name.split()) == 1:
                self.unsure.append(group.first.label)

    def _take_unknown(self, names: list[_Group]) -> None:
        """Nobody is known: names that take turns with each other from early on, or begin every paragraph."""
        often = [g for g in names if g.count > 1]
        marks = sorted((m for g in often for m in g.marks), key=lambda m: m.start)
        if len(often) > 1 and len(marks) > 3 and marks[0].start - self.header.end < 0.4 * len(self.text):
            changes = sum(a.key != b.key for a, b in pairwise(marks))
            chosen = often if changes >= 0.6 * (len(marks) - 1) else []
        else:
            chosen = names if len(names) > 1 and self._begin_all(names) else []
        for group in chosen:
            self._take(group)
            self.unsure.append(group.first.label)

    def _take(self, group: _Group, strong: bool = False) -> None:
        group.strong = strong
        self.taken.append(group)
        self.open = [g for g in self.open if g is not group]

    def _takes_turns(self, group: _Group) -> bool:
        """Whether most turns of the group follow somebody else's."""
        marks = sorted((m for g in [*self.taken, group] for m in g.marks), key=lambda m: m.start)
        own = [i for i, m in enumerate(marks) if m.key == group.key]
        return sum(i == 0 or marks[i - 1].key != group.key for i in own) * 2 >= len(own)

    def _answers(self, group: _Group, others: list[_Group]) -> bool:
        """Whether a turn of the group ever comes right after one of the side that is known."""
        known = {g.key for g in self.taken if g.strong}
        marks = sorted((m for g in [*self.taken, *others] for m in g.marks), key=lambda m: m.start)
        return any(a.key in known and b.key == group.key for a, b in pairwise(marks)) or self._begins_text(group)

    def _times_asked(self, group: _Group) -> int:
        """How often a turn of the group comes right after one of a researcher."""
        asking = {g.key for g in self.taken if g.side == "researcher" or g.forced}
        marks = sorted((m for g in self.taken for m in g.marks), key=lambda m: m.start)
        return sum(a.key in asking and b.key == group.key for a, b in pairwise(marks))

    def _follows_other(self, group: _Group) -> bool:
        """Whether the group's first mark comes after one that is taken, or begins the text."""
        starts = [m.start for g in self.taken for m in g.marks]
        return not starts or min(starts) < group.first.start or self._begins_text(group)

    def _is_answered(self, group: _Group) -> bool:
        """Whether initials come next after the group's first mark."""
        later = [g.first for g in self.open if g.first.start > group.first.start]
        return bool(later) and is_short(min(later, key=lambda m: m.start).name)

    def _begins_text(self, group: _Group) -> bool:
        after = self.header.last_line + 1
        first = next((i for i in range(after, len(self.lines)) if not self.lines[i].blank), -1)
        return group.first.line == first

    def _begin_all(self, groups: list[_Group]) -> bool:
        starts = {m.line for g in groups for m in g.marks}
        filled = [i for i in range(self.header.last_line + 1, len(self.lines)) if not self.lines[i].blank]
        return bool(filled) and sum(i in starts for i in filled) >= 0.8 * len(filled)


def forced_labels(choices: Mapping[str, LabelChoice]) -> frozenset[str]:
    """The letters of the labels that the user said are labels."""
    return frozenset(label_key(k) for k, c in choices.items() if c.kind != "none")
