"""What one searches for, as a pattern of Python's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal

from coding.errors import CodingError
from coding.search.patience import may_never_end
from coding.text import normalise

Where = Literal["all", "informants", "researchers"]
"""Everything; informants' turns alone; researchers' turns alone."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A phrase (its words in order, any white space between) or, with `regex`, a Python pattern.

    Case is ignored unless `match_case`, accents matter unless `ignore_accents`; `whole_words` forbids letters right
    before and after. With `stem` each word stands for all its forms. `methods` none named: sources of any method.
    """

    text: str
    regex: bool = False
    whole_words: bool = False
    match_case: bool = False
    ignore_accents: bool = False
    stem: bool = False
    where: Where = "all"
    methods: tuple[str, ...] = ()

    def as_params(self) -> dict[str, Any]:
        """The query as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> SearchQuery:
        """The query that `as_params` gave; what it does not know is passed over."""
        known = {name: value for name, value in params.items() if name in cls.__slots__}
        return cls(**{**known, "methods": tuple(known.get("methods", ()))})


def words_of(query: SearchQuery) -> list[str]:
    """The words of a phrase. Raises CodingError("query_empty") when there are none."""
    text = normalise(query.text)
    if not text or not (query.regex or text.strip()):
        raise CodingError("query_empty")
    return text.split()


def pattern(query: SearchQuery, forms: Mapping[str, Iterable[str]] | None = None) -> re.Pattern[str]:
    """The query compiled; `forms` are the forms that each of its words may have, those of `stem`.

    Raises CodingError("query_empty"), CodingError("pattern_broken") or CodingError("pattern_endless").
    """
    words = words_of(query)
    flags = re.NOFLAG if query.match_case else re.IGNORECASE
    if query.regex:
        try:
            # a pattern says itself whether case matters
            compiled = re.compile(normalise(query.text))
        except (re.error, OverflowError, RecursionError) as error:
            raise CodingError("pattern_broken", pattern=query.text, reason=str(error)) from error
        if may_never_end(compiled):
            raise CodingError("pattern_endless", pattern=query.text)
        return compiled
    whole = query.whole_words or query.stem
    written = r"\s+".join(_word(word, query, (forms or {}).get(word, ())) for word in words)
    if whole:
        written = rf"(?<!\w){written}(?!\w)"
    return re.compile(written, flags)


def _word(word: str, query: SearchQuery, forms: Iterable[str]) -> str:
    spelt = sorted({word, *forms}, key=lambda form: (-len(form), form))
    alternatives = [_without_accents(form) if query.ignore_accents else re.escape(form) for form in spelt]
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"


def _without_accents(word: str) -> str:
    """A pattern for `word` with any accents, or none, on its letters."""
    bases = (c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(f"[{_accented().get(c, '')}{re.escape(c)}]{_MARKS}*" if c.isalpha() else re.escape(c) for c in bases)


_MARKS = "[\u0300-\u036f]"
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


@cache
def _accented() -> dict[str, str]:
    """By plain letter: the letters that are it with accents, as one code point each."""
    found: dict[str, str] = {}
    for number in _LATIN:
        letter = chr(number)
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter:
            found[base] = found.get(base, "") + letter
    return found
