"""The forms that a word has in the texts: those with the same stem."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from coding.project import Reader
from coding.search.vocabulary import known_words

LANGUAGES = ("indonesian", "english")


@cache
def _stemmers() -> tuple[Any, ...]:
    from snowballstemmer import stemmer

    return tuple(stemmer(language) for language in LANGUAGES)


def forms_in_texts(reader: Reader, words: Iterable[str]) -> dict[str, list[str]]:
    """By word: the words of the project's texts (without accents, in lower case) that share a stem with it."""
    with reader.read() as session:
        known = known_words(reader, session)
    forms = {}
    for word in words:
        wanted = [stemmer.stemWord(word.casefold()) for stemmer in _stemmers()]
        found = []
        for stemmer, stem in zip(_stemmers(), wanted, strict=True):
            # an Indonesian prefix may swallow the first letter of a stem, never what follows
            core = stem[1:] if len(stem) > 3 else stem
            found += [form for form in known if core in form and stemmer.stemWord(form) == stem]
        forms[word] = sorted(set(found))
    return forms
