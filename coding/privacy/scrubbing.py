"""Finding what a person is called and what they said in any text, and the text without it."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from coding.privacy.finding import Finder
from coding.privacy.rows import RANK

_NAME = re.compile(r"[^\W\d_]{3,}(?:[ .'’-]+[^\W\d_]+)*")
LEAST = 20
"""Code points of somebody's words that are taken for a quotation of them."""
Span = tuple[int, int]


@dataclass(slots=True)
class Scrubber:
    """Knows one informant by `code` and `names`; `quote` tells it what they said. Found by `finder`, which has learnt
    from the texts of the project, are also parts of the name that are nobody else's. A code that is written as a name
    is one; any other is looked for only in what researchers wrote, where it can be nothing else."""

    finder: Finder
    code: str
    names: tuple[str, ...]
    instead: str
    new_code: str
    _pattern: re.Pattern[str] | None = field(init=False, default=None)
    _coded: re.Pattern[str] | None = field(init=False, default=None)
    _said: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        names = {*self.names}
        if _NAME.fullmatch(self.code) and not self.code.isupper() and self.finder.special(self.code):
            names.add(self.code)
        if names:
            self._pattern = re.compile(
                rf"(?<!\w)(?:{'|'.join(map(self._written, sorted(names, key=len)[::-1]))})(?!\w)"
            )
        if len(self.code) > 1 and not self.code.islower():
            self._coded = re.compile(rf"(?<!\w){re.escape(self.code)}(?!\w)")

    def _written(self, name: str) -> str:
        """A pattern for the name, in any case unless it is one word that is also an ordinary one."""
        words = r"\s+".join(map(re.escape, name.split()))
        return words if " " not in name and not self.finder.special(name) else f"(?i:{words})"

    def quote(self, said: Iterable[str], others: Iterable[str]) -> None:
        """Take in what the person said; what others said in the same words is not theirs alone and may stay."""
        for text in map(_small, said):
            self._said.update(text[at : at + LEAST] for at in range(len(text) - LEAST + 1))
        for text in map(_small, others) if self._said else ():
            self._said.difference_update(text[at : at + LEAST] for at in range(len(text) - LEAST + 1))

    def named(self, text: str, borders: Sequence[int] = ()) -> list[Span]:
        """Where the person is named in `text`, in order, none overlapping, none across one of the sorted `borders`."""
        found = [
            (hit.start, hit.end)
            for hit in self.finder.find(text, borders)
            if hit.informant == self.code and RANK[hit.certainty] <= RANK["likely"]
        ]
        if self._pattern is not None:
            found += [match.span() for match in self._pattern.finditer(text)]
        return [piece for span in merged(found) for piece in _parted(span, borders)]

    def quoted(self, text: str) -> list[Span]:
        """Where `LEAST` code points or more of what the person said stand in `text`."""
        if not self._said:
            return []
        text = _small(text)
        return merged((at, at + LEAST) for at in range(len(text) - LEAST + 1) if text[at : at + LEAST] in self._said)

    def scrub(self, text: str) -> str:
        """What a researcher wrote without names and quotations; the code becomes the new one."""
        if text == self.code:
            return self.new_code
        text = replaced(text, merged([*self.named(text), *self.quoted(text)]), self.instead)
        return text if self._coded is None else self._coded.sub(lambda _: self.new_code, text)

    def scrub_json(self, text: str) -> str:
        """A JSON text with each string in it scrubbed, keys of objects too; the same text where nothing is found."""
        value = json.loads(text)
        made = self._walk(value)
        return text if made == value else json.dumps(made, ensure_ascii=False)

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.scrub(value)
        if isinstance(value, list):
            return [self._walk(one) for one in value]
        if isinstance(value, dict):
            return {self.scrub(key): self._walk(one) for key, one in value.items()}
        return value


def _small(text: str) -> str:
    """In small letters, where that keeps positions."""
    small = text.lower()
    return small if len(small) == len(text) else text


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _parted(span: Span, borders: Sequence[int]) -> Iterable[Span]:
    start, end = span
    for at in borders[bisect_right(borders, start) : bisect_left(borders, end)]:
        yield start, at
        start = at
    yield start, end


def replaced(text: str, spans: Sequence[Span], instead: str) -> str:
    """`text` with `instead` in the place of each span."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])
