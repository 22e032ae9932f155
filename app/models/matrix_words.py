"""What a matrix says in words: numbers, stances and reasons, worded for the screen and for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence

from app.context import Context
from coding.analysis.judging import Finding
from coding.analysis.results import Cell, Column, FactorRow, Judgement, Label, Matrix, Row, Side, Stance, VoiceCell
from coding.analysis.wording import GLYPHS, status_word
from coding.codes.rows import LinkedCode
from coding.reports.wording import SPEAKING, capital, divided, listed, voices_shown

FEW = 4
"""So many columns are named in a sentence with their counts."""


def in_words(ctx: Context, label: Label) -> str:
    """A label in the language of the interface."""
    return label.in_(ctx.language)


def column_name(ctx: Context, column: Column) -> str:
    """What a column is called."""
    return in_words(ctx, column.label)


def members(ctx: Context, column: Column) -> str:
    """How many a column stands for: `4 informants`; empty where it stands for none."""
    if not column.members or column.of == "none":
        return ""
    if column.of == "informants":
        return ctx.n("{count} informant", "{count} informants", count=column.members)
    return ctx.n("{count} source", "{count} sources", count=column.members)


def split(ctx: Context, cell: Cell) -> str:
    """How the voices of a cell are divided: `3 + 1 −`; empty when one speaks."""
    return voices_shown(ctx.words, cell)


def cell_shown(ctx: Context, cell: Cell) -> str:
    """A cell as plain text: `± 14 (3 + 1 −)`."""
    if cell.stance == "silent":
        return GLYPHS["silent"]
    text = f"{GLYPHS[cell.stance]} {ctx.words.number(cell.passages)}"
    divided = split(ctx, cell)
    return f"{text} ({divided})" if divided else text


def stance_spoken(ctx: Context, stance: Stance) -> str:
    """A stance as it is said of a cell."""
    t = ctx.t
    spoken = {
        "supporting": t("supporting"),
        "inhibiting": t("inhibiting"),
        "mixed": t("mixed"),
        "neutral": t("without direction"),
        "silent": t("silent"),
    }
    return spoken[stance]


def passages(ctx: Context, count: int) -> str:
    return ctx.n("{count} passage", "{count} passages", count=count)


def cell_spoken(ctx: Context, row: Row, column: Column, cell: Cell) -> str:
    """A cell in words, for those who hear it: `Clarity, WT: 4 passages, inhibiting`."""
    place = f"{in_words(ctx, row.label)}, {column_name(ctx, column)}"
    if cell.stance == "silent":
        return f"{place}: {stance_spoken(ctx, 'silent')}"
    parts = [passages(ctx, cell.passages), stance_spoken(ctx, cell.stance)]
    if counted := divided(cell):
        said = (f"{ctx.words.number(count)} {stance_spoken(ctx, stance)}" for stance, count in counted)
        parts.append(ctx.t("voices: {split}", split=", ".join(said)))
    return f"{place}: {', '.join(parts)}"


def status_spoken(ctx: Context, row: Row) -> str:
    """The status of a row in words, with its coverage and the analyst's judgement."""
    said = f"{in_words(ctx, row.label)}: {status_word(row.status, ctx.words)}, {coverage_spoken(ctx, row)}"
    if row.judgement is None:
        return said
    return f"{said}; {judged(ctx, row.judgement)}: {row.judgement.reason}"


def judged(ctx: Context, judgement: Judgement) -> str:
    """A judgement, short."""
    status = status_word(judgement.status, ctx.words)
    if judgement.stale:
        return ctx.t("judgement: {status}, to be checked", status=status)
    return ctx.t("judgement: {status}", status=status)


def finding_spoken(ctx: Context, finding: Finding) -> str:
    """What the analyst wrote, and whether the evidence changed since."""
    if finding.stale:
        return ctx.t("Finding, to be checked: {text}", text=finding.text)
    return ctx.t("Finding: {text}", text=finding.text)


def mapped(ctx: Context, links: Sequence[LinkedCode]) -> str:
    """The factors mapped onto a code, or what a factor is mapped onto; empty without any."""
    if not links:
        return ""
    return ctx.t("Mapped: {codes}", codes=", ".join(link.label(ctx.language) for link in links))


def coverage(ctx: Context, row: Row) -> str:
    """How many of the columns speak, short: `3 / 5`."""
    return " / ".join(ctx.words.number(count) for count in row.coverage)


def coverage_spoken(ctx: Context, row: Row) -> str:
    """How many of the columns speak."""
    return ctx.t("{speaking} of {total} columns speak", speaking=row.coverage[0], total=row.coverage[1])


def number_explained(ctx: Context, cell: Cell) -> str:
    """What a cell's number is made of: `4 passages from 5 segments by 2 informants`."""
    return counted(ctx, cell.passages, cell.segments, cell.informants, cell.voices - cell.informants)


