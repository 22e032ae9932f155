"""Who codes: the names under which coders are known to a project."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.store.models import Coder
from coding.text import normalise


def default_coder() -> str:
    """The name a coder has who gave none: the computer's user."""
    import getpass

    try:
        return getpass.getuser() or "Telaah"
    except (OSError, KeyError, ImportError):
        return "Telaah"


def coder_name(name: str) -> str:
    """`name` as it is stored: no control characters, single spaces; who has none left is called as by default."""
    return " ".join(normalise(name).split()) or default_coder()


def coder_row(session: Session, name: str) -> Coder:
    """The coder called `name` (as `coder_name` gives it), made when the project does not know them."""
    row = session.scalars(select(Coder).where(Coder.name == name)).first()
    if row is None:
        row = Coder(name=name)
        session.add(row)
        session.flush()
    return row
