"""What the charts of results show: from a result to a `ChartSpec`, worded."""

from __future__ import annotations

from collections.abc import Sequence

from coding.analysis.results import Factors, Matrix
from coding.analysis.results_counts import CodeLine, CoOccurrence, Crosstab, Frequencies, Saturation
from coding.analysis.wording import GLYPHS
from coding.reports.drawing import ChartSpec, Drawn, drawn
from coding.words import Words

MOST_CODES = 30
"""So many codes are drawn at most: those put most often."""


def factor_chart(factors: Factors, words: Words) -> Drawn | None:
    """The chart of factors as a PNG; None when no factor has a direction."""
    spec = factor_spec(factors, words)
    return drawn(spec) if spec is not None else None


def factor_spec(factors: Factors, words: Words) -> ChartSpec | None:
    """Passages that support to the right, that inhibit to the left, a bar for each factor that has either, in the order
    of the summary; None when no factor has."""
    rows = [row for row in factors.rows if row.supporting.passages or row.inhibiting.passages]
    if not rows:
        return None
    pairs = [(row.inhibiting.passages, row.supporting.passages) for row in rows]
    labels = tuple(row.label.in_(words.language) for row in rows)
    shown = tuple(tuple(_signed(words, key, count) for key, count in _sides(pair)) for pair in pairs)
    heads = (f"{GLYPHS['inhibiting']} {words.t('Inhibiting')}", f"{GLYPHS['supporting']} {words.t('Supporting')}")
    told = "; ".join(f"{label}: {_told(words, pair)}" for label, pair in zip(labels, pairs, strict=True))
    return ChartSpec("diverging", labels, heads, tuple(pairs), shown, words.t("Number of passages"), told)


def dimension_spec(factors: Factors, words: Words, order: Sequence[str]) -> ChartSpec | None:
    """The passages for and against each dimension of a framework, as two rings; None for fewer than three dimensions,
    or without any direction. `factors` is a summary at level dimension, `order` the codes of the rows in theirs."""
    rows = sorted(factors.rows, key=lambda row: order.index(row.code))
    pairs = [(row.supporting.passages, row.inhibiting.passages) for row in rows]
    if len(rows) < 3 or not any(map(any, pairs)):
        return None
    labels = tuple(row.label.in_(words.language) for row in rows)
    shown = tuple(tuple(_signed(words, key, n) for key, n in _sides(pair[::-1]))[::-1] for pair in pairs)
    heads = (f"{GLYPHS['supporting']} {words.t('Supporting')}", f"{GLYPHS['inhibiting']} {words.t('Inhibiting')}")
    told = "; ".join(f"{label}: {_told(words, pair[::-1])}" for label, pair in zip(labels, pairs, strict=True))
    return ChartSpec("radar", labels, heads, tuple(pairs), shown, words.t("Number of passages"), told)


def matrix_spec(matrix: Matrix, words: Words, columns: tuple[str, ...] | None = None) -> ChartSpec | None:
    """How much each column says on each row, with the sign of its stance; None when nobody says anything. `columns` are
    their names, as they are printed."""
    names = columns or tuple(column.label.in_(words.language) for column in matrix.columns)
    if not any(cell.passages for row in matrix.rows for cell in row.cells):
        return None
    labels = tuple(_row_name(row.label.in_(words.language), row.parent, row.part) for row in matrix.rows)
    values = tuple(tuple(cell.passages or None for cell in row.cells) for row in matrix.rows)
    shown = tuple(
        tuple(f"{GLYPHS[cell.stance]} {words.number(cell.passages)}" if cell.passages else "" for cell in row.cells)
        for row in matrix.rows
    )
    return ChartSpec("heat", labels, names, values, shown, words.t("Number of passages"), _spoken(labels, names, shown))


def frequency_spec(found: Frequencies, words: Words, *, upper: bool = False) -> ChartSpec | None:
    """Segments of each code that was put, in the order of the codebook; None when none was. Where there are too many
    codes, or with `upper`, dimensions and open codes alone, then those put most often."""
    rows = [row for row in found.rows if row.segments]
    if upper or len(rows) > MOST_CODES:
        rows = [row for row in rows if row.code.part in ("dimension", "open")]
    kept = {row.code.key for row in sorted(rows, key=lambda row: -row.segments)[:MOST_CODES]}
    rows = [row for row in rows if row.code.key in kept]
    if not rows:
        return None
    labels = tuple(line_name(row.code, words) for row in rows)
    shown = tuple((words.number(row.segments),) for row in rows)
    axis = words.t("Number of coded segments")
    told = "; ".join(f"{label}: {one[0]}" for label, one in zip(labels, shown, strict=True))
    return ChartSpec("bars", labels, (axis,), tuple((row.segments,) for row in rows), shown, axis, told)


