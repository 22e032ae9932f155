"""Supporting and inhibiting factors as a table and a chart."""

from __future__ import annotations

from coding.analysis.fitting import fitting
from coding.analysis.results import FactorRow, Factors
from coding.analysis.wording import GLYPHS
from coding.codes.links import FACTORS
from coding.findings.sides import DIRECTIONS, Direction, side_of
from coding.reports.charts import factor_chart
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results, settled
from coding.reports.options import ReportItem
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    REFERENCE,
    Block,
    Figure,
    Narrative,
    Paragraph,
    Run,
    Table,
    TableCell,
    Value,
    cell,
    head,
    needed,
    plain,
    with_reference,
)
from coding.reports.wording import listed

_KEY, _CHART = "factors", "factors.chart"
_NUMBER, _LABEL, _CATEGORY = 0.8, (2.6, 3.4), (1.5, 1.9)
_SNIPPET = 140


def factor_blocks(desk: Desk, factors: Factors) -> list[Block]:
    """The summary of factors: prose, table, and a chart when a factor has evidence in either direction."""
    words = desk.words
    title = _title(desk, factors)
    figure = _figure(desk, factors, title)
    if figure:
        sentence = words.t(
            "{table} sets what supports the implementation beside what inhibits it; {figure} shows the numbers of"
            " passages.",
            table=REFERENCE,
            figure=REFERENCE,
        )
    else:
        sentence = words.t("{table} sets what supports the implementation beside what inhibits it.", table=REFERENCE)
    runs = with_reference(sentence, _KEY, _CHART)
    if factors.framework != FACTORS:
        runs = (*runs, Run(" " + _what_they_are(desk, factors)))
    if leading := _leading(desk, factors):
        runs = (*runs, Run(" " + leading))
    blocks: list[Block] = [Narrative(title, (Paragraph(runs),), landscape=True), _table(desk, factors, title)]
    return [*blocks, figure] if figure else blocks


def _title(desk: Desk, factors: Factors) -> str:
    title = desk.words.t("Supporting and inhibiting factors")
    if factors.framework == FACTORS:
        return title
    framework = factors.framework_label.in_(desk.words.language)
    return desk.words.t("{title} by {framework}", title=title, framework=framework)


def _what_they_are(desk: Desk, factors: Factors) -> str:
    """Which codes of a theory stand for factors."""
    words, framework = desk.words, factors.framework_label.in_(desk.words.language)
    if factors.level == "dimension":
        return words.t("The factors are the dimensions of {framework}.", framework=framework)
    return words.t("The factors are the indicators of {framework}.", framework=framework)


def _leading(desk: Desk, factors: Factors) -> str:
    """Which factors most informants speak of."""
    words = desk.words
    most = max((row.informants for row in factors.rows), default=0)
    if most < 2:
        return ""
    labels = [row.label.in_(words.language) for row in factors.rows if row.informants == most]
    return words.n(
        "Most often heard, from {count} informant: {factors}.",
        "Most often heard, from {count} informants: {factors}.",
        count=most,
        factors=listed(words, labels),
    )


def _table(desk: Desk, factors: Factors, title: str) -> Table:
    words = desk.words
    by_category = any(row.parent_label for row in factors.rows)
    counted = (words.t("Segments"), words.t("Passages"), words.t("Informants"))
    counts = tuple(needed([text], 1.4, 2.1) for text in counted)
    factor = needed((row.label.in_(words.language) for row in factors.rows), *_LABEL)
    labels = [words.t("Category"), *(row.parent_label.in_(words.language) for row in factors.rows if row.parent_label)]
    category = (needed(labels, *_CATEGORY),) if by_category else ()
    fixed = _NUMBER + factor + sum(category) + 2 * sum(counts)
    side = (*counts, round((LANDSCAPE_TEXT - fixed) / 2, 2))
    upper = [head("No", deep=2), head(words.t("Factor"), deep=2)]
    if by_category:
        upper.append(head(words.t("Category"), deep=2))
    upper += [head(words.t("Supporting") + " (+)", span=4), head(words.t("Inhibiting") + " (−)", span=4)]
    lower = 2 * (*(head(text) for text in counted), head(words.t("Who, and exemplar")))
    return Table(
        "factors",
        _KEY,
        title,
        (tuple(upper), lower),
        tuple(_row(desk, factors, row, number, by_category) for number, row in enumerate(factors.rows, 1)),
        (_NUMBER, factor, *category, *side, *side),
        desk.source_line,
        _notes(desk, factors),
        landscape=True,
    )


