"""One sentence for what the cells of a row add up to, saying what the numbers say and no more."""

from __future__ import annotations

from coding.analysis.results import Matrix, Row, Stance
from coding.analysis.wording import stance_word, status_word
from coding.errors import mark
from coding.reports.desk import Desk
from coding.reports.tables import Paragraph, TableCell, cell, plain
from coding.reports.wording import SPEAKING, capital, listed, spelled, varied
from coding.words import Words

# What is said alike of every dimension is said in turn in these ways.
_BOTH = (
    mark("On the dimension {dimension}, both sources give evidence."),
    mark("Both sources give evidence on the dimension {dimension}."),
)
_ALL = (
    mark("On the dimension {dimension}, all {total} sources give evidence."),
    mark("All {total} sources give evidence on the dimension {dimension}."),
    mark("The dimension {dimension} is touched on by all {total} sources."),
)
_SOME = (
    mark("On the dimension {dimension}, {speaking} of {total} sources give evidence."),
    mark("Of the {total} sources, {speaking} give evidence on the dimension {dimension}."),
    mark("The dimension {dimension} is touched on by {speaking} of the {total} sources."),
)
_DIVERGENT = (
    mark("It points in opposite directions: {parts}."),
    mark("The sources oppose each other: {parts}."),
    mark("The directions are opposite: {parts}."),
)
_PARTIAL = (
    mark("It agrees only in part: {parts}."),
    mark("The sources agree only in part: {parts}."),
    mark("The agreement is partial: {parts}."),
)
_SILENT = (
    mark("Nothing was said on it by {who}."),
    mark("{who} said nothing on it."),
    mark("From {who} there is nothing on it."),
)


def verdict(desk: Desk, matrix: Matrix, row: Row, turn: int = 0) -> str:
    """The computed status of a row of a source matrix in words, with who speaks how, and who does not.

    Rows that follow each other are worded differently; so are two verdicts on one row of another `turn`.
    """
    at = turn + next((number for number, one in enumerate(matrix.rows) if one.place == row.place), 0)
    sentences = [_status_sentence(desk, matrix, row, at)]
    silent = _said(desk, matrix, row, ("silent",))
    if silent and row.status != "absent":
        sentences.append(capital(varied(desk.words, _SILENT, at, who=silent)))
    return " ".join(sentences)


def in_brief(desk: Desk, matrix: Matrix, row: Row) -> str:
    """The same as `verdict` for a table that has status and coverage beside it: who speaks how, and who does not."""
    words = desk.words
    if row.status == "absent":
        return words.t("There is no evidence yet.")
    parts = []
    for key, who in _grouped(desk, matrix, row):
        params = {"direction": stance_word(key, words), "who": ", ".join(who)}
        parts.append(words.t("{direction}: {count} ({who})", count=len(who), **params))
    sentences = [capital("; ".join(parts)) + "."]
    if silent := _said(desk, matrix, row, ("silent",)):
        sentences.append(words.t("Nothing from {who}.", who=silent))
    return " ".join(sentences)


def compared(desk: Desk, matrix: Matrix) -> str:
    """What the sources of a source matrix by informant are, where they are not informants alone."""
    words = desk.words
    counted = [index for index, column in enumerate(matrix.columns) if column.key is not None]
    others = [desk.who(matrix, index) for index in counted if matrix.columns[index].of == "sources"]
    if matrix.kind != "source" or matrix.columns_by != "informant" or not others:
        return ""
    total, people = spelled(words, len(counted), max(1, len(counted) - len(others)))
    if len(counted) == len(others):
        return words.t("The sources compared here are {sources}.", sources=listed(words, others))
    informants = words.n("{number} informant", "{number} informants", count=len(counted) - len(others), number=people)
    return words.t(
        "Compared here are {count} sources: {sources}.",
        count=total,
        sources=listed(words, [informants, *others]),
    )


def threshold(words: Words, matrix: Matrix) -> str:
    """From what share of its passages a voice has a direction, where that is not all of them."""
    if matrix.threshold == 1:
        return ""
    return words.t(
        "A voice counts as supporting or inhibiting from {percent} of its passages with a direction.",
        percent=words.percent(matrix.threshold),
    )


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
        sentence += " " + words.t("(The cells have changed since this judgement.)")
    return sentence


