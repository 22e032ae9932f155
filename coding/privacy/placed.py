"""Words of people's names that are names of places, too: `Wulan Sukamaju` is Wulan, from the village of Sukamaju.

Taken for a person, the village would get the person's code wherever it stands. Told apart only where the study itself
shows it; in doubt a word stays a name, since a name that is left standing does more harm than a place that is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from coding.privacy.patterns import CAPITAL, HONORED, PLACE_BEFORE, ROLES

_OFFICES = ROLES - frozenset("di ke dari dan yang itu ini".split())
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BEFORE = re.compile(r"([^\W\d_]+)\.?[ \t]+$")
_PLACED = re.compile(rf"(?<!\w)(?i:{PLACE_BEFORE})[ \t]+(?P<name>{CAPITAL})")
_HONORED = re.compile(rf"(?<!\w)(?i:{HONORED})[ \t]+(?P<name>{CAPITAL})")
_STREET = re.compile(r"(?<!\w)(?:Jl\.?|Jln\.?|Jalan|JALAN|Gang|GANG|Gg\.?)[ \t]+$")
_STREET_LENGTH = 12


def surnames(names: Iterable[str]) -> set[str]:
    """The words of these names, folded, that may be where somebody is from: all but the first of each."""
    return {word.casefold() for name in names for word in _WORD.findall(name)[1:]}


def placed(candidates: Iterable[str], texts: Iterable[str], places: Iterable[str]) -> frozenset[str]:
    """Those of the folded `candidates` that name a place and nobody: in `texts` they stand behind a word for a kind of
    place, or are one of `places` whole, and no form of address stands before them anywhere."""
    wanted = set(candidates)
    if not wanted:
        return frozenset()
    found = {part.strip().casefold() for place in places for part in place.split(",")}
    people: set[str] = set()
    for text in (*texts, *places):
        for match in _PLACED.finditer(text):
            # “Kepala Desa Hartono” names the head, not the village
            before = _BEFORE.search(text, max(0, match.start() - 20), match.start())
            if before is None or before.group(1).casefold() not in _OFFICES:
                found.add(match["name"].casefold())
        people.update(match["name"].casefold() for match in _HONORED.finditer(text))
    return frozenset((found & wanted) - people)


def is_street(text: str, start: int) -> bool:
    """Whether the word at `start` stands right behind a word for street."""
    return _STREET.search(text, max(0, start - _STREET_LENGTH), start) is not None
