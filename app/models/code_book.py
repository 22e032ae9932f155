"""All codes of the open project, found by guid, by number, and by what a person types."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from coding.codes.rows import CodeRow, FrameworkRow

OPEN_CODES = "open"
"""Stands where a framework's key stands, for the codes under no framework."""

NEARLY = 0.8
"""Likeness (0–1) from which on a slip of the keys is taken for the code."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The frameworks of the project in order, and its open codes."""

    frameworks: tuple[FrameworkRow, ...] = ()
    open_codes: tuple[CodeRow, ...] = ()
    _by_guid: dict[str, CodeRow] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, frameworks: Iterable[FrameworkRow], open_codes: Iterable[CodeRow]) -> CodeBook:
        """The book of these."""
        rows, free = tuple(frameworks), tuple(open_codes)
        every = [code for framework in rows for code in framework.codes] + list(free)
        return cls(rows, free, {code.guid: code for code in every})

    def with_counts(self, counts: Mapping[str, int]) -> CodeBook:
        """The same book with so many coded segments for each code, by guid; this one when they are the same."""
        every = self._by_guid.values()
        if all(code.segments == counts.get(code.guid, 0) for code in every):
            return self
        below = Counter[str]()
        for code in every:
            if code.parent is not None:
                below[code.parent] += counts.get(code.guid, 0)

        def counted(codes: Iterable[CodeRow]) -> tuple[CodeRow, ...]:
            made = []
            for code in codes:
                own = counts.get(code.guid, 0)
                if (own, own + below[code.guid]) != (code.segments, code.segments_below):
                    code = replace(code, segments=own, segments_below=own + below[code.guid])
                made.append(code)
            return tuple(made)

        rows = [
            replace(row, codes=codes, segments=sum(code.segments for code in codes))
            for row in self.frameworks
            for codes in (counted(row.codes),)
        ]
        return CodeBook.of(rows, counted(self.open_codes))

    def get(self, guid: str | None) -> CodeRow | None:
        """The code with this guid; None when there is none."""
        return self._by_guid.get(guid) if guid else None

    def tabs(self) -> list[str]:
        """The keys of the frameworks, and `OPEN_CODES` last."""
        return [framework.key for framework in self.frameworks] + [OPEN_CODES]

    def framework(self, key: str | None) -> FrameworkRow | None:
        """The framework with this key."""
        return next((framework for framework in self.frameworks if framework.key == key), None)

    def codes_of(self, key: str | None) -> tuple[CodeRow, ...]:
        """The codes of a framework, each dimension followed by its indicators, or all open codes."""
        if key == OPEN_CODES:
            return self.open_codes
        framework = self.framework(key)
        return framework.codes if framework else ()

    def numbered(self, key: str | None, number: int) -> CodeRow | None:
        """The dimension (or open code) that the digit `number` stands for in the framework `key`."""
        tops = (code for code in self.codes_of(key) if code.parent is None)
        return next((code for code in tops if code.number == number), None)

    def below(self, code: CodeRow, number: int) -> CodeRow | None:
        """The indicator of a dimension that the digit `number` stands for."""
        return next(
            (row for row in self.codes_of(code.framework) if row.parent == code.guid and row.number == number), None
        )

    def parent(self, code: CodeRow) -> CodeRow | None:
        """The dimension of an indicator."""
        return self.get(code.parent)

    def digits(self, code: CodeRow) -> str:
        """The digits that tag with the code while its framework is the current one (`"1 3"`); empty without such."""
        parent = self.parent(code)
        numbers = [code.number] if parent is None else [parent.number, code.number]
        return " ".join(map(str, numbers)) if max(numbers) <= 9 else ""

    def full_label(self, code: CodeRow, language: str) -> str:
        """`Komunikasi › Kejelasan`, or the label alone where there is nothing above."""
        parent = self.parent(code)
        return f"{parent.label(language)} › {code.label(language)}" if parent else code.label(language)

    def find(self, typed: str, language: str, first: str | None = None) -> list[CodeRow]:
        """The codes that fit what was typed, the best first; all of them, in order, when nothing was.

        Looked at are labels in both languages, paths, cues and abbreviations; then letters left out, then slips. Codes
        of the framework `first` go before equals. Digits stand for numbers in `first`.
        """
        words = fold(typed).split()
        order = sorted(self.tabs(), key=lambda key: key != first)
        every = [code for key in order for code in self.codes_of(key)]
        if not words:
            return every
        if all(word.isdigit() for word in words):
            digits = "".join(words)
            here = self.codes_of(first)
            return [code for code in here if self.digits(code).replace(" ", "") == digits]
        scored = [(self._score(code, words, language), -place, code) for place, code in enumerate(every)]
        fitting = sorted((entry for entry in scored if entry[0]), key=lambda entry: entry[:2], reverse=True)
        if fitting:
            return [code for _, _, code in fitting]
        letters = "".join(words)
        if len(letters) < 3:
            return []
        return _first_of(
            [code for code in every if _in_order(letters, fold(code.label(language)))],
            [code for code in every if any(_in_order(letters, fold(name)) for name in (code.label_id, code.label_en))],
            _nearly(" ".join(words), every),
        )

    def named(self, found: Sequence[CodeRow], typed: str) -> int:
        """How many of the first of `found` fit what was typed by a label of theirs, or by words of theirs and of the
        dimension's, not by a cue or a path alone."""
        words = fold(typed).split()
        count = 0
        for code in found:
            parent = self.parent(code)
            names = [fold(name) for name in (code.label_id, code.label_en)]
            wider = names + ([fold(name) for name in (parent.label_id, parent.label_en)] if parent else [])
            whole = any(_label_score(name, " ".join(words)) for name in names)
            if not whole and not all(any(_label_score(name, word) for name in wider) for word in words):
                break
            count += 1
        return count

    def _score(self, code: CodeRow, words: Sequence[str], language: str) -> float:
        """How well the code fits; 0 when one of the words fits nowhere."""
        parent = self.parent(code)
        names = [code.label(language), code.label_id, code.label_en]
        wider = [parent.label_id, parent.label_en] if parent else []
        typed = " ".join(words)
        best = max(_label_score(fold(name), typed) for name in names)
        if best:
            return best + (0.05 if _label_score(fold(names[0]), typed) else 0)
        total = 0.0
        fields = [(fold(name), 1.0) for name in names]
        fields += [(fold(name), 0.6) for name in wider]
        fields += [(fold(code.path.replace(".", " ").replace("_", " ")), 0.5)]
        fields += [(fold(cue), 0.4) for cue in code.cues]
        for word in words:
            found = max(weight * _label_score(text, word) for text, weight in fields)
            if not found:
                return 0.0
            total += found
        return total / len(words) * 0.9


