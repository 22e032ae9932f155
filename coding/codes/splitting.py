"""Taking a new code out of one that has come to mean two things."""

from __future__ import annotations

from collections.abc import Iterable

from coding.codes.editing import new_code
from coding.codes.moving import move
from coding.codes.naming import code_row, siblings
from coding.codes.topics import named
from coding.project import Operation
from coding.store.models import Code, Framework, new_guid, now
from coding.store.sql import rows


def split(
    op: Operation, code: str, label_id: str, label_en: str, segments: Iterable[str], guid: str | None = None
) -> str:
    """Make a code beside the one with guid `code`, right after it, and give it those of its coded segments that are
    named, with their topics; returns the new code's guid, which the caller may choose beforehand.

    Raises CodingError("code_gone", "code_no_name", "code_name_taken").
    """
    session = op.session
    row = code_row(session, code)
    home = session.get(Framework, row.framework_id) if row.framework_id else None
    above = session.get(Code, row.parent_id) if row.parent_id else None
    made = new_code(
        op,
        label_id,
        label_en,
        framework=home.key if home else None,
        parent=above.guid if above else None,
        guid=guid,
    )
    place = siblings(session, row.framework_id, row.parent_id).index(row)
    move(
        op,
        made,
        parent=above.guid if above else None,
        framework=home.key if home else None,
        index=place + 1,
    )
    new = code_row(session, made)
    raw = named(op, segments)
    chosen = "SELECT s.id FROM segment s JOIN temp.named_segment n ON n.guid = s.guid WHERE s.code_id = ?"
    carried = rows(
        raw,
        f"SELECT id, label FROM topic WHERE id IN (SELECT topic_id FROM segment WHERE id IN ({chosen})) "
        "ORDER BY position, id",
        row.id,
    )
    for number, (topic, label) in enumerate(carried):
        copied = raw.execute(
            "INSERT INTO topic (guid, code_id, label, position) VALUES (?, ?, ?, ?)",
            (new_guid(), new.id, label, number),
        ).lastrowid
        raw.execute(f"UPDATE segment SET topic_id = ? WHERE topic_id = ? AND id IN ({chosen})", (copied, topic, row.id))
    raw.execute(f"UPDATE segment SET code_id = ?, modified_at = ? WHERE id IN ({chosen})", (new.id, now(), row.id))
    session.expire_all()
    return made
