"""A table as it stands in a document, as it was written there, and as the project makes it now: what differs, and whose
change it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal

from coding.reports.refresh_xml import Line
from coding.reports.written_cells import UNKNOWN, WrittenRow, key_of, short, short_key

By = Literal["project", "own", "both", "unknown"]
"""Who changed something since the table was written: the project, the user, both, or nobody knows."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell by what stands at the head of its row and column, and what it says in the document and in the project.

    `number` counts the changes of a table from 0.
    """

    row: str
    column: str
    old: str
    new: str
    by: By = "unknown"
    number: int = 0

    @property
    def usual(self) -> bool:
        """Whether it is made unless somebody says otherwise: what the user wrote is not taken away unasked."""
        return self.by in ("project", "unknown")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that the project has and the document has not (`added`), or the other way round (`removed`), with its text.

    `added` by the user themselves (`own`) is a row that they took out, `removed` one that they put in.
    """

    row: str
    kind: Literal["added", "removed"]
    text: str
    by: By = "unknown"
    number: int = 0

    @property
    def usual(self) -> bool:
        """Whether it is made unless somebody says otherwise."""
        return self.by in ("project", "unknown")


Change = CellChange | RowChange


@dataclass(slots=True)
class Pair:
    """A row of the document, the same row as the project has it, and as it was written.

    `changes` are those of its cells, by the place of the cell, or under None that of the row.
    """

    old: Line | None
    new: Line | None
    written: WrittenRow | None = None
    changes: dict[int | None, Change] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows in the order they have afterwards, and every change by its number."""

    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]


def compared(
    old: Sequence[Line], new: Sequence[Line], written: Sequence[WrittenRow] | None, heads: int, lead: int
) -> Comparison:
    """Compare the rows `old` of the document with the `new` ones, of which the first are heads."""
    top = min(heads, len(old))
    base = written or ()
    pairs = [Pair(before, after, base[at] if at < len(base) else None)
             for at, (before, after) in enumerate(zip(old[:top], new[:top], strict=False))]  # fmt: skip
    pairs += [Pair(None, line) for line in new[top:heads]]
    pairs += _ordered(_paired(list(old[top:]), list(new[heads:]), list(base[heads:]), lead), new)
    names, changes = _column_names(new[:heads]), list[Change]()
    for pair in pairs:
        for place, change in _changes(pair, names, lead, known=written is not None):
            numbered = replace(change, number=len(changes))
            pair.changes[place] = numbered
            changes.append(numbered)
    return Comparison(tuple(pairs), tuple(changes))


def _paired(old: list[Line], new: list[Line], written: list[WrittenRow], lead: int) -> list[Pair]:
    """Rows below the heads, those of the document first, by what they are called, now or when they were written."""
    base = _were(old, written, lead)
    keys = [row.key if row is not None else short_key(line.texts, lead) for line, row in zip(old, base, strict=True)]
    new_keys = [short_key(line.texts, lead) for line in new]
    at = _alike(keys, new_keys)
    met = set(at.values())
    pairs = [Pair(line, new[at[number]] if number in at else None, base[number]) for number, line in enumerate(old)]
    taken = {id(row) for row in base if row is not None}
    left: dict[str, list[WrittenRow]] = {}
    for row in written:
        if id(row) not in taken:
            left.setdefault(row.key, []).append(row)
    for number, line in enumerate(new):
        if number not in met:
            were = left.get(new_keys[number])
            pairs.append(Pair(None, line, were.pop(0) if were else None))
    return pairs


def _were(old: list[Line], written: list[WrittenRow], lead: int) -> list[WrittenRow | None]:
    """What was written for each row of the document, None for one of the user's own."""
    keys, base_keys = [short_key(line.texts, lead) for line in old], [row.key for row in written]
    found: list[WrittenRow | None] = [None] * len(old)
    matched = _alike(keys, base_keys)
    met = set(matched.values())
    for number, at in matched.items():
        found[number] = written[at]
    # a row whose name the user wrote anew stands between the same neighbours, and has cells as they were
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, base_keys, False).get_opcodes():
        if tag != "replace" or i2 - i1 != j2 - j1:
            continue
        for number, at in zip(range(i1, i2), range(j1, j2), strict=True):
            if number not in matched and at not in met and _shares(old[number], written[at], lead):
                found[number] = written[at]
    return found


def _shares(line: Line, row: WrittenRow, lead: int) -> bool:
    pairs = list(zip(line.texts, row.cells, strict=False))[lead:]
    return any(text not in ("", "–") and short(text) == cell for text, cell in pairs)


