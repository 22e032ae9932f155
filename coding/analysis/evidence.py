"""Who says what: every coded segment attributed to the voices that speak in it (DOMAIN.md §3, "What counts").

The attribution is kept warm with the reader and brought up to date from the journal, so that a matrix after one more
tag costs what that one segment costs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coding.project import Reader
from coding.store.sql import rows as read_all

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

SEGMENT, VOICE, SOURCE, START, END, CODE, DIRECTION, STAR, CODER, WORDS, KEY, TOPIC, REPORTED = range(13)
"""Columns of `Evidence.claims`. SEGMENT and CODE and CODER are ids, SOURCE and VOICE indices; KEY is the number of the
segment's text as it is compared, -1 when that has fewer than five words; TOPIC is an id, 0 for none; REPORTED is 1 for
a paraphrase."""
WIDTH = 13
SUPPORTING, INHIBITING, NEUTRAL = 1, 2, 4
"""Bits of a direction; 0 is unmarked."""
DIRECTIONS = {"supporting": SUPPORTING, "inhibiting": INHIBITING, "neutral": NEUTRAL, None: 0}
MIN_EQUAL_WORDS = 5

_QUOTES = "\"'`“”‘’„‚‟‛«»‹›「」『』〝〞"
_SPACES = re.compile(r"\s+")
# of these characters alone no two forms are equivalent, and only letters have cases
_ASCII_END = _QUOTES + " " + "".join(c for c in map(chr, range(128)) if unicodedata.category(c)[0] == "P")
_STRUCTURE = ("source", "turn", "informant")


def comparable(text: str) -> str | None:
    """`text` as equal quotations are told by: NFKC, case folded, spaces collapsed, quotation marks at both ends and
    punctuation at the end dropped; None when fewer than five words remain."""
    if text.isascii():
        plain = " ".join(text.lower().split()).lstrip(_QUOTES + " ").rstrip(_ASCII_END)
        return plain if plain.count(" ") + 1 >= MIN_EQUAL_WORDS else None
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = _SPACES.sub(" ", folded).strip().lstrip(_QUOTES + " ")
    end = len(plain)
    while end and (
        plain[end - 1] in _QUOTES or plain[end - 1] == " " or unicodedata.category(plain[end - 1])[0] == "P"
    ):
        end -= 1
    plain = plain[:end]
    return plain if plain.count(" ") + 1 >= MIN_EQUAL_WORDS and plain else None


@dataclass(frozen=True, slots=True)
class Voice:
    """What counts once: an informant, or a source itself."""

    name: str
    informant: int | None
    source: int | None


@dataclass(slots=True)
class SourceInfo:
    """A source as far as counting needs it. `spans` are (start, end, voice) in order, `starts` where each begins; empty
    when it never counts."""

    id: int
    name: str
    method: str
    date: str | None
    place: str | None
    text: str
    counted: bool
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def voices_in(self, start: int, end: int) -> list[int]:
        """The voices with a non-space character of theirs inside `[start, end)`, in order of speech."""
        found: dict[int, None] = {}
        spans = self.spans
        for i in range(max(bisect_right(self.starts, start) - 1, 0), len(spans)):
            s, e, voice = spans[i]
            if s >= end:
                break
            low, high = max(s, start), min(e, end)
            if voice not in found and high > low and not self.text[low:high].isspace():
                found[voice] = None
        return list(found)


class Guids:
    """The guids of segments by their ids, which are small and dense; many at a time are had an order of magnitude
    sooner than out of a dictionary."""

    def __init__(self) -> None:
        import numpy as np

        self._by_id: np.ndarray[Any, Any] = np.empty(0, object)

    def __getitem__(self, segment: int) -> str:
        return str(self._by_id[segment])

    def of(self, segments: Ints) -> list[str]:
        """The guids of these segments, in their order."""
        found: list[str] = self._by_id[segments].tolist()
        return found

    def ids_of(self, guids: Collection[str]) -> set[int]:
        """The ids of those of `guids` that are known."""
        wanted = set(guids)
        return {segment for segment, guid in enumerate(self._by_id.tolist()) if guid in wanted}

    def add(self, segments: list[int], guids: list[str]) -> None:
        """Take in segments with their guids."""
        import numpy as np

        last = max(segments, default=-1)
        if last >= len(self._by_id):
            # room for those to come, so that one more segment does not cost a copy of all
            grown = np.empty(last + 1 + last // 8, object)
            grown[: len(self._by_id)] = self._by_id
            self._by_id = grown
        self._by_id[segments] = guids


@dataclass(slots=True)
class Evidence:
    """All coded segments by voice. `claims` has one row per segment and voice, columns as named above, in the order of
    sources and then of the text; `guids` gives a segment's guid by its id. `speaking` are the voices that have a turn.
    `unheard` are the segments in counted sources that no voice is heard in, by id as (source, start, end, code);
    `researcher` says, as far as anybody has asked, which of them lie wholly in the researcher's turns, `researchers`
    their guids by the id of a framework."""

    stamp: int
    sources: list[SourceInfo]
    voices: list[Voice]
    claims: np.ndarray[Any, np.dtype[np.int64]]
    guids: Guids
    texts: dict[str, int] = field(default_factory=dict)
    spans: dict[tuple[int, int, int], int] = field(default_factory=dict)
    word_counts: dict[tuple[int, int, int], int] = field(default_factory=dict)
    speaking: frozenset[int] = frozenset()
    unheard: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)
    researcher: dict[int, bool] = field(default_factory=dict)
    researchers: dict[int, list[str]] = field(default_factory=dict)

    def words_in(self, source: int, start: int, end: int) -> int:
        """How many pieces between white space the text has there."""
        place = (source, start, end)
        count = self.word_counts.get(place)
        if count is None:
            count = self.word_counts[place] = len(self.sources[source].text[start:end].split())
        return count

    def key_of(self, source: int, start: int, end: int) -> int:
        """The number of the passage's text as it is compared, -1 when it is too short to be."""
        place = (source, start, end)
        key = self.spans.get(place)
        if key is None:
            text = comparable(self.sources[source].text[start:end])
            key = self.spans[place] = -1 if text is None else self.texts.setdefault(text, len(self.texts))
        return key


