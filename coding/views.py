"""Searches, filters and the like that were given a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from coding.project import Operation, Reader
from coding.store.models import SavedView
from coding.text import normalise


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: `kind` says what understands its `params`."""

    guid: str
    kind: str
    name: str
    params: Mapping[str, Any]


def views(reader: Reader, kind: str) -> list[View]:
    """The saved views of one kind, by name."""
    with reader.read() as session:
        found = session.scalars(select(SavedView).where(SavedView.kind == kind)).all()
        rows = [View(row.guid, row.kind, row.name, json.loads(row.params)) for row in found]
    return sorted(rows, key=lambda row: row.name.casefold())


def save_view(op: Operation, kind: str, name: str, params: Mapping[str, Any]) -> str:
    """Save the view under `name`, in the place of one that has the name already; returns its guid.

    Raises ValueError for a blank name.
    """
    name = " ".join(normalise(name).split())
    if not name:
        raise ValueError("a saved view needs a name")
    row = op.session.scalars(select(SavedView).where(SavedView.kind == kind, SavedView.name == name)).first()
    written = json.dumps(params, ensure_ascii=False, sort_keys=True)
    if row is None:
        row = SavedView(kind=kind, name=name, params=written)
        op.session.add(row)
    elif row.params != written:
        row.params = written
    op.session.flush()
    return row.guid


def add_to_view(op: Operation, kind: str, name: str, params: Mapping[str, Any]) -> None:
    """Put `params` among those of the view `name`; nothing happens to one that is gone."""
    row = op.session.scalars(select(SavedView).where(SavedView.kind == kind, SavedView.name == name)).first()
    if row is not None:
        save_view(op, kind, name, {**json.loads(row.params), **params})


def remove_view(op: Operation, guid: str) -> None:
    """Forget a saved view; one that is gone already stays gone."""
    op.session.execute(delete(SavedView).where(SavedView.guid == guid))
