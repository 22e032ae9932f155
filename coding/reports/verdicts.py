"""One sentence for what the cells of a row add up to, saying what the numbers say and no more."""

from __future__ import annotations

from coding.analysis.results import Matrix, Row, Stance
from coding.analysis.wording import status_word
from coding.reports.desk import Desk
from coding.reports.tables import Paragraph, TableCell, cell, plain
from coding.reports.wording import SPEAKING, capital, listed, spelled
from coding.words import Words


def verdict(desk: Desk, matrix: Matrix, row: Row) -> str:
    """The computed status of a row of a source matrix in words, with who speaks how, and who does not."""
    sentences = [_status_sentence(desk, matrix, row)]
    silent = _who(desk, matrix, row, ("silent",))
    if silent and row.status != "absent":
        sentences.append(desk.words.t("Nothing was said on it by {who}.", who=listed(desk.words, silent)))
    return " ".join(sentences)


def in_brief(desk: Desk, matrix: Matrix, row: Row) -> str:
    """The same as `verdict` for a table that has status and coverage beside it: who speaks how, and who does not."""
    if row.status == "absent":
        return desk.words.t("There is no evidence yet.")
    sentences = [capital(_parts(desk, matrix, row)) + "."]
    silent = _who(desk, matrix, row, ("silent",))
    if silent:
        sentences.append(desk.words.t("Nothing was said on it by {who}.", who=listed(desk.words, silent)))
    return " ".join(sentences)


def judgement(desk: Desk, row: Row) -> str:
    """What the analyst decided for the row instead, with the reason; empty when nothing was decided."""
    words, decided = desk.words, row.judgement
    if decided is None:
        return ""
    sentence = words.t(
        "The researcher's judgement on {row} is “{status}”: {reason}",
        row=row.label.in_(words.language),
        status=status_word(decided.status, words),
        reason=desk.naming.text(decided.reason).strip() or "–",
    )
    if not sentence.endswith((".", "!", "?")):
        sentence += "."
    if decided.stale:
        sentence += " " + words.t("(The evidence has changed since this judgement.)")
    return sentence


def judgements(desk: Desk, rows: tuple[Row, ...]) -> tuple[Paragraph, ...]:
    return tuple(plain(judgement(desk, row)) for row in rows if row.judgement is not None)


def coverage(words: Words, row: Row) -> str:
    """How many of the columns speak: `5 of 6`."""
    return words.t("{speaking} of {total}", speaking=row.coverage[0], total=row.coverage[1])


def status_cell(words: Words, row: Row) -> TableCell:
    """The computed status, and under it the analyst's judgement when there is one."""
    shown = [plain(status_word(row.status, words))]
    if row.judgement is not None:
        text = words.t("judgement: {status}", status=status_word(row.judgement.status, words))
        shown.append(plain(text, italic=True))
    return cell(shown, align="center")


def _status_sentence(desk: Desk, matrix: Matrix, row: Row) -> str:
    words, label = desk.words, row.label.in_(desk.words.language)
    if row.status == "absent":
        return words.t("On the dimension {dimension} there is no evidence yet from any source.", dimension=label)
    if row.status == "single":
        return _single(desk, matrix, row)
    counts = spelled(words, *row.coverage)
    if row.coverage == (2, 2):
        opening = words.t("On the dimension {dimension}, both sources give evidence.", dimension=label)
    elif row.coverage[0] == row.coverage[1]:
        opening = words.t(
            "On the dimension {dimension}, all {total} sources give evidence.", dimension=label, total=counts[1]
        )
    else:
        opening = words.t(
            "On the dimension {dimension}, {speaking} of {total} sources give evidence.",
            dimension=label,
            speaking=counts[0],
            total=counts[1],
        )
    return f"{opening} {_direction_sentence(desk, matrix, row)}"


def _direction_sentence(desk: Desk, matrix: Matrix, row: Row) -> str:
    words = desk.words
    if row.status == "divergent":
        return words.t("It points in opposite directions: {parts}.", parts=_parts(desk, matrix, row))
    if row.status == "partial":
        return words.t("It agrees only in part: {parts}.", parts=_parts(desk, matrix, row))
    who = ", ".join(_who(desk, matrix, row, SPEAKING))
    if row.status == "covered":
        return words.t("It has no direction ({who}).", who=who)
    if _direction(row, matrix) == "supporting":
        return words.t("It points the same way: all of them support ({who}).", who=who)
    return words.t("It points the same way: all of them inhibit ({who}).", who=who)


def _single(desk: Desk, matrix: Matrix, row: Row) -> str:
    words = desk.words
    params = {"dimension": row.label.in_(words.language), "who": listed(words, _who(desk, matrix, row, SPEAKING))}
    if row.coverage[1] == 1:
        opening = words.t("On the dimension {dimension} the only source, {who}, gives evidence.", **params)
    else:
        (total,) = spelled(words, row.coverage[1])
        opening = words.t(
            "On the dimension {dimension} only one of {total} sources gives evidence, {who}.", total=total, **params
        )
    said = {
        "supporting": words.t("It is supporting, but not triangulated."),
        "inhibiting": words.t("It is inhibiting, but not triangulated."),
        "mixed": words.t("It is mixed and not triangulated."),
        "neutral": words.t("It has no direction and is not triangulated."),
    }
    return f"{opening} {said[_direction(row, matrix)]}"


def _direction(row: Row, matrix: Matrix) -> Stance:
    """The stance of the first column that speaks and counts."""
    pairs = zip(row.cells, matrix.columns, strict=True)
    return next(c.stance for c, column in pairs if column.key is not None and c.stance != "silent")


def _parts(desk: Desk, matrix: Matrix, row: Row) -> str:
    """Who speaks how: `three supporting (AS, DT, RP), and one inhibiting (MS)`."""
    words = desk.words
    grouped = [(key, _who(desk, matrix, row, (key,))) for key in SPEAKING]
    grouped = [(key, who) for key, who in grouped if who]
    counts = spelled(words, *(len(who) for _, who in grouped))
    parts = [_part(words, key, count, ", ".join(who)) for count, (key, who) in zip(counts, grouped, strict=True)]
    return listed(words, parts)


def _part(words: Words, key: Stance, count: str, who: str) -> str:
    said = {
        "supporting": words.t("{count} supporting ({who})", count=count, who=who),
        "inhibiting": words.t("{count} inhibiting ({who})", count=count, who=who),
        "mixed": words.t("{count} mixed ({who})", count=count, who=who),
        "neutral": words.t("{count} without direction ({who})", count=count, who=who),
    }
    return said[key]


def _who(desk: Desk, matrix: Matrix, row: Row, stances: tuple[Stance, ...]) -> list[str]:
    """The columns that count for the status and have one of these stances, as they are called."""
    return [
        desk.column(matrix, index)
        for index, c in enumerate(row.cells)
        if matrix.columns[index].key is not None and c.stance in stances
    ]
