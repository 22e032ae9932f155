"""The way back from every claim: what it rests on, where that was said, who coded and changed it, who reviewed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from coding.analysis.results import Label
from coding.analysis.wording import VALENCE_LABELS
from coding.errors import mark
from coding.exchange.tables import write_table
from coding.findings.conclusions import conclusions
from coding.findings.lines import FindingLine, finding_lines
from coding.findings.richtext import plain
from coding.findings.sides import column_said
from coding.project import Reader
from coding.review.remarks import verdicts
from coding.review.rows import Target, VerdictRow
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Coder, Finding
from coding.store.sql import rows
from coding.words import Words

_MANY = 800
VERDICT_WORDS = {"agreed": mark("agreed"), "question": mark("question"), "revise": mark("revise")}


@dataclass(frozen=True, slots=True)
class Touch:
    """One change of a coded segment after it was made: who, when (UTC, ISO 8601), as which step (an English msgid)."""

    coder: str
    at: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One coded segment behind a claim, with what became of it."""

    segment: SegmentRow
    changes: tuple[Touch, ...]
    verdicts: tuple[VerdictRow, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding, or a sentence of the conclusion with its `findings`, and the evidence behind it."""

    kind: Literal["finding", "conclusion"]
    guid: str
    text: str
    label: Label | None
    column: str | None
    view: str
    stale: bool
    coder: str
    modified_at: str
    verdicts: tuple[VerdictRow, ...]
    evidence: tuple[Evidence, ...]


def trail(reader: Reader) -> list[Claim]:
    """Every finding and every sentence of the conclusion, in their order, each with all that it stands on."""
    with reader.read():
        lines = finding_lines(reader)
        sentences = conclusions(reader).sentences
        wanted = {guid for line in lines for guid in line.segments}
        found = {row.guid: row for row in segments(reader, guids=wanted)}
        touched = _changes(reader, wanted)
        targets = [Target("segment", guid) for guid in found]
        targets += [Target("finding", line.guid) for line in lines]
        targets += [Target("conclusion", one.guid) for one in sentences]
        said = verdicts(reader, targets)
        written = _written(reader)

    def evidence(guids: Sequence[str]) -> tuple[Evidence, ...]:
        kept = [found[guid] for guid in dict.fromkeys(guids) if guid in found]
        return tuple(
            Evidence(row, tuple(touched.get(row.guid, ())), tuple(said.get(Target("segment", row.guid), ())))
            for row in kept
        )

    claims = []
    for line in lines:
        coder, at = written.get(line.guid, ("", ""))
        said_of = tuple(said.get(Target("finding", line.guid), ()))
        claims.append(
            Claim("finding", line.guid, plain(line.text), line.label, line.column, line.view, line.stale, coder, at,
                  said_of, evidence(line.segments))
        )  # fmt: skip
    by_guid: dict[str, FindingLine] = {line.guid: line for line in lines}
    for one in sentences:
        resting = [by_guid[guid] for guid in one.findings if guid in by_guid]
        guids = [guid for line in resting for guid in line.segments]
        claims.append(
            Claim("conclusion", one.guid, one.text, None, None, "", any(line.stale for line in resting), "", "",
                  tuple(said.get(Target("conclusion", one.guid), ())), evidence(guids))
        )  # fmt: skip
    return claims


def _written(reader: Reader) -> dict[str, tuple[str, str]]:
    with reader.read() as session:
        query = select(Finding.guid, Coder.name, Finding.modified_at).join(Coder, Coder.id == Finding.coder_id)
        return {guid: (name, at) for guid, name, at in session.execute(query)}


def _changes(reader: Reader, guids: set[str]) -> dict[str, list[Touch]]:
    """What the journal tells of these segments after they were made, steps taken back left out."""
    found: dict[str, list[Touch]] = {}
    listed = sorted(guids)
    with reader.read() as session:
        connection = session.connection().connection.driver_connection
        for at in range(0, len(listed), _MANY):
            part = listed[at : at + _MANY]
            marks = ", ".join("?" * len(part))
            sql = (
                "SELECT c.row_guid, coalesce(k.name, ''), o.at, o.title FROM change c "
                "JOIN operation o ON o.id = c.operation_id LEFT JOIN coder k ON k.guid = o.coder_guid "
                f"WHERE c.table_name = 'segment' AND c.action = 'U' AND c.row_guid IN ({marks}) AND o.kind = 'do' "
                "AND (SELECT count(*) FROM operation u WHERE u.target_id = o.id) % 2 = 0 ORDER BY c.id"
            )
            for guid, name, moment, title in rows(connection, sql, *part):  # type: ignore[arg-type]
                found.setdefault(guid, []).append(Touch(name, moment, title))
    return found


def coded_by(words: Words, one: Evidence) -> str:
    """Who coded the segment when, and who changed it since: one line."""
    parts = [f"{one.segment.coder}, {words.short_date(one.segment.created_at[:10])}"]
    for touch in one.changes:
        name, when = touch.coder, words.short_date(touch.at[:10])
        parts.append(words.t("changed by {name}, {date}", name=name, date=when))
    return "; ".join(dict.fromkeys(parts))


def reviewed_by(words: Words, given: Sequence[VerdictRow]) -> str:
    """Who gave which verdict when: one line, empty where nobody did."""
    parts = []
    for row in given:
        word = words.t(VERDICT_WORDS[row.verdict]) if row.verdict else words.t("looked at")
        said = f"{row.coder}: {word}, {words.short_date(row.at[:10])}"
        parts.append(f"{said} ({words.t('changed since then')})" if row.changed else said)
    return "; ".join(parts)


def write_trail(path: Path, claims: Sequence[Claim], words: Words) -> int:
    """Write the trail as .csv or .xlsx, a row for each segment behind a claim; a claim without evidence has one row.

    Returns how many rows there are. Raises as `write_table`.
    """
    t = words.t
    heads = [
        t("Kind"), t("Claim"), t("Row"), t("Column"), t("Written by"), t("Review of the claim"), t("Passage"),
        t("Code"), t("Direction"), t("Informants"), t("Source"), t("From character"), t("To character"), t("Coded by"),
        t("Review of the coding"),
    ]  # fmt: skip

    def way(row: SegmentRow) -> str:
        return VALENCE_LABELS[row.valence].in_(words.language) if row.valence else ""

    kinds = {"finding": t("Finding"), "conclusion": t("Conclusion")}
    lines: list[list[str | int | None]] = []
    for claim in claims:
        first: list[str | int | None] = [
            kinds[claim.kind], claim.text, claim.label.in_(words.language) if claim.label else "",
            column_said(claim.view, claim.column, words),
            f"{claim.coder}, {words.short_date(claim.modified_at[:10])}" if claim.coder else "",
            reviewed_by(words, claim.verdicts),
        ]  # fmt: skip
        for one in claim.evidence:
            row = one.segment
            lines.append(
                [*first, " ".join(row.text.split()), row.label(words.language), way(row),
                 ", ".join(row.informants), row.source, row.start, row.end, coded_by(words, one),
                 reviewed_by(words, one.verdicts)]
            )  # fmt: skip
        if not claim.evidence:
            lines.append([*first, t("no evidence"), *[""] * 8])
    return write_table(path, t("Audit trail"), heads, lines)
