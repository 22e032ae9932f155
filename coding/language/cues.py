"""Finding the cue words of codes in a text, with spaCy's phrase matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coding.language.cue_variants import WRITTEN
from coding.language.pipeline import LONGEST, pipeline

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

_CLITIC = re.compile(r"(?<=\w{4})(?:nya|lah|kah|pun)$")


@dataclass(frozen=True, slots=True, order=True)
class CueHit:
    """A cue at `[start, end)` code points that speaks for the code at path `code`."""

    start: int
    end: int
    code: str


class CueFinder:
    """Finds the cues of many codes at once; made for one set of cues, given by code path."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        from spacy.matcher import PhraseMatcher

        self._nlp = pipeline()
        self._matcher: PhraseMatcher = PhraseMatcher(self._nlp.vocab, attr="NORM")
        for code, phrases in cues.items():
            self._matcher.add(code, [self._doc(phrase) for phrase in phrases])

    def find(self, text: str) -> list[CueHit]:
        """The cues in `text`, in order; of cues of one code that overlap, the longest alone.

        Words are compared without regard to case, to the Indonesian enclitics -nya, -lah, -kah, -pun, and to spoken
        forms such as `nggak` or `ndak` for `tidak`. Texts longer than spaCy takes are read in parts, cut at line ends.
        """
        hits = []
        for offset, part in _parts(text):
            doc = self._doc(part)
            for key, first, last in self._matcher(doc):
                span = doc[first:last]
                code = self._nlp.vocab.strings[key]
                hits.append(CueHit(offset + span.start_char, offset + span.end_char, code))
        return sorted(_longest(hits))

    def _doc(self, text: str) -> Doc:
        doc = self._nlp.make_doc(text)
        for token in doc:
            word = _CLITIC.sub("", token.lower_.replace("’", "'"))
            token.norm_ = WRITTEN.get(word, word)
        return doc


def _longest(hits: list[CueHit]) -> Iterator[CueHit]:
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda h: (h.code, h.start, -h.end)):
        if hit.end > reach.get(hit.code, -1):
            yield hit
            reach[hit.code] = hit.end


def _parts(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at <= LONGEST else text.rfind("\n", at, at + LONGEST) + 1 or at + LONGEST
        yield at, text[at:end]
        at = end
