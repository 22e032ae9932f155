"""The audit trail: each claim with the coded segments it rests on, who coded and changed them, who reviewed them."""

from __future__ import annotations

from collections.abc import Sequence

from coding.findings.sides import column_said
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.options import ReportItem
from coding.reports.tables import (
    LANDSCAPE_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    TableCell,
    cell,
    head,
    plain,
    with_reference,
)
from coding.review.trail import Claim, Evidence, coded_by, reviewed_by, trail

NAME = "audit"
_WIDTHS = (1.2, 8.2, 3.6, 5.3, 5.4)
"""Of number, passage, code, who coded and changed it, who reviewed it."""


def audit_blocks(desk: Desk, claims: Sequence[Claim]) -> list[Block]:
    """A table in which each claim heads the segments behind it."""
    words = desk.words
    heads = ("No", *map(words.t, ("Passage", "Code", "Coded by", "Review")))
    lines: list[tuple[TableCell, ...]] = []
    number = 0
    for claim in claims:
        lines.append(_claim(desk, claim, len(heads)))
        for one in claim.evidence:
            number += 1
            lines.append(_evidence(desk, one, number))
        if not claim.evidence:
            lines.append((cell(""), cell(plain(words.t("no evidence"), italic=True), span=4)))
    title = words.t("Audit trail")
    sentence = words.t("{table} follows each finding back to the passages it rests on.", table=REFERENCE)
    made = Table(
        NAME, NAME, title, (tuple(map(head, heads)),), tuple(lines), _fitted(), desk.source_line,
        landscape=True,
    )  # fmt: skip
    return [Narrative(title, (Paragraph(with_reference(sentence, NAME)),), landscape=True), made]


def _fitted() -> tuple[float, ...]:
    return (*_WIDTHS[:-1], round(LANDSCAPE_TEXT - sum(_WIDTHS[:-1]), 2))


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
    claims = results.once("trail", lambda: trail(results.project)) if item.name in results.asked else []
    return [claims] if claims else []


def _quoted(claims: Sequence[Claim]) -> list[str]:
    return [one.segment.guid for claim in claims for one in claim.evidence]


MAKER = Maker(NAME, _gather, audit_blocks, _quoted)
