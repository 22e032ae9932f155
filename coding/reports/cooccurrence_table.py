"""Which codes go together, as a table and a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from coding.analysis.cooccurrence import cooccurrence, cooccurring_guids
from coding.analysis.results import Level
from coding.analysis.results_counts import MEASURES, CoOccurrence, Measure
from coding.reports.charts import cooccurrence_spec, line_name
from coding.reports.count_tables import code_cells, figure_cell, fitted, nothing_row, number_cell, with_chart
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import REFERENCE, Block, Paragraph, Table, TableCell, cell, head
from coding.words import Words

NAME = "cooccurrence"


Behind = tuple[Mapping[tuple[int, int], tuple[str, ...]], Sequence[tuple[str, ...]]]
"""The segments behind each pair of codes, by the places of both, and those of each code."""


def cooccurrence_blocks(
    desk: Desk, part: tuple[CoOccurrence, Measure], behind: Behind = (MappingProxyType({}), ())
) -> list[Block]:
    """Codes × codes; columns are numbered as the rows are."""
    found, measure = part
    words = desk.words
    used, alone = _together(found, measure)
    caption = {
        "overlap": words.t("Codes that go together: pairs of overlapping passages"),
        "inclusion": words.t("Codes that go together: pairs of passages of which one includes the other"),
        "turn": words.t("Codes that go together: pairs of passages in the same turn"),
        "jaccard": words.t("Codes that go together: share of the text in common (Jaccard)"),
    }[measure]
    numbers = [words.number(at + 1) for at in range(len(used))]
    nested = any(line.part == "dimension" for line in found.codes)
    rows: tuple[tuple[TableCell, ...], ...] = tuple(
        (*code_cells(words, found.codes[one], at + 1, nested=nested), *_figures(words, part, behind, one, used))
        for at, one in enumerate(used)
    )
    rows = rows or (nothing_row(words, 3),)
    heads = (words.t("Code"), *numbers, words.t("Passages"))
    widths, turned = fitted(heads, rows)
    table = Table(
        NAME,
        f"{NAME}.{measure}",
        caption,
        ((head("No"), *map(head, heads)),),
        rows,
        widths,
        desk.source_line,
        (*_left_out(desk, alone), *desk.notices(found.notices)),
        landscape=turned,
        tail=1,
    )
    sentence = words.t("{table} shows which codes were put on the same words.", table=REFERENCE)
    if measure == "turn":
        sentence = words.t("{table} shows which codes were put in the same turn.", table=REFERENCE)
    spec = cooccurrence_spec(found, words) if measure == "overlap" else None
    told = [one for one in (_strongest(words, found, used) if measure == "overlap" else "",) if one]
    return with_chart(desk, table, " ".join([sentence, *told]), spec, caption)


def _together(found: CoOccurrence, measure: Measure) -> tuple[list[int], int]:
    """The codes that go together with another, all that were put where none does; and how many stand alone."""
    put = [at for at in range(len(found.codes)) if found.passages[at]]
    used = [one for one in put if any(found.pairs(measure, one, other) for other in put if other != one)]
    return used or put, len(put) - len(used) if used else 0


def _left_out(desk: Desk, alone: int) -> tuple[Paragraph, ...]:
    if not alone:
        return ()
    told = desk.words.n(
        "{count} code goes together with no other and is left out.",
        "{count} codes go together with no other and are left out.",
        count=alone,
    )
    return (desk.noted(told),)


def _figures(
    words: Words, part: tuple[CoOccurrence, Measure], behind: Behind, one: int, used: Sequence[int]
) -> tuple[TableCell, ...]:
    found, measure = part
    by_pair, by_code = behind
    made = []
    for other in used:
        segments = by_pair.get((min(one, other), max(one, other)), ())
        if one == other and measure != "turn":
            made.append(cell("·", align="center"))
        elif measure == "jaccard":
            made.append(figure_cell(words, found.jaccard(one, other) or None, segments=segments))
        else:
            made.append(number_cell(words, found.pairs(measure, one, other), segments=segments))
    whole = by_code[one] if by_code else ()
    return (*made, number_cell(words, found.passages[one], bold=True, segments=whole))


def _strongest(words: Words, found: CoOccurrence, used: Sequence[int]) -> str:
    """Which two codes overlap most often."""
    pairs = [(found.overlap[a][b], a, b) for at, a in enumerate(used) for b in used[at + 1 :]]
    most = max(pairs, key=lambda pair: pair[0], default=(0, 0, 0))
    # one pair among others that are as many says nothing
    if not most[0] or [pair[0] for pair in pairs].count(most[0]) > 1:
        return ""
    return words.n(
        "Most often together: {one} and {other} ({count} pair).",
        "Most often together: {one} and {other} ({count} pairs).",
        count=most[0],
        one=line_name(found.codes[most[1]], words),
        other=line_name(found.codes[most[2]], words),
    )


def _gather(results: Results, item: ReportItem) -> list[tuple[tuple[CoOccurrence, Measure], Behind]]:
    settings = item.settings
    framework, guids = settings.get("framework"), settings.get("codes")
    codes = [str(guid) for guid in guids] if isinstance(guids, list | tuple) and guids else None
    level: Level = "indicator" if settings.get("level") == "indicator" else "dimension"
    measure: Measure = next((one for one in MEASURES if one == settings.get("measure")), "overlap")
    key = str(framework) if framework else None
    found = cooccurrence(results.project, key, level, codes)
    together = any(count for at, row in enumerate(found.overlap) for count in row[at + 1 :])
    if not together and item.name not in results.asked:
        return []
    return [((found, measure), cooccurring_guids(results.project, measure, key, level, codes))]


MAKER = Maker(NAME, _gather, lambda desk, part: cooccurrence_blocks(desk, *part))
