"""The words of the interface in the person's language."""

from __future__ import annotations

import gettext

from coding.words import Words


def words_for(language: str) -> Words:
    """The wording of `language`; English sentences with its numbers and dates when its catalogue is not installed."""
    try:
        return Words(language)
    except FileNotFoundError:
        words = Words("en")
        words.language = language
        words._catalogue = gettext.NullTranslations()
        return words
