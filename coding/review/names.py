"""Every name that a study knows, and what is sent in its place.

What leaves for good is masked more strictly than what is printed: names also inside longer words, written small, or
with an Indonesian ending (“Sulastrinya”), and the people who stay at home are hidden, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from coding.privacy.patterns import HONORIFICS, ROLES, TITLES

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
_END = r"(?=(?:nya|lah|kah|pun|ku|mu)?(?![^\W\d_]))"
_START = r"(?<![^\W\d_])"


@dataclass(slots=True)
class Names:
    """Finds what is known of people in a text. `anyone` stands where two of them share a name."""

    anyone: str
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
        for word in words:
            if len(word) > 2 or len(words) == 1:
                small = word.casefold()
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
        pattern = self._compiled()
        return pattern.sub(self._replacement, text) if pattern is not None else text

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand in `text`, in order, and what `apply` puts there."""
        pattern = self._compiled()
        return [(m.start(), m.end(), self._replacement(m)) for m in pattern.finditer(text)] if pattern else []

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

    def _replacement(self, match: re.Match[str]) -> str:
        found = match.groupdict()
        if full := found.get("full"):
            return self._full.get(_folded(full), self.anyone)
        if part := found.get("part"):
            return str(found["before"]) + self._spoken.get(_folded(part), self.anyone)
        tables = (("name", self._parts), ("small", self._small), ("mark", self._marks), ("label", self._labels))
        return next(table[found[group]] for group, table in tables if found.get(group))


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
