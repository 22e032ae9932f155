"""Every name that a study knows, and what is sent in its place.

What leaves for good is masked more strictly than what is printed: names also inside longer words, written small, or
with an Indonesian ending (“Sulastrinya”), and the people who stay at home are hidden, too.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from coding.privacy.patterns import HONORIFICS, MONTHS_AND_DAYS, ROLES, TITLES
from coding.privacy.placed import is_street

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NO_NAMES = frozenset([*HONORIFICS, *TITLES, *"bin binti van von der den de el al gusti".split()])
_ORDINARY = frozenset(
    "abadi adil agung aman angin anugerah ayu bagus baik bakti berkat bintang budi bulan bunga cahaya cinta damai dua "
    "dwi eka embun fajar guntur harapan harum ilmu iman indah intan jaya jujur kasih kurnia lestari mawar mega melati "
    "mulia mulya murni nur nusa permata pratama putra putri rahmat raja ratna ratu rejeki rezeki ria sabar santun "
    "satria sari sejati selamat senang setia slamet subur sukses surya taufik tiga timur tri tulus umum untung usaha "
    "utama utara wangi bill brown dean faith frank grace grant green hope hunter joy mark may mercy rich rose will "
    "white young".split()
)
"""Names that are words of the language: written small they are a name only after “Bu” or “Pak”."""
_ORDINARY_AFTER = ROLES | MONTHS_AND_DAYS
"""Behind a name they say who somebody is (“Rina Kader”)."""
_END = r"(?=(?:nya|lah|kah|pun|ku|mu)?(?![^\W\d_]))"
_START = r"(?<![^\W\d_])"


@dataclass(slots=True)
class Names:
    """Finds what is known of people in a text. `anyone` stands where two of them share a name; `placed` are words, in
    small letters, that are no names by themselves, because they name a place."""

    anyone: str
    placed: frozenset[str] = frozenset()
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often `replaced` put what in the place of which name."""
    _full: dict[str, str] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)
    _small: dict[str, str] = field(default_factory=dict)
    _spoken: dict[str, str] = field(default_factory=dict)
    _marks: dict[str, str] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _whole: dict[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None

    def learn(self, code: str, name: str | None, initials: str | None, pseudonym: str | None, shown: str) -> None:
        """Take in one informant, to be called `shown`."""
        for called in (name, pseudonym, code if _is_name(code) else None):
            if called:
                self._learn_name(called, shown)
        for mark in (code, initials):
            if mark:
                # A single letter is a word of its own too often (“Puskesmas A”): it is a name where it labels a turn.
                self._put(self._marks if len(mark) > 1 else self._labels, mark, shown)
                self.rename(mark, shown)

    def _learn_name(self, name: str, shown: str) -> None:
        words = [w for w in _WORD.findall(name.split(",", maxsplit=1)[0]) if w.casefold() not in _NO_NAMES]
        for whole in {_folded(name), _folded(" ".join(words))}:
            if " " in whole:
                self._put(self._full, whole, shown)
                self._put(self._spoken, whole, shown)
        for number, word in enumerate(words):
            small = word.casefold()
            if number and (small in self.placed or small in _ORDINARY_AFTER):
                continue
            if len(word) > 2 or len(words) == 1:
                for form in {word, word.title(), word.upper()} if len(word) > 2 else {word}:
                    self._put(self._parts, form, shown)
                self._put(self._spoken, small, shown)
                if len(word) > 2 and small not in _ORDINARY:
                    self._put(self._small, small, shown)

    def learn_masked(self, original: str, replacement: str) -> None:
        """Take in what the project's own key to masked words hides."""
        if len(original.strip()) > 1:
            self._put(self._full, _folded(original), replacement)

    def rename(self, name: str, shown: str) -> None:
        """A value that is nothing but `name` is called `shown`."""
        self._put(self._whole, name, shown)

    def _put(self, into: dict[str, str], name: str, shown: str) -> None:
        self._pattern = None
        into[name] = shown if into.get(name, shown) == shown else self.anyone

    def apply(self, text: str) -> str:
        """`text` with every name replaced."""
        if (whole := self._whole.get(text)) is not None:
            return whole
        pieces, at = [], 0
        for start, end, shown in self.places(text):
            pieces += [text[at:start], shown]
            at = end
        return "".join([*pieces, text[at:]])

    def replaced(self, text: str) -> str:
        """As `apply`, and takes note of it."""
        if (whole := self._whole.get(text)) is not None:
            self.told[text, whole] += 1
            return whole
        self.note(text, self.places(text))
        return self.apply(text)

    def note(self, text: str, places: Iterable[tuple[int, int, str]]) -> None:
        """Take note of what is replaced at these places."""
        self.told.update((" ".join(text[start:end].split()), shown) for start, end, shown in places)

    def places(self, text: str, borders: Sequence[int] = ()) -> list[tuple[int, int, str]]:
        """Where names stand in `text`, in order, and what `apply` puts there. None lies across one of `borders`, which
        are in order."""
        return list(self._places(text, borders))

    def _places(self, text: str, borders: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        pattern, at = self._compiled(), 0
        while pattern is not None and (match := pattern.search(text, at)):
            matches, at = [match], match.end()
            number = bisect_right(borders, match.start())
            if number < len(borders) and borders[number] < at:
                # two sentences share the words: what is a name within the first of them, then go on in the second
                at = borders[number]
                matches = list(pattern.finditer(text, match.start(), at))
            for one in matches:
                found = one.groupdict()
                if (found.get("name") or found.get("small")) and is_street(text, one.start()):
                    continue
                yield one.start("part") if found.get("part") else one.start(), one.end(), self._replacement(found)

    def in_json(self, written: str) -> str:
        """JSON with every name in it replaced, in keys as well."""
        value = json.loads(written)
        masked = self._deep(value)
        return written if masked == value else json.dumps(masked, ensure_ascii=False, sort_keys=True)

    def _deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.apply(value)
        if isinstance(value, list):
            return [self._deep(one) for one in value]
        if isinstance(value, dict):
            return {self.apply(key): self._deep(one) for key, one in value.items()}
        return value

    def _compiled(self) -> re.Pattern[str] | None:
        if self._pattern is not None:
            return self._pattern
        parts = []
        if self._full:
            parts.append(f"{_START}(?P<full>(?i:{_any(self._full)})){_END}")
        if self._spoken:
            spoken = "|".join(sorted(HONORIFICS, key=len, reverse=True))
            parts.append(f"{_START}(?P<before>(?i:{spoken})\\.?\\s+)(?P<part>(?i:{_any(self._spoken)})){_END}")
        for group, names in (("name", self._parts), ("small", self._small)):
            if names:
                parts.append(f"{_START}(?P<{group}>{_any(names)}){_END}")
        if self._marks:
            parts.append(rf"(?<!\w)(?P<mark>{_any(self._marks)})(?!\w)")
        if self._labels:
            parts.append(f"(?m:^)(?P<label>{_any(self._labels)})(?=\\s*:)")
        self._pattern = re.compile("|".join(parts)) if parts else None
        return self._pattern

    def _replacement(self, found: dict[str, str | None]) -> str:
        if full := found.get("full"):
            return self._full.get(_folded(full), self.anyone)
        if part := found.get("part"):
            return self._spoken.get(_folded(part), self.anyone)
        tables = (("name", self._parts), ("small", self._small), ("mark", self._marks), ("label", self._labels))
        return next(table[text] for group, table in tables if (text := found.get(group)))


def _is_name(code: str) -> bool:
    """Whether a code is what somebody is called, as a transcript's labels often are, and no number or role."""
    words = _WORD.findall(code)
    return code != code.upper() and not re.search(r"\d", code) and not {w.casefold() for w in words} & ROLES


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _any(names: Iterable[str]) -> str:
    """A pattern for any of `names`, the longest first, whatever white space parts their words."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in ordered)
