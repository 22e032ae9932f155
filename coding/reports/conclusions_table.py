"""The conclusion sentence by sentence with what each rests on, and the recommendations with the factors they answer."""

from __future__ import annotations

from dataclasses import dataclass

from coding.analysis.results import FactorRow
from coding.codes.links import FACTORS
from coding.codes.queries import frameworks
from coding.findings.conclusions import Conclusions, Sentence, conclusions
from coding.findings.lines import FindingLine
from coding.findings.recommendations import RecommendationRow, recommendations, unanswered
from coding.findings.sides import column_said
from coding.reports.desk import Desk
from coding.reports.framework_matrix_table import written
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
    cell,
    head,
    plain,
    with_reference,
)
from coding.reports.wording import listed

_KEY, _ADVICE = "conclusions", "conclusions.recommendations"
_NUMBER, _TEXT = 0.8, 6.2


@dataclass(frozen=True, slots=True)
class Answer:
    """What the study concludes and recommends; `open` are the inhibiting factors that no recommendation answers."""

    conclusions: Conclusions
    recommendations: tuple[RecommendationRow, ...]
    open: tuple[FactorRow, ...]


def conclusion_blocks(desk: Desk, answer: Answer) -> list[Block]:
    """The sentences as a text and as a table with their findings; then the recommendations."""
    words = desk.words
    title = words.t("Conclusions")
    sentences = answer.conclusions.sentences
    blocks: list[Block] = []
    if sentences:
        said = words.t("{table} sets beside each sentence the findings it rests on.", table=REFERENCE)
        whole = plain(desk.naming.text(" ".join(one.text for one in sentences)))
        blocks.append(Narrative(title, (whole, Paragraph(with_reference(said, _KEY)))))
        blocks.append(_sentences(desk, answer.conclusions, words.t("The conclusion and what it rests on")))
    else:
        blocks.append(Narrative(title, (plain(words.t("No conclusion has been written yet.")),)))
    if answer.recommendations:
        advice = words.t("Recommendations")
        said = words.t("{table} lists the recommendations with the factors they answer.", table=REFERENCE)
        blocks.append(Narrative(advice, (Paragraph(with_reference(said, _ADVICE)),)))
        blocks.append(_recommendations(desk, answer, advice))
    return blocks


def _sentences(desk: Desk, found: Conclusions, title: str) -> Table:
    words = desk.words
    return Table(
        "conclusions",
        _KEY,
        title,
        ((head("No"), head(words.t("Sentence")), head(words.t("Rests on"))),),
        tuple(_sentence(desk, found, one) for one in found.sentences),
        (_NUMBER, _TEXT, round(PORTRAIT_TEXT - _NUMBER - _TEXT, 2)),
        desk.source_line,
    )


def _sentence(desk: Desk, found: Conclusions, sentence: Sentence) -> tuple[TableCell, ...]:
    words = desk.words
    lines = [line for guid in sentence.findings if (line := found.finding(guid)) is not None]
    paragraphs = [paragraph for line in lines for paragraph in _finding(desk, line)]
    segments = tuple(dict.fromkeys(guid for line in lines for guid in line.segments))
    return (
        cell(words.number(sentence.number), align="center"),
        cell(desk.naming.text(sentence.text)),
        cell(paragraphs or [plain(words.t("no evidence"), italic=True)], segments=segments),
    )


def _finding(desk: Desk, line: FindingLine) -> list[Paragraph]:
    """Where a finding stands, bold, and the finding."""
    language = desk.words.language
    own = line.label.in_(language)
    name = f"{line.parent_label.in_(language)} – {own}" if line.parent_label is not None else own
    said = column_said(line.view, line.column, desk.words)
    if line.column and said != line.column:
        name += f" ({said})"
    elif line.column:
        known = {one.code for one in desk.material.informants}
        name += f" ({desk.naming.voice(line.column) if line.column in known else desk.naming.text(line.column)})"
    return [plain(name, bold=True), *written(desk, line.text)]


def _recommendations(desk: Desk, answer: Answer, title: str) -> Table:
    words, language = desk.words, desk.words.language
    rows = []
    for number, one in enumerate(answer.recommendations, 1):
        factors = "; ".join(factor.label.in_(language) for factor in one.factors)
        rows.append((
            cell(words.number(number), align="center"),
            cell(desk.naming.text(one.text)),
            cell(factors or words.t("no factor")),
        ))  # fmt: skip
    notes: tuple[Paragraph, ...] = ()
    if answer.open:
        names = listed(words, [row.label.in_(language) for row in answer.open])
        notes = (plain(words.t("Inhibiting factors without a recommendation: {factors}.", factors=names)),)
    return Table(
        "conclusions",
        _ADVICE,
        title,
        ((head("No"), head(words.t("Recommendation")), head(words.t("Answers the factor"))),),
        tuple(rows),
        (_NUMBER, 8.6, round(PORTRAIT_TEXT - _NUMBER - 8.6, 2)),
        desk.source_line,
        notes,
    )


def _gather(results: Results, item: ReportItem) -> list[Answer]:
    found, advice = conclusions(results.project), tuple(recommendations(results.project))
    if not (found.sentences or advice or item.name in results.asked):
        return []
    adopted = [row.key for row in frameworks(results.project)]
    factors = results.factors(FACTORS, item) if FACTORS in adopted else None
    return [Answer(found, advice, tuple(unanswered(factors, advice)) if factors is not None else ())]


MAKER = Maker("conclusions", _gather, conclusion_blocks)
