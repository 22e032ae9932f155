"""Taking a person's name and words out of whatever else the project holds: notes, findings, names of sources, views,
what steps of the history were about."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from functools import partial

from coding.privacy.known import NEVER
from coding.privacy.masking import EDGES
from coding.privacy.scrubbing import Scrubber
from coding.project import Operation
from coding.store.sql import rows

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "project": ("title", "memo"), "source": ("name", "file_name", "place"), "informant": ("remark", "pseudonym"),
    "attribute_value": ("value",), "memo": ("text",), "journal_entry": ("title", "text"),
    "finding": ("text", "column", "basis"), "judgement": ("reason", "basis"), "conclusion": ("text",),
    "recommendation": ("text",), "topic": ("label",), "comment": ("about", "text"), "proposal": ("reason", "answer"),
    "settlement": ("reason",), "verdict": ("basis",), "code": ("label_id", "label_en"), "package": ("name",),
    "mask_key": ("original",), "original": ("name",), "operation": ("title",),
}  # fmt: skip
"""Where people write, or where what they wrote is kept."""
_JSON: Mapping[str, tuple[str, ...]] = {
    "code": ("details",), "attribute": ("choices",), "package": ("params",), "stamp": ("known", "heads"),
    "operation": ("params",), "preference": ("value",), "saved_view": ("params",),
}  # fmt: skip
_UNIQUE = frozenset((("source", "name"), ("topic", "label"), ("saved_view", "name")))


def scrub_tables(op: Operation, scrubber: Scrubber) -> None:
    """Scrub every column above, inside the operation; positions in texts are none of them."""
    op.session.flush()
    for kind in (NEVER, EDGES):
        for number, name, params in rows(op.raw(), "SELECT id, name, params FROM saved_view WHERE kind = ?", kind):
            known = json.loads(params)
            texts = [name, *(value for value in known.values() if isinstance(value, str))]
            gone = kind == EDGES and not rows(op.raw(), "SELECT 1 FROM segment WHERE guid = ?", name)
            if gone or any(scrubber.scrub(text) != text for text in texts) or scrubber.named(known.get("text", "")):
                op.raw().execute("DELETE FROM saved_view WHERE id = ?", (number,))
    for table, columns in _TEXTS.items():
        for column in columns:
            _column(op, table, column, scrubber)
    _column(op, "saved_view", "name", scrubber)
    for table, columns in _JSON.items():
        for column in columns:
            _column(op, table, column, scrubber, as_json=True)
    op.session.expire_all()


def _column(op: Operation, table: str, column: str, scrubber: Scrubber, *, as_json: bool = False) -> None:
    work = partial(_scrubbed_json, scrubber) if as_json else scrubber.scrub
    taken: set[str] = set()
    found = rows(op.raw(), f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\'')
    if (table, column) in _UNIQUE:
        taken = {text for _, text in found}
    for number, text in found:
        made = work(text)
        if made == text:
            continue
        free, again = made, 2
        while free in taken:
            free, again = f"{made} {again}", again + 1
        taken |= {free} if taken else set()
        op.raw().execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (free, number))


def _scrubbed_json(scrubber: Scrubber, text: str) -> str:
    with contextlib.suppress(json.JSONDecodeError):
        return scrubber.scrub_json(text)
    return scrubber.scrub(text)
