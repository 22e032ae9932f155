"""Replacing the names of known informants in text that is printed.

This keeps the study's own informants out of print. It can't know other people whom a passage mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coding.transcripts.rows import InformantRow

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# Spoken before a name, also where the name itself is written small.
_HONORIFICS = "ibu|bu|bapak|pak|bpk|mas|mbak|mba|kak|kakak|bang|abang|mr|mrs|ms"
_TITLES = "dr drs dra ir prof hj haji hajah kh ust ustadz ustadzah bin binti van von der den de el al rr raden gusti"
_NO_NAMES = frozenset([*_HONORIFICS.split("|"), *_TITLES.split()])


class Masks:
    """Finds names as whole words: full names in any case, their parts and codes as they are written.

    `shown` gives each informant's code what is printed instead; `anyone` stands where two informants share a name.
    """

    def __init__(self, informants: Iterable[InformantRow], shown: Mapping[str, str], anyone: str) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._after_honorific: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._anyone = anyone
        for informant in informants:
            self._learn(informant, shown[informant.code])
        self._pattern = self._compile()

    def apply(self, text: str) -> str:
        """`text` with every known name replaced."""
        return self._pattern.sub(self._replacement, text) if self._pattern else text

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand in `text`, in order, and what `apply` puts there."""
        found = self._pattern.finditer(text) if self._pattern else ()
        return [(match.start(), match.end(), self._replacement(match)) for match in found]

    def _learn(self, informant: InformantRow, shown: str) -> None:
        if name := informant.name:
            words = _WORD.findall(name)
            if len(words) > 1:
                self._put(self._folded, " ".join(name.split()).casefold(), shown)
            for word in words:
                if len(word) > 2 and word.casefold() not in _NO_NAMES:
                    for form in {word, word.title(), word.upper()}:
                        self._put(self._exact, form, shown)
                    self._put(self._after_honorific, word.casefold(), shown)
        for mark in {informant.code, informant.initials or informant.code}:
            # A single letter is a word of its own too often (“Puskesmas A”); it is a name where it labels a turn.
            self._put(self._exact if len(mark) > 1 else self._labels, mark, shown)

    def _put(self, into: dict[str, str], name: str, shown: str) -> None:
        into[name] = shown if into.get(name, shown) == shown else self._anyone

    def _compile(self) -> re.Pattern[str] | None:
        parts = []
        if self._folded:
            parts.append(f"(?P<full>(?i:{_any(self._folded)}))")
        if self._after_honorific:
            parts.append(f"(?P<honorific>(?i:(?:{_HONORIFICS})\\.?\\s+))(?P<part>(?i:{_any(self._after_honorific)}))")
        if self._exact:
            parts.append(f"(?P<exact>{_any(self._exact)})")
        if self._labels:
            parts.append(f"(?m:^)(?P<label>{_any(self._labels)})(?=\\s*:)")
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None

    def _replacement(self, match: re.Match[str]) -> str:
        found = match.groupdict()
        if full := found.get("full"):
            return self._folded[" ".join(full.split()).casefold()]
        if part := found.get("part"):
            return str(found["honorific"]) + self._after_honorific[part.casefold()]
        if exact := found.get("exact"):
            return self._exact[exact]
        return self._labels[str(found["label"])]


def _any(names: Iterable[str]) -> str:
    """A pattern for any of `names`, the longest first, whatever white space parts their words."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in ordered)
