"""Whether a further interview still brought new codes, as a table and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from coding.analysis.results import Level
from coding.analysis.results_counts import Saturation, SaturationStep
from coding.analysis.saturation import saturation, saturation_guids
from coding.reports.charts import line_name, saturation_spec
from coding.reports.count_tables import NOTHING, NUMBER, named, nothing_row, number_cell, with_chart
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import EDGES, PORTRAIT_TEXT, REFERENCE, Block, Table, TableCell, cell, head, text_width
from coding.reports.wording import opened

NAME = "saturation"
_DATE, _COUNT = 2.0, 1.5
"""Centimetres of the column of dates at least, and of the counts, whose heads stand in it word by word."""
_SHARES = (0.44, 0.56)
"""What the interview and the new codes have of the rest of the line."""
FEW = 6
"""So many new codes are named in a row."""


def saturation_blocks(desk: Desk, found: Saturation, behind: Sequence[tuple[str, ...]] = ()) -> list[Block]:
    """Interviews in order, with what each added; `behind` are the segments with which the new codes of each came in."""
    words = desk.words
    added = behind or [()] * len(found.steps)
    so_far = list(accumulate(added))
    steps = zip(found.steps, added, so_far, strict=True)
    dated = any(step.date for step in found.steps)
    rows = tuple(_row(desk, *step, number=at, dated=dated) for at, step in enumerate(steps, 1))
    caption = named(desk, words.t("Saturation: new codes per further interview"), found.framework)
    dates = [text_width(words.date(step.date)) + EDGES for step in found.steps if step.date]
    date = [round(max(_DATE, *dates), 2)] if dated else []
    rest = PORTRAIT_TEXT - NUMBER - sum(date) - 2 * _COUNT
    interview, listed = (round(share * rest, 2) for share in _SHARES)
    heads = ("Interview", *(("Date",) if dated else ()), "New codes", "Codes so far", "Which are new")
    table = Table(
        NAME,
        f"{NAME}.{found.framework or 'all'}",
        caption,
        ((head("No"), *(head(words.t(text)) for text in heads)),),
        rows or (nothing_row(words, len(heads) + 1),),
        (NUMBER, interview, *date, _COUNT, _COUNT, listed),
        desk.source_line,
        desk.notices(found.notices),
    )
    sentence = words.t("{table} shows how many codes each interview added to those before it.", table=REFERENCE)
    quiet = 0
    for step in reversed(found.steps):
        if step.new:
            break
        quiet += 1
    if quiet and found.codes:
        told = words.n("The last interview added no code.", "The last {count} interviews added no code.", count=quiet)
        sentence += " " + opened(words, told)
    return with_chart(desk, table, sentence, saturation_spec(found, words), caption)


def _row(
    desk: Desk, step: SaturationStep, added: tuple[str, ...], so_far: tuple[str, ...], *, number: int, dated: bool
) -> tuple[TableCell, ...]:
    words = desk.words
    names = [line_name(line, words) for line in step.new[:FEW]]
    rest = len(step.new) - len(names)
    listed = ", ".join(names)
    if rest:
        listed += " " + words.n("and {count} more", "and {count} more", count=rest)
    return (
        cell(words.number(number), align="center"),
        cell(desk.naming.source(step.source)),
        *((cell(words.date(step.date) or NOTHING),) if dated else ()),
        number_cell(words, len(step.new), segments=added),
        number_cell(words, step.total, segments=so_far),
        cell(listed or NOTHING),
    )


def _gather(results: Results, item: ReportItem) -> list[tuple[Saturation, list[tuple[str, ...]]]]:
    framework, order = item.settings.get("framework"), item.settings.get("order")
    level: Level = "dimension" if item.settings.get("level") == "dimension" else "indicator"
    chosen = [str(guid) for guid in order] if isinstance(order, list | tuple) and order else None
    key = str(framework) if framework else None
    found = saturation(results.project, key, level, chosen)
    # one interview alone has nothing before it
    if not (found.codes and len(found.steps) > 1) and item.name not in results.asked:
        return []
    return [(found, saturation_guids(results.project, key, level, chosen))]


MAKER = Maker(NAME, _gather, lambda desk, part: saturation_blocks(desk, *part))
