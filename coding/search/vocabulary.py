"""The words of a project's texts, kept warm with the reader."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.project import Reader
from coding.store import search_index
from coding.store.models import SourceText

_KEY = "words of all texts"


def known_words(reader: Reader, session: Session) -> list[str]:
    """Every word of the texts once, in lower case and without accents, as of this session."""
    stamp = session.execute(select(func.count(SourceText.id), func.max(SourceText.id))).one()
    kept = reader.cache.get(_KEY)
    if kept is None or kept[0] != tuple(stamp):
        kept = reader.cache[_KEY] = (tuple(stamp), search_index.words(session))
    words: list[str] = kept[1]
    return words