def evidence(project: Reader, session: Session, *, everybody: bool = False) -> Evidence:
    """The evidence as of this session, from what the reader kept warm where that still holds. An agreed version counts
    in the place of what it settles; with `everybody` all codings are there, its own and those of each coder."""
    from coding.analysis.agreed import counted_once

    whole = _warm(project, session)
    if everybody:
        return whole
    kept: tuple[Evidence, int, Evidence] | None = project.cache.get("evidence_once")
    if kept is None or kept[0] is not whole or kept[1] != whole.stamp:
        kept = project.cache["evidence_once"] = (whole, whole.stamp, counted_once(session, whole))
    return kept[2]


def _warm(project: Reader, session: Session) -> Evidence:
    stamp: int = _all(session, "SELECT coalesce(max(id), 0) FROM operation")[0][0]
    known: Evidence | None = project.cache.get("evidence")
    if known is not None and known.stamp == stamp:
        return known
    if known is None or stamp < known.stamp or _structure_changed(session, known.stamp):
        known = _load(session)
    else:
        _patch(session, known)
    known.stamp = stamp
    known.researchers = {}
    project.cache["evidence"] = known
    return known


def _all(session: Session, sql: str, *params: Any) -> list[Any]:
    # a million rows are read twice as soon without anything around the driver's own
    return read_all(session.connection().connection.driver_connection, sql, *params)  # type: ignore[arg-type]


def _structure_changed(session: Session, since: int) -> bool:
    marks = ", ".join(f"'{name}'" for name in _STRUCTURE)
    sql = f"SELECT 1 FROM change WHERE operation_id > ? AND table_name IN ({marks}) LIMIT 1"
    return bool(_all(session, sql, since))


def _load(session: Session) -> Evidence:
    import numpy as np

    sources = [
        SourceInfo(i, name, method, date, place, body, not (left_out or own))
        for i, name, method, date, place, body, left_out, own in _all(
            session,
            "SELECT s.id, s.name, s.method, s.date, s.place, t.body, s.left_out, s.own_statements FROM source s "
            "JOIN source_text t ON t.id = s.text_id ORDER BY s.position, s.id",
        )
    ]
    voices, turns = _voices(session)
    for source in sources:
        if source.counted:
            source.spans = _voice_spans(source, turns.get(source.id, []), voices)
            source.starts = [start for start, *_ in source.spans]
    names = list(voices)
    speaking = frozenset(voice for source in sources for *_, voice in source.spans)
    loaded = Evidence(0, sources, names, np.empty((0, WIDTH), np.int64), Guids(), speaking=speaking)
    rows = _all(session, f"{_SEGMENTS} ORDER BY g.id")
    loaded.claims = _claims(loaded, rows)
    return loaded


