"""The spaCy pipeline for Indonesian and English text: a tokenizer, and sentence ends by rule."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from coding.language.abbreviations import LEADING, MONTHS, NUMBERED, NUMBERED_THINGS, TRAILING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The version of the rules below: stored with the sentences they made, so that old ones can be told.
SEGMENTER = "telaah-2"
# spaCy refuses more than a million characters at once; a tokenised character takes about 70 bytes.
LONGEST = 400_000

# spaCy's “no sentence begins here” is −1, kept in an unsigned number.
_INSIDE = 2**64 - 1
_COMPONENT = "telaah_sentences"
_OPENERS = "\"'“‘„«(["
_CLOSERS = "\"'”’»)]"
_ENDS = ".?!…"
_CLOSING = "”’»)]" + _ENDS + ",;:"
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?![A-Z\d])")
_DOTTED = re.compile(r"[A-Za-z]{1,5}(?:\.[A-Za-z]{1,6})+")


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The pipeline, made once in a process. Loading spaCy takes half a second: not for the window's process."""
    import spacy.lang.id
    from spacy.language import Language

    class QuickDefaults(spacy.lang.id.IndonesianDefaults):
        # The 15,600 exceptions for words with hyphens take two seconds to compile; the hyphen rules suffice.
        tokenizer_exceptions = {
            text: parts
            for text, parts in spacy.lang.id.IndonesianDefaults.tokenizer_exceptions.items()
            if "-" not in text
        }

    class Transcripts(spacy.lang.id.Indonesian):  # type: ignore[no-untyped-call]
        Defaults = QuickDefaults

    if not Language.has_factory(_COMPONENT):
        Language.component(_COMPONENT, func=mark_sentences)
    nlp = Transcripts()
    nlp.add_pipe(_COMPONENT)
    return nlp


def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences of `doc` begin. Line ends in it do not count: what they part is cut before."""
    import numpy as np

    # Written in one go: setting a token's own flag looks through the whole document each time.
    starts = np.full((len(doc), 1), _INSIDE, dtype=np.uint64)
    starts[[token for token, _ in sentence_starts(doc)]] = 1
    attributes: list[int | str] = ["SENT_START"]
    return doc.from_array(attributes, cast("Any", starts))


def sentence_starts(doc: Doc) -> list[tuple[int, int]]:
    """Where sentences of `doc` begin: the number of the token, and its place in the text."""
    import numpy as np

    text = doc.text
    found = [(0, 0)] if len(doc) else []
    # From their lengths and not from the tokens themselves: an object for each token takes most of the time.
    asked: list[int | str] = ["LENGTH", "SPACY"]
    sizes = cast("Any", doc.to_array(asked)).astype(np.int64).reshape(len(doc), 2)
    ends = np.cumsum(sizes.sum(axis=1)) - sizes[:, 1]
    after, began = -1, 0
    for i, (at, end) in enumerate(zip((ends - sizes[:, 0]).tolist(), ends.tolist(), strict=True)):
        if i and at >= after >= 0 and not text[at:end].isspace() and not _stays(text, at):
            found.append((i, at))
            after, began = -1, at
        if text[end - 1] in _ENDS:
            after = end if ends_sentence(text, end, began) else -1
    return found


def _stays(text: str, at: int) -> bool:
    """Whether the mark at `at` belongs to the sentence before it: a closing quotation mark, a further full stop."""
    return text[at] in _CLOSING or (text[at] in "\"'" and not text[at - 1].isspace())


def ends_sentence(text: str, end: int, began: int = 0) -> bool:
    """Whether the stop, question or exclamation mark, or ellipsis in front of `end` ends the sentence of `text` that
    began at `began`."""
    closed = end
    while closed < len(text) and text[closed] in _CLOSERS + _ENDS:
        closed += 1
    if closed >= len(text):
        return False
    if text[end] in _ENDS:
        return False
    next_at = closed
    while next_at < len(text) and (text[next_at].isspace() or text[next_at] in _OPENERS + "-–—*"):
        next_at += 1
    following = text[next_at] if next_at < len(text) else ""
    if not text[closed].isspace():
        return text[closed] not in ",;:/" and _joined(text, end, following)
    if text[end - 1] == "…" or text[max(0, end - 2) : end] == "..":
        return not following.islower()
    if text[end - 1] in "?!":
        # “Kapan?” tanyanya: what was asked stands inside the sentence.
        return not (following.islower() and text[end] in "\"”’'»")
    word = _word_before(text, end)
    if word.casefold() in NUMBERED:
        return _begins_sentence(text, next_at)
    return _stop_ends(word, following, end - began < 5)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether the word at `at`, where a number was to be expected, is one that a sentence begins with."""
    found = _CAPITALISED.match(text, at)
    return found is not None and found.group().casefold() not in NUMBERED_THINGS


def _stop_ends(word: str, following: str, begins: bool) -> bool:
    bare = word.casefold()
    if bare in LEADING or _INITIALS.fullmatch(word + "."):
        return False
    if bare in TRAILING or bare in MONTHS or _DOTTED.fullmatch(word):
        return not (following.islower() or following.isdigit())
    if word.isdigit() or (len(word) == 1 and word.isalpha()):
        # “1. Sosialisasi”, “a. petugas”: the number of an item.
        return not begins and not (following.islower() and not word.isdigit())
    if following.islower():
        return len(word) > 3
    return True


def _joined(text: str, end: int, following: str) -> bool:
    """Whether a stop without a space behind it ends a sentence all the same (`selesai.Lalu`)."""
    word = _word_before(text, end)
    return text[end - 1] in ".?!" and following.isupper() and word.isalpha() and word[-2:].islower() and len(word) > 3


def _word_before(text: str, end: int) -> str:
    start = end - 1
    while start > 0 and not text[start - 1].isspace() and end - start < 40:
        start -= 1
    return text[start : end - 1].lstrip(_OPENERS + "-–—/*").rstrip(_ENDS)
