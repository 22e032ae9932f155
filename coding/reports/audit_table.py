"""The audit trail: each claim with the coded segments it rests on, who coded and changed them, who reviewed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from coding.findings.sides import column_said
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Run,
    Table,
    TableCell,
    cell,
    head,
    needed,
    plain,
    with_reference,
)
from coding.review.trail import Claim, Evidence, coded_by, reviewed_by, trail

NAME = "audit"
_WIDTHS = (1.2, 8.2, 3.6, 5.3)
"""Of number, passage, code, and who coded and changed it in the list; who reviewed it has the rest of a page on its
side."""
_NUMBER, _CODE, _WHO = 1.0, (2.4, 3.4), 3.4
"""Of number, code (for its longest word, least and most) and who coded and reviewed it on pages; the passage has the
rest of an upright one."""


def audit_blocks(desk: Desk, claims: Sequence[Claim]) -> list[Block]:
    """A table in which each claim heads the segments behind it; on pages the sources head theirs, too."""
    words = desk.words
    heads = ("No", *map(words.t, ("Passage", "Code", "Coded by", "Review")))
    title = words.t("Audit trail")
    sentence = words.t("{table} follows each finding back to the passages it rests on.", table=REFERENCE)
    sentence += " " + words.t("The numbers beside a passage say where it stands in its source, in characters.")
    made = Table(
        NAME, NAME, title, (tuple(map(head, heads)),), _lines(desk, claims, len(heads), by_source=False),
        (*_WIDTHS, round(LANDSCAPE_TEXT - sum(_WIDTHS), 2)), desk.source_line, landscape=True,
    )  # fmt: skip
    labels = {one.segment.label(words.language) for claim in claims for one in claim.evidence}
    code = needed(labels, *_CODE)
    shorter = ("No", words.t("Passage"), words.t("Code"), words.t("Coded by, review"))
    made = replace(
        made,
        paper=lambda: replace(
            made,
            heads=(tuple(map(head, shorter)),),
            rows=_lines(desk, claims, len(shorter), by_source=True),
            widths=(_NUMBER, round(PORTRAIT_TEXT - _NUMBER - code - _WHO, 2), code, _WHO),
            landscape=False,
            paper=None,
        ),
    )
    return [Narrative(title, (Paragraph(with_reference(sentence, NAME)),)), made]


def _lines(desk: Desk, claims: Sequence[Claim], columns: int, *, by_source: bool) -> tuple[tuple[TableCell, ...], ...]:
    lines: list[tuple[TableCell, ...]] = []
    number = 0
    for claim in claims:
        lines.append(_claim(desk, claim, columns))
        for source, group in groupby(claim.evidence, lambda one: one.segment.source):
            if by_source:
                lines.append((cell(plain(desk.naming.source(source), italic=True), span=columns),))
            for one in group:
                number += 1
                lines.append(_brief(desk, one, number) if by_source else _evidence(desk, one, number))
        if not claim.evidence:
            lines.append((cell(""), cell(plain(desk.words.t("no evidence"), italic=True), span=columns - 1)))
    return tuple(lines)


def _brief(desk: Desk, one: Evidence, number: int) -> tuple[TableCell, ...]:
    """A segment under its source: where it stands beside who said it, its review below who coded it."""
    words, row = desk.words, one.segment
    # without informants it is attributed to the source over it
    who = f" {desk.naming.attribute(row)}" if row.informants else ""
    said = desk.passage(row)
    said = replace(said, runs=(*said.runs, Run(f"{who}, {words.number(row.start)}–{words.number(row.end)}")))
    reviewed = reviewed_by(words, one.verdicts)
    return (
        cell(words.number(number), align="center"),
        cell(said),
        cell(row.label(words.language)),
        cell([plain(coded_by(words, one)), *([plain(reviewed, italic=True)] if reviewed else [])]),
    )


def _claim(desk: Desk, claim: Claim, span: int) -> tuple[TableCell, ...]:
    words, naming = desk.words, desk.naming
    where = [claim.label.in_(words.language)] if claim.label is not None else [words.t("Conclusion")]
    if claim.column:
        column = column_said(claim.view, claim.column, words)
        where.append(column if column != claim.column else naming.voice(claim.column))
    paragraphs = [plain(f"{' · '.join(where)}: {naming.text(claim.text)}", bold=True)]
    said = []
    if claim.coder:
        said.append(words.t("written by {coder}, {date}", coder=claim.coder,
                            date=words.short_date(claim.modified_at[:10])))  # fmt: skip
    if claim.stale:
        said.append(words.t("the evidence has changed since"))
    if reviews := reviewed_by(words, claim.verdicts):
        said.append(reviews)
    if said:
        paragraphs.append(plain("; ".join(said), italic=True))
    return (cell(paragraphs, span=span, shaded=True),)


def _evidence(desk: Desk, one: Evidence, number: int) -> tuple[TableCell, ...]:
    words, row = desk.words, one.segment
    where = plain(f"{desk.naming.source(row.source)}, {words.number(row.start)}–{words.number(row.end)}")
    return (
        cell(words.number(number), align="center"),
        cell([*desk.quotes([row.guid], None), where]),
        cell(row.label(words.language)),
        cell(coded_by(words, one)),
        cell(reviewed_by(words, one.verdicts) or "–"),
    )


def _gather(results: Results, item: ReportItem) -> list[list[Claim]]:
    claims = results.once("trail", lambda: trail(results.project))
    return [claims] if claims else []


def _quoted(claims: Sequence[Claim]) -> list[str]:
    return [one.segment.guid for claim in claims for one in claim.evidence]


MAKER = Maker(NAME, _gather, audit_blocks, _quoted)
