"""The codebook as an appendix: for each code what it means, what belongs to it, what does not, and an example."""

from __future__ import annotations

from collections.abc import Sequence

from coding.codes.codebook import Codebook, Entry, codebook
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
    needed,
    plain,
    with_reference,
)

_NUMBER = 1.1
_CODE = (2.6, 4.4)
"""Centimetres that the longest word of a code may take, least and most."""
_STEP, _LEAST = 0.4, 3.4
"""Centimetres of a step to the right, and of a column of texts at least."""
EXAMPLE_WIDTH = 220
"""Characters of an example at most."""
_TEXTS = ("definition", "look_for", "not_this")


def codebook_blocks(desk: Desk, book: Codebook) -> list[Block]:
    """One table over all codes of a framework, dimensions as rows that stand out, on a landscape page. A column in
    which no code has anything is left out."""
    words, language = desk.words, desk.words.language
    key = f"codebook.{book.key}"
    titles = (words.t("Definition"), words.t("What to look for"), words.t("What it is not"), words.t("Example"))
    contents = [_contents(desk, entry) for entry in book.entries]
    used = [at for at in range(len(titles)) if any(row[at] for row in contents)]
    labels = [entry.label(language) for entry in book.entries]
    code = needed(labels, *_CODE) + _STEP
    room = LANDSCAPE_TEXT - _NUMBER - code
    sizes = [sum(sum(len(one.text) for one in row[at]) for row in contents) for at in used]
    sentence = words.t("{table} gives the codes of {framework} and says what belongs to each.", table=REFERENCE,
                       framework=book.label(language))  # fmt: skip
    table = Table(
        "codebook",
        key,
        words.t("Codebook of {framework}", framework=book.label(language)),
        ((head("No"), head(words.t("Code")), *(head(titles[at]) for at in used)),),
        tuple(_row(desk, entry, row, used) for entry, row in zip(book.entries, contents, strict=True)),
        (_NUMBER, round(code, 2), *_shared(room, sizes)),
        _literature(desk, book.literature),
        landscape=True,
    )
    heading = words.t("Codebook: {framework}", framework=book.label(language))
    return [Narrative(heading, (Paragraph(with_reference(sentence, key)),), landscape=True), table]


def _shared(room: float, sizes: Sequence[int]) -> list[float]:
    """`room` by how much each column says, so that rows are as low as they can be."""
    spare = room - _LEAST * len(sizes)
    whole = sum(sizes) or 1
    return [round(_LEAST + spare * size / whole, 2) for size in sizes]


def _literature(desk: Desk, titles: Sequence[str]) -> str:
    """Where a framework comes from, else where the tables of the report do."""
    if not titles:
        return desk.source_line
    return desk.words.t("Source: {literature}.", literature="; ".join(title.rstrip(". ") for title in titles))


def _contents(desk: Desk, entry: Entry) -> list[list[Paragraph]]:
    """What each column of texts says of a code, in paragraphs."""
    texts = [entry.text(name, desk.words.language) for name in _TEXTS]
    return [*([plain(text)] if text else [] for text in texts),
            desk.quotes(entry.exemplars[:1], None, width=EXAMPLE_WIDTH)]  # fmt: skip


def _row(desk: Desk, entry: Entry, contents: Sequence[list[Paragraph]], used: Sequence[int]) -> tuple[TableCell, ...]:
    top = entry.parent is None
    return (
        cell(entry.number, align="center"),
        cell(entry.label(desk.words.language), bold=top, indent=0 if top else 1),
        *(cell(contents[at] or [plain("–")]) for at in used),
    )


def _gather(results: Results, item: ReportItem) -> list[Codebook]:
    return [codebook(results.project, key) for key in results.frameworks(item)]


def _quoted(book: Codebook) -> list[str]:
    return [guid for entry in book.entries for guid in entry.exemplars[:1]]


MAKER = Maker("codebook", _gather, codebook_blocks, _quoted)
