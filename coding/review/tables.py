"""What a merge has to know of each table: what its rows refer to, when two are the same, what must not be lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import String

from coding.store.journal import journal_tables

_LEFT = frozenset({"package", "stamp"})
"""What is about this file, not about the study."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One table. Rows are dicts of its columns but `id` and `guid`, references given by guid, texts by hash."""

    name: str
    columns: tuple[str, ...]
    refs: dict[str, str] = field(default_factory=dict)
    """Column → table, by guid instead of by row number."""
    optional: frozenset[str] = frozenset()
    """References that may be empty."""
    soft: tuple[str, ...] = ()
    """Columns that name a row of any table by its guid."""
    same: tuple[str, ...] = ()
    """Rows with equal values in these are one row that came into being twice."""
    unique: tuple[str, ...] = ()
    """What two rows of a project may not share."""
    rename: tuple[str, ...] = ()
    """What gets ` (2)` where two rows would share it; without, the two become one row."""
    texts: tuple[str, ...] = ()
    """Written words: where two people wrote, both stay."""
    fill: tuple[str, ...] = ()
    """Columns in which something said goes before nothing said."""
    positions: tuple[str, ...] = ()
    """Code points in the current text of the row's source."""
    words: frozenset[str] = frozenset()
    """Columns that hold text, references apart."""
    details: tuple[str, ...] = ()
    """JSON objects of written words."""
    units: tuple[tuple[str, ...], ...] = ()
    """Columns that say one thing together, and every other column by itself."""


_SAME = {
    "source": ("text_id",),
    "informant": ("code_folded",),
    "framework": ("key",),
    "code": ("path",),
    "attribute": ("name",),
    "attribute_value": ("informant_id", "attribute_id"),
    "topic": ("code_id", "label"),
    "code_link": ("code_id", "other_id"),
    "memo": ("target_guid",),
    "assignment": ("source_id", "coder_id"),
    "done_mark": ("source_id", "coder_id"),
    "saved_view": ("kind", "name"),
    "judgement": ("view", "code_id", "part", "columns_by", "against"),
    "finding_segment": ("finding_id", "segment_id"),
    "recommendation_factor": ("recommendation_id", "code_id"),
    "conclusion_finding": ("conclusion_id", "finding_id"),
    "verdict": ("target_guid", "coder_id"),
    "mask_key": ("replacement",),
    "turn": ("source_id", "start", "end"),
    "heading": ("source_id", "start", "end"),
}
_UNIQUE_OTHERWISE = {"source": ("name",), "turn": (), "heading": ()}
_RENAME = {
    "source": ("name",),
    "informant": ("code", "code_folded"),
    "framework": ("key",),
    "code": ("key", "path"),
    "attribute": ("name",),
    "topic": ("label",),
    "saved_view": ("name",),
    "mask_key": ("replacement",),
}
_TEXTS = {
    "memo": ("text",),
    "journal_entry": ("text",),
    "comment": ("text",),
    "finding": ("text",),
    "judgement": ("reason",),
    "conclusion": ("text",),
    "recommendation": ("text",),
    "proposal": ("reason", "answer"),
    "settlement": ("reason",),
    "project": ("memo",),
}
_FILL = {
    "informant": (
        "initials", "name", "role", "group", "category", "age", "gender", "place", "remark", "honorific", "pseudonym",
        "consent", "keep_until",
    ),
    "source": ("date", "place"),
    "turn": ("informant_id",),
}  # fmt: skip
_SOFT = {
    "memo": ("target_guid",),
    "verdict": ("target_guid",),
    "comment": ("target_guid", "reply_to"),
    "proposal": ("segment_guid", "code_guid", "answered_by"),
}
_POSITIONS = {
    "segment": ("start", "end"),
    "heading": ("start", "end"),
    "turn": ("start", "end", "label_start", "label_end"),
}
_TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "informant": (("code", "code_folded"),),
    "framework": (("key", "edition", "based_on"),),
    "code": (("framework_id", "parent_id", "level", "key", "path"), ("label_id", "label_en")),
    "attribute": (("kind", "choices"),),
    "segment": (("code_id", "topic_id"),),
    "turn": (("kind", "informant_id"),),
    "heading": (("level", "code_id"),),
    "judgement": (("status", "basis"),),
    "verdict": (("verdict", "basis", "at"),),
    "proposal": (("kind", "code_guid", "valence", "start", "end", "text_hash"), ("state", "answered_by")),
    "settlement": (("start", "end", "text_hash", "put", "valence"),),
}
TEXT_COLUMNS = ("text_id", "header_end", "sentences", "segmenter", "anchors")
"""Columns of a source that go with its text, not with its details."""


@cache
def specs() -> dict[str, Spec]:
    """The tables that are merged, those referred to first."""
    found: dict[str, Spec] = {}
    for table in journal_tables():
        if table.name in _LEFT:
            continue
        name = table.name
        refs: dict[str, str] = {}
        for column in table.columns:
            for key in column.foreign_keys:
                refs[column.name] = key.column.table.name
        found[name] = Spec(
            name=name,
            columns=tuple(column.name for column in table.columns if column.name not in ("id", "guid")),
            refs=refs,
            optional=frozenset(c.name for c in table.columns if c.name in refs and c.nullable),
            soft=_SOFT.get(name, ()),
            same=_SAME.get(name, ()),
            unique=_UNIQUE_OTHERWISE.get(name, _SAME.get(name, ())),
            rename=_RENAME.get(name, ()),
            texts=_TEXTS.get(name, ()),
            fill=_FILL.get(name, ()),
            positions=_POSITIONS.get(name, ()),
            words=frozenset(c.name for c in table.columns if isinstance(c.type, String) and c.name not in refs),
            details=("details",) if name == "code" else (),
            units=_units(name, [column.name for column in table.columns]),
        )
    return found


def _units(table: str, columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    together = [*_TOGETHER.get(table, ())]
    together += [_POSITIONS[table]] if table in _POSITIONS else [TEXT_COLUMNS] if table == "source" else []
    left = {"id", "guid", "modified_at", *(column for unit in together for column in unit)}
    return (*together, *((column,) for column in columns if column not in left))
