"""A matrix on the clipboard: rich text for a word processor, and plain text with tabs for anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.context import Context
from app.models import matrix_words as words
from app.models.factor_model import SIDES, FactorModel, side_of
from app.models.matrix_model import MatrixModel
from coding.analysis.wording import GLYPHS, status_word

_FRAME = 'border="1" cellspacing="0" cellpadding="4" style="border-collapse: collapse"'


@dataclass(frozen=True, slots=True)
class Place:
    """One cell to copy: a line of text, what stands small beneath it, and a quotation."""

    text: str
    below: str = ""
    quote: str = ""
    bold: bool = False
    indent: int = 0

    def html(self, tag: str) -> str:
        """The cell as an element of a table."""
        text = f"<b>{escape(self.text)}</b>" if self.bold or tag == "th" else escape(self.text)
        parts = [text, escape(self.below), f"<i>{escape(self.quote)}</i>" if self.quote else ""]
        style = f' style="padding-left: {1.2 * self.indent:g}em"' if self.indent else ""
        return f'<{tag} align="left" valign="top"{style}>{"<br>".join(part for part in parts if part)}</{tag}>'

    def plain(self) -> str:
        """The cell as one field of a line with tabs."""
        text = "  " * self.indent + self.text
        fields = [text, f"({self.below})" if self.below else "", self.quote]
        return " ".join(" ".join(field for field in fields if field).split("\t"))


Rows = Sequence[Sequence[Place]]


def as_html(heads: Sequence[Place], rows: Rows) -> str:
    """The table as rich text."""
    head = "".join(place.html("th") for place in heads)
    body = "".join(f"<tr>{''.join(place.html('td') for place in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table {_FRAME}><tr>{head}</tr>{body}</table></body></html>'


def as_plain(heads: Sequence[Place], rows: Rows) -> str:
    """The table as lines whose fields are set apart by tabs."""
    return "\n".join("\t".join(place.plain() for place in row) for row in (heads, *rows)) + "\n"


def matrix_places(ctx: Context, model: MatrixModel) -> tuple[list[Place], list[list[Place]]]:
    """Heads and rows of the matrix as it is shown now: what is collapsed stays out."""
    t = ctx.t
    heads = [Place(t("Dimension"))]
    heads += [Place(words.column_name(ctx, column), words.members(ctx, column)) for column in model.columns]
    heads += [Place(t("Status")), Place(t("Coverage"))]
    rows = []
    for at, line in enumerate(model.lines):
        label = Place(words.in_words(ctx, line.row.label), bold=line.top, indent=line.depth)
        cells = [
            Place(
                words.cell_shown(ctx, cell),
                words.voices_spoken(ctx, cell) if model.parted_at(at, number) else "",
                model.snippet(at, number),
            )
            for number, cell in enumerate(line.row.cells, 1)
        ]
        judgement = words.judged(ctx, line.row.judgement) if line.row.judgement is not None else ""
        status = Place(status_word(line.row.status, ctx.words), judgement)
        rows.append([label, *cells, status, Place(words.coverage(ctx, line.row))])
    return heads, rows


def factor_places(ctx: Context, model: FactorModel) -> tuple[list[Place], list[list[Place]]]:
    """Heads and rows of the factor summary: for each direction passages, segments and informants, who and exemplar."""
    t = ctx.t
    heads = [Place(t("Factor")), Place(t("Category"))]
    for name in (f"{t('Supporting')} (+)", f"{t('Inhibiting')} (−)"):
        heads += [Place(name, t("passages")), Place(t("Segments")), Place(t("Informants"))]
        heads.append(Place(t("Who, and exemplar")))
    heads.append(Place(f"{t('Neutral')} (○)", t("passages")))
    rows = []
    number = ctx.words.number
    for at, factor in enumerate(model.rows):
        contested = f"{GLYPHS['mixed']} {t('contested')}" if factor.contested else ""
        row = [
            Place(words.in_words(ctx, factor.label), contested, bold=True),
            Place(
                words.in_words(ctx, factor.parent_label) if factor.parent_label else "",
                words.mapped(ctx, model.links(factor)),
            ),
        ]
        for column in range(1, len(SIDES)):
            side = side_of(factor, column)
            assert side is not None
            counts = (side.passages, side.segments, side.informants)
            row += [Place(number(count) if count else GLYPHS["silent"]) for count in counts]
            written = model.finding(at, column)
            row.append(Place(", ".join(side.who), written.text if written else "", model.snippet(at, column)))
        neutral = factor.neutral.passages
        row.append(Place(number(neutral) if neutral else GLYPHS["silent"]))
        rows.append(row)
    return heads, rows