def _alike(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Places of `one` with the place in `other` that has the same key: in order, then those that were moved."""
    found: dict[int, int] = {}
    for first, second, length in SequenceMatcher(None, one, other, False).get_matching_blocks():
        found |= {first + step: second + step for step in range(length)}
    taken = set(found.values())
    free: dict[str, list[int]] = {}
    for at, key in enumerate(other):
        if at not in taken:
            free.setdefault(key, []).append(at)
    for number, key in enumerate(one):
        if number not in found and free.get(key):
            found[number] = free[key].pop(0)
    return found


def _ordered(pairs: list[Pair], new: Sequence[Line]) -> list[Pair]:
    """The rows in the order of the project; those that only the document has stay behind the one they stood behind."""
    behind: dict[int, list[Pair]] = {}
    last = -1
    for pair in pairs:
        if pair.old is None:
            continue
        if pair.new is not None:
            last = id(pair)
        else:
            behind.setdefault(last, []).append(pair)
    place = {id(line.element): number for number, line in enumerate(new)}
    both = sorted(
        (pair for pair in pairs if pair.new is not None),
        key=lambda pair: place[id(pair.new.element)] if pair.new is not None else 0,
    )
    found = list(behind.get(-1, ()))
    for pair in both:
        found.append(pair)
        found += behind.get(id(pair), ())
    return found


def _changes(pair: Pair, names: Sequence[str], lead: int, *, known: bool) -> list[tuple[int | None, Change]]:
    old, new, written = pair.old, pair.new, pair.written
    if old is None and new is not None:
        by: By = "unknown" if not known else "project" if written is None else "own"
        if by == "own" and written is not None and not _says(new, written):
            by = "both"
        return [(None, RowChange(label_of(new, lead), "added", _whole(new), by))]
    if new is None and old is not None:
        by = "unknown" if not known else "own" if written is None else "project" if _says(old, written) else "both"
        return [(None, RowChange(label_of(old, lead), "removed", _whole(old), by))]
    assert old is not None
    assert new is not None
    label = label_of(new, lead)
    if old.shape != new.shape:
        by = _by_row(old, new, written)
        return [(None, CellChange(label, "", _whole(old), _whole(new), by))]
    found: list[tuple[int | None, Change]] = []
    column = 0
    for at, (before, after) in enumerate(zip(old.cells, new.cells, strict=True)):
        if " ".join(before.text.split()) != " ".join(after.text.split()):
            was = written.cells[at] if written is not None and at < len(written.cells) else UNKNOWN
            name = names[column] if column < len(names) else ""
            found.append((at, CellChange(label, name, before.text, after.text, _by(before.text, after.text, was))))
        column += after.span
    return found


def _by(old: str, new: str, was: str) -> By:
    if was == UNKNOWN:
        return "unknown"
    if short(old) == was:
        return "project"
    return "own" if short(new) == was else "both"


def _by_row(old: Line, new: Line, written: WrittenRow | None) -> By:
    if written is None:
        return "unknown"
    if _says(old, written):
        return "project"
    return "own" if _says(new, written) else "both"


def _says(line: Line, written: WrittenRow) -> bool:
    """Whether a row says what was written."""
    return len(line.cells) == len(written.cells) and all(
        was in (UNKNOWN, short(text)) for text, was in zip(line.texts, written.cells, strict=True)
    )


def _whole(line: Line) -> str:
    return " | ".join(text for text in line.texts if text)


def label_of(line: Line, lead: int) -> str:
    """What a row is called."""
    return " · ".join(text for text in key_of(line.texts, lead) if text) or "–"


def _column_names(heads: Sequence[Line]) -> list[str]:
    """What stands over each column, heads over several before those below them."""
    rows = [[one.text for one in line.cells for _ in range(one.span)] for line in heads]
    width = max((len(row) for row in rows), default=0)
    parts = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    return [" – ".join(dict.fromkeys(text for text in part if text)) for part in parts]


def written_then(
    comparison: Comparison, taken: Collection[int], fresh: Sequence[WrittenRow], new: Sequence[Line]
) -> list[WrittenRow]:
    """What is to be remembered as written once the changes `taken` were made: what the project says, but for changes
    of its own that were not taken, which stay changes of its own. `fresh` says it of each of the `new` rows."""
    said = {id(line.element): row for line, row in zip(new, fresh, strict=True)}
    rows, widths = [], {len(row.cells) for row in fresh}
    for pair in comparison.pairs:
        change = pair.changes.get(None)
        waits = change is not None and change.number not in taken and change.by != "own"
        if pair.new is None or waits:
            if waits and pair.written is not None and len(pair.written.cells) in widths:
                rows.append(pair.written)
            continue
        row = said[id(pair.new.element)]
        cells = list(row.cells)
        for at, one in pair.changes.items():
            if at is not None and one.number not in taken and one.by != "own":
                was = pair.written.cells[at] if pair.written and at < len(pair.written.cells) else UNKNOWN
                cells[pair.new.at[at] if pair.new.at is not None else at] = was
        rows.append(WrittenRow(row.key, tuple(cells)))
    return rows


def shared_columns(
    old: Sequence[Line], new: Sequence[Line], written: Sequence[WrittenRow] | None, heads: int, lead: int
) -> tuple[list[Line], list[Line], list[WrittenRow]] | None:
    """The rows in the columns that the document and the project share, where the user put columns in or took some out
    and the project did not; None where that is not so, or can't be told."""
    if not written or heads != 1 or not old or not new or {len(row.cells) for row in written} != {len(new[0].cells)}:
        return None
    if any(one.span != 1 for line in (*old, *new) for one in line.cells):
        return None
    if len({len(line.cells) for line in old}) != 1 or len({len(line.cells) for line in new}) != 1:
        return None
    here, there = old[0].texts, new[0].texts
    if any(short(text) != was for text, was in zip(there, written[0].cells, strict=True)):
        return None
    shared = [(here.index(text), at) for at, text in enumerate(there) if here.count(text) == 1]
    gone = [text for number, text in enumerate(here) if number not in {place for place, _ in shared}]
    if not set(range(lead)) <= {at for _, at in shared} or any(text in there for text in gone):
        return None
    places, kept = tuple(place for place, _ in shared), [at for _, at in shared]
    return (
        [Line(line.element, tuple(line.cells[place] for place in places), places) for line in old],
        [Line(line.element, tuple(line.cells[at] for at in kept), tuple(kept)) for line in new],
        [WrittenRow(row.key, tuple(row.cells[at] for at in kept)) for row in written],
    )
