"""Informants whose data should no longer be kept."""

from __future__ import annotations

from sqlalchemy import select

from coding.project import Reader
from coding.store.models import Informant


def past_their_date(reader: Reader, today: str) -> list[str]:
    """Codes of informants whose date of keeping (ISO) is before `today` (ISO), in the order of the study."""
    with reader.read() as session:
        query = select(Informant.code).where(Informant.keep_until < today, Informant.keep_until != "")
        return list(session.scalars(query.order_by(Informant.position)).all())
