"""The section on method: what was gathered, from whom, when, and how it was coded, in counts the project holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from coding.analysis.agreed import agreed_version, standing
from coding.analysis.columns import METHOD_LABELS
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    Value,
    cell,
    head,
    plain,
    with_reference,
)
from coding.reports.wording import listed, opened, spelled
from coding.store.models import Code, Coder, Framework, Segment, Source
from coding.transcripts.rows import SourceRow
from coding.words import Words

_KEY = "sources"


@dataclass(frozen=True, slots=True)
class Coding:
    """How the study was coded: segments of sources that count, by framework key (None for open codes), and by coder;
    `by_source` are the guids of those of each source, by its guid."""

    segments: int
    by_framework: tuple[tuple[str | None, int, int], ...]
    coders: tuple[tuple[str, int], ...]
    by_source: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_coding(results: Results) -> Coding:
    """How many segments, codes in use and coders there are, over sources that are not left out of the analysis."""
    counted = (Source.left_out == 0) & (Source.own_statements == 0)
    with results.project.read() as session:
        version = agreed_version(session)
        counts = session.execute(
            select(Framework.key, func.count(Segment.id), func.count(func.distinct(Segment.code_id)))
            .select_from(Segment)
            .join(Code, Code.id == Segment.code_id)
            .join(Source, Source.id == Segment.source_id)
            .outerjoin(Framework, Framework.id == Code.framework_id)
            .where(counted, standing(session))
            .group_by(Framework.id)
            .order_by(Framework.id.is_(None), Framework.id)
        ).all()
        coders = session.execute(
            select(Coder.name, func.count(Segment.id))
            .join(Segment, Segment.coder_id == Coder.id)
            .join(Source, Source.id == Segment.source_id)
            .where(counted, Segment.coder_id != (version.coder_id if version else 0))
            .group_by(Coder.id)
            .order_by(Coder.id)
        ).all()
        placed = session.execute(
            select(Source.guid, Segment.guid)
            .join(Source, Source.id == Segment.source_id)
            .where(counted, standing(session))
            .order_by(Source.position, Segment.start, Segment.end, Segment.id)
        ).all()
    by_source: dict[str, list[str]] = {}
    for source, guid in placed:
        by_source.setdefault(source, []).append(guid)
    by_framework = tuple((key, int(segments), int(codes)) for key, segments, codes in counts)
    by_coder = tuple((str(name), int(segments)) for name, segments in coders)
    return Coding(sum(count for _, count, _ in by_framework), by_framework, by_coder,
                  {source: tuple(guids) for source, guids in by_source.items()})  # fmt: skip


def method_blocks(desk: Desk, coding: Coding) -> list[Block]:
    """How the evidence was gathered and coded, with a table of the sources by method."""
    words = desk.words
    counted = [row for row in desk.material.sources if not row.left_out and not row.own_statements]
    gathered = Paragraph(with_reference(_gathered(desk, counted), _KEY))
    paragraphs = [gathered, plain(_heard(desk)), plain(_coded(desk, coding))]
    left_out = len(desk.material.sources) - len(counted)
    notes: tuple[Paragraph, ...] = ()
    if left_out:
        said = words.n(
            "{count} source is left out of the analysis and not counted.",
            "{count} sources are left out of the analysis and not counted.",
            count=left_out,
        )
        notes = (desk.noted(said),)
    shown = tuple(one for one in paragraphs if one.text)
    blocks: list[Block] = [Narrative(words.t("Method"), shown)]
    return [*blocks, _table(desk, counted, notes, coding.by_source)] if counted else blocks


def _gathered(desk: Desk, counted: Sequence[SourceRow]) -> str:
    words = desk.words
    methods: Counter[str] = Counter(row.method for row in counted)
    if not counted:
        return words.t("No source has been gathered yet.")
    parts = [_counted(words, key, methods[key]) for key in METHOD_LABELS if methods[key]]
    if len(parts) == 1:
        sentence = words.t("The study draws on {sources}, shown in {table}.", sources=parts[0], table=REFERENCE)
    else:
        sentence = words.n(
            "The study draws on {count} source ({methods}), shown by method in {table}.",
            "The study draws on {count} sources ({methods}), shown by method in {table}.",
            count=len(counted),
            methods=listed(words, parts),
            table=REFERENCE,
        )
    dates = sorted(row.date for row in counted if row.date)
    if dates and dates[0] != dates[-1]:
        sentence += " " + words.t(
            "These sources date from {first} to {last}.", first=words.date(dates[0]), last=words.date(dates[-1])
        )
    return sentence


def _counted(words: Words, method: str, count: int) -> str:
    if method == "interview":
        return words.n("{count} interview", "{count} interviews", count=count)
    if method == "focus_group":
        return words.n("{count} focus group", "{count} focus groups", count=count)
    if method == "observation":
        return words.n("{count} observation note", "{count} observation notes", count=count)
    if method == "document":
        return words.n("{count} document", "{count} documents", count=count)
    return words.n("{count} questionnaire", "{count} questionnaires", count=count)


def _heard(desk: Desk) -> str:
    words = desk.words
    heard = [row for row in desk.material.informants if row.counted]
    if not heard:
        return ""
    more = sum(len(row.sources) > 1 for row in heard)
    sentence = words.n("The study heard {count} informant", "The study heard {count} informants", count=len(heard))
    if more:
        sentence += words.n(
            "; {count} of them speaks in more than one source",
            "; {count} of them speak in more than one source",
            count=more,
        )
    sentence += "."
    unheard = sum(row.planned and not row.heard for row in desk.material.informants)
    if unheard:
        sentence += " " + opened(
            words,
            words.n(
                "{count} further informant was planned and not heard.",
                "{count} further informants were planned and not heard.",
                count=unheard,
            ),
        )
    return sentence


def _coded(desk: Desk, coding: Coding) -> str:
    words = desk.words
    if not coding.segments:
        return words.t("No passage has been coded yet.")
    parts = []
    for key, segments, codes in coding.by_framework:
        label = desk.material.frameworks[key].in_(words.language) if key else words.t("open codes")
        parts.append(
            words.n(
                "{framework} ({segments} with {count} code)",
                "{framework} ({segments} with {count} codes)",
                count=codes,
                framework=label,
                segments=words.number(segments),
            )
        )
    sentence = words.n(
        "In all, {count} segment was coded: {parts}.",
        "In all, {count} segments were coded: {parts}.",
        count=coding.segments,
        parts=listed(words, parts),
    )
    coders = len(coding.coders)
    (number,) = spelled(words, coders)
    done = words.n(
        "The coding was done by {number} coder.", "The coding was done by {number} coders.", count=coders, number=number
    )
    return f"{sentence} {done}"


def _table(
    desk: Desk, counted: Sequence[SourceRow], notes: tuple[Paragraph, ...], coded: Mapping[str, tuple[str, ...]]
) -> Table:
    words = desk.words
    heads = (
        "No",
        words.t("Method"),
        words.t("Sources"),
        words.t("Words"),
        words.t("Coded segments"),
        words.t("Period"),
    )
    body: list[tuple[TableCell, ...]] = []
    totals = [0, 0, 0]
    for key, label in METHOD_LABELS.items():
        rows = [row for row in counted if row.method == key]
        if not rows:
            continue
        dates = sorted(row.date for row in rows if row.date)
        ends = [words.short_date(date) for date in dict.fromkeys((*dates[:1], *dates[-1:]))]
        behind = [guid for row in rows for guid in coded.get(row.guid, ())]
        counts = (len(rows), sum(row.words for row in rows), len(behind))
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        body.append(
            (
                cell(words.number(len(body) + 1), align="center"),
                cell(label.in_(words.language)),
                *_figures(words, counts, behind),
                cell(" – ".join(ends) or "–"),
            )
        )
    body.append(
        (
            cell(words.t("Total"), bold=True, span=2),
            *_figures(words, totals, [guid for row in counted for guid in coded.get(row.guid, ())], bold=True),
            cell(""),
        )
    )
    widths = (0.9, 3.3, 1.7, 1.6, 1.9)
    return Table(
        "method_section",
        _KEY,
        words.t("Sources of the study by method"),
        (tuple(head(text) for text in heads),),
        tuple(body),
        (*widths, round(PORTRAIT_TEXT - sum(widths), 2)),
        desk.source_line,
        notes,
    )


def _figures(words: Words, counts: Sequence[int], guids: Sequence[str], *, bold: bool = False) -> list[TableCell]:
    """Cells of sources, words and coded segments; the last leads to the segments."""
    made = [cell(words.number(count), align="right", bold=bold, value=Value(count)) for count in counts]
    return [*made[:-1], replace(made[-1], segments=tuple(guids))]


def _gather(results: Results, item: ReportItem) -> list[Coding]:
    coding = read_coding(results)
    return [coding] if coding.segments or item.name in results.asked else []


MAKER = Maker("method_section", _gather, method_blocks)