def _row(desk: Desk, factors: Factors, row: FactorRow, number: int, by_category: bool) -> tuple[TableCell, ...]:
    words = desk.words
    name = row.label.in_(words.language)
    label = [plain(f"{name} {GLYPHS['mixed']}" if row.contested else name)]
    if row.neutral.passages:
        label.append(plain(f"{GLYPHS['neutral']} {words.number(row.neutral.passages)}"))
    cells = [cell(words.number(number), align="center"), cell(label)]
    if by_category:
        cells.append(cell(row.parent_label.in_(words.language) if row.parent_label else "–"))
    if not row.supporting.segments and not row.inhibiting.segments:
        spoken = row.neutral.segments or row.unmarked
        text = words.t("no evidence with a direction") if spoken else words.t("no evidence yet")
        return (*cells, cell(plain(text, italic=True), span=8, align="center"))
    return (*cells, *(one for direction in DIRECTIONS for one in _side(desk, factors, row, direction)))


def _side(desk: Desk, factors: Factors, row: FactorRow, direction: Direction) -> tuple[TableCell, ...]:
    words, side = desk.words, side_of(row, direction)
    counts = (side.segments, side.passages, side.informants)
    numbers = tuple(
        cell(words.number(count) if count else "–", align="center", value=Value(count), segments=side.segment_ids)
        for count in counts
    )
    if not side.segments:
        return (*numbers, cell("–", align="center"))
    who = plain(", ".join(desk.naming.together([desk.naming.voice(key) for key in side.who])), bold=True)
    own = desk.material.sides.get((factors.framework, row.code, row.part, direction))
    written = [plain(desk.naming.text(own))] if own else []
    return (*numbers, cell([who, *written, *desk.quotes(side.exemplars[:1], None, width=_SNIPPET)]))


def _notes(desk: Desk, factors: Factors) -> tuple[Paragraph, ...]:
    words = desk.words
    notes = []
    if any(row.contested for row in factors.rows):
        notes.append(words.t("± contested: the factor has segments in both directions."))
    if any(row.neutral.passages for row in factors.rows):
        notes.append(words.t("○ passages marked as neutral."))
    return (*(plain(note) for note in notes), *desk.notices(factors.notices))


def _figure(desk: Desk, factors: Factors, title: str) -> Figure | None:
    words = desk.words
    drawn = factor_chart(factors, words)
    if drawn is None:
        return None
    told = "; ".join(
        f"{row.label.in_(words.language)}: + {words.number(row.supporting.passages)},"
        f" − {words.number(row.inhibiting.passages)}"
        for row in factors.rows
        if row.supporting.passages or row.inhibiting.passages
    )
    caption = words.t("{title}: number of passages", title=title)
    return Figure(
        "factors", _CHART, caption, drawn.png, drawn.width, drawn.height, f"{caption}. {told}", desk.source_line,
    )  # fmt: skip


def _gather(results: Results, item: ReportItem) -> list[Factors]:
    item = settled(results.project, item, "factors")
    key = str(item.settings.get("framework") or results.options.factor_framework)
    # reports saved while it was the default name the framework of factors though the study may do without it
    if not key or (key == FACTORS and not any(row.key == key for row in results.adopted)):
        key, level = fitting(results.adopted)
        item = ReportItem(item.name, {"level": level, **item.settings})
    tagged = {row.key for row in results.adopted if row.segments}
    return [results.factors(key, item)] if item.name in results.asked or key in tagged else []


def _quoted(factors: Factors) -> list[str]:
    return [guid for row in factors.rows for side in (row.supporting, row.inhibiting) for guid in side.exemplars]


MAKER = Maker("factors", _gather, factor_blocks, _quoted, factors=lambda part: (part,))
