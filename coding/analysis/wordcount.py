"""What informants say, counted word by word, and each word where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coding.analysis.code_rows import chosen, source_guids, stretches
from coding.analysis.evidence import CODE, Evidence, evidence
from coding.analysis.results_counts import Context, WordCount, WordCounts, share
from coding.analysis.stop_list import stop_words
from coding.project import Reader
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

LANGUAGES = {"id": "indonesian", "en": "english"}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class WordFilter:
    """Whose words are counted: of informants (codes), under a code (guid, with those below it), in sources of a method;
    "" or empty means all. `least` is the fewest letters of a word that is listed;
    stems are those of `language`."""

    informants: tuple[str, ...] = ()
    code: str = ""
    method: str = ""
    least: int = 3
    stop_words: bool = True
    stems: bool = False
    language: str = "id"


@dataclass(frozen=True, slots=True)
class _Said:
    """A stretch of an informant's speech that counts, `[start, end)` of a source."""

    source: int
    voice: int
    start: int
    end: int


def word_counts(project: Reader, chosen_words: WordFilter | None = None, *, most: int = 500) -> WordCounts:
    """The `most` frequent words that informants say, stop words left out unless wanted.

    With stems, the forms that share one are counted together under the most frequent form.
    """
    wanted = chosen_words or WordFilter()
    found, said = _read(project, wanted)
    counts: Counter[str] = Counter()
    people: dict[str, set[int]] = {}
    places: dict[str, set[int]] = {}
    for part in said:
        here = Counter(_WORD.findall(found.sources[part.source].text[part.start : part.end].casefold()))
        counts.update(here)
        for word in here:
            people.setdefault(word, set()).add(part.voice)
            places.setdefault(word, set()).add(part.source)
    total = counts.total()
    stem = _stemming(wanted.language) if wanted.stems else str
    left_out = stop_words(project) if wanted.stop_words else frozenset()
    groups: dict[str, list[str]] = {}
    for word in counts:
        if len(word) >= wanted.least and word not in left_out:
            groups.setdefault(stem(word), []).append(word)
    rows = [_counted(words, counts, people, places, total) for words in groups.values()]
    rows.sort(key=lambda row: (-row.count, row.word))
    heard = len({part.voice for part in said})
    notice = Notice(
        "over {count} word said by informants", (("count", total),), "over {count} words said by informants"
    )
    return WordCounts(total, len(rows), heard, tuple(rows[:most]), (notice,))


def contexts(
    project: Reader, word: str, chosen_words: WordFilter | None = None, *, width: int = 60, most: int | None = None
) -> list[Context]:
    """Every place where informants say `word` (or, with stems, a form of it), in the order of the study; `width` code
    points before and after it within what that informant says there."""
    wanted = chosen_words or WordFilter()
    found, said = _read(project, wanted)
    with project.read() as session:
        guids = source_guids(session)
    stem = _stemming(wanted.language) if wanted.stems else str
    left_out = stop_words(project) if wanted.stop_words else frozenset()
    target = stem(word.casefold())
    places = []
    for part in said:
        source = found.sources[part.source]
        for hit in _WORD.finditer(source.text, part.start, part.end):
            form = hit.group().casefold()
            if len(form) < wanted.least or form in left_out or stem(form) != target:
                continue
            before = source.text[max(part.start, hit.start() - width) : hit.start()]
            after = source.text[hit.end() : min(part.end, hit.end() + width)]
            name = found.voices[part.voice].name
            places.append(
                Context(source.name, guids[source.id], hit.start(), hit.end(), name, before, hit.group(), after)
            )
            if most is not None and len(places) == most:
                return places
    return places


def _counted(
    words: list[str], counts: Counter[str], people: dict[str, set[int]], places: dict[str, set[int]], total: int
) -> WordCount:
    forms = sorted(((word, counts[word]) for word in words), key=lambda form: (-form[1], form[0]))
    count = sum(number for _, number in forms)
    speakers = set().union(*(people[word] for word in words))
    sources = set().union(*(places[word] for word in words))
    return WordCount(forms[0][0], count, share(count, total), len(speakers), len(sources), tuple(forms))


def _stemming(language: str) -> Callable[[str], str]:
    """Stems of a language, each worked out once."""
    from snowballstemmer import stemmer

    made = stemmer(LANGUAGES.get(language, "indonesian"))
    known: dict[str, str] = {}

    def stem(word: str) -> str:
        if word not in known:
            known[word] = made.stemWord(word)
        return known[word]

    return stem


def _read(project: Reader, wanted: WordFilter) -> tuple[Evidence, list[_Said]]:
    with project.read() as session:
        found = evidence(project, session)
        coded = _coded(session, found, wanted.code) if wanted.code else None
    return found, list(_said(found, wanted, coded))


def _coded(session: Session, found: Evidence, code: str) -> dict[int, list[tuple[int, int]]]:
    """By source the stretches that segments of the code cover."""
    import numpy as np

    codes = [number for plan in chosen(session, [code]) for number in plan.codes]
    claims = found.claims[np.isin(found.claims[:, CODE], np.array(codes, np.int64))]
    made = stretches(found, claims, np.zeros(len(claims), np.int64))
    spans: dict[int, list[tuple[int, int]]] = {}
    for source, start, end in zip(made.source.tolist(), made.start.tolist(), made.end.tolist(), strict=True):
        spans.setdefault(source, []).append((start, end))
    return spans


def _said(found: Evidence, wanted: WordFilter, coded: dict[int, list[tuple[int, int]]] | None) -> Iterator[_Said]:
    """What informants say, as far as it counts, in the order of the study."""
    for i, source in enumerate(found.sources):
        if not source.counted or (wanted.method and source.method != wanted.method):
            continue
        for start, end, voice in source.spans:
            who = found.voices[voice]
            if who.informant is None or (wanted.informants and who.name not in wanted.informants):
                continue
            if coded is None:
                yield _Said(i, voice, start, end)
                continue
            for low, high in coded.get(i, ()):
                if max(low, start) < min(high, end):
                    yield _Said(i, voice, max(low, start), min(high, end))