def fold(text: str) -> str:
    """`text` without case and accents, for comparing what was typed."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _label_score(label: str, typed: str) -> float:
    """0–1: the same, begins so, a word begins so, its first letters, stands inside."""
    if not label:
        return 0.0
    if label == typed:
        return 1.0
    if label.startswith(typed):
        return 0.9
    words = _WORD.findall(label)
    if any(word.startswith(typed) for word in words):
        return 0.8
    initials = "".join(word[0] for word in words)
    if len(typed) > 1 and initials.startswith(typed):
        return 0.75
    if len(typed) > 2 and typed in label:
        return 0.6
    return 0.0


def _first_of(*found: list[CodeRow]) -> list[CodeRow]:
    return next(filter(None, found), [])


def _nearly(typed: str, codes: Sequence[CodeRow]) -> list[CodeRow]:
    """Codes with a label, or a word of one, that is what was typed but for a slip or two, the likest first."""
    scored = [(max(_likeness(typed, fold(name)) for name in (c.label_id, c.label_en)), -n) for n, c in enumerate(codes)]
    return [codes[-place] for score, place in sorted(scored, reverse=True) if score >= NEARLY]


def _likeness(typed: str, label: str) -> float:
    matcher = SequenceMatcher(b=typed, autojunk=False)
    best = 0.0
    for name in (label, *_WORD.findall(label)):
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= NEARLY:
            best = max(best, matcher.ratio())
    return best


def _in_order(letters: str, label: str) -> bool:
    rest = iter(label)
    return all(letter in rest for letter in letters)
