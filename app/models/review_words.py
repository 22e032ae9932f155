"""How the review says things."""

from __future__ import annotations

from app.context import Context
from app.models.evidence_words import one_line, valence_word
from coding.analysis.wording import status_word
from coding.errors import mark
from coding.findings.richtext import plain
from coding.findings.sides import column_said
from coding.review.details import QueueLine, Written
from coding.review.queue import Wanted
from coding.review.rows import ProposalRow, TargetKind, Verdict

VERDICT_NAMES: dict[Verdict, str] = {
    "agreed": mark("Agreed"),
    "question": mark("Question"),
    "revise": mark("Revise"),
}
VERDICT_GLYPHS: dict[Verdict, str] = {"agreed": "✓", "question": "?", "revise": "!"}
"""Beside the word or in the place of it, never colour alone."""
VERDICT_COLORS: dict[Verdict, str] = {"agreed": "supporting", "question": "mixed", "revise": "inhibiting"}
WANTED_NAMES: dict[Wanted, str] = {
    "new": mark("New"),
    "changed": mark("Changed since"),
    "questioned": mark("Questioned"),
    "open": mark("Open points"),
    "all": mark("Everything"),
}
KIND_NAMES: dict[TargetKind, str] = {
    "segment": mark("Coded segments"),
    "finding": mark("Findings"),
    "judgement": mark("Judgements"),
    "conclusion": mark("Conclusions"),
}
ONE_OF: dict[TargetKind, str] = {
    "segment": mark("Coded segment"),
    "finding": mark("Finding"),
    "judgement": mark("Judgement"),
    "conclusion": mark("Conclusion"),
}
VIEW_NAMES = {
    "source": mark("source triangulation"),
    "method": mark("method triangulation"),
    "time": mark("triangulation over time"),
    "place": mark("triangulation of places"),
    "investigator": mark("investigator triangulation"),
    "theory": mark("theory triangulation"),
    "factors": mark("factors"),
    "framework_matrix": mark("framework matrix"),
}


def words_of(line: QueueLine) -> str:
    """The passage, or what was written, on one line."""
    if line.segment is not None:
        return one_line(line.segment.text)
    if line.written is None:
        return ""
    return one_line(plain(line.written.text) if line.written.kind == "finding" else line.written.text)


def place_of(ctx: Context, line: QueueLine) -> str:
    """Where it stands: code and source of a coded segment, row and column of what was written."""
    if line.segment is not None:
        parts = [line.segment.label(ctx.language), line.segment.source, line.segment.coder]
    else:
        assert line.written is not None
        parts = [ctx.t(ONE_OF[line.written.kind]), *written_place(ctx, line.written)]
    return " · ".join(part for part in parts if part)


def written_place(ctx: Context, written: Written) -> list[str]:
    """The row, the column and the view on which a finding or judgement stands, and the status it gives."""
    if written.kind == "conclusion":
        return []
    parts = [written.label(ctx.language), column_said(written.view, written.column, ctx.words)]
    if written.view in VIEW_NAMES:
        parts.append(ctx.t(VIEW_NAMES[written.view]))
    if written.status is not None:
        parts.append(ctx.t("status: {status}", status=status_word(written.status, ctx.words)))  # type: ignore[arg-type]
    return [part for part in parts if part]


def proposed(ctx: Context, row: ProposalRow) -> str:
    """What a proposal would change."""
    if row.kind == "code":
        label = (row.code_label_id if ctx.language == "id" else row.code_label_en) or "–"
        return ctx.t("The code “{code}”", code=label)
    if row.kind == "valence":
        return ctx.t("The direction: {valence}", valence=valence_word(ctx, row.valence))
    if row.kind == "span":
        if row.start is None:
            return ctx.t("Other edges, in a text that was edited since")
        return ctx.t("The passage “{passage}”", passage=one_line(row.text))
    return ctx.t("Remove the coded segment")


def spoken(ctx: Context, line: QueueLine) -> str:
    """All of a line, for a screen reader."""
    parts = [words_of(line), place_of(ctx, line)]
    if line.segment is not None:
        parts.append(valence_word(ctx, line.segment.valence))
    if line.changed:
        parts.append(ctx.t("changed since you looked"))
    parts.append(said_of(ctx, line)[1])
    return ", ".join(part for part in parts if part)


def said_of(ctx: Context, line: QueueLine) -> tuple[str, str]:
    """What was said of a thing in a few signs, and in words; both empty where nobody said anything."""
    signs, words = [], []
    if line.worst is not None:
        signs.append(VERDICT_GLYPHS[line.worst])
        words.append(ctx.t(VERDICT_NAMES[line.worst]))
    if line.comments:
        signs.append(f"“ {line.comments}")
        words.append(ctx.n("{count} open conversation", "{count} open conversations", count=line.comments))
    if line.proposals:
        signs.append(f"→ {line.proposals}")
        words.append(ctx.n("{count} open proposal", "{count} open proposals", count=line.proposals))
    return " ".join(signs), ", ".join(words)