_SEGMENTS = (
    'SELECT g.id, g.guid, g.source_id, g.start, g."end", g.code_id, g.valence, g.exemplar, g.coder_id, '
    "coalesce(g.topic_id, 0), g.reported FROM segment g"
)


def _voices(session: Session) -> tuple[list[Voice], dict[int, list[Any]]]:
    """The informants who speak, in order of the study, and all turns by source as (start, end, kind, voice or None)."""
    voices: list[Voice] = []
    index: dict[int, int] = {}
    left_out: set[int] = set()
    for informant, code, out in _all(session, "SELECT id, code, left_out FROM informant ORDER BY position, id"):
        if out:
            left_out.add(informant)
            continue
        index[informant] = len(voices)
        voices.append(Voice(code, informant, None))
    turns: dict[int, list[Any]] = {}
    sql = 'SELECT source_id, start, "end", kind, informant_id FROM turn ORDER BY source_id, start'
    for source, start, end, kind, informant in _all(session, sql):
        turns.setdefault(source, []).append((start, end, kind, index.get(informant)))
    return voices, turns


def _voice_spans(source: SourceInfo, turns: list[Any], voices: list[Voice]) -> list[tuple[int, int, int]]:
    """Which stretches of the source belong to which voice; its own voice, if it has one, is added to `voices`."""
    spans = [(start, end, voice) for start, end, kind, voice in turns if kind == "informant" and voice is not None]
    if not turns:
        own = [(0, len(source.text))]
    elif source.method in ("observation", "document"):
        own = _outside([(s, e) for s, e, kind, _ in turns if kind != "unknown"], len(source.text))
    else:
        own = [(s, e) for s, e, kind, _ in turns if kind == "unknown"]
    if own:
        spans += [(start, end, len(voices)) for start, end in own]
        voices.append(Voice(source.name, None, source.id))
    return sorted(spans)


def _outside(taken: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    free, at = [], 0
    for start, end in [*sorted(taken), (length, length)]:
        if start > at:
            free.append((at, start))
        at = max(at, end)
    return free


def _claims(found: Evidence, rows: list[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """One line per segment and voice for these segments, in the order of the text; adds their guids."""
    import numpy as np

    index = {source.id: i for i, source in enumerate(found.sources)}
    claims: list[int] = []
    segments: list[int] = []
    guids: list[str] = []
    for segment, guid, source_id, start, end, code, valence, star, coder, topic, reported in rows:
        i = index[source_id]
        source = found.sources[i]
        guids.append(guid)
        segments.append(segment)
        voices = source.voices_in(start, end)
        if voices:
            words, key = len(source.text[start:end].split()), found.key_of(i, start, end)
            for voice in voices:
                claims += (
                    segment, voice, i, start, end, code, DIRECTIONS[valence], star, coder, words, key, topic, reported,
                )  # fmt: skip
        elif source.counted:
            found.unheard[segment] = (i, start, end, code)
    found.guids.add(segments, guids)
    # a flat list of numbers is read an order of magnitude sooner than a list of tuples
    array = np.array(claims, np.int64).reshape(-1, WIDTH)
    return array[np.lexsort((array[:, SEGMENT], array[:, END], array[:, START], array[:, SOURCE]))]


def _patch(session: Session, known: Evidence) -> None:
    import numpy as np

    sql = "SELECT DISTINCT row_id FROM change WHERE operation_id > ? AND table_name = 'segment'"
    changed = [row[0] for row in _all(session, sql, known.stamp)]
    if not changed:
        return
    rows: list[Any] = []
    for i in range(0, len(changed), 500):
        part = changed[i : i + 500]
        rows += _all(session, f"{_SEGMENTS} WHERE g.id IN ({', '.join('?' * len(part))})", *part)
    for number in changed:
        known.unheard.pop(number, None)
        known.researcher.pop(number, None)
    fresh = _claims(known, rows)
    kept = known.claims[~np.isin(known.claims[:, SEGMENT], changed)]
    merged = np.concatenate([kept, fresh])
    known.claims = merged[np.lexsort((merged[:, SEGMENT], merged[:, END], merged[:, START], merged[:, SOURCE]))]