def judgements(desk: Desk, rows: tuple[Row, ...]) -> tuple[Paragraph, ...]:
    return tuple(plain(judgement(desk, row)) for row in rows if row.judgement is not None)


def coverage_cell(words: Words, row: Row) -> TableCell:
    """How many of the columns speak (`5 of 6`), leading to all they say."""
    shown = words.t("{speaking} of {total}", speaking=row.coverage[0], total=row.coverage[1])
    said = dict.fromkeys(guid for one in row.cells if one.column is not None for guid in one.segment_ids)
    return cell(shown, align="center", segments=tuple(said))


def status_cell(words: Words, row: Row) -> TableCell:
    """The computed status, and under it the analyst's judgement when there is one."""
    shown = [plain(status_word(row.status, words))]
    if row.judgement is not None:
        text = words.t("judgement: {status}", status=status_word(row.judgement.status, words))
        shown.append(plain(text, italic=True))
    return cell(shown, align="center")


def _status_sentence(desk: Desk, matrix: Matrix, row: Row, at: int) -> str:
    words, label = desk.words, row.label.in_(desk.words.language)
    if row.status == "absent":
        return words.t("On the dimension {dimension} there is no evidence yet from any source.", dimension=label)
    if row.status == "single":
        return _single(desk, matrix, row)
    speaking, total = spelled(words, *row.coverage)
    said = _BOTH if row.coverage == (2, 2) else _ALL if row.coverage[0] == row.coverage[1] else _SOME
    opening = varied(words, said, at, dimension=label, speaking=speaking, total=total)
    return f"{opening} {_direction_sentence(desk, matrix, row, at)}"


def _direction_sentence(desk: Desk, matrix: Matrix, row: Row, at: int) -> str:
    words = desk.words
    if row.status == "divergent":
        return varied(words, _DIVERGENT, at, parts=_parts(desk, matrix, row))
    if row.status == "partial":
        return varied(words, _PARTIAL, at, parts=_parts(desk, matrix, row))
    who = ", ".join(_who(desk, matrix, row, SPEAKING))
    if row.status == "covered":
        return words.t("It has no direction ({who}).", who=who)
    if _direction(row, matrix) == "supporting":
        return words.t("It points the same way: all of them support ({who}).", who=who)
    return words.t("It points the same way: all of them inhibit ({who}).", who=who)


def _single(desk: Desk, matrix: Matrix, row: Row) -> str:
    words = desk.words
    params = {"dimension": row.label.in_(words.language), "who": _said(desk, matrix, row, SPEAKING)}
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
    grouped = _grouped(desk, matrix, row)
    counts = spelled(words, *(len(who) for _, who in grouped))
    parts = [_part(words, key, count, ", ".join(who)) for count, (key, who) in zip(counts, grouped, strict=True)]
    return listed(words, parts)


def _grouped(desk: Desk, matrix: Matrix, row: Row) -> list[tuple[Stance, list[str]]]:
    """The columns that speak, by their stance."""
    grouped = [(key, _who(desk, matrix, row, (key,))) for key in SPEAKING]
    return [(key, who) for key, who in grouped if who]


def _part(words: Words, key: Stance, count: str, who: str) -> str:
    said = {
        "supporting": words.t("{count} supporting ({who})", count=count, who=who),
        "inhibiting": words.t("{count} inhibiting ({who})", count=count, who=who),
        "mixed": words.t("{count} mixed ({who})", count=count, who=who),
        "neutral": words.t("{count} without direction ({who})", count=count, who=who),
    }
    return said[key]


def _counted(matrix: Matrix, row: Row, stances: tuple[Stance, ...]) -> list[int]:
    """The columns that count for the status and have one of these stances."""
    return [index for index, c in enumerate(row.cells) if matrix.columns[index].key is not None and c.stance in stances]


def _who(desk: Desk, matrix: Matrix, row: Row, stances: tuple[Stance, ...]) -> list[str]:
    """These columns as they are called above a table, and so in brackets."""
    return desk.naming.together([desk.column(matrix, index) for index in _counted(matrix, row, stances)])


def _said(desk: Desk, matrix: Matrix, row: Row, stances: tuple[Stance, ...]) -> str:
    """These columns within a sentence."""
    names = [desk.who(matrix, index) for index in _counted(matrix, row, stances)]
    return listed(desk.words, desk.naming.together(names))