def crosstab_spec(found: Crosstab, words: Words, columns: Sequence[str], unit: str) -> ChartSpec | None:
    """How much of each code falls to each column, named as they are printed; None when nothing was counted. Codes with
    nothing are left out, and of too many those with least."""
    used = sorted((i for i in range(len(found.rows)) if found.row_totals[i]), key=lambda i: -found.row_totals[i])
    kept = sorted(used[:MOST_CODES])
    if not kept or not columns:
        return None
    labels = tuple(line_name(found.rows[i], words) for i in kept)
    values = tuple(tuple(count or None for count in found.counts[i]) for i in kept)
    shown = tuple(tuple(words.number(count) if count else "" for count in found.counts[i]) for i in kept)
    return ChartSpec("heat", labels, tuple(columns), values, shown, unit, _spoken(labels, tuple(columns), shown))


def cooccurrence_spec(found: CoOccurrence, words: Words) -> ChartSpec | None:
    """How many pairs of passages overlap, code by code; None when none do. Of the codes that overlap with another those
    with most passages are drawn."""
    codes = range(len(found.codes))
    used = [i for i in codes if any(found.overlap[i][j] for j in codes if i != j)]
    kept = sorted(sorted(used, key=lambda i: -found.passages[i])[:MOST_CODES])
    if not any(found.overlap[i][j] for i in kept for j in kept if i != j):
        return None
    labels = tuple(line_name(found.codes[i], words) for i in kept)
    values = tuple(tuple(None if i == j else found.overlap[i][j] or None for j in kept) for i in kept)
    shown = tuple(tuple("·" if i == j else words.number(found.overlap[i][j] or 0) for j in kept) for i in kept)
    shown = tuple(tuple("" if one == "0" else one for one in row) for row in shown)
    numbers = tuple(str(at + 1) for at in range(len(kept)))
    rows = tuple(f"{number} {label}" for number, label in zip(numbers, labels, strict=True))
    return ChartSpec(
        "heat", rows, numbers, values, shown, words.t("Pairs of overlapping passages"), _spoken(rows, numbers, shown)
    )


def saturation_spec(found: Saturation, words: Words) -> ChartSpec | None:
    """New codes of each interview and all codes so far; None when no interview has any."""
    if not found.codes:
        return None
    values = tuple((len(step.new), step.total) for step in found.steps)
    shown = tuple(tuple(words.number(one) for one in pair) for pair in values)
    numbers = tuple(words.number(at) for at in range(1, len(found.steps) + 1))
    told = words.n("{count} code after all interviews", "{count} codes after all interviews", count=found.codes)
    heads = (words.t("New codes"), words.t("Codes so far"))
    return ChartSpec("steps", numbers, heads, values, shown, words.t("Interviews, in order"), told)


def line_name(line: CodeLine, words: Words) -> str:
    """A code as a row; what is on a dimension itself after the dimension."""
    name = line.label.in_(words.language)
    if line.part == "no_indicator" and line.parent_label is not None:
        return f"{line.parent_label.in_(words.language)} · {name}"
    return name


def _row_name(label: str, parent: str | None, part: str) -> str:
    return f"– {label}" if parent is not None and part == "topic" else label


def _sides(pair: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    return tuple(zip(("inhibiting", "supporting"), pair, strict=True))


def _signed(words: Words, key: str, count: int) -> str:
    return f"{GLYPHS[key]} {words.number(count)}"


def _told(words: Words, pair: tuple[int, ...]) -> str:
    return ", ".join(_signed(words, key, count) for key, count in reversed(_sides(pair)))


def _spoken(rows: tuple[str, ...], columns: tuple[str, ...], shown: tuple[tuple[str, ...], ...]) -> str:
    return "; ".join(
        f"{row}: " + ", ".join(f"{column} {one}" for column, one in zip(columns, line, strict=True) if one)
        for row, line in zip(rows, shown, strict=True)
        if any(line)
    )
