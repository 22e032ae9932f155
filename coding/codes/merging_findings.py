"""What becomes of findings and judgements when the codes they were written on become one."""

from __future__ import annotations

import sqlite3

from coding.store.models import Code, now
from coding.store.sql import rows

_OTHERS = "SELECT id FROM temp.merged_code WHERE rank > 0"


def join_findings(raw: sqlite3.Connection, kept: Code) -> None:
    """Findings on the codes in `temp.merged_code` but the kept one go to it; where it has one on the same row or cell,
    the texts become one, with the passages of both. A judgement goes to it unless it has its own."""
    found = rows(
        raw,
        f'SELECT id, view, part, columns_by, against, scope, "column", text FROM finding WHERE code_id IN ({_OTHERS}) '
        "ORDER BY (SELECT rank FROM temp.merged_code m WHERE m.id = code_id), id",
    )
    for number, view, part, columns_by, against, scope, column, text in found:
        part = _part(kept, part)
        same = rows(
            raw,
            "SELECT id, text FROM finding WHERE code_id = ? AND view = ? AND part = ? AND columns_by = ? "
            'AND against = ? AND scope = ? AND "column" IS ?',
            kept.id, view, part, columns_by, against, scope, column,
        )  # fmt: skip
        if not same:
            raw.execute("UPDATE finding SET code_id = ?, part = ? WHERE id = ?", (kept.id, part, number))
            continue
        target, own = same[0]
        whole = "\n\n".join(dict.fromkeys(piece for piece in (own, text) if piece))
        if whole != own:
            raw.execute("UPDATE finding SET text = ?, modified_at = ? WHERE id = ?", (whole, now(), target))
        for table in ("finding_segment", "conclusion_finding"):
            raw.execute(f"UPDATE OR IGNORE {table} SET finding_id = ? WHERE finding_id = ?", (target, number))
        raw.execute("DELETE FROM finding WHERE id = ?", (number,))
    for number, part in rows(raw, f"SELECT id, part FROM judgement WHERE code_id IN ({_OTHERS}) ORDER BY id"):
        raw.execute(
            "UPDATE OR IGNORE judgement SET code_id = ?, part = ? WHERE id = ?", (kept.id, _part(kept, part), number)
        )


def _part(kept: Code, part: str) -> str:
    if kept.level == "open" or part == kept.level or (part == "no_indicator" and kept.level == "dimension"):
        return part
    return kept.level
