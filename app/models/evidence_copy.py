"""Coded segments on the clipboard: quotations with their attribution, as rich and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from coding.reports.attribution import Attribution
from coding.reports.desk import in_quotes
from coding.reports.naming import Naming
from coding.segments.evidence_rows import EvidenceRow
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import Words

MOST = 2_000
"""Segments that are copied at once."""


def quotations(
    rows: Sequence[EvidenceRow],
    informants: Sequence[InformantRow],
    words: Words,
    template: str,
    all_sources: Sequence[SourceRow] | None = None,
) -> tuple[str, str]:
    """The passages of `rows` in quotation marks with who said them, as HTML and as plain text, a paragraph for each.
    With `all_sources` people and sources are numbers, the same as in an anonymised report.

    Raises CodingError("placeholder_unknown").
    """
    anonymise = all_sources is not None
    naming = Naming(informants, all_sources or _sources(rows), words, Attribution(template), anonymise)
    rich, plain = [], []
    for row in rows:
        text = in_quotes(naming.text(" ".join(row.segment.text.split())))
        attribution = naming.attribute(row.segment)
        after = f" {attribution}" if attribution else ""
        rich.append(f"<p><i>{escape(text, quote=False)}</i>{escape(after, quote=False)}</p>")
        plain.append(text + after)
    body = "".join(rich)
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>', "\n\n".join(plain) + "\n"


def _sources(rows: Sequence[EvidenceRow]) -> list[SourceRow]:
    """What an attribution needs to know of the sources of these rows."""
    found: dict[str, SourceRow] = {}
    for row in rows:
        segment = row.segment
        if segment.source_guid not in found:
            found[segment.source_guid] = SourceRow(
                guid=segment.source_guid, name=segment.source, method=row.method, date=segment.source_date,
                place=row.place, characters=0, words=0, turns=0, informants=(), segments=0, coded=0.0, left_out=False,
                own_statements=False,
            )  # fmt: skip
    return list(found.values())