def counted(ctx: Context, found: int, segments: int, informants: int, sources: int) -> str:
    """`4 passages from 5 segments by 2 informants`; voices that are no informants are sources."""
    n, t = ctx.n, ctx.t
    who = []
    if informants:
        who.append(n("{count} informant", "{count} informants", count=informants))
    if sources:
        who.append(n("{count} source", "{count} sources", count=sources))
    params = {
        "passages": passages(ctx, found),
        "segments": n("{count} segment", "{count} segments", count=segments),
    }
    if not who:
        return t("{passages} from {segments}", **params)
    return t("{passages} from {segments} by {who}", who=listed(ctx.words, who), **params)


def segments_explained(ctx: Context, segments: int) -> str:
    """What stands behind a door that counts segments alone."""
    return ctx.n("{count} segment", "{count} segments", count=segments)


def why(ctx: Context, matrix: Matrix, row: Row) -> tuple[str, str]:
    """“Why ‘divergent’?” and one sentence that names who supports, who inhibits, and who does not speak."""
    question = ctx.t("Why “{status}”?", status=status_word(row.status, ctx.words))
    counting = [(c, cell) for c, cell in zip(matrix.columns, row.cells, strict=True) if c.key is not None]
    if row.status == "absent":
        return question, ctx.t("Nobody has been heard on it yet.")
    clauses = [
        _clause(ctx, stance, [(column_name(ctx, column), cell.passages) for column, cell in said])
        for stance in SPEAKING
        if (said := [(column, cell) for column, cell in counting if cell.stance == stance])
    ]
    sentence = capital(_contrasted(ctx, clauses)) + "."
    if row.status == "single":
        sentence += " " + ctx.t("Nobody else speaks, so there is nothing to compare.")
        return question, sentence
    silent = [column_name(ctx, column) for column, cell in counting if cell.stance == "silent"]
    if len(silent) > FEW:
        who = ", ".join(silent)
        sentence += " " + ctx.n("{count} is silent: {who}.", "{count} are silent: {who}.", count=len(silent), who=who)
    elif silent:
        who = listed(ctx.words, silent)
        sentence += " " + capital(ctx.n("{who} is silent.", "{who} are silent.", count=len(silent), who=who))
    return question, sentence


def _clause(ctx: Context, stance: Stance, said: Sequence[tuple[str, int]]) -> str:
    if len(said) > FEW:
        return _many(ctx, stance, [name for name, _ in said])
    params = {
        "who": listed(ctx.words, [name for name, _ in said]),
        "counts": listed(ctx.words, [ctx.words.number(count) for _, count in said]),
    }
    n, many = ctx.n, len(said)
    clauses = {
        "supporting": n("{who} supports ({counts})", "{who} support ({counts})", count=many, **params),
        "inhibiting": n("{who} inhibits ({counts})", "{who} inhibit ({counts})", count=many, **params),
        "mixed": n("{who} is mixed ({counts})", "{who} are mixed ({counts})", count=many, **params),
        "neutral": n("{who} gives no direction ({counts})", "{who} give no direction ({counts})", count=many, **params),
    }
    return clauses[stance]


def _many(ctx: Context, stance: Stance, names: Sequence[str]) -> str:
    """So many names that their number says more than each one's count."""
    n, count, who = ctx.n, len(names), ", ".join(names)
    clauses = {
        "supporting": n("{count} supports ({who})", "{count} support ({who})", count=count, who=who),
        "inhibiting": n("{count} inhibits ({who})", "{count} inhibit ({who})", count=count, who=who),
        "mixed": n("{count} is mixed ({who})", "{count} are mixed ({who})", count=count, who=who),
        "neutral": n("{count} gives no direction ({who})", "{count} give no direction ({who})", count=count, who=who),
    }
    return clauses[stance]


def _contrasted(ctx: Context, clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return clauses[0]
    return ctx.t("{first}, whereas {last}", first=", ".join(clauses[:-1]), last=clauses[-1])


def voices_spoken(ctx: Context, cell: Cell) -> str:
    """The voices of a cell that was split, one after the other: `RS ± 5, DT − 2`."""
    return ", ".join(f"{voice.voice} {voice_shown(ctx, voice)}" for voice in cell.split)


def voice_shown(ctx: Context, voice: VoiceCell) -> str:
    """One voice of a group: `WT: − 3`."""
    return f"{GLYPHS[voice.stance]} {ctx.words.number(voice.passages)}"


def voice_spoken(ctx: Context, voice: VoiceCell) -> str:
    """One voice of a group, for those who hear it."""
    return f"{voice.voice}: {passages(ctx, voice.passages)}, {stance_spoken(ctx, voice.stance)}"


def side_counted(ctx: Context, side: Side) -> str:
    """What a side of a factor is made of."""
    return counted(ctx, side.passages, side.segments, side.informants, len(side.who) - side.informants)


def factor_spoken(ctx: Context, row: FactorRow, side: Side, stance: Stance) -> str:
    """One side of a factor in words, for those who hear it."""
    place = f"{in_words(ctx, row.label)}, {stance_spoken(ctx, stance)}"
    if not side.segments:
        return f"{place}: {ctx.t('no evidence')}"
    return f"{place}: {side_counted(ctx, side)}; {', '.join(side.who)}"
