"""The codebook as an appendix: for each code what it means, what belongs to it, what does not, and an example."""

from __future__ import annotations

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
    plain,
    with_reference,
)

_NUMBER, _CODE = 1.1, 3.2
_SHARES = (5.4, 4.8, 4.6, 4.6)
EXAMPLE_WIDTH = 220
"""Characters of an example at most."""


def codebook_blocks(desk: Desk, book: Codebook) -> list[Block]:
    """One table over all codes of a framework, dimensions as rows that stand out, on a landscape page."""
    words, language = desk.words, desk.words.language
    key = f"codebook.{book.key}"
    heads = (
        head("No"),
        *(
            head(text)
            for text in (
                words.t("Code"),
                words.t("Definition"),
                words.t("What to look for"),
                words.t("What it is not"),
                words.t("Example"),
            )
        ),
    )
    room = LANDSCAPE_TEXT - _NUMBER - _CODE
    widths = (_NUMBER, _CODE, *(round(room * share / sum(_SHARES), 2) for share in _SHARES))
    sentence = words.t("{table} gives the codes of {framework} as they were used.", table=REFERENCE,
                       framework=book.label(language))  # fmt: skip
    table = Table(
        "codebook",
        key,
        words.t("Codebook of {framework}", framework=book.label(language)),
        (heads,),
        tuple(_row(desk, entry) for entry in book.entries),
        widths,
        "; ".join(book.literature),
        landscape=True,
    )
    heading = words.t("Codebook: {framework}", framework=book.label(language))
    return [Narrative(heading, (Paragraph(with_reference(sentence, key)),), landscape=True), table]


def _row(desk: Desk, entry: Entry) -> tuple[TableCell, ...]:
    language, top = desk.words.language, entry.parent is None
    texts = (entry.text(name, language) for name in ("definition", "look_for", "not_this"))
    return (
        cell(entry.number, align="center"),
        cell(entry.label(language), bold=top, indent=0 if top else 1),
        *(cell(text or "–") for text in texts),
        cell(desk.quotes(entry.exemplars[:1], None, width=EXAMPLE_WIDTH) or [plain("–")]),
    )


def _gather(results: Results, item: ReportItem) -> list[Codebook]:
    return [codebook(results.project, key) for key in results.frameworks(item)]


def _quoted(book: Codebook) -> list[str]:
    return [guid for entry in book.entries for guid in entry.exemplars[:1]]


MAKER = Maker("codebook", _gather, codebook_blocks, _quoted)
