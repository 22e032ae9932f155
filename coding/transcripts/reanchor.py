"""What became of a text: where an edited one differs from what it was. Line by line, word by word, letter by letter."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from coding.text import Hunk

# With the space behind it: a space of its own equals any other, and would say that unlike words belong together.
_TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_WORK = 4_000_000
"""Pairs of words beyond which a changed stretch is not looked into any further."""

_RUN, _LETTERS = 4, 250_000
"""Equal letters in a row that two different words do not have by chance; pairs of letters that are still compared."""

Block = tuple[int, int, int, int]


def hunks_between(old: str, new: str) -> tuple[Hunk, ...]:
    """Where `new` differs from `old`, in order, with at least one unchanged character between two hunks.

    Equal beginnings and ends are found by comparing slices, so that a small edit of a large text costs little.
    """
    if old == new:
        return ()
    head = _common(old, new, ahead=True)
    tail = min(_common(old, new, ahead=False), len(old) - head, len(new) - head)
    found: list[Block] = []
    for block in _lines_apart(old, new, (head, len(old) - tail, head, len(new) - tail)):
        for part in _words_apart(old, new, block):
            start, end, new_start, new_end = _trimmed(old, new, part)
            if start == end and new_start == new_end:
                continue
            if found and found[-1][1] == start and found[-1][3] == new_start:
                found[-1] = (found[-1][0], end, found[-1][2], new_end)
            else:
                found.append((start, end, new_start, new_end))
    return tuple(Hunk(*block) for block in _slid(old, new, found))


def _slid(old: str, new: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """What was put in or taken out alone, moved to where a person would have done it, where several places give the
    same text: whole lines, else sentences, else words."""
    before = -1
    for number, (start, end, new_start, new_end) in enumerate(blocks):
        best = 0
        if start == end or new_start == new_end:
            text, a, b = (new, new_start, new_end) if start == end else (old, start, end)
            least = max(before + 1, start - _SLIDE) - start
            following = blocks[number + 1][0] if number + 1 < len(blocks) else len(old) + 1
            steps = [0]
            while steps[-1] > least and a + steps[-1] > 0 and text[a + steps[-1] - 1] == text[b + steps[-1] - 1]:
                steps.append(steps[-1] - 1)
            by = 0
            while end + by + 1 < following and by < _SLIDE and b + by < len(text) and text[a + by] == text[b + by]:
                by += 1
                steps.append(by)
            best = max(steps, key=lambda step: (_fit(text, a + step, b + step), -abs(step)))
        before = end + best
        yield start + best, end + best, new_start + best, new_end + best


_SLIDE = 300
_STOPS = ".?!…"


def _fit(text: str, start: int, end: int) -> int:
    """How well `[start, end)` is a unit that is written or removed as one."""
    if (not start or text[start - 1] == "\n") and (end == len(text) or text[end - 1] == "\n"):
        return 3
    if start and text[start - 1] in _STOPS and text[end - 1] in _STOPS and text[start].isspace():
        return 2
    inside = (start and text[start - 1 : start + 1].isalnum()) or text[end - 1 : end + 1].isalnum()
    return 0 if inside and end < len(text) else 1


def _common(old: str, new: str, *, ahead: bool) -> int:
    """How many characters both have in common at the beginning, or at the end."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if ahead:
            same = old[low:middle] == new[low:middle]
        else:
            same = old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _trimmed(old: str, new: str, block: Block) -> Block:
    start, end, new_start, new_end = block
    a, b = old[start:end], new[new_start:new_end]
    head = _common(a, b, ahead=True)
    tail = min(_common(a, b, ahead=False), len(a) - head, len(b) - head)
    return start + head, end - tail, new_start + head, new_end - tail


def _lines_apart(old: str, new: str, block: Block) -> Iterator[Block]:
    """The block in parts between the lines that stand once in either text, in the same order."""
    start, end, new_start, new_end = block
    if end - start < 2000 and new_end - new_start < 2000:
        yield block
        return
    before = old[start:end].splitlines(keepends=True)
    after = new[new_start:new_end].splitlines(keepends=True)
    places, new_places = _places(before, start), _places(after, new_start)
    for i, j, n in [*_runs(before, after), (len(before), len(after), 0)]:
        if places[i] > start or new_places[j] > new_start:
            yield start, places[i], new_start, new_places[j]
        start, new_start = places[i + n], new_places[j + n]


def _places(lines: Sequence[str], at: int) -> list[int]:
    places = [at]
    for line in lines:
        places.append(places[-1] + len(line))
    return places


def _runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal lines (first, first, how many): lines that are found once in each, as many as keep the order."""
    once, once_after = Counter(before), Counter(after)
    place = {line: j for j, line in enumerate(after) if once_after[line] == 1}
    pairs = [(i, place[line]) for i, line in enumerate(before) if once[line] == 1 and line in place]
    runs: list[tuple[int, int, int]] = []
    for i, j in _rising(pairs):
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        if pile == len(tops):
            tops.append(j)
            last.append(number)
        else:
            tops[pile] = j
            last[pile] = number
        before.append(last[pile - 1] if pile else -1)
    found, number = [], last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _words_apart(old: str, new: str, block: Block) -> Iterator[Block]:
    start, end, new_start, new_end = _trimmed(old, new, block)
    before = _TOKEN.findall(old, start, end)
    after = _TOKEN.findall(new, new_start, new_end)
    if not before or not after or len(before) * len(after) > _WORK:
        yield start, end, new_start, new_end
        return
    places, new_places = _places(before, start), _places(after, new_start)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield from _letters_apart(old, new, (places[i1], places[i2], new_places[j1], new_places[j2]))


def _letters_apart(old: str, new: str, block: Block) -> Iterator[Block]:
    """The block in parts between runs of equal letters that are too long to be chance."""
    start, end, new_start, new_end = _trimmed(old, new, block)
    if end - start <= _RUN or new_end - new_start <= _RUN or (end - start) * (new_end - new_start) > _LETTERS:
        yield start, end, new_start, new_end
        return
    matcher = difflib.SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
    at, new_at = start, new_start
    for run in matcher.get_matching_blocks():
        if run.size >= _RUN or not run.size:
            yield at, start + run.a, new_at, new_start + run.b
            at, new_at = start + run.a + run.size, new_start + run.b + run.size
