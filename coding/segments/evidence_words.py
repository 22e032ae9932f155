"""Finding words inside passages, whatever their case and accents, over all texts of a study."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[Any]]

_OTHERS = re.compile("[^\x00-\x7f]")
_SAME = {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'",
         "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "."}  # fmt: skip
_SPACES = str.maketrans("\n\t", "  ")


def fold(text: str) -> str:
    """`text` without case and accents, white space as blanks, quotation marks and dashes plain; as many code points as
    before, so that positions stay."""
    folded = text.translate(_SPACES) if "\n" in text or "\t" in text else text
    folded = _lower(folded)
    if folded.isascii():
        return folded
    for character in set(_OTHERS.findall(folded)):
        plain = _folded(character)
        if plain != character:
            folded = folded.replace(character, plain)
    return folded


def _lower(text: str) -> str:
    # str.lower alone would lengthen some letters of other scripts
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(_folded(character) for character in text)


@cache
def _folded(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace():
        return " "
    lowered = character.casefold()
    parts = unicodedata.normalize("NFD", lowered if len(lowered) == 1 else character.lower())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if len(plain) == 1 else character


class Needle:
    """Words to find in folded texts, any white space between them. `blank` when there are none."""

    def __init__(self, text: str) -> None:
        words = fold(unicodedata.normalize("NFC", text)).split()
        self.blank = not words
        self._literal = " ".join(words)
        self._pattern = re.compile(" +".join(re.escape(word) for word in words))

    def inside(self, folded: str, starts: Numbers, ends: Numbers) -> Numbers:
        """For each span of the folded text, whether the words stand in it."""
        import numpy as np

        literal = self._literal
        if " " in literal and "  " in folded:
            return _holding(self._places(folded), starts, ends)
        count = folded.count(literal)
        if not count:
            return np.zeros(len(starts), bool)
        if count < FEW * len(starts):
            places, length, at = [], len(literal), folded.find(literal)
            while at >= 0:
                places.append((at, at + length))
                at = folded.find(literal, at + 1)
            return _holding(places, starts, ends)
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        return np.array([folded.find(literal, start, end) >= 0 for start, end in spans], bool)

    def _places(self, folded: str) -> list[tuple[int, int]]:
        places, found = [], self._pattern.search(folded)
        while found is not None:
            places.append(found.span())
            found = self._pattern.search(folded, found.start() + 1)
        return places


FEW = 2
"""As many hits for each span are looked up faster than span by span."""


def _holding(places: list[tuple[int, int]], starts: Numbers, ends: Numbers) -> Numbers:
    """Which spans hold one of the places, which are in order: the first that begins in it must end in it."""
    import numpy as np

    if not places:
        return np.zeros(len(starts), bool)
    hits = np.array([*places, (_FAR, _FAR)], np.int64)
    first = hits[np.searchsorted(hits[:-1, 0], starts)]
    return np.asarray(first[:, 1] <= ends)


_FAR = 1 << 40
