"""Words and signs that tables, prose and charts of a report share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coding.analysis.results import Cell, Kind, Stance
from coding.analysis.wording import GLYPHS
from coding.errors import mark
from coding.words import Words

# The order in which directions are listed, everywhere.
SPEAKING: tuple[Stance, ...] = ("supporting", "inhibiting", "mixed", "neutral")
TRIANGULATIONS: Mapping[Kind, str] = {
    "source": mark("Source triangulation"),
    "method": mark("Method triangulation"),
    "time": mark("Time triangulation"),
    "place": mark("Place triangulation"),
    "investigator": mark("Investigator triangulation"),
    "theory": mark("Theory triangulation"),
}
_BRACKETED = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(r"^(\d[\d.,]*) (?=[^\W\d_])")
_NUMERALS = (
    mark("one"), mark("two"), mark("three"), mark("four"), mark("five"), mark("six"), mark("seven"), mark("eight"),
    mark("nine"), mark("ten"),
)  # fmt: skip


def spelled(words: Words, *counts: int) -> tuple[str, ...]:
    """Counts of one sentence: in letters when all of them are from one to ten, else all in figures."""
    if all(1 <= count <= len(_NUMERALS) for count in counts):
        return tuple(words.t(_NUMERALS[count - 1]) for count in counts)
    return tuple(words.number(count) for count in counts)


def listed(words: Words, items: Sequence[str]) -> str:
    """Items of a sentence: `a`, `a and b`, `a, b, and c`; where an item is a list itself, so that one sees which."""
    if len(items) < 2:
        return "".join(items)
    bare = [_BRACKETED.sub("", item) for item in items]
    conjunction = words.t("{first} and {second}", first="", second="")
    joined, commas = any(conjunction in item for item in bare), any("," in item for item in bare)
    if len(items) == 2:
        said = "{first} as well as {second}" if joined or commas else "{first} and {second}"
        return words.t(said, first=items[0], second=items[1])
    if commas:
        return words.t("{list}; as well as {last}", list="; ".join(items[:-1]), last=items[-1])
    said = "{list}, as well as {last}" if joined else "{list}, and {last}"
    return words.t(said, list=", ".join(items[:-1]), last=items[-1])


def varied(words: Words, sentences: Sequence[str], at: int, **params: str) -> str:
    """One of several sentences that say the same, chosen by a place and never by chance."""
    return words.t(sentences[at % len(sentences)], **params)


def opened(words: Words, sentence: str) -> str:
    """`sentence` as it may begin: no sentence begins with a figure, in either language."""
    found = _FIGURE.match(sentence)
    if found is None:
        return capital(sentence)
    if found[1].isdecimal() and 1 <= int(found[1]) <= len(_NUMERALS):
        return capital(spelled(words, int(found[1]))[0]) + sentence[found.end(1) :]
    return words.t("In all, {sentence}", sentence=sentence)


def capital(text: str) -> str:
    """`text` with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def divided(cell: Cell) -> list[tuple[Stance, int]]:
    """How many voices of a cell speak in each direction; nothing when there is only one."""
    if len(cell.split) < 2:
        return []
    counted = ((key, sum(voice.stance == key for voice in cell.split)) for key in SPEAKING)
    return [(key, count) for key, count in counted if count]


def voices_shown(words: Words, cell: Cell) -> str:
    """How the voices of a cell are divided: `5 + 1 −`; empty when there is only one."""
    return " ".join(f"{words.number(count)} {GLYPHS[key]}" for key, count in divided(cell))
