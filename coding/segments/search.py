"""Finding a phrase or a pattern in the texts of all sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from coding.errors import CodingError
from coding.project import Reader
from coding.store.models import Source, SourceText
from coding.text import normalise

AROUND = 60
"""Code points of context on either side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the query stands; `before` and `after` are the text around it."""

    source: str
    source_guid: str
    start: int
    end: int
    text: str
    before: str
    after: str


def search(project: Reader, query: str, *, regex: bool = False) -> list[Hit]:
    """Every place of the phrase `query` (its words in order, any white space between, case ignored) or, with `regex`,
    of the Python pattern; in the order of sources, then of the text. Hits of no length are left out.

    Raises CodingError("query_empty") or CodingError("pattern_broken").
    """
    pattern = _compiled(query, regex)
    hits = []
    with project.read() as session:
        texts = select(Source.name, Source.guid, SourceText.body).join(SourceText).order_by(Source.position)
        rows = session.execute(texts).all()
    # after the read, because a pattern may take long and a commit waits for reads
    for name, guid, body in rows:
        for match in pattern.finditer(body):
            start, end = match.span()
            if start < end:
                before, after = body[max(0, start - AROUND) : start], body[end : end + AROUND]
                hits.append(Hit(name, guid, start, end, match.group(), before, after))
    return hits


def _compiled(query: str, regex: bool) -> re.Pattern[str]:
    query = normalise(query)
    if not query or not (regex or query.strip()):
        raise CodingError("query_empty")
    if not regex:
        return re.compile(r"\s+".join(re.escape(word) for word in query.split()), re.IGNORECASE)
    try:
        return re.compile(query)
    except (re.error, OverflowError, RecursionError) as error:
        raise CodingError("pattern_broken", pattern=query, reason=str(error)) from error
